"""A scrollbar that is painted without going by way of Rich."""

from __future__ import annotations

from typing import cast

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class QuickScrollBar(ScrollBar):
    """One cell wide, and changed by each record: Textual’s took a tenth of a cursor key."""

    _painted: tuple[object, list[Strip]] = (None, [])
    """How it was painted last, and of what."""

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        filters = (f for f in self.get_line_filters() if not isinstance(f, ANSIToTruecolor))
        if not isinstance(bar, ScrollBarRender) or any(filters):
            return super().render_lines(crop)
        of = (self.size, bar.virtual_size, bar.window_size, bar.position, bar.style)
        if of != self._painted[0]:
            style = cast("Style", bar.style)
            drawn = bar.render_bar(
                size=self.size.height,
                virtual_size=bar.virtual_size,
                window_size=bar.window_size,
                position=bar.position,
                back_color=cast("Color", style.bgcolor),
                bar_color=cast("Color", style.color),
            )
            segments = Segment.apply_style(drawn.segments, self.rich_style)
            self._painted = (of, [Strip([segment], 1) for segment in segments])
        return self._painted[1][crop.y : crop.bottom]
