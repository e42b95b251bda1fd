"""Seeing that somebody else has put notes where they are read, while one is at work.

The folders are asked when something was last put into them, moved or removed there, which is
how sync tools, git and every explorer write. What systems offer to be called for that says
nothing of network disks. A file that is written over in its place changes no folder: such
notes are read again when the person comes back to the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

EVERY = 1.0
"""Seconds between two looks."""


class FolderWatch:
    """Looks at folders until it is stopped, on a thread of its own."""

    def __init__(self, folders: Sequence[Path], changed: Callable[[], None]) -> None:
        """`changed` is called on that thread."""
        self._folders = folders
        self._changed = changed
        self._known = self._state()
        self._over = Event()

    def begin(self) -> None:
        Thread(target=self._run, name="notes", daemon=True).start()

    def stop(self) -> None:
        """Look no longer; waits for nothing."""
        self._over.set()

    def is_known(self) -> None:
        """What was written just now is one's own, and known."""
        self._known = self._state()

    def _run(self) -> None:
        while not self._over.wait(EVERY):
            state = self._state()
            if state != self._known:
                self._known = state
                self._changed()

    def _state(self) -> tuple[int, ...]:
        return tuple(map(_changed_at, self._folders))


def _changed_at(folder: Path) -> int:
    with suppress(OSError):
        return folder.stat().st_mtime_ns
    return 0
