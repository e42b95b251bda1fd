"""A widget that draws only the lines that are visible, so length costs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.events import MouseEvent
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from explorer.ui.app_services import app_services
from explorer.ui.style import Look, fitted
from explorer.ui.widgets.quick_scrollbar import QuickScrollBar


def over(strip: Strip, style: Style) -> Strip:
    """A strip with a style laid over its own, as a cursor is."""
    return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)


class Lines(ScrollView, can_focus=True):
    """Scrolling one-line texts; children say what a line is and how it is marked."""

    _had: Size | None = None
    """The cells it had on the screen when it last had any."""
    _base: Style | None = None
    """The widget's own style, asked for once and not for every line."""
    _sides: tuple[list[Segment], list[Segment]] | None = None
    """The frame at the left and at the right of a line."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """One that is painted quickly, made as Textual makes its own."""
        if self._vertical_scrollbar is None:
            bar = self._vertical_scrollbar = QuickScrollBar(name="vertical")
            bar.display = False
            self.app._start_widget(self, bar)  # noqa: SLF001
        return self._vertical_scrollbar

    @property
    def look(self) -> Look:
        """The styles of the theme in use."""
        return app_services(self).look

    def line(self, number: int) -> Text:
        """The text of a line, at most `room` cells wide."""
        raise NotImplementedError

    def marked(self, number: int, strip: Strip) -> Strip:  # noqa: ARG002 -- children use it
        """The line as it is to be seen, with a cursor for instance."""
        return strip

    @property
    def _there(self) -> Size:
        """What there is of it on the screen.

        Out of sight, not mounted or without a cell it has what it had last, and at first
        the whole screen: there is no moment at which lines cannot be laid out.
        """
        return self.scrollable_content_region.size or self._had or self.app.size

    def on_resize(self) -> None:
        """Remember the room it has, for when it has none."""
        self._had = self.scrollable_content_region.size or self._had

    @property
    def allow_vertical_scroll(self) -> bool:
        """Also before there is a scrollbar, so that what is shown later is shown there."""
        return True

    @property
    def room(self) -> int:
        """Cells a line may take."""
        return max(self._there.width, 1)

    @property
    def top(self) -> int:
        """The first visible line."""
        return round(self.scroll_offset.y)

    @property
    def tall(self) -> int:
        """How many lines are visible at once."""
        return max(self._there.height, 1)

    def line_at(self, event: MouseEvent) -> int | None:
        """The line that the mouse is on, if there is one."""
        place = event.get_content_offset(self)
        number = place.y + self.top if place is not None else -1
        return number if 0 <= number < self.virtual_size.height else None

    def set_length(self, lines: int) -> None:
        """Say how many lines there are now."""
        size = Size(self.room, lines)
        if size != self.virtual_size:
            # Set openly it would lay out the whole screen, for a scrollbar in our own gutter.
            self.set_reactive(Lines.virtual_size, size)
            self._scroll_update(size)
            self.scroll_to(y=self.scroll_y, animate=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is done to each line: its colours are the theme's, and none the terminal's own."""
        return [f for f in super().get_line_filters() if not isinstance(f, ANSIToTruecolor)]

    def render_line(self, y: int) -> Strip:
        return self._drawn(y + self.top, self.room)

    def _drawn(self, number: int, room: int) -> Strip:
        if self._base is None:
            self._base = self.rich_style
        if not 0 <= number < self.virtual_size.height:
            return Strip([Segment(" " * room, self._base)], room)
        line = fitted(self.line(number), room)
        segments = Segment.apply_style(self.look.segments(line), self._base)
        return self.marked(number, Strip(segments, room))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Put each line between the sides of the frame, which Textual would make anew for it."""
        frame = self.styles.gutter
        inside = range(max(crop.y, frame.top), min(crop.bottom, frame.top + self.size.height))
        if self._sides is not None:
            self._make(inside, frame.top)
        strips = super().render_lines(crop)
        if self._sides is None and inside:
            segments = list(strips[inside.start - crop.y])
            self._sides = (segments[: frame.left], segments[len(segments) - frame.right :])
        return strips

    def _make(self, lines: range, first: int) -> None:
        """Have the lines that are to be drawn among those that Textual keeps."""
        kept, room, top = self._styles_cache, self.room, self.top
        left, right = self._sides or ([], [])
        width = self.size.width + len(left) + len(right)
        if kept._width != width:  # noqa: SLF001 -- it will keep nothing of another width
            return
        gap = Segment(" " * (self.size.width - room), self._base)
        for y in lines:
            if kept.is_dirty(y) or y not in kept._cache:  # noqa: SLF001
                drawn = self._drawn(y - first + top, room)
                kept._cache[y] = Strip([*left, *drawn, gap, *right], width)  # noqa: SLF001
                kept._dirty_lines.discard(y)  # noqa: SLF001

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._base = self._sides = None

    def action_page_down(self) -> None:
        """Go down by a screenful, less a line to go on from."""
        self.scroll_relative(y=self.tall - 1, animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=1 - self.tall, animate=False)

    def show_line(self, first: int, last: int | None = None) -> None:
        """Scroll, at once, by no more than is needed to see the lines from first to last."""
        last = first if last is None else last
        if last >= self.top + self.tall:
            self.scroll_to(y=last - self.tall + 1, animate=False)
        if first < round(self.scroll_target_y):
            self.scroll_to(y=first, animate=False)
