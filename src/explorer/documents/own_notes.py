"""The user's notes on what a document shows, and their colleagues', to stand apart from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from explorer.notes import Note
from explorer.notes.threads import in_threads
from explorer.record import clock, labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.values import dataclass
from explorer.view import View

HEADING = "My notes — not part of the record"
"""What sets them apart …"""
AMONG_OTHERS = "Notes, mine and others’ — not part of the record"
"""… when there are those of colleagues, too."""


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note of the user's, or of a colleague's. It is no part of the record."""

    record: str
    """What it is on."""
    on: str
    """The name of that."""
    days: str
    """Its own day, when it was written and changed, and when to look at it again."""
    words: str
    """The words of the record it is about, when it is not about all of it."""
    tags: tuple[str, ...]
    text: str
    """In Markdown, as it was written."""
    by: str = ""
    """Whose it is, when it is not the user's own."""

    @property
    def about(self) -> str:
        """Whose it is, its days, the words it is about and its tags, on a line."""
        by = (f"by {self.by}",) if self.by else ()
        words = (f"on the words: {self.words}",) if self.words else ()
        return " · ".join((*by, self.days, *words, *(f"#{tag}" for tag in self.tags)))


def heading(notes: Iterable[OwnNote]) -> str:
    """What sets them apart."""
    return AMONG_OTHERS if any(note.by for note in notes) else HEADING


def own_notes(view: View, refs: Iterable[Ref]) -> Iterator[OwnNote]:
    """The notes on some records, in the order of these."""
    for ref in dict.fromkeys(refs):
        name = f"{labels.KIND_NAMES.get(ref.kind, ref.kind)}: {labels.title(view.index, ref)}"
        # In an order that does not hang on their files.
        notes = sorted(view.notes_on(ref), key=lambda note: (note.created, note.text))
        for note in in_threads(notes):
            words = _words(view, ref, note)
            days, by = ", ".join(_days(note)), one_line(note.others)
            yield OwnNote(str(ref), name, days, words, note.tags, note.text, by)


def _words(view: View, ref: Ref, note: Note) -> str:
    """The words a note is about, if they stood there on the day, or in another record."""
    from explorer.notes import anchors  # which few documents need

    if note.anchor is None:
        return ""
    found = anchors.locate(note.anchor, ref, view.index)
    return found.words if found.kind in ("unchanged", "moved", "elsewhere") else ""


def _days(note: Note) -> Iterator[str]:
    written, changed = _day(note.created), _day(note.changed)
    if note.date:
        yield f"dated {labels.day(note.date)}"
    yield f"written {written}"
    if changed != written:
        yield f"changed {changed}"
    if note.due:
        again = f"to be looked at again from {labels.day(note.due)}"
        yield "looked at again" if note.done else again


def _day(moment: datetime) -> str:
    """The day of a moment on the reader's calendar, like all other days."""
    return labels.day(clock.day_of(moment))
