"""The folder of an edition: written aside, and only then put in the place of the one before.

All is written into a folder within it. When that is whole, each of its entries takes the place
of the one of its name, the front page last, which takes a few milliseconds; until then whoever
reads finds the edition before, and a program that is killed leaves that as it is. What is none
of the edition's is not touched, neither beside its entries, such as a `.git`, a `CNAME` or a
`robots.txt`, nor within its folders, such as a picture that somebody put there: each file of an
edition says that it is one. The folder itself stays, so it may be a link, a mounted disk or the
working folder of a server.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

from explorer.errors import ExplorerError, TakenError, UsageError
from explorer.storage import files, processes
from explorer.text.sanitize import one_line
from explorer.text.urls import why_not

MANIFEST = "edition.json"
"""By which a folder is known for an edition."""
GENERATOR = "explorer"
"""By which a page is known for one of an edition: how the name of what made it begins."""
_FORMAT = "explorer edition"
_VERSION = 1
_LARGEST = 64 * 1024
_PREFIX, _SUFFIX = ".explorer-", ".edition"
_BEFORE = ".before"
"""Where the edition before is while the new one takes its place."""
_FRONT = "index.html"
_OURS = (f'<meta name="generator" content="{GENERATOR}'.encode(), b"explorer")
"""What a page of an edition says of itself, and how a file of its search begins."""
_HEAD = 400
"""Bytes within which a page says it."""


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
        files.remove_folder(self._aside)
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
        """Put all that was written in the place of what was there. Raises OSError.

        Raises UsageError when something else has the place of a folder, or a folder that of a file.
        """
        new = sorted({*_entries(self._aside), MANIFEST}, key=lambda name: (name == _FRONT, name))
        said = {"format": _FORMAT, "version": _VERSION, **about, "pages": self.pages, "holds": new}
        self.write(MANIFEST, json.dumps(said, indent=2, sort_keys=True) + "\n")
        held = _manifest(self._path).get("holds")
        ours = set(map(str, held)) if isinstance(held, list) else set()
        gone = [name for name in _entries(self._path) if name in ours and name not in new]
        for name in (*new, *gone):
            self._keep_what_is_not_ours(name)
        old = self._aside / _BEFORE
        old.mkdir()
        done: list[tuple[Path, Path]] = []
        try:
            for name in (*new, *gone):
                place = self._path / name
                if os.path.lexists(place):
                    _move(place, old / name, done)
                if os.path.lexists(self._aside / name):
                    _move(self._aside / name, place, done)
        except BaseException:  # also when a person stops it here
            for before, after in reversed(done):
                with suppress(OSError):
                    files.move(after, before)
            raise
        with suppress(OSError):
            files.sync_folder(self._path)
        self._is_new = False

    def _keep_what_is_not_ours(self, name: str) -> None:
        """Copy what others put into a folder of the edition before into that which replaces it."""
        there, here = self._path / name, self._aside / name
        if there.is_symlink() or not os.path.lexists(there):
            return
        if here.exists() and here.is_dir() != there.is_dir():
            what = "a folder" if there.is_dir() else "a file"
            raise UsageError(
                f"{one_line(str(there))} is {what} that is none of the edition’s; "
                "name another folder, or move it away"
            )
        for within in _within(there) if there.is_dir() else ():
            kept = here / within
            if not os.path.lexists(kept) and not _is_ours(there / within):
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(there / within, kept, follow_symlinks=False)


def known_place(path: Path) -> str:
    """Where the edition that is in a folder is to be found; nothing when that is not known."""
    place = _manifest(path).get("base_url")
    return place if isinstance(place, str) and place[-1:] == "/" and not why_not(place) else ""


def not_written(folder: Path, error: OSError) -> ExplorerError:
    """That an edition could not be written, in words for people."""
    shown = one_line(str(folder))
    if isinstance(error, FileNotFoundError) and not folder.parent.is_dir():
        return ExplorerError(
            f"{shown} cannot be made: there is no folder {one_line(str(folder.parent))}"
        )
    kept = "An edition that was there is as it was."
    return ExplorerError(f"{shown} could not be written: {files.explained(error, kept)}")


def _move(one: Path, other: Path, done: list[tuple[Path, Path]]) -> None:
    files.move(one, other)
    done.append((one, other))


def _within(folder: Path) -> Iterator[Path]:
    """All files in a folder and in those within it, as seen from it; a link is one too."""
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from (entry.name / within for within in _within(Path(entry.path)))
            else:
                yield Path(entry.name)


def _is_ours(file: Path) -> bool:
    """Whether it is a file that an edition made."""
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    mark, begun = _OURS
    return mark in head or (file.suffix == ".js" and head.startswith(begun))


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
            if is_unfinished and files.is_left(Path(entry.path), name.removeprefix(_PREFIX)):
                _put_back(path, Path(entry.path) / _BEFORE)
                files.remove_folder(Path(entry.path))


def _put_back(path: Path, before: Path) -> None:
    """Put what was taken from its place, and had nothing put there, where it was."""
    with suppress(OSError):
        for name in _entries(before):
            if not os.path.lexists(path / name):
                files.move(before / name, path / name)
