"""The one time axis: which day has which cell, under the ribbon's months and in it.

The ribbon, the chart of figures, positions by round and the lanes of deadlines all ask here,
so that a day has the same column in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from explorer.documents.sheet import Span
from explorer.record.days import first_day
from explorer.record.model import Dataset, Ref
from explorer.text import cells
from explorer.values import dataclass
from explorer.view import View

ROUND, SEVERAL = "∙", ":"
"""A round that the parties do not count, and more than one of them in a cell."""
TO_COME = "◌"
"""A round that is still to be held."""
_LEAST, GAP = 5, 2
"""Cells for the names of rows before the axis, at least, and after them."""
_AHEAD = 4
"""What lies ahead has at most as much room as this part of what is covered."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on so many cells."""

    first: date
    last: date
    width: int

    def cell(self, day: date) -> int:
        """The cell of a day, those outside at the edge."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return max(0, min(int(share * self.width), self.width - 1))

    def day(self, cell: int) -> date:
        """The middle day of a cell."""
        days = (self.last - self.first).days * (cell + 0.5) / self.width
        return self.first + timedelta(days=round(days))

    def firsts(self) -> Iterator[date]:
        """The first day of each month."""
        day = self.first
        while day <= self.last:
            yield day
            day = (day + timedelta(days=31)).replace(day=1)


def scale(view: View, width: int) -> Scale:
    """From the month the record begins in to what the record knows to come after its end.

    It is the same on every day, so that nothing moves as one goes through time.
    """
    began = view.index.dataset.negotiation.began
    return Scale(began.replace(day=1), _last(view.whole.dataset, view.covers_until), width)


def _last(data: Dataset, until: date) -> date:
    """The last day that is announced, of those that are not far away."""
    far = until + (until - data.negotiation.began) / _AHEAD
    days = [m.falls_on for m in data.milestones] + [r.first_set for r in data.rounds]
    return max([until, *(first for day in days if day and (first := first_day(day)) <= far)])


@dataclass(frozen=True, slots=True)
class Placed:
    """The rounds of one cell, oldest first, and the sign that stands for them."""

    cell: int
    sign: str
    rounds: tuple[Ref, ...]
    is_counted: bool
    """Whether the parties count the one that is seen."""
    is_to_come: bool


def placed(view: View, on: Scale) -> tuple[Placed, ...]:
    """All rounds that are known of, from the left to the right.

    A number hides no other, and one of several letters stands only where it has room.
    """
    of_cells: dict[int, list[Any]] = {}
    for this_round in in_order(view):
        of_cells.setdefault(on.cell(stands_on(view, this_round)), []).append(this_round)
    found: list[Placed] = []
    ends = -1
    for cell in sorted(of_cells):
        here, seen = of_cells[cell], of_cells[cell][-1]
        is_to_come = view.is_to_come(seen)
        sign = seen.number or (SEVERAL if here[1:] else ROUND)
        others = of_cells.keys() & set(range(cell - 1, cell + len(sign) + 1)) - {cell}
        has_room = cell > ends and cell + len(sign) <= on.width
        if is_to_come or (sign[1:] and (others or not has_room)):
            sign = TO_COME if is_to_come else ROUND
        ends = cell + len(sign)
        by_day = sorted(here, key=lambda r: r.opens)
        refs = tuple(this_round.ref for this_round in by_day)
        found.append(Placed(cell, sign, refs, bool(seen.number), is_to_come))
    return tuple(found)


def stands_on(view: View, this_round: Any) -> date:
    """The day a round is drawn at: its last, of one to come the first."""
    day: date = this_round.opens if view.is_to_come(this_round) else this_round.closes
    return day


def in_order(view: View) -> Sequence[Any]:
    """The rounds as they are drawn: those with a number last, so that no dot hides them."""
    return sorted(view.index.dataset.rounds, key=lambda r: (bool(r.number), r.opens))


def before_rows(names: Iterable[str], room: int) -> int:
    """The cells that the names of rows take, and a gap after them, as they are laid out."""
    return min(max([_LEAST, *map(cells.width, names)]) + GAP, max(room * 2 // 5, _LEAST))


def along(signs: Mapping[int, Span], width: int) -> Iterator[Span]:
    """Signs in their cells, with blanks before each."""
    ends = 0
    for cell in sorted(signs):
        yield Span(" " * (cell - ends))
        yield signs[cell]
        is_glyph = signs[cell].role.startswith("glyph:")
        ends = cell + (1 if is_glyph else cells.width(signs[cell].text))
    yield Span(" " * max(width - ends, 0))
