"""A question with a few answers, each on a key."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.widgets import Button, Static

from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import ASK
from explorer.values import dataclass

_AROUND = 6
"""Cells a button takes besides its label."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what is returned, its key and what the button says."""

    value: str
    key: str
    label: str


class Confirm(Dialog[str]):
    """Returns the value of the answer; escape gives the last one, which changes nothing."""

    PLACE = "ask"
    BINDINGS = commands.bindings(ASK, "ask", first=True)

    def __init__(self, question: str, detail: str, *answers: Answer, start: str = "") -> None:
        """`start` is the answer that Enter takes: the first one, unless it cannot be undone."""
        super().__init__()
        self._question = question
        self._detail = detail
        self._answers = answers
        self._start = start or answers[0].value

    def body(self) -> ComposeResult:
        yield Static(self._question, markup=False)
        if self._detail:
            yield Static(self._detail, classes="hint", markup=False)
        labels = [f"{answer.label} ({answer.key})" for answer in self._answers]
        fit = sum(map(len, labels)) + _AROUND * len(labels) <= min(self.app.size.width, 60) - 8
        with (Horizontal if fit else Vertical)(id="answers"):
            for answer, label in zip(self._answers, labels, strict=True):
                yield Button(label, id=f"answer-{answer.value}", compact=True)

    def on_mount(self) -> None:
        self.query_one(f"#answer-{self._start}").focus()

    def on_key(self, event: Key) -> None:
        value = {answer.key: answer.value for answer in self._answers}.get(event.key)
        if value is not None:
            event.stop()
            self.dismiss(value)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss((event.button.id or "").removeprefix("answer-"))

    def action_next(self) -> None:
        self.focus_next(Button)

    def action_previous(self) -> None:
        self.focus_previous(Button)

    def action_take(self) -> None:
        """Take the answer under the cursor."""
        if isinstance(self.focused, Button):
            self.focused.press()

    def action_close(self) -> None:
        self.dismiss(self._answers[-1].value)
