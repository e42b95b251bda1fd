"""What the four panes share: a titled list of records with a cursor and a filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click, MouseDown
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip

from explorer.model import Ref
from explorer.search import words_of
from explorer.ui import commands, paint
from explorer.ui.lines import Lines, over
from explorer.view import View

RowPainter = Callable[[View, Ref, int], Text]
"""Paints a record as a row of so many cells."""


_DOUBLE = 2
"""How many clicks go into the record."""


class RecordList(Lines):
    """The rows of a pane. It holds references, and paints each row when it is seen."""

    BINDINGS = commands.bindings(commands.PANE)

    cursor = reactive(0, repaint=False)

    @dataclass
    class Highlighted(Message):
        """The cursor has come to a record."""

        ref: Ref

    class Read(Message):
        """The person wants to go into the record under the cursor."""

    def __init__(self, painter: RowPainter) -> None:
        super().__init__()
        self._painter = painter
        self.rows: tuple[Ref, ...] = ()
        self.view: View | None = None
        self._empty = ""

    @property
    def current(self) -> Ref | None:
        """The record under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, view: View, rows: tuple[Ref, ...], empty: str) -> None:
        """List these rows; the cursor stays on its record when that is still there.

        `empty` is what to say when there are none.
        """
        self._empty = empty
        kept = self.current
        place = self.cursor
        self.view, self.rows = view, rows
        self.set_length(len(rows) or 1)
        self.set_reactive(
            RecordList.cursor,
            rows.index(kept) if kept in rows else max(min(place, len(rows) - 1), 0),
        )
        self.show_line(self.cursor)
        self.refresh()
        if self.has_focus and self.current is not None and self.current != kept:
            self.post_message(self.Highlighted(self.current))

    def move_to(self, ref: Ref) -> bool:
        """Put the cursor on a record without telling anyone; False when it is not listed."""
        if ref not in self.rows:
            return False
        before = self.cursor
        self.set_reactive(RecordList.cursor, self.rows.index(ref))
        self.refresh_line(before)
        self.refresh_line(self.cursor)
        self.show_line(self.cursor)
        return True

    def line(self, number: int) -> Text:
        if self.view is None or not self.rows:
            return Text(f" {self._empty}", "muted")
        ref = self.rows[number]
        chosen = ref in self.view.scope.chosen
        mark = paint.SCOPE_MARK if chosen else " "
        noted = paint.NOTE_MARK if self.view.has_note(ref) else " "
        return Text.assemble(
            (mark, "mark"),
            self._painter(self.view, ref, self.room - 3),
            " ",
            (noted, "mark"),
        )

    def marked(self, number: int, strip: Strip) -> Strip:
        if number != self.cursor or not self.rows:
            return strip
        role = "cursor" if self.has_focus else "current"
        return over(strip, self.look.styles[role])

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.rows) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        self.refresh_line(before)
        self.refresh_line(now)
        self.show_line(now)
        if self.current is not None:
            self.post_message(self.Highlighted(self.current))

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)
        if self.current is not None:
            self.post_message(self.Highlighted(self.current))

    def on_blur(self) -> None:
        self.refresh_line(self.cursor)

    def on_resize(self) -> None:
        self.set_length(len(self.rows) or 1)
        self.show_line(self.cursor)

    def on_mouse_down(self, event: MouseDown) -> None:
        # Not on the click: by then the pane has opened, and another row lies below the mouse.
        place = event.get_content_offset(self)
        if place is not None and place.y + self.top < len(self.rows):
            self.cursor = place.y + self.top

    def on_click(self, event: Click) -> None:
        if event.chain == _DOUBLE:
            self.action_read()

    def action_cursor_down(self) -> None:
        self.cursor += 1

    def action_cursor_up(self) -> None:
        self.cursor -= 1

    def action_page_down(self) -> None:
        self.cursor += self.tall

    def action_page_up(self) -> None:
        self.cursor -= self.tall

    def action_first(self) -> None:
        self.cursor = 0

    def action_last(self) -> None:
        self.cursor = len(self.rows) - 1

    def action_read(self) -> None:
        self.post_message(self.Read())


class Filter:
    """What is said while a filter is typed."""

    @dataclass
    class Typed(Message):
        """The words so far."""

        words: str

    @dataclass
    class Moved(Message):
        """An arrow was pressed: move the list's cursor by so many rows."""

        rows: int

    class Ended(Message):
        """Typing is over; the words stay."""


class Pane(Vertical):
    """A numbered pane. A child gives its name in the view, a title and a way to paint a row."""

    NAME: ClassVar[str]
    NUMBER: ClassVar[int]
    TITLE: ClassVar[str]
    row: ClassVar[staticmethod[[View, Ref, int], Text]]

    view: var[View | None] = var(None)
    words: var[str] = var("")
    """The filter as typed."""

    def compose(self) -> ComposeResult:
        yield RecordList(self.row)

    @property
    def list(self) -> RecordList:
        return self.query_one(RecordList)

    def watch_view(self) -> None:
        self._fill()

    def watch_words(self) -> None:
        self._fill()

    def _fill(self) -> None:
        if self.view is None or not self.is_mounted:
            return
        rows = self.view.rows(self.NAME, words_of(self.words))
        self.list.show(self.view, rows, self._reason_for_nothing())
        shown, total = self.view.counted(self.NAME, rows), self.view.total(self.NAME)
        count = str(total) if shown == total else f"{shown} of {total}"
        words = f" /{self.words}" if self.words else ""
        self.border_title = Content.assemble(
            f"{self.NUMBER} {self.TITLE} ", (count, "not bold"), (words, "$text-accent")
        )
        self.set_class(not rows, "-empty")

    def _reason_for_nothing(self) -> str:
        if self.words:
            return f"Nothing has “{self.words}”. Esc clears."
        scoped = self.view is not None and self.view.scope.chosen
        return "Nothing belongs with the scope." if scoped else "The record has none."

    @property
    def is_filtering(self) -> bool:
        """Whether a filter is being typed."""
        return self.has_class("-filtering")

    async def type_filter(self) -> None:
        """Open the line in which a filter is typed, and go there."""
        from explorer.ui.panes.filter_input import FilterInput

        if not self.is_filtering:
            self.add_class("-filtering")
            await self.mount(FilterInput(self.words, placeholder="words to find", compact=True))
        self.query_one(FilterInput).focus()

    @on(Filter.Typed)
    def narrow(self, event: Filter.Typed) -> None:
        self.words = event.words
        if self.list.current is not None:
            self.post_message(RecordList.Highlighted(self.list.current))

    @on(Filter.Moved)
    def move(self, event: Filter.Moved) -> None:
        self.list.cursor += event.rows

    @on(Filter.Ended)
    async def end_filter(self) -> None:
        self.list.focus()
        self.remove_class("-filtering")
        await self.query("FilterInput").remove()
