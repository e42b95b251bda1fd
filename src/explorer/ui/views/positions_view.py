"""The full-screen view of positions: what each side wants, and when that was on the table."""

from __future__ import annotations

from dataclasses import replace

from explorer.documents.comparisons import on_the_table
from explorer.record import labels
from explorer.ui import commands
from explorer.ui.views.sheet_view import SheetView


class PositionsView(SheetView):
    """Issues by delegations, or by rounds."""

    BINDINGS = commands.bindings(commands.POSITIONS)

    def action_since(self) -> None:
        if self.question.otherwise:
            self.notify("A second date is for the positions; r goes back to them.")
        else:
            super().action_since()

    def action_by_round(self) -> None:
        self.ask(replace(self.question, otherwise=not self.question.otherwise))

    def subtitle(self) -> str:
        """The round and issue of a sign, in words."""
        here = self.here if self.question.otherwise else None
        if self.view is None or here is None or here.link.kind != "round":
            return ""
        row = [stop.link for stop in self.laid_out.stops if stop.first == here.first]
        this_round = self.view.index.round(here.link)
        name = labels.title(self.view.index, here.link)
        told = f"{name}, {self.view.days_of(this_round)}"
        if row[0].kind != "issue":
            return told
        states = {r.issue: r.states for r in on_the_table.rows(self.view)}[row[0]]
        return f"{labels.title(self.view.index, row[0])}: {states[here.link]} after {told}"
