"""What the views share that tell what moved since a second date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from explorer.record import labels
from explorer.ui.views.sheet_view import SheetView


class SinceView(SheetView):
    """Asks for the second date."""

    def action_since(self) -> None:
        from explorer.ui.dialogs.date_prompt import AskDay

        if self.asked.since is not None:
            self.notify("The second date is taken off; s asks for another.")
            self.ask(replace(self.asked, since=None))
        elif self.view is not None:
            self.app.push_screen(AskDay("Since when?", self._day_before), self._chosen)

    def _day_before(self, said: str) -> date:
        """The day that is meant. Raises ValueError unless it lies before the one looked at."""
        assert self.view is not None, "one asks in a view"
        day, today = self.view.day_said(said), self.view.today
        if day >= today:
            raise ValueError(
                f"{labels.day(day)} is not before {labels.day(today)}; say a day before"
            )
        return day

    def _chosen(self, day: date | None) -> None:
        if day is not None:
            self.ask(replace(self.asked, since=day))
