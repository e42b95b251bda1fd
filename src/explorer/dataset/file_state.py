"""Whether the files of a dataset are still those of which something was kept.

The disk is asked, as git does: how large the files are, and when they were changed last. A
file that was changed only just before it was looked at may have been changed again without a
trace, so then nothing is known. It is asked at each start before anything else, so this
imports little.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from explorer import __version__
from explorer.storage import files, folders
from explorer.values import dataclass

_DECIDES = ("dataset", "record", "text")
"""The packages whose code decides what is kept."""
_SHORT = 3 * 10**9
"""Nanoseconds in which a disk may not notice a second change: on some a time is no finer than
two seconds."""
_LARGEST = 1 << 22
_KEPT, _PLACE = ".records", ".place"


@dataclass(frozen=True, slots=True)
class Seen:
    """The files of a dataset, as the disk describes them."""

    place: str
    """A name for where they lie."""
    mark: str
    """What the disk says of them, and of the code that checks them."""
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
    decides = code()
    mark = "\n".join(map(repr, (decides, *zip(where, map(_marks, described), strict=True))))
    # The mark has the whole of it, so two places that share a name take turns at worst.
    place = zlib.crc32(repr((decides, where)).encode())
    changed = max(max(one.st_mtime_ns, one.st_ctime_ns) for one in described)
    return Seen(f"{place:08x}", mark, changed, now)


def noted(seen: Seen) -> str:
    """The key under which something is kept of files as they are now; nothing when not."""
    with suppress(OSError, ValueError):
        text = files.read_limited(_note_of(seen), _LARGEST).decode()
        key, at, mark = text.split("\n", 2)
        if mark == seen.mark and seen.changed + _SHORT < int(at) and is_kept(key):
            return key
    return ""


def note(seen: Seen | None, key: str) -> None:
    """Note what files were found to hold, so that the next start need not read them."""
    if seen is not None and is_kept(key):
        with suppress(OSError):
            files.replace_file(_note_of(seen), f"{key}\n{seen.at}\n{seen.mark}".encode())


def _note_of(seen: Seen) -> Path:
    return folder() / f"{seen.place}{_PLACE}"


def places() -> list[Path]:
    """What was noted, a file for each place of a dataset."""
    return [*folder().glob(f"*{_PLACE}")]


def kept() -> list[Path]:
    """What is kept of datasets, a file for each."""
    return [*folder().glob(f"*{_KEPT}")]


def path_of(key: str) -> Path:
    """The file of what is kept under a key."""
    return folder() / f"{key}{_KEPT}"


def is_kept(key: str) -> bool:
    """Whether something is kept under a key."""
    with suppress(OSError):
        return path_of(key).is_file()
    return False


def folder() -> Path:
    """Where it is kept. Raises OSError when there is no home."""
    return folders.cache_folder() / "datasets"


def code() -> str:
    """The code that decides what is kept, as the disk describes it."""
    found: list[tuple[str, tuple[int, ...]]] = []
    with suppress(OSError):  # it may be in an archive
        for package in _DECIDES:
            there = os.scandir(Path(__file__).parents[1] / package)
            found += ((one.name, _marks(one.stat())) for one in there if one.name.endswith(".py"))
    return repr((__version__, sorted(found)))


def _marks(found: os.stat_result) -> tuple[int, ...]:
    """What changes with a file, whatever is done to it."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)
