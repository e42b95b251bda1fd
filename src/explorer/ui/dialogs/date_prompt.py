"""Asking for a day, in whatever way a person says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from explorer.record import date_parser, labels
from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import FIELD
from explorer.ui.widgets.line_input import LineInput


class AskDay(Dialog[date]):
    """Returns the day; says while one types which day is meant, and why none is."""

    PLACE = "field"
    BINDINGS = commands.bindings(FIELD)

    def __init__(self, question: str, meant: Callable[[str], date]) -> None:
        """`meant` gives the day that is meant, or raises ValueError with the reason."""
        super().__init__()
        self._question = question
        self._meant = meant

    def compose(self) -> ComposeResult:
        with Vertical(id="ask-day", classes="dialog") as dialog:
            dialog.border_title = Content(self._question)
            dialog.border_subtitle = Content("Enter goes there, Esc closes")
            yield LineInput(placeholder="a day or a round")
            yield Static(f"For instance {date_parser.HOW}.", id="meant", markup=False)
        yield self.keys

    def on_input_changed(self, event: Input.Changed) -> None:
        self._say(event.value)

    def _say(self, said: str) -> date | None:
        line = self.query_one("#meant", Static)
        line.remove_class("-error")
        if not said.strip():
            line.update(f"For instance {date_parser.HOW}.")
            return None
        try:
            day = self._meant(said)
        except ValueError as error:
            line.update(labels.sentence(str(error)))
            line.add_class("-error")
            return None
        line.update(f"{day:%A}, {labels.day(day)}")
        return day

    def action_submit(self) -> None:
        typed = self.query_one(LineInput).value
        day = self._say(typed)
        if day is not None:
            self.dismiss(day)
        elif not typed.strip():
            self.notify("Type a day first, or close with Esc.")
