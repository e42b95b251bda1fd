"""Where a note may belong whose record or words are gone: offered, never decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.strip import Strip
from textual.widgets import Static

from explorer.notes import Anchor, Note
from explorer.record import labels
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import ATTACH
from explorer.ui.style import Look
from explorer.ui.widgets.lines import Lines, over


@dataclass(frozen=True, slots=True)
class Place:
    """A record, and perhaps words in it, that a note may be attached to."""

    ref: Ref
    words: str
    """The words it would be on; nothing for the whole record."""
    anchor: Anchor | None


class Places(Lines):
    """The places, two lines each, with a cursor."""

    BINDINGS = commands.bindings(ATTACH)

    def __init__(self, places: Sequence[Place], index: Index, look: Look) -> None:
        super().__init__()
        self.look = look
        self.places = places
        self._index = index
        self.cursor = 0

    def line(self, number: int) -> Text:
        place = self.places[number // 2]
        if number % 2 == 0:
            kind = labels.KIND_NAMES[place.ref.kind]
            return Text.assemble(
                (f" {kind} ", "muted"), (labels.title(self._index, place.ref), "strong")
            )
        if not place.words:
            return Text("   the record as a whole", "muted")
        before = f"…{place.anchor.prefix}" if place.anchor and place.anchor.prefix else ""
        after = f"{place.anchor.suffix}…" if place.anchor and place.anchor.suffix else ""
        return Text.assemble(
            "   ",
            (one_line(f"{before}|")[:-1], "muted"),
            (f"“{one_line(place.words)}”", "words"),
            (one_line(f"|{after}")[1:], "muted"),
        )

    def marked(self, number: int, strip: Strip) -> Strip:
        if number // 2 != self.cursor:
            return strip
        return over(strip, self.look.styles["cursor" if number % 2 == 0 else "current"])

    def on_resize(self) -> None:
        self.set_length(len(self.places) * 2)
        self.refresh()

    def action_move(self, way: int) -> None:
        self.cursor = max(0, min(self.cursor + way, len(self.places) - 1))
        self.show_line(self.cursor * 2, self.cursor * 2 + 1)
        self.refresh()

    def action_accept(self) -> None:
        self.screen.dismiss(self.places[self.cursor] if self.places else None)

    def action_close(self) -> None:
        self.screen.dismiss(None)

    def on_click(self, event: Click) -> None:
        place = event.get_content_offset(self)
        if place is not None and (place.y + self.top) // 2 < len(self.places):
            self.cursor = (place.y + self.top) // 2
            self.refresh()
            if event.chain == 2:  # noqa: PLR2004 -- a double click accepts
                self.action_accept()


class Attach(Dialog[Place]):
    """Returns the place that the person accepts."""

    PLACE = "attach"

    def __init__(self, note: Note, places: Sequence[Place], index: Index, look: Look) -> None:
        super().__init__()
        self._note = note
        self._places = Places(places, index, look)

    def compose(self) -> ComposeResult:
        with Vertical(id="attach", classes="dialog") as dialog:
            dialog.border_title = Content("Attach the note")
            note = self._note
            was = f"It was on “{one_line(note.anchor.exact)}”" if note.anchor else "It was"
            told = f"{was} of {note.ref}. Accept a place, or leave the note as it is."
            if not self._places.places:
                told = f"{was} of {note.ref}. Nothing like it was found. Esc leaves it as it is."
            yield Static(one_line(told), id="attach-told", markup=False)
            yield self._places
        yield self.keys

    @property
    def idle(self) -> tuple[str, ...]:
        return () if self._places.places else ("accept",)

    def on_mount(self) -> None:
        self._places.focus()
