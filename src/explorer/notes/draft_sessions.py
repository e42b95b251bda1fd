"""The folders in which drafts are kept, one for each run of the program.

A session is dead when its lock can be had and its process, known by its name, is no more.
Its draft was then left behind.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from explorer.storage import files, folders, locks, processes
from explorer.values import dataclass

DRAFT = "draft.toml"

_LOCK = "lock"
_NEW_LOCK = os.O_RDWR | os.O_CREAT | os.O_EXCL | files.NO_LINK
_TRIES = 10
"""How often a session is begun anew whose folder another has tidied away at once."""


@dataclass(frozen=True, slots=True)
class Session:
    """The folder of a living session, locked for as long as it lives."""

    folder: Path
    lock: int

    @property
    def draft(self) -> Path:
        """Where its draft is, once one was kept."""
        return self.folder / DRAFT

    def end(self) -> None:
        """Let go of the lock; a draft that is there is left behind."""
        with suppress(OSError):
            os.close(self.lock)


class OwnDraft:
    """The one draft that this run of the program keeps at a time, in a session of its own.

    Nothing is made before the first is kept. Its calls wait for the disk, may come from any
    thread, one at a time, and the last one holds.
    """

    def __init__(self, place: Callable[[], Path]) -> None:
        """`place` makes the folder of sessions where it is not there; it may raise OSError."""
        self._place = place
        self._session: Session | None = None
        self._one_at_a_time = Lock()

    @property
    def folder(self) -> Path | None:
        """The session's folder, once something was kept."""
        return None if self._session is None else self._session.folder

    @property
    def path(self) -> Path | None:
        """Where it is, once it was kept."""
        return None if self._session is None else self._session.draft

    def keep(self, data: bytes) -> None:
        """Keep it in place of the last one, safe on the disk. Raises OSError."""
        with self._one_at_a_time:
            try:
                self._write(data)
            except FileNotFoundError:  # somebody has taken the folder away
                self._end()
                self._write(data)

    def drop(self) -> None:
        """Keep none any more: it was saved, or the person does not want it."""
        with self._one_at_a_time:
            if self._session is not None:
                remove(self._session.draft)

    def close(self) -> None:
        """End the session; a draft that was not dropped is left behind."""
        with self._one_at_a_time:
            folder = self.folder
            self._end()  # first, because Windows removes no file that is open
            if folder is not None:
                tidy(folder)

    def _write(self, data: bytes) -> None:
        if self._session is None:
            self._session = begun_in(self._place())
        files.replace_file(self._session.draft, data)

    def _end(self) -> None:
        if self._session is not None:
            self._session.end()
            self._session = None


def begun_in(place: Path) -> Session:
    """A new session; another is begun if somebody took it for dead before it was locked.

    Raises OSError.
    """
    for _ in range(_TRIES):
        folder = place / f"{processes.own_name()}-{os.urandom(4).hex()}"
        folders.private_folder(folder)
        with suppress(FileNotFoundError):
            lock = os.open(folder / _LOCK, _NEW_LOCK, 0o600)
            if locks.try_lock(lock):
                return Session(folder, lock)
            os.close(lock)
    raise FileNotFoundError


def sessions_in(place: Path) -> list[Path]:
    """The folders of this user's sessions in a place. Raises OSError."""
    return sorted(path for path in place.iterdir() if _is_session(path))


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold the lock of a session; whether it could be had, and so the session is dead."""
    lock = None
    with suppress(OSError):  # a folder without one is that of a session that never began
        lock = os.open(folder / _LOCK, os.O_RDWR | files.NO_LINK)
    try:
        is_free = lock is None or locks.try_lock(lock)
        yield is_free and processes.may_be_over(folder.name)
    finally:
        if lock is not None:
            with suppress(OSError):
                os.close(lock)


def tidy(folder: Path) -> None:
    """Remove what is left of a session, unless a draft is."""
    files.sweep(folder)
    with suppress(OSError):
        if all(path.name == _LOCK for path in folder.iterdir()):
            remove(folder / _LOCK)
            folder.rmdir()


def remove(path: Path) -> None:
    """Remove a file of a session, if it can be."""
    # A draft that cannot be is offered once more, or found to have been saved.
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _is_session(path: Path) -> bool:
    """Whether a folder is that of a session of this user."""
    if path.is_symlink() or not path.is_dir():
        return False
    return sys.platform == "win32" or path.stat().st_uid == os.getuid()
