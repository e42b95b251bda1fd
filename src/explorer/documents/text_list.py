"""All texts that were public, by the round they came of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypedDict

from explorer.documents.pages.rows import listed
from explorer.documents.sheet import Sheet
from explorer.record import clauses, labels, lists
from explorer.record.model import Ref, Text
from explorer.record.tables import shaped
from explorer.text.json_types import DayText, RefText
from explorer.view import View


def texts(view: View) -> Sequence[Ref]:
    """The texts in the scope, oldest first."""
    found = [ref for ref in view.index.refs("text") if view.in_scope(ref)]
    return lists.in_order(view.index, found)


def sheet(view: View) -> Sheet:
    """The texts under the round they came of, in the order of the first of each."""
    page = Sheet(view, f"Texts on {labels.day(view.as_of)}")
    by_round: dict[str | None, list[Ref]] = {}
    for ref in texts(view):
        by_round.setdefault(view.index.text(ref).round_id, []).append(ref)
    for slug, refs in by_round.items():
        named = labels.title(view.index, Ref("round", slug)) if slug else "Of no round"
        for _ in listed(page, named, refs):
            pass
    if not by_round:
        page.add(f"No text was public by {labels.day(view.as_of)}.")
    page.list_sources()
    return page


class TextRow(TypedDict, total=False):
    """A draft, statement or readout, as it stands on the day."""

    ref: Required[RefText]
    name: Required[str]
    symbol: str
    type: Required[str]
    issuers: list[str]
    issued: DayText
    known: DayText
    round: RefText
    issues: list[str]
    language: str
    read: str
    """How much of it was read for the record."""
    stands: str
    """What became of it."""
    since: DayText
    clauses: Required[int]
    sources: list[str]
    own: Literal[True]


def as_data(view: View) -> list[TextRow]:
    """The texts as plain values for JSON, less what is empty."""
    return [_data(view, view.index.text(ref)) for ref in texts(view)]


def _data(view: View, text: Text) -> TextRow:
    stands = text.latest_step
    return shaped(
        TextRow,
        {
            "ref": text.ref,
            "name": text.name,
            "symbol": text.symbol,
            "type": text.type,
            "issuers": text.issuer_ids,
            "issued": text.issued,
            "known": text.known,
            "round": Ref("round", text.round_id) if text.round_id else None,
            "issues": text.issue_ids,
            "language": text.language,
            "read": "whole" if text.file else text.read,
            "stands": stands.stage if stands else None,
            "since": stands.on if stands else None,
            "clauses": len(clauses.standing(text, view.as_of)),
            "sources": text.source_ids,
            "own": text.own or None,
        },
    )
