"""The line in which a filter is typed. Imported when first needed, as inputs are heavy."""

from __future__ import annotations

from explorer.ui import commands
from explorer.ui.dialogs.dialog_commands import FILTER
from explorer.ui.panes.pane import Pane
from explorer.ui.widgets.line_input import LineInput


class FilterInput(LineInput):
    """The arrows move the list's cursor while the words are typed.

    The pane is told at once, not by messages: a next key may be faster than they are.
    """

    BINDINGS = commands.bindings(FILTER)

    @property
    def _pane(self) -> Pane:
        return self.query_ancestor(Pane)

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
