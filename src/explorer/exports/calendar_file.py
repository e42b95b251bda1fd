"""Rounds, deadlines and what else was set beforehand, as a calendar.

What `explorer deadlines --ics` writes is in it; and every round, and each event that was announced
before its day. These stay when their day has come, for who looks back in a calendar.
"""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents import due_days, to_ics
from explorer.documents.due_days import Due
from explorer.exports.exported import Exported
from explorer.record.days import first_day
from explorer.record.model import Milestone, Round
from explorer.view import View

_OURS = f"PRODID:{to_ics.PRODUCT}"


def pieces(exported: Exported) -> Iterator[str]:
    """The calendar, in one piece: there are never more days than a person looks through."""
    view = exported.shown
    data = view.index.dataset
    found = list(due_days.due(view))
    dated = {due.ref for due in found}
    events = (due_days.of_milestone(each) for each in data.milestones if _was_set(view, each))
    rounds = (_round(view, each) for each in data.rounds)
    more = (due for due in (*events, *rounds) if due.ref not in dated)
    listed = [due for due in (*found, *more) if exported.in_scope(due.ref)]
    yield to_ics.calendar(view, listed, of="rounds and deadlines").decode()


def is_ours(beginning: bytes) -> bool:
    """Whether the program that it names is this one."""
    return _OURS.encode() in beginning


def _was_set(view: View, milestone: Milestone) -> bool:
    """Whether the day of a milestone was public before it came."""
    day = milestone.falls_on
    return day is not None and view.index.day_public(milestone.ref) < first_day(day)


def _round(view: View, this_round: Round) -> Due:
    return Due(
        ref=this_round.ref,
        when=this_round.starts,
        ends=this_round.ends,
        what=this_round.meeting,
        text=this_round.summary,
        outcome="" if view.is_held(this_round) else "under way",
        said_by=this_round,
        grounds=(this_round,),
    )
