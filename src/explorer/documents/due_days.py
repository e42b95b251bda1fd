"""What falls due in a negotiation: its days, how these were moved, and what came of each.

The front page, the view of deadlines and the calendar ask here, so that they name the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from explorer.record import amounts, labels
from explorer.record.counting import UNKNOWN, Counting
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import (
    DeadlineResult,
    Entry,
    Evidence,
    Figure,
    FigureValue,
    Measure,
    Milestone,
    Move,
    Point,
    Record,
    Ref,
    Round,
    Step,
)
from explorer.record.standing import Standing
from explorer.values import dataclass
from explorer.view import View

State = Literal["passed", "ahead", "settled"]

_PASSED = "passed; outcome not recorded"


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that was set anew."""

    before: Day | None
    to: Day | None
    """None when it is yet to be set."""
    by: Move | Step
    """The act: its day, what it was, and where that is known from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is to happen, or to be done, by a day."""

    ref: Ref
    when: Day | None
    """The day that is set for it now; None for one that is yet to be set."""
    ends: Day | None = None
    """Its last day, of what goes on for several."""
    what: str
    """“deadline”, “suspended until”: what the day is to it."""
    text: str = ""
    """What happens, when its name does not say."""
    moved: tuple[Moved, ...] = ()
    outcome: str = ""
    """What came of it: “met”, “carried out”; empty while that is open."""
    outcome_on: Day | None = None
    result: DeadlineResult | Evidence | Step | None = None
    """What says so."""
    said_by: Record | Entry
    """What sets the day."""
    grounds: tuple[Record | Entry | Standing, ...]
    """What it rests on, less its moves and its outcome."""
    value: FigureValue | None = None
    """The value, of what is counted."""

    @property
    def own(self) -> bool:
        """Whether a reader added any of it."""
        results = (self.result,) if self.result else ()
        return any(each.own for each in (*self.grounds, *(m.by for m in self.moved), *results))

    def in_order(self) -> tuple[date, date]:
        """By the day, what is yet to be set last."""
        if self.when is None:
            return (date.max, date.max)
        return (first_day(self.when), last_day(self.when))


def due(view: View) -> Iterator[Due]:
    """Everything of which a day is known, in the order of the record.

    Events, and meetings that were held on the day first set for them, are left out when their
    day has come: they are no deadlines.
    """
    data = view.index.dataset
    for milestone in data.milestones:
        yield from _milestone(view, milestone)
    for point in data.points:
        if point.due or point.moves:
            yield _point(view, point)
    for this_round in data.rounds:
        yield from _round(view, this_round)
    for measure in data.measures:
        yield from _measure(view, measure)
    for figure in data.figures:
        for value in amounts.pending(figure, view.counting.edge_of(figure)):
            yield _figure(view, figure, value)


def state(view: View, this: Due) -> State:
    """Whether it is settled, lies ahead of the reader, or neither."""
    if this.outcome:
        return "settled"
    now = view.counting.reader or view.as_of
    return "passed" if this.when is not None and last_day(this.when) < now else "ahead"


def stands(view: View, this: Due) -> str:
    """“in 5 days”, “overdue by 3 days”, “met 20 Jul 2031”, “passed since; outcome not recorded”."""
    if this.outcome:
        since = f" {labels.day(this.outcome_on)}" if this.outcome_on else ""
        return f"{this.outcome}{since}"
    counting = _counting(view, this)
    if state(view, this) == "ahead":
        return counting.left(this.when)
    if this.ref.kind == "point" and (late := view.overdue(view.index.point(this.ref))):
        return counting.overdue(late)
    since_known = this.when is not None and last_day(this.when) > counting.known
    return UNKNOWN if since_known else _PASSED


def days_left(view: View, this: Due) -> int | None:
    """Days until it, from the reader's own day or the one that was chosen; None of a month."""
    if this.outcome or not isinstance(this.when, date):
        return None
    return (this.when - (view.counting.reader or view.as_of)).days


def sources(this: Due) -> tuple[str, ...]:
    """The sources of all that is said of it, by their ids."""
    results = (this.result,) if this.result else ()
    told = (*this.grounds, *(moved.by for moved in this.moved), *results)
    return tuple(dict.fromkeys(slug for each in told for slug in each.source_ids))


def _counting(view: View, this: Due) -> Counting:
    return view.counting.as_said_by(this.said_by)


def _chain(first: Day | None, moves: Sequence[Move]) -> Iterator[Moved]:
    """Each move that set another day than stood before."""
    before = first
    for move in moves:
        if move.to != before:
            yield Moved(before, move.to, move)
        before = move.to


def _milestone(view: View, milestone: Milestone) -> Iterator[Due]:
    is_deadline, falls = milestone.type == "deadline", milestone.falls_on
    if is_deadline or not _has_come(view.counting.as_said_by(milestone), falls):
        yield of_milestone(milestone)


def of_milestone(milestone: Milestone) -> Due:
    """The day of a milestone, whether or not it has come."""
    result = milestone.result
    return Due(
        ref=milestone.ref,
        when=milestone.falls_on,
        what=milestone.type,
        text=milestone.text,
        moved=tuple(_chain(milestone.first_set, milestone.moves)),
        outcome=result.outcome if result else "",
        outcome_on=result.on if result else None,
        result=result,
        said_by=milestone,
        grounds=(milestone,),
    )


def _has_come(counting: Counting, day: Day | None) -> bool:
    """Whether the day of an event lies behind; on the day itself one may look out for it."""
    is_today = counting.reader is None and day == counting.day
    last = min(counting.day, counting.recorded)
    return day is not None and last_day(day) <= last and not is_today


def _point(view: View, point: Point) -> Due:
    seen, when = point.delivery, point.falls_due
    is_past = not view.counting.as_said_by(point).lies_ahead(when)
    # The day may have been set for the part that is carried out.
    is_done = seen and (
        seen.shows == "carried out" or (seen.shows != "not carried out" and is_past)
    )
    return Due(
        ref=point.ref,
        when=when,
        what=f"to be done; said to be agreed in {view.index.round(point.round_id).name}",
        text=point.text,
        moved=tuple(_chain(point.first_set, point.moves)),
        outcome=(seen.shows or "") if seen and is_done else "",
        outcome_on=seen.on if seen and is_done else None,
        result=seen,
        said_by=point,
        grounds=(point,),
    )


def _round(view: View, this_round: Round) -> Iterator[Due]:
    planned = view.whole.round(this_round.ref).planned
    moved = tuple(_chain(planned or this_round.first_set, this_round.moves))
    held = not view.is_to_come(this_round)
    if held and not moved:
        return
    when: Day | None = this_round.starts
    ends: Day | None = this_round.ends
    if not held:
        when = this_round.moves[-1].to if this_round.moves else this_round.first_set
        ends = this_round.planned_end if when is not None else None
    yield Due(
        ref=this_round.ref,
        when=when,
        ends=ends,
        what=this_round.meeting,
        moved=moved,
        outcome=("under way" if view.is_under_way(this_round) else "held") if held else "",
        outcome_on=None,
        said_by=this_round,
        grounds=(this_round,),
    )


def _measure(view: View, measure: Measure) -> Iterator[Due]:
    standing = view.standing(measure)
    if standing is None:
        return
    side = view.index.delegation(measure.delegation_id).short
    set_for = standing.until or standing.effect
    if set_for:
        what = f"{standing.state} until then" if standing.until else "to take effect"
        yield Due(
            ref=measure.ref,
            when=set_for,
            what=f"{side} · {what}",
            text=standing.term.text if standing.term else "",
            moved=tuple(_terms(view, measure, standing, until=None)),
            said_by=measure,
            grounds=(standing,),
        )
    elif standing.state == "ended":
        yield from _ended(view, measure, standing.first, side)
    coming = standing.pending
    if coming and coming.on != set_for and first_day(coming.on) > view.counting.edge_of(coming):
        is_effect = view.index.dataset.negotiation.meaning("stage", coming.stage) == "in force"
        yield Due(
            ref=measure.ref,
            when=coming.on,
            what=f"{side} · {'to take effect' if is_effect else f'to be {coming.stage}'}",
            text=coming.text,
            said_by=coming,
            grounds=(coming,),
        )


def _ended(view: View, measure: Measure, ended: Step, side: str) -> Iterator[Due]:
    """The day on which it was to end, if one was set, whenever it did."""
    before = view.life(measure).standing(first_day(ended.on) - timedelta(days=1))
    if before is None or before.until is None:
        return
    yield Due(
        ref=measure.ref,
        when=before.until,
        what=f"{side} · {before.state} until then",
        moved=tuple(_terms(view, measure, before, until=ended)),
        outcome=ended.stage,
        outcome_on=ended.on,
        result=ended,
        said_by=measure,
        grounds=(before,),
    )


def _terms(
    view: View, measure: Measure, standing: Standing, *, until: Step | None
) -> Iterator[Moved]:
    """The days until which it was to stand as it does, each step that set another."""
    life, edge = view.life(measure), view.counting.edge_of(measure)
    steps = measure.steps
    last = steps.index(until) if until else len(steps)
    before: Day | None = None
    for step in steps[steps.index(standing.first) : last]:
        is_like = (life.effect(step) is None) == (standing.effect is None)
        if step.until is None or not is_like or first_day(step.on) > edge:
            continue
        if before is not None and step.until != before:
            yield Moved(before, step.until, step)
        before = step.until


def _figure(view: View, figure: Figure, value: FigureValue) -> Due:
    word, by = labels.FIGURE_STANDINGS[value.standing], labels.whose(view.index, value)
    return Due(
        ref=figure.ref,
        when=value.on,
        what=", ".join(filter(None, (labels.value(value, figure.unit), word, by))),
        text=value.text,
        said_by=value,
        grounds=(value,),
        value=value,
    )
