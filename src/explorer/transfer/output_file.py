"""Files that a person names: read when they are there, and written when they are not."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from explorer.errors import NoteError, TakenError, UsageError
from explorer.storage import files
from explorer.text.sanitize import one_line


def read_file(path: Path, limit: int, failed: str) -> bytes:
    """What is in a file. Raises UsageError when there is none, else NoteError with that title."""
    try:
        return files.read_limited(path, limit)
    except FileNotFoundError:
        raise UsageError(f"there is no such file: {one_line(str(path))}") from None
    except OSError as error:
        why = files.explained(error)
        raise NoteError(f"{one_line(str(path))} could not be read: {why}", failed) from error


def write_file(path: Path, data: bytes, failed: str, *, instead: str, force: bool = False) -> None:
    """Write a file, whole or not at all, for this user only; with `force` over another one.

    Raises TakenError when another has that name, and says what can be done `instead`; and
    NoteError with the title `failed`, as for a folder, which no file can replace.
    """
    try:
        # Before the work, and again when it gets its name.
        refuse_no_file(path)
        if force:
            files.replace_file(path, data)
        elif os.path.lexists(path) or not _write_new(path, data):
            raise TakenError(f"{one_line(str(path))} is there already; {instead}")
    except OSError as error:
        why = files.explained(error)
        if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
            why = "there is no such folder."
        raise NoteError(f"{one_line(str(path))} could not be written: {why}", failed) from error


def _write_new(path: Path, data: bytes) -> bool:
    """Write a new file, read again before it gets its name; whether that was free."""
    with files.temporary(path.parent, data) as new:
        if files.read_limited(new, len(data), follow=False) != data:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        if not files.name_new(new, path):
            return False
    files.sync_folder(path.parent)
    return True


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
