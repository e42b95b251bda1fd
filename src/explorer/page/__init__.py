"""A record in full, as a page: what is said of it, in which order, with its sources.

`sheet` is what a page is made of, `rows` what several pages share; the others hold one
function for each kind of record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from explorer import wording
from explorer.model import Ref
from explorer.page import acts, matters, people, rows, talks, words
from explorer.page.sheet import Block, Cell, Page, Sheet, Span, as_text
from explorer.view import View

__all__ = ["Block", "Cell", "Page", "Sheet", "Span", "as_text", "page"]


def page(view: View, ref: Ref) -> Page:
    """The page of a record. Raises KeyError when the view has no such record."""
    record = view.index[ref]
    made = Page(view, _title(view, ref), ref=ref)
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
            return f"{speaker.short}, {wording.day(record.said or record.published)}"
        case "source":
            return str(record.title)
        case _:
            return wording.title(view.index, ref)


_PAGES: Mapping[str, Callable[[Page, Any], None]] = {
    "negotiation": talks.negotiation,
    "round": talks.this_round,
    "milestone": talks.milestone,
    "delegation": people.delegation,
    "delegate": people.delegate,
    "issue": matters.issue,
    "point": matters.point,
    "measure": acts.measure,
    "rate": acts.rate,
    "quote": words.quote,
    "conflict": words.conflict,
    "source": words.source,
}
