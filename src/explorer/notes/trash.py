"""How a deleted note lies in the trash.

As it was, but for a sign before each line. Left as it was it would be, to git, the same file
under a new name; and a change that somebody else made to the note meanwhile would be merged
into the trash, without a word. As it is, git says that one deleted what the other changed,
and leaves the changed note among the notes.
"""

from __future__ import annotations

import os
from pathlib import Path

from explorer.notes import file_format, file_names
from explorer.notes.note import Damaged, Note
from explorer.notes.note_errors import NoteNotRestoredError
from explorer.storage import files
from explorer.text.sanitize import one_line

_HEAD = b"# A deleted note. Take this line off, and the sign before each other, and it is back.\n"
_SIGN = b"# "
_MOST = 4 * file_format.LIMIT
"""Bytes of a file in the trash, with the sign before each line of a note that is all lines."""


def lay_by(trashed: Path) -> None:
    """Give a note that was moved to the trash the form it has there.

    It is safe without it too: earlier versions left it as it was. Raises OSError.
    """
    data, known = files.read_with_stat(trashed, file_format.LIMIT, follow=False)
    access = files.access_of(trashed)
    new = files.temporary(trashed.parent, _signed(data), access=access, changed=known.st_mtime)
    with new as path:
        path.replace(trashed)
    files.sync_folder(trashed.parent)


def keep_copy(path: Path, trashed: Path) -> None:
    """Keep the whole of a file in the trash before a part of it takes its place.

    Raises OSError.
    """
    data = files.read_limited(path, file_format.LIMIT, follow=False)
    access = files.access_in(trashed.parent)
    with files.temporary(trashed.parent, _signed(data), access=access) as new:
        files.name_new(new, trashed)
    files.sync_folder(trashed.parent)


def read(trashed: Path, notes: Path) -> tuple[Note, bytes, float]:
    """A note in the trash as it is when it is back in its place among the notes.

    Then its bytes, and when it was changed last. Raises NoteNotRestoredError.
    """
    name = file_names.before_trash(trashed.name)
    if name is None:
        raise NoteNotRestoredError(f"{one_line(str(trashed))} is not the name of a deleted note.")

    def understood(data: bytes, known: os.stat_result) -> tuple[Note, bytes, float]:
        data = as_it_was(data)
        note, *_ = file_format.understand(notes / name, data, known.st_mtime)
        return note, data, known.st_mtime

    match file_format.read_as(trashed, _MOST, understood):
        case Damaged(reason=reason):
            why = f"{reason}. It is left untouched."
        case None:
            why = "it is no longer there."
        case found:
            return found
    raise NoteNotRestoredError(f"{one_line(str(trashed))} cannot be put back: {why}")


def as_it_was(data: bytes) -> bytes:
    """The bytes of a note from before it was deleted, from those of its file in the trash."""
    if not data.startswith(_HEAD):
        return data
    lines = data.removeprefix(_HEAD).splitlines(keepends=True)
    return b"".join(line.removeprefix(_SIGN) for line in lines)


def _signed(data: bytes) -> bytes:
    return _HEAD + b"".join(_SIGN + line for line in data.splitlines(keepends=True))
