"""What is being written and not saved yet, kept against crashes and power cuts.

Drafts are this user's, on this machine. They lie apart from the notes, among what the
program keeps for itself, so that a folder of notes that is synced, shared or under git never
carries one. Each session, that is each run of the program, has a folder of its own there:

    drafts/<dataset key>/<digest of the folder of notes>/
        of                      names that folder
        <session>/lock          held for as long as the session lives
        <session>/draft.toml    the one note that is being written

A session is dead when its lock can be had and its process, which its name tells, is no more.
Its draft was left behind. A draft is written as notes are, with these heads:

    format = 2
    record = "issue:rare-earths"
    note = "issue-rare-earths-0123456789abcdef"   # the note it is to replace; none for a new one
    base = "…"                                     # the digest of that note
    kept = 2026-11-22T03:10:00Z

Earlier versions kept drafts beside the notes, in `drafts/<session>/` there. What a session of
this user left in that place is moved to the new one when it is found.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from explorer.errors import NoteError
from explorer.notes import file_format, file_names, folder_contents, toml_layout
from explorer.notes.note import Damaged, Note, Words
from explorer.notes.note_errors import DraftNotKeptError, DraftsNotReadError
from explorer.record.model import Ref
from explorer.storage import files, processes
from explorer.text.sanitize import one_line

LIMIT = 16 * 1024 * 1024
"""Most bytes that a draft may have: more than a note, so that what is too long is not lost."""

FORMAT = 2

_DRAFT = "draft.toml"
_OF = "of"
_KEYS = {"format", "record", "note", "base", "kept", "text", "date", "due", "done", "anchor"}
_LOCK = "lock"
_NEW_LOCK = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_TRIES = 10
"""How often a session is begun anew whose folder another has tidied away at once."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was being written on a record."""

    ref: Ref
    words: Words
    note_id: str | None = None
    """The note it is to replace; None for a new one."""
    base: str | None = None
    """The digest of that note when the writing began."""
    kept: datetime | None = None
    """When it was last kept."""
    path: Path | None = None
    """Where it is, for one that was left behind."""


@dataclass(frozen=True, slots=True)
class _Session:
    folder: Path
    lock: int


class Drafts:
    """The drafts of notes in a folder. Nothing is made before the first.

    Its calls wait for the disk: none is for the thread that draws the screen. They may
    come from any thread, one at a time, and the last one holds.
    """

    def __init__(
        self, store_folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._of = store_folder
        self._before = store_folder / "drafts"
        self._notes = store_folder / "notes"
        self._now = now
        self._session: _Session | None = None
        self._one_at_a_time = Lock()

    @property
    def folder(self) -> Path:
        """Where the sessions are, of this user on this machine."""
        key = files.digest(os.fsencode(os.path.realpath(self._of)))[:16]
        return files.state_folder() / "drafts" / self._of.name / key

    def keep(self, draft: Draft) -> NoteError | None:
        """Keep the draft of this session in place of the last one, safe on the disk.

        It raises nothing, so that writing goes on: it returns what went wrong, if anything.
        """
        with self._one_at_a_time:
            try:
                data = self._composed(draft)
                try:
                    self._write(data)
                except FileNotFoundError:  # somebody has taken the folder away
                    self._end()
                    self._write(data)
            except NoteError as error:
                return error
            except OSError as error:
                return DraftNotKeptError(
                    f"What you write could not be kept in {_shown(self.folder)}: "
                    f"{files.why(error)}. Save it before you leave. {files.remedy(error)}"
                )
        return None

    @property
    def place(self) -> Path | None:
        """Where the draft of this session is, once one was kept."""
        return None if self._session is None else self._session.folder / _DRAFT

    def drop(self) -> None:
        """Keep no draft any more: it was saved, or the person does not want it."""
        with self._one_at_a_time:
            if self._session is not None:
                _remove(self._session.folder / _DRAFT)

    def close(self) -> None:
        """End the session; a draft that was not dropped is left behind."""
        with self._one_at_a_time:
            if self._session is not None:
                _tidy(self._session.folder)
            self._end()

    def left_behind(self) -> tuple[Draft, ...]:
        """The drafts of dead sessions whose words are not on the disk, oldest first.

        Those that say what a note says are removed: they had been saved. Give each to
        `taken` when its words are safe elsewhere, or are not wanted. Raises NoteError when
        the folder cannot be read.
        """
        left = []
        for folder, found in self._of_the_dead():
            if isinstance(found, Draft):
                if self._is_saved(found):
                    _remove(folder / _DRAFT)
                else:
                    left.append(self._moved(found) if folder.parent == self._before else found)
            _tidy(folder)
        with suppress(OSError):
            self._before.rmdir()  # once nothing is left there
        return tuple(sorted(left, key=lambda draft: f"{draft.kept} {draft.path}"))

    def are_there(self) -> bool:
        """Whether anything is being written, or was left behind, as far as can be seen."""
        with suppress(OSError):
            return any(any(place.glob(f"*/{_DRAFT}")) for place in self._places())
        return False

    def damaged(self) -> tuple[Damaged, ...]:
        """Drafts of dead sessions that cannot be read. They are never removed.

        Raises NoteError as `left_behind` does.
        """
        return tuple(found for _, found in self._of_the_dead() if isinstance(found, Damaged))

    def taken(self, draft: Draft) -> None:
        """Remove a draft that was left behind."""
        if draft.path is None or draft.path.parent.parent not in self._places():
            return
        with _held(draft.path.parent) as is_dead:
            _remove(draft.path)
            if is_dead:
                _tidy(draft.path.parent)

    def _composed(self, draft: Draft) -> bytes:
        words = file_format.cleaned(draft.words)
        kept = file_format.whole_seconds(self._now())
        head: dict[str, toml_layout.Value] = {
            "format": FORMAT,
            "record": str(draft.ref),
            "note": draft.note_id,
            "base": draft.base,
            "kept": kept,
            "date": words.date,
            "due": words.due,
            "done": words.done or None,
        }
        meant = replace(draft, words=words, kept=kept, path=None)
        try:
            data = toml_layout.as_toml(head, words.text, words.anchor)
            faithful = len(data) <= LIMIT and _understand(data) == meant
        except file_format.UNREADABLE:
            faithful = False
        if not faithful:
            raise DraftNotKeptError(
                f"What you write on {one_line(str(draft.ref))} cannot be kept as a draft: it is "
                "too long, or cannot be written as TOML. Save it before you leave."
            )
        return data

    def _write(self, data: bytes) -> None:
        if self._session is None:
            self._session = self._begun()
        folder = self._session.folder
        with files.temporary(folder, data) as new:
            new.replace(folder / _DRAFT)
        files.sync_folder(folder)

    def _begun(self) -> _Session:
        """A new session; another is begun if somebody took it for dead before it was locked."""
        for _ in range(_TRIES):
            folder = self.folder / f"{processes.own_name()}-{os.urandom(4).hex()}"
            files.private_folder(folder)
            self._say_of()
            with suppress(FileNotFoundError):
                lock = os.open(folder / _LOCK, _NEW_LOCK, 0o600)
                if _lock(lock):
                    return _Session(folder, lock)
                os.close(lock)
        raise FileNotFoundError

    def _end(self) -> None:
        if self._session is not None:
            with suppress(OSError):
                os.close(self._session.lock)
            self._session = None

    def _say_of(self) -> None:
        """Write down which folder of notes the drafts are for, in case that it is moved."""
        told = self.folder / _OF
        if not told.exists():
            files.replace_file(told, os.fsencode(self._of))

    def _places(self) -> list[Path]:
        """Where sessions may have left drafts: here, before, and for a folder that was moved."""
        places = [self.folder, self._before]
        with suppress(OSError):
            others = sorted(self.folder.parent.iterdir())
            places += [o for o in others if o != self.folder and not _is_there(o / _OF)]
        return places

    def _of_the_dead(self) -> Iterator[tuple[Path, Draft | Damaged | None]]:
        """Each dead session with its draft, while no other explorer can have it."""
        own = None if self._session is None else self._session.folder
        for place in self._places():
            try:
                folders = sorted(path for path in place.iterdir() if _is_session(path))
            except FileNotFoundError:
                continue
            except OSError as error:
                if place == self._before:  # another user's
                    continue
                raise DraftsNotReadError(
                    f"The drafts in {_shown(place)} could not be read: {files.why(error)}. "
                    f"{files.remedy(error)}"
                ) from error
            for folder in folders:
                if folder != own:
                    with _held(folder) as is_dead:
                        if is_dead:
                            yield folder, _read(folder / _DRAFT)

    def _moved(self, draft: Draft) -> Draft:
        """Move a draft that an earlier version kept beside the notes to where it belongs."""
        assert draft.path is not None, "it was left behind"
        folder = self.folder / f"{draft.path.parent.name}-{os.urandom(4).hex()}"
        try:
            files.private_folder(folder)
            self._say_of()
            data = files.read_limited(draft.path, LIMIT, follow=False)
            with files.temporary(folder, data) as new:
                new.replace(folder / _DRAFT)
            files.sync_folder(folder)
        except OSError:
            return draft  # it is safe where it is
        _remove(draft.path)
        return replace(draft, path=folder / _DRAFT)

    def _is_saved(self, draft: Draft) -> bool:
        """Whether a note says what the draft does, or a copy that went beside it."""
        if draft.note_id is None and draft.words == Words(""):
            return True
        said = (draft.ref, draft.words)
        with suppress(OSError):
            for path in folder_contents.listed(self._notes):
                if file_names.is_of_another(path, draft.ref):
                    continue
                for note in file_format.versions(path):
                    if (
                        isinstance(note, Note)
                        and draft.note_id in (note.id, None)
                        and (note.ref, note.words) == said
                    ):
                        return True
        return False


def _read(path: Path) -> Draft | Damaged | None:
    found = file_format.read_as(path, LIMIT, lambda data, _: _understand(data))
    return replace(found, path=path) if isinstance(found, Draft) else found


def _understand(data: bytes) -> Draft:
    """Raises ValueError, saying in words what is wrong; or whatever else is UNREADABLE."""
    found = file_format.parsed(file_format.as_text(data))
    if found.get("format") != FORMAT:
        raise ValueError(f"it does not say format = {FORMAT}")
    if unknown := sorted(found.keys() - _KEYS):
        raise ValueError(f"it has “{unknown[0]}”, which is not known here")
    ref = file_format.ref_in(found)
    note_id, base = _text_in(found, "note"), _text_in(found, "base")
    if note_id is not None and not file_names.is_on(note_id, ref):
        raise ValueError(f"its note is not one on {ref}")
    kept = file_format.time_in(found, "kept")
    return replace(Draft(ref, file_format.words_in(found), note_id, base), kept=kept)


def _text_in(found: dict[str, Any], key: str) -> str | None:
    text = found.get(key)
    if text is None or isinstance(text, str):
        return text
    raise ValueError(f"its “{key}” is not text")


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold the lock of a session; whether it could be had, and so the session is dead."""
    lock = None
    with suppress(OSError):  # a folder without one is that of a session that never began
        lock = os.open(folder / _LOCK, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        is_free = lock is None or _lock(lock)
        yield is_free and _may_be_dead(folder.name)
    finally:
        if lock is not None:
            with suppress(OSError):
                os.close(lock)


def _lock(lock: int) -> bool:
    """Take a lock for as long as its file is open; False when another has it."""
    try:
        if files.fcntl is not None:
            files.fcntl.flock(lock, files.fcntl.LOCK_EX | files.fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a disk without locks
        return True
    return True


def _may_be_dead(session: str) -> bool:
    """Whether a session whose lock can be had is dead, by its name.

    A disk may have no locks, or only such as other machines do not see.
    """
    if processes.is_elsewhere(session):
        return False
    is_old = not processes.is_named(session)
    return is_old or processes.is_own(session) or processes.has_ended(session, in_doubt=True)


def _is_session(path: Path) -> bool:
    """Whether a folder is that of a session of this user."""
    if path.is_symlink() or not path.is_dir():
        return False
    return os.name == "nt" or path.stat().st_uid == os.getuid()


def _is_there(told: Path) -> bool:
    """Whether a folder of notes is there that a file names; yes when there is no telling."""
    try:
        return Path(os.fsdecode(files.read_limited(told, 65536))).exists()
    except OSError:
        return True


def _tidy(folder: Path) -> None:
    """Remove what is left of a session, unless a draft is."""
    files.sweep(folder)
    with suppress(OSError):
        if all(path.name == _LOCK for path in folder.iterdir()):
            _remove(folder / _LOCK)
            folder.rmdir()


def _remove(path: Path) -> None:
    # If it cannot be removed it is offered once more, or found to have been saved.
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _shown(path: Path) -> str:
    return one_line(str(path))
