"""Asking for a day, in whatever way a person says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.widgets import Input, Static

from explorer.record import labels
from explorer.ui.dialogs.text_prompt import Field
from explorer.ui.widgets.line_input import LineInput


class DatePrompt(Field[date]):
    """Returns the day; says while one types which day is meant, and why none is."""

    def __init__(self, question: str, ways: str, meant: Callable[[str], date]) -> None:
        """`meant` gives the day that is meant, or raises ValueError; `ways` is what one may say."""
        super().__init__(question, f"For instance {ways}.", placeholder="a day or a round")
        self._meant = meant

    def on_input_changed(self, event: Input.Changed) -> None:
        self._read(event.value)

    def _read(self, typed: str) -> date | None:
        """The day that is meant, if any; which, or why none, stands below the line."""
        day, hint, is_wrong = None, self.hint, False
        if typed.strip():
            try:
                day = self._meant(typed)
                hint = f"{day:%A}, {labels.day(day)}"
            except ValueError as error:
                hint, is_wrong = labels.sentence(str(error)), True
        line = self.query_one(".hint", Static)
        line.update(hint)
        line.set_class(is_wrong, "-warning")
        return day

    def action_submit(self) -> None:
        typed = self.query_one(LineInput).value
        if (day := self._read(typed)) is not None:
            self.dismiss(day)
        elif not typed.strip():
            self.notify("Type a day first, or close with Esc.")
