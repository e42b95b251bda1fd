"""What the record does not know, and what is the reader's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.documents import coverage
from explorer.documents.news_words import counted
from explorer.documents.pages import rows
from explorer.documents.sheet import Sheet, Span
from explorer.notes import Note
from explorer.record import labels
from explorer.record.model import Ref
from explorer.view import View

MOST_NOTES = 6
"""The most notes that are to be looked at again."""
MOST_NEW = 4
"""The most of what is new that is named, of all and of each watch."""


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


def notes_due(view: View) -> Sequence[Note]:
    """The reader's notes that are to be looked at again by now, those due first before others."""
    today = view.reader()
    mine = [note for note in view.shown_notes() if not note.others]
    dated = [(note.due, note) for note in mine if note.due and note.due <= today]
    return [note for _, note in sorted(dated, key=lambda one: one[0])]


def own(sheet: Sheet) -> Iterator[None]:
    """The reader's: what is new to them, alone and in each watch, and notes that are due."""
    view = sheet.view
    new = view.news.left_in(view.index) if view.news.left else ()
    due = notes_due(view)
    if new or due:
        sheet.heading("Yours")
    if new:
        since = f" since {labels.day(view.news.since)}" if view.news.since else ""
        _new(sheet, f"{counted(view, new)}{since}", [item.ref for item in new])
        yield
        if view.news.watched:
            from explorer.documents.comparisons.news import in_watch  # few have watches
        for watch in view.news.watched:
            refs = [item.ref for item in new if item.ref in watch.refs]
            _new(sheet, f"{watch.name}: {in_watch(view, watch)}", refs)
            yield
    for note in due[:MOST_NOTES]:
        ref: Ref = note.ref
        words = labels.shortened(" ".join(note.text.split()), 60)
        sheet.add(
            Span(f"{words}  ", "own", ref),
            Span(
                f"your note on {labels.title(sheet.index, ref)}, due {labels.day(note.due)}",
                "muted",
            ),
            kind="item",
        )
        yield
    if (rest := len(due) - MOST_NOTES) > 0:
        sheet.add(Span(f"… and {rest} more of your notes are due.", "muted"))


def _new(sheet: Sheet, words: str, refs: Sequence[Ref]) -> None:
    there = [ref for ref in refs if ref in sheet.index]
    named = rows.named(sheet, there[:MOST_NEW])
    more = Span(" …" if len(there) > MOST_NEW else "", "muted")
    sheet.add(Span(words, "strong"), Span(": " if named else ""), *named, more, kind="item")
