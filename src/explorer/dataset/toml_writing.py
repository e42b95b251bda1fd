"""Tables → lines of TOML, as a person would have written them into a file of a dataset.

Keys stand in the order of the model, days without quotes, and words of several lines as lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from explorer.record.model import KINDS
from explorer.record.tables import keys_of, toml_name
from explorer.text.sanitize import plain
from explorer.values import dataclass

Value = str | bool | int | float | date | Sequence[Any] | Mapping[str, Any]
Table = Mapping[str, Value]
"""The values of a table by the keys that a person writes."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How the tables around are written."""

    header: str = ""
    """The blanks before a header."""
    keys: str = ""
    """Those before a key."""
    gap: int = 1
    """Empty lines above a header."""
    wraps: Callable[[str, Sequence[Any]], str] = lambda _key, _items: ""
    """The blanks before each item of a list that is to have a line for each; else nothing."""


def class_of_path(path: Sequence[str]) -> Any:
    """The class of tables by the keys that lead to them, `("issue", "status")`; None of others."""
    owner: Any = KINDS.get(path[0]) if path else None
    for key in path[1:]:
        owner = _tables_of(owner).get(key) if owner is not None else None
    return owner


@cache
def _tables_of(cls: Any) -> Mapping[str, Any]:
    """The keys of a class that hold tables, with the classes of these."""
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(cls).items():
        inner = next((kind for kind in get_args(hint)[:1] if is_dataclass(kind)), None)
        if isinstance(inner, type):
            found[toml_name(name)] = inner
    return found


def cleaned(values: Table) -> dict[str, Any]:
    """Values as they are read again: text filtered for showing, and nothing that says nothing."""
    kept = ((plain(key), _cleaned(value)) for key, value in values.items())
    return {key: value for key, value in kept if value not in (None, "", [], {})}


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return plain(value).strip()
        case Mapping():
            return cleaned(value)
        case list() | tuple():
            return [_cleaned(item) for item in value]
    return value


def table_lines(path: Sequence[str], values: Table, looks: Looks) -> Iterator[str]:
    """A table with its header, and then those within it, each after its empty lines."""
    ordered = in_order(path, values)
    yield f"{looks.header}[[{'.'.join(map(key_text, path))}]]"
    inner = {key: value for key, value in ordered.items() if _is_tables(value)}
    for key, value in ordered.items():
        if key not in inner:
            yield from _pair(path, key, value, looks)
    for key, tables in inner.items():
        for table in tables:
            yield from [""] * looks.gap
            yield from table_lines((*path, key), table, looks)


def in_order(path: Sequence[str], values: Table) -> dict[str, Any]:
    """The values in the order in which the model has their keys; unknown ones come last."""
    cls = class_of_path(path)
    known = keys_of(cls) if cls is not None else ()
    keys = dict.fromkeys((*(key for key in known if key in values), *values))
    return {key: values[key] for key in keys}


def inline(path: Sequence[str], values: Table) -> str:
    """A table on one line, within braces."""
    pairs = (
        f"{key_text(key)} = {_inline_value((*path, key), value)}"
        for key, value in in_order(path, values).items()
    )
    return f"{{ {', '.join(pairs)} }}"


def _inline_value(path: Sequence[str], value: Any) -> str:
    if isinstance(value, Mapping):
        return inline(path, value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline_value(path, item) for item in value)}]"
    return _text(value)


def _is_tables(value: Any) -> bool:
    is_list = isinstance(value, list | tuple)
    return is_list and bool(value) and all(isinstance(item, Mapping) for item in value)


def _pair(path: Sequence[str], key: str, value: Any, looks: Looks) -> Iterator[str]:
    lead = f"{looks.keys}{key_text(key)} ="
    if isinstance(value, list | tuple):
        items = [_inline_value((), item) for item in value]
        if indent := looks.wraps(key, items):
            yield f"{lead} ["
            yield from (f"{indent}{item}," for item in items)
            yield f"{looks.keys}]"
        else:
            yield f"{lead} [{', '.join(items)}]"
    elif isinstance(value, str) and "\n" in value:
        first, *others = _text(value, lines=True).split("\n")
        yield f"{lead} {first}"
        yield from others  # they stand at the edge, for blanks would be part of the words
    else:
        yield f"{lead} {_inline_value((*path, key), value)}"


def key_text(key: str) -> str:
    """A key as it is written, in quotes where it must be."""
    return _written({key: 0}).rpartition(" = ")[0]


def _text(value: Any, *, lines: bool = False) -> str:
    return _written({"it": value}, lines=lines).removeprefix("it = ")


def _written(table: dict[str, Any], *, lines: bool = False) -> str:
    import tomli_w

    return tomli_w.dumps(table, multiline_strings=lines).removesuffix("\n")
