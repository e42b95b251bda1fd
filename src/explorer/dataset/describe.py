"""The format of a dataset in words, read off the model: tables, keys and what they mean."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from explorer.record.model import KINDS, REFERENCES, UNWRITTEN, Clause, Negotiation, Source
from explorer.record.tables import toml_name


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    name: str
    """As a person writes it."""
    value: str
    """What it takes, “text”, “date”, “one of: us, china”."""
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table, such as `[[issue.status]]`, and its keys in order."""

    header: str
    meaning: str
    keys: tuple[Key, ...]


def tables() -> Iterator[Table]:
    """Every table a dataset may hold, each followed by the tables within it."""
    for kind, cls in KINDS.items():
        header = f"[{kind}]" if cls is Negotiation else f"[[{kind}]]"
        yield Table(header, _doc(cls), tuple(_keys(cls)))
        yield from _tables_within(kind, cls)


def key_of(cls: type[Any], name: str) -> Key | None:
    """A key of the table that a class is, by its name in TOML."""
    return next((key for key in _keys(cls) if key.name == name), None)


def keys_of(cls: type[Any]) -> tuple[Key, ...]:
    """The keys of the table that is read as a class, in order, less the tables within it."""
    return tuple(_keys(cls))


def meaning_of(cls: type[Any], field: str) -> str:
    """What stands under a field of a class in the model; of any field, written or not."""
    return _meaning(cls, field)


def doc_of(cls: type[Any]) -> str:
    """What a class of the model is, as one line."""
    return _doc(cls)


def _tables_within(path: str, cls: type[Any]) -> Iterator[Table]:
    for field, inner in _inner(cls):
        within = f"{path}.{toml_name(field)}"
        header = f"[[{within}]]" if is_list(cls, field) else f"[{within}]"
        yield Table(header, _doc(inner), tuple(_keys(inner)))
        yield from _tables_within(within, inner)


def _doc(cls: type[Any]) -> str:
    return " ".join((inspect.getdoc(cls) or "").split())


def _inner(cls: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    hints = get_type_hints(cls)
    for field in fields(cls):
        args = get_args(hints[field.name])
        if args and hasattr(args[0], "__dataclass_fields__"):
            yield field.name, args[0]


def is_list(cls: type[Any], field: str) -> bool:
    """Whether a field takes several values."""
    return get_origin(get_type_hints(cls)[field]) is tuple


def _keys(cls: type[Any]) -> Iterator[Key]:
    hints = get_type_hints(cls)
    nested = {name for name, _ in _inner(cls)}
    for field in sorted((f for f in fields(cls) if f.name not in UNWRITTEN), key=_place):
        name = field.name
        if name not in nested:
            # Nearly every table needs sources, which a check of its own sees to.
            lacks = field.default is MISSING and field.default_factory is MISSING
            required = lacks or (name == "source_ids" and cls not in (Source, Clause))
            meaning = f"{_meaning(cls, name)}{_default(field)}"
            yield Key(toml_name(name), _value(name, hints[name]), required, meaning)


def _default(field: Field[Any]) -> str:
    """What is meant when the key is left out, where that is a value and not nothing."""
    if field.default in (MISSING, None, "", ()):
        return ""
    said = str(field.default).lower() if isinstance(field.default, bool) else f"`{field.default}`"
    return f" Left out: {said}."


def _place(field: Field[Any]) -> tuple[bool, bool]:
    """Fields with `id` first and what all tables share last, as one reads them."""
    return field.name != "id", field.name in ("formerly", "known", "source_ids")


def _value(name: str, hint: Any) -> str:
    many = get_origin(hint) is tuple
    if kind := REFERENCES.get(name):
        return f"{kind} ids" if many else f"{kind} id"
    if many:
        return f"list of {_value(name, get_args(hint)[0])}"
    if get_origin(hint) is Literal:
        return "one of: " + ", ".join(get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not type(None)]
        if date in parts and str in parts:
            return "date, month or year"
        return _value(name, parts[0])
    return "table of words" if get_origin(hint) is Mapping else _PLAIN[hint]


_PLAIN = {str: "text", bool: "true or false", int: "number", float: "number", date: "date"}


@cache
def meanings(cls: type[Any]) -> dict[str, str]:
    """The texts that stand under the fields of a class."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(body, ast.ClassDef), "a class's source is a class"
    found: dict[str, str] = {}
    for above, below in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(above, ast.AnnAssign)
            and isinstance(above.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[above.target.id] = " ".join(str(below.value.value).split())
    return found


def _meaning(cls: type[Any], name: str) -> str:
    for owner in cls.__mro__[:-1]:
        if text := meanings(owner).get(name):
            return text
    return ""
