"""How notes are written as TOML, and read back: the format that the package tells of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from explorer import files
from explorer.errors import NoteError
from explorer.model import Ref
from explorer.notes import names
from explorer.notes.note import Anchor, Damaged, Note, Words
from explorer.plain import one_line, plain

FORMAT = 2
LIMIT = 256 * 1024
"""Most bytes that the file of one note may have."""
UNREADABLE = (ValueError, OverflowError, RecursionError, MemoryError)
"""What understanding a file may raise that is not as we write them."""

T = TypeVar("T")

_SHARED = {"format", "record", "name", "created", "changed", "text"}
_KEYS = {1: _SHARED, FORMAT: _SHARED | {"date", "due", "done", "anchor"}}
_ANCHOR_KEYS = {"exact", "prefix", "suffix"}


def compose(
    ref: Ref,
    words: Words,
    *,
    name: str,
    created: datetime,
    changed: datetime,
    path: Path,
) -> tuple[Note, bytes]:
    """A note to be written at `path`, and the bytes that will be read back as that note.

    Raises NoteError when no bytes would be, or when they are too many.
    """
    words = cleaned(words)
    times = {"created": whole_seconds(created), "changed": whole_seconds(changed)}
    known: dict[str, str | int] = {"format": FORMAT, "record": str(ref), "name": one_line(name)}
    # The proof that what is about to be written will be read back as it was meant.
    try:
        data = as_toml(known, times, words)
        if len(data) > LIMIT:
            raise _too_long(ref, len(data))
        note = understand(path, data)
        found = (note.ref, note.words, note.created, note.changed, note.sealed)
        faithful = found == (ref, words, *times.values(), "")
    except UNREADABLE:
        faithful = False
    if not faithful:
        raise NoteError(
            f"The note on {one_line(str(ref))} cannot be kept: its record has no usable name, "
            "or its words cannot be written as TOML. Nothing was written."
        )
    return note, data


def read(path: Path, *, belonging: Path | None = None) -> Note | Damaged | None:
    """The note in a file as it is now; None when there is no file.

    `belonging` is where the note belongs, when the file lies elsewhere.
    """
    return read_as(path, LIMIT, partial(understand, belonging or path))


def holds(path: Path, digest: str) -> bool:
    """Whether a file holds the very bytes with this digest. Raises OSError."""
    try:
        return files.digest(files.read_limited(path, LIMIT, follow=False)) == digest
    except FileNotFoundError:
        return False


def understand(path: Path, data: bytes) -> Note:
    """Raises ValueError, saying in words what is wrong; or whatever else is UNREADABLE."""
    found = parsed(data)
    number = found.get("format")
    if type(number) is not int or number < 1:
        raise ValueError(f"it does not say format = {FORMAT}")
    ref = ref_in(found)
    if not names.is_on(names.id_of(path), ref):
        called = names.file_name(ref)
        raise ValueError(f"it is a note on {ref}, whose file would be called {called}")
    # What a later format means by its keys is not known, but for those that all have.
    known = _KEYS.get(number, _SHARED)
    words = words_in({key: value for key, value in found.items() if key in known})
    return Note(
        ref,
        words.text,
        created=time_in(found, "created"),
        changed=time_in(found, "changed"),
        path=path,
        digest=files.digest(data),
        sealed=_reason_to_seal(number, found),
        date=words.date,
        due=words.due,
        done=words.done,
        anchor=words.anchor,
        name=_name_in(found),
    )


# What notes and drafts have in common.


def whole_seconds(time: datetime) -> datetime:
    """A time as files keep it: in UTC, to the second."""
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return time.astimezone(UTC).replace(microsecond=0)


def cleaned(words: Words) -> Words:
    """What may be written: nothing that would make a terminal act."""
    anchor = words.anchor
    if anchor is not None:
        anchor = Anchor(plain(anchor.exact), plain(anchor.prefix), plain(anchor.suffix))
    return replace(words, text=plain(words.text), anchor=anchor)


def as_toml(known: Mapping[str, str | int], times: Mapping[str, datetime], words: Words) -> bytes:
    """What is known of a note, then what it says. Raises UnicodeEncodeError."""
    import tomli_w

    own = {"date": words.date, "due": words.due, "done": words.done or None}
    written = tomli_w.dumps(known)
    # tomli-w writes times as +00:00; and Z is what a person would write.
    written += "".join(f"{key} = {_stamp(time)}\n" for key, time in times.items())
    written += tomli_w.dumps({key: value for key, value in own.items() if value is not None})
    written += tomli_w.dumps({"text": words.text}, multiline_strings=True)
    if (anchor := words.anchor) is not None:
        around = {"prefix": anchor.prefix, "suffix": anchor.suffix}
        held = {"exact": anchor.exact, **{key: text for key, text in around.items() if text}}
        written += tomli_w.dumps({"anchor": held})
    return written.encode()


def read_as(path: Path, limit: int, understand: Callable[[bytes], T]) -> T | Damaged | None:
    """What a file is understood to be; None when there is no file."""
    try:
        data = files.read_limited(path, limit, follow=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Damaged(path, files.why(error))
    try:
        return understand(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"line {line} is not UTF-8 text"
    except (RecursionError, MemoryError):
        reason = "it is nested too deeply"
    except (ValueError, OverflowError) as error:
        reason = one_line(str(error))
    return Damaged(path, reason, _guess(path, data))


def parsed(data: bytes) -> dict[str, Any]:
    """The keys and values of a file. Raises what is UNREADABLE."""
    import tomli

    if not data.strip():
        raise ValueError("it is empty")
    # Some editors begin a file with a byte order mark, which TOML does not know.
    return tomli.loads(data.decode().removeprefix("\N{BYTE ORDER MARK}"))


def ref_in(found: Mapping[str, Any]) -> Ref:
    """The record that a note is about."""
    record = found.get("record")
    if not isinstance(record, str):
        raise ValueError("it does not say which record it is about")
    if record != one_line(record):
        raise ValueError("its record has a name that cannot be shown")
    return Ref.parse(record)


def time_in(found: Mapping[str, Any], key: str) -> datetime:
    """A moment."""
    time = found.get(key)
    if not isinstance(time, datetime):
        raise ValueError(f"“{key}” is not a time such as 2026-11-22T03:00:00Z")
    return whole_seconds(time)


def words_in(found: Mapping[str, Any]) -> Words:
    """What a note says."""
    text, done = found.get("text"), found.get("done", False)
    if not isinstance(text, str):
        raise ValueError("it has no text")
    if not isinstance(done, bool):
        raise ValueError("“done” is neither true nor false")
    day, due = _day_in(found, "date"), _day_in(found, "due")
    return Words(plain(text), day, due, done, _anchor_in(found))


def _name_in(found: Mapping[str, Any]) -> str:
    """What the record was called; nothing when that is not text, for it is only for people."""
    name = found.get("name")
    return one_line(name) if isinstance(name, str) else ""


def _day_in(found: Mapping[str, Any], key: str) -> date | None:
    day = found.get(key)
    # A moment is a day too, to Python.
    if day is None or (isinstance(day, date) and not isinstance(day, datetime)):
        return day
    raise ValueError(f"“{key}” is not a day such as 2025-10-26")


def _anchor_in(found: Mapping[str, Any]) -> Anchor | None:
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
    return Anchor(plain(exact), plain(prefix), plain(suffix))


def _stamp(time: datetime) -> str:
    return time.replace(tzinfo=None).isoformat() + "Z"


def _reason_to_seal(number: int, found: Mapping[str, Any]) -> str:
    if number > FORMAT:
        return f"a newer explorer wrote it (format {number})"
    unknown = sorted(found.keys() - _KEYS[number])
    if not unknown and number == FORMAT and "anchor" in found:
        unknown = sorted(f"anchor.{key}" for key in found["anchor"].keys() - _ANCHOR_KEYS)
    return f"it has “{one_line(unknown[0])}”, which is not known here" if unknown else ""


def _guess(path: Path, data: bytes) -> Ref | None:
    """Which record a damaged note was on: its name must agree with what it still says."""
    said = re.search(r'^record = "([^"\n]+)"', data.decode(errors="replace"), re.MULTILINE)
    if said is None:
        return None
    with suppress(ValueError):
        ref = ref_in({"record": said[1]})
        return ref if names.is_on(names.id_of(path), ref) else None
    return None


def _too_long(ref: Ref, size: int) -> NoteError:
    return NoteError(
        f"The note on {one_line(str(ref))} is too long: it would take {size // 1024 + 1} KB, and "
        f"the most is {LIMIT // 1024} KB. Nothing was written. Shorten it and save again."
    )
