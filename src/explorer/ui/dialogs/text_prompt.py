"""Asking for a line of text, such as the name of a file or of a tag."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import FIELD
from explorer.ui.widgets.line_input import LineInput


class AskText(Dialog[str]):
    """Returns what was typed; escape returns nothing."""

    PLACE = "field"
    BINDINGS = commands.bindings(FIELD)

    def __init__(self, question: str, hint: str, typed: str = "") -> None:
        super().__init__()
        self._question, self._hint, self._typed = question, hint, typed

    def compose(self) -> ComposeResult:
        with Vertical(id="ask-text", classes="dialog") as dialog:
            dialog.border_title = Content(self._question)
            dialog.border_subtitle = Content("Enter goes on, Esc closes")
            yield LineInput(self._typed)
            yield Static(self._hint, classes="hint", markup=False)
        yield self.keys

    def action_submit(self) -> None:
        if typed := self.query_one(LineInput).value.strip():
            self.dismiss(typed)
        else:
            self.notify("Type a name first, or close with Esc.")
