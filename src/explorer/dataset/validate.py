"""Tables → records. The only place that imports pydantic, and only when it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from explorer import model
from explorer.dataset import checks
from explorer.dataset.places import Origin, Places
from explorer.dataset.problems import DatasetError, Problem, did_you_mean
from explorer.dataset.read import parse
from explorer.model import KINDS, toml_name

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

    from explorer.dataset.read import Texts

_WANTED = {
    "string_type": "must be text, in quotes",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "tuple_type": "must be a list, in [brackets]",
    "dataclass_type": "must be a table",
}
_LONG = 60


def adapter() -> TypeAdapter[tuple[model.Dataset]]:
    """The validator made of the model: strict about keys, by the names used in TOML.

    It takes a tuple of one, because pydantic gives a bare dataclass no configuration.
    """
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(
        tuple[model.Dataset],
        config=ConfigDict(extra="forbid", alias_generator=toml_name, use_attribute_docstrings=True),
    )


def validate(texts: Texts) -> model.Dataset:
    """The dataset that these files make. Raises DatasetError with every problem."""
    from pydantic import ValidationError

    tables = _Tables(texts)
    problems = list(tables.problems)
    check = adapter()
    rows: _Rows = tables.rows
    try:
        (dataset,) = check.validate_python((_whole(rows),))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        problems += _readable(tables, details)
        # What is left is checked all the same, so that one run shows every problem.
        rows = _without(rows, {detail["loc"][1:3] for detail in details})
        try:
            (dataset,) = check.validate_python((_whole(rows),))
        except ValidationError:  # the negotiation itself is faulty or missing
            raise DatasetError(tables.root, problems) from None
    if tables.all_parsed:
        for found in checks.run(dataset, known=tables.ids()):
            row = rows[found.kind][found.place]
            problems.append(tables.problem(row, found.path, found.message))
    if problems:
        raise DatasetError(tables.root, problems)
    return dataset


@dataclass(frozen=True, slots=True)
class _Row:
    """One table as read, and where it stands."""

    kind: str
    origin: Origin
    value: Any

    @property
    def title(self) -> str:
        if self.kind == "negotiation":
            return "[negotiation]"
        slug = self.value.get("id") if isinstance(self.value, dict) else None
        return f"[[{self.kind}]] {slug or f'number {self.origin.place + 1}'}"


_Rows = Mapping[str, Sequence[_Row]]


def _whole(rows: _Rows) -> dict[str, Any]:
    """The rows as the one value that the adapter validates."""
    whole: dict[str, Any] = {kind: tuple(row.value for row in of) for kind, of in rows.items()}
    negotiations = whole.pop("negotiation")
    return whole | ({"negotiation": negotiations[0]} if negotiations else {})


def _without(rows: _Rows, faulty: set[tuple[Any, ...]]) -> _Rows:
    return {
        kind: [row for place, row in enumerate(of) if (kind, place) not in faulty]
        for kind, of in rows.items()
    }


class _Tables:
    """The tables of all files joined, each remembering where it came from."""

    def __init__(self, texts: Texts) -> None:
        self.root = next(iter(texts)).parent if len(texts) > 1 else next(iter(texts))
        self.problems: list[Problem] = []
        self.all_parsed = True
        self.rows: dict[str, list[_Row]] = {kind: [] for kind in KINDS}
        self._places = Places(texts)
        for file, data in texts.items():
            match parse(file, data):
                case Problem() as problem:
                    self.problems.append(problem)
                    self.all_parsed = False
                case document:
                    self._add(file, document)

    def _add(self, file: Path, document: Mapping[str, Any]) -> None:
        for kind, value in document.items():
            top = Origin(file, 0)
            if kind not in KINDS:
                hint = did_you_mean(kind, KINDS) or f"; known are {', '.join(KINDS)}"
                self._complain(top, kind, f"unknown table “{kind}”{hint}")
            elif kind == "negotiation" and isinstance(value, dict):
                if self.rows[kind]:
                    self._complain(top, kind, "[negotiation] may stand only once")
                self.rows[kind].append(_Row(kind, top, value))
            elif kind != "negotiation" and isinstance(value, tuple):
                self.rows[kind] += [
                    _Row(kind, Origin(file, place), row) for place, row in enumerate(value)
                ]
            else:
                wanted = f"[{kind}]" if kind == "negotiation" else f"[[{kind}]]"
                self._complain(top, kind, f"“{kind}” must be written as {wanted}")

    def _complain(self, origin: Origin, kind: str, message: str) -> None:
        line = self._places.line(origin, kind, ())
        self.problems.append(Problem(file=origin.file, line=line, message=message))

    def ids(self) -> Mapping[str, set[str]]:
        """The ids written, faulty records' too, so that one fault is reported once."""
        return {
            kind: {str(row.value.get("id")) for row in of if isinstance(row.value, dict)}
            for kind, of in self.rows.items()
        }

    def problem(self, row: _Row, path: Sequence[str | int], message: str) -> Problem:
        """A problem with a record, or with a key within it, at its file and line."""
        return Problem(
            file=row.origin.file,
            line=self._places.line(row.origin, row.kind, path),
            record=row.title,
            field=_spoken(path),
            message=message,
        )


def _spoken(path: Sequence[str | int]) -> str:
    """`("variant", 1, "text")` as “variant 2, text”."""
    words = ""
    for part in path:
        words += f" {part + 1}" if isinstance(part, int) else f", {part}"
    return words.removeprefix(", ")


def _readable(tables: _Tables, details: Sequence[ErrorDetails]) -> list[Problem]:
    """The validator's findings in the reader's words, one for each place."""
    found: dict[tuple[Any, ...], Problem] = {}
    for detail in details:
        _, kind, *path = detail["loc"]
        if kind == "negotiation" and not path and detail["type"] == "missing":
            message = "the dataset has no [negotiation] table with its name and record_ends"
            found[(kind,)] = Problem(file=tables.root, message=message)
            continue
        place = 0 if kind == "negotiation" else int(path.pop(0))
        if path and path[-1] in _ALTERNATIVES:
            path.pop()
        row = tables.rows[str(kind)][place]
        found.setdefault(
            (kind, place, *path), tables.problem(row, path, _message(str(kind), path, detail))
        )
    return list(found.values())


_ALTERNATIVES = {"date", "str"}
"""What the validator adds to a path to say which alternative of a Day it tried."""


def _message(kind: str, path: Sequence[str | int], detail: ErrorDetails) -> str:
    key = str(path[-1]) if path else kind
    value = repr(detail["input"])
    shown = value if len(value) <= _LONG else f"{value[:_LONG]}…"
    match detail["type"]:
        case "missing":
            return f"“{key}” is missing"
        case "unexpected_keyword_argument":
            known = [toml_name(field.name) for field in fields(_table_of(kind, path[:-1]))]
            hint = did_you_mean(key, known) or f"; known are {', '.join(known)}"
            return f"unknown key “{key}”{hint}"
        case "literal_error":
            choices = detail["ctx"]["expected"].replace(" or ", ", ").split(", ")
            words = [choice.strip("'\"") for choice in choices]
            hint = did_you_mean(str(detail["input"]), words)
            return f"{shown} is not one of {', '.join(words)}{hint}"
        case known if known in _WANTED:
            return f"{_WANTED[known]}; found {shown}"
        case str(other) if other.startswith("date"):
            return f"must be a date such as 2025-10-26, without quotes; found {shown}"
        case _:
            return f"{detail['msg']}; found {shown}"


def _table_of(kind: str, path: Sequence[str | int]) -> type[Any]:
    """The class of the table at a path within a record."""
    owner: type[Any] = KINDS[kind]
    for key in path:
        if isinstance(key, str):
            hints = get_type_hints(owner)
            owner = get_args(next(h for name, h in hints.items() if toml_name(name) == key))[0]
    return owner
