"""How far the record reaches, said wherever it is shown or taken along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Required, TypedDict

from explorer.record import days, labels
from explorer.record.days import Day, first_day
from explorer.record.index import Index
from explorer.record.model import OneSided, Ref
from explorer.record.tables import shaped
from explorer.text.json_types import DateText, RefText
from explorer.view import View

_OWN = "only the reader’s own"


def _recorded_until(view: View) -> date:
    """The last day of the record, or of a part of it known from one side."""
    return view.whole.dataset.negotiation.recorded_until


def _is_beyond(view: View) -> bool:
    """Whether the view stands on a day of which only what a reader added is known."""
    return view.as_of > _recorded_until(view)


def wordings(view: View) -> Iterator[str]:
    """How far the record reaches and how old it is, in ever fewer words.

    “record ended 22 Jun 2026, 160 days ago; 12 deadlines since, outcome not recorded”, then less
    what became of them, less the deadlines, and less how long ago that was.
    """
    known, since = beyond(view), passed_in_words(view)
    ended = _ending(view, with_age=True)
    for more in (since, since.partition(",")[0]) if since else ():
        yield " · ".join(filter(None, (f"{ended}; {more}", known)))
    yield briefly(view)
    yield briefly(view, short=True)


def briefly(view: View, *, short: bool = False) -> str:
    """“record ended 22 Jun 2026, 160 days ago”, “record ends 22 Jun 2026” on an earlier day.

    On a day known in full from one side only it says which side that is. In short it leaves
    out how long ago the record ended.
    """
    known = beyond(view)
    parts = (_ending(view, with_age=not short), known.removeprefix("since ") if short else known)
    return " · ".join(part for part in parts if part)


def passed_in_words(view: View, others: int = 0) -> str:
    """“12 deadlines since, outcome not recorded”; nothing when none has passed.

    With `others`, dates that are no deadlines: “12 deadlines and 3 other dates since, …”.
    """
    deadlines = len(passed(view))
    counts = [labels.counted(deadlines, "deadline")] if deadlines else []
    if others:
        counts.append(labels.counted(others, "other date" if deadlines else "date"))
    return f"{' and '.join(counts)} since, outcome not recorded" if counts else ""


def passed(view: View) -> tuple[Ref, ...]:
    """The deadlines, and points that were due, of whose outcome nothing is recorded, by day.

    Their days have passed for the reader since the last day that is known from every side.
    """
    data, counting = view.index.dataset, view.counting
    if counting.reader is None:
        return ()
    found: list[tuple[Day, Ref]] = []
    due: list[tuple[Day, Ref]] = []
    for milestone in data.milestones:
        day = milestone.falls_on
        is_open = milestone.type == "deadline" and milestone.result is None
        if is_open and day and counting.is_unknown(day):
            found.append((day, milestone.ref))
    for point in data.points:
        day = point.falls_due
        is_open = point.delivery is None or point.delivery.shows != "carried out"
        # A point that is due on the very day of a deadline on its issue is that deadline.
        near = (view.index.milestone(ref).issue_ids for on, ref in found if on == day)
        is_other = not any(set(point.issue_ids) & set(issues) for issues in near)
        if is_open and is_other and day and counting.is_unknown(day):
            due.append((day, point.ref))
    return tuple(ref for _, ref in sorted((*found, *due), key=lambda one: first_day(one[0])))


def _ending(view: View, *, with_age: bool) -> str:
    reader = view.counting.reader
    if reader is None or reader <= view.record_ends:
        return f"record ends {_ends(view)}"
    age = f", {days.ago(view.record_ends, reader)}" if with_age else ""
    return f"record ended {_ends(view)}{age}"


def beyond(view: View) -> str:
    """“since then in full only the US side”; nothing on a day that is known from every side.

    “since then only the reader’s own” on one that the record does not reach.
    """
    span = view.one_sided
    if span is None and _is_beyond(view):
        is_gap = _recorded_until(view) > view.record_ends
        when = f"after {labels.day(_recorded_until(view))}" if is_gap else "since then"
        return f"{when} {_OWN}"
    if span is None:
        return ""
    since = span.starts > view.record_ends
    when = "since then" if since else labels.days(span.starts, span.ends)
    return f"{when} {in_full(view.whole, span)}"


def age(view: View) -> str:
    """How old the record is for who asks for its end, and what has passed since, in sentences.

    On another day nothing, but of one that the record does not reach from every side.
    """
    reader = view.counting.reader
    if reader is None or reader <= view.record_ends:
        return reach(view) if beyond(view) else ""
    since = f"; {part}" if (part := passed_in_words(view)) else ""
    ended = f"The record ended on {_ends(view)}, {days.ago(view.record_ends, reader)}{since}."
    return " ".join(filter(None, (ended, _what_follows(view))))


def reach(view: View) -> str:
    """Where the record ends and, on a day known from one side only, how far that side is known."""
    return " ".join(filter(None, (f"The record ends on {_ends(view)}.", _what_follows(view))))


def _what_follows(view: View) -> str:
    """What is known of a day that the record does not reach from every side, as a sentence."""
    if _is_beyond(view):
        first, last = _recorded_until(view) + timedelta(days=1), view.as_of
        span = f"From {labels.day(first)} to {labels.day(last)}"
        when = span if first < last else f"On {labels.day(last)}"
        return f"{when} there are {_OWN} additions, which are no part of it."
    return only(view)


def opening(view: View) -> str:
    """As of which day a document is, and how far the record reaches, for who reads it later."""
    written = f", written {labels.day(view.reader())}" if view.counting.age else ""
    number = len(passed(view))
    have, them = ("has", "it") if number == 1 else ("have", "them")
    since = (
        f" Since then {labels.counted(number, 'deadline')} {have} passed, and what came of "
        f"{them} is not recorded."
    )
    return f"As of {labels.day(view.as_of)}{written}. {reach(view)}{since if number else ''}"


def only(view: View) -> str:
    """That a day is known from one side only, as a sentence; nothing on other days."""
    if (span := view.one_sided) is None:
        return ""
    when = f"From {labels.day(span.starts)} to {labels.day(span.ends)}"
    if span.starts == span.ends:
        when = f"On {labels.day(span.starts)}"
    verb = "are" if len(span.delegation_ids) > 1 else "is"
    return f"{when} only {sides(view.whole, span)} {verb} known in full."


def last_day(view: View) -> str:
    """Which day is the last that can be looked at, for who asks for a later one."""
    if view.covers_until > _recorded_until(view):
        last = labels.day(view.covers_until)
        return f"The record ends on {_ends(view)}, and {_OWN} additions on {last}."
    if view.covers_until == view.record_ends:
        return f"The record ends on {_ends(view)}."
    return (
        f"The record ends on {_ends(view)}, and what is known in full from one side "
        f"only on {labels.day(view.covers_until)}."
    )


def edge(view: View, day: date) -> str:
    """That the record goes no further, for who asks for a day beyond it or stays at its edge.

    Nothing when there is a way to the day.
    """
    began, ends = view.index.dataset.negotiation.began, view.covers_until
    stays = max(began, min(day, ends)) == view.as_of
    if day > ends or (stays and day == ends):
        return last_day(view)
    if day < began or (stays and day == began):
        return f"The record begins on {labels.day(began)}."
    return ""


class OneSidedData(TypedDict):
    """Days of which one side only is known in full."""

    starts: DateText
    ends: DateText
    delegations: list[str]
    """The sides that are known, by id."""


class CoverageData(TypedDict, total=False):
    """The day that is looked at, and how far the record reaches."""

    as_of: Required[DateText]
    """The day that is shown: nothing that became public later is in it."""
    record_ends: Required[DateText]
    """The last day that is known from every side."""
    asked: DateText
    """The day that was asked for, when the record does not cover it and another is shown."""
    today: DateText
    """The reader's own day, when the record ended before it and its end is shown."""
    covers_until: DateText
    """The last day that can be looked at, when one side only, or a reader, tells of it."""
    one_sided: OneSidedData
    passed_since: list[RefText]
    """Deadlines, and points that were due, that passed since the record ended, with no outcome
    recorded."""
    own_until: DateText
    """The last day of what the reader added."""


def as_data(view: View) -> CoverageData:
    """The day that is looked at and how far the record reaches, for JSON."""
    span = view.one_sided
    one_sided = span and shaped(
        OneSidedData,
        {"starts": span.starts, "ends": span.ends, "delegations": span.delegation_ids},
    )
    return shaped(
        CoverageData,
        {
            "as_of": view.as_of,
            "record_ends": view.record_ends,
            "asked": view.asked,
            "today": view.reader() if view.counting.age else None,
            "covers_until": view.covers_until if view.covers_until != view.record_ends else None,
            "one_sided": one_sided,
            "passed_since": passed(view),
            "own_until": view.whole.dataset.negotiation.own_until,
        },
    )


def _ends(view: View) -> str:
    return labels.day(view.record_ends)


def asked(view: View) -> str:
    """That another day is shown than was asked for; nothing when that was a day covered."""
    if view.asked is None:
        return ""
    which = "first" if view.asked < view.as_of else "last"
    shown = f"this is as of {labels.day(view.as_of)}, the {which} day that is"
    return f"{labels.day(view.asked)} is not covered; {shown}."


def in_full(index: Index, span: OneSided) -> str:
    """“in full only the US side”: of another side a broadcast or two may be known."""
    return f"in full only {sides(index, span)}"


def sides(index: Index, span: OneSided) -> str:
    """“the US side”, “the US and Mexico sides”."""
    names = [index.delegation(slug).short for slug in span.delegation_ids]
    *others, last = names
    listed = f"{', '.join(others)} and {last}" if others else last
    return f"the {listed} side{'s' if others else ''}"
