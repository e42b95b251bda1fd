"""Where a note may belong whose record or words are gone: offered, never decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from explorer.notes import Anchor, Note
from explorer.record import labels
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.ui import commands, key_words
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import ATTACH


@dataclass(frozen=True, slots=True)
class Place:
    """A record, and perhaps words in it, that a note may be attached to."""

    ref: Ref
    words: str
    """The words it would be on; nothing for the whole record."""
    anchor: Anchor | None


class Reattach(Chooser[Place]):
    """Returns the place that the person accepts."""

    PLACE = "attach"
    BINDINGS = commands.bindings(ATTACH, "attach", first=True)

    def __init__(self, note: Note, places: Sequence[Place], index: Index) -> None:
        was = f"It was on “{note.anchor.exact}”" if note.anchor else "It was"
        offer = "Accept a place, or leave the note as it is."
        if not places:
            offer = key_words.said("Nothing like it was found. {attach:leave} leaves it as it is.")
        explanation = one_line(f"{was} of {note.ref}. {offer}")
        super().__init__([(_shown(place, index), place) for place in places], explanation)
        self.title = "Attach the note"
        self._has_places = bool(places)

    @property
    def idle(self) -> tuple[str, ...]:
        return () if self._has_places else ("take",)


def _shown(place: Place, index: Index) -> Content:
    """The record, and below it the words among those around them."""
    record = (labels.title(index, place.ref), "bold")
    kind = f"{labels.KIND_NAMES[place.ref.kind]} "
    if not place.words:
        return Content.assemble(kind, record, "\n  the record as a whole")
    before = f"…{place.anchor.prefix}" if place.anchor and place.anchor.prefix else ""
    after = f"{place.anchor.suffix}…" if place.anchor and place.anchor.suffix else ""
    words = (f"“{one_line(place.words)}”", "italic")
    # One blank between these and the words stays: it is not at an end.
    around = one_line(f"{before}|")[:-1], one_line(f"|{after}")[1:]
    return Content.assemble(kind, record, "\n  ", around[0], words, around[1])
