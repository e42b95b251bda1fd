"""Sources as CSL-JSON, which Zotero, pandoc and other reference managers read.

The types and fields are those of csl-data.json of CSL 1.0.2. A page was `accessed` when it was
last checked, if the dataset says so.

A title that is only a description stands as `genre`, and there is no `title`: styles then print
it without quotation marks or in brackets, or leave it out, while any title of an article is set
as the headline it was not. Whose text a page carries stands among its authors, as style manuals
cite the report of an agency; there is no other field that styles print.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NotRequired, TypedDict
from urllib.parse import urlsplit

from explorer.record import labels
from explorer.record.days import Day
from explorer.record.model import AnyRecord, Quote, Ref, Source
from explorer.record.tables import without_empty
from explorer.text.urls import why_not
from explorer.view import View

DESCRIBED = "no headline was seen; its genre is our description"
"""What is noted of a source whose title is only a description."""
_TYPES: Mapping[str, str] = {"wire": "article-newspaper", "press": "article-newspaper"}
"""The CSL type of each type of source; all others are web pages."""


class CslName(TypedDict):
    """A name in one piece, whether of a person or of a paper."""

    literal: str


# By the names that CSL has, of which some are no words of Python.
CslItem = TypedDict(
    "CslItem",
    {
        "id": str,
        "type": str,
        "title": NotRequired[str],
        "genre": NotRequired[str],
        "author": NotRequired[list[CslName]],
        "container-title": NotRequired[str],
        "issued": NotRequired[dict[str, list[list[int]]]],
        "language": NotRequired[str],
        "URL": NotRequired[str],
        "accessed": NotRequired[dict[str, list[list[int]]]],
        "archive": NotRequired[str],
        "archive_location": NotRequired[str],
        "note": NotRequired[str],
    },
)
CslItem.__doc__ = "A source as CSL-JSON has it."


def items(view: View, cited_for: Mapping[Ref, str]) -> list[dict[str, Any]]:
    """An item for each source that some records rest on, or for a source itself.

    Each record comes with what it is cited for, which goes into the notes of its items. A
    source that several records rest on is one item, with all it is cited for.
    """
    found: dict[str, dict[str, Any]] = {}
    for ref, why in cited_for.items():
        record = view.index[ref]
        for slug in (ref.id,) if ref.kind == "source" else record.source_ids:
            item = _item(view, record, view.index.source(slug), why)
            there = found.setdefault(item["id"], item)
            if there is not item and why:
                there["note"] = "; ".join(filter(None, (there.get("note"), why)))
    return list(found.values())


def _item(view: View, record: AnyRecord, source: Source, cited_for: str) -> dict[str, Any]:
    kind = _type(view, record, source)
    is_described = source.described and kind != "legislation"  # which is cited by its own name
    own, authors = source.id, (source.author, source.carries)
    if kind == "speech" and isinstance(record, Quote):
        # A speech is its speaker's, so that two speakers on one page are two items.
        own = f"{source.id}-{record.speaker_id}"
        authors = (view.index.delegate(record.speaker_id).name, "")
    return without_empty(
        {
            "id": own,
            "type": kind,
            "title": "" if is_described else source.title,
            "genre": source.title if is_described else "",
            "author": [{"literal": name} for name in dict.fromkeys(authors) if name],
            "container-title": source.publisher,
            "issued": {"date-parts": [_parts(source.published)]} if source.published else {},
            "language": source.language,
            "URL": "" if why_not(source.address) else source.address,
            "accessed": {"date-parts": [_parts(source.checked)]} if source.checked else {},
            **_copy(source),
            "note": "; ".join(_remarks(source, cited_for)),
        }
    )


def _copy(source: Source) -> dict[str, str]:
    """The archive that keeps a copy of a page, and where in it."""
    if source.archived is None or why_not(source.archived.address):
        return {}
    host = urlsplit(source.archived.address).hostname or ""
    return {"archive": host, "archive_location": source.archived.address}


def _type(view: View, record: AnyRecord, source: Source) -> str:
    """A speech that a party prints itself, the text of a measure, a paper's article or a page."""
    is_transcript = isinstance(record, Quote) and record.form == "transcript"
    if is_transcript and source.type == "primary":
        return "speech"
    measures = map(view.index.measure, view.index.naming(source.ref, "measure"))
    if any(measure.legal_name == source.title for measure in measures):
        return "legislation"
    return _TYPES.get(source.type, "webpage")


def _parts(day: Day) -> list[int]:
    """Year, month and day, as far as they are known."""
    if isinstance(day, date):
        return [day.year, day.month, day.day]
    return [int(part) for part in day.split("-")]


def _remarks(source: Source, cited_for: str) -> list[str]:
    remarks = (
        cited_for,
        f"text of {source.carries}" if source.carries else "",
        source.affiliation,
        DESCRIBED if source.described else "",
        "weak source" if source.reliability == "weak" else "",
        f"archived {labels.day(source.archived.on)}" if source.archived else "",
        labels.OWN_MEANS if source.own else "",
    )
    return [remark for remark in remarks if remark]
