"""A layout in the order in which it is read: block by block, and a table column by column."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.cells import cell_len
from rich.style import Style

from explorer.ui.widgets.layout import Layout
from explorer.ui.widgets.passages import Passage, Piece, in_columns, joined
from explorer.ui.widgets.sheet_text import STOP


def passages_of(layout: Layout) -> Iterator[Passage]:
    """All words of a layout, with those in columns that are out of sight."""
    lines = [(number, line.plain) for number, line in enumerate(layout.lines)]
    begins = [*layout.blocks, len(lines)]
    yield from (Passage([Piece(number, 0, text)]) for number, text in lines[: begins[0]])
    for first, end in pairwise(begins):
        columns = layout.blocks[first]
        yield from in_columns(lines[first:end], columns) if columns else joined(lines[first:end])
        for stop, _, _, text in layout.beyond.get(first, ()):
            yield Passage([Piece(first, 0, part) for part in text.split("\n")], stop)


def stop_at(layout: Layout, line: int, column: int) -> int | None:
    """The stop that a character of a line is part of, or else the nearest after it."""
    if not 0 <= line < len(layout.lines):
        return None
    text = layout.lines[line]
    for span in reversed(text.spans):
        if span.start <= column < span.end and isinstance(span.style, Style):
            stop = span.style.meta.get(STOP)
            if isinstance(stop, int):
                return stop
    left = cell_len(text.plain[:column])
    beside = [
        (stop.left, number)
        for number, stop in enumerate(layout.stops)
        if stop.first <= line <= stop.last and stop.left <= left and not stop.beyond
    ]
    after = (n for n, s in enumerate(layout.stops) if s.first >= line and not s.beyond)
    return max(beside)[1] if beside else next(after, None)
