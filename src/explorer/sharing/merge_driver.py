"""What git runs to merge a note that two have changed: `explorer notes merge-driver %O %A %B %P`.

What comes of it is in the second file, as git has it. Where both changed the same words, both are
in it, between git's own markers; the app shows such a file as two versions, and merges them.
"""

from __future__ import annotations

from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import field_merge, file_format
from explorer.storage import files

MERGED, IN_CONFLICT, NOT_A_NOTE = 0, 1, 2
"""How it ends."""
_NOT_MERGED = "The note was not merged"


def merge_files(base: Path, ours: Path, theirs: Path, name: str = "") -> int:
    """Merge three files, as git names them, into `ours`; `name` is that in the repository.

    Returns one of the codes above. Raises NoteError when a file cannot be read or written.
    """
    path = Path(name).parent / Path(name or ours.name).name
    try:
        before, here, there = (
            files.read_limited(f, file_format.LIMIT) for f in (base, ours, theirs)
        )
    except OSError as error:
        raise NoteError(f"{error.filename}: {files.explained(error)}", _NOT_MERGED) from error
    found = field_merge.merged(before or None, here, there, path)
    if found is None:
        return NOT_A_NOTE
    try:
        ours.write_bytes(found.in_one_file)
    except OSError as error:
        raise NoteError(f"{ours}: {files.explained(error)}", _NOT_MERGED) from error
    return MERGED if found.theirs is None else IN_CONFLICT
