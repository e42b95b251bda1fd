"""What stands at the end of a briefing: the user's notes, and the sources in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from explorer.documents.briefing.document import Footnote, OwnNote
from explorer.documents.briefing.footnotes import Telling
from explorer.notes import Note, anchors
from explorer.record import clock, labels
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.record.timeline import LATER_PAGE, UNDATED_PAGE
from explorer.text.urls import why_not
from explorer.view import View


def own_notes(telling: Telling) -> Iterator[OwnNote]:
    """The notes on the records told of and the sources cited, in their order."""
    sources = (Ref("source", slug) for slug in telling.cited)
    for ref in dict.fromkeys((*telling.told, *sources)):
        name = f"{labels.KIND_NAMES[ref.kind]}: {labels.title(telling.index, ref)}"
        for note in _notes_on(telling.view, ref):
            words = _words(note, ref, telling.index)
            yield OwnNote(ref, name, ", ".join(_days(note)), words, note.tags, note.text)


def _notes_on(view: View, ref: Ref) -> tuple[Note, ...]:
    """The notes on a record, in an order that does not hang on their files."""
    return tuple(sorted(view.notes_on(ref), key=lambda note: (note.created, note.text)))


def _words(note: Note, ref: Ref, index: Index) -> str:
    """The words a note is about, if they stood there on the day, or in another record."""
    if note.anchor is None:
        return ""
    found = anchors.locate(note.anchor, ref, index)
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
    """The day of a moment on the reader's calendar, as all else tells it."""
    return labels.day(clock.day_of(moment))


def footnotes(telling: Telling) -> Iterator[Footnote]:
    """The sources cited, each in full."""
    for slug, number in telling.cited.items():
        source = telling.index[Ref("source", slug)]
        address = "" if why_not(source.address) else source.address
        withheld = source.title in (LATER_PAGE, UNDATED_PAGE)
        yield Footnote(
            number,
            source.ref,
            labels.source_line(source),
            address,
            tuple(_remarks(source)),
            weak=source.reliability == "weak",
            withheld=withheld,
        )


def _remarks(source: Any) -> Iterator[str]:
    if source.affiliation:
        yield source.affiliation
    if source.language != "en":
        yield f"in {labels.language(source.language)}"
    if source.reliability == "weak":
        yield "weak source"
