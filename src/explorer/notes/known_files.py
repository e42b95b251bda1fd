"""The files of notes as they were when last read, so that none is read twice for nothing."""

from __future__ import annotations

import stat
import time
from contextlib import suppress
from pathlib import Path

from explorer.notes import file_format, file_versions, folder_contents
from explorer.notes.collection import Notes
from explorer.notes.note import Damaged, Note
from explorer.notes.note_errors import not_read

_SETTLED = 2.0
"""Seconds after which a file that changes again has another time, on any disk."""

_Look = tuple[int, int, int, int]
"""What is known of a file without reading it."""


class KnownFiles:
    """The notes in a folder; a file is read again only if it may have changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Path, tuple[_Look, tuple[Note | Damaged, ...]]] = {}
        """What was read from files that can have changed since only by looking otherwise."""

    def forget(self) -> None:
        """Read every file anew next time."""
        self._seen = {}

    def notes(self) -> Notes:
        """The notes as they are on disk now. Raises NoteError when the folder cannot be read."""
        try:
            paths = folder_contents.listed(self._folder)
        except OSError as error:
            raise not_read(self._folder, error) from error
        known, self._seen = self._seen, {}
        return file_versions.gathered(
            found for path in paths for found in self._found(path, known.get(path))
        )

    def _found(
        self, path: Path, known: tuple[_Look, tuple[Note | Damaged, ...]] | None
    ) -> tuple[Note | Damaged, ...]:
        """What is in a file, read only if it may have changed since it was last read."""
        # Looked at before it is read: if it changes in between, it will look otherwise.
        look = _look(path)
        found = known[1] if known and known[0] == look else file_format.versions(path)
        if look is not None and found and _is_settled(look):
            self._seen[path] = (look, found)
        return found


def _look(path: Path) -> _Look | None:
    with suppress(OSError):
        found = path.lstat()
        if not stat.S_ISLNK(found.st_mode):  # which tells nothing of the file it leads to
            return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return None


def _is_settled(look: _Look) -> bool:
    """Whether a change to come would be seen without reading the file."""
    _, changed, touched, _ = look
    return max(changed, touched) < time.time_ns() - _SETTLED * 1e9
