"""Files that a person names: read when they are there, and written when they are not."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from explorer.errors import TakenError, UsageError
from explorer.storage import files
from explorer.text.sanitize import one_line


def bytes_of(path: Path, limit: int) -> bytes:
    """What is in a file. Raises UsageError when there is none, and OSError."""
    try:
        return files.read_limited(path, limit)
    except FileNotFoundError:
        raise UsageError(f"there is no such file: {one_line(str(path))}") from None


def place_new(path: Path, data: bytes, *, otherwise: str) -> None:
    """Write a new file, whole or not at all, for this user only.

    It is read again before it gets its name. Raises TakenError when a file has that name,
    and says what can be done `otherwise`; and OSError, as for a folder, which none can replace.
    """
    taken = TakenError(f"{one_line(str(path))} is there already; {otherwise}")
    # Before the work, and again when it gets its name.
    if os.path.lexists(path):
        refuse_no_file(path)
        raise taken
    with files.temporary(path.parent, data) as new:
        if files.read_limited(new, len(data), follow=False) != data:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        if not files.name_new(new, path):
            raise taken
    files.sync_folder(path.parent)


def refuse_no_file(path: Path) -> None:
    """Raises OSError when a folder, a pipe or a device has that name: no file may replace it."""
    try:
        found = path.stat().st_mode
    except FileNotFoundError:  # or it is a link that leads nowhere
        return
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found):
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))


def not_written(path: Path, error: OSError) -> str:
    """What to say of a file that could not be written."""
    if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        return f"{one_line(str(path))} could not be written: there is no such folder."
    why, remedy = files.why(error), files.remedy(error)
    return f"{one_line(str(path))} could not be written: {why}. {remedy}"
