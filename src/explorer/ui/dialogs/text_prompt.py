"""Asking for a line of text, such as the name of a file or of a tag."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from explorer.ui import commands, key_words
from explorer.ui.dialogs.dialog import Dialog, Result
from explorer.ui.dialogs.dialog_commands import FIELD
from explorer.ui.widgets.line_input import LineInput


class Field(Dialog[Result]):
    """A line to type in, and a hint below it. Children say what is returned."""

    PLACE = "field"
    BINDINGS = commands.bindings(FIELD, "field")

    def __init__(self, question: str, hint: str, typed: str = "", *, placeholder: str = "") -> None:
        super().__init__()
        self.title = question
        self.sub_title = key_words.said("{field:go-on} goes on, {field:close} closes")
        self.hint = hint
        self._typed, self._placeholder = typed, placeholder

    def body(self) -> ComposeResult:
        yield LineInput(self._typed, placeholder=self._placeholder)
        yield Static(self.hint, classes="hint", markup=False)


class TextPrompt(Field[str]):
    """Returns what was typed; escape returns nothing."""

    def action_submit(self) -> None:
        if typed := self.query_one(LineInput).value.strip():
            self.dismiss(typed)
        else:
            self.notify("Type a name first, or close with Esc.")
