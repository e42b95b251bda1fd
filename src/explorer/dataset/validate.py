"""Tables → records. The only place that imports pydantic, and only when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from explorer.dataset import checks, long_texts, text_checks
from explorer.dataset.entry_order import in_order
from explorer.dataset.joining import Aside, Joining, key_of, reaching
from explorer.dataset.places import Origin, Places
from explorer.dataset.problems import DatasetError, Problem, as_in_toml, did_you_mean
from explorer.dataset.read import parse
from explorer.dataset.sync_copies import copies
from explorer.dataset.table_row import Row
from explorer.dataset.text_files import is_text_file
from explorer.record import model
from explorer.record.model import KINDS
from explorer.record.tables import keys_of, toml_name
from explorer.text.sanitize import one_line

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
    "finite_number": "must be a number",
    "tuple_type": "must be a list, in [brackets]",
    "dataclass_type": "must be a table",
    "dict_type": "must be a table",
}
_DATE = "must be a date such as 2025-10-26, without quotes"
_ALTERNATIVES = {"date", "str"}
"""What the validator adds to a path to say which alternative of a Day it tried."""


@cache
def adapter() -> TypeAdapter[tuple[model.Dataset]]:
    """The validator made of the model: strict about keys, by the names used in TOML.

    It takes a tuple of one, because pydantic gives a bare dataclass no configuration.
    """
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(
        tuple[model.Dataset],
        config=ConfigDict(
            extra="forbid",
            allow_inf_nan=False,
            alias_generator=key_of,
        ),
    )


def validate(texts: Texts, say: Callable[[str], None]) -> model.Dataset:
    """The dataset that these files make. Raises DatasetError with every problem."""
    dataset, _ = _valid(texts, say)
    return in_order(dataset)


def validate_with(
    texts: Texts, own: Texts, say: Callable[[str], None]
) -> tuple[model.Dataset, Sequence[Aside]]:
    """The same with what a reader added in files of their own, and what of that is set aside.

    Raises DatasetError with every problem.
    """
    dataset, tables = _valid(texts, say, own)
    return in_order(dataset), tables.aside


def examine(texts: Texts, own: Texts | None = None) -> tuple[model.Dataset, tuple[Problem, ...]]:
    """The dataset that these files make, and what may be wrong in it though it is valid.

    With what a reader added in files of their own.

    Raises DatasetError with every problem.
    """
    from explorer.dataset import warning_checks

    dataset, tables = _valid(texts, lambda _: None, own)
    found = (
        tables.problem(tables.rows[doubt.kind][doubt.place], doubt.path, doubt.message)
        for doubt in warning_checks.run(dataset)
    )
    return in_order(dataset), tuple(sorted(found))


def _valid(
    texts: Texts, say: Callable[[str], None], own: Texts | None = None
) -> tuple[model.Dataset, _Tables]:
    tables = _Tables(texts, say, own or {})
    say(f"Checking {sum(map(len, tables.rows.values())):,} records")
    check = adapter()
    dataset = _checked(check, tables.rows)
    faulty = [row for of in tables.rows.values() for row in of if row.faults]
    problems = list(tables.problems)
    for row in faulty:
        problems += (tables.problem(row, *fault) for fault in row.faults.items())
    if not tables.all_parsed:
        # What the unread file holds cannot be missed, so records are not compared.
        raise DatasetError(tables.root, problems)
    if not tables.rows["negotiation"]:
        message = "the dataset has no [negotiation] table with its name and record_ends"
        problems.append(Problem(file=tables.root, message=message))
    # What is sound is compared all the same, so that one run shows every problem.
    sound = {kind: [row for row in of if not row.faults] for kind, of in tables.rows.items()}
    if dataset is None or problems:
        written = tables.rows["negotiation"]
        (dataset,) = check.validate_python((_whole(sound, written),))
    cited = set(_texts(tuple(row.value for row in faulty)))
    folders = {str(row.value.get("id")): row.origin.file.parent for row in sound["text"]}
    if own:
        dataset = reaching(dataset)
    joined, unread = long_texts.joined(dataset, {**texts, **(own or {})}, folders)
    findings = (*checks.run(dataset, known=tables.ids(), cited=cited), *text_checks.run(dataset))
    for finding in (*findings, *unread):
        if sound[finding.kind]:
            row = sound[finding.kind][finding.place]
            problems.append(tables.problem(row, finding.path, finding.message))
    if problems:
        raise DatasetError(tables.root, problems)
    return joined, tables


def _checked(check: TypeAdapter[tuple[model.Dataset]], rows: _Rows) -> model.Dataset | None:
    """The dataset when every row is valid; else None. What is wrong is noted in each row."""
    from pydantic import ValidationError

    for kind, of in rows.items():
        for row in of:
            if isinstance(row.value, dict):
                for keys, message in _loose_in(KINDS[kind], row.value):
                    row.faults.setdefault(tuple(keys), message)
    try:
        (dataset,) = check.validate_python((_whole(rows),))
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=True):
            _, table, *path = detail["loc"]
            kind = str(table)
            place = 0 if kind == "negotiation" else int(path.pop(0))
            if path and path[-1] in _ALTERNATIVES:
                path.pop()
            faults = rows[kind][place].faults
            faults.setdefault(tuple(path), _message(kind, path, detail))
        return None
    return dataset


_Rows = Mapping[str, Sequence[Row]]


def _whole(rows: _Rows, written: Sequence[Row] = ()) -> dict[str, Any]:
    """The rows as the one value that the adapter validates.

    Something takes the place of a faulty [negotiation], with the words that were written there.
    """
    whole: dict[str, Any] = {kind: tuple(row.value for row in of) for kind, of in rows.items()}
    negotiations = whole.pop("negotiation")
    return whole | {"negotiation": negotiations[0] if negotiations else _stand_in(written)}


def _stand_in(written: Sequence[Row]) -> dict[str, Any]:
    own = {
        f"{key}s": dict.fromkeys(words, built_in[0])
        for row in written[:1]
        for key, built_in in model.BUILT_IN_WORDS.items()
        if isinstance(row.value, dict) and isinstance(words := row.value.get(f"{key}s"), dict)
    }
    return _STAND_IN | own


_NOW_CALLED: Mapping[tuple[type[Any], str], str] = {
    (model.Evidence, "delivered"): 'shows = "carried out"',
    (model.Negotiation, "deadline"): 'deadlines = ["…"]',
    (model.Delegation, "standing"): 'type = "state", "host" or "outsider"',
    (model.Position, "delegation"): 'delegations = ["…"]',
    (model.Point, "issue"): 'issues = ["…"]',
    (model.FigureValue, "percent"): "number",
    (model.Part, "percent"): "number",
}
"""Keys of an earlier form of the format, and what is written instead."""

_TABLES_NOW_CALLED = {
    "rate": (
        "[[figure]], with a [[figure.value]] for each rate: the figure has the name, the unit and "
        "the sides, the value its `number` for `percent`, and its `standing`"
    ),
}
"""The same of tables."""

_STAND_IN = {
    "id": "none",
    "name": "none",
    "summary": "none",
    "began": date.min,
    "record_ends": date.max,
}
"""Takes the place of a faulty [negotiation], so that the rest can be compared."""


def _loose_in(cls: Any, table: Mapping[str, Any]) -> Iterator[tuple[list[str | int], str]]:
    """What the validator would make fit: a date of a time, a number of a text."""
    for key, (allowed, wanted, inner) in _strict(cls).items():
        if key not in table:
            continue
        value = table[key]
        if inner is not None:
            several = enumerate(value) if isinstance(value, tuple) else ()
            lone = [((key,), value)] if isinstance(value, dict) else []
            for way, entry in (*(((key, place), of) for place, of in several), *lone):
                if isinstance(entry, dict):
                    for path, message in _loose_in(inner, entry):
                        yield [*way, *path], message
        elif type(value) not in allowed:
            yield [key], f"{wanted}; found {as_in_toml(value)}"


@cache
def _strict(cls: Any) -> Mapping[str, tuple[Container[type], str, Any]]:
    """The keys to look at, with the types that a value may have and what is wanted.

    For a key that holds tables it is their class instead.
    """
    found: dict[str, tuple[Container[type], str, Any]] = {}
    for name, hint in get_type_hints(cls).items():
        kinds, key = {hint, *get_args(hint)}, toml_name(name)
        inner = next((kind for kind in get_args(hint)[:1] if is_dataclass(kind)), None)
        if inner is not None:
            found[key] = ((), "", inner)
        elif date in kinds:
            found[key] = ((date, str) if str in kinds else (date,), _DATE, None)
        elif int in kinds:
            found[key] = ((int,), _WANTED["int_type"], None)
        elif float in kinds:
            found[key] = ((int, float), _WANTED["float_type"], None)
    return found


class _Tables:
    """The tables of all files joined, each remembering where it came from."""

    def __init__(self, texts: Texts, say: Callable[[str], None], own: Texts) -> None:
        first, *others = (file for file in texts if not is_text_file(file))
        self.root = first.parent if others else first
        self.problems: list[Problem] = []
        self.all_parsed = True
        self.rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
        self.aside: Sequence[Aside] = ()
        self._places = Places({**texts, **own})
        self._read(texts, say)
        if own and not self.problems:
            record, self.rows = self.rows, {kind: [] for kind in KINDS}
            self._read(own, say)
            joining = Joining(record)
            joining.add(self.rows)
            self.rows, self.aside = joining.rows, joining.aside
            self.problems += (self.problem(*wrong) for wrong in joining.wrong)

    def _read(self, texts: Texts, say: Callable[[str], None]) -> None:
        documents: dict[Path, Mapping[str, Any]] = {}
        for number, (file, data) in enumerate(texts.items(), 1):
            say(f"Reading {one_line(file.name)}, {number} of {len(texts)}")
            if is_text_file(file):
                continue
            match parse(file, data):
                case Problem() as problem:
                    self.problems.append(problem)
                    self.all_parsed = False
                case document:
                    documents[file] = document
        second = {copy.file: copy for copy in copies(documents)}
        self.problems += (Problem(file=file, message=str(copy)) for file, copy in second.items())
        for file, tables in documents.items():
            if file not in second:
                self._add(file, tables)

    def _add(self, file: Path, document: Mapping[str, Any]) -> None:
        for kind, value in document.items():
            top = Origin(file, 0)
            if kind not in KINDS:
                self._complain(top, kind, _unknown_table(kind))
            elif kind == "negotiation" and isinstance(value, dict):
                if self.rows[kind]:
                    self._complain(top, kind, "[negotiation] may stand only once")
                self.rows[kind].append(Row(kind, top, value))
            elif kind != "negotiation" and isinstance(value, tuple):
                self.rows[kind] += [
                    Row(kind, Origin(file, place), row) for place, row in enumerate(value)
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

    def problem(self, row: Row, path: Sequence[str | int], message: str) -> Problem:
        """A problem with a record, or with a key within it, at its file and line."""
        origin, there = row.written_at(path)
        return Problem(
            file=origin.file,
            line=self._places.line(origin, row.kind, there),
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


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _message(kind: str, path: Sequence[str | int], detail: ErrorDetails) -> str:
    key = str(path[-1]) if path else kind
    shown = as_in_toml(detail["input"])
    match detail["type"]:
        case "missing":
            return f"“{key}” is missing"
        case "unexpected_keyword_argument":
            return _unknown(key, _table_of(kind, path[:-1]))
        case "literal_error":
            choices = detail["ctx"]["expected"].replace(" or ", ", ").split(", ")
            words = [choice.strip("'\"") for choice in choices]
            hint = did_you_mean(str(detail["input"]), words)
            return f"{shown} is not one of {', '.join(words)}{hint}"
        case known if known in _WANTED:
            return f"{_WANTED[known]}; found {shown}"
        case str(other) if other.startswith("date"):
            return f"{_DATE}; found {shown}"
        case _:
            return f"{detail['msg']}; found {shown}"


def _unknown(key: str, table: type[Any]) -> str:
    if new := _NOW_CALLED.get((table, key)):
        return f"“{key}” is now written {new}"
    known = keys_of(table)
    hint = did_you_mean(key, known) or f"; known are {', '.join(known)}"
    return f"unknown key “{key}”{hint}"


def _unknown_table(kind: str) -> str:
    if new := _TABLES_NOW_CALLED.get(kind):
        return f"“{kind}” is now written {new}"
    hint = did_you_mean(kind, KINDS) or f"; known are {', '.join(KINDS)}"
    return f"unknown table “{kind}”{hint}"


def _table_of(kind: str, path: Sequence[str | int]) -> type[Any]:
    """The class of the table at a path within a record."""
    owner: type[Any] = KINDS[kind]
    for key in path:
        if isinstance(key, str):
            hints = get_type_hints(owner)
            owner = get_args(next(h for name, h in hints.items() if toml_name(name) == key))[0]
    return owner
