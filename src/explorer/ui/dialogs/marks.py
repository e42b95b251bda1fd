"""Going along the marks of the time ribbon, which are named, also where several share a cell."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from explorer.record import labels
from explorer.record.days import first_day
from explorer.record.model import Milestone, Ref
from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import MARKS
from explorer.ui.widgets.ribbon import Mark, Ribbon, marks
from explorer.values import dataclass
from explorer.view import View

_MOST = 5
"""Marks of one cell that are named at once."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where somebody goes from the ribbon: to a record, or only to a day."""

    ref: Ref
    day: date | None = None


class Marks(Dialog[Reached]):
    """Returns where to go, or None."""

    PLACE = "marks"
    BINDINGS = commands.bindings(MARKS, "marks", first=True)

    def __init__(self, view: View) -> None:
        super().__init__()
        self.title = "On the time ribbon"
        self._view = view
        self._ribbon = Ribbon()
        self.marks = marks(view)
        before = sum(mark.day <= view.as_of for mark in self.marks)
        self.cursor = max(before - 1, 0)
        """The mark that is named first."""

    def body(self) -> ComposeResult:
        self._ribbon.view = self._view
        yield self._ribbon
        yield Static(id="mark-names", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    @property
    def here(self) -> Mark:
        return self.marks[self.cursor]

    def _show(self) -> None:
        if not self._ribbon.is_attached:  # it is closed already
            return
        shared = [self.cursor]  # alone, where there is no room for the line
        if (on := self._ribbon.on) is not None:
            cell = on.cell(self.here.day)
            self._ribbon.point_at(cell)
            shared = [n for n, mark in enumerate(self.marks) if on.cell(mark.day) == cell]
        first = max(0, min(shared.index(self.cursor) - _MOST // 2, len(shared) - _MOST))
        names = [
            named(self._view, self.marks[number], is_here=number == self.cursor)
            for number in shared[first : first + _MOST]
        ]
        self.query_one("#mark-names", Static).update(Content("\n").join(names))
        place = f"{self.cursor + 1} of {len(self.marks)}"
        several = f", {len(shared)} in one cell" if len(shared) > 1 else ""
        self.query_one(".dialog").border_subtitle = Content(f"{place}{several}")

    def action_move(self, by: int) -> None:
        """Go so many marks on, as far as there are any."""
        self.cursor = max(0, min(self.cursor + by, len(self.marks) - 1))
        self._show()

    def action_along(self, way: int) -> None:
        """Go to the first mark of the next cell that has one, or of the one before."""
        if (on := self._ribbon.on) is None:  # there may be no room for a line
            self.action_move(way)
            return
        cells = [on.cell(mark.day) for mark in self.marks]
        here = cells[self.cursor]
        beyond = [cell for cell in cells if (cell - here) * way > 0]
        if not beyond:
            self.notify(f"This is the {'last' if way > 0 else 'first'} mark on the line.")
            return
        self.cursor = cells.index(min(beyond) if way > 0 else max(beyond))
        self._show()

    def action_take(self) -> None:
        """Go to the record that is named."""
        self.dismiss(Reached(self.here.ref))

    def action_day(self) -> None:
        """Look at the record as of the day of the mark."""
        self.dismiss(Reached(self.here.ref, first_day(self.here.day)))


def named(view: View, mark: Mark, *, is_here: bool = False) -> Content:
    """A mark by its day and name, with how it stands."""
    record = view.index[mark.ref]
    if isinstance(record, Milestone):
        when, stands = labels.day(record.falls_on), view.left_to(record)
    else:
        this_round = view.index.round(mark.ref)
        when, stands = view.days_of(this_round), this_round.meeting
        if view.is_to_come(this_round):
            stands = view.counting.to_come(this_round.first_set)
    return Content.assemble(
        f"{'▸' if is_here else ' '} {when}  ",
        (labels.title(view.index, mark.ref), "bold" if is_here else ""),
        f"  {stands}" if stands else "",
    )
