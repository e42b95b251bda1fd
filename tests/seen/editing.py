"""A dataset that its keeper changes, and a reader who comes back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from explorer.record.index import Index
from explorer.record.model import PLURALS, AnyRecord, Dataset, Ref
from explorer.seen import News
from explorer.seen.look_over import Visit, look_over

FIRST, SECOND, THIRD = date(2032, 5, 1), date(2032, 6, 1), date(2032, 7, 1)


def visit(whole: Index | Dataset, today: date, place: str = "here", **more: Any) -> Visit:
    index = whole if isinstance(whole, Index) else Index(whole)
    return Visit(index, place, today, **more)


def came(whole: Index | Dataset, today: date, **more: Any) -> News:
    """What a reader hears who comes on a day."""
    return look_over(visit(whole, today, **more))


def with_records(whole: Dataset, *records: AnyRecord) -> Dataset:
    """The dataset with some records more, or in the place of those of their ids."""
    for record in records:
        plural = PLURALS[record.kind]
        others = [other for other in getattr(whole, plural) if other.id != record.id]
        whole = replace(whole, **{plural: (*others, record)})
    return whole


def without(whole: Dataset, *refs: Ref) -> Dataset:
    """The dataset without some records."""
    for kind in {ref.kind for ref in refs}:
        left = tuple(record for record in whole.of(kind) if record.ref not in refs)
        whole = replace(whole, **{PLURALS[kind]: left})
    return whole


def changed(whole: Dataset, ref: Ref, change: Callable[[Any], Any]) -> Dataset:
    """The dataset with a record changed."""
    (record,) = (record for record in whole.of(ref.kind) if record.ref == ref)
    return with_records(whole, change(record))


def told(news: News) -> dict[str, set[str]]:
    """The references of what is new, by what became of them."""
    found: dict[str, set[str]] = {}
    for item in news.items:
        found.setdefault(item.fate, set()).add(str(item.ref))
    return found
