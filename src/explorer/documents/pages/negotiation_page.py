"""The page of the negotiation as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents import coverage
from explorer.documents.pages.rows import listed, timed
from explorer.documents.sheet import Page, Span
from explorer.record import labels, lists
from explorer.record.model import Negotiation
from explorer.text import urls

_LISTED = ("milestone", "text", "figure", "measure", "point", "conflict")
"""The kinds of record that no pane lists, and this page does."""


def write(page: Page) -> Iterator[None]:
    negotiation, index = page.index.dataset.negotiation, page.index
    page.add(negotiation.summary, *page.marks(negotiation))
    page.add(kind="blank")
    numbers = ((kind, len(index.dataset.of(kind))) for kind in labels.KIND_PLURALS)
    page.facts(
        ("Covers", _covers(negotiation)),
        ("Holds", ", ".join(labels.tally(kind, number) for kind, number in numbers if number)),
        ("Licence", _licence(negotiation)),
    )
    if negotiation.rules:
        page.heading("How to read it")
        for rule in negotiation.rules:
            page.add(rule, kind="item")
    if negotiation.one_sided:
        page.heading("Known in full from one side only")
        for span in negotiation.one_sided:
            known = Span(coverage.in_full(index, span), "strong")
            marks = page.marks(span)
            timed(page, labels.days(span.starts, span.ends), known, f". {span.text}", *marks)
    for kind in _LISTED:
        heading = labels.KIND_PLURALS[kind].capitalize()
        yield from listed(page, heading, lists.in_order(index, index.refs(kind)))


def _licence(negotiation: Negotiation) -> str | tuple[Span, ...]:
    licence = negotiation.licence
    return licence if urls.why_not(licence) else (Span(licence, "address"),)


def _covers(negotiation: Negotiation) -> str:
    days = labels.days(negotiation.began, negotiation.record_ends)
    until, own = negotiation.recorded_until, negotiation.own_until
    beyond = f", and what one side says is followed to {labels.day(until)}"
    added = f"; the reader’s own additions go on to {labels.day(own)}" if own else ""
    is_followed = until > negotiation.record_ends
    return f"{days}; the record ends there{beyond if is_followed else ''}{added}"
