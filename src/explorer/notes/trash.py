"""Into the trash, and back from it.

A deleted note lies in the trash as it was, but for a sign before each line. Left as it was it
would be, to git, the same file under a new name; and a change that somebody else made to the
note meanwhile would be merged into the trash, without a word. As it is, git says that one
deleted what the other changed, and leaves the changed note among the notes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import chain
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import file_format, file_names
from explorer.notes.note import Damaged, Note
from explorer.notes.note_errors import NOT_DELETED, NOT_RESTORED, changed_since
from explorer.notes.writing import Placed, place
from explorer.storage import files, folders, locks
from explorer.text.sanitize import one_line

_HEAD = b"# A deleted note. Take this line off, and the sign before each other, and it is back.\n"
_SIGN = b"# "
_MOST = 4 * file_format.LIMIT
"""Bytes of a file in the trash, with the sign before each line of a note that is all lines."""


def move_to_trash(note: Note, path: Path, trash: Path, now: datetime) -> Path:
    """Move the file of a note to the trash, and return where it is now.

    Raises NoteError when it is no longer the note that was read, or cannot be moved; it is
    then where it was.
    """
    trashed = _new_place(path, trash, now)
    try:
        folders.folder_within(trash)
        with locks.locked(trash.parent):
            if not file_format.holds(path, note.digest):
                raise NoteError(changed_since(note, "deleted"), NOT_DELETED)
            files.move(path, trashed)
            # The new place first: a power cut between the two may leave it in both.
            files.sync_folder(trash)
            files.sync_folder(path.parent)
            _lay_by(trashed)
    except OSError as error:
        # Once moved, the worst that can come is that a power cut brings it back.
        if not os.path.lexists(trashed):
            raise NoteError(
                f"The note on {note.ref} could not be moved from {one_line(str(path))} to the "
                f"trash: {files.explained(error, 'It is where it was.')}",
                NOT_DELETED,
            ) from error
    return trashed


def keep_copy(path: Path, trash: Path, now: datetime) -> Path:
    """Keep the whole of a file in the trash before a part of it takes its place.

    Returns where that copy is. Raises OSError.
    """
    trashed = _new_place(path, trash, now)
    folders.folder_within(trash)
    data = files.read_limited(path, file_format.LIMIT, follow=False)
    with files.temporary(trash, _signed(data), access=files.access_in(trash)) as new:
        files.name_new(new, trashed)
    files.sync_folder(trash)
    return trashed


def put_back(
    trashed: Path, notes: Path, elsewhere: Callable[[Note], Iterator[Path]]
) -> tuple[Note, Placed]:
    """Put a note back from the trash; return it as it was, and where it is now.

    Where another stands in its place it goes to the first free one `elsewhere`. Raises
    NoteError when it cannot be put back; it is then still in the trash.
    """
    note, data, changed = _read(trashed, notes)

    def put(new: Path, path: Path) -> bool:
        # It may be back already, if a power cut or a kill came in between.
        return file_format.holds(path, note.digest) or files.name_new(new, path)

    places = chain([note.path], elsewhere(note))
    try:
        placed = place(data, notes, places, changed=changed, put=put)
    except OSError as error:
        raise NoteError(
            f"The note on {note.ref} could not be put back from {one_line(str(trashed))}: "
            f"{files.explained(error, 'It is still there.')}",
            NOT_RESTORED,
        ) from error
    if placed.trouble is None:
        # If it cannot be taken out of the trash, it is in both: nothing is lost.
        with suppress(OSError):
            trashed.unlink(missing_ok=True)
            files.sync_folder(trashed.parent)
    return note, placed


def as_it_was(data: bytes) -> bytes:
    """The bytes of a note from before it was deleted, from those of its file in the trash."""
    if not data.startswith(_HEAD):
        return data
    lines = data.removeprefix(_HEAD).splitlines(keepends=True)
    return b"".join(line.removeprefix(_SIGN) for line in lines)


def _new_place(path: Path, trash: Path, now: datetime) -> Path:
    return trash / file_names.trash_name(path, file_format.whole_seconds(now))


def _lay_by(trashed: Path) -> None:
    """Give a note that was moved to the trash the form it has there.

    It is safe without it too: earlier versions left it as it was. Raises OSError.
    """
    data, known = files.read_with_stat(trashed, file_format.LIMIT, follow=False)
    access = files.access_of(trashed)
    new = files.temporary(trashed.parent, _signed(data), access=access, changed=known.st_mtime)
    with new as path:
        files.move(path, trashed)
    files.sync_folder(trashed.parent)


def _read(trashed: Path, notes: Path) -> tuple[Note, bytes, float]:
    """A note in the trash as it is when it is back in its place among the notes.

    Then its bytes, and when it was changed last. Raises NoteError.
    """
    name = file_names.before_trash(trashed.name)
    if name is None:
        why = f"{one_line(str(trashed))} is not the name of a deleted note."
        raise NoteError(why, NOT_RESTORED)

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
    raise NoteError(f"{one_line(str(trashed))} cannot be put back: {why}", NOT_RESTORED)


def _signed(data: bytes) -> bytes:
    return _HEAD + b"".join(_SIGN + line for line in data.splitlines(keepends=True))
