"""A record as plain values that outlive this version of the program.

They stand under the keys of the dataset's files, less what a record has anyway: a field that
a later version adds is then no difference. Its id is not among them, nor are those it had
before, so that a record that was only renamed has the same form; nor what a reader added.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from explorer.record.index import Index
from explorer.record.model import KINDS, REFERENCES, AnyRecord, Ref
from explorer.record.tables import class_of, toml_name
from explorer.text.sanitize import plain

PlainForm = dict[str, Any]

_LEFT_OUT = ("id", "formerly", "own", "own_until")
_DEEPEST = 8
"""Levels of tables and lists in a form; records have four."""


def plain_form(table: object) -> PlainForm:
    """A record, or a table in it, as plain values."""
    form = {}
    for name, key, usual in _fields(class_of(table)):
        value = getattr(table, name)
        if value != usual:
            form[key] = _plain(value)
    return form


@cache
def _fields(cls: type[Any]) -> tuple[tuple[str, str, object], ...]:
    """The fields of a table, each with its key and what it is when nothing is said."""
    return tuple(
        (
            field.name,
            toml_name(field.name),
            {} if field.default_factory is not MISSING else field.default,
        )
        for field in fields(cls)
        if field.name not in _LEFT_OUT
    )


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value if not getattr(item, "own", False)]
        case Mapping():
            return dict(value)
        case _:
            return plain_form(value) if is_dataclass(value) else value


def written(form: PlainForm) -> str:
    """A form as text, which is another for another form only."""
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> PlainForm:
    """A form that was written, filtered for showing. Raises ValueError."""
    try:
        form = _clean(json.loads(text), 0)
    except RecursionError:
        raise ValueError("it nests too deeply") from None
    if not isinstance(form, dict):
        raise ValueError("it is no table")
    return form


def _clean(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("it nests too deeply")
    match value:
        case str():
            return plain(value)
        case list():
            return [_clean(item, depth + 1) for item in value]
        case dict():
            return {plain(key): _clean(item, depth + 1) for key, item in value.items()}
        case _:
            return value


# The records that a form names.

REFERENCE_KEYS: Mapping[str, str] = {toml_name(name): kind for name, kind in REFERENCES.items()}
"""The keys under which a form names records, with the kind of these."""


def named_in(form: PlainForm) -> Iterator[Ref]:
    """The records that a form names, be they there or not."""
    for key, value in form.items():
        if key in REFERENCE_KEYS:
            for slug in value if isinstance(value, list) else [value]:
                if isinstance(slug, str):
                    yield Ref(REFERENCE_KEYS[key], slug)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield from named_in(item)
                elif key == "about" and (ref := _parsed(item)) is not None:
                    yield ref


def renamed(form: PlainForm, index: Index) -> PlainForm:
    """The form with the names that records have now; the same where none has another."""
    return {key: _renamed(key, value, index) for key, value in form.items()}


def _renamed(key: str, value: Any, index: Index) -> Any:
    match value:
        case list():
            return [_renamed(key, item, index) for item in value]
        case dict():
            return renamed(value, index)
        case str() if key in REFERENCE_KEYS:
            now = index.current(Ref(REFERENCE_KEYS[key], value))
            return now.id if now is not None else value
        case str() if key == "about" and (ref := _parsed(value)) is not None:
            return str(index.current(ref) or ref)
        case _:
            return value


def _parsed(text: object) -> Ref | None:
    try:
        return Ref.parse(text) if isinstance(text, str) else None
    except ValueError:
        return None


# And back.


def revived(ref: Ref, form: PlainForm) -> AnyRecord | None:
    """The record that a form is of; None when it is of none that this version knows."""
    try:
        record: AnyRecord = _made(KINDS[ref.kind], {**form, "id": ref.id})
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return record


def _made(cls: Any, data: PlainForm) -> Any:
    hints = _hints(cls)
    values = {}
    for field in fields(cls):
        key = "id" if field.name == "id" else toml_name(field.name)
        if key in data:
            values[field.name] = _value(hints[field.name], data[key])
    return cls(**values)


@cache
def _hints(cls: type[Any]) -> Mapping[str, Any]:
    return typing.get_type_hints(cls)


def _value(hint: Any, value: Any) -> Any:
    """A plain value as the field has it. Raises ValueError when it cannot be one of it."""
    origin, given = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _of_several(given, value)
    if origin is tuple:
        return tuple(_value(given[0], item) for item in value)
    if origin is typing.Literal or hint is str:
        if not isinstance(value, str):
            raise ValueError("it is no text")
        return value
    if hint is date:
        return date.fromisoformat(value)
    if is_dataclass(hint):
        return _made(hint, value)
    return value


def _of_several(hints: tuple[Any, ...], value: Any) -> Any:
    """A day is a date where it can be one, and else the text of a month."""
    for hint in sorted(hints, key=lambda hint: hint is str):
        if hint is type(None):
            continue
        try:
            return _value(hint, value)
        except ValueError:
            pass
    raise ValueError("it is none of these")
