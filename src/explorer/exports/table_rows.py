"""The rows of every table, made record by record.

A row within a record has a key of the record's id and of its own day, so that it keeps it when
another is added before it: `rare-earths.2025-10-09`. What bears no day is counted; of several with
one key the later ones get a number.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from explorer.exports.exported import Exported
from explorer.exports.record_tables import (
    CITATIONS,
    NOTES,
    RECORDS,
    ColumnType,
    TableOfClass,
    of_kind,
)
from explorer.record import labels
from explorer.record.model import KINDS, AnyRecord, Archive
from explorer.transfer.portable_note import ANCHOR_KEYS, as_data
from explorer.view import View

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

_DAYS = ("on", "starts", "since")
"""Fields by whose first a row within a record is known."""


def rows(exported: Exported) -> Iterator[tuple[str, Row]]:
    """Every row with the name of its table; those of one table in the order of the dataset."""
    for kind in KINDS:
        for record in exported.records(kind):
            yield RECORDS, _as_record(exported.view, record)
            yield from _Rows(record).all()
    yield from ((NOTES, row) for row in _notes(exported))


def rows_of(exported: Exported, table: str) -> Iterator[Row]:
    """The rows of one table; only the records of which it is made are read for them."""
    if table == NOTES:
        yield from _notes(exported)
        return
    for kind in KINDS:
        is_of_all = table in (RECORDS, CITATIONS)
        if not is_of_all and table not in {made.name for made in of_kind(kind).tables()}:
            continue
        for record in exported.records(kind):
            if table == RECORDS:
                yield _as_record(exported.view, record)
            else:
                yield from (row for name, row in _Rows(record).all() if name == table)


def _as_record(view: View, record: AnyRecord) -> Row:
    ref = record.ref
    public = view.index.day_public(ref)
    # What was always public has no day.
    day = None if public == date.min else public.isoformat()
    return (str(ref), ref.kind, ref.id, labels.title(view.index, ref), day, record.own)


class _Rows:
    """Makes the rows of one record."""

    def __init__(self, record: AnyRecord) -> None:
        self._record = record
        self._ref = str(record.ref)

    def all(self) -> Iterator[tuple[str, Row]]:
        """The rows of all tables that are made of it."""
        record = self._record
        yield from self._of(of_kind(record.kind), record, record.id, ())

    def _of(self, made: TableOfClass, part: Any, key: str, lead: Row) -> Iterator[tuple[str, Row]]:
        name = made.table.name
        columns = made.table.columns[len(lead) :]
        yield name, (*lead, *(_cell(_value(part, c.name), c.type) for c in columns))
        for place, slug in _places(getattr(part, "source_ids", ())):
            yield CITATIONS, (slug, self._ref, name, key, place)
        for field, link in made.links:
            for place, named in _places(getattr(part, field)):
                yield link.name, (key, named, place)
        for within in made.inner:
            taken: Counter[str] = Counter()
            for place, entry in enumerate(getattr(part, within.field), 1):
                own_key = _key(entry, f"{key}.", place, taken)
                yield from self._of(within, entry, own_key, (own_key, key, place))


def _key(entry: Any, lead: str, place: int, taken: Counter[str]) -> str:
    days = (getattr(entry, name, None) for name in _DAYS)
    key = f"{lead}{next(filter(None, days), place)}"
    taken[key] += 1
    return key if taken[key] == 1 else f"{key}.{taken[key]}"


def _places(named: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """What a list names, each once, with its place."""
    return enumerate(dict.fromkeys(named), 1)


def _value(part: Any, column: str) -> object:
    if column.startswith("archived_"):
        copy: Archive | None = part.archived
        return getattr(copy, column.removeprefix("archived_")) if copy else None
    return getattr(part, column)


def _cell(value: Any, type_: ColumnType) -> Cell:
    """A value as a cell has it: nothing where it says nothing."""
    if value is None or value in ("", ()):
        return None
    match type_:
        case "list":
            return _json(list(value))
        case "object":
            return _json(dict(value)) if value else None
        case "day" | "date":
            return str(value)
        case "number":
            return int(value) if float(value).is_integer() else float(value)
    cell: Cell = value
    return cell


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _notes(exported: Exported) -> Iterator[Row]:
    index, taken = exported.view.index, Counter[str]()
    for note in exported.notes():
        data: Mapping[str, Any] = as_data(note)
        taken[note.id] += 1
        key = note.id if taken[note.id] == 1 else f"{note.id}.{taken[note.id]}"
        ref = index.current(note.ref)
        anchor = data["anchor"] or {}
        yield (
            key,
            None if ref is None else str(ref),
            *(data[name] for name in ("record", "name", "created", "changed", "date", "due")),
            data["done"],
            _cell(tuple(data["tags"]), "list"),
            data["text"],
            *(anchor.get(name) or None for name in ANCHOR_KEYS),
            *(data[name] for name in ("conflict_copy", "author", "answers")),
        )
