"""The notes on the record: the user's own words, kept apart from the record's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.text import Text
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from explorer.notes import Note
from explorer.record.model import Ref
from explorer.ui import commands, key_words
from explorer.ui.panes import note_rows
from explorer.ui.widgets.findable_lines import Findable
from explorer.ui.widgets.frame_title import set_title
from explorer.ui.widgets.lines import over
from explorer.ui.widgets.nearest import nearest
from explorer.ui.widgets.passages import Match, Passage, joined
from explorer.ui.widgets.reader import Spot, around
from explorer.view import View

DAMAGED = "Its file cannot be read and is left untouched. Mend or move it, then start again."

_OF_A_NOTE = tuple(f"do('{what}_note')" for what in ("outside", "done", "delete"))
_ANSWER = "do('answer_note')"


class NotesPane(Findable):
    """What the user wrote on the selected record, and what became of files in trouble."""

    BINDINGS = commands.bindings(commands.NOTES, "notes")
    FIRST_COLUMN = 1

    view: var[View | None] = var(None)
    selected: var[Ref | None] = var(None)
    cursor: var[int] = var(0)
    """The entry that keys are about."""

    class Chosen(Message):
        """The person wants something of the note under the cursor."""

        def __init__(self, what: str, note: Note | None) -> None:
            """`what` is edit, outside, done, merge or attach.

            There is no note yet when one is to be written.
            """
            super().__init__()
            self.what, self.note = what, note

    def __init__(self, show_words: Callable[[str], None]) -> None:
        """`show_words` goes to the words that a note is on, by its id."""
        super().__init__(id="notes", classes="notes")
        self._show_words = show_words
        self.border_title = Content("Notes")
        self._entries: list[note_rows.Entry] = []
        self._lines: list[tuple[Text, int]] = []
        """Each line with the number of its entry."""
        self.is_from_words = False
        """Whether the person came from the words of a note, and goes back there."""

    def watch_view(self) -> None:
        self._fill()

    def watch_selected(self) -> None:
        self._entries, self.cursor, self.is_from_words = [], 0, False
        self.end_finding()
        self._fill()
        self.scroll_to(y=0, animate=False)

    def watch_cursor(self) -> None:
        self._show_keys()

    def on_resize(self) -> None:
        self._fill()

    @property
    def note(self) -> Note | None:
        """The note, or conflict copy, under the cursor."""
        return self._entries[self.cursor].note if self.cursor < len(self._entries) else None

    @property
    def is_damaged(self) -> bool:
        """Whether the cursor is on a file that cannot be read."""
        return self.cursor < len(self._entries) and self._entries[self.cursor].is_damaged

    @property
    def spot(self) -> Spot:
        """Where the person is, to come back to."""
        return Spot(self.cursor, self.scroll_target_y, self.room)

    def restore(self, spot: Spot) -> None:
        """Put the cursor and the scroll back where they were."""
        self.cursor = max(min(spot.stop, len(self._entries) - 1), 0)
        self.scroll_to(y=spot.top, animate=False)
        self.refresh()

    def show_note(self, note_id: str) -> None:
        """Put the cursor on a note."""
        ids = [entry.note.id if entry.note else "" for entry in self._entries]
        if note_id in ids:
            self.cursor = ids.index(note_id)
            self.show_cursor()

    def line(self, number: int) -> Text:
        return Text.assemble(" ", self._lines[number][0])

    def marked(self, number: int, strip: Strip) -> Strip:
        if len(self._entries) < 2:  # noqa: PLR2004 -- one needs no cursor
            return strip
        here = self._lines[number][1] == self.cursor
        return over(strip, self.look.styles["current"]) if here else strip

    def _fill(self) -> None:
        if self.view is None or self.selected is None:
            return
        were = [entry.note.id if entry.note else "" for entry in self._entries]
        self._entries = note_rows.entries(self.view, self.selected)
        ids = [entry.note.id if entry.note else "" for entry in self._entries]
        kept = nearest(were, self.cursor, frozenset(ids))
        self.cursor = ids.index(kept) if kept is not None else 0
        lines = [
            (line, number)
            for number, entry in enumerate(self._entries)
            for text in entry.paragraphs
            for line in self.look.wrap(text, self.room - 2)
        ]
        count = sum(entry.note is not None for entry in self._entries)
        set_title(self, Content(f"Notes {count}" if count > 1 else "Notes"))
        if lines != self._lines:
            self._lines = lines
            self.text_changed()
            self.set_length(len(lines))
            self.refresh()
            self._show_keys()

    def _show_keys(self) -> None:
        """Whose the note is decides what there is to do with it."""
        if self.has_focus:
            around(self).show_keys()

    @property
    def idle(self) -> tuple[str, ...]:
        """Its commands of which there is nothing to do them with."""
        if self.note is None:
            return ("words", *_OF_A_NOTE, _ANSWER)
        if self.note.others:
            return ("choose('edit')", *_OF_A_NOTE)
        return (_ANSWER,)

    def passages(self) -> Iterator[Passage]:
        begins = [n for n, (_, entry) in enumerate(self._lines) if entry != self._lines[n - 1][1]]
        return joined(((n, text.plain) for n, (text, _) in enumerate(self._lines)), apart=begins)

    def reach(self, match: Match) -> None:
        """Also with the cursor on the note that has the words."""
        self.cursor = self._lines[match.first][1]
        super().reach(match)

    def way_back(self) -> Callable[[], None]:
        spot = self.spot
        return lambda: self.restore(spot)

    @property
    def is_in_sight(self) -> bool:
        """Whether any of the note under the cursor is seen."""
        top = round(self.scroll_target_y)
        own = [n for n, (_, entry) in enumerate(self._lines) if entry == self.cursor]
        return any(top <= number < top + self.tall for number in own)

    def show_cursor(self) -> None:
        """Bring the note under the cursor into sight."""
        own = [n for n, (_, entry) in enumerate(self._lines) if entry == self.cursor]
        if own:
            self.show_line(own[0], min(own[-1], own[0] + self.tall - 1))
        self.refresh()

    def _move(self, way: int) -> None:
        """To the next note; a note longer than the pane is scrolled through first."""
        own = [n for n, (_, entry) in enumerate(self._lines) if entry == self.cursor]
        ahead = own and (own[-1] >= self.top + self.tall if way > 0 else own[0] < self.top)
        following = self.cursor + way
        if ahead or not 0 <= following < len(self._entries):
            self.scroll_relative(y=way, animate=False)
        else:
            self.cursor = following
            self.show_cursor()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        if self.screen.focused is not self:  # else only something opened over it
            self.is_from_words = False
        self.refresh()

    def on_click(self, event: Click) -> None:
        place = event.get_content_offset(self)
        if place is not None and place.y + self.top < len(self._lines):
            self.cursor = self._lines[place.y + self.top][1]
            self.refresh()
            if event.chain == 2:  # noqa: PLR2004 -- a double click opens it
                self.action_choose("edit")

    def action_next_note(self) -> None:
        self._move(1)

    def action_previous_note(self) -> None:
        self._move(-1)

    def action_page_down(self) -> None:
        self.scroll_relative(y=self.tall - 1, animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=1 - self.tall, animate=False)

    def action_first(self) -> None:
        self.cursor = 0
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def action_last(self) -> None:
        self.cursor = max(len(self._entries) - 1, 0)
        self.scroll_to(y=self.virtual_size.height, animate=False)
        self.refresh()

    def action_choose(self, what: str) -> None:
        """Ask for something to be done with the note under the cursor."""
        if self.is_damaged:
            self.notify(DAMAGED, severity="warning")
        else:
            self.post_message(self.Chosen(what, self.note))

    def action_words(self) -> None:
        """Go to the words of the record that the note under the cursor is on."""
        if self.note is None:
            self.notify(key_words.said("There is no note here. {note} writes one."))
        else:
            self._show_words(self.note.id)

    def action_leave(self) -> None:
        around(self).leave_record()
