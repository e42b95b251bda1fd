"""A chart of rates over time, drawn with box characters.

Each side has a sort of line of its own, heavy or double, so that they can be told apart without
colour; where both run on the same cells they take turns. Figures that are no step stand as
signs: ◇ a claim, △ a threat, ▷ an order, □ a rate for some goods. A plotting library was tried
(plotext): it draws every line with the same blocks or dots, which only colour tells apart, and
knows no signs to point at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from rich.text import Text

from explorer.record.labels import MONTHS

_LEFT, _RIGHT, _UP, _DOWN = 1, 2, 4, 8
_SHAPES = (
    _LEFT | _RIGHT,
    _UP | _DOWN,
    _DOWN | _RIGHT,
    _DOWN | _LEFT,
    _UP | _RIGHT,
    _UP | _LEFT,
    _UP | _DOWN | _RIGHT,
    _UP | _DOWN | _LEFT,
    _DOWN | _LEFT | _RIGHT,
    _UP | _LEFT | _RIGHT,
    _UP | _DOWN | _LEFT | _RIGHT,
    _LEFT,
    _RIGHT,
    _UP,
    _DOWN,
    0,
)
_STYLES = tuple(
    dict(zip(_SHAPES, glyphs, strict=True))
    for glyphs in ("━┃┏┓┗┛┣┫┳┻╋━━┃┃━", "═║╔╗╚╝╠╣╦╩╬══║║═", "─│┌┐└┘├┤┬┴┼──││─", "╌╎┌┐└┘├┤┬┴┼╌╌╎╎╌")
)
_SIGNS = {"claim": "◇", "threat": "△", "ordered": "▷", "some goods": "□"}
_CHOSEN = {"claim": "◆", "threat": "▲", "ordered": "▶", "some goods": "■"}
_POINTER = "▼"
_AXIS = 5
"""Cells of the labels at the left."""
_BELOW = 2
"""Rows of the axis: the line with the rounds, and the months."""
_TICK = 50
"""Per cent from one label to the next, and what the scale is rounded up to."""

Point = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a line, from a day on."""

    on: date
    percent: float
    key: str
    """What the caller knows it by."""


@dataclass(frozen=True, slots=True)
class Line:
    """One side's rates, oldest first."""

    name: str
    role: str
    """The style it is drawn in."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure that is no step."""

    on: date
    percent: float
    key: str
    kind: Literal["claim", "threat", "ordered", "some goods"]
    role: str
    label: str = ""
    """Whose figure it is, written beside it where there is room."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn."""

    first: date
    last: date
    as_of: date
    """Lines end here."""
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    rounds: tuple[tuple[date, str], ...] = ()
    """Days with a sign each, on the axis."""
    cursor: str = ""
    """The key of the step or mark that is pointed at."""


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


def draw(chart: Chart, width: int, height: int) -> Drawing:
    """Draw on exactly so many columns and rows."""
    return _Canvas(chart, width, height).drawn()


class _Canvas:
    """Cells with a glyph and a style, painted from the back to the front."""

    def __init__(self, chart: Chart, width: int, height: int) -> None:
        self._chart = chart
        self._width, self._height = width, height
        self._rows = max(height - _BELOW, 2)
        labels = [f" {line.name} {steps[-1].percent:g}%" for line, steps in self._shown()]
        self._labels = max(map(len, labels), default=0)
        self._columns = max(width - _AXIS - self._labels, 2)
        top = max((s.percent for _, steps in self._shown() for s in steps), default=0)
        self._top = max(-(-top // _TICK) * _TICK, _TICK)
        self._cells: dict[Point, tuple[str, str]] = {}
        self._spots: dict[str, tuple[int, int, int]] = {}

    def drawn(self) -> Drawing:
        self._axes()
        self._as_of()
        self._lines()
        self._marks()
        self._names()
        self._point()
        lines = [
            Text.assemble(*(self._cells.get((row, column), " ") for column in range(self._width)))
            for row in range(self._height)
        ]
        return Drawing(lines, self._spots)

    def _shown(self) -> Iterator[tuple[Line, tuple[Step, ...]]]:
        """Each line with its steps until the day, if it has any."""
        for line in self._chart.lines:
            steps = tuple(step for step in line.steps if step.on <= self._chart.as_of)
            if steps:
                yield line, steps

    def _column(self, day: date) -> int:
        whole = max((self._chart.last - self._chart.first).days, 1)
        share = (day - self._chart.first).days / whole
        return _AXIS + max(0, min(round(share * (self._columns - 1)), self._columns - 1))

    def _row(self, percent: float) -> int:
        """The row of a level; what is higher than the scale stands at its top."""
        return max(0, round((1 - percent / self._top) * (self._rows - 1)))

    def _write(self, row: int, column: int, text: str, role: str) -> None:
        for offset, glyph in enumerate(text):
            if 0 <= column + offset < self._width:
                self._cells[row, column + offset] = (glyph, role)

    def _is_free(self, row: int, column: int, text: str) -> bool:
        cells = [(row, column + offset) for offset in range(len(text))]
        return column + len(text) <= _AXIS + self._columns and all(
            self._cells.get(cell, ("┈", ""))[0] in "┈╎" for cell in cells
        )

    def _axes(self) -> None:
        for percent in range(0, int(self._top) + 1, _TICK):
            row = self._row(percent)
            label = f"{percent}%" if percent == self._top else str(percent)
            self._write(row, 0, f"{label:>{_AXIS - 1}}┤", "muted")
            self._write(row, _AXIS, "┈" * self._columns, "rule")
        for row in range(self._rows):
            if (row, _AXIS - 1) not in self._cells:
                self._write(row, _AXIS - 1, "│", "muted")
        self._write(self._rows, _AXIS - 1, "└" + "─" * self._columns, "muted")
        for day, sign in sorted(self._chart.rounds, key=lambda r: (r[1].isdigit(), r[0])):
            if self._chart.first <= day <= self._chart.last:
                role = "strong" if sign.isdigit() else "muted"
                self._write(self._rows, self._column(day), sign, role)
        self._months()

    def _months(self) -> None:
        free = 0
        day = self._chart.first.replace(day=1)
        while day <= self._chart.last:
            is_year = day.month == 1
            name = str(day.year) if is_year else MONTHS[day.month - 1]
            column = self._column(max(day, self._chart.first))
            if column >= free and column + len(name) <= self._width:
                self._write(self._rows + 1, column, name, "strong" if is_year else "muted")
                free = column + len(name) + 1
            day = (day + timedelta(days=31)).replace(day=1)

    def _as_of(self) -> None:
        if self._chart.first <= self._chart.as_of <= self._chart.last:
            column = self._column(self._chart.as_of)
            for row in range(self._rows):
                self._write(row, column, "╎", "muted")
            self._write(self._rows, column, "┃", "cursor")

    def _lines(self) -> None:
        claims: dict[Point, list[tuple[str, str]]] = {}
        for number, (line, steps) in enumerate(self._shown()):
            style = _STYLES[number % len(_STYLES)]
            for point, shape in self._traced(steps).items():
                claims.setdefault(point, []).append((style[shape], line.role))
        for (row, column), glyphs in claims.items():
            glyph, role = glyphs[(row + column) % len(glyphs)]  # they take turns where they meet
            self._write(row, column, glyph, role)

    def _traced(self, steps: tuple[Step, ...]) -> dict[Point, int]:
        """The cells of a line, each with the ways it goes on from there."""
        ways: dict[Point, int] = {}

        def go(point: Point, way: int) -> None:
            ways[point] = ways.get(point, 0) | way

        ends = self._column(self._chart.as_of)
        columns = [*(self._column(step.on) for step in steps), ends]
        rows = [self._row(step.percent) for step in steps]
        for step, row, (first, last) in zip(steps, rows, pairwise(columns), strict=True):
            self._spots[step.key] = (row, first, max(first, last))
            go((row, first), 0)
            for column in range(first, last):
                go((row, column), _RIGHT)
                go((row, column + 1), _LEFT)
        for column, (before, after) in zip(columns[1:-1], pairwise(rows), strict=True):
            for row in range(min(before, after), max(before, after)):
                go((row, column), _DOWN)
                go((row + 1, column), _UP)
        return ways

    def _marks(self) -> None:
        for mark in sorted(self._chart.marks, key=lambda m: m.key == self._chart.cursor):
            if not self._chart.first <= mark.on <= min(self._chart.last, self._chart.as_of):
                continue
            row, column = self._row(mark.percent), self._column(mark.on)
            self._spots[mark.key] = (row, column, column)
            self._write(row, column, _SIGNS[mark.kind], mark.role)
        for mark in self._chart.marks:  # their figures, where there is room
            if mark.key in self._spots:
                row, column, _ = self._spots[mark.key]
                figure = f"{mark.percent:g}{'↑' if mark.percent > self._top else ''}"
                for label in (f"{figure} {mark.label}".rstrip(), figure):
                    if self._is_free(row, column + 1, label + " "):
                        self._write(row, column + 1, label, "muted")
                        break

    def _names(self) -> None:
        """Each line's name and rate at the right, on rows of their own."""
        taken: set[int] = set()
        for line, steps in sorted(self._shown(), key=lambda shown: -shown[1][-1].percent):
            row = self._row(steps[-1].percent)
            free = [r for r in (row, row - 1, row + 1, *range(self._rows)) if r not in taken]
            row = next(r for r in free if 0 <= r < self._rows) if free else row
            taken.add(row)
            label = f" {line.name} {steps[-1].percent:g}%"
            column = self._column(self._chart.as_of) + 1
            if not self._is_free(row, column, label):
                column = _AXIS + self._columns
            self._write(row, column, label, line.role)

    def _point(self) -> None:
        """Make what is pointed at plain to see, without colour too."""
        spot = self._spots.get(self._chart.cursor)
        if spot is None:
            return
        row, first, last = spot
        kinds = {mark.key: mark.kind for mark in self._chart.marks}
        if self._chart.cursor in kinds:
            self._write(row, first, _CHOSEN[kinds[self._chart.cursor]], "cursor")
            return
        for column in range(first, last + 1):
            glyph, _ = self._cells.get((row, column), (" ", ""))
            self._write(row, column, glyph, "cursor")
        beside, pointer = (row - 1, _POINTER) if row else (row + 1, "▲")
        middle = (first + last) // 2
        by_distance = sorted(range(first, last + 1), key=lambda column: abs(column - middle))
        free = (c for c in by_distance if self._is_free(beside, c, pointer))
        self._write(beside, next(free, middle), pointer, "strong")
