"""A note outside the program: what a file of any format says of it.

Each format writes and reads the same plain data, `as_data` and `from_data`, so that what a
note may hold is said once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TypeVar

from explorer.notes import Anchor, Note, Words, file_format
from explorer.notes.tags import tags_in
from explorer.record.labels import title
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain
from explorer.transfer.file_tags import split, with_tags
from explorer.view import View

T = TypeVar("T")
Value = str | bool | list[str] | dict[str, str] | None

KEYS = (
    *("id", "record", "name", "created", "changed", "date", "due", "done", "tags", "text"),
    *("anchor", "conflict_copy"),
)
"""The fields of a note, in this order."""
ANCHOR_KEYS = ("exact", "prefix", "suffix")


@dataclass(frozen=True, slots=True)
class PortableNote:
    """A note as it is outside: on its way out, or as it came in."""

    ref: Ref
    words: Words
    id: str = ""
    """The lasting name it has among notes; nothing when it never was among any."""
    name: str = ""
    """Of its record, for people."""
    created: datetime | None = None
    changed: datetime | None = None
    is_copy: bool = False
    """Whether it stands beside the note of this id, both changed at once."""
    dataset: str = ""
    """The id of the dataset its record is in; nothing when the file does not say."""
    place: str = field(default="", compare=False)
    """Where in the file it stands, for messages: “row 3”."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags in its text."""
        return tags_in(self.words.text)


@dataclass(frozen=True, slots=True)
class NotesToExport:
    """The notes that go into a file, and what they are on."""

    dataset: str
    """The id of the dataset."""
    title: str
    """Its name, for people."""
    notes: tuple[PortableNote, ...]


def portable(view: View, note: Note) -> PortableNote:
    """A note of ours as it goes out, under the name that its record has now."""
    return PortableNote(
        note.ref,
        note.words,
        id=note.id,
        name=one_line(record_name(view, note)),
        created=note.created,
        changed=note.changed,
        is_copy=note.is_copy,
        dataset=view.index.dataset.negotiation.id,
    )


def record_name(view: View, note: Note) -> str:
    """What the record of a note is called; its last name when it is no longer there."""
    current = view.index.current(note.ref)
    return note.name if current is None else title(view.index, current)


def as_data(note: PortableNote) -> dict[str, Value]:
    """All fields of a note, as JSON has them."""
    words, anchor = note.words, note.words.anchor
    return {
        "id": note.id,
        "record": str(note.ref),
        "name": note.name,
        "created": stamp(note.created),
        "changed": stamp(note.changed),
        "date": None if words.date is None else words.date.isoformat(),
        "due": None if words.due is None else words.due.isoformat(),
        "done": words.done,
        "tags": list(note.tags),
        "text": words.text,
        "anchor": None if anchor is None else anchor_data(anchor),
        "conflict_copy": note.is_copy,
    }


def anchor_data(anchor: Anchor) -> dict[str, str]:
    """The words of a record, as JSON has them."""
    return {"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}


def from_data(data: object, *, dataset: str, place: str, left_out: list[str]) -> PortableNote:
    """A note from what a file says of it; only its record and text are required.

    Tags that are given apart and do not stand in the text are put into it. What a note has no
    field for is added to `left_out`. Raises ValueError, saying in words what is wrong.
    """
    if not isinstance(data, Mapping):
        raise ValueError("it is not a note")
    left_out += (f"“{one_line(str(key))}”" for key in data if key not in KEYS)
    text = data.get("text")
    if not isinstance(text, str):
        raise ValueError("it has no text")
    created, changed = _time_in(data, "created"), _time_in(data, "changed")
    tags = _tags_in(data, left_out)
    # Cleaned first, for what is taken out could part a tag.
    text, no_tags = with_tags(file_format.cleaned(Words(text)).text, tags)
    left_out += (f"the tag “{one_line(tag)}”, which cannot be one here" for tag in no_tags)
    words = Words(
        text,
        _day_in(data, "date"),
        _day_in(data, "due"),
        _flag_in(data, "done"),
        _anchor_in(data, left_out),
    )
    return PortableNote(
        _ref_in(data),
        file_format.cleaned(words),
        id=_text_in(data, "id"),
        name=one_line(_text_in(data, "name")),
        created=created or changed,
        changed=changed or created,
        is_copy=_flag_in(data, "conflict_copy"),
        dataset=dataset,
        place=place,
    )


def stamp(time: datetime | None) -> str | None:
    """A time as files have it: “2026-11-22T03:00:00Z”."""
    return None if time is None else time.replace(tzinfo=None).isoformat() + "Z"


def _ref_in(data: Mapping[str, object]) -> Ref:
    record = _text_in(data, "record")
    if not record:
        raise ValueError("it does not say which record it is about")
    if record != one_line(record):
        raise ValueError("its record has a name that cannot be shown")
    return Ref.parse(record)


def _text_in(data: Mapping[str, object], key: str) -> str:
    return _typed(data, key, str, "text") or ""


def _flag_in(data: Mapping[str, object], key: str) -> bool:
    return _typed(data, key, bool, "true or false") or False


def _typed(data: Mapping[str, object], key: str, kind: type[T], what: str) -> T | None:
    value = data.get(key)
    if value is None or isinstance(value, kind):
        return value
    raise ValueError(f"its “{key}” is not {what}")


def _day_in(data: Mapping[str, object], key: str) -> date | None:
    if not (text := _text_in(data, key)):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"its “{key}” is not a day such as 2025-10-26") from None


def _time_in(data: Mapping[str, object], key: str) -> datetime | None:
    if not (text := _text_in(data, key)):
        return None
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is None:
            time = time.replace(tzinfo=UTC)
        return time.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise ValueError(f"its “{key}” is not a time such as 2026-11-22T03:00:00Z") from None


def _tags_in(data: Mapping[str, object], left_out: list[str]) -> list[str]:
    tags = data.get("tags")
    if tags is None:
        return []
    if isinstance(tags, str):
        return split(tags)
    if not isinstance(tags, list):
        raise ValueError("its “tags” are not a list")
    words = [tag for tag in tags if isinstance(tag, str)]
    if len(words) < len(tags):
        left_out.append("a tag that is not text")
    return [tag for tag in map(plain, words) if tag.strip()]


def _anchor_in(data: Mapping[str, object], left_out: list[str]) -> Anchor | None:
    anchor = _typed(data, "anchor", dict, "the words of a record")
    if anchor is None:
        return None
    left_out += (f"“anchor.{one_line(str(key))}”" for key in anchor if key not in ANCHOR_KEYS)
    exact, prefix, suffix = (_text_in(anchor, key) for key in ANCHOR_KEYS)
    if not plain(exact).strip():
        raise ValueError("its anchor has no words")
    return Anchor(exact, prefix, suffix)
