"""The days of a note, as a person says them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from explorer.ui.widgets.line_input import LineInput

_LABELS = {"date": "Date", "due": "Review on"}


class DayFields(Horizontal):
    """The date of a note, and the day to look at it again."""

    def __init__(
        self, opened: Mapping[str, date | None], meant: Mapping[str, Callable[[str], date]]
    ) -> None:
        """`meant` gives the day that a person means, or raises ValueError; by `date` and `due`."""
        super().__init__()
        self._opened, self._meant = opened, meant

    def compose(self) -> ComposeResult:
        for name, label in _LABELS.items():
            day = self._opened[name]
            yield Static(label, classes="day-label")
            yield LineInput(day.isoformat() if day else "", placeholder="none", id=name)

    def read(self, name: str) -> date | None:
        """The day in a field, if there is any. Raises ValueError."""
        typed = self.query_one(f"#{name}", LineInput).value.strip()
        return self._meant[name](typed) if typed else None

    def day(self, name: str) -> date | None:
        """The day in a field; where it cannot be read, the one that was there."""
        try:
            return self.read(name)
        except ValueError:
            return self._opened[name]

    @property
    def problem(self) -> str:
        """Why one of the days cannot be read; nothing when both can."""
        for name in _LABELS:
            try:
                self.read(name)
            except ValueError as error:
                return str(error)
        return ""
