"""Choosing one of a few entries, each shown whole on as many lines as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Click
from textual.widgets import OptionList, Static

from explorer.ui.dialogs.dialog import DOUBLE_CLICK, Dialog, Result


class _Options(OptionList):
    """Textual’s list, which has no lines while there is no room for any."""

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if self._lines:
            super()._move_page(direction)


class Chooser(Dialog[Result]):
    """Returns what stands for the entry that is taken: by a key, or by a double click.

    The entries are all laid out at once, which for thousands takes seconds: long lists are
    drawn by `Lines`.
    """

    def __init__(self, entries: Sequence[tuple[Content, Result]], explanation: str = "") -> None:
        super().__init__()
        self._entries = entries
        self._explanation = explanation
        shown = (shown for shown, _ in entries)
        self._options = _Options(*shown, markup=False, compact=True)

    def body(self) -> ComposeResult:
        if self._explanation:
            yield Static(self._explanation, classes="explanation", markup=False)
        yield self._options

    def action_move(self, way: int) -> None:
        if self._options.highlighted is not None:
            self._options.highlighted += way

    def action_take(self) -> None:
        """Take the entry under the cursor; without any there is nothing to return."""
        place = self._options.highlighted or 0  # before it is shown the cursor is nowhere
        self.dismiss(self._entries[place][1] if self._entries else None)

    def on_click(self, event: Click) -> None:
        # A single click has moved the cursor: nothing is taken by a slip of the hand.
        if event.chain == DOUBLE_CLICK and "option" in event.style.meta:
            self.action_take()
