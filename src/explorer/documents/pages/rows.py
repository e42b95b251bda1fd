"""Rows that several pages share: one record on one line, with what matters about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from explorer.documents.pages.measure_standing import measure_told
from explorer.documents.sheet import Cell, Page, Sheet, Span
from explorer.record import labels
from explorer.record.model import Day, Ref

DISAGREE = "Sources disagree"
USED = "What this dataset does"
"""The heading over what the dataset goes by where its sources disagree."""


def quote_row(made: Sheet, ref: Ref) -> None:
    quote = made.index[ref]
    speaker = Ref("delegate", quote.speaker_id)
    when = labels.day(quote.said or quote.published)
    made.add(
        Span(labels.quoted(quote), "words", ref),
        Span(f"  {made.index[speaker].short}, {when} · {quote.form}", "muted"),
        *made.marks(quote.source_ids),
        kind="item",
    )


def round_row(made: Sheet, ref: Ref) -> None:
    this_round = made.index[ref]
    told = [this_round.meeting]
    if made.view.is_to_come(this_round):
        told.append(made.view.counting.to_come(this_round.planned or this_round.starts))
    detail = " · ".join(part for part in told if part)
    timed(made, made.view.days_of(this_round), made.name(ref), Span(f"  {detail}", "muted"))


def issue_row(made: Sheet, ref: Ref) -> None:
    status = made.view.status(made.index[ref])
    state = (Span("  "), Span(status.state, f"state:{status.state}")) if status else ()
    made.add(made.name(ref), *state, kind="item")


def status_told(made: Sheet, issue: Any) -> tuple[Span, ...]:
    """Where an issue stands and since when, and what was told of that last."""
    status, first = made.view.status(issue), made.view.stands_since(issue)
    if status is None or first is None:
        return ()
    told_again = status is not first
    return (
        Span(status.state, f"state:{status.state}"),
        Span(f" since {labels.day(first.on)}", "muted"),
        *(made.marks(first.source_ids) if told_again else ()),
        Span(f". Latest, {labels.day(status.on)}: " if told_again else ". ", "muted"),
        Span(status.text),
        *made.marks(status.source_ids),
    )


def measure_row(made: Sheet, ref: Ref) -> None:
    measure = made.index[ref]
    side = made.index[Ref("delegation", measure.delegation_id)].short
    told = measure_told(made.view, measure)
    lead = Span(f"  {side} · {measure.act}{' · ' if told else ''}", "muted")
    made.add(made.name(ref), lead, *(replace(span, role="muted") for span in told), kind="item")


def rate_row(made: Sheet, ref: Ref) -> None:
    rate = made.index[ref]
    timed(made, labels.day(rate.on), made.name(ref), *made.marks(rate.source_ids))


def point_row(made: Sheet, ref: Ref) -> None:
    point = made.index[ref]
    said = [
        f"{made.index[Ref('delegation', side)].short} {labels.short_stance(account.stance)}"
        for side, account in made.view.accounts(point).items()
    ]
    when = due(made, point)
    by = (Span(" · due ", "muted"), *when) if when else ()
    made.add(made.name(ref), Span(f"  {'; '.join(said)}", "muted"), *by, kind="item")


def due(made: Sheet, point: Any) -> tuple[Span, ...]:
    """When a point is due, how often that moved, and that it is overdue."""
    when = made.view.due(point)
    if when is None:
        return ()
    told = [labels.day(when), made.view.due_left(point)]
    told.append(labels.moved(made.view.days_set(point)))
    spans = [Span(", ".join(part for part in told if part))]
    if late := overdue(made, point):
        spans += (Span(" "), late)
    if (seen := made.view.delivery(point)) is not None:
        spans.append(Span(f" {seen.shows}", "muted"))
    return tuple(spans)


def overdue(made: Sheet, point: Any) -> Span | None:
    """How long a point is overdue, if it is."""
    late = made.view.overdue(point)
    return Span(made.view.counting.overdue(late), "warning") if late else None


def milestone_row(made: Sheet, ref: Ref, *, in_full: bool = False) -> None:
    """In full with what it is, every day that was set for it, and the sources."""
    milestone = made.index.milestone(ref)
    falls, days = made.view.falls_on(milestone), made.view.days_set(milestone)
    told = [made.view.counting.left(falls), moved_through(days) if in_full else labels.moved(days)]
    detail = ", ".join(part for part in told if part)
    spans = [made.name(ref), Span(f"  {detail}" if detail else "", "muted")]
    if in_full:
        sources = (milestone.source_ids, *(move.source_ids for move in milestone.moves))
        spans += (Span(f". {milestone.text}"), *made.marks(*sources))
    timed(made, labels.day(falls), *spans)


def moved_through(days: Sequence[Day]) -> str:
    """“moved once: 1 Mar 2032 → 1 Sep 2032”; nothing of what was not moved."""
    moved = labels.moved(days)
    return f"{moved}: {labels.chain(days)}" if moved else ""


def due_row(made: Sheet, ref: Ref) -> None:
    """A point by the day it is due, with how that stands, its round and the sources."""
    point, view = made.index.point(ref), made.view
    when, settled, late = view.due(point), view.delivery(point), overdue(made, point)
    told = (
        "" if late else view.due_left(point),
        moved_through(view.days_set(point)),
        f"{settled.shows}, {labels.day(settled.on)}" if settled else "",
        f"said to be agreed in {made.index.round(point.round_id).name}",
    )
    sources = (point.source_ids, *(move.source_ids for move in point.moves))
    timed(
        made,
        labels.day(when) if when else "",
        made.name(ref),
        Span("  "),
        *((late, Span("; ")) if late else ()),
        Span("; ".join(part for part in told if part), "muted"),
        *made.marks(*sources, settled.source_ids if settled else ()),
    )


def conflict_row(made: Sheet, ref: Ref, beside: str = "") -> None:
    aside = Span(f"  {beside}" if beside else "", "muted")
    made.add(Span("≠ ", "warning"), made.name(ref), aside, kind="item")


def conflicts(made: Page) -> None:
    """What sources disagree on in a record, the versions side by side."""
    refs = made.naming("conflict")
    if refs:
        made.heading(DISAGREE)
        for ref in refs:
            conflict_row(made, ref)
            if made.ref.kind != "source":  # whose versions would bring in all the others
                with made.beneath():
                    versions(made, made.index[ref])


def versions(made: Sheet, conflict: Any) -> None:
    """The versions of a conflict side by side, each under those who say so."""
    made.row_of_cells(
        Cell(_told_by(made, version), (Span(version.text), *made.marks(version.source_ids)))
        for version in conflict.versions
    )


def versions_beneath(made: Sheet, conflict: Any) -> None:
    """The versions under the conflict, and what the dataset goes by."""
    with made.beneath():
        versions(made, conflict)
        if conflict.used:
            made.add(f"{USED}: ", conflict.used, *made.marks(conflict.source_ids), kind="item")


def _told_by(made: Sheet, version: Any) -> str:
    sources = [made.index[Ref("source", slug)] for slug in version.source_ids]
    return ", ".join(dict.fromkeys(source.carries or source.publisher for source in sources))


def plain_row(made: Sheet, ref: Ref) -> None:
    made.add(made.name(ref), kind="item")


def delegate_row(made: Sheet, ref: Ref) -> None:
    delegate = made.index[ref]
    role = delegate.roles[-1].title if delegate.roles else ""
    made.add(made.name(ref), Span(f"  {role}", "muted"), kind="item")


def dated(made: Sheet, when: Day, *spans: Span | str, sources: Sequence[str]) -> None:
    timed(made, labels.day(when), *spans, *made.marks(sources))


def timed(made: Sheet, when: str, *spans: Span | str) -> None:
    made.add(*spans, kind="row", label=(Span(when, "label"),))


def moves(made: Sheet, record: Any) -> None:
    if record.moves:
        made.heading("The date was moved")
        for move in reversed(record.moves):
            to = Span(f"to {labels.day(move.to)}", "strong")
            dated(made, move.on, to, f". {move.text}", sources=move.source_ids)
