"""What is wrong with a dataset, in words for the person who writes it.

A problem is shown as the best compilers do: place and message, the line as it stands in the
file, a mark under what is wrong, and what would be right.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.errors import ExplorerError
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line
from explorer.values import dataclass

if TYPE_CHECKING:
    from explorer.dataset.watched import Watched

Part = tuple[str, str]
"""What a piece of a line is, “place”, “error”, “warning”, “name”, “gutter”, “mark”, “hint” or
nothing, and its text."""

_LONGEST = 60
_NARROWEST = 24
"""No line is cut further, however narrow the screen."""
FIRST_PLACES = 5
"""Of what is wrong in many places, so many are named."""
_SEVERAL = 3
SHOWN = 20
"""So many problems are shown where a dataset does not open; `explorer check` shows more."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, counted from 1; 0 when it is not known."""

    file: Path
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: where it stands, what is wrong with it, and what would be right."""

    file: Path
    line: int = 0
    """Line in the file, counted from 1; 0 when it concerns the whole file."""
    column: int = 0
    """Column in characters, counted from 1; 0 when only the line is known."""
    end_line: int = 0
    end_column: int = 0
    """Where what is wrong ends: the column after its last character."""
    record: str = ""
    """The table and id, “[[issue]] rare-earths”."""
    field: str = ""
    """The key within it, “status 2, on”."""
    message: str
    hint: str = ""
    """What would be right, when that can be said."""
    suggestion: str = ""
    """What to write in the place that is marked, when it is certain enough to be offered."""
    check: str = "invalid"
    """Lasting name of what was checked, “unknown-key”."""
    severity: str = "error"
    """“error”, or “warning” for what keeps no dataset from being opened."""
    count: int = 1
    """In how many places the same is wrong; this is the first."""
    others: tuple[Spot, ...] = ()
    """The others; of what is no text in a file only the number is known."""
    source: str = ""
    """The line that it stands on, or of a long one what stands about it."""
    source_column: int = 1
    """The column of the first character of `source`."""

    def __lt__(self, other: Problem) -> bool:
        return self._in_file < other._in_file

    @property
    def _in_file(self) -> tuple[Path | int | str, ...]:
        """In the order of the files, of lines, and of what is said of one place."""
        return (
            *(self.file, self.line, self.column, self.end_line, self.end_column),
            *(self.record, self.field, self.message, self.hint, self.check),
        )

    def as_data(self) -> dict[str, Any]:
        """The problem as plain values, for JSON."""
        data: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        data["file"] = str(self.file)
        data["others"] = [
            {"file": str(spot.file), "line": spot.line, "column": spot.column}
            for spot in self.others
        ]
        return data

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Problem:
        """The problem that plain values describe."""
        others = tuple(
            Spot(Path(spot["file"]), spot["line"], spot["column"]) for spot in data["others"]
        )
        return cls(**{**data, "file": Path(data["file"]), "others": others})

    @property
    def said(self) -> str:
        """The message, with the key that it is about where it begins with what that does."""
        key = self.field.rpartition(", ")[2]
        begins = self.message.partition(" ")[0]
        return f"{key or 'it'} {self.message}" if begins in _PREDICATES else self.message

    def lines(self, width: int = 80) -> list[str]:
        """The problem with the line that it stands on, as plain lines of no more than `width`.

        The first begins with file, line and column, as editors read them.
        """
        return ["".join(text for _, text in line) for line in shown(self, width)]

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        subject = ", ".join(part for part in (self.record, self.field) if part)
        message = "; ".join(part for part in (self.message, self.hint) if part)
        # A line end in a key or an id must not look like another problem.
        return one_line(": ".join(part for part in (place, subject, message) if part))


_PREDICATES = frozenset(
    "belong cannot cites counts has is leads leaves lies must names needs rests says was".split()
)
"""A message that begins with one of these goes on from the key that it is about."""


def shown(problem: Problem, width: int = 80) -> Iterator[list[Part]]:
    """The lines of a problem, each in the pieces that may be coloured apart."""
    import textwrap

    from explorer.dataset.excerpts import Excerpt, marked
    from explorer.text.cells import width as cells

    place = ":".join(
        str(part) for part in (short(problem.file), problem.line, problem.column) if part
    )
    yield [
        ("place", one_line(place)),
        ("", ": "),
        (problem.severity, f"{problem.severity}:"),
        ("", f" {one_line(problem.said)} "),
        ("name", f"[{problem.check}]"),
    ]
    number = str(problem.line or "")
    gutter, hint = " " * len(number), one_line(problem.hint)
    room = max(width - len(gutter) - 3, _NARROWEST)
    if problem.line and problem.source.strip():
        line = Excerpt(problem.source, problem.source_column)
        column = problem.column or len(problem.source) - len(problem.source.lstrip()) + 1
        end = problem.end_column if problem.end_line == problem.line else 1 << 30
        if not problem.column or problem.end_line > problem.line:
            end = problem.source_column + len(problem.source.rstrip())
        text, at, length = marked(line, column, end, room)
        yield [("gutter", f"{number} | "), ("", text)]
        mark = [("gutter", f"{gutter} | "), ("", " " * at), ("mark", "^" * min(length, room - at))]
        if hint and at + length + 1 + cells(hint) <= room:
            mark += [("", " "), ("hint", hint)]
            hint = ""
        yield mark
    for text in _notes(problem, hint):
        for nth, words in enumerate(textwrap.wrap(text, room)):
            yield [("gutter", f"{gutter} {' ' if nth else '='} "), ("", words)]


def _notes(problem: Problem, hint: str) -> Iterator[str]:
    """What is said below the marked line."""
    if hint:
        yield hint
    if problem.record:
        entry, _, key = problem.field.rpartition(", ")
        named = problem.field if not problem.line else entry or ("" if key[-1:] != " " else key)
        yield one_line(f"in {', '.join(filter(None, (problem.record, named)))}")
    if problem.count > 1 and problem.check != "too-many":
        spots = problem.others[:FIRST_PLACES]
        by_file = groupby(spots, lambda spot: spot.file)
        named = ", ".join(
            f"{short(file)}:{', '.join(str(spot.line) for spot in here)}" for file, here in by_file
        )
        more = problem.count - 1 - len(spots)
        also = f": also {named}{f' and {more:,} more' if more else ''}" if named else ""
        yield one_line(f"the same {problem.count:,} times{also}")


def short(path: Path) -> str:
    """A path as a person reads it best: from where they are, when that is shorter."""
    whole = str(path)
    try:
        from_here = os.path.relpath(path)
    except (OSError, ValueError):
        return whole
    return from_here if len(from_here) < len(whole) else whole


class DatasetError(ExplorerError):
    """A dataset that cannot be used as it is; `problems` are all there are to mend."""

    title = "The dataset has problems"
    files: Watched | None = None
    """What has them, to be read again when it changes; None when nobody waits for that."""

    def __init__(
        self, path: Path, problems: Iterable[Problem], warnings: Iterable[Problem] = ()
    ) -> None:
        self.path = path
        self.problems = tuple(sorted(problems, key=_in_order))
        self.warnings = tuple(warnings)
        """What may be wrong in records that have no problem, where that was asked for."""
        super().__init__(path)

    def __str__(self) -> str:
        from explorer.record import labels

        counted = labels.counted(number_of(self.problems), "problem")
        return "\n".join((f"{counted} in {self.path}", *self._lines()))

    def _lines(self) -> Iterator[str]:
        for problem in self.problems[:SHOWN]:
            yield from problem.lines()
        if (more := len(self.problems) - SHOWN) > 0:
            yield f"… and {more:,} more; “explorer check” shows them"


_GATHERED = ("unknown-id", "unknown-key", "unknown-table", "unknown-word", "missing-key", "toml")
"""What is said once however often it is wrong, by the names of checks."""


def gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of the files, where what is wrong in the same way is one problem."""
    same: dict[object, list[Problem]] = {}
    for problem in sorted(problems, key=_in_order):
        mark: object = problem
        if problem.check in _GATHERED:
            kind, key = problem.record.partition(" ")[0], _in_words(problem.field)
            mark = (problem.check, problem.message, problem.hint, kind, key)
            if problem.check in ("unknown-id", "unknown-table", "toml"):
                mark = mark[:3]
        same.setdefault(mark, []).append(problem)
    found = [one for each in same.values() for one in _as_one(each)]
    return tuple(sorted(found, key=_in_order))


def number_of(problems: Iterable[Problem]) -> int:
    """How many problems there are, with those that are not listed."""
    return sum(one.count if one.check == "too-many" else 1 for one in problems)


def _in_order(problem: Problem) -> tuple[bool, Problem]:
    """In the order of the files, and at last how many more there are."""
    return problem.check == "too-many", problem


def _in_words(field: str) -> str:
    """The keys that lead to a value, without the places in lists."""
    return "".join(sign for sign in field if not sign.isdecimal())


def _as_one(problems: list[Problem]) -> Iterable[Problem]:
    first, *others = problems
    # Two records are soon mended, each where it stands; an id is missing in one place.
    if not others or (len(problems) < _SEVERAL and first.check != "unknown-id"):
        return problems
    spots = tuple(Spot(each.file, each.line, each.column) for each in others)
    return (replace(first, count=len(problems), others=spots),)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A suggestion to end a message with, or nothing when no known word is near."""
    near = nearest(word, known)
    return f"; did you mean “{near}”?" if near else ""


def as_in_toml(value: Any) -> str:
    """A value as it stands in TOML, or near enough, cut where it is long."""
    match value:
        case bool():
            text = str(value).lower()
        case date() | time():
            text = value.isoformat()
        case dict():
            text = "a table"
        case tuple():
            text = "a list"
        case str():
            text = f'"{value}"'
        case _:
            text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
