"""Going through time from the main screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from explorer.documents import coverage
from explorer.record import labels

if TYPE_CHECKING:
    from explorer.ui.main_screen import MainScreen
    from explorer.view import View


class Travelling:
    """Sets the as-of date of the main screen's view."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    @property
    def _view(self) -> View:
        assert self._screen.view is not None, "one travels in a view"
        return self._screen.view

    def look_at(self, day: date) -> None:
        """Show what was public at the end of a day."""
        began, ends = self._view.index.dataset.negotiation.began, self._view.covers_until
        stays = max(began, min(day, ends)) == self._view.today
        if day > ends or (stays and day == ends):
            self._screen.notify(coverage.last_day(self._view))
        elif day < began or (stays and day == began):
            self._screen.notify(f"The record begins on {labels.day(began)}.")
        self._screen.look_from(self._view.at(day))

    def to_round_before(self) -> None:
        """Go to the end of the round before, or else to where the record begins."""
        self.look_at(self._view.end_of_round_before())

    def to_next_round(self) -> None:
        """Go to the end of the next round, or else to where the record ends."""
        self.look_at(self._view.end_of_next_round())

    def by_days(self, days: int) -> None:
        """Go on, or back, by so many days."""
        self.look_at(self._view.today + timedelta(days=days))

    def to_the_end(self) -> None:
        """Go to the last day that the record covers."""
        self.look_at(self._view.covers_until)

    def ask(self) -> None:
        """Ask for the day."""
        from explorer.ui.dialogs.date_prompt import AskDay

        dialog = AskDay("What was public when?", self._view.day_said)
        self._screen.app.push_screen(dialog, self._asked)

    def _asked(self, day: date | None) -> None:
        if day is None:
            return
        there = self._view.at(day)
        if there.asked is None:
            self.look_at(day)
        else:
            self._screen.notify(coverage.asked(there), markup=False)
            self._screen.look_from(there)
