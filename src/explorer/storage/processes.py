"""Which process of which machine made a file: whether it is still at work on it.

A folder of notes may be shared: synced between machines, or on a network disk. Then the
number of a process says nothing by itself, for it is one of another machine, or of another
user. So what a process makes for itself bears its whole name, and only what bears that of a
process of this user, on this machine, that has ended, is ours to clear away.

Then how other programs are started apart from the terminal, and ended with all that they began.
"""

from __future__ import annotations

import functools
import os
import re
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

_NAME = re.compile(r"([0-9a-f]{12})-(\d{1,10})-([0-9a-f]{8})")
_UNKNOWN = "0" * 8
"""When a process began, where the system does not say."""

APART: Mapping[str, Any]
"""How a program is started that is not to be ended by keys of the terminal, nor ask on it."""
HANG_UP: int
"""The signal that asks a program to end because its terminal is gone."""
if sys.platform == "win32":
    from subprocess import CREATE_NO_WINDOW

    APART = {"creationflags": CREATE_NO_WINDOW}
    HANG_UP = signal.SIGTERM
else:
    APART = {"start_new_session": True}
    HANG_UP = signal.SIGHUP


def own_name() -> str:
    """The name of this process: its machine and user, its number, and when it began."""
    return _name_of(os.getpid())


@functools.cache  # every file that is written bears it
def _name_of(pid: int) -> str:
    return f"{_home()}-{pid}-{_began(pid)}"


def has_ended(text: str, *, in_doubt: bool = False) -> bool:
    """Whether a text begins with the name of a process of ours that is no more.

    One of another machine or user has not, for all we know. `in_doubt` is said of a process
    of that number, where the system does not say since when it is there, or whether.
    """
    found = _NAME.match(text)
    if found is None or found[1] != _home():
        return False
    if sys.platform == "win32":  # where to ask with signal 0 would end it
        return in_doubt
    pid = int(found[2])
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    began = _began(pid)
    if _UNKNOWN in (began, found[3]):
        return in_doubt
    return began != found[3]  # another process has been given the number since


def may_be_over(text: str) -> bool:
    """Whether the process whose name a text begins with may be over, when it locks nothing.

    A disk may have no locks, or only such as other machines do not see. This very process
    locks what it still needs, and what bears no name of a process is of an earlier version.
    """
    is_named, is_own = _NAME.match(text) is not None, text.startswith(f"{own_name()}-")
    return not is_named or is_own or has_ended(text, in_doubt=True)


class Started(Protocol):
    """A process that was started apart; asyncio's are another kind."""

    @property
    def pid(self) -> int: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


def ask_to_end(process: Started) -> None:
    """Ask a program that was started apart, and all that it has begun, to end. Raises OSError."""
    if sys.platform == "win32":
        process.terminate()
    else:
        os.killpg(process.pid, signal.SIGTERM)


def end(process: Started) -> None:
    """The same at once, without asking. Raises OSError."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


@functools.cache
def _home() -> str:
    """This user on this machine, in which the numbers of processes are what they are."""
    if sys.platform == "win32":
        known = [os.environ.get(name, "") for name in ("COMPUTERNAME", "USERDOMAIN", "USERNAME")]
    else:
        known = [os.uname().nodename, str(os.getuid())]
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with suppress(OSError):
            known.append(Path(path).read_text("utf-8", "replace").strip())
            break
    with suppress(OSError, NotImplementedError):  # each container counts for itself
        known.append(str(Path("/proc/self/ns/pid").readlink()))
    return _digest("\0".join(known).encode())[:12]


def _began(pid: int) -> str:
    """When a process began: since which start of the machine, and how long after it."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_bytes()
        status = Path(f"/proc/{pid}/stat").read_bytes()
        # Its name, in brackets, may hold anything.
        since = status[status.rindex(b")") + 2 :].split()[19]
    except (OSError, ValueError, IndexError):
        return _UNKNOWN
    return _digest(boot + since)[:8]


def _digest(data: bytes) -> str:
    import hashlib  # which starting does not need

    return hashlib.sha256(data).hexdigest()
