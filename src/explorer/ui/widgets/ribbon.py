"""The time ribbon: months, rounds and milestones, and the day that is looked at.

Two lines. Rounds stand by their number, or as a dot where the parties do not count them;
ticks on the line are milestones; what lies ahead is dotted, with triangles for the dates
that were then set. Where one side only is known, the line is broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from explorer.record.days import first_day
from explorer.record.labels import MONTHS
from explorer.record.model import Ref
from explorer.ui.app_services import app_services
from explorer.ui.style import fitted
from explorer.values import dataclass
from explorer.view import View

ROUND = "∙"
TO_COME = "▵"
TICK = "┴"
AS_OF = "┃"
PASSED, AHEAD = "─", "┄"
ONE_SIDED, ONE_SIDED_AHEAD = "╴", "⋅"
"""The line where one side only is known: broken, and sparser still for what lies ahead."""
_LAST_DIGIT = 9
_NARROW = 4
"""Cells that a month needs, or a year of two digits, with a blank after it."""
_ROOMY = 5
"""Cells that a year of four digits needs, with a blank after it."""


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


def scale(view: View, width: int) -> Scale:
    """From the month the record begins in to the last day it covers."""
    began = view.index.dataset.negotiation.began
    return Scale(began.replace(day=1), view.covers_until, width)


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
        if m.falls_on is not None and first_day(m.falls_on) <= max(view.as_of, view.covers_until)
    ]
    found += [Mark(r.opens if view.is_to_come(r) else r.closes, r.ref) for r in _rounds(view)]
    return tuple(sorted(found, key=lambda mark: mark.day))


def day_at(view: View, width: int, cell: int) -> date:
    """The day a click means: the end of the round that stands there, or the cell's own day."""
    on = scale(view, width)
    there = [r for r in _rounds(view) if not view.is_to_come(r) and on.cell(r.closes) == cell]
    day: date = there[-1].closes if there else on.day(cell)
    return max(view.index.dataset.negotiation.began, min(day, view.covers_until))


@lru_cache(2)
def _months(on: Scale) -> Text:
    """The years, each where it or the record begins, and every month, or every second, third …"""
    firsts = list(_firsts(on))
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


def _firsts(on: Scale) -> Iterator[date]:
    """The first day of each month."""
    day = on.first
    while day <= on.last:
        yield day
        day = (day + timedelta(days=31)).replace(day=1)


def _rounds(view: View) -> Sequence[Any]:
    """The rounds as they are drawn: those with a number last, so that no dot hides them."""
    return sorted(view.index.dataset.rounds, key=lambda r: (bool(r.number), r.opens))


def _line(view: View, on: Scale) -> Text:
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
            cells[cell] = (ONE_SIDED if cell <= here else ONE_SIDED_AHEAD, "rule")
    for milestone in view.index.dataset.milestones:
        if milestone.falls_on is None:
            continue
        falls = first_day(milestone.falls_on)
        if falls <= view.as_of:
            cells[on.cell(falls)] = (TICK, "rule")
        elif falls <= on.last:
            cells[on.cell(falls)] = (TO_COME, "warning")
    for this_round in _rounds(view):
        if view.is_to_come(this_round):
            cells[on.cell(this_round.opens)] = ("◌", "warning")
        else:
            number = this_round.number
            # One cell has room for one digit.
            glyph = number if len(number) == 1 and number.isdigit() else ROUND
            cells[on.cell(this_round.closes)] = (glyph, "strong" if number else "side-1")
    glyph, _ = cells[here]
    cells[here] = (glyph if glyph.isdigit() else AS_OF, "cursor")
    return Text.assemble(*cells)


class Ribbon(Widget):
    """Shows where in time the view stands; a click goes to a day."""

    view: var[View | None] = var(None)

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
    def on(self) -> Scale | None:
        """The scale it is drawn to; None before there is anything to draw."""
        width = self.size.width - 2
        return scale(self.view, width) if self.view is not None and width > 0 else None

    def point_at(self, cell: int) -> None:
        """Have a cell stand out, besides that of the day that is looked at."""
        self._pointed = cell
        self.refresh()

    def watch_view(self) -> None:
        self._lines = ()
        self.refresh()

    def on_resize(self) -> None:
        self._lines = ()

    def render_line(self, y: int) -> Strip:
        if not self._lines and self.view is not None:
            self._lines = drawn(self.view, max(self.size.width - 2, 1))
        text = self._lines[y] if y < len(self._lines) else Text()
        line = fitted(Text.assemble(" ", text), self.size.width)
        if y == 1 and self._pointed is not None:
            line.stylize("cursor", self._pointed + 1, self._pointed + 2)
        return Strip(app_services(self).look.segments(line), self.size.width).apply_style(
            self.rich_style
        )

    def on_click(self, event: Click) -> None:
        if self.view is not None:
            width = max(self.size.width - 2, 1)
            cell = max(0, min(event.x - 1, width - 1))
            self.post_message(self.Chosen(day_at(self.view, width, cell)))
