"""Stopping for a while, as Ctrl+Z does it: the shell goes on, `fg` brings the app back."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def shell_waits() -> bool:
    """Whether a shell is there that gets the terminal back and can continue this job.

    There is none for a program that a terminal window or a container runs by itself: it
    would stay stopped for good.
    """
    if sys.platform == "win32":
        return False
    session, job, pid = os.getsid(0), os.getpgrp(), os.getpid()
    while pid != session:
        above = _parent(pid)
        if above is None:
            return True  # for all that is known; see `stop_job`
        pid = above
        try:
            if os.getsid(pid) != session:
                return False
            if os.getpgid(pid) != job:
                return True
        except OSError:  # it is gone, or belongs to another session
            return False
    return False


def stop_job() -> None:
    """Stop all programs of this job, and return when they are continued.

    Where nobody could continue them the system does nothing, which SIGSTOP would not spare.
    """
    if sys.platform != "win32":
        _stop(0)


def stop_alone() -> None:
    """Stop only this program, when the others of the job have been stopped already."""
    if sys.platform != "win32":
        _stop(os.getpid())


if sys.platform != "win32":

    def _stop(whom: int) -> None:
        stopped = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        continued = signal.signal(signal.SIGCONT, signal.SIG_IGN)
        try:
            os.kill(whom, signal.SIGTSTP)
        finally:
            signal.signal(signal.SIGTSTP, stopped)
            signal.signal(signal.SIGCONT, continued)


def _parent(pid: int) -> int | None:
    if pid == os.getpid():
        return os.getppid()
    try:
        # After the name of the program, which may have anything in it.
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(status.rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None
