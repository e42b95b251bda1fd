"""What is checked: each table with the way to it, and what is found wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from explorer.dataset.faults import Fault
from explorer.record import model
from explorer.record.model import KINDS, AnyRecord, AnyTable, Dataset
from explorer.record.tables import entries, toml_name


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and with which key of which record."""

    kind: str
    place: int
    """Place of the record among those of its kind, from 0."""
    path: tuple[str | int, ...]
    """Keys as a person writes them, places from 0."""
    message: str
    hint: str = ""
    """What would be right."""
    suggestion: str = ""
    """What to write in the place of the value."""
    check: str = ""
    """Lasting name of what was checked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that is checked, a record or one within it, and the way to it."""

    record: AnyRecord
    place: int
    """Place of the record among those of its kind, from 0."""
    table: AnyTable
    """The record itself, or the entry within it."""
    path: tuple[str | int, ...] = field(default=())
    """Keys that lead to an entry, places from 0; empty for a record."""

    @property
    def kind(self) -> str:
        return self.record.kind

    def wrong(
        self, key: str, message: str, *place: int, hint: str = "", suggestion: str = ""
    ) -> Finding:
        """What is wrong with a key of it, or with one item of that key's list."""
        path = (*self.path, toml_name(key), *place) if key else self.path
        return Finding(self.kind, self.place, path, message, hint, suggestion)

    def of(self, fault: Fault, key: str, *place: int) -> Finding:
        """The same of a fault."""
        path = (*self.path, toml_name(key), *place)
        return Finding(
            self.kind,
            self.place,
            path,
            fault.message,
            fault.hint,
            fault.suggestion,
            fault.check,
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """What a table is compared with."""

    dataset: Dataset
    negotiation: model.Negotiation
    ends: date
    """The last day that the record covers."""
    types: Mapping[str, str]
    """The type of each delegation."""
    delegates: Mapping[str, model.Delegate]
    parties: frozenset[str]
    """The delegations that negotiate."""


def checked_tables(dataset: Dataset) -> Iterator[Checked]:
    """Every record, each followed by the entries within it."""
    for kind in KINDS:
        for place, record in enumerate(dataset.of(kind)):
            yield Checked(record, place, record)
            yield from _within(Checked(record, place, record))


def _within(checked: Checked) -> Iterator[Checked]:
    """The entries within a table, each followed by those within it."""
    for name, nth, entry in entries(checked.table):
        path = (*checked.path, toml_name(name), nth)
        inner = Checked(checked.record, checked.place, entry, path)
        yield inner
        yield from _within(inner)
