"""A small negotiation, the ferry talks, to which a test adds what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import Dataset, Delegation, Negotiation, Source
from explorer.view import View

CITED: dict[str, Any] = {"source_ids": ("gazette",)}
"""That a record rests on the one paper there is."""

EAST = Delegation(id="east", name="East bank", short="East", **CITED)
WEST = Delegation(id="west", name="West bank", short="West", **CITED)


def source(slug: str, published: date, **given: Any) -> Source:
    usual = {"publisher": slug.title(), "title": f"The {slug}", "type": "press"}
    return Source(id=slug, published=published, **{**usual, **given})


def ferry_talks(began: date, record_ends: date, **records: tuple[Any, ...]) -> View:
    """Their view at the end: two banks and a gazette, unless others are given, and the rest."""
    negotiation = Negotiation(
        id="ferry",
        name="Ferry talks",
        summary="Two banks and a ferry.",
        began=began,
        record_ends=record_ends,
        **CITED,
    )
    there: dict[str, Any] = {
        "sources": (source("gazette", began, title="The ferry"),),
        "delegations": (EAST, WEST),
        **records,
    }
    return View(Index(Dataset(negotiation=negotiation, **there)), Notes())
