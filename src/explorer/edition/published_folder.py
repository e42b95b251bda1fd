"""The folder of an edition: written aside, and only then put in the place of the one before.

All is written into a folder within it. When that is whole, each of its entries takes the place
of the one of its name, the front page last, which takes a few milliseconds; until then whoever
reads finds the edition before, and a program that is killed leaves that as it is. What is none
of the edition's, such as a `.git`, a `CNAME` or a `robots.txt`, is not touched. The folder itself
stays, so it may be a link, a mounted disk or the working folder of a server.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

from explorer.errors import TakenError, UsageError
from explorer.storage import files, processes
from explorer.text.sanitize import one_line

MANIFEST = "edition.json"
"""By which a folder is known for an edition."""
_FORMAT = "explorer edition"
_LARGEST = 64 * 1024
_PREFIX, _SUFFIX = ".explorer-", ".edition"
_FRONT = "index.html"


class PublishedFolder:
    """Where an edition is written to; as a context it clears away what is not finished."""

    def __init__(self, path: Path, *, force: bool = False) -> None:
        """Raises TakenError when something else is there, unless forced; else as OSError."""
        self._path = path
        self._is_new = not os.path.lexists(path)
        self.pages = 0
        self.size = 0
        if not self._is_new:
            _refuse(path, force=force)
        self._made: set[str] = set()

    def __enter__(self) -> Self:
        if self._is_new:
            self._path.mkdir()
        _sweep(self._path)
        name = f"{_PREFIX}{processes.own_name()}-{os.urandom(4).hex()}{_SUFFIX}"
        self._aside = self._path / name
        self._aside.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._aside, ignore_errors=True)
        if self._is_new:
            with suppress(OSError):
                self._path.rmdir()  # it goes only if nothing came of it

    def write(self, path: str, text: str) -> None:
        """Write a file of the edition. Raises OSError."""
        folder = path.rpartition("/")[0]
        place = self._aside / path
        if folder not in self._made:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        data = text.encode("utf-8", "replace")
        place.write_bytes(data)
        self.pages += path.endswith(".html")
        self.size += len(data)

    def finish(self, about: dict[str, object]) -> None:
        """Put all that was written in the place of what was there. Raises OSError."""
        old = self._aside / ".before"
        new = sorted({*_entries(self._aside), MANIFEST}, key=lambda name: (name == _FRONT, name))
        said = {"format": _FORMAT, "version": 1, **about, "pages": self.pages, "holds": new}
        self.write(MANIFEST, json.dumps(said, indent=2, sort_keys=True) + "\n")
        before = _manifest(self._path).get("holds")
        ours = set(map(str, before)) if isinstance(before, list) else set()
        gone = [name for name in _entries(self._path) if name in ours and name not in new]
        old.mkdir()
        done: list[tuple[Path, Path]] = []
        try:
            for name in (*new, *gone):
                place = self._path / name
                if os.path.lexists(place):
                    _move(place, old / name, done)
                if name in new:
                    _move(self._aside / name, place, done)
        except OSError:
            for before, after in reversed(done):
                with suppress(OSError):
                    after.rename(before)
            raise
        with suppress(OSError):
            files.sync_folder(self._path)
        self._is_new = False


def _move(one: Path, other: Path, done: list[tuple[Path, Path]]) -> None:
    one.rename(other)
    done.append((one, other))


def _entries(folder: Path) -> Iterator[str]:
    """The names of what is in it, less what is hidden."""
    with os.scandir(folder) as found:
        yield from sorted(entry.name for entry in found if not entry.name.startswith("."))


def _refuse(path: Path, *, force: bool) -> None:
    """Raises TakenError when a folder is there that holds something else than an edition."""
    shown = one_line(str(path))
    if not path.is_dir():
        raise UsageError(f"{shown} is there already and is no folder; name another")
    if force or _manifest(path) or not any(_entries(path)):
        return
    raise TakenError(
        f"{shown} is there already and is no edition; name another folder, or say --force to "
        "write the edition among what is there"
    )


def _manifest(path: Path) -> dict[str, object]:
    """What an edition says of itself; nothing of what is no edition."""
    try:
        said = json.loads(files.read_limited(path / MANIFEST, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) and said.get("format") == _FORMAT else {}


def _sweep(path: Path) -> None:
    """Remove what a process that was killed left unfinished."""
    with suppress(OSError), os.scandir(path) as found:
        for entry in found:
            name = entry.name
            is_unfinished = name.startswith(_PREFIX) and name.endswith(_SUFFIX)
            if is_unfinished and processes.has_ended(name.removeprefix(_PREFIX)):
                shutil.rmtree(entry.path, ignore_errors=True)
