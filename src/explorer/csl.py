"""Sources as CSL-JSON, which Zotero, pandoc and other reference managers read.

The types and fields are those of csl-data.json of CSL 1.0.2. When a page was read is left
out: the dataset does not say it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from explorer.addresses import why_not
from explorer.model import Day, Ref
from explorer.view import View

_TYPES: Mapping[str, str] = {"wire": "article-newspaper", "press": "article-newspaper"}
"""The CSL type of each type of source; all others are web pages."""


def items(view: View, ref: Ref, cited_for: str) -> list[dict[str, Any]]:
    """An item for each source a record rests on, or for the source itself.

    `cited_for` goes into their notes.
    """
    record = view.index[ref]
    slugs = (ref.id,) if ref.kind == "source" else record.source_ids
    return [_item(view, record, Ref("source", slug), cited_for) for slug in slugs]


def _item(view: View, record: Any, ref: Ref, cited_for: str) -> dict[str, Any]:
    source = view.index[ref]
    kind = _type(view, record, source)
    author = _speaker(view, record) if kind == "speech" else source.author
    item: dict[str, Any] = {
        "id": source.id,
        "type": kind,
        "title": source.title,
        "author": [{"literal": author}] if author else [],
        "container-title": source.publisher,
        "issued": {"date-parts": [_parts(source.published)]} if source.published else {},
        "language": source.language,
        "URL": "" if why_not(source.address) else source.address,
        "note": "; ".join(_remarks(source, cited_for)),
    }
    return {key: value for key, value in item.items() if value}


def _type(view: View, record: Any, source: Any) -> str:
    """A speech that a party prints itself, the text of a measure, a paper's article or a page."""
    if record.kind == "quote" and record.form == "transcript" and source.type == "primary":
        return "speech"
    measures = (view.index[ref] for ref in view.index.naming(source.ref, "measure"))
    if any(measure.legal_name == source.title for measure in measures):
        return "legislation"
    return _TYPES.get(source.type, "webpage")


def _speaker(view: View, quote: Any) -> str:
    return str(view.index[Ref("delegate", quote.speaker_id)].name)


def _parts(day: Day) -> list[int]:
    """Year, month and day, as far as they are known."""
    if isinstance(day, date):
        return [day.year, day.month, day.day]
    return [int(part) for part in day.split("-")]


def _remarks(source: Any, cited_for: str) -> list[str]:
    told = (
        cited_for,
        f"text of {source.carries}" if source.carries else "",
        source.affiliation,
        "the title is a description" if source.described else "",
        "weak source" if source.reliability == "weak" else "",
    )
    return [part for part in told if part]
