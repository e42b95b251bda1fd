"""Locks that keep other explorers away, and end with the process that holds them.

They are the system's own, on an open file. So a kill leaves none behind, there is nothing to
clear away, and a folder can be locked itself and needs no file for it.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from explorer.storage import files, folders

_PATIENCE = 2.0
_PAUSE = 0.01
_NO_LOCKS = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL}
_NO_LOCKS |= {errno.EBADF}  # a network disk that locks no folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep every other explorer out of a folder for the length of the block.

    The folder itself is locked: so a folder that is synced, or shared with others, carries no
    file for it. Where folders cannot be locked, as on Windows and on some network disks, a
    file of this user's is locked for it; where there are no locks at all, go on without.
    Raises TimeoutError when another process holds it for two seconds, and OSError.
    """
    with ExitStack() as held:
        if sys.platform == "win32" or not _lock(files.open_folder(folder), folder, held):
            file = None
            with suppress(OSError):
                file = _lock_file_for(folder)
            if file is not None:
                _lock(file, folder, held)
        yield


def try_lock(file: int) -> bool:
    """Lock an open file until it is closed; False when another process holds it.

    On a disk without locks it is as good as locked.
    """
    from filelock import lock_descriptor

    try:
        return lock_descriptor(file, blocking=False)
    except OSError:
        return True


def _lock_file_for(folder: Path) -> int:
    place = folders.state_folder() / "locks" / files.digest_of_path(folder)
    folders.private_folder(place.parent)
    return os.open(place, os.O_RDWR | os.O_CREAT | files.NO_LINK, 0o600)


def _lock(file: int, folder: Path, held: ExitStack) -> bool:
    """Lock an open file until the stack is left; False when there are no locks for it."""
    from filelock import lock_descriptor

    held.callback(_let_go, file)
    deadline = time.monotonic() + _PATIENCE
    try:
        while not lock_descriptor(file, blocking=False):
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, "another explorer is busy with it")
            time.sleep(_PAUSE)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        error.filename = str(folder)
        raise
    return True


def _let_go(file: int) -> None:
    from filelock import unlock_descriptor

    # Nothing was written through it: an error in closing cannot have lost anything.
    with suppress(OSError):
        unlock_descriptor(file)
    with suppress(OSError):
        os.close(file)
