"""Checked datasets, kept so that the next start needs neither parser nor checker.

What was made of a dataset is kept under a digest of its files and of the code that checks
them, so a change to either makes a new one. So that large files need not be read to know
their digest, `file_state` notes how the disk described them.

It is private, and may be deleted at any time, whoever uses it; whatever is found in its
place is only a slow start.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from explorer.dataset import file_state, packed
from explorer.storage import files, folders

if TYPE_CHECKING:
    from explorer.dataset.read import Texts
    from explorer.record.catalogue import Catalogue

KEPT = 8
"""How many checked datasets stay in the cache."""
ROOM = 1 << 30
"""How many bytes they may take together; the newest stays whatever it takes."""
_NOTED = 64
"""How many places of datasets are remembered."""

Again = Callable[[], "Catalogue"]
"""Makes the catalogue anew."""


def opened(key: str, again: Again) -> Catalogue | None:
    """What is kept under a key, if it is there and whole."""
    with _slow_start():
        return _opened(key, again)
    return None


def keep(key: str, catalogue: Catalogue) -> None:
    """Keep what was made of some files for the next start; a failure costs only time."""
    with suppress(OSError):
        path = file_state.path_of(key)
        folders.private_folder(path.parent)
        files.sweep(path.parent)
        files.replace_file(path, packed.pack(catalogue))
        _tidy(path.parent)


def key_of(texts: Texts, own: Texts | None = None) -> str:
    """A digest of what files hold, those of a reader's overlay too, and of what checks them."""
    parts = [file_state.code().encode()]
    for of in (texts, *([own] if own else [])):
        parts.append(str(len(of)).encode())
        for file, data in of.items():
            parts += [file.name.encode("utf-8", "surrogateescape"), files.digest(data).encode()]
    return files.digest(b"\0".join(parts))


def _tidy(folder: Path) -> None:
    """Throw away the oldest, and what earlier versions kept."""
    room, kept = ROOM, 0
    for path in _newest_first(file_state.kept()):
        room, kept = room - path.stat().st_size, kept + 1
        if kept > KEPT or (room < 0 and kept > 1):
            path.unlink(missing_ok=True)
    outdated = _newest_first(file_state.places())[_NOTED:]
    for path in (*outdated, *folder.glob("*.pickle")):
        path.unlink(missing_ok=True)


def _newest_first(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: path.stat().st_mtime, reverse=True)


@contextmanager
def _slow_start() -> Iterator[None]:
    """Whatever is wrong with what was kept, it is only made again."""
    with suppress(OSError, ValueError, packed.Damaged):
        yield


def _opened(key: str, again: Again) -> Catalogue:
    path = file_state.path_of(key)

    def damaged() -> Catalogue:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return again()

    catalogue = packed.unpack(_OpenFile(path).read, damaged)
    catalogue.key = key
    with suppress(OSError):  # what is used is thrown away last
        os.utime(path)
    return catalogue


class _OpenFile:
    """An ordinary file that is open for reading, and stays what it was though it is replaced."""

    def __init__(self, path: Path) -> None:
        self._one_at_a_time = Lock()
        self._file = os.open(path, files.TO_READ | files.NO_LINK)
        if not stat.S_ISREG(os.fstat(self._file).st_mode):
            raise packed.Damaged

    def read(self, low: int, high: int) -> bytes:
        """The bytes from one place to another. Raises OSError."""
        if sys.platform != "win32":
            return os.pread(self._file, high - low, low)
        # There the place to read from is the same to all who read the file.
        with self._one_at_a_time, open(self._file, "rb", closefd=False) as file:
            file.seek(low)
            return file.read(high - low)

    def __del__(self) -> None:
        with suppress(OSError, AttributeError):
            os.close(self._file)
