"""The full-screen view of figures: a chart, and in words what is under its cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rich.text import Text
from textual.events import Click
from textual.strip import Strip

from explorer.documents import time_axis
from explorer.documents.charts.chart import MEANINGS, Chart
from explorer.documents.charts.figures_chart import Entry, chart, rows_of
from explorer.documents.comparisons import Comparison, figures
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import Sheet
from explorer.documents.sheet import Span
from explorer.record.days import first_day
from explorer.record.model import Ref
from explorer.ui import commands, view_commands
from explorer.ui.views.sheet_view import Left, SheetView
from explorer.ui.widgets import step_chart
from explorer.ui.widgets.chart_parts import Drawing
from explorer.ui.widgets.nearest import nearest
from explorer.ui.widgets.reader import Spot
from explorer.view import View

_LEAST, _MOST, _WORDS = 8, 24, 7
"""Lines of the chart at least and at most, and those left to the words below it."""
_CORNERS = 6
"""Cells of the lower border that are not for words."""
LEGEND: Mapping[str, str] = {
    kind: f"{step_chart.SIGNS[kind]} {word}" for kind, word in MEANINGS.items()
}
"""What each sign means, in the order of the lower border."""


class FiguresView(SheetView):
    """The cursor goes from value to value of a line; what is no step is a line of its own."""

    BINDINGS = commands.bindings(view_commands.FIGURES, "figures")

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison)
        self._cursor = ""
        """The key of the value that is pointed at."""
        self._row: Sequence[str] = ()
        """The keys of the row that the cursor moves along."""
        self._drawing: Drawing | None = None

    def rows(self, view: View) -> list[Sequence[Entry]]:
        """What the cursor moves along: each line, then the targets, then what is said."""
        return rows_of(figures.shown(view, self.asked_in(view)))

    def question_about(self, about: Ref | None) -> Question:
        """The figure shown, or else what was chosen the last time."""
        return Question(about) if about is not None and about.kind == "figure" else self.question

    def follow(self, now: Callable[[Ref], Ref]) -> None:
        super().follow(now)
        self._row = [_following(key, now) for key in self._row]
        self._cursor = self._cursor and _following(self._cursor, now)

    def left_at(self) -> Left:
        return replace(super().left_at(), key=self._cursor)

    def begin_subject(self, left: Left | None) -> None:
        super().begin_subject(left)
        self._cursor = left.key if left else ""
        self._row = (self._cursor,) if self._cursor else ()

    def sheet_in(self, view: View) -> Sheet:
        rows, shown = self.rows(view), figures.shown(view, self.asked_in(view))
        public = {entry.key: entry for row in rows for entry in row}
        if self._cursor:
            number = self._row.index(self._cursor)
            self._cursor = nearest(self._row, number, public) or ""
        if not self._cursor:
            applies = (entry.key for row in rows for entry in row if entry.applies(view))
            first = rows[0][0].key if rows else ""
            self._cursor = next(applies, first)
        title = figures.title(view, shown)
        if not self._cursor:
            self._row = ()
            sheet = Sheet(view, title)
            sheet.add(Span(figures.why_none(view), "muted"))
            return sheet
        self._row = self._row_of(rows)
        here = public[self._cursor]
        sheet = figures.detail(view, here.figure, here.value)
        sheet.title = title
        return sheet

    def _row_of(self, rows: Sequence[Sequence[Entry]]) -> Sequence[str]:
        keys = ([entry.key for entry in row] for row in rows)
        return next(row for row in keys if self._cursor in row)

    def lead(self, width: int) -> Sequence[Text]:
        if self.view is None:
            return ()
        height = max(min(self.tall - _WORDS, _MOST), _LEAST)
        shown = figures.shown(self.view, self.asked_in(self.view))
        under = None if self.screen.has_class("-tiny") else time_axis.scale(self.view, width)
        drawn = chart(self.view, shown, self._cursor, under)
        self._drawing = step_chart.draw(drawn, width, height)
        return [*self._drawing.lines, *self._legend_below(drawn, width), Text()]

    def _legend_below(self, drawn: Chart, width: int) -> Sequence[Text]:
        """What the signs mean, where the border has no room for it."""
        legend = _legend(drawn)
        if self._fits_border(legend):
            return ()
        lines: list[str] = []
        for said in legend:  # no sign is parted from its meaning
            if lines and len(lines[-1]) + 2 + len(said) <= width:
                lines[-1] += f"  {said}"
            else:
                lines.append(said)
        return [Text(line, "muted") for line in lines]

    def _fits_border(self, legend: Sequence[str]) -> bool:
        return len("  ".join(legend)) <= self.room - _CORNERS

    def marked(self, _number: int, strip: Strip) -> Strip:
        """The cursor is in the chart; the words below it have none of their own."""
        return strip

    @property
    def link(self) -> Ref | None:
        """The figure of the value under the cursor."""
        here = self._here()
        return here.figure.ref if here else None

    @property
    def spot(self) -> Spot:
        return replace(super().spot, link=self.link, key=self._cursor)

    def restore(self, spot: Spot) -> None:
        if spot.key and spot.key != self._cursor and self.view is not None:
            rows = self.rows(self.view)
            if any(entry.key == spot.key for row in rows for entry in row):
                self._go_to(spot.key)
        super().restore(replace(spot, link=None))

    def subtitle(self) -> str:
        """What the signs in the chart mean."""
        if self.view is None or not self._cursor:
            return ""
        shown = figures.shown(self.view, self.asked_in(self.view))
        legend = _legend(chart(self.view, shown, ""))
        return "  ".join(legend) if self._fits_border(legend) else ""

    def _here(self) -> Entry | None:
        rows = self.rows(self.view) if self.view is not None else []
        return next((e for row in rows for e in row if e.key == self._cursor), None)

    def _place(self) -> tuple[list[Sequence[Entry]], int, int]:
        """The rows, and where in them the cursor is."""
        rows = self.rows(self.view) if self.view is not None else []
        for number, row in enumerate(rows):
            for place, entry in enumerate(row):
                if entry.key == self._cursor:
                    return rows, number, place
        return rows, 0, 0

    def _go_to(self, key: str) -> None:
        self._cursor, self._row = key, (key,)
        self.renew()
        self.scroll_to(y=0, animate=False)

    def action_next_step(self) -> None:
        self._along(1)

    def action_previous_step(self) -> None:
        self._along(-1)

    def _along(self, way: int) -> None:
        rows, row, place = self._place()
        if rows and 0 <= place + way < len(rows[row]):
            self._go_to(rows[row][place + way].key)
        else:
            self.notify(f"There is no {'later' if way > 0 else 'earlier'} value in this line.")

    def action_other_line(self, way: int = 1) -> None:
        """To the entry of the next row that is nearest in time."""
        rows, row, place = self._place()
        if len(rows) < 2:  # noqa: PLR2004 -- one row has no other
            self.notify("There is no other line to go to.")
            return
        here = first_day(rows[row][place].value.on)
        following = rows[(row + way) % len(rows)]
        near = min(following, key=lambda e: abs((first_day(e.value.on) - here).days))
        self._go_to(near.key)

    def action_first(self) -> None:
        rows, row, _ = self._place()
        if rows:
            self._go_to(rows[row][0].key)

    def action_last(self) -> None:
        rows, row, _ = self._place()
        if rows:
            self._go_to(rows[row][-1].key)

    def action_choose(self) -> None:
        """Choose which figures to see, from a list."""
        from explorer.ui.dialogs.figure_choice import ChooseFigures

        if self.view is None:
            return
        choices = figures.choices(self.view)
        if len(choices) < 2:  # noqa: PLR2004 -- one is no choice
            self.notify("There is no other figure to choose.")
            return
        self.app.push_screen(ChooseFigures(choices), self._chosen)

    def _chosen(self, choice: figures.Choice | None) -> None:
        if choice is not None:
            self.ask(choice.question)

    def on_click(self, event: Click) -> None:
        place = event.get_content_offset(self)
        if self._drawing is None or place is None:
            return
        key = self._drawing.at(place.x - 1, place.y + self.top)
        if key is not None:
            event.prevent_default()  # the words below are the reader's to answer for
            self._go_to(key)


def _legend(drawn: Chart) -> list[str]:
    """What the signs of a chart mean, each after its sign."""
    kinds = {mark.kind for mark in drawn.marks}
    return [*(sign for kind, sign in LEGEND.items() if kind in kinds), "╎ as of"]


def _following(key: str, now: Callable[[Ref], Ref]) -> str:
    """The key of a value of a figure as that is called now."""
    ref, _, rest = key.partition("|")
    return f"{now(Ref.parse(ref))}|{rest}"
