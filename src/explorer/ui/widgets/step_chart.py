"""A chart of amounts over time, drawn with box characters.

Each line is of a sort of its own, heavy, double or light, so that they can be told apart without
colour; where two run on the same cells they take turns. What is to come or to be reached is
dashed. What is no step stands as a sign: ◊ a claim, ▵ a threat, ▿ a demand, ▹ announced, ▯ in
part, ⊚ a target, ◌ to come; ◉ ◦ ◓ ◒ the counts of one who counts and of the others.

Under the time ribbon it has the whole width and the ribbon's columns, and amounts and names stand
where nothing else does. What is older than the ribbon has an axis of its own. A plotting library
was tried (plotext): it draws every line with the same blocks or dots, which only colour tells
apart, and knows no signs to point at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from explorer.documents.charts.chart import AHEAD, Chart, Kind, Line, Mark
from explorer.documents.charts.scale import Scale, short
from explorer.record.labels import MONTHS
from explorer.ui.widgets.chart_parts import Drawing

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
    for glyphs in ("━┃┏┓┗┛┣┫┳┻╋━━┃┃━", "═║╔╗╚╝╠╣╦╩╬══║║═", "─│┌┐└┘├┤┬┴┼──││─")
)
_DASHED = dict(zip(_SHAPES, "╌╎┌┐└┘├┤┬┴┼╌╌╎╎╌", strict=True))
SIGNS: Mapping[Kind, str] = {
    "claim": "◊",
    "threat": "▵",
    "demand": "▿",
    "announced": "▹",
    "in part": "▯",
    "target": "⊚",
    "to come": "◌",
}
CHOSEN: Mapping[Kind, str] = {
    "claim": "⧫",
    "threat": "▴",
    "demand": "▾",
    "announced": "▸",
    "in part": "▮",
    "target": "◍",
}
_SCALED = (*AHEAD, "counted")
"""What the scale has room for."""
COUNTED = "◉◦◓◒"
"""The signs of those who count, one after the other."""
POINTERS = "▾▴►◄"
"""Above, below, before and behind what is pointed at."""
_AXIS = 5
"""Cells of the labels at the left, at least."""
_BELOW = 2
"""Rows of the axis: the line with the rounds, and the months, which the ribbon has already."""
_FARTHER = 1.5
"""How many times as high as a line what is only said may be for the scale to have room for it."""
_LONGEST = 24
"""Cells of the name of a line, at least."""

Point = tuple[int, int]
"""Row and column."""


def draw(chart: Chart, width: int, height: int) -> Drawing:
    """Draw on exactly so many columns and rows."""
    return _Canvas(chart, width, height).drawn()


class _Canvas:
    """Cells with a glyph and a style, painted from the back to the front."""

    def __init__(self, chart: Chart, width: int, height: int) -> None:
        self._chart = chart
        self._width, self._height = width, height
        self._under = chart.under
        self._rows = max(height - (1 if self._under else _BELOW), 2)
        self._shown = tuple(_until_it_ends(chart.lines))
        drawn = [step.amount for line in self._shown for step in line.steps]
        drawn += [mark.amount for mark in chart.marks if mark.kind in _SCALED]
        said = [mark.amount for mark in chart.marks if mark.on <= chart.as_of]
        top = max(drawn or said, default=0)
        # Claims and threats that are much higher stand at the top.
        top = max([top, *(amount for amount in said if amount <= top * _FARTHER)])
        self._scale = Scale(top, self._rows)
        self._ticks = [(row, short(amount)) for row, amount in self._scale.labels()]
        if chart.unit == "%":
            self._ticks[-1] = (self._ticks[-1][0], f"{self._ticks[-1][1]}%")
        self._axis, self._columns = 0, width
        if self._under is None:
            self._axis = max(_AXIS, *(len(label) + 1 for _, label in self._ticks))
            named = [cell_len(self._label(line)) for line in self._shown if line.is_named]
            self._columns = max(width - self._axis - max(named, default=0), 2)
        self._cells: dict[Point, tuple[str, str]] = {}
        self._spots: dict[str, tuple[int, int, int]] = {}

    def drawn(self) -> Drawing:
        self._axes()
        self._as_of()
        self._lines()
        self._marks()
        self._point()
        self._names()
        if self._under is not None:
            self._amounts()
        cells = self._cells
        lines = [
            Text.assemble(*(cells.get((row, column), " ") for column in range(self._width)))
            for row in range(self._height)
        ]
        return Drawing(lines, self._spots)

    def _column(self, day: date) -> int:
        if self._under is not None:
            return self._under.cell(day)
        whole = max((self._chart.last - self._chart.first).days, 1)
        share = (day - self._chart.first).days / whole
        return self._axis + max(0, min(round(share * (self._columns - 1)), self._columns - 1))

    def _write(self, row: int, column: int, text: str, role: str) -> None:
        for glyph in text:
            wide = cell_len(glyph)
            if 0 <= column <= self._width - wide:
                self._cells[row, column] = (glyph, role)
                for taken in range(column + 1, column + wide):  # by a letter of two cells
                    self._cells[row, taken] = ("", role)
            column += wide

    def _is_free(self, row: int, column: int, text: str) -> bool:
        cells = [(row, column + offset) for offset in range(cell_len(text))]
        return column + cell_len(text) <= self._axis + self._columns and all(
            self._cells.get(cell, ("┈", ""))[0] in "┈╎" for cell in cells
        )

    def _label(self, line: Line) -> str:
        """The name of a line and where it stands in the end."""
        longest = max(_LONGEST, self._width // 4)
        left = longest - cell_len(f"{line.name} · ") if line.name else longest
        by = _cut(line.by, max(longest * 2 // 3, left))
        room = longest - cell_len(f" · {by}") if by else longest
        name = " · ".join(filter(None, (_cut(line.name, room), by)))
        return f" {name} {short(line.steps[-1].amount)}{'%' if self._chart.unit == '%' else ''}"

    def _axes(self) -> None:
        if self._under is not None:
            for row, _ in self._ticks:
                self._write(row, 0, "┈" * self._columns, "rule")
            self._write(self._rows, 0, "─" * self._columns, "muted")
            for column, sign in self._chart.signs:
                self._write(self._rows, column, sign, "strong" if sign[0].isdigit() else "muted")
            return
        for row, label in self._ticks:
            self._write(row, 0, f"{label:>{self._axis - 1}}┤", "muted")
            self._write(row, self._axis, "┈" * self._columns, "rule")
        for row in range(self._rows):
            if (row, self._axis - 1) not in self._cells:
                self._write(row, self._axis - 1, "│", "muted")
        if self._chart.unit != "%":
            self._write(0, self._axis, f" {self._chart.unit} "[: self._columns], "muted")
        self._write(self._rows, self._axis - 1, "└" + "─" * self._columns, "muted")
        self._rounds()
        self._months()

    def _amounts(self) -> None:
        """What the dotted lines stand for, at the left or wherever else there is room."""
        for row, label in self._ticks:
            is_top = row == min(tick for tick, _ in self._ticks)
            unit = f" {self._chart.unit}" if is_top and self._chart.unit != "%" else ""
            for said in (f"{label}{unit} ", f"{label} "):
                places = (0, *range(self._columns - cell_len(said), 0, -1))
                free = (column for column in places if self._is_free(row, column, said))
                if (column := next(free, None)) is not None:
                    self._write(row, column, said.rstrip(), "muted")
                    break

    def _rounds(self) -> None:
        """The signs of the rounds; one of several letters stands only where it has room."""
        taken: set[int] = set()
        for day, sign in sorted(self._chart.rounds, key=lambda r: (not r[1].isdigit(), r[0])):
            column = self._column(day)
            if column in taken or not self._chart.first <= day <= self._chart.last:
                continue
            meets = sign[1:] and not taken.isdisjoint(range(column - 1, column + len(sign) + 1))
            shown = "∙" if meets or column + len(sign) > self._axis + self._columns else sign
            self._write(self._rows, column, shown, "strong" if shown.isdigit() else "muted")
            taken.update(range(column, column + len(shown)))

    def _months(self) -> None:
        """The years, and as many months as have room between them."""
        taken: set[int] = set()
        months = []
        day = self._chart.first.replace(day=1)
        while day <= self._chart.last:
            months.append(day)
            day = (day + timedelta(days=31)).replace(day=1)
        for day in sorted(months, key=lambda d: d.month != 1):
            is_year = day.month == 1
            name = str(day.year) if is_year else MONTHS[day.month - 1]
            column = self._column(max(day, self._chart.first))
            cells = range(column - 1, column + len(name) + 1)
            if column + len(name) <= self._width and taken.isdisjoint(cells[1:-1]):
                self._write(self._rows + 1, column, name, "strong" if is_year else "muted")
                taken.update(cells)

    def _as_of(self) -> None:
        if self._chart.first <= self._chart.as_of <= self._chart.last:
            column = self._column(self._chart.as_of)
            for row in range(self._rows):
                self._write(row, column, "╎", "muted")
            self._write(self._rows, column, "┃", "cursor")

    def _lines(self) -> None:
        claims: dict[Point, list[tuple[str, str]]] = {}
        # What is dashed lies behind what is not.
        for line in sorted(self._shown, key=lambda line: not line.is_dashed):
            style = _DASHED if line.is_dashed else _STYLES[line.sort % len(_STYLES)]
            for point, shape in self._traced(line).items():
                found = claims.setdefault(point, [])
                if not line.is_dashed or not found:
                    found[:] = [f for f in found if f[0] not in _DASHED.values()]
                    found.append((style[shape], line.role))
        for (row, column), glyphs in claims.items():
            glyph, role = glyphs[(row + column) % len(glyphs)]  # they take turns where they meet
            self._write(row, column, glyph, role)

    def _traced(self, line: Line) -> dict[Point, int]:
        """The cells of a line, each with the ways it goes on from there."""
        ways: dict[Point, int] = {}

        def go(point: Point, way: int) -> None:
            ways[point] = ways.get(point, 0) | way

        steps = line.steps
        columns = [*(self._column(step.on) for step in steps), self._column(line.ends)]
        rows = [self._scale.row(step.amount) for step in steps]
        for step, row, (first, last) in zip(steps, rows, pairwise(columns), strict=True):
            if step.key:
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
        first, last, as_of = self._chart.first, self._chart.last, self._chart.as_of
        shown = [m for m in self._chart.marks if first <= m.on <= last]
        shown = [m for m in shown if m.on <= as_of or m.kind in AHEAD]
        for mark in sorted(shown, key=lambda m: m.key == self._chart.cursor):
            row, column = self._scale.row(mark.amount), self._column(mark.on)
            self._spots[mark.key] = (row, column, column)
            self._write(row, column, _sign(mark), mark.role)
        for mark in {self._spots[m.key]: m for m in shown}.values():  # their amounts, with room
            row, column, _ = self._spots[mark.key]
            amount = f"{short(mark.amount)}{'↑' if mark.amount > self._scale.top else ''}"
            whole = " ".join(filter(None, (amount, mark.label, mark.beyond)))
            said = [*([whole] if mark.beyond else []), f"{amount} {mark.label}".rstrip(), amount]
            places = [(column + 1, label, f"{label} ") for label in said]
            if self._under is not None:
                places += [
                    (column - cell_len(label) - 1, f" {label}", f" {label}") for label in said
                ]
            free = (p for p in places if p[0] >= 0 and self._is_free(row, p[0], p[2]))
            if place := next(free, None):
                self._write(row, place[0], place[1], "muted")

    def _names(self) -> None:
        """Each line's name and amount at the right, on rows of their own."""
        taken: set[int] = set()
        named = [line for line in self._shown if line.is_named]
        for line in sorted(named, key=lambda line: -line.steps[-1].amount):
            row = self._scale.row(line.steps[-1].amount)
            free = [r for r in (row, row - 1, row + 1, *range(self._rows)) if r not in taken]
            row = next(r for r in free if 0 <= r < self._rows) if free else row
            taken.add(row)
            label = self._label(line)
            column = self._column(line.ends) + 1
            if self._under is not None:
                row, column = self._beside(line, label)
            elif not self._is_free(row, column, label):
                column = self._axis + self._columns
            self._write(row, column, label, line.role)

    def _beside(self, line: Line, label: str) -> Point:
        """Where there is room for the name of a line: after its end, or else over or below it."""
        last, middle = self._column(line.ends), self._scale.row(line.steps[-1].amount)
        rows = sorted(range(self._rows), key=lambda row: abs(row - middle))
        near = [row for row in rows if abs(row - middle) <= 1]
        places = [(row, last + 1) for row in near]
        places += [(row, max(last + 1 - cell_len(label), 0)) for row in rows]
        places += [(row, max(self._columns - cell_len(label), 0)) for row in rows]
        free = (place for place in places if self._is_free(*place, label))
        return next(free, (middle, max(self._columns - cell_len(label), 0)))

    def _point(self) -> None:
        """Make what is pointed at plain to see, without colour too."""
        spot = self._spots.get(self._chart.cursor)
        if spot is None:
            return
        row, first, last = spot
        marks = {mark.key: mark for mark in self._chart.marks}
        mark = marks.get(self._chart.cursor)
        if mark is not None and mark.kind in CHOSEN:
            self._write(row, first, CHOSEN[mark.kind], "cursor")
            return
        for column in range(first, last + 1):
            glyph, _ = self._cells.get((row, column), (" ", ""))
            self._write(row, column, glyph, "cursor")
        middle = (first + last) // 2
        by_distance = sorted(range(first, last + 1), key=lambda column: abs(column - middle))
        above, below = (row - 1, POINTERS[0]), (row + 1, POINTERS[1])
        beside = [above, below] if row else [below]
        places = [(r, column, sign) for r, sign in beside for column in by_distance]
        places += [(row, first - 1, POINTERS[2]), (row, last + 1, POINTERS[3])]
        free = (place for place in places if self._is_free(place[0], place[1], place[2]))
        row, column, sign = next(free, (beside[0][0], middle, beside[0][1]))
        self._write(row, column, sign, "strong")


def _until_it_ends(lines: Sequence[Line]) -> Iterator[Line]:
    """Each line with its steps up to the day on which it ends, if it has any."""
    for line in lines:
        if steps := tuple(step for step in line.steps if step.on <= line.ends):
            yield replace(line, steps=steps)


def _cut(name: str, width: int) -> str:
    return name if cell_len(name) <= width else f"{set_cell_size(name, width - 1).rstrip()}…"


def _sign(mark: Mark) -> str:
    return COUNTED[mark.sort % len(COUNTED)] if mark.kind == "counted" else SIGNS[mark.kind]
