"""A note outside the program: what a file of any format says of it.

Each format writes and reads the same plain data, `as_data` and `from_data`, so that what a
note may hold is said once.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Annotated, Any, TypedDict

from explorer.notes import Anchor, Note, Words, authors, file_format
from explorer.notes.tags import tags_in
from explorer.record.labels import title
from explorer.record.model import Ref
from explorer.text.json_types import DateText, FieldsOf, RefText, TimeText
from explorer.text.sanitize import one_line, plain
from explorer.transfer.file_tags import split, with_tags
from explorer.view import View

Value = str | bool | list[str] | dict[str, str] | None

KEYS = (
    *("id", "record", "name", "created", "changed", "date", "due", "done", "tags", "text"),
    *("anchor", "conflict_copy", "author", "answers"),
)
"""The fields of a note, in this order."""
_DAYS, _TIMES = ("date", "due"), ("created", "changed")
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
    author: str = ""
    """Who wrote it; nothing when nobody is named."""
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
        author=view.notes.signed(note),
        created=note.created,
        changed=note.changed,
        is_copy=note.is_copy,
        dataset=view.index.dataset.negotiation.id,
    )


def record_name(view: View, note: Note) -> str:
    """What the record of a note is called; its last name when it is no longer there."""
    current = view.index.current(note.ref)
    return note.name if current is None else title(view.index, current)


class NoteData(TypedDict):
    """A note, all of it."""

    id: str
    record: RefText
    name: str
    """What its record was called when it was written."""
    created: TimeText | None
    changed: TimeText | None
    date: DateText | None
    due: DateText | None
    done: bool
    tags: list[str]
    text: str
    anchor: Annotated[dict[str, Any], FieldsOf(Anchor)] | None
    """The words that it is about, when it is not about all of the record."""
    conflict_copy: bool
    """Whether it is a second version, kept beside the note."""
    author: str | None
    """Who wrote it; null when that is the owner of the folder."""
    answers: str | None
    """The id of the note that it answers."""


def as_data(note: PortableNote) -> NoteData:
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
        "anchor": None if anchor is None else asdict(anchor),
        "conflict_copy": note.is_copy,
        "author": note.author or None,
        "answers": words.answers or None,
    }


def from_data(data: object, *, dataset: str, place: str, left_out: list[str]) -> PortableNote:
    """A note from what a file says of it; only its record and text are required.

    Tags that are given apart and do not stand in the text are put into it. What a note has no
    field for is added to `left_out`. Raises ValueError, saying in words what is wrong.
    """
    if not isinstance(data, Mapping):
        raise ValueError("it is not a note")
    left_out += (f"“{one_line(str(key))}”" for key in data if key not in KEYS)
    fields = _as_in_notes(data, left_out)
    words = file_format.words_in(fields)
    text, no_tags = with_tags(words.text, _tags_in(data, left_out))
    left_out += (f"the tag “{one_line(tag)}”, which cannot be one here" for tag in no_tags)
    times = [file_format.time_in(fields, key) for key in _TIMES if key in fields]
    if not isinstance(is_copy := fields.get("conflict_copy", False), bool):
        raise ValueError("“conflict_copy” is neither true nor false")
    return PortableNote(
        file_format.ref_in(fields),
        replace(words, text=text),
        id=_text_in(fields, "id"),
        name=one_line(_text_in(fields, "name")),
        author=authors.cleaned(_text_in(fields, "author")),
        created=times[0] if times else None,
        changed=times[-1] if times else None,
        is_copy=is_copy,
        dataset=dataset,
        place=place,
    )


def stamp(time: datetime | None) -> str | None:
    """A time as files have it: “2026-11-22T03:00:00Z”."""
    return None if time is None else time.replace(tzinfo=None).isoformat() + "Z"


def _as_in_notes(data: Mapping[str, object], left_out: list[str]) -> dict[str, object]:
    """The fields that have a value, with days and times as the files of notes have them."""
    fields = {key: value for key, value in data.items() if value not in (None, "")}
    fields["text"] = data.get("text")
    readers = dict.fromkeys(_DAYS, date.fromisoformat) | dict.fromkeys(_TIMES, _time)
    for key, read in readers.items():
        with suppress(ValueError, OverflowError):
            if isinstance(value := fields.get(key), str):
                fields[key] = read(value)
    if isinstance(anchor := fields.get("anchor"), dict):
        left_out += (f"“anchor.{one_line(str(key))}”" for key in anchor if key not in ANCHOR_KEYS)
        fields["anchor"] = {key: value for key, value in anchor.items() if value is not None}
    return fields


def _time(text: str) -> datetime:
    return file_format.whole_seconds(datetime.fromisoformat(text))


def _text_in(fields: Mapping[str, object], key: str) -> str:
    if isinstance(value := fields.get(key, ""), str):
        return value
    raise ValueError(f"“{key}” is not text")


def _tags_in(data: Mapping[str, object], left_out: list[str]) -> list[str]:
    tags = data.get("tags")
    if tags is None:
        return []
    if isinstance(tags, str):
        return split(tags)
    if not isinstance(tags, list):
        raise ValueError("“tags” are not a list")
    words = [tag for tag in tags if isinstance(tag, str)]
    if len(words) < len(tags):
        left_out.append("a tag that is not text")
    return [tag for tag in map(plain, words) if tag.strip()]
