"""The pages of the negotiation, its rounds and its milestones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from explorer.documents import coverage
from explorer.documents.pages.rows import (
    conflict_row,
    issue_row,
    measure_row,
    milestone_row,
    moves,
    point_row,
    quote_row,
    rate_row,
    timed,
)
from explorer.documents.sheet import Fact, Page, Sheet, Span
from explorer.record import labels
from explorer.record.model import Ref


def negotiation(made: Page, record: Any) -> None:
    made.add(record.summary, *made.marks(record.source_ids))
    made.add(kind="blank")
    index, data = made.index, made.index.dataset
    made.facts(
        ("Covers", _covers(made, record)),
        (
            "Holds",
            ", ".join(
                labels.tally(kind, len(data.of(kind)))
                for kind in labels.KIND_PLURALS
                if data.of(kind)
            ),
        ),
    )
    if record.rules:
        made.heading("How to read it")
        for rule in record.rules:
            made.add(rule, kind="item")
    if record.one_sided:
        made.heading("Known in full from one side only")
        for span in record.one_sided:
            known = Span(coverage.in_full(index, span), "strong")
            marks = made.marks(span.source_ids)
            timed(made, labels.days(span.starts, span.ends), known, f". {span.text}", *marks)
    for kind, row in (
        ("milestone", milestone_row),
        ("rate", rate_row),
        ("measure", measure_row),
        ("point", point_row),
        ("conflict", conflict_row),
    ):
        heading = labels.KIND_PLURALS[kind].capitalize()
        made.listed(heading, made.view.in_order(index.refs(kind)), partial(row, made))


def _covers(made: Page, record: Any) -> str:
    days = f"{labels.days(record.began, record.record_ends)}; the record ends there"
    until = made.view.covers_until
    beyond = f", and what one side says is followed to {labels.day(until)}"
    return days + (beyond if until > record.record_ends else "")


def this_round(made: Page, record: Any) -> None:
    made.facts(*facts(made, record))
    made.add(kind="blank")
    made.add(result(made, record), *made.marks(record.source_ids))
    outcomes(made, record)
    made.facts(("Next", record.next_step))
    moves(made, record)
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("On the table", issues, partial(issue_row, made))
    made.listed("Said to be agreed", made.naming("point"), partial(point_row, made))
    quotes = made.view.quotes_by_date(made.naming("quote"))
    made.listed("Said", quotes, partial(quote_row, made))
    made.listed("Milestones", made.naming("milestone"), partial(milestone_row, made))


def facts(made: Sheet, record: Any, *, in_full: bool = False) -> Iterator[Fact]:
    """When and where a round was held and by whom; in full with their names and roles."""
    yield _when(made, record), _days(made, record)
    yield "What", f"{record.meeting}, round {record.number}" if record.number else record.meeting
    places = (record.venue, record.city, record.country)
    yield "Where", ", ".join(part for part in places if part)
    yield "Host", record.host
    yield "Announced", labels.day(record.announced) if record.announced else ""
    sides: dict[str | None, list[Span]] = {}
    for slug in dict.fromkeys((*record.lead_ids, *record.delegate_ids)):
        delegate = made.index.delegate(slug)
        spans = sides.setdefault(delegate.delegation_id, [])
        spans += [Span(" · ", "muted")] if spans else []
        spans.append(made.name(delegate.ref, text=delegate.name if in_full else delegate.short))
        role = labels.role_on(delegate, record.starts) if in_full else ""
        told = [part for part in (role, "lead" if slug in record.lead_ids else "") if part]
        spans += [Span(f" ({', '.join(told)})", "muted")] if told else []
    for side, spans in sides.items():
        yield made.index.delegation(side).short if side else "Others", spans


def result(made: Sheet, record: Any) -> Span:
    """What came of a round, in our words."""
    if record.summary:
        return Span(record.summary)
    return Span(f"What came of it was not public on {labels.day(made.view.today)}.", "muted")


def outcomes(made: Sheet, record: Any) -> None:
    """The result as each side gave it."""
    if record.outcomes:
        made.heading("How each side told the result")
        for outcome in record.outcomes:
            made.add(
                f"{outcome.text} ",
                Span(labels.day(outcome.on), "muted"),
                *made.marks(outcome.source_ids),
                kind="row",
                label=(made.short("delegation", outcome.delegation_id),),
            )


def _days(made: Sheet, record: Any) -> tuple[Span, ...]:
    left = ""
    if made.view.is_to_come(record):
        left = made.view.counting.left(record.planned or record.starts)
    return (Span(made.view.days_of(record)), Span(f"  {left}" if left else "", "muted"))


def _when(made: Sheet, record: Any) -> str:
    if made.view.is_to_come(record):
        return "Planned for"
    return "Under way" if made.view.is_under_way(record) else "When"


def milestone(made: Page, record: Any) -> None:
    falls = made.view.falls_on(record)
    left = made.view.counting.left(falls)
    made.facts(
        ("On", (Span(labels.day(falls)), Span(f"  {left}" if left else "", "muted"))),
        ("First set", labels.day(record.on) if record.moves else ""),
        ("What", record.type),
        ("Announced", labels.day(record.announced) if record.announced else ""),
        ("Round", (made.name(Ref("round", record.round_id)),) if record.round_id else ""),
    )
    made.add(kind="blank")
    made.add(record.text, *made.marks(record.source_ids))
    moves(made, record)
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("Issues", issues, partial(issue_row, made))
