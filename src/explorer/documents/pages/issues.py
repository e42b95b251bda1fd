"""The pages of issues and of points said to be agreed."""

from __future__ import annotations

from functools import partial
from typing import Any

from explorer.documents.pages.rows import (
    dated,
    due,
    issue_row,
    measure_row,
    milestone_row,
    moves,
    point_row,
    quote_row,
    rate_row,
    round_row,
    status_told,
)
from explorer.documents.sheet import Page, Sheet, Span
from explorer.record import labels
from explorer.record.model import Ref, last_day


def stands(made: Sheet, record: Any) -> None:
    """Where an issue stands, and what it is."""
    if told := status_told(made, record):
        made.add(*told)
        made.add(kind="blank")
    made.add(record.summary, *made.marks(record.source_ids))


def issue(made: Page, record: Any) -> None:
    view = made.view
    stands(made, record)
    if record.positions:
        made.heading("Positions")
        last = view.positions(record)
        for delegation in made.index.dataset.delegations:
            if position := last.get(delegation.id):
                _position_row(made, position)
            elif delegation.standing == "party":
                made.add(
                    Span("not stated", "muted"),
                    kind="row",
                    label=(made.short("delegation", delegation.id),),
                )
    _track(made, record)
    quotes = view.quotes_by_date(made.naming("quote"))
    made.listed("Said", quotes, partial(quote_row, made))
    made.listed("Said to be agreed", made.naming("point"), partial(point_row, made))
    made.listed("Measures", made.naming("measure"), partial(measure_row, made))
    made.listed("Rates", made.naming("rate"), partial(rate_row, made))
    made.listed("Milestones", made.naming("milestone"), partial(milestone_row, made))
    made.listed("Rounds", made.naming("round"), partial(round_row, made))
    related = dict.fromkeys(
        (*(Ref("issue", slug) for slug in record.related_ids), *made.naming("issue"))
    )
    made.listed("Tied to", tuple(related), partial(issue_row, made))


def _track(made: Page, record: Any) -> None:
    """Where it stood and what each side wanted, newest first."""
    entries = sorted(
        (*record.statuses, *record.positions), key=lambda entry: last_day(entry.on), reverse=True
    )
    if len(entries) > 1:
        made.heading("Track")
        for entry in entries:
            when = (Span(labels.day(entry.on), "label"),)
            spans = (
                _status(entry) if hasattr(entry, "state") else _position(made, entry, sided=True)
            )
            made.add(*spans, *made.marks(entry.source_ids), kind="row", label=when)


def _status(status: Any) -> tuple[Span, ...]:
    return (Span(status.state, f"state:{status.state}"), Span(f". {status.text}"))


def _position(made: Page, position: Any, *, sided: bool) -> tuple[Span, ...]:
    side = (made.short("delegation", position.delegation_id), Span(" ")) if sided else ()
    dropped = (Span("drops it: ", "warning"),) if position.withdrawn else ()
    speaker = (
        (Span(" "), made.short("delegate", position.speaker_id)) if position.speaker_id else ()
    )
    return (*side, *dropped, Span(position.text), *speaker)


def _position_row(made: Page, position: Any) -> None:
    made.add(
        *_position(made, position, sided=False),
        Span(f" {labels.day(position.on)}", "muted"),
        *made.marks(position.source_ids),
        kind="row",
        label=(made.short("delegation", position.delegation_id),),
    )


def point(made: Page, record: Any) -> None:
    made.add(record.text, *made.marks(record.source_ids))
    made.add(kind="blank")
    made.facts(
        ("Round", (made.name(Ref("round", record.round_id)),)),
        ("Issue", (made.name(Ref("issue", record.issue_id)),)),
        ("Said on", labels.day(record.on)),
        ("Due", due(made, record)),
    )
    made.heading("What each side says")
    told = {account.delegation_id for account in record.accounts}
    for account in record.accounts:
        _account_row(made, account)
    for delegation in made.index.dataset.delegations:
        if delegation.standing == "party" and delegation.id not in told:
            made.add(
                Span("not checked", "muted"),
                kind="row",
                label=(made.short("delegation", delegation.id),),
            )
    moves(made, record)
    if record.evidence:
        made.heading("Evidence of delivery")
        for seen in reversed(record.evidence):
            shown = (Span(f"{seen.shows}. ", "strong"),) if seen.shows else ()
            dated(made, seen.on, *shown, seen.text, sources=seen.source_ids)


def _account_row(made: Page, account: Any) -> None:
    spans: list[Span | str] = [Span(labels.stance(account.stance), "strong")]
    document = (account.document_id,) if account.document_id else ()
    if account.document_id and account.stance == "silent":
        source = made.index[Ref("source", account.document_id)]
        title = f"{source.publisher}: {labels.shortened(source.title, 60)}"
        spans += [" ", made.name(source.ref, text=title)]
    spans.append(".")
    spans += [f" {account.text}"] if account.text else []
    spans += [Span(f" “{account.words}”", "words")] if account.words else []
    made.add(
        *spans,
        Span(f" {labels.day(account.on)}", "muted"),
        *made.marks(document, account.source_ids),
        kind="row",
        label=(made.short("delegation", account.delegation_id),),
    )
