"""What holds for the tables of every kind: their keys, the tables within, whom they name.

It is read off the fields of `model`, so that a new one needs nothing here but its place in a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from explorer.record.days import Day, last_day
from explorer.record.model import (
    FORMER_KINDS,
    PLURALS,
    REFERENCES,
    UNWRITTEN,
    AnyEntry,
    AnyTable,
    Archive,
    Dataset,
    Entry,
    Milestone,
    Part,
    Point,
    Record,
    Ref,
    Round,
)

T = TypeVar("T", bound="AnyTable | Dataset")
S = TypeVar("S")

_ENTRIES = {
    "one_sided": "one_sided",
    "members": "member",
    "roles": "role",
    "moves": "move",
    "outcomes": "outcome",
    "statuses": "status",
    "positions": "position",
    "variants": "variant",
    "clauses": "clause",
    "steps": "step",
    "values": "value",
    "parts": "part",
    "accounts": "account",
    "evidence": "evidence",
    "results": "result",
    "versions": "version",
}
"""The tables within records and entries: the field and the name of its table."""

_SINGULAR = {
    **_ENTRIES,
    **{plural: kind for kind, plural in PLURALS.items()},
}


def toml_name(name: str) -> str:
    """The key a person writes for a field: `speaker_id` is `speaker`, `statuses` is `status`."""
    if name in ("answers_ids", "related_ids", "replies_to_ids"):
        return name.removesuffix("_ids")
    if name.endswith("_ids"):
        return name.removesuffix("_ids") + "s"
    return _SINGULAR.get(name, name.removesuffix("_id"))


def keys_of(cls: Any) -> tuple[str, ...]:
    """The keys that a person may write in a table, in the order of the model."""
    return tuple(toml_name(f.name) for f in fields(cls) if f.name not in UNWRITTEN)


def class_of(table: object) -> Any:
    """The class of a table, as what is known of all tables of its class is kept under it.

    Its type is left open because mypy does not take a class for hashable.
    """
    return table.__class__


def entries(table: AnyTable) -> Iterator[tuple[str, int, AnyEntry]]:
    """The tables within a record, or within an entry: field, place in its list, and the table."""
    for name in entry_fields(class_of(table)):
        for place, item in enumerate(getattr(table, name)):
            yield name, place, item


def tables_in(table: AnyTable) -> Iterator[AnyTable]:
    """A record or an entry, and then the tables within it, each before those within that."""
    yield table
    for _, _, entry in entries(table):
        yield from tables_in(entry)


def has_own(record: Record) -> bool:
    """Whether a reader added a record, or anything within it."""
    table: Any = record
    return record.own or any(getattr(entry, "own", False) for _, _, entry in entries(table))


def former_refs(record: Record) -> Iterator[Ref]:
    """The references that a record had before."""
    kinds = (record.kind, *(old for old, new in FORMER_KINDS.items() if new == record.kind))
    return (Ref(kind, slug) for kind in kinds for slug in record.formerly)


def with_fields(table: T, fields: Mapping[str, object]) -> T:
    """The table with other values in some of its fields; the same one when none differs."""
    values = {name: value for name, value in fields.items() if getattr(table, name) != value}
    others: dict[str, Any] = values
    return replace(table, **others) if others else table


@cache
def entry_fields(cls: type[Any]) -> tuple[str, ...]:
    """The fields of a class that hold the tables within its records."""
    return tuple(f.name for f in fields(cls) if f.name in _ENTRIES)


def entry_keys(cls: Any) -> tuple[str, ...]:
    """The names of the tables that records of a class have within them."""
    return tuple(_ENTRIES[name] for name in entry_fields(cls))


def as_data(part: Record | Entry | Part | Archive) -> dict[str, Any]:
    """A record as plain values for JSON, by the names used in TOML, less what is empty."""
    values = {toml_name(f.name): getattr(part, f.name) for f in fields(part)}
    return without_empty({k: v for k, v in values.items() if v or k not in UNWRITTEN})


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values for JSON, less those that say nothing; nought and “false” say something."""
    values = ((key, _plain(value)) for key, value in data.items())
    return {key: value for key, value in values if value not in (None, "", [], {})}


def shaped(shape: type[S], data: Mapping[str, Any]) -> S:  # noqa: ARG001 -- it says the type
    """The same in a shape of JSON, a TypedDict of which what says nothing is left out."""
    return cast("S", without_empty(data))


def _plain(value: Any) -> Any:
    """A day or a reference as text, and an entry by its keys."""
    match value:
        case date() | Ref():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
        case Entry() | Part() | Archive():
            return as_data(value)
        case _:
            return value


def references(part: AnyTable) -> Iterator[tuple[str, Ref]]:
    """The records that a record or entry names itself: field and reference."""
    for name, kind in reference_fields(class_of(part)):
        value = getattr(part, name)
        for slug in (value,) if isinstance(value, str) else value or ():
            yield name, Ref(kind, slug)


@cache
def reference_fields(cls: type[Any]) -> tuple[tuple[str, str], ...]:
    """The fields of a class that name records, with the kind of these."""
    return tuple((f.name, REFERENCES[f.name]) for f in fields(cls) if f.name in REFERENCES)


def public_from(part: AnyTable) -> date | None:
    """The day a record or entry became public by its own account; None when it bears no day.

    What was announced is public from then, though it happens later.
    """
    day = day_of_publicity(part)
    return last_day(day) if day else None


def day_of_publicity(part: AnyTable) -> Day | None:
    """The same as it is written, perhaps a month."""
    days = (getattr(part, name) for name in _public_fields(class_of(part)))
    return next(filter(None, days), None)


PUBLIC_KEYS = ("announced", "known", "published", "issued", "on", "starts", "since")
"""The keys by whose first a table became public."""


@cache
def _public_fields(cls: type[Any]) -> tuple[str, ...]:
    names = {f.name for f in fields(cls)}
    return tuple(name for name in PUBLIC_KEYS if name in names)


def days_set(record: Round | Milestone | Point) -> tuple[Day | None, ...]:
    """The days set for a round, a milestone or a point, oldest first, each where it differs.

    A move that only says the same day again is none; None is a date to be set.
    """
    days: list[Day | None] = [record.first_set] if record.first_set else []
    for move in record.moves:
        if not days or move.to != days[-1]:
            days.append(move.to)
    return tuple(days)
