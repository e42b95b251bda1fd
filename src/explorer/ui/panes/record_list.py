"""A list of records with a cursor, painted row by row as they are seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from rich.text import Text
from textual.events import Click, MouseDown
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from explorer.documents.news_words import SIGNS
from explorer.record.labels import OWN_SIGN
from explorer.record.model import Ref
from explorer.record.numbering import Numbered, Refs
from explorer.record.tables import has_own
from explorer.ui import commands, style
from explorer.ui.panes import RowPainter
from explorer.ui.widgets.lines import Lines, over
from explorer.ui.widgets.nearest import nearest
from explorer.ui.widgets.reader import around
from explorer.view import View

_DOUBLE = 2
"""How many clicks go into the record."""


class RecordList(Lines):
    """The rows of a pane, perhaps under headings. It holds references, not records."""

    BINDINGS = commands.bindings(commands.PANE, "pane")

    cursor = reactive(0, repaint=False, init=False)
    """The row the cursor is on."""

    class Highlighted(Message):
        """The cursor has come to a record."""

        def __init__(self, ref: Ref) -> None:
            super().__init__()
            self.ref = ref

    def __init__(self, painter: RowPainter) -> None:
        super().__init__()
        self._painter = painter
        self._view: View | None = None
        self._empty = ""
        self.rows: Sequence[Ref] = ()
        self._headed: list[int] = []
        """The rows that a heading stands above …"""
        self._headings: dict[int, str] = {}
        """… and the line of each heading with what it says."""
        self._tall = 10_000
        """How many lines were seen before; at first it may be any."""
        self._is_to_say = False
        """Whether it is arranged that the record the cursor has come to is made known."""

    @property
    def current(self) -> Ref | None:
        """The record under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, view: View, rows: Refs, empty: str) -> None:
        """List these rows; the cursor stays on its record, or goes to the nearest still there.

        `empty` is what to say when there are none.
        """
        were, place, before = self.rows, self.cursor, self._view
        self._view, self._empty = view, empty
        is_other = before is not None and before.whole is not view.whole
        # Of two datasets, to compare a hundred thousand rows one by one takes too long.
        if is_other or rows != were:
            height = self.line_of(place) - self.top
            if is_other:
                were = Numbered(range(len(were)), partial(_following, were, view))
            self.rows = rows
            self._arrange(self._painter.headings(view, rows))
            self.set_length(self._length)
            kept = nearest(were, place, rows.as_set())
            self.set_reactive(RecordList.cursor, rows.index(kept) if kept is not None else 0)
            if is_other and self.top and 0 <= height < self.tall:
                self.scroll_to(y=self.line_of(self.cursor) - height, animate=False)
            self._show_row()
        self.refresh()

    def _arrange(self, headings: Iterable[str]) -> None:
        """Put headings between the rows where they change."""
        self._headed, self._headings = [], {}
        place = 0
        for heading, of_it in groupby(headings):
            if heading or place:
                self._headings[place + len(self._headed)] = heading
                self._headed.append(place)
            place += sum(1 for _ in of_it)

    @property
    def _length(self) -> int:
        """How many lines there are."""
        return len(self.rows) + len(self._headed) or 1

    def line_of(self, row: int) -> int:
        """The line of a row, below all the headings above it."""
        return row + bisect_right(self._headed, row)

    def _on_line(self, number: int) -> int | str:
        """What a line is: the place of a row, or a heading."""
        heading = self._headings.get(number)
        return number - bisect_left([*self._headings], number) if heading is None else heading

    def move_to(self, ref: Ref) -> bool:
        """Put the cursor on a record without telling anyone; False when it is not listed."""
        if ref not in self.rows:
            return False
        before = self.cursor
        self.set_reactive(RecordList.cursor, self.rows.index(ref))
        self._refresh_row(before)
        self._refresh_row(self.cursor)
        self._show_row()
        return True

    def line(self, number: int) -> Text:
        if self._view is None or not self.rows:
            return Text(f" {self._empty}", "muted")
        row = self._on_line(number)
        if isinstance(row, str):
            return style.heading_row(row, self.room)
        ref = self.rows[row]
        chosen = ref in self._view.scope.chosen
        mark = style.SCOPE_MARK if chosen else " "
        width = self.room - 2  # a blank at either side
        said = self._painter.row(self._view, ref, width, self.tall > 1)
        painted = style.record_row(width, said, list(_signs(self._view, ref)))
        return Text.assemble((mark, "mark"), painted)

    def marked(self, number: int, strip: Strip) -> Strip:
        if not self.rows or self._on_line(number) != self.cursor:
            return strip
        role = "cursor" if self.has_focus else "current"
        return over(strip, self.look.styles[role])

    def _refresh_row(self, row: int) -> None:
        if row < len(self.rows):
            self.refresh_line(self.line_of(row))

    def _show_row(self) -> None:
        """Bring the cursor into sight, with the heading above it where there is room."""
        if self.cursor < len(self.rows):
            line = self.line_of(self.cursor)
            headed = self.tall > 1 and self.cursor in self._headed
            self.show_line(line - headed, line)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.rows) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        self._refresh_row(before)
        self._refresh_row(now)
        self._show_row()
        if not self._is_to_say:
            self._is_to_say = True
            # The record takes longer than the cursor, which is seen to move at once.
            self.call_after_refresh(self._say_where)

    def _say_where(self) -> None:
        self._is_to_say = False
        if self.current is not None:
            self.post_message(self.Highlighted(self.current))

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)
        if self.current is not None:
            self.post_message(self.Highlighted(self.current))

    def on_blur(self) -> None:
        self._refresh_row(self.cursor)

    def on_resize(self) -> None:
        self.set_length(self._length)
        here = self.line_of(self.cursor) - self.top if self.rows else 0
        if 0 <= here < self._tall:  # else somebody scrolled away from it
            self._show_row()
        self._tall = self.tall

    def on_mouse_down(self, event: MouseDown) -> None:
        # Not on the click: by then the pane has opened, and another row lies below the mouse.
        place = event.get_content_offset(self)
        if self.rows and place is not None and place.y + self.top < self._length:
            row = self._on_line(place.y + self.top)
            if isinstance(row, int):
                self.cursor = row

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
        around(self).read()


def _following(rows: Sequence[Ref], view: View, number: int) -> Ref:
    """A record that was listed, as it is called now."""
    return view.whole.current(rows[number]) or rows[number]


def _signs(view: View, ref: Ref) -> Iterator[tuple[str, str]]:
    """The signs beside a record, each with its role."""
    if has_own(view.index[ref]):
        yield OWN_SIGN, "mark"
    if view.news.left and (fate := view.news.mark_of(ref, view.index)):
        yield SIGNS[fate], style.NEWS_ROLES[fate]
    if view.is_disputed(ref):
        yield style.CONFLICT_MARK, "warning"
    if view.has_note(ref):
        yield style.NOTE_MARK, "mark"
