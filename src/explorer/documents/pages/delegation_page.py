"""The page of a delegation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from explorer.documents.pages import sides
from explorer.documents.pages.rows import listed, plain_row
from explorer.documents.sheet import Page, Sheet, Span
from explorer.record import labels
from explorer.record.model import Member, Ref


def write(page: Page) -> Iterator[None]:
    delegation = page.index.delegation(page.ref)
    if delegation.summary:
        page.add(delegation.summary, *page.marks(delegation))
    for member in delegation.members:
        page.facts(("Member", tuple(_member(page, member))))
    belongs = [ref for ref in page.naming("delegation") if _has_member(page, ref)]
    yield from listed(page, "Belongs to", belongs, plain_row)
    yield from listed(
        page, "Delegates", page.naming("delegate"), partial(_delegate_row, page.ref.id)
    )
    held = [
        (ref, position)
        for ref in page.naming("issue")
        if (position := page.index.issue(ref).latest_positions.get(delegation.id))
        and not position.withdrawn
    ]
    if held:
        page.heading("Positions held last")
        for ref, position in held:
            page.add(
                page.name(ref),
                Span("  "),
                *sides.demand(position),
                Span(f" {labels.day(position.on)}", "muted"),
                *sides.standing_with(page, position, delegation.id),
                *page.marks(position),
                kind="item",
            )
    yield from listed(page, "Texts", page.naming("text"))
    yield from listed(page, "Figures", page.naming("figure"))
    yield from listed(page, "Measures", page.naming("measure"))


def _delegate_row(here: str, sheet: Sheet, ref: Ref) -> None:
    """A person with the post held here last, though another may have followed elsewhere."""
    person = sheet.index.delegate(ref)
    posts = [r for r in person.roles if (r.delegation_id or person.delegation_id) == here]
    post = f"  {posts[-1].title}" if posts else ""
    if posts and posts[-1].until:
        post += f"  {labels.held(None, posts[-1].until)}"
    sheet.add(sheet.name(ref), Span(post, "muted"), kind="item")


def _member(page: Page, member: Member) -> Iterator[Span]:
    if member.delegation_id:
        yield page.short("delegation", member.delegation_id)
    else:
        yield Span(member.name)
    held = labels.held(member.since, member.until)
    yield Span(f"  {held}" if held else "", "muted")
    yield from page.marks(member)


def _has_member(page: Page, coalition: Ref) -> bool:
    members = page.index.delegation(coalition).members
    return any(member.delegation_id == page.ref.id for member in members)
