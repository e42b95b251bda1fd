"""Two forms of a thing set against one another: its fields, its entries, and its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from explorer.documents.sheet import Span
from explorer.record import labels
from explorer.record.model import REFERENCES, Clause, Entry, Record, Role
from explorer.record.tables import class_of
from explorer.text.word_diff import ALIKE, difference, likeness

_NOT_READ = {"id", "formerly", "known", "about", "file", *REFERENCES}
"""Fields that name records, or say when something became public."""


def reworded(was: str, now: str) -> tuple[Span, ...]:
    """What is said now, marked against what was said before.

    Texts that are much alike are given once: added words are strong, those taken out stand
    muted in brackets, `[–old words]`. Others stand one after the other.
    """
    if not was or was == now:
        return (Span(now),)
    if likeness(was, now) <= ALIKE:
        return (*((Span(f"{now} "),) if now else ()), Span(f"(was: {was})", "muted"))
    spans: list[Span] = []
    for piece, fate in difference(was, now):
        words = piece.strip()
        marked = {
            "same": Span(words),
            "removed": Span(f"[–{words}]", "muted"),
            "added": Span(words, "strong"),
        }[fate]
        spans += [Span(" ")] if piece.startswith(" ") else []
        spans.append(marked)
        spans += [Span(" ")] if piece.endswith(" ") else []
    return tuple(spans)


def differences(old: Record | Entry, new: Record | Entry) -> Iterator[tuple[str, str, str]]:
    """The fields a reader reads that differ between two records or entries of a kind.

    Each with what it said before and what it says now, as text.
    """
    for name in _read(class_of(new)):
        if getattr(old, name) != getattr(new, name):
            yield name, _plain(old, name), _plain(new, name)


def fresh_entries(
    were: Sequence[Entry], are: Sequence[Entry]
) -> Iterator[tuple[int, Entry | None]]:
    """The entries that were not there as they are: each place, and what stood there before.

    What is the same is put aside first, so that of two entries of one day the new one is found.
    """
    left = list(were)
    rest = []
    for place, entry in enumerate(are):
        there = next((other for other in left if says_the_same(other, entry)), None)
        if there is None:
            rest.append(place)
        else:
            left.remove(there)
    for place in rest:
        was = next((other for other in left if _mark(other) == _mark(are[place])), None)
        if was is not None:
            left.remove(was)
        yield place, was


def says_the_same(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same, whatever sources are known by then."""
    return _mark(one) == _mark(other) and not any(differences(one, other))


def _mark(entry: Entry) -> tuple[object, ...]:
    """What distinguishes an entry from others of its table, however it is worded."""
    if isinstance(entry, Clause):
        return entry.number, entry.on
    sides = ("delegation_id", "delegation_ids", "speaker_id", "by")
    days = ("on", "since", "to", "starts")
    names = (*sides, *days, "state", "stage", "stance", "standing", "number")
    return tuple(getattr(entry, name, None) for name in names)


@cache
def _read(cls: type[Any]) -> tuple[str, ...]:
    """The fields of a record or entry that a reader reads, less its tables."""
    return tuple(
        field.name
        for field in fields(cls)
        if field.name not in _NOT_READ
        and (field.type == "tuple[str, ...]" or not str(field.type).startswith("tuple"))
        and not (cls is Role and field.name == "until")  # which shows when the role has ended
    )


@cache
def _days(cls: type[Any]) -> frozenset[str]:
    days = ("Day", "Day | None", "date", "date | None")
    return frozenset(field.name for field in fields(cls) if field.type in days)


def _plain(table: Record | Entry, name: str) -> str:
    """A field as text."""
    value = getattr(table, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return labels.day(value) if value and name in _days(class_of(table)) else str(value or "")
