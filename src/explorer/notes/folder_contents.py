"""The folder of notes as a whole: all of it for a backup, and from one."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Container, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import file_names
from explorer.notes.note import Damaged
from explorer.notes.note_errors import NOT_RESTORED, not_read
from explorer.notes.writing import holds, place
from explorer.storage import files, locks
from explorer.text.sanitize import one_line

_LARGEST = 16 * 1024 * 1024
"""Most bytes of a file that is read: damaged ones may be larger than notes."""
_NOBODY_WRITES = {errno.EROFS, errno.EACCES, errno.EPERM}


def listed(folder: Path) -> list[Path]:
    """The files in a folder that may be notes. Raises OSError."""
    return [folder / name for name in names(folder)]


def names(folder: Path) -> list[str]:
    """The names of the files in a folder that may be notes, in order. Raises OSError."""
    return names_and_placeholders(folder)[0]


def names_and_placeholders(folder: Path) -> tuple[list[str], list[str]]:
    """The same, and those of notes that a sync tool has elsewhere and not put here yet.

    A link to another of them is none: it would be the same note once more.
    """
    try:
        with os.scandir(folder) as entries:
            # What the folder says of them is enough: of tens of thousands none is looked at.
            everything = list(entries)
    except FileNotFoundError:
        if os.path.lexists(folder):  # a link to a disk that is not there
            raise
        return [], []
    found = [entry for entry in everything if file_names.is_listed(entry.name)]
    links = [entry.name for entry in found if entry.is_symlink()]
    kept = {entry.name for entry in found}
    if links:
        may_be = (e for e in found if file_names.is_meant_as_note(Path(e.name)))
        own = {entry.name for entry in may_be if entry.is_file(follow_symlinks=False)}
        kept.difference_update(name for name in links if _leads_to(folder / name, folder, own))
    meant = (file_names.placeholder_of(entry.name) for entry in everything)
    return sorted(kept), sorted({name for name in meant if name and name not in kept})


def _leads_to(link: Path, folder: Path, own: Container[str]) -> bool:
    """Whether a link leads to one of a folder's own files, perhaps by other links."""
    there = Path(os.path.realpath(link))
    return there.name in own and there.parent == Path(os.path.realpath(folder))


def everything(folder: Path) -> tuple[dict[str, bytes], dict[str, int], tuple[Damaged, ...]]:
    """Every note, conflict copy and deleted note, damaged or not, byte for byte.

    By their names in the folder, such as `notes/….toml`, all as they were at one moment. Then
    when each was changed last, in seconds as Unix counts them; then the files that could not
    be read, and why. Raises NoteError when it cannot be known which there are.
    """
    held: dict[str, bytes] = {}
    changed: dict[str, int] = {}
    left_out: list[Damaged] = []
    try:
        with _alone(folder):
            for path in chain(listed(folder / "notes"), listed(folder / "trash")):
                name = f"{path.parent.name}/{path.name}"
                try:
                    data, known = files.read_with_stat(path, _LARGEST)
                except FileNotFoundError:
                    if path.is_symlink():
                        left_out.append(Damaged(path, "what it leads to is not there"))
                    continue  # another program has just removed it
                except OSError as error:
                    left_out.append(Damaged(path, files.why(error)))
                    continue
                if file_names.is_kept(name):
                    held[name], changed[name] = data, int(known.st_mtime)
                else:
                    left_out.append(Damaged(path, "its name is not one for all systems"))
    except OSError as error:
        raise not_read(folder, error) from error
    return held, changed, tuple(left_out)


def put_back(folder: Path, name: str, data: bytes, changed: int | None = None) -> Path | None:
    """Put a file from a backup where `everything` found it; say where it is now.

    None when that very file is there. Where another stands it goes beside it, as a conflict
    copy or one more deleted note, unless it is there too. Raises NoteError when it cannot be
    put back, or may not outlive a power cut; nothing is replaced.
    """
    if not file_names.is_kept(name):
        raise NoteError(f"“{one_line(name)}” is not the name of a note.", NOT_RESTORED)
    meant = folder / name
    try:
        if _is_there(meant, data):
            return None
        placed = place(data, meant.parent, chain([meant], _elsewhere(meant)), changed=changed)
    except OSError as error:
        raise _not_put_back(meant, "could not be put back", error) from error
    if placed.trouble is not None:
        what = "is there, but may not outlive a power cut"
        raise _not_put_back(placed.path, what, placed.trouble) from placed.trouble
    return placed.path


def _not_put_back(path: Path, what: str, error: OSError) -> NoteError:
    why = files.explained(error, "What was there is unchanged.")
    return NoteError(f"{one_line(str(path))} {what}: {why}", NOT_RESTORED)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody saves, deletes or puts back a note in the length of the block."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locks.locked(folder))
        except FileNotFoundError:  # no folder, and so no notes
            pass
        except OSError as error:
            if error.errno not in _NOBODY_WRITES:
                raise
        yield


def _is_there(meant: Path, data: bytes) -> bool:
    """Whether a file has these very bytes, there or beside another that took its place."""
    if not os.path.lexists(meant):
        return False
    begun = file_names.id_of(Path(file_names.before_trash(meant.name) or meant.name))
    beside = meant.parent.glob(f"{glob.escape(begun)}*")
    return any(holds(path, data, follow=True) for path in chain([meant], beside))


def _elsewhere(meant: Path) -> Iterator[Path]:
    """Where a file may go whose place is taken."""
    time = datetime.now(UTC)
    while True:
        if meant.parent.name == "notes":
            yield meant.with_name(file_names.copy_name(file_names.id_of(meant), time))
        else:
            before = file_names.before_trash(meant.name) or meant.name
            yield meant.with_name(file_names.trash_name(Path(before), time))
