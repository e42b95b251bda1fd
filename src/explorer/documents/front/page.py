"""The front page put together: alone, and above what the record holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.documents.front import ahead, lately, limits
from explorer.documents.pages import negotiation_page, rows
from explorer.documents.sheet import Longest, Page, Sheet, Span
from explorer.record import labels
from explorer.view import View

_SECTIONS = (
    ahead.meetings,
    ahead.falling_due,
    lately.said,
    lately.moved,
    lately.parting,
    limits.unknown,
)


def today(view: View, *, with_own: bool = True) -> Sheet:
    """The front page by itself, to print or to take along; perhaps without what is the reader's."""
    sheet = Sheet(view, f"{view.index.dataset.negotiation.name}, {_day(view)}")
    for _ in sections(sheet, with_own=with_own):
        pass
    sheet.list_sources()
    return sheet


def front_page(view: View, longest: Longest, hint: Sequence[Span] = ()) -> Page:
    """The negotiation's own page: the front page, and below it what the record holds.

    It is written as far as it is read. A `hint` says how to go on from it.
    """
    negotiation = view.index.dataset.negotiation
    page = Page(view, negotiation.name, ref=negotiation.ref, longest=longest)
    page.rows_left = longest.rows
    page.write_on(_written(page, hint))
    return page


def _written(page: Page, hint: Sequence[Span]) -> Iterator[None]:
    page.add(Span(page.title, "title"), kind="title")
    page.add(Span(_day(page.view), "muted"))
    if hint:
        page.add(*hint)
    yield from sections(page)
    page.heading("The record")
    yield from negotiation_page.write(page)
    rows.conflicts(page)
    yield from page.sources_listed()


def sections(sheet: Sheet, *, with_own: bool = True) -> Iterator[None]:
    """What stands on the front page, row by row."""
    for section in _SECTIONS:
        yield from section(sheet)
    if with_own:
        yield from limits.own(sheet)


def _day(view: View) -> str:
    """The day that is looked at, and the reader's own where days ahead are counted from that."""
    day = f"{view.as_of:%A}, {labels.day(view.as_of)}"
    return f"{day}, read on {labels.day(view.reader())}" if view.counting.age else day
