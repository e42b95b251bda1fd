"""What is wrong with a dataset, in words for the person who writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from explorer.errors import ExplorerError
from explorer.text.sanitize import one_line

_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing to mend: where it stands and what is wrong with it."""

    file: Path
    line: int = 0
    """Line in the file, counted from 1; 0 when it concerns the whole file."""
    column: int = 0
    """Column, counted from 1; 0 when only the line is known."""
    record: str = ""
    """The table and id, “[[issue]] rare-earths”."""
    field: str = ""
    """The key within it, “status 2, on”."""
    message: str

    def as_data(self) -> dict[str, str | int]:
        """The problem as plain values, for JSON."""
        return {**asdict(self), "file": str(self.file)}

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        subject = ", ".join(part for part in (self.record, self.field) if part)
        # A line end in a key or an id must not look like another problem.
        return one_line(": ".join(part for part in (place, subject, self.message) if part))


class DatasetError(ExplorerError):
    """A dataset that cannot be used as it is; `problems` are all there are to mend."""

    title = "The dataset has problems"

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        from explorer.record import labels

        self.path = path
        self.problems = tuple(sorted(problems))
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{labels.counted(len(self.problems), 'problem')} in {path}\n{lines}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion to end a message with, or nothing when no known word is near."""
    import difflib

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean “{near[0]}”?" if near else ""


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
        case _:
            text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
