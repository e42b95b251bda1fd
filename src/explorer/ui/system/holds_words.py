"""What holds words that are not on the disk yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable


@runtime_checkable
class HoldsWords(Protocol):
    """An editor or a form, as far as the app around it knows it."""

    def keep_draft(self) -> None:
        """Keep what was typed, when there is time."""

    def keep_at_once(self) -> str:
        """Keep it before the program stops or is ended; say where it is."""

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` when nothing is unsaved, or once the person has said what to do."""
