"""Going through time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from explorer.documents import coverage
from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui.actions.screen import RecordScreen
from explorer.view import View, ways_to_say_a_day


class TimeActions:
    """Sets the day that the screen shows."""

    def __init__(self, screen: RecordScreen) -> None:
        self._screen = screen
        self._hidden: Ref | None = None
        """A record that was not public on the day …"""
        self._stand_in: Ref | None = None
        """… and the one that is shown in its place."""

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {
            "previous_round": lambda: self.look_at(self._screen.view.end_of_round_before()),
            "next_round": lambda: self.look_at(self._screen.view.end_of_next_round()),
            "previous_day": lambda: self._by_days(-1),
            "next_day": lambda: self._by_days(1),
            "end_of_record": lambda: self.look_at(self._screen.view.covers_until),
            "ask_date": self.ask,
            "marks": self.go_along,
        }

    def follow(self, now: Callable[[Ref], Ref]) -> None:
        """Call records as they are called now."""
        self._hidden = self._hidden and now(self._hidden)
        self._stand_in = self._stand_in and now(self._stand_in)

    def look_at(self, day: date) -> None:
        """Show what was public at the end of a day."""
        view = self._screen.view
        began, ends = view.index.dataset.negotiation.began, view.covers_until
        stays = max(began, min(day, ends)) == view.as_of
        if day > ends or (stays and day == ends):
            self._screen.notify(coverage.last_day(view))
        elif day < began or (stays and day == began):
            self._screen.notify(f"The record begins on {labels.day(began)}.")
        self._look_from(view.at(day))

    def _by_days(self, days: int) -> None:
        self.look_at(self._screen.view.as_of + timedelta(days=days))

    def ask(self) -> None:
        """Ask for the day."""
        from explorer.ui.dialogs.date_prompt import DatePrompt

        view = self._screen.view

        def answered(day: date | None) -> None:
            if day is None:
                return
            there = self._screen.view.at(day)
            if there.asked is None:
                self.look_at(day)
            else:
                self._screen.notify(coverage.asked(there), markup=False)
                self._look_from(there)

        self._screen.app.push_screen(
            DatePrompt("What was public when?", ways_to_say_a_day(view), view.day_said), answered
        )

    def go_along(self) -> None:
        """Go along the marks of the ribbon, to one of them or to its day."""
        from explorer.ui.dialogs.marks import Marks, Reached

        marks = Marks(self._screen.view)

        def reached(there: Reached | None) -> None:
            if there is not None and there.day is not None:
                self.look_at(there.day)
            elif there is not None:
                self._screen.go(there.ref)

        if marks.marks:
            self._screen.app.push_screen(marks, reached)
        else:
            self._screen.notify("Nothing is marked on the ribbon on this day.")

    def _look_from(self, view: View) -> None:
        """Look at another day's view.

        A record that was not public then gives way to one that was, and comes back on the
        first day on which it is public again, unless the person went elsewhere meanwhile.
        """
        screen = self._screen
        screen.view = view
        screen.follow_cursor()
        if screen.selected != self._stand_in:
            self._hidden = self._stand_in = None
        if self._hidden is not None and self._hidden in view.index:
            screen.selected, self._hidden, self._stand_in = self._hidden, None, None
        elif screen.selected not in view.index:
            self._hidden = self._hidden or screen.selected
            self._stand_in = screen.current or view.index.dataset.negotiation.ref
            screen.selected = self._stand_in
            screen.notify(f"The record was not public on {labels.day(view.as_of)}; this one was.")
