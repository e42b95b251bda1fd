"""The page of a point said to be agreed."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import dated, due, moves, stance
from explorer.documents.sheet import Page, Span
from explorer.record import labels
from explorer.record.model import Account, Ref


def write(page: Page) -> Iterator[None]:
    point = page.index.point(page.ref)
    page.add(point.text, *page.marks(point.source_ids))
    page.add(kind="blank")
    page.facts(
        ("Round", (page.name(Ref("round", point.round_id)),)),
        ("Issue", (page.name(Ref("issue", point.issue_id)),)),
        ("Said on", labels.day(point.on)),
        ("Due", due(page, point)),
    )
    page.heading("What each side says")
    for account in point.accounts:
        _account(page, account)
        yield
    for delegation in page.index.dataset.delegations:
        if delegation.standing == "party" and delegation.id not in point.latest_accounts:
            label = (page.short("delegation", delegation.id),)
            page.add(Span("not checked", "muted"), kind="row", label=label)
    moves(page, point.moves)
    if point.evidence:
        page.heading("Evidence of delivery")
        for seen in reversed(point.evidence):
            shown = (Span(f"{seen.shows}. ", "strong"),) if seen.shows else ()
            dated(page, seen.on, *shown, seen.text, sources=seen.source_ids)


def _account(page: Page, account: Account) -> None:
    page.add(
        *stance(page, account.stance, account.document_id),
        ".",
        f" {account.text}" if account.text else "",
        Span(f" “{account.words}”" if account.words else "", "words"),
        Span(f" {labels.day(account.on)}", "muted"),
        *page.marks(account.grounds),
        kind="row",
        label=(page.short("delegation", account.delegation_id),),
    )
