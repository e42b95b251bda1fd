"""What the terminal shows, so that only what is to look otherwise is written.

Textual writes each line of a widget that may have changed, whole, and says the whole style
of every few letters. Over a slow line a key would then take as long as the first screen did.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

Pen = tuple[str, str, str]
"""Attributes, colour and background, as the terminal is told of them."""
Cell = tuple[str, Pen]
"""A character, or nothing in the second cell of a wide one."""

_PLAIN: Pen = ("", "39", "49")
_NEAR = 3
"""Cells that are sooner written once more than passed over."""


class Drawn:
    """Keeps each cell as it was written last."""

    def __init__(self) -> None:
        self._rows: list[list[Cell | None]] = []
        """None where it is not known what the terminal shows."""
        self._written: list[str] = []
        self._at: tuple[int, int] | None = None
        """The line and column the terminal writes to next, while that is certain."""
        self._pen: Pen | None = None
        """What it writes with."""

    def forget(self) -> None:
        """The terminal may show anything: it was resized, or another program had it."""
        self._rows = []

    def changes(self, update: CompositorUpdate) -> CompositorUpdate:
        """What Textual wants to be drawn, less what is there already."""
        is_known = isinstance(update, (LayoutUpdate, ChopsUpdate))
        return _Changes(self, update) if is_known else update

    def written(self, update: CompositorUpdate, console: Console) -> str:
        """What is to be written, which is then taken to be shown."""
        self._written, self._at, self._pen = [], None, None
        for line, left, strip in _strips(update):
            self._have(line, left + strip.cell_length)
            cells = _cells(strip, console._color_system or ColorSystem.TRUECOLOR)  # noqa: SLF001
            if cells is None:
                self._write_whole(line, left, strip.render(console))
            else:
                self._write_changes(line, left, cells)
        if self._pen is not None:
            self._written.append("\x1b[0m")
        return "".join(self._written)

    def _have(self, line: int, width: int) -> None:
        """Have a place for so many cells of a line."""
        while len(self._rows) <= line:
            self._rows.append([])
        row = self._rows[line]
        row.extend(repeat(None, width - len(row)))

    def _write_whole(self, line: int, left: int, text: str) -> None:
        """Write what terminals do not agree about how wide it is.

        From there on nothing in the line is certain.
        """
        self._move(line, left)
        self._written.append(f"\x1b[0m{text}")
        self._at = self._pen = None
        row = self._rows[line]
        row[left:] = repeat(None, len(row) - left)

    def _write_changes(self, line: int, left: int, cells: list[Cell]) -> None:
        row, end = self._rows[line], left + len(cells)
        before = row[left:end]
        if before == cells:
            return
        row[left:end] = cells
        first, many = 0, len(cells)
        while first < many:
            if before[first] == cells[first]:
                first += 1
                continue
            after = place = first + 1
            while place < many and place - after <= _NEAR:
                if before[place] != cells[place]:
                    after = place + 1
                place += 1
            while not cells[first][0]:  # a wide character is written from its first cell,
                first -= 1  # which went with the second when that was overwritten
            while after < many and not cells[after][0]:
                after += 1
            self._write(line, left + first, cells[first:after])
            first = after

    def _write(self, line: int, column: int, cells: list[Cell]) -> None:
        self._move(line, column)
        for character, pen in cells:
            if pen != self._pen:
                self._written.append(_change(self._pen, pen))
                self._pen = pen
            self._written.append(character)
        # Behind the last cell of a line terminals differ in where they are.
        end = column + len(cells)
        self._at = (line, end) if end < len(self._rows[line]) else None

    def _move(self, line: int, column: int) -> None:
        if self._at == (line, column):
            return
        if self._at is not None and self._at[0] == line and column > self._at[1]:
            self._written.append(f"\x1b[{column - self._at[1]}C")
        else:
            self._written.append(f"\x1b[{line + 1};{column + 1}H")


class _Changes(CompositorUpdate):
    """What is to be drawn, rendered when it is sure to be written."""

    def __init__(self, drawn: Drawn, update: CompositorUpdate) -> None:
        self._drawn, self._update = drawn, update

    def render_segments(self, console: Console) -> str:
        return self._drawn.written(self._update, console)


def _strips(update: CompositorUpdate) -> Iterator[tuple[int, int, Strip]]:
    """What is to be drawn, each with its line and first column."""
    if isinstance(update, LayoutUpdate):
        for line, strips in enumerate(update.strips, update.region.y):
            column = update.region.x
            for strip in strips:
                yield line, column, strip
                column += strip.cell_length
    elif isinstance(update, ChopsUpdate):
        for line, first, last in update.spans:
            ends = update.chop_ends[line]
            for end, (column, part) in zip(ends, update.chops[line].items(), strict=False):
                if part is not None and column < last and end > first:
                    yield line, column, part


def _cells(strip: Strip, colors: ColorSystem) -> list[Cell] | None:
    """The cells of a strip; None when terminals may not agree about them."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control or (style is not None and style.link):
            return None
        pen = _pen(style, colors) if style is not None else _PLAIN
        if text.isascii() and text.isprintable():
            cells += zip(text, repeat(pen))
            continue
        for character in text:
            width = _width(character)
            if not width:
                return None
            cells.append((character, pen))
            if width > 1:
                cells.append(("", pen))
    return cells


@lru_cache(4096)
def _width(character: str) -> int:
    """How many cells a character takes in every terminal; 0 when they differ.

    They differ about emoji, about marks that join what is before them, about scripts whose
    letters are drawn together.
    """
    code, width = ord(character), get_character_cell_size(character)
    european = code < 0x0590 or 0x1E00 <= code < 0x2C00  # noqa: PLR2004
    chinese = 0x2E80 <= code < 0xFE00 or 0xFF00 <= code < 0xFFE7 or 0x20000 <= code < 0x32000  # noqa: PLR2004
    return width if (european and width == 1) or (chinese and width == 2) else 0  # noqa: PLR2004


@lru_cache(4096)
def _pen(style: Style, colors: ColorSystem) -> Pen:
    looks = style.without_color.render("_", color_system=colors).partition("_")[0]
    color, background = (
        ";".join(c.downgrade(colors).get_ansi_codes(foreground=is_color)) if c else plain
        for c, is_color, plain in ((style.color, True, "39"), (style.bgcolor, False, "49"))
    )
    return looks.removeprefix("\x1b[").removesuffix("m"), color, background


@lru_cache(4096)
def _change(before: Pen | None, now: Pen) -> str:
    """What tells the terminal to write with another pen."""
    if before is None or before[0] != now[0]:
        return f"\x1b[{';'.join(filter(None, ('0', *now)))}m"
    changed = [code for was, code in zip(before[1:], now[1:], strict=True) if was != code]
    return f"\x1b[{';'.join(changed)}m"
