"""The page of a milestone."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import dated, listed, moves
from explorer.documents.sheet import Page, Span
from explorer.record import labels
from explorer.record.model import Ref, refs


def write(page: Page) -> Iterator[None]:
    milestone = page.index.milestone(page.ref)
    left = page.view.left_to(milestone)
    round_id, announced = milestone.round_id, milestone.announced
    page.facts(
        ("On", (Span(labels.day(milestone.falls_on)), Span(f"  {left}" if left else "", "muted"))),
        ("First set", labels.day(milestone.on) if milestone.moves else ""),
        ("What", milestone.type),
        ("Announced", labels.day(announced) if announced else ""),
        ("Round", (page.name(Ref("round", round_id)),) if round_id else ""),
    )
    page.add(kind="blank")
    page.add(milestone.text, *page.marks(milestone))
    if milestone.results:
        page.heading("What became of it")
        for result in reversed(milestone.results):
            outcome = Span(f"{result.outcome}. ", "strong")
            dated(page, result.on, outcome, result.text, sources=result)
    moves(page, milestone.moves)
    yield from listed(page, "Issues", refs("issue", milestone.issue_ids))
