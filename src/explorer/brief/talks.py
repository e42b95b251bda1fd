"""What is told of a round, and of what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from explorer import wording
from explorer.brief import parts
from explorer.brief.covered import Covered
from explorer.brief.document import Line
from explorer.brief.telling import Telling
from explorer.comparisons import accounts
from explorer.model import Ref, first_day, last_day
from explorer.page.sheet import Span


def held(telling: Telling, ref: Ref) -> Iterator[Line]:
    """When and where a round was held, what came of it, and what each side made of that."""
    this_round = telling.of(ref)
    yield _when(telling, this_round)
    if this_round.lead_ids:
        leads = ", ".join(_lead(telling, this_round, slug) for slug in this_round.lead_ids)
        yield telling.line(f"Led by {leads}", sources=[this_round.source_ids])
    if this_round.summary:
        yield telling.line(this_round.summary, sources=[this_round.source_ids])
    else:
        day = wording.day(telling.view.today)
        yield telling.aside(f"What came of it was not public on {day}.")
    for outcome in this_round.outcomes:
        side = Span(telling.short(outcome.delegation_id), "strong")
        told = f": {outcome.text} ({wording.day(outcome.on)})"
        yield telling.line(side, told, sources=[outcome.source_ids])
    if this_round.next_step:
        yield telling.line("Next: ", this_round.next_step, sources=[this_round.source_ids])
    for move in this_round.moves:
        told = f"moved to {wording.day(move.to)} on {wording.day(move.on)}. {move.text}"
        yield telling.line(told, sources=[move.source_ids])


def _when(telling: Telling, this_round: Any) -> Line:
    view = telling.view
    days = Span(view.days_of(this_round), "strong")
    lead = ""
    if view.is_to_come(this_round):
        lead = "announced for "
    elif view.is_under_way(this_round):
        lead = "under way since "
    where = (this_round.venue, this_round.city, this_round.country)
    place = "".join(f", {part}" for part in (this_round.meeting, *where) if part)
    if not this_round.source_ids:  # every page that tells of it is of a later day
        return telling.aside(lead, days, place, "; no page that says so was public yet")
    return telling.line(lead, days, place, sources=[this_round.source_ids])


def _lead(telling: Telling, this_round: Any, slug: str) -> str:
    delegate = telling.of(Ref("delegate", slug))
    role = wording.role_on(delegate, this_round.starts)
    return f"{delegate.name} ({role})" if role else str(delegate.name)


def ahead(telling: Telling, about: Covered) -> Iterator[Line]:
    """Milestones ahead and points due, in order of their days; overdue points come first."""
    lines = [*_milestones(telling, about), *_points(telling, about)]
    for _, line in sorted(lines, key=lambda dated: dated[0]):
        yield line
