"""A sheet as plain lines, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explorer.documents.sheet import Block, Sheet, Span, said_once
from explorer.text.sanitize import plain

_INDENT = "  "


def to_text(sheet: Sheet) -> str:
    """The sheet under its title, with the user's notes below; it ends in a newline."""
    body = as_text(sheet)
    if not any(block.kind == "title" for block in sheet.blocks):
        body = "\n\n".join((sheet.title, *sheet.opening, body.lstrip("\n")))
    notes = (f"\nYOUR NOTE\n{note.text}" for note in sheet.notes)
    return plain("\n".join((body, *notes)).rstrip("\n") + "\n")


def as_text(sheet: Sheet) -> str:
    """The blocks of a sheet as they follow one another."""
    return "\n".join(line for block in sheet.blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    label, text = _joined(block.whole_label), _joined(block.spans)
    indent = _INDENT * block.depth
    match block.kind:
        case "heading":
            yield text.upper()
        case "cells":
            if label:
                on_a_line = label.replace("\n", " · ")
                yield f"{indent}{on_a_line}"
            for cell in said_once(block.cells):
                first, *rest = _joined(cell.whole).split("\n")
                if first:
                    yield f"{indent}{_INDENT}{cell.name}: {first}"
                yield from (f"{indent}{_INDENT * 2}{line}" for line in rest)
        case _:
            yield f"{indent}{label}: {text}" if label else f"{indent}{text}"


def _joined(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)
