"""A sheet as JSON: sections of statements, each with its sources."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from explorer.documents import coverage
from explorer.documents.footnotes import footnotes
from explorer.documents.outline import Line, Section, outline
from explorer.documents.sheet import Sheet
from explorer.record.tables import without_empty
from explorer.text.json_text import as_json


def to_json(sheet: Sheet) -> str:
    """The sheet as JSON that prints safely; it ends in a newline."""
    return as_json(as_data(sheet))


def as_data(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain values, less what is empty."""
    whole = _section(outline(sheet))
    return without_empty(
        {
            "title": sheet.title,
            **coverage.as_data(sheet.view),
            "dataset": sheet.stamp,
            "lines": whole.get("lines", []),
            "sections": whole.get("sections", []),
            "notes": [without_empty(asdict(note)) for note in sheet.notes],
            "footnotes": [without_empty(asdict(footnote)) for footnote in footnotes(sheet)],
        }
    )


def _section(section: Section) -> dict[str, Any]:
    return without_empty(
        {
            "heading": section.heading,
            "lines": [_line(line) for line in section.lines],
            "sections": [_section(inner) for inner in section.sections],
        }
    )


def _line(line: Line) -> dict[str, Any]:
    return without_empty(
        {
            "text": line.text,
            "sources": list(line.source_ids),
            "under": [_line(inner) for inner in line.under],
        }
    )
