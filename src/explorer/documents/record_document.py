"""Records to take out of the program: their pages, with the notes on them, as one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.documents.own_notes import own_notes
from explorer.documents.pages import page
from explorer.documents.sheet import Sheet
from explorer.record.model import Ref
from explorer.view import View


def record_document(view: View, refs: Sequence[Ref]) -> Sheet:
    """One record, or a section for each of several over one list of their sources."""
    notes = tuple(own_notes(view, refs))
    if len(refs) == 1:
        sheet: Sheet = page(view, refs[0])
        sheet.notes = notes
        return sheet
    whole = Sheet(view, view.index.dataset.negotiation.name, notes=notes)
    for ref in refs:
        inner = page(view, ref, whole.cited)
        with whole.section(inner.title):
            whole.blocks += (
                replace(block, depth=block.depth + 1) if block.kind == "heading" else block
                for block in inner.body
                if block.kind != "title"
            )
    whole.list_sources()
    return whole
