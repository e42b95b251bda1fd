"""The time ribbon: months, rounds and milestones, and the day that is looked at.

Two lines. Rounds stand by their number, or as a dot where the parties do not count them, two
dots for several in a cell, and a line under a number that has others beside it; ticks on the
line are milestones; what lies ahead is dotted, with triangles for the dates that were then set,
and an arrow at the end for those beyond it. Where one side only is known, the line is broken.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from explorer.documents.time_axis import (
    SEVERAL,
    Scale,
    in_order,
    placed,
    scale,
    stands_on,
)
from explorer.documents.time_axis import TO_COME as MEETING
from explorer.record.days import first_day
from explorer.record.labels import MONTHS
from explorer.record.model import Ref
from explorer.ui.app_services import app_services
from explorer.ui.style import fitted
from explorer.values import dataclass
from explorer.view import View

TO_COME, BEYOND = "▵", "►"
"""A date that is set, and one that lies further off than the line goes."""
TICK = "┴"
AS_OF = "┃"
PASSED, AHEAD = "─", "┄"
ONE_SIDED, ONE_SIDED_AHEAD = "╴", "⋅"
"""The line where one side only is known: broken, and sparser still for what lies ahead."""
_NARROW = 4
"""Cells that a month needs, or a year of two digits, with a blank after it."""
_ROOMY = 5
"""Cells that a year of four digits needs, with a blank after it."""
LEFT, RIGHT = 2, 3
"""Cells beside its lines: those that a view has beside what stands in it."""


def drawn(view: View, width: int) -> tuple[Text, Text]:
    """The two lines of the ribbon."""
    on = scale(view, width)
    return _months(on), _line(view, on)


@dataclass(frozen=True, slots=True)
class Mark:
    """A round or a milestone that stands on the line, at the day it is drawn for."""

    day: date
    ref: Ref


def marks(view: View) -> tuple[Mark, ...]:
    """All that is marked, from the earliest to the latest."""
    found = [
        Mark(first_day(m.falls_on), m.ref)
        for m in view.index.dataset.milestones
        if m.falls_on is not None
    ]
    found += [Mark(stands_on(view, r), r.ref) for r in in_order(view)]
    return tuple(sorted(found, key=lambda mark: mark.day))


def day_at(view: View, width: int, cell: int) -> date:
    """The day a click means: the end of the round that stands there, or the cell's own day."""
    on = scale(view, width)
    there = [r for r in in_order(view) if not view.is_to_come(r) and on.cell(r.closes) == cell]
    day: date = there[-1].closes if there else on.day(cell)
    return max(view.index.dataset.negotiation.began, min(day, view.covers_until))


@lru_cache(2)
def _months(on: Scale) -> Text:
    """The years, each where it or the record begins, and every month, or every second, third …"""
    firsts = list(on.firsts())
    step = next((s for s in (1, 2, 3, 6) if on.width * s >= _NARROW * len(firsts)), 12)
    named = [first for first in firsts if first.month % step == 1 % step]
    after_years = (on.cell(b) - on.cell(a) for a, b in pairwise(named) if a.month == 1)
    year = "%Y" if min(after_years, default=_ROOMY) >= _ROOMY else "’%y"
    cells: list[tuple[str, str]] = [(" ", "muted")] * on.width
    for first in (*(first for first in firsts if first.month == 1), on.first):
        for written in (year, "’%y"):
            name = first.strftime(written)
            # At the edge it stands a little earlier.
            _put(cells, min(on.cell(first), on.width - len(name)), name, "strong")
    for first in named:
        _put(cells, on.cell(first), _month(first), "muted")
    # The month the record begins in stands after its year.
    _put(cells, len(on.first.strftime(year)) + 1, _month(on.first), "muted")
    return Text.assemble(*cells)


def _month(first: date) -> str:
    """Its name; that of January is its year."""
    return MONTHS[first.month - 1] if first.month > 1 else ""


def _put(cells: list[tuple[str, str]], cell: int, name: str, role: str) -> None:
    """Write a name where it has room, a blank before and after it."""
    end = cell + len(name)
    around = cells[max(cell - 1, 0) : end + 1]
    if end <= len(cells) and all(sign == " " for sign, _ in around):
        cells[cell:end] = ((letter, role) for letter in name)


def _line(view: View, on: Scale) -> Text:
    here = on.cell(view.as_of)
    cells = _ground(view, on)
    several: list[int] = []
    for of_cell in placed(view, on):
        role = "strong" if of_cell.is_counted else "side-1"
        for offset, letter in enumerate(of_cell.sign):
            cells[of_cell.cell + offset] = (letter, "warning" if of_cell.is_to_come else role)
        if of_cell.rounds[1:] and of_cell.sign != SEVERAL:
            several.append(of_cell.cell)
    sign, _ = cells[here]
    cells[here] = (sign if sign.isdigit() or sign == MEETING else AS_OF, "cursor")
    line = Text.assemble(*cells)
    for cell in several:
        line.stylize("noted", cell, cell + 1)
    return line


def _ground(view: View, on: Scale) -> list[tuple[str, str]]:
    """The line itself and the milestones on it."""
    here = on.cell(view.as_of)
    cells: list[tuple[str, str]] = [
        (PASSED if cell <= here else AHEAD, "rule") for cell in range(on.width)
    ]
    negotiation = view.whole.dataset.negotiation
    spans = [(span.starts, span.ends) for span in negotiation.one_sided]
    if (own := negotiation.own_until) is not None:  # what a reader added is no more complete
        spans.append((negotiation.recorded_until + timedelta(days=1), own))
    for starts, ends in spans:
        for cell in range(on.cell(starts), on.cell(ends) + 1):
            ahead = ONE_SIDED_AHEAD if cell % 2 else " "  # apart in any signs
            cells[cell] = (ONE_SIDED if cell <= here else ahead, "rule")
    for milestone in view.index.dataset.milestones:
        if milestone.falls_on is None:
            continue
        falls = first_day(milestone.falls_on)
        if falls <= view.as_of:
            cells[on.cell(falls)] = (TICK, "rule")
        else:
            cells[on.cell(falls)] = (TO_COME if falls <= on.last else BEYOND, "warning")
    return cells


class Ribbon(Widget):
    """Shows where in time the view stands; a click goes to a day."""

    view: var[View | None] = var(None)
    inset: var[int] = var(0)
    """Cells at the left that the view below has for the names of what stands in its rows."""

    class Chosen(Message):
        """A day was clicked."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self) -> None:
        super().__init__(id="ribbon", classes="ribbon")
        self._pointed: int | None = None
        """The cell that is pointed at, if one is."""
        self._lines: tuple[Text, ...] = ()
        """Both lines, once they are drawn for the view and the width."""

    @property
    def _room(self) -> int:
        """The cells of its lines."""
        return max(self.size.width - LEFT - RIGHT - self.inset, 1)

    @property
    def on(self) -> Scale | None:
        """The scale it is drawn to; None before there is anything to draw."""
        is_there = self.view is not None and self.size.width > 0
        return scale(self.view, self._room) if is_there and self.view else None

    def point_at(self, cell: int) -> None:
        """Have a cell stand out, besides that of the day that is looked at."""
        self._pointed = cell
        self.refresh()

    def watch_view(self) -> None:
        self._lines = ()
        self.refresh()

    def watch_inset(self) -> None:
        self._lines = ()
        self.refresh()

    def on_resize(self) -> None:
        self._lines = ()

    def render_line(self, y: int) -> Strip:
        if not self._lines and self.view is not None:
            self._lines = drawn(self.view, self._room)
        text = self._lines[y] if y < len(self._lines) else Text()
        before = LEFT + self.inset
        line = fitted(Text.assemble(" " * before, text), self.size.width)
        if y == 1 and self._pointed is not None:
            line.stylize("cursor", self._pointed + before, self._pointed + before + 1)
        return Strip(app_services(self).look.segments(line), self.size.width).apply_style(
            self.rich_style
        )

    def on_click(self, event: Click) -> None:
        if self.view is not None:
            cell = max(0, min(event.x - LEFT - self.inset, self._room - 1))
            self.post_message(self.Chosen(day_at(self.view, self._room, cell)))
