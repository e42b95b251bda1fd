"""The line in which a filter is typed. Imported when first needed, as inputs are heavy."""

from __future__ import annotations

from explorer.ui import commands
from explorer.ui.dialog_commands import FILTER
from explorer.ui.line_input import LineInput
from explorer.ui.panes.pane import Filter


class FilterInput(LineInput):
    """The arrows move the list's cursor while the words are typed."""

    BINDINGS = commands.bindings(FILTER)

    def watch_value(self, value: str) -> None:
        self.post_message(Filter.Typed(value))

    def action_list_down(self) -> None:
        self.post_message(Filter.Moved(1))

    def action_list_up(self) -> None:
        self.post_message(Filter.Moved(-1))

    def action_keep(self) -> None:
        self.post_message(Filter.Ended())

    def action_clear(self) -> None:
        self.value = ""
        self.post_message(Filter.Ended())
