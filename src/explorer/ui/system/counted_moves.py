"""A number before a movement: “5j” goes down five.

A digit that is no key where the person is begins a number; digits after it go on with it,
whatever they are keys of. So the numbers of the panes stay keys that act at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from explorer.ui import commands
from explorer.ui.dialogs.dialog_commands import DIALOGS

_MOST = 999
_STEPS = {"next_step", "previous_step", "other_line"}
"""Movements that the line of keys shows."""


class CountedMoves:
    """Holds the number that is being typed."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._number = 0

    async def run(self, key: str, place: str, act: Callable[[str], Awaitable[bool]]) -> bool:
        """Let a key act as often as the number before it says, unless it is part of one.

        Returns whether it was part of a number, or whether it acted.
        """
        if self._takes(key, place):
            number = self._number
            self._tell(f"{number}: the next movement goes so far, as {number}j; Esc forgets it.")
            return True
        number, self._number = self._number, 0
        if number and key == "escape":
            return True
        command = _command(key, place) if number else None
        is_move = command is not None and (command.move or command.action in _STEPS)
        has_run = await act(key)
        for _ in range(number - 1 if has_run and is_move else 0):
            await act(key)
        return has_run

    def _takes(self, key: str, place: str) -> bool:
        """Whether a key is part of a number, which it then is."""
        if not (len(key) == 1 and key.isascii() and key.isdecimal()) or place in DIALOGS:
            return False
        if not self._number and (key == "0" or _command(key, place) is not None):
            return False
        self._number = min(self._number * 10 + int(key), _MOST)
        return True


def _command(key: str, place: str) -> commands.Command | None:
    return next((c for c in commands.available(place) if key in c.key_names), None)
