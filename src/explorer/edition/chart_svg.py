"""A chart of figures as inline SVG; all that is in it stands in words beside it too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from explorer.documents.charts.chart import AHEAD, MEANINGS, Chart, Kind, Line, Mark
from explorer.documents.charts.scale import Scale, short
from explorer.documents.html_body import plain_text
from explorer.record import labels

_WIDTH, _HEIGHT = 800, 320
_LEFT, _RIGHT, _TOP, _BELOW = 52, 190, 22, 262
"""Where the drawing ends: beside it are amounts and names, below it rounds and months."""
_DETAIL = 1000
"""Steps of the scale: a pixel or less each."""
_UNNUMBERED, _FEW = "·", 3
"""What stands for a round without a number, and how many letters that of another may have."""
_APART = 16
"""Between the names of two lines, from one to the next."""
_ROOM = 34
_SHAPES: Mapping[Kind, str] = {
    "claim": "M0-5L5 0L0 5L-5 0Z",
    "threat": "M0-5L5 4H-5Z",
    "demand": "M0 5L5-4H-5Z",
    "announced": "M5 0L-4 5V-5Z",
    "in part": "M-3-5H3V5H-3Z",
    "target": "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0M-1.5 0A1.5 1.5 0 1 0 1.5 0A1.5 1.5 0 1 0-1.5 0",
    "to come": "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0",
    "counted": "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0",
}
"""What stands for each kind of mark, around its place; told apart without colour."""

_BEYOND = "M0-8V-16M-3-13L0-16L3-13"
"""An arrow above what is higher than the chart."""


def drawing(chart: Chart, name: str) -> str:
    """The chart with what its signs mean."""
    return "\n".join(_Drawing(chart, name).lines())


class _Drawing:
    def __init__(self, chart: Chart, name: str) -> None:
        self._chart = chart
        self._name = name
        self._lines = [
            (line, steps)
            for line in chart.lines
            if (steps := [step for step in line.steps if step.on <= line.ends])
        ]
        shown = [m for m in chart.marks if chart.first <= m.on <= chart.last]
        self._marks = [m for m in shown if m.on <= chart.as_of or m.kind in AHEAD]
        amounts = [step.amount for _, steps in self._lines for step in steps]
        scaled = [m.amount for m in self._marks if m.kind in (*AHEAD, "counted")]
        # What is only claimed or threatened may be beyond all measure, and stands at the edge.
        known = [*amounts, *scaled] or [mark.amount for mark in self._marks]
        self._scale = Scale(max(known, default=0), _DETAIL + 1)

    def _x(self, day: date) -> float:
        days = max((self._chart.last - self._chart.first).days, 1)
        share = min(max((day - self._chart.first).days / days, 0), 1)
        return round(_LEFT + share * (_WIDTH - _RIGHT - _LEFT), 1)

    def _y(self, amount: float) -> float:
        return round(_TOP + self._scale.row(amount) / _DETAIL * (_BELOW - _TOP), 1)

    def lines(self) -> Iterator[str]:
        name = plain_text(self._name)
        yield '<figure class="chart">'
        yield f'<div class="wide" role="region" tabindex="0" aria-label="Chart: {name}">'
        yield f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{name}">'
        yield from self._axes()
        yield from self._rounds()
        for line, _ in self._lines:
            if line.is_dashed:
                yield self._line(line)
        for line, _ in self._lines:
            if not line.is_dashed:
                yield self._line(line)
        yield from map(self._mark, self._marks)
        yield from self._names()
        yield "</svg>"
        yield "</div>"
        yield from self._legend()
        yield "</figure>"

    def _axes(self) -> Iterator[str]:
        right = _WIDTH - _RIGHT
        for row, amount in self._scale.labels():
            y = round(_TOP + row / _DETAIL * (_BELOW - _TOP), 1)
            yield f'<path class="grid" d="M{_LEFT} {y}H{right}"/>'
            yield f'<text class="amount" x="{_LEFT - 8}" y="{y + 4}">{short(amount)}</text>'
        yield f'<text class="unit" x="{_LEFT}" y="12">{plain_text(self._chart.unit)}</text>'
        if self._chart.first <= self._chart.as_of <= self._chart.last:
            yield f'<path class="as-of" d="M{self._x(self._chart.as_of)} {_TOP}V{_BELOW + 6}"/>'
        yield from self._months()

    def _months(self) -> Iterator[str]:
        day, taken = self._chart.first.replace(day=1), -_ROOM
        months = []
        while day <= self._chart.last:
            months.append(day)
            day = (day + timedelta(days=31)).replace(day=1)
        room = (_WIDTH - _RIGHT - _LEFT) / max(len(months), 1)
        step = next((step for step in (1, 2, 3, 6) if room * step >= _ROOM), 12)
        for day in months:
            is_year = day.month == 1 or day == months[0]
            x = int(self._x(day))
            if (day.month % step != 1 % step and not is_year) or x - taken < _ROOM:
                continue
            taken = x
            name = str(day.year) if is_year else labels.MONTHS[day.month - 1]
            kind = "year" if is_year else "month"
            yield f'<text class="{kind}" x="{x}" y="{_BELOW + 42}">{name}</text>'

    def _rounds(self) -> Iterator[str]:
        taken = 0.0
        for day, sign in sorted(self._chart.rounds):
            if not self._chart.first <= day <= self._chart.last:
                continue
            x = self._x(day)
            yield f'<path class="tick" d="M{x} {_BELOW}v6"/>'
            if sign != _UNNUMBERED and len(sign) <= _FEW and x - taken >= _APART:
                taken = x
                yield f'<text class="sign" x="{x}" y="{_BELOW + 20}">{plain_text(sign)}</text>'
        yield f'<path class="axis" d="M{_LEFT} {_BELOW}H{_WIDTH - _RIGHT}"/>'

    def _line(self, line: Line) -> str:
        steps = [step for step in line.steps if step.on <= line.ends]
        path = f"M{self._x(steps[0].on)} {self._y(steps[0].amount)}"
        for step in steps[1:]:
            path += f"H{self._x(step.on)}V{self._y(step.amount)}"
        dashed = " dashed" if line.is_dashed else ""
        kind = f"line {line.role} sort-{line.sort % 4}{dashed}"
        return f'<path class="{kind}" d="{path}H{self._x(line.ends)}"/>'

    def _mark(self, mark: Mark) -> str:
        said = " ".join(filter(None, (MEANINGS.get(mark.kind, mark.kind), mark.label)))
        words = f"{short(mark.amount)}, {labels.day(mark.on)}: {said}"
        place = f"translate({self._x(mark.on)} {self._y(mark.amount)})"
        kind = f"mark {mark.role}{' filled' if mark.kind == 'counted' else ''}"
        shape = _SHAPES[mark.kind] + (_BEYOND if mark.amount > self._scale.top else "")
        return (
            f'<path class="{kind}" transform="{place}" d="{shape}">'
            f"<title>{plain_text(words)}</title></path>"
        )

    def _names(self) -> Iterator[str]:
        """Each line's name and amount at its right, none upon another."""
        named = [(line, steps) for line, steps in self._lines if line.is_named]
        lowest = -float(_APART)
        for line, steps in sorted(named, key=lambda pair: -pair[1][-1].amount):
            y = max(self._y(steps[-1].amount) + 4, lowest + _APART)
            lowest = y
            name = " · ".join(filter(None, (line.name, line.by)))
            sign = "%" if self._chart.unit == "%" else ""
            words = f"{labels.shortened(name, 20)} {short(steps[-1].amount)}{sign}".strip()
            yield f'<text class="name {line.role}" x="{_WIDTH - _RIGHT + 8}" y="{y}">'
            yield f"{plain_text(words)}</text>"

    def _legend(self) -> Iterator[str]:
        drawn = {mark.kind for mark in self._marks}
        kinds = [kind for kind in MEANINGS if kind in drawn]
        if not kinds:
            return
        yield '<figcaption><ul class="legend">'
        for kind in kinds:
            sign = f'<path class="mark" transform="translate(7 7)" d="{_SHAPES[kind]}"/>'
            yield f'<li><svg viewBox="0 0 14 14" aria-hidden="true">{sign}</svg>'
            yield f" {plain_text(MEANINGS[kind])}</li>"
        yield "</ul></figcaption>"
