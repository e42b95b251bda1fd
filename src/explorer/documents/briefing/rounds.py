"""What is told of a round, and of what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from explorer.documents.briefing.document import Line
from explorer.documents.briefing.footnotes import Telling
from explorer.documents.briefing.subject import Covered
from explorer.documents.comparisons import accounts
from explorer.documents.sheet import Span
from explorer.record import labels
from explorer.record.counting import UNKNOWN
from explorer.record.model import Day, Ref, first_day, last_day


def held(telling: Telling, this_round: Any) -> Iterator[Line]:
    """When and where a round was held, by whom it was led, what came of it and what is next."""
    if this_round.source_ids:
        yield telling.line(*_held(telling, this_round), sources=[this_round.source_ids])
    else:  # every page that tells of it is of a later day
        day = labels.day(telling.view.today)
        yield telling.aside(f"Announced; no page that tells of it was public by {day}.")
    for move in this_round.moves:
        moved = f"moved to {labels.day(move.to)} on {labels.day(move.on)}. {move.text}"
        yield telling.line(moved, sources=[move.source_ids])
    if not this_round.summary:
        day = labels.day(telling.view.today)
        yield telling.aside(f"What came of it was not public on {day}.")


def _held(telling: Telling, this_round: Any) -> Iterator[Span | str]:
    view = telling.view
    if view.is_to_come(this_round):
        yield "announced for "
    elif view.is_under_way(this_round):
        yield "under way since "
    yield Span(view.days_of(this_round), "strong")
    if view.is_to_come(this_round) and view.counting.has_passed_since(this_round.starts):
        yield f" ({UNKNOWN})"
    where = (this_round.meeting, this_round.venue, this_round.city, this_round.country)
    yield "".join(f", {part}" for part in where if part)
    leads = ", ".join(_lead(telling, this_round, slug) for slug in this_round.lead_ids)
    yield f"; led by {leads}." if leads else "."
    yield f" {this_round.summary}" if this_round.summary else ""
    yield f" Next: {this_round.next_step}" if this_round.next_step else ""


def outcomes(telling: Telling, this_round: Any) -> Iterator[Line]:
    """How each side told the result."""
    for outcome in this_round.outcomes:
        side = Span(telling.short(outcome.delegation_id), "strong")
        told = f": {outcome.text} ({labels.day(outcome.on)})"
        yield telling.line(side, told, sources=[outcome.source_ids])


def _lead(telling: Telling, this_round: Any, slug: str) -> str:
    delegate = telling.of(Ref("delegate", slug))
    role = labels.role_on(delegate, this_round.starts)
    return f"{delegate.name} ({role})" if role else str(delegate.name)


def ahead(telling: Telling, about: Covered) -> Iterator[Line]:
    """Milestones ahead and points due, in order of their days; overdue points come first."""
    listed: list[tuple[Day, Ref | accounts.PointRow]] = [*_milestones(about), *_points(about)]
    for _, what in sorted(listed, key=lambda dated: (first_day(dated[0]), last_day(dated[0]))):
        if isinstance(what, accounts.PointRow):
            yield _point(telling, what)
        else:
            yield _milestone(telling, what)


def _milestones(about: Covered) -> Iterator[tuple[Day, Ref]]:
    """Those ahead that bear on what is covered, and the deadline of the whole."""
    view = about.view
    for milestone in view.index.dataset.milestones:
        falls = view.falls_on(milestone)
        bears = (
            about.in_short
            or milestone == view.index.deadline
            or Ref("round", milestone.round_id or "") in about.rounds
            or any(Ref("issue", slug) in about.issues for slug in milestone.issue_ids)
        )
        if bears and last_day(falls) >= view.today:
            yield falls, milestone.ref


def _points(about: Covered) -> Iterator[tuple[Day, accounts.PointRow]]:
    """Those with a day on the issues covered, of whatever round, not known to be done.

    Of days that are past only what is overdue, or of which nothing is known: what was
    carried out in part by then falls due no more.
    """
    for issue in about.issues:
        for row in accounts.rows(about.on(issue), issue):
            if row.due is None or row.delivery == "carried out":
                continue
            if last_day(row.due) >= about.view.today or row.delivery != "carried out in part":
                yield row.due, row


def _milestone(telling: Telling, ref: Ref) -> Line:
    milestone = telling.of(ref)
    falls = telling.view.falls_on(milestone)
    return telling.line(
        *_date(falls, telling.view.counting.left(falls)),
        f": {labels.title(telling.index, ref)}. {milestone.text}",
        _moved(telling.view.days_set(milestone)),
        sources=[milestone.source_ids, *(move.source_ids for move in milestone.moves)],
    )


def _point(telling: Telling, row: accounts.PointRow) -> Line:
    assert row.due is not None  # or it would not be among what falls due
    point = telling.of(row.point)
    left = telling.view.due_left(point)
    late = telling.view.counting.overdue(row.overdue) if row.overdue else ""
    settled = telling.view.delivery(point)
    told = f"{settled.shows}, {labels.day(settled.on)}" if settled else ""
    state = f" {labels.sentence(told)}" if told else ""
    return telling.line(
        *_date(row.due, Span(late, "warning") if late else left),
        f": {row.name}, said to be agreed in {telling.index[row.round].name}.{state}",
        _moved(row.days_set),
        sources=[
            point.source_ids,
            settled.source_ids if settled else (),
            *(move.source_ids for move in point.moves),
        ],
    )


def _date(falls: Day, left: Span | str) -> Iterator[Span | str]:
    yield Span(labels.day(falls), "strong")
    if left:
        yield from (" (", left, ")")


def _moved(days: Sequence[Day]) -> str:
    """Every day that was set, one after the other, when there was more than one."""
    return f" Moved: {labels.chain(days)}." if len(days) > 1 else ""
