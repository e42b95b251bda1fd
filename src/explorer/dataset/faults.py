"""What is wrong with a table by itself, in words: what the validator finds, or forgives."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from explorer.dataset.problems import as_in_toml
from explorer.record import model
from explorer.record.model import KINDS
from explorer.record.tables import keys_of, toml_name
from explorer.text.near_words import nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from explorer.dataset.places import What

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
_DAY = (
    "must be a date such as 2025-10-26, without quotes, or in quotes a month or a year such as "
    '"2025-10"'
)
_YEARS = range(1000, 3000)
_TRUTH = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false"}
"""How a writer may put what is true or false."""
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
_OF_ALL = ("formerly", "known", "sources")
"""Keys that most tables have, and that are named last."""
_OTHERWISE: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("date", "day", "when"), ("on", "published", "issued", "starts")),
    **dict.fromkeys(("url", "link", "href", "web"), ("address",)),
    **dict.fromkeys(("by", "who", "party", "country"), ("delegations", "delegation", "speaker")),
    **dict.fromkeys(("from", "begin", "start"), ("since", "starts")),
    **dict.fromkeys(("to", "end"), ("until", "ends")),
    **dict.fromkeys(("place", "location", "town"), ("city", "where")),
    **dict.fromkeys(("note", "comment", "notes"), ("remark",)),
    **dict.fromkeys(("description", "desc"), ("summary", "text")),
    "title": ("name",),
    "text": ("words", "summary"),
    "status": ("state", "stage"),
    "value": ("number",),
    "headline": ("title",),
}
"""What people often call a key, and how it may be called here."""
_TABLES_NOW_CALLED = {
    "rate": (
        "[[figure]], with a [[figure.value]] for each rate: the figure has the name, the unit and "
        "the sides, the value its `number` for `percent`, and its `standing`"
    ),
}
"""The same of tables."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a key of a table, and what would be right."""

    message: str
    hint: str = ""
    suggestion: str = ""
    check: str = "wrong-value"
    marks: What = "value"
    """Whether the key or its value is marked."""


Path_ = Sequence[str | int]


def loose_in(cls: Any, table: Mapping[str, Any]) -> Iterator[tuple[list[str | int], Fault]]:
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
                    for path, fault in loose_in(inner, entry):
                        yield [*way, *path], fault
        elif type(value) not in allowed:
            yield [key], _wrong_type(wanted, value)


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
        elif bool in kinds:
            found[key] = ((bool,), _WANTED["bool_type"], None)
        elif date in kinds:
            found[key] = ((date, str), _DAY, None) if str in kinds else ((date,), _DATE, None)
        elif int in kinds:
            found[key] = ((int,), _WANTED["int_type"], None)
        elif float in kinds:
            found[key] = ((int, float), _WANTED["float_type"], None)
    return found


def of_detail(kind: str, path: Path_, detail: ErrorDetails) -> Fault:
    """What the validator found, in the words of TOML."""
    key = str(path[-1]) if path else kind
    value, found = detail["input"], detail["type"]
    if found == "missing":
        return Fault(f"“{key}” is missing", _what_it_is(kind, path), check="missing-key")
    if found == "unexpected_keyword_argument":
        return _unknown_key(key, _table_of(kind, path[:-1]), kind if path[1:] else "")
    if found == "literal_error":
        return _no_such_word(kind, path, detail)
    header = ".".join((kind, *(part for part in path if isinstance(part, str))))
    if found == "tuple_type" and _is_table_of_tables(kind, path):
        return Fault(f"“{key}” must be written as [[{header}]]", check="table-form")
    if wanted := _DATE if found.startswith("date") else _WANTED.get(found):
        fault = _wrong_type(wanted, value)
        is_entry = found == "dataclass_type" and path and isinstance(path[-1], int)
        hint = f"write [[{header}]] above the keys of each"
        return replace(fault, hint=hint) if is_entry else fault
    return Fault(f"{detail['msg']}; found {as_in_toml(value)}")


def _no_such_word(kind: str, path: Path_, detail: ErrorDetails) -> Fault:
    if kind == "negotiation" and path[1:] and path[-1] in keys_of(model.Negotiation):
        message = (
            f"“{path[-1]}” is a key of [negotiation], and stands below [negotiation.{path[0]}]"
        )
        return Fault(message, "move it above that header", check="unknown-key", marks="key")
    choices = detail["ctx"]["expected"].replace(" or ", ", ").split(", ")
    return not_one_of(detail["input"], [choice.strip("'\"") for choice in choices])


def _wrong_type(wanted: str, value: Any) -> Fault:
    right = _made_fit(wanted, value)
    hint = f"write {right}" if right else ""
    return Fault(f"{wanted}; found {as_in_toml(value)}", hint, right, "wrong-type")


def _made_fit(wanted: str, value: Any) -> str:
    """The same value in the form that is wanted, where that is certain."""
    right = ""
    if wanted == _DAY and type(value) is int and value in _YEARS:
        right = f'"{value}"'
    elif wanted in (_DATE, _DAY):
        right = value.date().isoformat() if isinstance(value, datetime) else _whole_date(value)
    elif wanted == _WANTED["string_type"]:
        if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], str):
            right = as_in_toml(value[0])
        elif isinstance(value, int | float | date):
            right = f'"{as_in_toml(value)}"'
    elif isinstance(value, str):
        if wanted == _WANTED["tuple_type"]:
            right = f"[{as_in_toml(value)}]"
        elif wanted == _WANTED["bool_type"]:
            right = _TRUTH.get(value.strip().lower(), "")
        elif wanted in _NUMBERS and re.fullmatch(_NUMBERS[wanted], value):
            right = value.replace(",", "")
    return right


_NUMBERS = {
    _WANTED["int_type"]: r"[+-]?[1-9][0-9,]*|0",
    _WANTED["float_type"]: r"[+-]?(?:[1-9][0-9,]*|0)(?:\.[0-9]+)?",
}


def _whole_date(value: Any) -> str:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10]).isoformat()
        except ValueError:
            return ""
    return ""


def not_one_of(value: Any, words: Sequence[str], otherwise: str = "") -> Fault:
    """A word that is none of those that may stand there."""
    near = nearest(str(value), words) or next((w for w in words if w == str(value).lower()), "")
    hint = f"did you mean “{near}”?" if near else otherwise
    suggestion = f'"{near}"' if near else ""
    message = f"{as_in_toml(value)} is not one of {', '.join(words)}"
    return Fault(message, hint, suggestion, "unknown-word")


def _unknown_key(key: str, table: type[Any], within: str) -> Fault:
    """A key that a table does not have; `within` is the kind of record it is an entry of."""
    if new := _NOW_CALLED.get((table, key)):
        now = new.partition(" = [")[0]
        right = now if now in keys_of(table) else ""
        return Fault(f"“{key}” is now written {new}", "", right, "unknown-key", "key")
    known = sorted(keys_of(table), key=lambda own: own in _OF_ALL)
    if within and key in keys_of(KINDS[within]):
        header = f"[{within}]" if within == "negotiation" else f"[[{within}]]"
        hint, near = f"it is a key of {header}, and those stand above its entries", ""
    elif near := next((own for own in _OTHERWISE.get(key.lower(), ()) if own in known), ""):
        hint = f"did you mean “{near}”?"
    else:
        hint, near = _known(key, known)
    return Fault(f"unknown key “{key}”", hint, near, "unknown-key", "key")


def unknown_table(kind: str) -> Fault:
    """A table that no dataset has."""
    if new := _TABLES_NOW_CALLED.get(kind):
        return Fault(f"“{kind}” is now written {new}", check="unknown-table")
    hint, near = _known(kind, list(KINDS))
    right = "" if not near else f"[{near}]" if near == "negotiation" else f"[[{near}]]"
    return Fault(f"unknown table “{kind}”", hint, right, "unknown-table")


def _known(word: str, known: Sequence[str]) -> tuple[str, str]:
    """What to say of an unknown word, and the known one that is nearest."""
    if near := nearest(word, known):
        return f"did you mean “{near}”?", near
    return f"known are {', '.join(known)}", ""


def _what_it_is(kind: str, path: Path_) -> str:
    from explorer.dataset import describe

    key = describe.key_of(_table_of(kind, path[:-1]), str(path[-1])) if path else None
    if key is None:
        return ""
    meaning = key.meaning.partition(". ")[0].rstrip(".")
    return f"write {key.name} = … ({key.value}): {meaning[:1].lower()}{meaning[1:]}"


def _is_table_of_tables(kind: str, path: Path_) -> bool:
    owner = _table_of(kind, path[:-1])
    hints = {toml_name(name): hint for name, hint in get_type_hints(owner).items()}
    hint = hints.get(str(path[-1]))
    return get_origin(hint) is tuple and any(map(is_dataclass, get_args(hint)))


def _table_of(kind: str, path: Path_) -> type[Any]:
    """The class of the table at a path within a record."""
    owner: type[Any] = KINDS[kind]
    for key in path:
        if isinstance(key, str):
            hints = get_type_hints(owner)
            owner = get_args(next(h for name, h in hints.items() if toml_name(name) == key))[0]
    return owner
