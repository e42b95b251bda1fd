"""What is in force, what is suspended, and what is only announced or threatened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Literal, Required, TypedDict, get_args

from explorer.documents.comparisons import compared
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages import sides
from explorer.documents.pages.measure_standing import coming, facts, is_overrun
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels
from explorer.record.days import last_day
from explorer.record.model import Act, Measure, Step
from explorer.record.standing import WORDS, Standing, State
from explorer.record.tables import shaped
from explorer.text.json_types import DayText, RefText, StepData
from explorer.values import dataclass
from explorer.view import View

_LATELY = 90
"""Days for which what has ended is still shown."""

SECTIONS: Mapping[State, str] = {
    "in force": "In force",
    "suspended": "Suspended",
    "announced": "Announced, not known to be in force",
    "threatened": "Only threatened",
    "reported": "Reported",
    "ended": f"Ended within the {_LATELY} days before",
}
"""How measures stand, in the order they are shown, and the heading of each section."""

_ACTS = get_args(Act)


@dataclass(frozen=True, slots=True)
class Row:
    """A measure and how it stands."""

    measure: Measure
    standing: Standing


def rows(view: View) -> tuple[Row, ...]:
    """The measures in the scope, by how they stand, by act, and then the newest step first."""
    listed = [
        Row(measure, stands)
        for measure in view.index.dataset.measures
        if view.in_scope(measure.ref) and (stands := view.standing(measure)) is not None
        if not _ended_long_since(view, stands)
    ]
    listed.sort(key=lambda row: last_day(row.standing.step.on), reverse=True)
    states, terms = tuple(SECTIONS), view.index.dataset.negotiation
    acts = sorted((*_ACTS, *terms.acts), key=lambda act: _ACTS.index(terms.meaning("act", act)))
    listed.sort(key=lambda row: (states.index(row.standing.state), acts.index(row.measure.act)))
    return tuple(listed)


def _ended_long_since(view: View, stands: Standing) -> bool:
    return stands.state == "ended" and (view.as_of - last_day(stands.first.on)).days > _LATELY


class MeasureRow(TypedDict, total=False):
    """A measure, and how it stands on the day."""

    measure: Required[RefText]
    name: Required[str]
    delegation: Required[str]
    act: Required[str]
    state: Required[State]
    rate: str
    since: DayText
    until: DayText
    takes_effect: DayText
    overrun: bool
    """Whether the day until which it held has passed and nothing is recorded."""
    step: StepData
    """The step by which it stands so."""
    pending: StepData
    """The next step that is known."""
    sources: list[str]
    own: Literal[True]


def as_data(view: View, _: Question = ALL) -> list[MeasureRow]:
    """The rows as plain values for JSON, less what is empty."""
    return [
        shaped(
            MeasureRow,
            {
                "measure": row.measure.ref,
                "name": labels.title(view.index, row.measure.ref),
                "delegation": row.measure.delegation_id,
                "act": row.measure.act,
                "state": row.standing.state,
                "rate": row.standing.rate,
                "since": row.standing.since,
                "until": row.standing.until,
                "takes_effect": row.standing.effect,
                "overrun": is_overrun(view, row.standing),
                "step": row.standing.step,
                "pending": row.standing.pending,
                "sources": row.standing.source_ids,
                "own": row.measure.own or row.standing.own or None,
            },
        )
        for row in rows(view)
    ]


def sheet(view: View, _: Question = ALL) -> Sheet:
    """A section for each way to stand, the measures of each side below one another."""
    page = Sheet(view, f"In force on {labels.day(view.as_of)}")
    listed = rows(view)
    if not listed:
        page.add(_why_none(view))
    set_out(page, listed)
    page.list_sources()
    return page


def _why_none(view: View) -> str:
    there = [m for m in view.index.dataset.measures if view.standing(m) is not None]
    if any(view.in_scope(measure.ref) for measure in there):
        within = " in the scope" if view.chosen else ""
        return f"Every measure{within} had ended more than {_LATELY} days before."
    within = " and in the scope" if view.chosen else ""
    return f"No measure was public by {labels.day(view.as_of)}{within}."


def set_out(page: Sheet, listed: Sequence[Row]) -> None:
    """A section for each way to stand that there is."""
    for state in SECTIONS:
        _section(page, state, [row for row in listed if row.standing.state == state])


def _section(page: Sheet, state: State, listed: Sequence[Row]) -> None:
    if not listed:
        return
    # Of other delegations than the parties, those that have a measure.
    acting = compared.delegations(page.view, {row.measure.delegation_id for row in listed})
    lists = [[row for row in listed if row.measure.delegation_id == side.id] for side in acting]
    counts = ", ".join(
        f"{side.short} {len(own)}" for side, own in zip(acting, lists, strict=True) if own
    )
    page.heading(f"{SECTIONS[state]} — {counts}")
    filled = {side.id for side, own in zip(acting, lists, strict=True) if own}
    for beside in zip_longest(*lists):
        cells = [
            _cell(page, side.short, row) if row else None
            for side, row in zip(acting, beside, strict=True)
        ]
        page.row_of_cells(sides.side_by_side(page, cells, acting, filled=filled)[0])


def _cell(page: Sheet, head: str, row: Row) -> Cell:
    stands, later = tuple(_measure(page, row)), row.standing.pending
    # What is to come of it, or was said of it since, besides how it stands.
    under = (_coming(page, later),) if later and later is not row.standing.step else ()
    return Cell(head, stands, row.measure.ref, under)


def _measure(page: Sheet, row: Row) -> Iterator[Span]:
    stands = row.standing
    yield Span(labels.title(page.index, row.measure.ref), "strong")
    yield BREAK
    yield Span(row.measure.act, "muted")
    yield from facts(page.view, stands)
    if stands.step is not stands.pending:
        if stands.state in WORDS:  # then the words are all there is to know
            yield BREAK
            yield Span(stands.step.text)
        yield from page.marks(stands)
    else:
        yield BREAK
        yield from _coming(page, stands.step)


def _coming(page: Sheet, step: Step) -> tuple[Span, ...]:
    lead = Span(f"{coming(page.view, step)}:", "muted")
    return (lead, Span(f" {step.text}"), *page.marks(step))
