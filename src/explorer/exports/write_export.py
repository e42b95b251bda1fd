"""An export goes to its place whole or not at all, and over nothing but an export of ours.

It is written beside its place first, and moved there when it is complete: a reader finds the old
one or the new one. A folder may hold more than the export, such as what git keeps there; only the
files of the export are replaced, its description last.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from explorer.errors import ExportError, TakenError
from explorer.exports.export_formats import ExportFormat, FolderModule
from explorer.exports.exported import Exported
from explorer.storage import files, processes
from explorer.text.sanitize import one_line
from explorer.transfer.output_file import refuse_no_file

_BEGINNING = 4096
"""Bytes of a file that say whether it is ours."""
_INSTEAD = "--force writes over it"
_PREFIX, _SUFFIX = ".explorer-", ".tmp"


def pieces(known: ExportFormat, exported: Exported) -> Iterator[bytes]:
    """The bytes of a format that is one file, bit by bit."""
    return (piece.encode() for piece in known.of_file.pieces(exported))


def write(known: ExportFormat, exported: Exported, path: Path, *, force: bool = False) -> None:
    """Write an export there; with `force` over whatever has that name.

    Raises TakenError when something else has it; ExportError; and UsageError when there is
    nothing to write.
    """
    try:
        if known.shape == "folder":
            _write_folder(known, exported, path, force=force)
        else:
            _write_file(known, exported, path, force=force)
    except OSError as error:
        why = files.explained(error)
        if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
            why = "there is no such folder."
        raise ExportError(f"{one_line(str(path))} could not be written: {why}") from error


# One file.


def _write_file(known: ExportFormat, exported: Exported, path: Path, *, force: bool) -> None:
    _check_file(known, path, force=force)
    place = Path(os.path.realpath(path))
    access = files.access_of(place) if place.exists() else None
    files.sweep(place.parent)
    with files.temporary(place.parent, b"", access=access) as new:
        if known.shape == "binary":
            known.of_binary.fill(exported, new)
        else:
            with new.open("wb") as file:
                file.writelines(pieces(known, exported))
        files.sync_file(new)
        # Something may have got that name while this was written.
        _check_file(known, path, force=force)
        if place.exists() or force:
            files.move(new, place)
        elif not files.name_new(new, place):
            raise _taken(path)
    files.sync_folder(place.parent)


def _check_file(known: ExportFormat, path: Path, *, force: bool) -> None:
    """Raises TakenError when something has that name that is no such export of ours."""
    refuse_no_file(path)
    if force or not os.path.lexists(path):
        return
    is_ours = known.of_binary.is_ours if known.shape == "binary" else known.of_file.is_ours
    if not path.exists() or not is_ours(_beginning(path)):
        raise _taken(path)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BEGINNING)


def _taken(path: Path) -> TakenError:
    return TakenError(f"{one_line(str(path))} is there already and no export of ours; {_INSTEAD}")


# A folder.


def _write_folder(known: ExportFormat, exported: Exported, path: Path, *, force: bool) -> None:
    _check_folder(known.of_folder, path, force=force)
    place = Path(os.path.realpath(path))
    is_there = place.is_dir()
    # Within the folder, if it is there: its disk may be another than that of the one around it.
    with _temporary_folder(place if is_there else place.parent) as new:
        known.of_folder.fill(exported, new)
        made = [file for file in sorted(new.rglob("*")) if file.is_file()]
        mode = files.mode_within(place if is_there else place.parent, 0o600) & 0o666
        for file in made:
            file.chmod(mode)
            files.sync_file(file)
        _check_folder(known.of_folder, path, force=force)
        if not is_there:
            _rename(new, place)
        else:
            _put_into(known.of_folder, place, new, made)
    files.sync_folder(place.parent)


def _check_folder(known: FolderModule, path: Path, *, force: bool) -> None:
    """Raises TakenError when a folder of that name holds anything, and no export of ours."""
    if not os.path.lexists(path):
        return
    if not path.is_dir():
        raise ExportError(
            f"{one_line(str(path))} is a file, and this export is a folder of files; name a "
            "folder, or a file whose name ends in what says another format"
        )
    holds = (there for there in path.iterdir() if not there.name.startswith("."))
    if not force and next(holds, None) is not None and known.files_of(path) is None:
        raise TakenError(
            f"{one_line(str(path))} holds other files and no export of ours; --force writes the "
            "export among them"
        )


def _rename(new: Path, place: Path) -> None:
    try:
        files.move(new, place)
    except OSError as error:
        if place.exists():
            raise _taken(place) from error
        raise


def _put_into(known: FolderModule, place: Path, new: Path, made: list[Path]) -> None:
    """Move the files of an export over those of one before, and remove what it has no more."""
    before = known.files_of(place) or ()
    names = [str(file.relative_to(new)) for file in made]
    last = known.files_of(new) or ()
    for name in sorted(names, key=lambda name: (name == last[-1], name)):
        folder = (place / name).parent
        if folder != place:
            _make_folder(folder)
        files.move(new / name, place / name)
    for gone in (name for name in before if name not in last):
        with suppress(FileNotFoundError):
            (place / gone).unlink()
    for folder in {(place / name).parent for name in names}:
        files.sync_folder(folder)


def _make_folder(folder: Path) -> None:
    """Make a folder within an export, unless it is there; a link leads who knows where."""
    with suppress(FileExistsError):
        folder.mkdir(files.mode_within(folder.parent, 0o700))
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


@contextmanager
def _temporary_folder(beside: Path) -> Iterator[Path]:
    """An empty folder for this user alone; what has not been moved from there is removed."""
    for left in beside.glob(f"{_PREFIX}*{_SUFFIX}"):  # by one that was killed
        if left.is_dir() and files.is_left(left, left.name.removeprefix(_PREFIX)):
            files.remove_folder(left)
    path = beside / f"{_PREFIX}{processes.own_name()}-{os.urandom(4).hex()}{_SUFFIX}"
    path.mkdir(files.mode_within(beside, 0o700))
    try:
        yield path
    finally:
        files.remove_folder(path)
