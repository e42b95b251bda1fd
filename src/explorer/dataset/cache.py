"""Checked datasets, kept so that the next start needs neither parser nor checker.

What was made of a dataset is kept under a digest of its files and of the code that checks
them, so a change to either makes a new one. So that large files need not be read to know
their digest, it is noted how the disk described the files when they were read: their sizes,
and when they were changed last. A file that was changed only just before may have been
changed again without a trace, so then the files themselves are asked.

It is private, and may be deleted at any time, whoever uses it; whatever is found in its
place is only a slow start.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import __version__
from explorer.dataset import packed
from explorer.record import model
from explorer.storage import files, folders
from explorer.text import sanitize

if TYPE_CHECKING:
    from explorer.dataset.read import Texts
    from explorer.record.catalogue import Catalogue

KEPT = 8
"""How many checked datasets stay in the cache."""
ROOM = 1 << 30
"""How many bytes they may take together; the newest stays whatever it takes."""
_NOTED = 64
"""How many places of datasets are remembered."""
_SHORT = 3 * 10**9
"""Nanoseconds in which a disk may not notice a second change: on some a time is no finer than
two seconds."""
_RECORDS, _PLACE = ".records", ".place"

Again = Callable[[], "Catalogue"]
"""Makes the catalogue anew."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The files of a dataset, as the disk describes them."""

    place: str
    """A name for where they lie."""
    mark: str
    """A digest of what the disk says of them, and of the code that checks them."""
    changed: int
    """When one of them was changed last, in nanoseconds."""
    at: int
    """When they were looked at."""


def look(paths: Sequence[Path]) -> Seen | None:
    """How the disk describes files at this moment; None when it does not."""
    now = time.time_ns()
    try:
        described = [path.stat() for path in paths]
        where = [os.path.realpath(path) for path in paths]
    except OSError:
        return None
    mark = "\n".join(map(repr, (_code(), *zip(where, map(_marks, described), strict=True))))
    place = "\n".join((_code(), *where))
    changed = max(max(one.st_mtime_ns, one.st_ctime_ns) for one in described)
    return Seen(_digest(place), _digest(mark), changed, now)


def fetch(seen: Seen, again: Again) -> Catalogue | None:
    """What was kept of files that have not been changed since, as far as the disk knows."""
    with _slow_start():
        noted = files.read_limited(_folder() / f"{seen.place}{_PLACE}", 1000).decode()
        mark, key, at = noted.split()
        if mark == seen.mark and seen.changed + _SHORT < int(at):
            return _opened(key, again)
    return None


def opened(key: str, again: Again) -> Catalogue | None:
    """What is kept under a key, if it is there and whole."""
    with _slow_start():
        return _opened(key, again)
    return None


def is_kept(key: str) -> bool:
    """Whether something is kept under a key."""
    with suppress(OSError):
        return _path(key).is_file()
    return False


def keep(key: str, catalogue: Catalogue) -> None:
    """Keep what was made of some files for the next start; a failure costs only time."""
    with suppress(OSError):
        path = _path(key)
        folders.private_folder(path.parent)
        files.sweep(path.parent)
        files.replace_file(path, packed.pack(catalogue))
        _tidy(path.parent)


def note(seen: Seen | None, key: str) -> None:
    """Note what files were found to hold, so that the next start need not read them."""
    if seen is not None and is_kept(key):
        with suppress(OSError):
            noted = f"{seen.mark} {key} {seen.at}\n"
            files.replace_file(_folder() / f"{seen.place}{_PLACE}", noted.encode())


def key_of(texts: Texts) -> str:
    """A digest of what files hold and of the code that checks them."""
    parts = [_code().encode()]
    for file, data in texts.items():
        parts += [file.name.encode("utf-8", "surrogateescape"), files.digest(data).encode()]
    return files.digest(b"\0".join(parts))


def _tidy(folder: Path) -> None:
    """Throw away the oldest, and what earlier versions kept."""
    room, kept = ROOM, 0
    for path in _newest_first(folder.glob(f"*{_RECORDS}")):
        room, kept = room - path.stat().st_size, kept + 1
        if kept > KEPT or (room < 0 and kept > 1):
            path.unlink(missing_ok=True)
    outdated = _newest_first(folder.glob(f"*{_PLACE}"))[_NOTED:]
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
    path = _path(key)

    def damaged() -> Catalogue:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return again()

    catalogue = packed.unpack(_OpenFile(path).read, damaged)
    with suppress(OSError):  # what is used is thrown away last
        os.utime(path)
    return catalogue


class _OpenFile:
    """An ordinary file that is open for reading, and stays what it was though it is replaced."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, files.TO_READ | files.NO_LINK)
        if not stat.S_ISREG(os.fstat(self._file).st_mode):
            raise packed.Damaged

    def read(self, low: int, high: int) -> bytes:
        """The bytes from one place to another. Raises OSError."""
        if hasattr(os, "pread"):
            return os.pread(self._file, high - low, low)
        with open(self._file, "rb", closefd=False, buffering=0) as file:  # Windows
            file.seek(low)
            return file.read(high - low)

    def __del__(self) -> None:
        with suppress(OSError, AttributeError):
            os.close(self._file)


def _folder() -> Path:
    return folders.cache_folder() / "datasets"


def _path(key: str) -> Path:
    return _folder() / f"{key}{_RECORDS}"


def _code() -> str:
    """The code that decides what is kept, as the disk describes it."""
    here = (Path(__file__), Path(model.__file__), Path(sanitize.__file__))
    found = (
        (entry.path, _marks(entry.stat()))
        for path in here
        for entry in os.scandir(path.parent)
        if entry.name.endswith(".py")
    )
    return _digest(repr((__version__, sorted(found))))


def _marks(found: os.stat_result) -> tuple[int, ...]:
    """What changes with a file, whatever is done to it."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


def _digest(text: str) -> str:
    return files.digest(text.encode("utf-8", "surrogateescape"))
