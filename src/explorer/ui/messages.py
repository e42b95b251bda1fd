"""What the program tells a person: one message at a time, in the line of keys.

It covers nothing, replaces the message before it, and goes with the next key. A message that
is more than a word on the last key stays a moment longer, so that it can be read.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from explorer.values import dataclass

_READ = 2.0
"""Seconds in which no key takes away a warning, or word of something that took its time."""

SIGNS = {"information": "»", "warning": "!", "error": "✗"}
"""By severity: what tells it without colour."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something told, as it is: nothing in it is markup."""

    words: str
    severity: str = "information"
    stays: bool = False
    """Whether it stays a moment, whatever is pressed."""

    @property
    def sign(self) -> str:
        return SIGNS[self.severity]


class Messages:
    """Holds the message that is shown; `show` is called whenever it changes."""

    def __init__(
        self, show: Callable[[Message | None], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._show = show
        self.clock = clock
        self.now: Message | None = None
        self.told = 0
        """How many were told so far."""
        self._since = 0.0

    def tell(self, message: Message) -> None:
        """Show a message in the place of the one before."""
        self.now, self._since = message, self.clock()
        self.told += 1
        self._show(message)

    def acted(self) -> None:
        """A key was pressed, or the mouse: what was read goes."""
        if self.now is None or (self.now.stays and self.clock() - self._since < _READ):
            return
        self.now = None
        self._show(None)
