"""Who may do what to a file: this user alone, or the group that shares its folder."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what to a file."""

    mode: int
    group: int


def access_in(folder: Path) -> Access:
    """Who may do what to a new file there: this user alone, unless a group shares the folder.

    A folder that its group may write to, or whose group is handed down, is shared; the
    group may then do to the file what it may do to the folder. One that anybody may write
    to and nobody tidy, such as /tmp, is not. Others never get anything. Raises OSError.
    """
    return Access(mode_within(folder, 0o600) & 0o666, folder.stat().st_gid)


def access_of(path: Path) -> Access:
    """The same for a file that takes the place of this one. Raises OSError."""
    found = path.stat()
    return Access(stat.S_IMODE(found.st_mode) & 0o777, found.st_gid)


def mode_within(folder: Path, own: int) -> int:
    """The permissions of what is made in a folder, from those for this user alone.

    Raises OSError.
    """
    found = folder.stat().st_mode
    is_handed_down = found & stat.S_ISGID
    is_shared = is_handed_down or (found & stat.S_IWGRP and not found & stat.S_ISVTX)
    return own | is_handed_down | (found & stat.S_IRWXG) if is_shared else own


def give(file: int, access: Access) -> None:
    """Let others at an open file as said, if its group can be theirs; else it stays private."""
    with suppress(OSError, AttributeError):
        if os.fstat(file).st_gid != access.group:
            os.fchown(file, -1, access.group)
        os.fchmod(file, access.mode)
