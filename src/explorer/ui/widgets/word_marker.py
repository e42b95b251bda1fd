"""Marking words of a record, to write a note on just these words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.text import Text
from textual.content import Content
from textual.events import MouseDown, MouseMove, MouseUp
from textual.message import Message
from textual.strip import Strip

from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import commands, key_words
from explorer.ui.widgets.lines import Lines, over
from explorer.ui.widgets.note_marks import without_signs
from explorer.ui.widgets.reader import around
from explorer.ui.widgets.word_selection import WordSelection

_NOT_HERE = "No note can stand on these words; {marking:note} notes the whole record"
_WHY_NOT = (
    "No note can stand here: these words are the page’s, or another record’s. "
    "{marking:note} writes one on the whole record."
)

Cell = tuple[int, int]
"""A line and a column."""


class Marker(Lines):
    """Stands in the place of the record's page while words are marked on it."""

    BINDINGS = commands.bindings(commands.MARKING, "marking")

    @dataclass
    class Chosen(Message):
        """These words are to be annotated."""

        ref: Ref
        """The record that the words were marked in."""
        words: str
        before: str
        after: str

    def __init__(
        self,
        ref: Ref,
        title: str,
        lines: list[Text],
        top: int,
        *,
        can_carry: Callable[[str], bool],
    ) -> None:
        """`can_carry` says whether a note can stand on some words of the lines."""
        super().__init__(classes="marker")
        self._can_carry = can_carry
        self._ref = ref
        self._lines = lines
        self._start_top: int | None = top
        self.words = WordSelection(list(map(without_signs, lines)))
        self.border_title = _titled(title)
        self._is_dragging = False

    def begin(self, start: Cell, end: Cell | None = None) -> None:
        """Put the caret near a cell; with an end, go on marking to where the mouse goes."""
        self.words.go_to(*start)
        if end is not None:
            self.words.mark = self.words.caret
            self.words.go_to(*end)
            self._is_dragging = True
            self.capture_mouse()

    def begin_at_own(self, is_own: Callable[[str], bool]) -> None:
        """Go on to the next words that are the record's own, or back to the last before."""
        self.words.go_to_own(is_own)

    def renew(
        self, ref: Ref, title: str, lines: list[Text], can_carry: Callable[[str], bool]
    ) -> bool:
        """Go on marking on the page as it reads now; whether the words still stand there."""
        words = self.words.again(list(map(without_signs, lines)))
        if words is None:
            return False
        moved = words.here.line - self.words.here.line
        self._ref, self._lines, self.words, self._can_carry = ref, lines, words, can_carry
        self.border_title = _titled(title)
        self.set_length(len(lines))
        self.scroll_to(y=self.top + moved, animate=False)
        self._show()
        return True

    def on_resize(self) -> None:
        self.set_length(len(self._lines))
        if self._start_top is not None:  # only now it is known how much is seen
            self.scroll_to(y=self._start_top, animate=False)
            self._start_top = None
        self._show()

    def line(self, number: int) -> Text:
        return Text(" ") + self._lines[number]

    def marked(self, number: int, strip: Strip) -> Strip:
        if not self.words or (cells := self.words.cells(number)) is None:
            return strip
        first, last = cells[0] + 1, cells[1] + 1
        middle = over(strip.crop(first, last), self.look.styles["cursor"])
        return Strip.join([strip.crop(0, first), middle, strip.crop(last)])

    def _show(self) -> None:
        if self.words:
            self.show_line(self.words.here.line)
            count = labels.counted(len(self.words.marked), "word")
            hint = (
                f"{count} marked"
                if self.words.mark is not None
                else key_words.said("{marking:mark} begins marking")
            )
            if not self._can_carry(self.words.text):
                hint = key_words.said(_NOT_HERE)
            self.border_subtitle = Content(hint)
        self.refresh()

    def _go(self, place: int) -> None:
        self.words.go(place)
        self._show()

    def action_next_word(self) -> None:
        self._go(self.words.caret + 1)

    def action_previous_word(self) -> None:
        self._go(self.words.caret - 1)

    def action_line_down(self) -> None:
        self._go_lines(1)

    def action_line_up(self) -> None:
        self._go_lines(-1)

    def _go_lines(self, way: int) -> None:
        if self.words:
            self.words.go_lines(way)
            self._show()

    def action_mark(self) -> None:
        """Begin marking at the caret, or begin anew."""
        self.words.mark = self.words.caret if self.words.mark is None else None
        self._show()
        if self.words.mark is not None and not self._can_carry(self.words.text):
            self.notify(key_words.said(_WHY_NOT), severity="warning")

    def action_copy(self) -> None:
        """Copy the words that are marked, or the word at the caret."""
        if self.words:
            around(self).action_do("copy_words")
        else:
            self.notify("There are no words here.")

    def action_annotate(self) -> None:
        before, after = self.words.around
        self.post_message(self.Chosen(self._ref, self.words.text, before, after))

    def action_leave(self) -> None:
        around(self).leave_record()

    # By mouse: press, drag, let go.

    def _cell(self, event: MouseDown | MouseMove) -> Cell | None:
        place = event.get_content_offset(self)
        return (place.y + self.top, place.x - 1) if place is not None else None

    def on_mouse_down(self, event: MouseDown) -> None:
        cell = self._cell(event)
        if cell is not None and self.words:
            self._is_dragging = True
            self.capture_mouse()
            self.words.go_to(*cell)
            self.words.mark = self.words.caret
            self._show()

    def on_mouse_move(self, event: MouseMove) -> None:
        cell = self._cell(event)
        if self._is_dragging and cell is not None:
            self.words.go_to(*cell)
            self._show()

    def on_mouse_up(self, _: MouseUp) -> None:
        self._is_dragging = False
        self.release_mouse()


def _titled(title: str) -> Content:
    return Content(f"Mark words · {title}")
