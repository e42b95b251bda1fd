"""A record in full, as a page: what is said of it, in which order, with its sources.

`sheet` is what a page is made of, `rows` what several pages share; the others hold one
function for each kind of record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from explorer.documents.pages import issues, measures, people, quotes, rounds, rows
from explorer.documents.sheet import Block, Cell, Page, Sheet, Span
from explorer.documents.to_text import as_text
from explorer.record import labels
from explorer.record.model import Ref
from explorer.view import View

__all__ = ["Block", "Cell", "Page", "Sheet", "Span", "as_text", "page"]


def page(view: View, ref: Ref, cited: dict[str, int] | None = None) -> Page:
    """The page of a record. Raises KeyError when the view has no such record.

    `cited` goes on with the numbers of sources that other pages of a document cite.
    """
    record = view.index[ref]
    made = Page(view, _title(view, ref), cited={} if cited is None else cited, ref=ref)
    made.add(Span(made.title, "title"), kind="title")
    _PAGES[ref.kind](made, record)
    rows.conflicts(made)
    if ref.kind != "source":
        made.marks(record.source_ids)  # so that they are listed even if no line bore a mark
    made.list_sources()
    return made


def _title(view: View, ref: Ref) -> str:
    record = view.index[ref]
    match ref.kind:
        case "quote":
            speaker = view.index[Ref("delegate", record.speaker_id)]
            return f"{speaker.short}, {labels.day(record.said or record.published)}"
        case "source":
            return str(record.title)
        case _:
            return labels.title(view.index, ref)


_PAGES: Mapping[str, Callable[[Page, Any], None]] = {
    "negotiation": rounds.negotiation,
    "round": rounds.this_round,
    "milestone": rounds.milestone,
    "delegation": people.delegation,
    "delegate": people.delegate,
    "issue": issues.issue,
    "point": issues.point,
    "measure": measures.measure,
    "rate": measures.rate,
    "quote": quotes.quote,
    "conflict": quotes.conflict,
    "source": quotes.source,
}
