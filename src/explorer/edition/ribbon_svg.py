"""The time ribbon as inline SVG: months, rounds and milestones, and the day that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from explorer.documents import time_axis
from explorer.documents.html_body import plain_text
from explorer.record import labels
from explorer.record.days import first_day
from explorer.record.model import Round
from explorer.view import View

_WIDTH, _HEIGHT, _EDGE = 1000, 76, 14
_LINE = 46
"""Where the line is, from above."""
_NAMES = 16
"""Where the months stand."""
_ROOM = 34
"""What the name of a month needs; a year a little more."""
_LARGE, _SMALL = 10, 5
"""Radius of a round that has a number, and of one that has none."""


def ribbon(view: View, day_page: Callable[[date], str]) -> str:
    """The ribbon; `day_page` says where the record of a day can be read, if anywhere."""
    return "\n".join(_Ribbon(view, day_page).lines())


class _Ribbon:
    def __init__(self, view: View, day_page: Callable[[date], str]) -> None:
        self._view = view
        self._day_page = day_page
        self._scale = time_axis.scale(view, _WIDTH - 2 * _EDGE)

    def _x(self, day: date) -> int:
        return _EDGE + self._scale.cell(day)

    def lines(self) -> Iterator[str]:
        view = self._view
        here = self._x(view.as_of)
        yield f'<svg class="ribbon" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group">'
        began = view.index.dataset.negotiation.began
        named = f"Rounds from {labels.day(began)} to {labels.day(view.as_of)}"
        yield f"<title>{plain_text(named)}</title>"
        yield from self._months()
        yield f'<path class="passed" d="M{_EDGE} {_LINE}H{here}"/>'
        yield f'<path class="ahead" d="M{here} {_LINE}H{_WIDTH - _EDGE}"/>'
        yield from self._milestones()
        yield f'<path class="as-of" d="M{here} {_LINE - 18}V{_LINE + 18}"/>'
        for this_round in time_axis.in_order(view):
            yield from self._round(this_round)
        yield "</svg>"

    def _months(self) -> Iterator[str]:
        firsts = list(self._scale.firsts())
        apart = min((self._x(b) - self._x(a) for a, b in pairwise(firsts)), default=_WIDTH)
        step = next((step for step in (1, 2, 3, 6) if apart * step >= _ROOM), 12)
        taken = -_ROOM
        for day in firsts:
            is_year = day.month == 1 or day == self._scale.first
            x = self._x(day)
            if day.month % step != 1 % step and not is_year:
                continue
            if not taken + _ROOM <= x <= _WIDTH - _ROOM:
                continue
            taken = x
            name = str(day.year) if is_year else labels.MONTHS[day.month - 1]
            kind = ' class="year"' if is_year else ""
            yield f'<text x="{taken}" y="{_NAMES}"{kind}>{name}</text>'

    def _milestones(self) -> Iterator[str]:
        """A tick for each day on which one falls."""
        falls = {first_day(m.falls_on) for m in self._view.index.dataset.milestones if m.falls_on}
        ticks = (f"M{self._x(day)} {_LINE}v8" for day in sorted(falls) if day <= self._scale.last)
        yield f'<path class="tick" d="{"".join(ticks)}"/>'

    def _round(self, this_round: Round) -> Iterator[str]:
        view = self._view
        is_ahead = view.is_to_come(this_round)
        day = time_axis.stands_on(view, this_round)
        name = f"{labels.title(view.index, this_round.ref)}, {view.days_of(this_round)}"
        sign = this_round.number if len(this_round.number) <= len("99") else ""
        radius = _LARGE if sign else _SMALL
        leads = "" if is_ahead else self._day_page(day)
        x = self._x(day)
        here = " here" if day == view.as_of else ""
        kind = "to-come" if is_ahead else f"round{here}"
        if leads:
            yield f'<a href="{plain_text(leads)}" aria-label="{plain_text(name)}">'
        yield f"<title>{plain_text(name)}</title>" if leads else ""
        yield f'<circle class="{kind}" cx="{x}" cy="{_LINE}" r="{radius}"/>'
        if sign:
            yield f'<text class="sign" x="{x}" y="{_LINE + 4}">{plain_text(sign)}</text>'
        if leads:
            yield "</a>"
