"""The page of a delegation."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import listed
from explorer.documents.sheet import Page, Span
from explorer.record import labels


def write(page: Page) -> Iterator[None]:
    delegation = page.index.delegation(page.ref)
    if delegation.summary:
        page.add(delegation.summary, *page.marks(delegation.source_ids))
    yield from listed(page, "Delegates", page.naming("delegate"))
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
                f"  {position.text} ",
                Span(labels.day(position.on), "muted"),
                *page.marks(position.source_ids),
                kind="item",
            )
    yield from listed(page, "Rates", page.naming("rate"))
    yield from listed(page, "Measures", page.naming("measure"))
