"""The line in which a filter is typed. Imported when first needed, as inputs are heavy."""

from __future__ import annotations

from typing import Protocol

from explorer.ui import commands
from explorer.ui.dialogs.dialog_commands import FILTER
from explorer.ui.widgets.line_input import LineInput


class Filtered(Protocol):
    """What is narrowed to the words typed: a pane."""

    words: str

    def narrow(self, words: str) -> None:
        """Show what has the words typed so far."""

    def move(self, rows: int) -> None:
        """Move the list’s cursor."""

    async def end_filter(self) -> None:
        """Typing is over; the words stay."""


class FilterInput(LineInput):
    """The arrows move the list's cursor while the words are typed.

    The pane is asked at once, not by messages: a next key may be faster than they are.
    """

    BINDINGS = commands.bindings(FILTER, "filter")

    def __init__(self, pane: Filtered) -> None:
        super().__init__(pane.words, placeholder="words to find")
        self._pane = pane

    def watch_value(self, value: str) -> None:
        if self.is_attached:
            self._pane.narrow(value)

    def action_list_down(self) -> None:
        self._pane.move(1)

    def action_list_up(self) -> None:
        self._pane.move(-1)

    async def action_keep(self) -> None:
        await self._pane.end_filter()

    async def action_clear(self) -> None:
        self.value = ""
        await self._pane.end_filter()
