"""A sheet as JSON: sections of statements, each with its sources."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Required, TypedDict

from explorer.documents import coverage
from explorer.documents.footnotes import Footnote, footnotes
from explorer.documents.outline import Line, Section, outline
from explorer.documents.own_notes import OwnNote
from explorer.documents.sheet import Sheet
from explorer.record.tables import shaped, without_empty
from explorer.text.json_text import as_json
from explorer.text.json_types import FieldsOf


def to_json(sheet: Sheet) -> str:
    """The sheet as JSON that prints safely; it ends in a newline."""
    return as_json(as_data(sheet))


class LineData(TypedDict, total=False):
    """A statement."""

    text: str
    sources: list[str]
    """What it rests on, by id."""
    under: list[LineData]
    """What belongs under it."""


class SectionData(TypedDict, total=False):
    """A part of a document."""

    heading: str
    lines: list[LineData]
    sections: list[SectionData]


class SheetData(coverage.CoverageData, total=False):
    """A document in sentences, each with its sources."""

    title: Required[str]
    dataset: str
    """Which dataset it is of, where the document must be reproducible."""
    lines: list[LineData]
    sections: list[SectionData]
    notes: list[Annotated[dict[str, Any], FieldsOf(OwnNote, less_empty=True)]]
    """The reader's own notes: they are no part of the record."""
    footnotes: list[Annotated[dict[str, Any], FieldsOf(Footnote, less_empty=True)]]
    """The sources in full, by the number they have in the text."""


def as_data(sheet: Sheet) -> SheetData:
    """The sheet as plain values, less what is empty."""
    whole = _section(outline(sheet))
    return shaped(
        SheetData,
        {
            "title": sheet.title,
            **coverage.as_data(sheet.view),
            "dataset": sheet.stamp,
            "lines": whole.get("lines", []),
            "sections": whole.get("sections", []),
            "notes": [without_empty(asdict(note)) for note in sheet.notes],
            "footnotes": [without_empty(asdict(footnote)) for footnote in footnotes(sheet)],
        },
    )


def _section(section: Section) -> SectionData:
    return shaped(
        SectionData,
        {
            "heading": section.heading,
            "lines": [_line(line) for line in section.lines],
            "sections": [_section(inner) for inner in section.sections],
        },
    )


def _line(line: Line) -> LineData:
    return shaped(
        LineData,
        {
            "text": line.text,
            "sources": list(line.source_ids),
            "under": [_line(inner) for inner in line.under],
        },
    )
