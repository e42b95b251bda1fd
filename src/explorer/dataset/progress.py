"""How far a dataset is read, for somebody who waits for it and may stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


class Stopped(Exception):  # noqa: N818 -- it is no error
    """Whoever waited for a dataset waits no longer."""


class Progress:
    """See the module."""

    def __init__(self) -> None:
        self.say: Callable[[str], None] = lambda _: None
        """What is done with the words on what is being done; not on the thread that waits."""
        self.is_stopped = False
        self.process: subprocess.Popen[bytes] | None = None
        """What reads it, once it has begun."""
        self.own: Path | None = None
        """The folder of the overlay that it reads with it."""

    def stop(self) -> None:
        """Wait no longer."""
        self.is_stopped = True
        if self.process is not None:
            self.process.kill()

    def watch(self, process: subprocess.Popen[bytes] | None, own: Path | None = None) -> None:
        """Have a process that can be stopped, if there is one."""
        self.process, self.own = process, own
        if self.is_stopped:
            self.stop()
