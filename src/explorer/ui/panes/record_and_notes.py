"""Where the record and its notes stand, and words are marked in the record's place."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.app import ComposeResult
from textual.geometry import Region
from textual.reactive import var
from textual.widget import Widget

from explorer.notes import Anchor
from explorer.record.model import Ref
from explorer.ui.panes.notes_pane import NotesPane
from explorer.ui.panes.record_page import RecordPage
from explorer.ui.widgets.blank import Column
from explorer.ui.widgets.lines import Lines
from explorer.view import View

NOWHERE = Region()
NOTELESS = "-noteless"

Cell = tuple[int, int]
"""A line and a column of the record's page."""


def _can_carry(record: Any, words: str) -> bool:
    """Whether a note can stand on these words, being the record's own."""
    from explorer.notes import anchors

    try:
        anchors.anchored(record, words)
    except ValueError:
        return False
    return True


def noteless(view: View) -> str:
    """The class of what holds panes and record, while it is known that there is no note at all."""
    notes = view.notes
    is_unknown = notes.are_off or notes.are_being_read
    return "" if is_unknown or notes.notes or notes.copies or notes.damaged else NOTELESS


class Reading(Column):
    """Puts what marks words in the place of the record's page, and the page back again."""

    view: var[View | None] = var(None)
    selected: var[Ref | None] = var(None)

    def __init__(self) -> None:
        super().__init__(id="reading")
        self.record = RecordPage(self._show_note)
        self.notes = NotesPane(self._show_words)

    def compose(self) -> ComposeResult:
        yield self.record.data_bind(Reading.view, Reading.selected)
        yield self.notes.data_bind(Reading.view, Reading.selected)

    def watch_view(self) -> None:
        self._make_room()

    def watch_selected(self) -> None:
        self._make_room()

    @property
    def has_notes(self) -> bool:
        """Whether there is anything to be seen in the notes, or nobody knows of any yet."""
        view, ref = self.view, self.selected
        if view is None or ref is None:
            return False
        is_unknown = view.notes.are_off or view.notes.are_being_read
        is_whole = ref.kind == "negotiation"
        return is_unknown or view.has_note(ref) or (is_whole and bool(view.orphans()))

    def _make_room(self) -> None:
        """Give the columns of notes to the record while it has none.

        The panes have their share when there is no note at all. They do not grow and shrink
        from one record to the next: nobody can read a list that moves about.
        """
        if self.view is None:
            return
        self.set_class(self.has_notes, "-noted")
        if isinstance(self.parent, Widget):
            is_writing = self.has_class("-writing")
            self.parent.set_class(not is_writing and bool(noteless(self.view)), NOTELESS)

    @property
    def is_finding(self) -> bool:
        """Whether words are marked here that were looked for."""
        return self.record.is_finding or self.notes.is_finding

    def end_finding(self) -> None:
        """Look for nothing any more."""
        self.record.end_finding()
        self.notes.end_finding()

    @property
    def is_aside(self) -> bool:
        """Whether the person went from the record's words to the note on them, or marks some."""
        focused = self.screen.focused
        if focused is self.notes:
            return self.notes.is_from_words
        return focused is not None and focused.has_class("marker")

    def _show_note(self, note_id: str) -> None:
        """Go from words to the note on them."""
        self.screen.set_focus(self.notes)
        self.notes.show_note(note_id)
        self.notes.is_from_words = True

    def _show_words(self, note_id: str) -> None:
        """Go from a note to the words it is on."""
        if self.record.show_words_of(note_id):
            self.screen.set_focus(self.record)
        else:
            self.notify("No words are marked for this note: it is on the record as a whole.")

    def begin_writing(self, ref: Ref, anchor: Anchor | None) -> None:
        """Make room where a note on the record shown will stand, and know where that is.

        The words that a new one is on are marked as they will be; None for those that are.
        """
        if ref == self.selected:
            self.record.write_on(anchor)
            self.add_class("-writing")
            self._make_room()
            self._clear_arrangement_cache()  # which has notes that are there at their old height
            self.screen._refresh_layout()  # noqa: SLF001 -- the editor stands there at once

    def end_writing(self) -> None:
        """No note is being written any more."""
        self.remove_class("-writing")
        self._make_room()
        self.record.write_on(None)

    @property
    def note_place(self) -> Region:
        """Where a note stands on the screen, or is being written; no room where none does."""
        return self.notes.region if self.has_class("-writing") and self.notes.display else NOWHERE

    @property
    def marked_words(self) -> str:
        """The words that are marked; none while nothing is."""
        focused = self.screen.focused
        words = getattr(focused, "words", None) if focused is not None else None
        return words.text if words else ""

    def mark(self, start: Cell, end: Cell | None = None) -> None:
        """Mark words from a cell to another, or from the first words there that are the record's.

        What a page adds to them, such as labels and dates, can carry no note.
        """
        from explorer.notes import anchors
        from explorer.ui.widgets.word_marker import Marker

        record = self.record
        if not record.display or record.sheet is None or record.selected is None:
            return
        lines = record.laid_out.lines
        own = record.sheet.view.index[record.selected]
        marker = Marker(
            record.selected,
            record.sheet.title,
            lines,
            record.top,
            can_carry=partial(_can_carry, own),
        )
        record.display = False
        self.mount(marker, before=record)
        marker.begin(start, end)
        if end is None:
            marker.begin_at_own(anchors.own_words(own))
        self.screen.set_focus(marker)

    def go_on_marking(self) -> bool:
        """Mark the same words on a page that was made anew; whether they still stand there."""
        from explorer.ui.widgets.word_marker import Marker

        record, ref = self.record, self.record.selected
        if record.display or record.sheet is None or ref is None:
            return True
        own, lines = record.sheet.view.index[ref], record.laid_out.lines
        markers = [marker for marker in self.query(Marker) if marker.display]
        can_carry = partial(_can_carry, own)
        return all(m.renew(ref, record.sheet.title, lines, can_carry) for m in markers)

    def end_marking(self) -> None:
        """Show the record's page again; what marked words was only ever on that page."""
        record = self.record
        if record.display:
            return
        record.display = True
        for marker in self.query(".marker"):
            if marker is self.screen.focused:  # or it would pass the focus to a pane
                self.screen.set_focus(record)
            if isinstance(marker, Lines):
                record.scroll_to(y=marker.top, animate=False)
            marker.display = False
            marker.remove()
