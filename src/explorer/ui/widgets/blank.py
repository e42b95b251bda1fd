"""What only holds others, and is seen where they leave a gap.

It has neither border nor words: one of its lines stands for all, so that a frame has half as
many lines to paint.
"""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip


def first_line(crop: Region) -> Region:
    """The first line of what is to be painted."""
    return Region(crop.x, crop.y, crop.width, 1)


class Row(Horizontal):
    """Holds others side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return super().render_lines(first_line(crop)) * crop.height


class Column(Vertical):
    """Holds others one below another."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return super().render_lines(first_line(crop)) * crop.height
