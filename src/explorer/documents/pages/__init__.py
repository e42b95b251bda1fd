"""A record in full, as a page: what is said of it, in which order, with its sources.

`sheet` is what a page is made of, and `rows` what several pages share. There is a file for
each kind of record, and its line in `_WRITERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from explorer.documents.pages import (
    conflict_page,
    delegate_page,
    delegation_page,
    figure_page,
    issue_page,
    measure_page,
    milestone_page,
    negotiation_page,
    point_page,
    quote_page,
    round_page,
    rows,
    source_page,
    text_page,
)
from explorer.documents.sheet import Block, Cell, Longest, Page, Sheet, Span
from explorer.documents.to_text import as_text
from explorer.record import labels
from explorer.record.model import Quote, Ref, Source
from explorer.view import View

__all__ = [
    "Block",
    "Cell",
    "Longest",
    "Page",
    "Sheet",
    "Span",
    "as_text",
    "page",
    "page_to_read",
]

_WRITERS: Mapping[str, Callable[[Page], Iterator[None]]] = {
    "negotiation": negotiation_page.write,
    "round": round_page.write,
    "milestone": milestone_page.write,
    "delegation": delegation_page.write,
    "delegate": delegate_page.write,
    "issue": issue_page.write,
    "point": point_page.write,
    "measure": measure_page.write,
    "figure": figure_page.write,
    "quote": quote_page.write,
    "text": text_page.write,
    "conflict": conflict_page.write,
    "source": source_page.write,
}
"""What writes the page of each kind of record, and stops after each row that it lists."""


def page(view: View, ref: Ref, cited: dict[str, int] | None = None) -> Page:
    """The page of a record. Raises KeyError when the view has no such record.

    `cited` goes on with the numbers of sources that other pages of a document cite.
    """
    page = Page(view, _title(view, ref), cited={} if cited is None else cited, ref=ref)
    page.write_on(_written(page))
    page.finish()
    return page


def page_to_read(view: View, ref: Ref, longest: Longest) -> Page:
    """The same for somebody who moves through it: written as far as it is read.

    Of the longest lists only so much is on it. Raises KeyError as above.
    """
    page = Page(view, _title(view, ref), ref=ref, longest=longest)
    naming = (len(view.index.naming(ref, kind)) for kind in _WRITERS)
    rows_left = sum(min(count, longest.rows) for count in naming)
    page.rows_left = rows_left if ref.kind == "source" else 2 * rows_left  # with what each cites
    page.write_on(_written(page))
    return page


def _written(page: Page) -> Iterator[None]:
    page.add(Span(page.title, "title"), kind="title")
    if page.index[page.ref].own:
        means = labels.sentence(labels.OWN_MEANS)
        page.add(Span(f"{labels.OWN_SIGN} {means}", "warning"))
        page.says_own = True
    yield from _WRITERS[page.ref.kind](page)
    rows.conflicts(page)
    if page.ref.kind != "source":
        # So that they are listed even if no line bore a mark.
        page.marks(page.index[page.ref])
    yield from page.sources_listed()


def _title(view: View, ref: Ref) -> str:
    match record := view.index[ref]:
        case Quote():
            by = view.index.delegate(record.speaker_id).short
            return labels.marked(record, f"{by}, {labels.day(record.day)}")
        case Source():
            return labels.marked(record, record.title)
        case _:
            return labels.title(view.index, ref)
