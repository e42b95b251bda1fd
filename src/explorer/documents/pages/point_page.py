"""The page of a point said to be agreed."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages import sides
from explorer.documents.pages.figure_rows import delivery
from explorer.documents.pages.rows import dated, due, moves, named, stance
from explorer.documents.sheet import Page, Span
from explorer.record import labels
from explorer.record.model import Account, Ref, refs


def write(page: Page) -> Iterator[None]:
    point = page.index.point(page.ref)
    page.add(point.text, *page.marks(point))
    page.add(kind="blank")
    issues = refs("issue", point.issue_ids)
    page.facts(
        ("Round", (page.name(Ref("round", point.round_id)),)),
        ("Issue" if len(issues) == 1 else "Issues", named(page, issues)),
        ("Said on", labels.day(point.on)),
        ("Due", due(page, point)),
    )
    page.heading("What each side says")
    for account in point.accounts:
        _account(page, account)
        yield
    lacking = (d for d in page.index.dataset.delegations if d.id not in point.latest_accounts)
    sides.without(page, lacking, "not checked")
    if point.figure_ids:
        page.heading("Delivery in figures")
        for slug in point.figure_ids:
            delivery(page, page.index.figure(slug))
    moves(page, point.moves)
    if point.evidence:
        page.heading("Evidence of delivery")
        for seen in reversed(point.evidence):
            shown = (Span(f"{seen.shows}. ", "strong"),) if seen.shows else ()
            dated(page, seen.on, *shown, seen.text, sources=seen)


def _account(page: Page, account: Account) -> None:
    page.add(
        *stance(page, account.stance, account.document_id),
        ".",
        f" {account.text}" if account.text else "",
        Span(f" “{account.words}”" if account.words else "", "words"),
        Span(f" {labels.day(account.on)}", "muted"),
        *page.marks(account),
        kind="row",
        label=(page.short("delegation", account.delegation_id),),
    )
