"""Records that are to be added, among those that they name: checked and shown beforehand.

The whole dataset is not made anew for that, which would take long. What is made is a small one
of the new records and those that they name, and the checks of every dataset run over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from explorer.dataset import checks
from explorer.dataset.appending import Addition
from explorer.dataset.entry_order import in_order
from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import KINDS, PLURALS, AnyRecord, Dataset, Delegate, Record, Ref
from explorer.record.tables import class_of, reference_fields, references, tables_in, toml_name
from explorer.view import View


class SmallRecord:
    """The records that some additions make, with those that they name."""

    def __init__(self, view: View, additions: Sequence[Addition], latest: date | None) -> None:
        """Records come before entries; `latest` is the last day on which one became public."""
        self._view, self._latest = view, latest
        self._own: dict[Ref, AnyRecord] = {}
        """The records that are new, or that have a new entry."""
        self._numbers: dict[tuple[Ref, str, int], int] = {}
        """The number of each addition, by its record, field and place; -1 for a record."""
        for number, addition in enumerate(additions):
            self._add(number, addition)

    def _add(self, number: int, addition: Addition) -> None:
        if addition.within is None:
            record = _instance(KINDS[addition.kind], addition.values)
            self._own[record.ref] = record
            self._numbers[record.ref, "", -1] = number
            return
        ref = addition.within
        owner: Any = self._own.get(ref) or self._view.whole[ref]
        key, cls = _entry_field(class_of(owner), addition.kind)
        there = getattr(owner, key)
        table = _instance(cls, addition.values)
        self._own[ref] = replace(owner, **{key: (*there, table)})
        self._numbers[ref, addition.kind, len(there)] = number

    def _dataset(self, own: Mapping[Ref, AnyRecord]) -> Dataset:
        """The new records and those they name, which name nobody themselves."""
        whole, found = self._view.whole, dict(own)
        for record in own.values():
            for ref in _named(record):
                if ref not in found and ref in whole:
                    found[ref] = _alone(whole[ref])
        for record in list(found.values()):
            if isinstance(record, Delegate):
                for ref in _named(record):
                    if ref not in found and ref in whole:
                        found[ref] = _alone(whole[ref])
        negotiation = _alone(whole.dataset.negotiation)
        if self._latest is not None:
            ends = max(negotiation.record_ends, self._latest)
            negotiation = replace(negotiation, record_ends=ends, one_sided=())
        by_kind: dict[str, list[AnyRecord]] = {kind: [] for kind in PLURALS}
        for record in found.values():
            by_kind[record.kind].append(record)
        records: dict[str, Any] = {PLURALS[kind]: tuple(of) for kind, of in by_kind.items()}
        return Dataset(negotiation=negotiation, **records)

    def findings(self) -> Iterator[tuple[int, str, str]]:
        """What the checks of a dataset find wrong with what is new.

        The number of the addition, the key that it is about, if it is one, and what is wrong.
        """
        dataset = self._dataset(self._own)
        for finding in checks.run(dataset, known=None):  # what is chosen is there
            ref = dataset.of(finding.kind)[finding.place].ref
            key = str(finding.path[0]) if finding.path else ""
            number = self._numbers.get((ref, "", -1))
            if finding.path[1:] and isinstance(finding.path[1], int):
                of_entry = self._numbers.get((ref, key, finding.path[1]))
                if of_entry is not None:
                    number, key = of_entry, str(finding.path[2]) if finding.path[2:] else ""
            if number is not None:
                yield number, key, "; ".join(filter(None, (finding.message, finding.hint)))

    def preview(self) -> View:
        """A view of what is new; of a record with a new entry it shows that entry alone."""
        own: dict[Ref, AnyRecord] = {}
        for ref, record in self._own.items():
            is_new = (ref, "", -1) in self._numbers
            own[ref] = record if is_new else _alone(record, self._new_entries(ref))
        return View(Index(in_order(self._dataset(own))), Notes())

    def _new_entries(self, ref: Ref) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for owner, table, place in self._numbers:
            if owner == ref and place >= 0:
                found.setdefault(table, set()).add(place)
        return found


@cache
def _entry_field(cls: Any, table: str) -> tuple[str, Any]:
    """The field of a class that holds the entries of a table, and the class of these."""
    name = next(f.name for f in fields(cls) if toml_name(f.name) == table)
    hint = get_type_hints(cls)[name]
    return name, next(kind for kind in get_args(hint) if is_dataclass(kind))


def _instance(cls: Any, values: Mapping[str, Any]) -> Any:
    names = {toml_name(f.name): f.name for f in fields(cls)}
    return cls(**{names[key]: value for key, value in values.items()})


def _named(record: AnyRecord) -> Iterator[Ref]:
    for table in tables_in(record):
        for _, ref in references(table):
            yield ref


def _alone(record: Any, keep: Mapping[str, set[int]] | None = None) -> Any:
    """A record that names nobody and has no entries, but those to keep.

    A delegate keeps its delegation and its posts: whoever speaks must hold one.
    """
    if isinstance(record, Delegate):
        roles = tuple(replace(role, source_ids=()) for role in record.roles)
        if keep is None:
            return replace(record, roles=roles, source_ids=())
    nothing: dict[str, Any] = {}
    for key in fields(record):
        value = getattr(record, key.name)
        table = toml_name(key.name)
        if keep is not None and table in keep:
            nothing[key.name] = tuple(value[place] for place in sorted(keep[table]))
        elif isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
            nothing[key.name] = ()
    for name, _ in reference_fields(class_of(record)):
        required = name in ("speaker_id", "round_id", "delegation_id") and _is_required(
            record, name
        )
        if not required and (keep is None or name != "source_ids"):
            nothing[name] = () if name.endswith("_ids") else None
    return replace(record, **nothing)


def _is_required(record: Record, name: str) -> bool:
    return next(f for f in fields(record) if f.name == name).default is MISSING
