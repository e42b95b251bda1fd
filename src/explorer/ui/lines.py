"""A widget that draws only the lines that are visible, so length costs nothing."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from explorer.ui.paint import Look, fitted


def over(strip: Strip, style: Style) -> Strip:
    """A strip with a style laid over its own, as a cursor is."""
    return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)


class Lines(ScrollView, can_focus=True):
    """Scrolling one-line texts; children say what a line is and how it is marked."""

    look: Look = Look.plain()
    _base: Style | None = None
    """The widget's own style, asked for once and not for every line."""

    def line(self, number: int) -> Text:
        """The text of a line, at most `room` cells wide."""
        raise NotImplementedError

    def marked(self, number: int, strip: Strip) -> Strip:  # noqa: ARG002 -- children use it
        """The line as it is to be seen, with a cursor for instance."""
        return strip

    @property
    def room(self) -> int:
        """Cells a line may take."""
        return max(self.scrollable_content_region.width, 1)

    @property
    def top(self) -> int:
        """The first visible line."""
        return round(self.scroll_offset.y)

    @property
    def tall(self) -> int:
        """How many lines are visible at once."""
        return max(self.scrollable_content_region.height, 1)

    def restyle(self, look: Look) -> None:
        """Take on the styles of another theme."""
        self.look = look
        self.refresh()

    def correct_length(self, lines: int) -> None:
        """Say how many lines there are after all, when that was guessed nearly right.

        The scrollbar follows with the next scroll: a thumb off by a hair is not worth a
        second repaint after every key.
        """
        if abs(lines - self.virtual_size.height) * 20 > lines:
            self.set_length(lines)
        else:
            self.set_reactive(Lines.virtual_size, Size(self.room, lines))

    def set_length(self, lines: int) -> None:
        """Say how many lines there are now."""
        size = Size(self.room, lines)
        if size != self.virtual_size:
            # Set openly it would lay out the whole screen, for a scrollbar in our own gutter.
            self.set_reactive(Lines.virtual_size, size)
            self._scroll_update(size)
            self.scroll_to(y=self.scroll_y, animate=False)

    def render_line(self, y: int) -> Strip:
        number = y + self.top
        if self._base is None:
            self._base = self.rich_style
        if not 0 <= number < self.virtual_size.height:
            return Strip.blank(self.size.width, self._base)
        line = fitted(self.line(number), self.room)
        segments = Segment.apply_style(self.look.segments(line), self._base)
        return self.marked(number, Strip(segments, self.room))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._base = None

    def show_line(self, first: int, last: int | None = None) -> None:
        """Scroll, at once, by no more than is needed to see the lines from first to last."""
        last = first if last is None else last
        if last >= self.top + self.tall:
            self.scroll_to(y=last - self.tall + 1, animate=False)
        if first < round(self.scroll_target_y):
            self.scroll_to(y=first, animate=False)
