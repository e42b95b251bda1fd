"""A question with a few answers, each on a key."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.widgets import Button, Static

from explorer.ui.modal import Modal

_AROUND = 6
"""Cells a button takes besides its label."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what is returned, its key and what the button says."""

    value: str
    key: str
    label: str


class Ask(Modal[str]):
    """Returns the value of the answer; escape gives the last one, which changes nothing."""

    BINDINGS = [
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, detail: str, *answers: Answer) -> None:
        super().__init__()
        self._question = question
        self._detail = detail
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(id="ask", classes="dialog"):
            yield Static(self._question, id="question", markup=False)
            if self._detail:
                yield Static(self._detail, id="ask-detail", markup=False)
            labels = [f"{answer.label} ({answer.key})" for answer in self._answers]
            fit = sum(map(len, labels)) + _AROUND * len(labels) <= min(self.app.size.width, 60) - 8
            with (Horizontal if fit else Vertical)(id="answers"):
                for answer, label in zip(self._answers, labels, strict=True):
                    yield Button(label, id=f"answer-{answer.value}", compact=True)

    def on_mount(self) -> None:
        self.query(Button).last().focus()

    def on_key(self, event: Key) -> None:
        keys = {answer.key: answer.value for answer in self._answers}
        value = keys.get(event.key, self._answers[-1].value if event.key == "escape" else None)
        if value is not None:
            event.stop()
            self.dismiss(value)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss((event.button.id or "").removeprefix("answer-"))
