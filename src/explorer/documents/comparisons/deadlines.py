"""Deadlines: when each is due, by which acts it was moved, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Required, TypedDict

from explorer.documents import due_days
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.due_days import Due, Moved, State
from explorer.documents.pages import rows
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.days import last_day
from explorer.record.model import Evidence
from explorer.record.tables import shaped
from explorer.text.json_types import DayText, RefText
from explorer.view import View

_SECTIONS: Mapping[State, str] = {
    "passed": "Overdue, or passed since",
    "ahead": "Ahead",
    "settled": "Settled",
}
_NAMES: Mapping[str, tuple[str, str]] = {
    "milestone": ("date", "dates"),
    "point": ("point said to be agreed", "points said to be agreed"),
    "round": ("meeting", "meetings"),
    "measure": ("measure", "measures"),
    "figure": ("figure", "figures"),
}


def listed(view: View, question: Question = ALL) -> Mapping[State, Sequence[Due]]:
    """What falls due in the scope: what has passed, latest first; what comes, soonest first."""
    found: dict[State, list[Due]] = {state: [] for state in _SECTIONS}
    for each in due_days.due(view):
        if view.in_scope(each.ref):
            found[due_days.state(view, each)].append(each)
    found["ahead"].sort(key=Due.in_order)
    found["passed"].sort(key=Due.in_order, reverse=True)
    found["settled"].sort(key=_settled_on, reverse=True)
    if question.differing:
        found["settled"] = []
    return found


def _settled_on(this: Due) -> date:
    """When it was settled, or else for when it was set."""
    when = this.outcome_on or this.when
    return last_day(when) if when else date.min


def sheet(view: View, question: Question = ALL) -> Sheet:
    """What has passed and is open, what lies ahead, and what is settled."""
    page = Sheet(view, title("Deadlines", view, question))
    found = listed(view, question)
    if not any(found.values()):
        within = " and in the scope" if view.chosen else ""
        page.add(f"No deadline was public by {labels.day(view.as_of)}{within}.")
    for state in _SECTIONS:
        if found[state]:
            page.heading(heading(state, found[state]))
        for each in found[state]:
            _row(page, each)
    page.list_sources()
    return page


def title(what: str, view: View, question: Question) -> str:
    """“Deadlines, as of 26 Oct 2025, less what is settled”."""
    less = ", less what is settled" if question.differing else ""
    return f"{what}, as of {labels.day(view.as_of)}{less}"


def heading(state: State, dues: Sequence[Due]) -> str:
    """“Ahead — 3 dates, 1 meeting”."""
    return f"{_SECTIONS[state]} — {_tally(dues)}"


def _tally(dues: Sequence[Due]) -> str:
    """“3 dates, 1 meeting”."""
    kinds = Counter(each.ref.kind for each in dues)
    return ", ".join(labels.counted(kinds[k], *_NAMES[k]) for k in _NAMES if kinds[k])


def _row(page: Sheet, this: Due) -> None:
    view = page.view
    state, stands = due_days.state(view, this), due_days.stands(view, this)
    role = "warning" if state == "passed" else "strong"
    said = f". {this.text}" if this.text else ""
    rows.timed(
        page,
        _days(this),
        page.name(this.ref),
        Span(f"  {this.what}{' · ' if stands else ''}", "muted"),
        Span(stands, role),
        Span(said),
        *page.marks(*this.grounds),
    )
    with page.beneath():
        for moved in this.moved:
            page.add(
                Span(f"{labels.day(moved.before)} → {labels.day(moved.to)}", "strong"),
                Span(f"  moved {labels.day(moved.by.on)}. ", "muted"),
                Span(moved.by.text),
                *page.marks(moved.by),
                kind="row",
            )
        if this.result is not None:
            seen = this.result.shows if isinstance(this.result, Evidence) else None
            lead = f"{labels.day(this.result.on)}{f', {seen}' if seen else ''}: "
            page.add(Span(lead, "muted"), this.result.text, *page.marks(this.result), kind="row")


def _days(this: Due) -> str:
    if this.when is None or this.ends is None:
        return labels.day(this.when)
    return labels.days(this.when, this.ends)


class MovedData(TypedDict, total=False):
    """A move of a deadline."""

    from_: DayText
    """The day that was set before."""
    to: DayText
    """Left out when a day is yet to be set."""
    on: Required[DayText]
    """The day of the act by which it was moved."""
    text: str
    sources: list[str]


class DeadlineRow(TypedDict, total=False):
    """A day on which something falls due."""

    ref: Required[RefText]
    name: Required[str]
    state: Required[State]
    due: DayText
    """Left out while no day is set."""
    ends: DayText
    what: str
    """What kind of day it is."""
    text: str
    """What then happens, or what is due."""
    days_left: int
    """Below 0 when it has passed."""
    stands: str
    """How it stands on the day, in words."""
    outcome: str
    outcome_on: DayText
    moved: list[MovedData]
    """From which day to which, by what, oldest first."""
    sources: list[str]
    own: Literal[True]


def as_data(view: View, question: Question = ALL) -> list[DeadlineRow]:
    """The rows as plain values for JSON, less what is empty."""
    return [
        shaped(
            DeadlineRow,
            {
                "ref": each.ref,
                "name": labels.title(view.index, each.ref),
                "state": state,
                "due": each.when,
                "ends": each.ends,
                "what": each.what,
                "text": each.text,
                "days_left": due_days.days_left(view, each),
                "stands": due_days.stands(view, each),
                "outcome": each.outcome,
                "outcome_on": each.outcome_on,
                "moved": [_moved_data(moved) for moved in each.moved],
                "sources": due_days.sources(each),
                "own": each.own or None,
            },
        )
        for state, dues in listed(view, question).items()
        for each in dues
    ]


def _moved_data(moved: Moved) -> MovedData:
    return shaped(
        MovedData,
        {
            "from": moved.before,
            "to": moved.to,
            "on": moved.by.on,
            "text": moved.by.text,
            "sources": moved.by.source_ids,
        },
    )
