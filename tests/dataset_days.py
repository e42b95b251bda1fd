"""The days that stand in a dataset, on which what it shows may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from explorer.record.days import first_day, last_day


def days_in(table) -> Iterator[date]:
    """Every day that a record, an entry or a whole dataset names; of a month both ends."""
    for field in fields(table):
        value = getattr(table, field.name)
        if isinstance(value, date):
            yield value
        elif isinstance(value, str) and field.type in ("Day", "Day | None"):
            yield from (first_day(value), last_day(value))
        elif isinstance(value, tuple):
            for inner in value:
                if is_dataclass(inner):
                    yield from days_in(inner)
        elif is_dataclass(value):
            yield from days_in(value)
