"""What a chart of amounts over time was drawn as."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """The chart on lines of text."""

    lines: list[Text]
    spots: Mapping[str, tuple[int, int, int]]
    """Where each step and mark is: row, first and last column, by key."""

    def at(self, x: int, y: int, reach: int = 1) -> str | None:
        """The key of what is drawn at or next to a cell, a sign before a level."""
        near = [
            (max(first - x, x - last, 0) + abs(row - y), last - first, key)
            for key, (row, first, last) in self.spots.items()
        ]
        distance, _, key = min(near, default=(reach + 1, 0, ""))
        return key if distance <= reach else None
