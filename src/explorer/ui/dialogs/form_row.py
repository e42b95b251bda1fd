"""One field of a form on the screen: its name, where it is filled in, and what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from explorer.adding.form_fields import FormField
from explorer.adding.said_of_forms import said_of
from explorer.ui.widgets.combobox import Combobox
from explorer.ui.widgets.form_line import FormLine, FormText

Editor = Combobox | FormLine | FormText


class FormRow(Vertical):
    """A field of a part of the form, by the number of the part and the key."""

    def __init__(self, number: int, field: FormField, editor: Editor) -> None:
        super().__init__(classes="form-row")
        self.number, self.field, self.editor = number, field, editor
        self._message = Static(classes="form-message", markup=False)
        self._said = ("", "")
        """What is wrong with the field, and the hint, if anything."""

    @property
    def place(self) -> tuple[int, str]:
        """The part and the field."""
        return self.number, self.field.key

    @property
    def line(self) -> Widget:
        """What has the focus when it is filled in."""
        return self.editor.line if isinstance(self.editor, Combobox) else self.editor

    def compose(self) -> ComposeResult:
        name = f"{self.field.label} *" if self.field.required else self.field.label
        with Horizontal(classes="form-pair"):
            yield Static(name, classes="form-label", markup=False)
            yield self.editor
        yield self._message

    def on_mount(self) -> None:
        self._message.display = False

    def say(self, problem: str, hint: str = "") -> None:
        """Say what is wrong below the field, or else a hint."""
        if (problem, hint) == self._said:
            return  # to say it again would lay out the form again
        self._said = (problem, hint)
        words = said_of(self.field.label, problem) if problem else hint
        self._message.update(Content(words))
        self._message.display = bool(words)
        self._message.set_class(bool(problem), "-warning")
