"""The full-screen view of positions: what each side wants, and when that was on the table."""

from __future__ import annotations

from explorer import wording
from explorer.comparisons import on_the_table, positions
from explorer.page import Sheet
from explorer.ui import commands
from explorer.ui.views.since_view import SinceView
from explorer.view import View


class Positions(SinceView):
    """Issues by delegations, or by rounds."""

    NAME = "positions"
    BINDINGS = commands.bindings((*commands.POSITIONS, *commands.SHEET))

    def __init__(self) -> None:
        super().__init__()
        self._by_round = False

    def made(self, view: View) -> Sheet:
        if self._by_round:
            return on_the_table.sheet(view)
        return positions.sheet(view, self.since)

    def action_since(self) -> None:
        if self._by_round:
            self.notify("A second date is for the positions; r goes back to them.")
        else:
            super().action_since()

    def action_by_round(self) -> None:
        self._by_round = not self._by_round
        self.stop = 0
        self.renew()

    def told(self) -> str:
        """The round and issue of a sign, in words."""
        stops = self.laid_out.stops if self._by_round and self.view is not None else []
        if self.view is None or not stops or stops[self.stop].link.kind != "round":
            return ""
        here = stops[self.stop]
        row = [stop.link for stop in stops if stop.first == here.first]
        this_round = self.view.index[here.link]
        name = wording.title(self.view.index, here.link)
        told = f"{name}, {self.view.days_of(this_round)}"
        if row[0].kind != "issue":
            return told
        states = {r.issue: r.states for r in on_the_table.rows(self.view)}[row[0]]
        columns = on_the_table.rounds(self.view)
        state = states[columns.index(here.link)]
        return f"{wording.title(self.view.index, row[0])}: {state} after {told}"
