"""The page of a figure."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages import figure_rows
from explorer.documents.pages.figure_standing import figure_in_words
from explorer.documents.pages.rows import listed
from explorer.documents.sheet import Page
from explorer.record.model import Ref, refs


def write(page: Page) -> Iterator[None]:
    figure = page.index.figure(page.ref)
    page.add(*figure_in_words(page.view, figure))
    sides = (figure.delegation_id, figure.against_id)
    whose, against = ((page.name(Ref("delegation", slug)),) if slug else "" for slug in sides)
    page.facts(
        ("Whose", whose),
        ("Against", against),
        ("Unit", figure.unit),
        ("Counts", "what adds up from a start" if figure.total else ""),
    )
    if figure.summary:
        page.add(kind="blank")
        page.add(figure.summary, *page.marks(figure))
    figure_rows.set_out(page, figure, in_full=True)
    yield from listed(page, "Measures the delivery of", page.naming("point"))
    yield from listed(page, "Issues", refs("issue", figure.issue_ids))
