"""The page of a conflict between sources."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import USED, listed, plain_row, versions
from explorer.documents.sheet import Page


def write(page: Page) -> Iterator[None]:
    conflict = page.index.conflict(page.ref)
    page.add("Sources do not agree. What they say stands side by side:")
    versions(page, conflict)
    if conflict.used:
        page.heading(USED)
        page.add(conflict.used, *page.marks(conflict))
    yield from listed(page, "Touches", conflict.touches, plain_row)
