"""Dated entries in order of time, in whatever order a file has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from explorer.record.model import PLURALS, Dataset, first_day, last_day

_BY_DAY = (
    *("one_sided", "roles", "moves", "outcomes", "statuses", "positions", "steps"),
    *("accounts", "evidence"),
)
"""The tables within records in which order means time."""


def in_order(dataset: Dataset) -> Dataset:
    """The dataset with the entries of each record oldest first.

    What has no day was so from the beginning; entries of one day keep the order of the file.
    """
    return Dataset(
        negotiation=_sorted(dataset.negotiation),
        **{
            plural: tuple(_sorted(record) for record in dataset.of(kind))
            for kind, plural in PLURALS.items()
        },
    )


def _sorted(record: Any) -> Any:
    changes = {}
    for table in _BY_DAY:
        entries = getattr(record, table, ())
        if (ordered := tuple(sorted(entries, key=day_of))) != entries:
            changes[table] = ordered
    return replace(record, **changes) if changes else record


def day_of(entry: Any) -> tuple[date, date]:
    """The day an entry is of; a month counts from its last day, as for what is public."""
    day = next(
        (day for key in ("on", "since", "starts") if (day := getattr(entry, key, None))), None
    )
    return (last_day(day), first_day(day)) if day else (date.min, date.min)
