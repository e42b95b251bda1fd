"""What a statement rests on, what nothing rests on, and whether the record is of today.

Each yields doubts, which keep no dataset from being opened.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, timedelta

from explorer.dataset.checked import Checked, Finding, checked_tables
from explorer.record import model
from explorer.record.days import first_day, last_day
from explorer.record.evidence_strength import SENTENCES, Grounds, Weakness, statements
from explorer.record.index import Index
from explorer.record.model import KINDS, Dataset
from explorer.record.tables import class_of, reference_fields, toml_name

_NAMES: dict[Weakness, str] = {
    "weak": "weak-sources",
    "one-sided": "one-side",
    "secondary": "secondary-sources",
    "single": "one-source",
}
"""Weaknesses that are warned of, and the names of the warnings."""
_WHO_AND_WHAT = (
    model.Negotiation,
    model.OneSided,
    model.Delegation,
    model.Member,
    model.Delegate,
    model.Role,
    model.Issue,
    model.Text,
    model.TextStep,
    model.Clause,
)
"""Who takes part and in what is seldom in doubt, and a text is its own ground."""
_OLD = timedelta(days=90)
_HISTORY = timedelta(days=2 * 365)
"""A record that ended so long ago is of the past, and not of talks that go on."""


def weak_grounds(dataset: Dataset) -> Iterator[Finding]:
    """Statements that rest on little, once for each thing that is weak about it."""
    grounds = Grounds(Index(dataset))
    for kind in KINDS:
        for place, record in enumerate(dataset.of(kind)):
            for statement in statements(record):
                if isinstance(statement.table, _WHO_AND_WHAT):
                    continue
                path: tuple[str | int, ...] = ()
                for field, nth in statement.path:
                    path = (*path, toml_name(field), nth)
                for weakness in grounds.weaknesses(statement):
                    if name := _NAMES.get(weakness):
                        message = f"this {SENTENCES[weakness]}"
                        yield Finding(kind, place, (*path, "sources"), message, check=name)


def unnamed(dataset: Dataset, elsewhere: Container[str]) -> Iterator[Finding]:
    """Sources that nothing cites, and people that nothing names.

    `elsewhere` are ids that what is not in the dataset may name.
    """
    named: dict[str, set[str]] = {"source": set(), "delegate": set()}
    for checked in checked_tables(dataset):
        for field, kind in reference_fields(class_of(checked.table)):
            if kind in named and (value := getattr(checked.table, field)):
                named[kind].update((value,) if isinstance(value, str) else value)
        if isinstance(checked.table, model.Conflict):
            for about in checked.table.about:
                kind, _, slug = about.partition(":")
                named.setdefault(kind, set()).add(slug)
    for place, source in enumerate(dataset.sources):
        if source.id not in named["source"] and source.id not in elsewhere:
            message, hint = "no record cites this source", "cite it, or take it out"
            yield Finding("source", place, ("id",), message, hint, check="uncited-source")
    for place, person in enumerate(dataset.delegates):
        if person.id not in named["delegate"] and person.id not in elsewhere:
            message = "no quote, round or other record names this person"
            hint = "name them, or take them out"
            yield Finding("delegate", place, ("id",), message, hint, check="unnamed-person")


def out_of_date(dataset: Dataset, today: date) -> Iterator[Finding]:
    """Whether the record ends before what it knows, or long before today."""
    negotiation = dataset.negotiation
    ends = negotiation.covers_until
    for place, source in enumerate(dataset.sources):
        if source.published and first_day(source.published) > ends:
            checked = Checked(source, place, source)
            message = f"is of {source.published}, after the last day of the record, {ends}"
            hint = "set `record_ends` later when all that is known by then is in"
            found = checked.wrong("published", message, hint=hint)
            yield _named(found, "late-source")
    if ends == date.max:
        return
    when = f"is {(today - ends).days:,} days ago"
    if ends != negotiation.record_ends:
        when = f"with the one-sided days after it {when}, on {ends}"
    passed = sorted(_come_due(dataset, ends, today))
    days = (today - ends).days
    if passed and days > 0:
        day, name = passed[0]
        more = f" and {len(passed) - 1} more" if passed[1:] else ""
        message = (
            f"{when}, and nothing says what became of “{name}” ({day}){more} that came due since"
        )
    elif _OLD < today - ends < _HISTORY:
        message = f"{when}, and readers take what it says for how things stand"
    else:
        return
    hint = "bring the record up to date"
    stale = Checked(negotiation, 0, negotiation).wrong("record_ends", message, hint=hint)
    yield _named(stale, "stale-record")


def _come_due(dataset: Dataset, ends: date, today: date) -> Iterator[tuple[date, str]]:
    """What the record foresees for days that have passed, and knows no end of."""
    for milestone in dataset.milestones:
        falls = milestone.falls_on
        if falls and milestone.result is None and ends < last_day(falls) < today:
            yield last_day(falls), milestone.name
    for point in dataset.points:
        due = point.falls_due
        if due and point.delivery is None and ends < last_day(due) < today:
            yield last_day(due), point.name


def _named(found: Finding, check: str) -> Finding:
    return Finding(
        found.kind, found.place, found.path, found.message, found.hint, found.suggestion, check
    )
