"""Whether the days of a dataset go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from typing import Any

from explorer.dataset.checked import Checked, Finding, Whole
from explorer.dataset.entry_order import day_of
from explorer.record import model
from explorer.record.days import Day, first_day, last_day
from explorer.record.tables import class_of, entries, public_from, toml_name


def dates_are_in_order(whole: Whole, checked: Checked) -> Iterator[Finding]:
    for earlier, later, message in in_turn(class_of(checked.table)):
        first: Day | None = getattr(checked.table, earlier)
        second: Day | None = getattr(checked.table, later)
        if first and second and last_day(second) < first_day(first):
            yield checked.wrong(later, message)


_IN_TURN = (
    ("starts", "ends", "ends before it starts"),
    ("announced", "starts", "is announced only after it starts"),
    ("announced", "planned", "was planned for a day before it was announced"),
    ("announced", "on", "is before it was announced; what came out only later has `known`"),
    ("starts", "planned_end", "was planned to end before it starts"),
    ("said", "published", "is published before it was said"),
    ("published", "checked", "is before the page was published"),
    ("since", "until", "ends before it begins"),
    ("on", "until", "is due to end before it begins"),
    ("starts", "due", "is due before it starts"),
    ("known", "dropped", "is taken back before it was known"),
    ("began", "record_ends", "the record ends before it begins"),
)
"""Keys with days of which the second is not to be before the first, and what to say if it is."""


@cache
def in_turn(cls: Any) -> tuple[tuple[str, str, str], ...]:
    days = {f.name for f in fields(cls) if f.type in _DAYS}
    return tuple(each for each in _IN_TURN if {*each[:2]} <= days)


_DAYS = ("Day", "Day | None", "date", "date | None")


def is_public_with_its_entries(whole: Whole, checked: Checked) -> Iterator[Finding]:
    """What shows from its first entry on cannot have become public after that."""
    record = checked.table
    if not isinstance(record, model.Issue | model.Measure | model.Figure):
        return
    if record.known is None:
        return
    public = (
        (day, toml_name(name), nth)
        for name, nth, entry in entries(record)
        if (day := public_from(entry)) is not None
    )
    first = min(public, default=None)
    if first is not None and first[0] < last_day(record.known):
        day, table, nth = first
        message = f"is after {day}, when its {table} {nth + 1} was public; give it the earlier day"
        yield checked.wrong("known", message)


def moves_lead_elsewhere(whole: Whole, checked: Checked) -> Iterator[Finding]:
    record = checked.table
    if not isinstance(record, model.Round | model.Point | model.Milestone):
        return
    stands = record.first_set
    for place, move in sorted(enumerate(record.moves), key=lambda placed: day_of(placed[1])):
        if stands == move.to:
            message = f"says {move.to}, the day that was set already; a move sets another"
            yield Finding(record.kind, checked.place, ("move", place, "to"), message)
        stands = move.to


def is_within_the_record(whole: Whole, checked: Checked) -> Iterator[Finding]:
    is_public = False
    keys = ("known", "announced", "issued")
    for key in keys if isinstance(checked.table, model.Source) else ("published", *keys):
        day: Day | None = getattr(checked.table, key, None)
        if day:
            is_public = True
            if first_day(day) > whole.ends:
                yield checked.wrong(key, _after(whole))
    if is_public:
        return
    is_past = isinstance(
        checked.table, model.Status | model.Position | model.Evidence | model.Outcome
    )
    # A target may count from any day on.
    may_start = isinstance(checked.table, model.FigureValue)
    for key in ("on",) if may_start else ("on", "starts"):
        day = getattr(checked.table, key, None)
        if day and first_day(day) > whole.ends:
            hint = "" if is_past else "; say with `known` or `announced` since when it was public"
            yield checked.wrong(key, f"{_after(whole)}{hint}")


def _after(whole: Whole) -> str:
    ends = whole.ends
    is_all = ends == whole.dataset.negotiation.record_ends
    last = "the record ends on" if is_all else "the last day known,"
    return f"lies after {last} {ends.isoformat()}"


def one_sided_days_are_days_of_the_record(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if not isinstance(checked.table, model.OneSided) or checked.table.ends < checked.table.starts:
        return
    span, negotiation = checked.table, whole.dataset.negotiation
    if span.starts < negotiation.began:
        yield checked.wrong("starts", f"lies before the record begins on {negotiation.began}")
    if span.starts <= negotiation.record_ends <= span.ends:
        message = f"are known from one side only, but {negotiation.record_ends} is record_ends"
        yield checked.wrong("", f"these days {message}, the last day known from every side")
    others = [other for other in negotiation.one_sided if other is not span]
    if any(other.starts <= span.starts <= other.ends for other in others):
        yield checked.wrong("starts", "lies within another one_sided; no day may be in two")
    elif span.starts > negotiation.record_ends:
        before = (other.ends for other in others if other.starts < span.starts)
        follows = max(negotiation.record_ends, *before, date.min) + timedelta(days=1)
        if span.starts > follows:
            yield checked.wrong(
                "starts", f"leaves days of which nothing is known, from {follows} on"
            )


def only_deadlines_are_met(whole: Whole, checked: Checked) -> Iterator[Finding]:
    match checked.table:
        case model.Milestone(type="event", results=(_, *_)):
            hint = 'write type = "deadline" in the milestone'
            yield checked.wrong("results", "is for a deadline, and this is an event", hint=hint)
