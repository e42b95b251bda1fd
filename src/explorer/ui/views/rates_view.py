"""The full-screen view of tariff rates: a chart, and in words what is under its cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rich.text import Text
from textual.events import Click
from textual.strip import Strip

from explorer.documents.comparisons import Comparison, rates
from explorer.documents.pages import Sheet, Span
from explorer.record import labels, lists
from explorer.record.model import Rate, Ref, first_day, last_day
from explorer.ui import commands
from explorer.ui.views.sheet_view import SheetView
from explorer.ui.widgets.nearest import nearest
from explorer.ui.widgets.reader import Spot
from explorer.ui.widgets.step_chart import Chart, Drawing, Line, Mark, Step, draw
from explorer.view import View

_SIDES = ("side-1", "side-2", "side-3", "side-4")
_LEAST, _MOST, _WORDS = 8, 24, 7
"""Lines of the chart at least and at most, and those left to the words below it."""


class RatesView(SheetView):
    """The cursor goes from step to step of a line; figures that differ are a line of their own."""

    BINDINGS = commands.bindings(commands.RATES)

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison)
        self._cursor: Ref | None = None
        self._row: Sequence[Ref] = ()
        """The line that the cursor moves along."""
        self._drawing: Drawing | None = None

    def rows(self, view: View) -> list[Sequence[Ref]]:
        """What the cursor moves along: each side's steps, then the figures that differ."""
        lines = rates.lines(view)
        figures = [ref for line in lines for ref in line.figures]
        found = [line.steps for line in lines] + [lists.in_order(view.index, figures)]
        return [row for row in found if row]

    def sheet_in(self, view: View) -> Sheet:
        rows = self.rows(view)
        if self._cursor is not None:
            number = self._row.index(self._cursor)
            public = {ref for row in rows for ref in row}
            self._cursor = nearest(self._row, number, public)
        if self._cursor is None:
            applies = [rates.in_force(view, line) for line in rates.lines(view)]
            self._cursor = next((ref for ref in applies if ref), rows[0][0] if rows else None)
        title = f"Tariff rates on {labels.day(view.as_of)}"
        if self._cursor is None:
            self._row = ()
            return Sheet(view, title, [*_said(view, "No rate was public by then.").blocks])
        self._row = next(row for row in rows if self._cursor in row)
        sheet = rates.detail(view, self._cursor)
        sheet.title = title
        return sheet

    def lead(self, width: int) -> Sequence[Text]:
        if self.view is None:
            return ()
        height = max(min(self.tall - _WORDS, _MOST), _LEAST)
        self._drawing = draw(_chart(self.view, self._cursor), width, height)
        return [*self._drawing.lines, Text()]

    def marked(self, _number: int, strip: Strip) -> Strip:
        """The cursor is in the chart; the words below it have none of their own."""
        return strip

    @property
    def link(self) -> Ref | None:
        """The rate under the cursor."""
        return self._cursor

    @property
    def spot(self) -> Spot:
        return replace(super().spot, link=self._cursor)

    def restore(self, spot: Spot) -> None:
        if spot.link is not None and spot.link != self._cursor and self.view is not None:
            rows = [row for row in self.rows(self.view) if spot.link in row]
            if rows:
                self._cursor, self._row = spot.link, rows[0]
                self.renew()
        super().restore(spot)

    def subtitle(self) -> str:
        return "◇ claimed  △ threatened  ▷ ordered  □ some goods  ╎ as of"

    def _place(self) -> tuple[list[Sequence[Ref]], int, int]:
        """The rows, and where in them the cursor is."""
        rows = self.rows(self.view) if self.view is not None else []
        for number, row in enumerate(rows):
            if self._cursor in row:
                return rows, number, row.index(self._cursor)
        return rows, 0, 0

    def _go_to(self, ref: Ref) -> None:
        self._cursor, self._row = ref, (ref,)
        self.renew()
        self.scroll_to(y=0, animate=False)

    def action_next_step(self) -> None:
        self._along(1)

    def action_previous_step(self) -> None:
        self._along(-1)

    def _along(self, way: int) -> None:
        rows, row, place = self._place()
        if rows and 0 <= place + way < len(rows[row]):
            self._go_to(rows[row][place + way])
        else:
            self.notify(f"There is no {'later' if way > 0 else 'earlier'} step of this rate.")

    def action_other_line(self, way: int = 1) -> None:
        """To the entry of the next row that is nearest in time."""
        rows, row, place = self._place()
        if self.view is None or len(rows) < 2:  # noqa: PLR2004 -- one row has no other
            self.notify("There are no other rates to go to.")
            return
        here = _day(self.view, rows[row][place])
        following = rows[(row + way) % len(rows)]
        near = min(following, key=lambda ref: abs((_day(self.view, ref) - here).days))
        self._go_to(near)

    def action_first(self) -> None:
        rows, row, _ = self._place()
        if rows:
            self._go_to(rows[row][0])

    def action_last(self) -> None:
        rows, row, _ = self._place()
        if rows:
            self._go_to(rows[row][-1])

    def on_click(self, event: Click) -> None:
        place = event.get_content_offset(self)
        if self._drawing is None or place is None:
            return
        key = self._drawing.at(place.x - 1, place.y + self.top)
        if key is not None:
            event.prevent_default()  # the words below are the reader's to answer for
            self._go_to(Ref.parse(key))


def _said(view: View, text: str) -> Sheet:
    sheet = Sheet(view)
    sheet.add(Span(text, "muted"))
    return sheet


def _day(view: View | None, ref: Ref) -> date:
    assert view is not None, "asked only of what is shown"
    return first_day(view.index.rate(ref).on)


def _chart(view: View, cursor: Ref | None) -> Chart:
    negotiation = view.index.dataset.negotiation
    lines = rates.lines(view)
    figures = [(number, ref) for number, line in enumerate(lines) for ref in line.figures]
    return Chart(
        first=negotiation.began.replace(day=1),
        last=view.covers_until,
        as_of=view.as_of,
        lines=tuple(
            Line(rates.title(view, line), _SIDES[n % len(_SIDES)], _steps(view, line))
            for n, line in enumerate(lines)
        ),
        marks=tuple(
            Mark(
                min(last_day(rate.on), view.as_of),
                rate.percent,
                str(ref),
                rate.standing,
                _SIDES[number % len(_SIDES)],
                _speaker(view, rate),
            )
            for number, ref in figures
            if (rate := view.index.rate(ref)).standing != "step"
        ),
        rounds=tuple(
            (r.closes, r.number or "·") for r in view.index.dataset.rounds if not view.is_to_come(r)
        ),
        cursor=str(cursor or ""),
    )


def _speaker(view: View, rate: Rate) -> str:
    return view.index.delegate(rate.speaker_id).short if rate.speaker_id else ""


def _steps(view: View, line: rates.Line) -> tuple[Step, ...]:
    found = map(view.index.rate, line.steps)
    return tuple(Step(first_day(rate.on), rate.percent, str(rate.ref)) for rate in found)
