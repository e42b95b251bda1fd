"""From the files in a folder to its notes: which file is a version of which note.

Sync tools, file managers and git leave copies of a note beside it, each under a name of its
own kind. What such a copy is shows in what it says: the record it is on, the note whose id
is in its name, and when that was created. The file that is called as we call notes is the
note; all others are versions of it. Where no file is called so, one of them is the note.
"""

from __future__ import annotations

import os
import stat
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from explorer.notes import file_format, file_names, folder_contents, seen_files
from explorer.notes.collection import Notes
from explorer.notes.note import Damaged, Note
from explorer.notes.note_errors import not_read
from explorer.notes.seen_files import Found, Look
from explorer.record.model import Ref

_Origin = tuple[Ref, datetime]

_SETTLED = 2.0
"""Seconds after which a file that changes again has another time, on any disk."""
_WORTH_KEEPING = 50
"""Files that had to be read for what was in them to be kept for the next start."""


class KnownFiles:
    """The notes in a folder; a file is read again only if it may have changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, tuple[Look, Found]] | None = None
        """What was read from files that can have changed since only by looking otherwise.

        None before any was; then what an earlier start kept is looked at.
        """

    def forget(self) -> None:
        """Look next time at what an earlier start kept, and read all else anew."""
        self._seen = None

    def has_more_than(self, number: int) -> bool:
        """Whether the folder has more files than that. Raises NoteError when it has no list."""
        try:
            with os.scandir(self._folder) as entries:
                return next(islice(entries, number, None), None) is not None
        except FileNotFoundError:
            return False  # and if it is a link to nowhere, who reads it says so
        except OSError as error:
            raise not_read(self._folder, error) from error

    def notes(self) -> Notes:
        """The notes as they are on disk now. Raises NoteError when the folder cannot be read."""
        try:
            names, elsewhere = folder_contents.names_and_placeholders(self._folder)
        except OSError as error:
            raise not_read(self._folder, error) from error
        known = self._seen
        if known is None:
            known = seen_files.fetch(self._folder) if names else {}
        # Made anew, so that what is gone is forgotten; another thread has its own meanwhile.
        seen: dict[str, tuple[Look, Found]] = {}
        found: list[Note | Damaged] = []
        settled = time.time_ns() - _SETTLED * 1e9
        were_read = 0
        for name in names:
            path = f"{self._folder}{os.sep}{name}"
            # Looked at before it is read: if it changes in between, it will look otherwise.
            look = _look(path)
            before = known.get(name)
            if before is not None and before[0] == look:
                seen[name] = before
                found += before[1]
                continue
            versions = file_format.versions(Path(path))
            found += versions
            were_read += 1
            if look is not None and versions and max(look[1], look[2]) < settled:
                seen[name] = (look, versions)
        self._seen = seen
        if were_read >= _WORTH_KEEPING:
            seen_files.keep(self._folder, seen)
        notes = gathered(found)
        return replace(notes, elsewhere=tuple(elsewhere)) if elsewhere else notes


def gathered(found: Iterable[Note | Damaged]) -> Notes:
    """The notes in a folder, from what is in each of its files, in the order of their names."""
    found = list(found)
    whole = (n for n in found if isinstance(n, Note) and not (n.is_copy or n.version_of))
    notes = {note.id: note for note in whole}
    origins: dict[_Origin, str] = {}
    for found_note in notes.values():
        origins.setdefault((found_note.ref, found_note.created), found_note.id)
    beside: defaultdict[str, list[Note]] = defaultdict(list)
    # A sync tool may add what looks like the end of an id of ours: a day, a machine.
    for copy in list(notes.values()):
        note = notes.get(copy.own_id) or notes.get(file_names.without_day(copy.id))
        if note is not None and note is not copy and note.created == copy.created:
            del notes[copy.id]
            beside[note.id].append(replace(copy, version_of=note.id, is_beside=True))
    for version in found:
        if not isinstance(version, Note):
            continue
        if version.is_copy:
            beside[version.id].append(version)
        elif version.version_of:
            note_id = _whose(version, notes, origins)
            if note_id not in notes and file_names.is_meant_as_note(version.path):
                notes[note_id] = replace(version, version_of=note_id)
                origins.setdefault((version.ref, version.created), note_id)
            else:
                beside[note_id].append(replace(version, version_of=note_id, is_beside=True))
    copies = {
        note_id: tuple(sorted(versions, key=lambda copy: copy.path.name))
        for note_id, versions in beside.items()
    }
    return Notes(notes, copies, tuple(file for file in found if isinstance(file, Damaged)))


def _whose(version: Note, notes: dict[str, Note], origins: dict[_Origin, str]) -> str:
    """The id of the note that a file is a version of."""
    if version.version_of in notes:
        return version.version_of
    first = file_names.file_name(version.ref).removesuffix(".toml")
    if first in notes and notes[first].created == version.created:
        return first
    return origins.get((version.ref, version.created), version.version_of)


def _look(path: str) -> Look | None:
    """What the disk knows of a file, from which a change to come would be seen."""
    with suppress(OSError):
        found = os.lstat(path)
        if not stat.S_ISLNK(found.st_mode):  # which says nothing of the file it leads to
            return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return None
