"""Asking for a line of text, such as the name of a file or of a tag."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from explorer.ui.modal import Modal


class AskText(Modal[str]):
    """Returns what was typed; escape returns nothing."""

    BINDINGS = [Binding("escape", "dismiss", "Close", show=False)]

    def __init__(self, question: str, hint: str, typed: str = "") -> None:
        super().__init__()
        self._question, self._hint, self._typed = question, hint, typed

    def compose(self) -> ComposeResult:
        with Vertical(id="ask-text", classes="dialog") as dialog:
            dialog.border_title = Content(self._question)
            dialog.border_subtitle = Content("Enter goes on, Esc closes")
            yield Input(self._typed, compact=True)
            yield Static(self._hint, classes="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())
