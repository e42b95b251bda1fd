'''The user's notes: one small TOML file for each record that has a note.

`NoteStore` keeps the notes on one dataset in `<folder>/<dataset key>/`:

    lock      held for the moment in which a note is put in its place
    notes/    the notes, and copies made when a note was changed by two at once
    trash/    what was deleted

A note on `issue:rare-earths` is `notes/issue-rare-earths-0123456789abcdef.toml`: the
reference in letters, digits and hyphens, then the start of its SHA-256, so that any
reference has a file of its own inside the folder. Format 1:

    format = 1
    record = "issue:rare-earths"
    name = "Rare-earth controls"
    created = 2026-11-22T03:00:00Z
    changed = 2026-11-22T03:10:00Z
    text = """
    Deferral or delay? #watch
    """

`name` is for people who open the file, and is not read back. Any program may edit these
files; comments in them go when the note is next saved here. A file of a later format, or
with keys unknown here, is shown and never saved over. One that cannot be understood is
listed as damaged, and left alone.

What is saved is safe: see `NoteStore.save`.
'''

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from explorer import files
from explorer.errors import NoteError
from explorer.model import Ref
from explorer.plain import one_line, plain

FORMAT = 1
LIMIT = 256 * 1024
"""Most bytes that the file of one note may have."""

_KEYS = {"format", "record", "name", "created", "changed", "text"}
_COPY = ".conflict-"
_ADDRESS = re.compile(r"://[!-~]*")
# Not the second half of a word, an entity, a path, a link's target or another `#`.
_HASH = re.compile(r"(?<![\w#&/=])(?<!\]\()#")
_LONGEST_TAG = 80


class NoteNotDeletedError(NoteError):
    """A note could not be moved to the trash. It is where it was."""

    title = "The note was not deleted"


class NotesNotReadError(NoteError):
    """The folder of notes could not be read."""

    title = "The notes could not be read"


@dataclass(frozen=True, slots=True)
class Note:
    """What the user wrote about a record."""

    ref: Ref
    text: str
    created: datetime
    changed: datetime
    path: Path
    digest: str
    """Of the file as it was read or written: the `base` for saving it again."""
    sealed: str = ""
    """Why it may be read but not saved over, or nothing."""

    @property
    def is_copy(self) -> bool:
        """Whether it stands beside a note because both were changed at once."""
        return _COPY in self.path.name

    @property
    def tags(self) -> tuple[str, ...]:
        """The words marked `#like-this`, each once, in order, without regard to case.

        A tag has letters of any script, digits, hyphens and underscores, and at least one
        letter, so that `#3` is not one. Headings and parts of addresses are not tags.
        """
        text = unicodedata.normalize("NFC", _ADDRESS.sub(" ", self.text))
        words = (_tag_at(text, found.end()) for found in _HASH.finditer(text))
        return tuple(dict.fromkeys(word for word in words if any(map(str.isalpha, word))))


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file among the notes that is not a note, and why. It is never written to."""

    path: Path
    reason: str
    """For people, with the line where there is one: “it is empty”."""
    ref: Ref | None = None
    """The record it was a note on, when its name and what is left of it agree."""


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes on a dataset, as they were when loaded."""

    notes: Mapping[str, Note] = field(default_factory=dict, hash=False)
    """By reference."""
    copies: Mapping[str, tuple[Note, ...]] = field(default_factory=dict, hash=False)
    """Conflict copies by reference, oldest first."""
    damaged: tuple[Damaged, ...] = ()

    def of(self, ref: Ref) -> Note | None:
        """The note on a record."""
        return self.notes.get(str(ref))

    def conflicts_of(self, ref: Ref) -> tuple[Note, ...]:
        """What was saved beside the note on a record, which had changed meanwhile."""
        return self.copies.get(str(ref), ())

    def damaged_of(self, ref: Ref) -> Damaged | None:
        """The damaged file that stands where the note on a record would be."""
        name = file_name(ref)
        return next((file for file in self.damaged if file.path.name == name), None)

    def all(self) -> tuple[Note, ...]:
        """The notes, last changed first, without conflict copies."""
        by_name = sorted(self.notes.values(), key=lambda note: str(note.ref))
        return tuple(sorted(by_name, key=lambda note: note.changed, reverse=True))

    def with_note(self, note: Note) -> Notes:
        """The same with this note, or this conflict copy, as it now is."""
        key = str(note.ref)
        if not note.is_copy:
            damaged = tuple(file for file in self.damaged if file.path != note.path)
            return replace(self, notes={**self.notes, key: note}, damaged=damaged)
        others = [copy for copy in self.conflicts_of(note.ref) if copy.path != note.path]
        copies = sorted([*others, note], key=lambda copy: copy.path.name)
        return replace(self, copies={**self.copies, key: tuple(copies)})

    def after(self, saved: Saved) -> Notes:
        """The same after a save, with what another program left in the note's place."""
        notes = self.with_note(saved.note)
        if saved.conflict is None:
            return notes
        match saved.stands:
            case Note() as theirs:
                return notes.with_note(theirs)
            case Damaged() as damaged:
                others = tuple(file for file in notes.damaged if file.path != damaged.path)
                kept = notes.without(saved.note.ref)
                return replace(kept, damaged=(*others, damaged))
            case None:
                return notes.without(saved.note.ref)

    def without_copy(self, copy: Note) -> Notes:
        """The same without one conflict copy."""
        others = tuple(c for c in self.conflicts_of(copy.ref) if c.path != copy.path)
        return replace(self, copies={**self.copies, str(copy.ref): others})

    def without(self, ref: Ref) -> Notes:
        """The same without the note on a record; its conflict copies stay."""
        return replace(self, notes={k: n for k, n in self.notes.items() if k != str(ref)})


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: the words are on the disk."""

    note: Note
    """The note as saved; the conflict copy, when there is one."""
    conflict: Path | None = None
    """Where the words went instead, because the note had been changed by another."""
    stands: Note | Damaged | None = None
    """In that case, what stands where the note was."""
    remark: str = ""
    """A warning for the user: it is written, but the disk did not confirm it."""


class NoteStore:
    """The notes on one dataset, on disk. Nothing is made there before the first save."""

    def __init__(
        self,
        folder: Path,
        dataset_key: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        # Once, so that neither a new working folder nor a changed link moves the notes.
        self._folder = Path(os.path.realpath(folder)) / _folder_name(dataset_key)
        self._notes = self._folder / "notes"
        self._trash = self._folder / "trash"
        self._lock = self._folder / "lock"
        self._now = now

    @property
    def where(self) -> Path:
        """The folder that holds the notes on this dataset."""
        return self._folder

    def path_of(self, ref: Ref) -> Path:
        """Where the note on a record is, or would be."""
        return self._notes / file_name(ref)

    def load(self) -> Notes:
        """Read every note; a file that is not a note is listed as damaged.

        What a killed process left half-written is removed. Raises NoteError when the
        folder cannot be read; a missing one just has no notes.
        """
        try:
            paths = sorted(path for path in self._notes.iterdir() if _is_listed(path))
        except FileNotFoundError:
            return Notes()
        except OSError as error:
            raise NotesNotReadError(
                f"The notes in {_shown(self._notes)} could not be read: {files.why(error)}. "
                f"{files.remedy(error)}"
            ) from error
        files.sweep(self._notes)
        notes: dict[str, Note] = {}
        copies: dict[str, tuple[Note, ...]] = {}
        damaged: list[Damaged] = []
        for path in paths:
            found = _read(path)
            if isinstance(found, Damaged):
                damaged.append(found)
            elif found is not None and found.is_copy:
                key = str(found.ref)
                copies[key] = (*copies.get(key, ()), found)
            elif found is not None:
                notes[str(found.ref)] = found
        return Notes(notes, copies, tuple(damaged))

    def read(self, ref: Ref) -> Note | Damaged | None:
        """The note on one record as it is on disk now; None when there is none."""
        return _read(self.path_of(ref))

    def save(
        self,
        ref: Ref,
        text: str,
        *,
        name: str,
        base: str | None,
        created: datetime | None = None,
        copy: Path | None = None,
    ) -> Saved:
        """Save a note, and return only when it is safe on the disk.

        `base` is the digest of the note that the text was made from, None for a new one.
        If the file is no longer that note, it is left as it is and the text goes beside
        it as a conflict copy: `Saved.conflict` says where. To go on writing to that copy,
        name it as `copy`, with its digest as `base`.

        Raises NoteError when the text could not be written; the note on disk is then
        exactly what it was.
        """
        note, data = self._compose(ref, text, name, created)
        place = copy or note.path
        moved = False
        try:
            files.private_folder(self._notes)
            with files.temporary(self._notes, data) as new, files.locked(self._lock):
                # Looked at last, to leave a program without the lock the least room.
                if not self._is_still(place, ref, base):
                    place = self._copy_beside(note)
                new.replace(place)
                moved = True
            files.sync_folder(self._notes)
        except OSError as error:
            # Some disks fail after the deed: that text must not conflict with itself.
            if not moved and not _holds(place, note.digest):
                raise self._not_saved(ref, error) from error
            remark = (
                f"The note is written to {_shown(place)}, but it may not outlive a power cut: "
                f"{files.why(error)}. {files.remedy(error)}"
            )
        else:
            remark = ""
        if place == note.path:
            return Saved(note, remark=remark)
        return Saved(replace(note, path=place), place, self.read(ref), remark)

    def delete(self, ref: Ref, base: str) -> Path:
        """Move the note on a record to the trash, and return where it is now.

        Raises NoteError when it is no longer the note whose digest is `base`, or cannot
        be moved; it is then where it was.
        """
        return self._move_to_trash(ref, self.path_of(ref), base)

    def discard(self, copy: Note) -> Path:
        """Move a conflict copy to the trash, and return where it is now.

        Raises NoteError as `delete` does.
        """
        return self._move_to_trash(copy.ref, copy.path, copy.digest)

    def _compose(
        self, ref: Ref, text: str, name: str, created: datetime | None
    ) -> tuple[Note, bytes]:
        import tomli
        import tomli_w

        changed = _whole_seconds(self._now())
        created = changed if created is None else _whole_seconds(created)
        text = plain(text)
        known = {"format": FORMAT, "record": str(ref), "name": one_line(name)}
        times = {"created": created, "changed": changed}
        written = (
            tomli_w.dumps(known)
            + "".join(f"{key} = {_stamp(time)}\n" for key, time in times.items())
            + tomli_w.dumps({"text": text}, multiline_strings=True)
        )
        # The proof that what is about to be written will be read back as it was meant.
        try:
            data = written.encode()
            _ref_in(known)
            faithful = tomli.loads(written) == {**known, **times, "text": text}
        except ValueError:
            faithful = False
        if not faithful:
            raise NoteError(
                f"The note on {one_line(str(ref))} cannot be kept: its record has no usable name, "
                "or its text cannot be written as TOML. Nothing was written."
            )
        if len(data) > LIMIT:
            raise NoteError(
                f"The note on {ref} is too long: it would take {len(data) // 1024 + 1} KB, and the "
                f"most is {LIMIT // 1024} KB. Nothing was written. Shorten it and save again."
            )
        return Note(ref, text, created, changed, self.path_of(ref), files.digest(data)), data

    def _is_still(self, path: Path, ref: Ref, base: str | None) -> bool:
        """Whether the note in this place is the one with this digest, and may be replaced."""
        # Whatever the digest says: through a link we would replace we know not what.
        if path.is_symlink():
            raise NoteError(
                f"The note on {ref} was not saved: {_shown(path)} is a symbolic link. "
                "Put the file itself in its place, then save again."
            )
        found = _read(path)
        if found is None:
            return base is None
        if isinstance(found, Damaged) or found.digest != base:
            return False
        if found.sealed:
            raise NoteError(
                f"The note on {ref} was not saved over {_shown(path)}, because {found.sealed}. "
                "Change it with a newer explorer, or in a text editor."
            )
        return True

    def _copy_beside(self, note: Note) -> Path:
        return self._notes / f"{note.path.stem}{_COPY}{_unique(note.changed)}.toml"

    def _not_saved(self, ref: Ref, error: OSError) -> NoteError:
        return NoteError(
            f"The note on {ref} could not be written to {_shown(self.path_of(ref))}: "
            f"{files.why(error)}. What was saved before is unchanged. {files.remedy(error)}"
        )

    def _move_to_trash(self, ref: Ref, path: Path, base: str) -> Path:
        trashed = self._trash / f"{path.stem}.{_unique(_whole_seconds(self._now()))}.toml"
        moved = False
        try:
            files.private_folder(self._trash)
            with files.locked(self._lock):
                if not _holds(path, base):
                    raise NoteNotDeletedError(
                        f"The note on {ref} was not deleted: {_shown(path)} has been changed or "
                        "removed since it was read. Look at it again first."
                    )
                path.rename(trashed)
                moved = True
            # The new place first: a power cut between the two may leave it in both.
            files.sync_folder(self._trash)
            files.sync_folder(self._notes)
        except OSError as error:
            # Once moved, the worst that can come is that a power cut brings it back.
            if not moved and not _holds(trashed, base):
                raise NoteNotDeletedError(
                    f"The note on {ref} could not be moved from {_shown(path)} to the trash: "
                    f"{files.why(error)}. It is where it was. {files.remedy(error)}"
                ) from error
        return trashed


def file_name(ref: Ref) -> str:
    """The name of the file for the note on a record: ASCII, lower case, at most 62 long."""
    return f"{_slug(f'{ref.kind}-{ref.id}')}-{_short_hash(str(ref))}.toml"


def _folder_name(key: str) -> str:
    plain_enough = re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", key)
    return key if plain_enough else f"{_slug(key)}-{_short_hash(key)}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-")


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _unique(time: datetime) -> str:
    return f"{time:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}"


def _stamp(time: datetime) -> str:
    return time.replace(tzinfo=None).isoformat() + "Z"


def _shown(path: Path) -> str:
    return one_line(str(path))


def _whole_seconds(time: datetime) -> datetime:
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return time.astimezone(UTC).replace(microsecond=0)


def _tag_at(text: str, start: int) -> str:
    tail = text[start : start + _LONGEST_TAG]
    # By category, because \w leaves out the vowel signs of many scripts.
    word = takewhile(lambda c: c in "-_" or unicodedata.category(c)[0] in "LMN", tail)
    return "".join(word).strip("-").casefold()


def _is_listed(path: Path) -> bool:
    # Editors keep hidden files and backups beside the ones they work on.
    return path.suffix == ".toml" and not path.name.startswith(".")


def _holds(path: Path, digest: str) -> bool:
    with suppress(OSError):
        return files.digest(files.read_limited(path, LIMIT, follow=False)) == digest
    return False


def _read(path: Path) -> Note | Damaged | None:
    try:
        data = files.read_limited(path, LIMIT, follow=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Damaged(path, files.why(error))
    try:
        return _understand(path, data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"line {line} is not UTF-8 text"
    except (RecursionError, MemoryError):
        reason = "it is nested too deeply"
    except (ValueError, OverflowError) as error:
        reason = one_line(str(error))
    return Damaged(path, reason, _guess(path, data))


def _understand(path: Path, data: bytes) -> Note:
    """Raises ValueError, saying in words what is wrong; or whatever parsing raises."""
    import tomli

    if not data.strip():
        raise ValueError("it is empty")
    # Some editors begin a file with a byte order mark, which TOML does not know.
    found = tomli.loads(data.decode().removeprefix("\N{BYTE ORDER MARK}"))
    sealed = _reason_to_seal(found)
    ref = _ref_in(found)
    name = file_name(ref)
    if path.name.partition(_COPY)[0].removesuffix(".toml") != name.removesuffix(".toml"):
        raise ValueError(f"it is a note on {ref}, whose file would be called {name}")
    text = found.get("text")
    if not isinstance(text, str):
        raise ValueError("it has no text")
    created, changed = _time_in(found, "created"), _time_in(found, "changed")
    return Note(ref, plain(text), created, changed, path, files.digest(data), sealed)


def _reason_to_seal(found: dict[str, Any]) -> str:
    number = found.get("format")
    if type(number) is not int or number < 1:
        raise ValueError("it does not say format = 1")
    if number > FORMAT:
        return f"a newer explorer wrote it (format {number})"
    unknown = sorted(found.keys() - _KEYS)
    return f"it has “{one_line(unknown[0])}”, which is not known here" if unknown else ""


def _ref_in(found: Mapping[str, Any]) -> Ref:
    record = found.get("record")
    if not isinstance(record, str):
        raise ValueError("it does not say which record it is about")
    if record != one_line(record):
        raise ValueError("its record has a name that cannot be shown")
    return Ref.parse(record)


def _time_in(found: dict[str, Any], key: str) -> datetime:
    time = found.get(key)
    if not isinstance(time, datetime):
        raise ValueError(f"“{key}” is not a time such as 2026-11-22T03:00:00Z")
    return _whole_seconds(time)


def _guess(path: Path, data: bytes) -> Ref | None:
    """Which record a damaged note was on: its name must agree with what it still says."""
    said = re.search(r'^record = "([^"\n]+)"', data.decode(errors="replace"), re.MULTILINE)
    if said is None:
        return None
    with suppress(ValueError):
        ref = _ref_in({"record": said[1]})
        return ref if file_name(ref) == path.name else None
    return None
