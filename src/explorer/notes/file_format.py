"""How notes are written and read back: the format that the package describes."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from explorer.errors import NoteError
from explorer.notes import authors, file_names, git_conflicts, toml_layout
from explorer.notes.note import Anchor, Damaged, Note, Words
from explorer.record.model import Ref
from explorer.storage import files
from explorer.text.sanitize import kept, one_line, plain

FORMAT = 4
"""The newest. A note that needs no more is written in the one before, which more programs know."""
_WITHOUT_AUTHOR = 3
LIMIT = 256 * 1024
"""Most bytes that the file of one note may have."""
UNREADABLE = (ValueError, OverflowError, RecursionError, MemoryError)
"""What understanding a file may raise that is not as we write them."""

T = TypeVar("T")

_SHARED = {"format", "record", "name", "created", "changed", "text"}
_MORE = _SHARED | {"date", "due", "done", "anchor"}
_KEYS = {
    1: _SHARED,
    2: _MORE,
    _WITHOUT_AUTHOR: _MORE | {"id"},
    FORMAT: _MORE | {"id", "author", "answers"},
}
_ANCHOR_KEYS = {"exact", "prefix", "suffix"}
_ANYBODY_WRITES = 0o222
_SAYS_CHANGED = 2
"""The last format in which a note itself says when it was changed."""


def compose(
    ref: Ref,
    words: Words,
    times: tuple[datetime | None, datetime],
    *,
    name: str,
    path: Path,
    note_id: str = "",
    author: str = "",
) -> tuple[Note, bytes]:
    """A note to be written at `path`, and the bytes that will be read back as that note.

    `times` are when it was created, None for now, and when it was changed; `note_id` is its
    own when the file is called otherwise.

    Raises NoteError when no bytes would be, or when they are too many.
    """
    words, changed = cleaned(words), whole_seconds(times[1])
    created, author = whole_seconds(times[0] or changed), authors.cleaned(author)
    head: dict[str, toml_layout.Value] = {
        "format": FORMAT if author or words.answers else _WITHOUT_AUTHOR,
        "id": note_id or file_names.id_of(path),
        "name": one_line(name),
        "record": str(ref),
        "author": author or None,
        "answers": words.answers or None,
        "date": words.date,
        "created": created,
        "due": words.due,
        "done": words.done or None,
    }
    # The proof that what is about to be written will be read back as it was meant.
    try:
        data = toml_layout.as_toml(head, words.text, words.anchor)
        if len(data) > LIMIT:
            raise _too_long(ref, len(data))
        note, *others = understand(path, data, changed.timestamp())
        faithful = not others and not note.sealed
        meant = (ref, words, created, author)
        faithful = faithful and (note.ref, note.words, note.created, note.author) == meant
    except UNREADABLE:
        faithful = False
    if not faithful:
        raise NoteError(
            f"The note on {one_line(str(ref))} cannot be kept: its record has no usable name, "
            "or its words cannot be written as TOML. Nothing was written."
        )
    return note, data


def read(path: Path) -> Note | Damaged | None:
    """The note in a file as it is now; None when there is no file."""
    found = versions(path)
    return found[0] if found else None


def versions(path: Path) -> tuple[Note | Damaged, ...]:
    """What a file holds: a note, or both sides of one that git could not merge, or damage.

    Nothing when there is no file, or it is another program's that is no note.
    """

    def understood(data: bytes, known: os.stat_result) -> tuple[Note, ...]:
        found = understand(path, data, known.st_mtime)
        if known.st_mode & _ANYBODY_WRITES or found[0].sealed:
            return found
        sealed, remedy = "its file may only be read", "Give yourself leave to write to it first."
        return tuple(replace(note, sealed=sealed, unsealing=remedy) for note in found)

    target = _target(path)
    read = read_as(path, LIMIT, understood, follow=target is not None)
    match read:
        case tuple():
            if target is None:
                return read
            sealed = f"its file is a symbolic link to {target}"
            remedy = "Change the file that it leads to, or put that file itself in its place."
            return tuple(
                replace(note, sealed=sealed, unsealing=remedy, is_link=True) for note in read
            )
        case None if target is not None:
            reason = f"it is a symbolic link to {target}, which is not there"
            remedy = "Put back what it leads to, or remove the link."
            return (Damaged(path, reason, remedy=remedy),)
        case Damaged() if file_names.is_meant_as_note(path):
            return (read,)
    return ()


def holds(path: Path, digest: str) -> bool:
    """Whether a file holds the very bytes with this digest. Raises OSError."""
    try:
        return files.digest(files.read_limited(path, LIMIT, follow=False)) == digest
    except FileNotFoundError:
        return False


def understand(path: Path, data: bytes, changed: float) -> tuple[Note, ...]:
    """The note in the bytes of a file that was changed at that time; or both its sides.

    Raises ValueError, saying in words what is wrong; or whatever else is UNREADABLE.
    """
    text = as_text(data)
    found = git_conflicts.parted(text)
    if found is None:
        return (_understood(path, text, files.digest(data), changed),)
    merge = "it holds both sides of a git merge"
    try:
        one, other = (_understood(path, side, files.digest(data), changed) for side in found)
    except UNREADABLE as error:
        raise ValueError(f"{merge}, of which one is no note: {error}") from None
    if (one.words, one.ref, one.author) == (other.words, other.ref, other.author):
        return (one,)
    if one.version_of or file_names.is_copy(path) or one.ref != other.ref:
        # A leftover of the merge: one version more, with the words of both.
        return (replace(one, text=git_conflicts.both(one.text, other.text)),)
    one, other = (
        replace(side, is_side=True, sealed=merge, unsealing="M merges the two.")
        for side in (one, other)
    )
    return (one, replace(other, is_beside=True))


def _understood(path: Path, text: str, digest: str, changed: float) -> Note:
    found = parsed(text)
    number = found.get("format")
    if type(number) is not int or number < 1:
        raise ValueError(f"it does not say format = {_WITHOUT_AUTHOR}")
    ref = ref_in(found)
    own_id = _id_in(found)
    if file_names.is_of_another(path, ref) and not file_names.is_on(own_id, ref):
        called = file_names.file_name(ref)
        raise ValueError(f"it is a note on {ref}, whose file would be called {called}")
    # What a later format means by its keys is not known, but for those that all have.
    known = _KEYS.get(number, _SHARED)
    words = words_in({key: value for key, value in found.items() if key in known})
    created = time_in(found, "created")
    says_changed = number <= _SAYS_CHANGED or "changed" in found
    return Note(
        ref,
        words.text,
        created=created,
        changed=time_in(found, "changed") if says_changed else _last(changed, created),
        path=path,
        digest=digest,
        sealed=_reason_to_seal(number, found),
        date=words.date,
        due=words.due,
        done=words.done,
        anchor=words.anchor,
        name=_name_in(found),
        answers=words.answers,
        author=_author_in(found) if number >= FORMAT else "",
        own_id=own_id,
        version_of=file_names.version_of(path, ref, own_id),
    )


def _last(changed: float, created: datetime) -> datetime:
    """When a note was changed last, by the time of its file, which may be any."""
    try:
        return max(datetime.fromtimestamp(int(changed), UTC), created)
    except (ValueError, OverflowError, OSError):
        return created


def _target(path: Path) -> str | None:
    """Where a file leads, for people, when it is a symbolic link."""
    with suppress(OSError):
        return one_line(str(path.readlink()))
    return None


# What notes and drafts have in common.


def whole_seconds(time: datetime) -> datetime:
    """A time as files keep it: in UTC, to the second."""
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return time.astimezone(UTC).replace(microsecond=0)


def cleaned(words: Words) -> Words:
    """What may be written: what a file can hold."""
    anchor = words.anchor
    if anchor is not None:
        anchor = Anchor(kept(anchor.exact), kept(anchor.prefix), kept(anchor.suffix))
    return replace(words, text=kept(words.text), anchor=anchor, answers=one_line(words.answers))


def read_as(
    path: Path,
    limit: int,
    understand: Callable[[bytes, os.stat_result], T],
    *,
    follow: bool = False,
) -> T | Damaged | None:
    """What a file is understood to be; None when there is no file."""
    try:
        data, known = files.read_with_stat(path, limit, follow=follow)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Damaged(path, files.why(error), remedy=_remedy(error))
    try:
        return understand(data, known)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"line {line} is not UTF-8 text"
    except (RecursionError, MemoryError):
        reason = "it is nested too deeply"
    except (ValueError, OverflowError) as error:
        reason = one_line(str(error))
    return Damaged(path, reason, _guess(path, data))


def as_text(data: bytes) -> str:
    """The text of a file. Raises UnicodeDecodeError."""
    # Some editors begin a file with a byte order mark, which TOML does not know.
    return data.decode().removeprefix("\N{BYTE ORDER MARK}")


def parsed(text: str) -> dict[str, object]:
    """The keys and values of a file. Raises what is UNREADABLE."""
    import tomli

    if not text.strip():
        raise ValueError("it is empty")
    return tomli.loads(text)


def ref_in(found: Mapping[str, object]) -> Ref:
    """The record that a note is about."""
    record = found.get("record")
    if not isinstance(record, str):
        raise ValueError("it does not say which record it is about")
    if record != one_line(record):
        raise ValueError("its record has a name that cannot be shown")
    return Ref.parse(record)


def time_in(found: Mapping[str, object], key: str) -> datetime:
    """A moment."""
    time = found.get(key)
    if not isinstance(time, datetime):
        raise ValueError(f"“{key}” is not a time such as 2026-11-22T03:00:00Z")
    return whole_seconds(time)


def words_in(found: Mapping[str, object]) -> Words:
    """What a note says."""
    text, done = found.get("text"), found.get("done", False)
    if not isinstance(text, str):
        raise ValueError("it has no text")
    if not isinstance(done, bool):
        raise ValueError("“done” is neither true nor false")
    day, due = _day_in(found, "date"), _day_in(found, "due")
    if not isinstance(answers := found.get("answers", ""), str):
        raise ValueError("“answers” is not the id of a note")
    return Words(kept(text), day, due, done, _anchor_in(found), one_line(answers))


def _id_in(found: Mapping[str, object]) -> str:
    """The id that a note says it has; only for one whose file is not called so."""
    note_id = found.get("id")
    return note_id if isinstance(note_id, str) else ""


def _name_in(found: Mapping[str, object]) -> str:
    """What the record was called; nothing when that is not text, for it is only for people."""
    name = found.get("name")
    return one_line(name) if isinstance(name, str) else ""


def _author_in(found: Mapping[str, object]) -> str:
    """Who wrote it. It is not passed over when it is wrong, since all could then change it."""
    author = found.get("author", "")
    if not isinstance(author, str):
        raise ValueError("“author” is not a name")
    return authors.cleaned(author)


def _day_in(found: Mapping[str, object], key: str) -> date | None:
    day = found.get(key)
    # A moment is a day too, to Python.
    if day is None or (isinstance(day, date) and not isinstance(day, datetime)):
        return day
    raise ValueError(f"“{key}” is not a day such as 2025-10-26")


def _anchor_in(found: Mapping[str, object]) -> Anchor | None:
    anchor = found.get("anchor")
    if anchor is None:
        return None
    if not isinstance(anchor, dict):
        raise ValueError("“anchor” is not a table")
    exact, prefix, suffix = (anchor.get(key, "") for key in ("exact", "prefix", "suffix"))
    if not all(isinstance(text, str) for text in (exact, prefix, suffix)):
        raise ValueError("its anchor has something that is not text")
    if not plain(exact).strip():
        raise ValueError("its anchor has no words")
    return Anchor(kept(exact), kept(prefix), kept(suffix))


def _reason_to_seal(number: int, found: Mapping[str, object]) -> str:
    if number > FORMAT:
        return f"a newer explorer wrote it (format {number})"
    unknown = sorted(found.keys() - _KEYS[number])
    anchor = found.get("anchor")
    if not unknown and number > 1 and isinstance(anchor, dict):
        unknown = sorted(f"anchor.{key}" for key in anchor.keys() - _ANCHOR_KEYS)
    return f"it has “{one_line(unknown[0])}”, which is not known here" if unknown else ""


def _guess(path: Path, data: bytes) -> Ref | None:
    """Which record a damaged note was on: its name must agree with what it still says."""
    said = re.search(r'^record = "([^"\n]+)"', data.decode(errors="replace"), re.MULTILINE)
    if said is None:
        return None
    with suppress(ValueError):
        ref = ref_in({"record": said[1]})
        return None if file_names.is_of_another(path, ref) else ref
    return None


def _remedy(error: OSError) -> str:
    """What to do about a file that cannot be read at all."""
    match error.errno:
        case errno.EFBIG:
            return "Shorten it in a text editor, or move it elsewhere."
        case errno.EISDIR | errno.EINVAL:
            return "Move it elsewhere: only files can be notes."
    return files.remedy(error)


def _too_long(ref: Ref, size: int) -> NoteError:
    return NoteError(
        f"The note on {one_line(str(ref))} is too long: it would take {size // 1024 + 1} KB, and "
        f"the most is {LIMIT // 1024} KB. Nothing was written. Shorten it and save again."
    )
