"""The notes on the record: the user's own words, kept apart from the record's."""

from __future__ import annotations

from rich.text import Text
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from explorer.model import Ref
from explorer.ui import commands, paint
from explorer.ui.lines import Lines
from explorer.view import View


class NotesPane(Lines):
    """What the user wrote on the selected record, and what became of files in trouble."""

    BINDINGS = commands.bindings(commands.NOTES)

    view: var[View | None] = var(None)
    selected: var[Ref | None] = var(None)

    class EditRequested(Message):
        """The person wants to write on the record."""

    class Left(Message):
        """The person wants to go back to the pane."""

    def __init__(self) -> None:
        super().__init__(id="notes")
        self.border_title = Content("Notes")
        self._lines: list[Text] = []

    def watch_view(self) -> None:
        self._fill()

    def watch_selected(self) -> None:
        self._fill()
        self.scroll_to(y=0, animate=False)

    def on_resize(self) -> None:
        self._fill()

    def restyle(self, look: paint.Look) -> None:
        self._lines = []
        super().restyle(look)
        self._fill()

    def line(self, number: int) -> Text:
        return Text.assemble(" ", self._lines[number])

    def _fill(self) -> None:
        if self.view is None or self.selected is None or not self.size.width:
            return
        lines = [
            line
            for text in paint.notes(self.view, self.selected)
            for line in self.look.wrap(text, self.room - 2)
        ]
        if lines != self._lines:
            self._lines = lines
            self.set_length(len(lines))
            self.refresh()

    def action_line_down(self) -> None:
        self.scroll_relative(y=1, animate=False)

    def action_line_up(self) -> None:
        self.scroll_relative(y=-1, animate=False)

    def action_page_down(self) -> None:
        self.scroll_relative(y=self.tall - 1, animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=1 - self.tall, animate=False)

    def action_first(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        self.scroll_to(y=self.virtual_size.height, animate=False)

    def action_edit(self) -> None:
        self.post_message(self.EditRequested())

    def action_leave(self) -> None:
        self.post_message(self.Left())
