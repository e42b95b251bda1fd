"""Deadlines as a calendar file (RFC 5545), to be taken into a calendar program.

The same record makes the same file, byte for byte: nothing in it comes from the clock. An
event keeps its UID when its day is moved or its record renamed, so that a calendar that read
an earlier file moves the event instead of adding another.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from explorer.documents import due_days
from explorer.documents.due_days import Due
from explorer.record import labels
from explorer.record.days import first_day, last_day
from explorer.record.model import FigureValue, Record, Round, Step
from explorer.text.sanitize import one_line, plain
from explorer.view import View

PRODUCT = "-//explorer//deadlines//EN"
"""The name of who wrote a calendar, as the standard has it."""
_OURS = uuid.UUID("6c1d3d0e-98b7-5a52-9a6f-0c5a3a0b7f4e")
"""The name space of our UIDs, drawn once; another would make every event a new one."""
_GROWING = ("moves", "results", "evidence", "steps")
_ONE_DAY = timedelta(days=1)
_MONTH = len("2025-10")


def has_day(this: Due) -> bool:
    """Whether it can stand in a calendar: on a day, or in a month; not somewhere in a year."""
    return this.when is not None and (isinstance(this.when, date) or len(this.when) == _MONTH)


def calendar(view: View, dues: Iterable[Due], of: str = "deadlines") -> bytes:
    """What has a day or a month, as events of whole days; the rest is left out.

    `of` says to people what it is a calendar of.
    """
    from icalendar import Calendar  # which nothing else needs

    negotiation = view.index.dataset.negotiation
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    name = f"{one_line(negotiation.name)}: {of}"
    made.add("name", name)  # RFC 7986 …
    made.add("x-wr-calname", name)  # … and what programs read in its place
    told = sorted((d for d in dues if has_day(d)), key=lambda d: (d.in_order(), d.ref, d.what))
    for this in told:
        made.add_component(_event(view, this))
    return bytes(made.to_ical())


def _event(view: View, this: Due):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from icalendar import Event

    assert this.when is not None, "it has a day"
    event = Event()
    event.add("uid", _uid(view, this))
    # A file knows no clock: it says how things stood at the end of the day that is looked at.
    event.add("dtstamp", datetime.combine(view.as_of, time(), UTC))
    event.add("dtstart", first_day(this.when))
    event.add("dtend", last_day(this.ends or this.when) + _ONE_DAY)  # the first day after it
    outcome = f" ({this.outcome})" if this.outcome else ""
    event.add("summary", f"{labels.title(view.index, this.ref)}{outcome}")
    event.add("description", plain("\n".join(_lines(view, this))))
    event.add("categories", [labels.KIND_NAMES[this.ref.kind]])
    event.add("status", "CANCELLED" if this.outcome == "dropped" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # nobody is busy because a tariff ends
    event.add("sequence", _revision(view, view.index[this.ref]))
    return event


def _lines(view: View, this: Due) -> Iterable[str]:
    yield labels.sentence(this.what)
    if not isinstance(this.when, date):
        yield f"Only the month is recorded: {labels.day(this.when)}."
    if this.text:
        yield this.text
    for moved in this.moved:
        days = f"{labels.day(moved.before)} → {labels.day(moved.to)}"
        yield f"{days}, moved {labels.day(moved.by.on)}. {moved.by.text}"
    if this.outcome:
        since = f" {labels.day(this.outcome_on)}" if this.outcome_on else ""
        yield f"{labels.sentence(f'{this.outcome}{since}')}"
    if this.result:
        yield this.result.text
    if this.own:
        yield f"{labels.OWN}: {labels.OWN_MEANS}."
    for slug in due_days.sources(this):
        source = view.index.source(slug)
        yield " ".join(filter(None, (labels.source_line(source), source.address)))
    yield f"As of {labels.day(view.as_of)}."


def _uid(view: View, this: Due) -> str:
    """Of the negotiation and the record alone, as that was called first.

    Of a record with several days, also of what tells one from another.
    """
    record: Record = view.index[this.ref]
    first = record.formerly[0] if record.formerly else record.id
    parts = [view.index.dataset.negotiation.id, this.ref.kind, first, *_which(this)]
    return str(uuid.uuid5(_OURS, "/".join(parts)))


def _which(this: Due) -> Iterable[str]:
    match this.said_by:
        case Step():
            yield from (this.said_by.stage, str(this.when))
        case FigureValue():
            yield from (this.what, str(this.when))


def _revision(view: View, record: Record) -> int:
    """How often it was moved, anything came of it, or the day of that came.

    It is more in each later file in which it stands on other days.
    """
    entries = [entry for name in _GROWING for entry in getattr(record, name, ())]
    come = sum(first_day(entry.on) <= view.as_of for entry in entries if entry.on is not None)
    # A round that was announced stands on other days once it is under way, and once it is held.
    round_steps = (
        (not view.is_to_come(record)) + view.is_held(record) if isinstance(record, Round) else 0
    )
    return len(entries) + come + round_steps
