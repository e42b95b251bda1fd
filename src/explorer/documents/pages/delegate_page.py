"""The page of a delegate."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import listed, plain_row
from explorer.documents.sheet import Page, Span
from explorer.record import labels
from explorer.record.model import Ref, Role


def write(page: Page) -> Iterator[None]:
    delegate = page.index.delegate(page.ref)
    if delegate.native_name:
        page.add(Span(delegate.native_name, "muted"))
    if delegate.delegation_id:
        page.facts(("For", (page.name(Ref("delegation", delegate.delegation_id)),)))
    for role in reversed(delegate.roles):
        held = Span(_held(role), "muted")
        page.facts(("Role", (Span(role.title), held, *page.marks(role.source_ids))))
    if delegate.summary:
        page.add(kind="blank")
        page.add(delegate.summary, *page.marks(delegate.source_ids))
    yield from listed(page, "Took part in", page.naming("round"))
    yield from listed(page, "Said", page.naming("quote"))
    yield from listed(page, "Positions stated", page.naming("issue"), plain_row)
    yield from listed(page, "Figures named", page.naming("rate"))


def _held(role: Role) -> str:
    """“  from 3 Feb 2025 – until 1 Mar 2026”, as far as it is known."""
    days = (
        f"from {labels.day(role.since)}" if role.since else "",
        f"until {labels.day(role.until)}" if role.until else "",
    )
    held = " – ".join(filter(None, days))
    return f"  {held}" if held else ""
