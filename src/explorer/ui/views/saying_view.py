"""A view of signs, which says in words below the cursor what the sign there means."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from explorer.documents.sheet import Span
from explorer.ui.views.sheet_view import SheetView
from explorer.ui.widgets.layout import Layout
from explorer.ui.widgets.sheet_text import as_text

_CORNER = "╰ "
"""From a sign to what it means."""


class SayingView(SheetView):
    """What is said stands in lines of its own, which push the others down."""

    _below: tuple[tuple[Layout | None, int], Sequence[Text]] = ((None, 0), ())
    """The lines below the cursor, and where that was when they were written."""

    def said_below(self) -> Sequence[tuple[Span, ...]]:
        """What there is to say of the entry under the cursor, a line or more for each."""
        return ()

    @property
    def room_for_lines(self) -> int:
        """Cells that a line has, beside the frame."""
        return max(self.room - 2, 1)

    @property
    def _said(self) -> Sequence[Text]:
        """The lines below the cursor, where it is now."""
        here = (self._layout, self.stop)
        if self._below[0] != here:
            self._below = here, ()  # to find out where that is may ask for the length again
            self._below = here, self._written()
        return self._below[1]

    def _written(self) -> list[Text]:
        """The lines, each with its end where the cursor is if it has room."""
        here = self.here
        if here is None:
            return []
        lines: list[Text] = []
        width = self.room_for_lines - len(_CORNER)
        for spans in self.said_below():
            for said in self.look.wrap(as_text(spans), width):
                left = max(min(here.left, width - said.cell_len), 0)
                is_below = left == here.left and not lines
                corner = _CORNER if is_below else " " * len(_CORNER)
                lines.append(Text.assemble(" " * (left + 1), (corner, "rule"), said))
        return lines

    def line(self, number: int) -> Text:
        here, said = self.here, self._said
        if here is None or number <= here.first:
            return super().line(number)
        if number <= here.first + len(said):
            return said[number - here.first - 1]
        return super().line(number - len(said))

    def text_line(self, number: int) -> int:
        here, said = self.here, self._said
        if here is None or number <= here.first:
            return super().text_line(number)
        is_said = number <= here.first + len(said)
        return -1 if is_said else super().text_line(number - len(said))

    def set_length(self, lines: int) -> None:
        super().set_length(lines + len(self._said))

    def _show_stop(self) -> None:
        super()._show_stop()
        if self._said and (here := self.here) is not None:
            self.set_length(self._layout.length)
            self.show_line(here.first, here.first + len(self._said))

    def action_first(self) -> None:
        super().action_first()
        self._show_stop()

    def action_last(self) -> None:
        super().action_last()
        self._show_stop()
