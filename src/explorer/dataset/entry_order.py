"""Dated entries in order of time, in whatever order a file has them."""

from __future__ import annotations

from datetime import date

from explorer.record import model
from explorer.record.days import first_day, last_day
from explorer.record.model import PLURALS, AnyEntry, AnyRecord, Dataset
from explorer.record.tables import entries, with_fields


def in_order(dataset: Dataset) -> Dataset:
    """The dataset with the entries of each record oldest first.

    What has no day was so from the beginning; entries of one day keep the order of the file.
    """
    records = {plural: tuple(map(_sorted, dataset.of(kind))) for kind, plural in PLURALS.items()}
    return with_fields(dataset, {"negotiation": _sorted(dataset.negotiation), **records})


def _sorted(record: AnyRecord) -> AnyRecord:
    # The parts of a value, the clauses of a text and the printings of words stand as the file
    # has them.
    by_table: dict[str, list[AnyEntry]] = {}
    for table, _, entry in entries(record):
        if not isinstance(entry, model.Clause | model.Variant | model.Version):
            by_table.setdefault(table, []).append(entry)
    return with_fields(record, {t: tuple(sorted(of, key=day_of)) for t, of in by_table.items()})


def day_of(entry: AnyEntry) -> tuple[date, date]:
    """The day an entry is of; a month counts from its last day, as for what is public."""
    keys = ("on", "since", "starts")
    day = next((day for key in keys if (day := getattr(entry, key, None))), None)
    return (last_day(day), first_day(day)) if day else (date.min, date.min)
