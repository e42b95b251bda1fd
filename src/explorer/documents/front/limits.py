"""What the record does not know, and what is the reader's own."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents import coverage
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.model import Ref

MOST_NOTES = 6
"""The most notes that are to be looked at again."""


def unknown(sheet: Sheet) -> Iterator[None]:
    """How far the record reaches, what rests on weak ground, and where sources disagree."""
    view = sheet.view
    lines = [coverage.reach(view)]
    if conflicts := len(view.index.refs("conflict")):
        lines.append(f"Sources disagree on {labels.counted(conflicts, 'thing')}, each marked ≢.")
    sheet.heading("Not known")
    for line in lines:
        sheet.add(line, kind="item")
        yield


def own(sheet: Sheet) -> Iterator[None]:
    """The reader's notes that are due."""
    notes = [note for note in sheet.view.shown_notes() if not note.others]
    today = sheet.view.reader()
    due = sorted(
        ((note.due, note) for note in notes if note.due and note.due <= today),
        key=lambda dated: dated[0],
    )
    if not due:
        return
    sheet.heading("Your notes to look at again")
    for day, note in due[:MOST_NOTES]:
        ref: Ref = note.ref
        words = labels.shortened(" ".join(note.text.split()), 60)
        sheet.add(
            Span(f"{words}  ", "own", ref),
            Span(f"on {labels.title(sheet.index, ref)}, due {labels.day(day)}", "muted"),
            kind="item",
        )
        yield
    if (rest := len(due) - MOST_NOTES) > 0:
        sheet.add(Span(f"… and {rest} more; N lists them.", "muted"))
