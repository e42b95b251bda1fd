"""How a file gets among the notes.

It is written beside its place and flushed; then, under a lock that all explorers share, it is
moved into the first place that it may have; then the folder is flushed.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import file_format
from explorer.notes.note import Note
from explorer.storage import files, folders, locks
from explorer.text.sanitize import one_line
from explorer.values import dataclass

_TRIES = 100
"""How many names are tried for a new file, of which the second is hardly ever needed."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that is in its place."""

    path: Path
    trouble: OSError | None = None
    """What went wrong once it was there, so that it may not outlive a power cut."""


def place(
    data: bytes,
    folder: Path,
    places: Iterable[Path],
    *,
    changed: float | None,
    access: files.Access | None = None,
    put: Callable[[Path, Path], bool] = files.name_new,
) -> Placed:
    """Write a file and put it into the first of some places in a folder that it may have.

    The folder above is locked meanwhile. `changed` is when the file was changed last,
    `access` who may do what to it, if not what others in its folder allow. `put` moves it
    into a place, or returns False when it may not have that one. Raises OSError when it is
    in none of them; what was there is then unchanged.
    """
    path, is_there = folder, False
    try:
        folders.folder_within(folder)
        access = access or files.access_in(folder)
        writing = files.temporary(folder, data, access=access, changed=changed)
        with writing as new, locks.locked(folder.parent):
            for path in islice(places, _TRIES):
                if put(new, path):
                    break
            else:
                raise FileExistsError(errno.EEXIST, "every name for it is taken")
            is_there = True
        files.sync_folder(folder)
    except OSError as error:
        # Some disks fail after the deed: those words must not conflict with themselves.
        if not is_there and not holds(path, data):
            raise
        return Placed(path, error)
    return Placed(path)


def place_note(
    note: Note, data: bytes, base: str | None, elsewhere: Iterator[Path], *, is_merged: bool
) -> Placed:
    """Write a note over the one with the digest `base`, or as a new one for None.

    When something else stands in its place it goes elsewhere. Raises NoteError when it may
    not go there, and OSError as `place` does.
    """

    def put(new: Path, path: Path) -> bool:
        if path != note.path:
            return files.name_new(new, path)
        _refuse_link(note)
        if base is None:
            return files.name_new(new, path)
        # Looked at last, to leave a program without the lock the least room.
        if is_still := _is_still(note, base, is_merged=is_merged):
            files.move(new, path)
        return is_still

    return place(
        data,
        note.path.parent,
        chain([note.path], elsewhere),
        changed=note.changed.timestamp(),
        access=None if base is None else _access_of(note.path),
        put=put,
    )


def holds(path: Path, data: bytes, *, follow: bool = False) -> bool:
    """Whether a file has these very bytes, as far as can be seen; `follow` allows a link."""
    with suppress(OSError):
        return files.read_limited(path, len(data), follow=follow) == data
    return False


def _access_of(path: Path) -> files.Access | None:
    with suppress(OSError):  # gone, or a folder now
        return files.access_of(path)
    return None


def _refuse_link(note: Note) -> None:
    # Whatever the digest says: through a link we would replace we know not what.
    if note.path.is_symlink():
        raise NoteError(
            f"The note on {note.ref} was not saved: {one_line(str(note.path))} is a symbolic "
            "link. Put the file itself in its place, then save again."
        )


def _is_still(note: Note, base: str, *, is_merged: bool) -> bool:
    """Whether what stands in a note's place is what it was made from, and may go."""
    found = file_format.read(note.path)
    if not isinstance(found, Note):
        return False
    if found.digest != base:
        # The same words are no loss: a save that seemed to fail is being done again.
        is_same = (found.words, found.created) == (note.words, note.created)
        return is_same and not found.sealed
    if found.sealed and not (found.is_side and is_merged):
        raise NoteError(
            f"The note on {note.ref} was not saved over {one_line(str(note.path))}, because "
            f"{found.sealed}. {found.unsealing}"
        )
    return True
