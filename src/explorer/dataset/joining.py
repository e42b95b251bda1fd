"""What a reader added to a dataset in files of their own, an overlay, joined to its tables.

An overlay has records of its own, and entries for records of the dataset: a table with the id
of that record and nothing else but entries. It can say nothing else of the dataset's records,
and take nothing from it. Where a later edition of the dataset has the same, that of the dataset
stands, and the overlay's is set aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from explorer.dataset.places import Origin
from explorer.dataset.table_row import Path_, Row, Rows
from explorer.dataset.toml_writing import class_of_path
from explorer.record.days import first_day
from explorer.record.model import KINDS, UNWRITTEN, AnyRecord, AnyTable, Dataset, Ref, Source
from explorer.record.tables import (
    day_of_publicity,
    entries,
    entry_keys,
    toml_name,
    with_fields,
)
from explorer.text.sanitize import one_line

Why = Literal["adopted", "clash", "gone"]
"""The dataset has the very same, or another record with that id, or lacks the record."""


def key_of(name: str) -> str:
    """The key that the validator knows a field by: no file can have that of an unwritten one."""
    return f"\0{name}" if name in UNWRITTEN else toml_name(name)


OWN = key_of("own")


@dataclass(frozen=True, slots=True)
class Aside:
    """What an overlay holds and is not joined to the dataset."""

    ref: Ref
    why: Why
    origin: Origin
    """Where the overlay has it."""
    entry: tuple[str, int] | None = None
    """Of an entry its key and its place there."""

    def __str__(self) -> str:
        what, file = one_line(str(self.ref)), one_line(self.origin.file.name)
        if self.entry:
            what = f"“{self.entry[0]}” {self.entry[1] + 1} of {what}"
        match self.why:
            case "adopted":
                return f"{what} is in the dataset now as you added it"
            case "clash":
                return (
                    f"{what} is in the dataset now and says something else; yours is set aside, "
                    f"and stays in {file}. Give it another id to see it again"
                )
            case "gone":
                return (
                    f"{what} is set aside, for the dataset has no such record; it stays in {file}"
                )


class Joining:
    """Joins the tables of an overlay to those of a dataset."""

    def __init__(self, record: Rows) -> None:
        self.rows: Rows = {kind: list(of) for kind, of in record.items()}
        self.aside: list[Aside] = []
        self.wrong: list[tuple[Row, Path_, str]] = []
        """What no overlay may say: the table, the way within it, and why."""
        self._places: dict[Ref, int] = {}
        for kind, of in record.items():
            for place, row in enumerate(of):
                for slug in _ids(row.value):
                    self._places.setdefault(Ref(kind, slug), place)

    def add(self, own: Rows) -> None:
        """Join the tables of an overlay, or set them aside."""
        for kind, of in own.items():
            for row in of:
                self._add(kind, row)

    def _add(self, kind: str, row: Row) -> None:
        slug = row.value.get("id") if isinstance(row.value, dict) else None
        ref = Ref(kind, str(slug))
        place = self._places.get(ref) if isinstance(slug, str) else None
        others = _others(kind, row.value) if isinstance(row.value, dict) else ()
        if place is not None:
            self._add_to(place, ref, row, others)
        elif kind == "negotiation":
            names = self.rows[kind][0].value.get("id") if self.rows[kind] else ""
            message = f"an overlay can only add to the negotiation it is of, “{names}”"
            self.wrong.append((row, ("id",), message))
        elif isinstance(slug, str) and not others and _within(kind, row.value):
            self.aside.append(Aside(ref, "gone", row.origin))
        else:
            self.rows[kind].append(replace(row, value=_own(kind, row.value)))

    def _add_to(self, place: int, ref: Ref, row: Row, others: Sequence[str]) -> None:
        """Join a table that has the id of a record of the dataset."""
        there = self.rows[ref.kind][place]
        if others:
            if not _is_whole(ref.kind, row.value):
                message = (
                    f"is for the dataset to say: an overlay can only add entries to its records, "
                    f"such as {_examples(ref.kind)}, and records of its own"
                )
                self.wrong.append((row, (others[0],), message))
                return
            if _plain(ref.kind, row.value, others) != _plain(ref.kind, there.value, others):
                self.aside.append(Aside(ref, "clash", row.origin))
                return
            self.aside.append(Aside(ref, "adopted", row.origin))
        self.rows[ref.kind][place] = self._with_entries(ref, there, row)

    def _with_entries(self, ref: Ref, there: Row, row: Row) -> Row:
        value, added = dict(there.value), dict(there.added)
        for key in _within(ref.kind, row.value):
            present = value.get(key, ())
            if not isinstance(present, tuple):
                continue
            known = [normal((ref.kind, key), entry) for entry in present]
            for nth, entry in enumerate(row.value[key]):
                if normal((ref.kind, key), entry) in known:
                    self.aside.append(Aside(ref, "adopted", row.origin, (key, nth)))
                    continue
                added[key, len(value.get(key, ()))] = (row.origin, nth)
                value[key] = (*value.get(key, ()), _marked(entry))
        return replace(there, value=value, added=added)


def _ids(value: Any) -> Iterator[str]:
    """The id of a table, then those it had before."""
    if isinstance(value, dict):
        former = value.get("formerly", ())
        for slug in (value.get("id"), *(former if isinstance(former, tuple) else ())):
            if isinstance(slug, str):
                yield slug


def _within(kind: str, table: Mapping[str, Any]) -> list[str]:
    """The keys of a table under which entries stand."""
    return [key for key in entry_keys(KINDS[kind]) if isinstance(table.get(key), tuple)]


def _others(kind: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that say something of the record itself."""
    within = entry_keys(KINDS[kind])
    return tuple(key for key in table if key != "id" and key not in within)


def _is_whole(kind: str, table: Mapping[str, Any]) -> bool:
    """Whether a table has all that a record must have."""
    needed = (f.name for f in fields(KINDS[kind]) if _default(f) is MISSING)
    return all(toml_name(name) in table for name in needed)


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _examples(kind: str) -> str:
    keys = entry_keys(KINDS[kind])
    return f"[[{kind}.{keys[0]}]]" if keys else "[[issue.status]]"


def _plain(kind: str, table: Mapping[str, Any], others: Sequence[str]) -> Any:
    """What a table says of the record itself."""
    return normal(
        (kind,), {key: value for key, value in table.items() if key in others or key == "id"}
    )


def normal(path: Sequence[str], value: Any) -> Any:
    """A table less what goes without saying, so that two that say the same are the same."""
    if isinstance(value, Mapping):
        cls = class_of_path(path)
        known = {toml_name(f.name): _default(f) for f in fields(cls)} if cls is not None else {}
        inner = {key: normal((*path, key), part) for key, part in value.items() if key != OWN}
        return {key: part for key, part in inner.items() if known.get(key, MISSING) != part}
    if isinstance(value, list | tuple):
        return tuple(normal(path, item) for item in value)
    return value


def _own(kind: str, value: Any) -> Any:
    """A record that the reader added, marked so, with the entries within it."""
    if not isinstance(value, dict):
        return value
    within = {key: tuple(map(_marked, value[key])) for key in _within(kind, value)}
    return {**value, **within, OWN: True}


def _marked(entry: Any) -> Any:
    return {**entry, OWN: True} if isinstance(entry, dict) else entry


def reaching(dataset: Dataset) -> Dataset:
    """The dataset with the day up to which the reader added to it."""
    days = [day for day in map(_day_added, dataset.records()) if day is not None]
    negotiation = dataset.negotiation
    last = max(days, default=date.min)
    if last <= negotiation.recorded_until:
        return dataset
    return with_fields(dataset, {"negotiation": with_fields(negotiation, {"own_until": last})})


def _day_added(record: AnyRecord) -> date | None:
    """The day of the last that the reader added to a record, of a month its first."""
    added: list[AnyTable] = [e for _, _, e in entries(record) if getattr(e, "own", False)]
    if record.own and not isinstance(record, Source):
        added.append(record)
    days = (first_day(day) for table in added if (day := day_of_publicity(table)))
    return max(days, default=None)
