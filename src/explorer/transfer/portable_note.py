"""A note outside the program: what a file of any format says of it.

Each format writes and reads the same plain data, `as_data` and `from_data`, so that what a
note may hold is said once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from explorer.notes import Anchor, Note, Words, file_format
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain
from explorer.transfer.file_tags import split, with_tags

T = TypeVar("T")

KEYS = (
    *("id", "record", "name", "created", "changed", "date", "due", "done", "tags", "text"),
    *("anchor", "conflict_copy"),
)
"""What is told of a note, in this order."""
ANCHOR_KEYS = ("exact", "prefix", "suffix")


@dataclass(frozen=True, slots=True)
class Foreign:
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


def of(note: Note, *, name: str, dataset: str) -> Foreign:
    """A note of ours as it goes out; `name` is that of its record."""
    return Foreign(
        note.ref,
        note.words,
        id=note.id,
        name=one_line(name),
        created=note.created,
        changed=note.changed,
        is_copy=note.is_copy,
        dataset=dataset,
    )


def tags_of(foreign: Foreign) -> tuple[str, ...]:
    """The tags in its text, as those of a note."""
    from explorer.notes.tags import tags_in

    return tags_in(foreign.words.text)


def as_data(foreign: Foreign) -> dict[str, Any]:
    """All that is told of a note, as JSON has it."""
    words, anchor = foreign.words, foreign.words.anchor
    return {
        "id": foreign.id,
        "record": str(foreign.ref),
        "name": foreign.name,
        "created": stamp(foreign.created),
        "changed": stamp(foreign.changed),
        "date": None if words.date is None else words.date.isoformat(),
        "due": None if words.due is None else words.due.isoformat(),
        "done": words.done,
        "tags": list(tags_of(foreign)),
        "text": words.text,
        "anchor": anchor and {key: getattr(anchor, key) for key in ANCHOR_KEYS},
        "conflict_copy": foreign.is_copy,
    }


def from_data(found: object, *, dataset: str, place: str, aside: list[str]) -> Foreign:
    """A note from what a file tells of it; only its record and text must be told.

    Tags that are told and do not stand in the text are put into it. What a note has no place
    for is named in `aside`. Raises ValueError, saying in words what is wrong.
    """
    if not isinstance(found, Mapping):
        raise ValueError("it is not a note")
    aside += (f"“{one_line(str(key))}”" for key in found if key not in KEYS)
    text = found.get("text")
    if not isinstance(text, str):
        raise ValueError("it has no text")
    created, changed = _time_in(found, "created"), _time_in(found, "changed")
    told = _tags_in(found, aside)
    # Cleaned first, for what is taken out could part a tag.
    text, no_tags = with_tags(file_format.cleaned(Words(text)).text, told)
    aside += (f"the tag “{one_line(tag)}”, which cannot be one here" for tag in no_tags)
    words = Words(
        text,
        _day_in(found, "date"),
        _day_in(found, "due"),
        _either(found, "done"),
        _anchor_in(found, aside),
    )
    return Foreign(
        _ref_in(found),
        file_format.cleaned(words),
        id=_text_in(found, "id"),
        name=one_line(_text_in(found, "name")),
        created=created or changed,
        changed=changed or created,
        is_copy=_either(found, "conflict_copy"),
        dataset=dataset,
        place=place,
    )


def stamp(time: datetime | None) -> str | None:
    """A time as files tell it: “2026-11-22T03:00:00Z”."""
    return None if time is None else time.replace(tzinfo=None).isoformat() + "Z"


def _ref_in(found: Mapping[str, Any]) -> Ref:
    record = _text_in(found, "record")
    if not record:
        raise ValueError("it does not say which record it is about")
    if record != one_line(record):
        raise ValueError("its record has a name that cannot be shown")
    return Ref.parse(record)


def _text_in(found: Mapping[str, Any], key: str) -> str:
    return _typed(found, key, str, "text") or ""


def _either(found: Mapping[str, Any], key: str) -> bool:
    return _typed(found, key, bool, "true or false") or False


def _typed(found: Mapping[str, Any], key: str, kind: type[T], what: str) -> T | None:
    value = found.get(key)
    if value is None or isinstance(value, kind):
        return value
    raise ValueError(f"its “{key}” is not {what}")


def _day_in(found: Mapping[str, Any], key: str) -> date | None:
    if not (told := _text_in(found, key)):
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise ValueError(f"its “{key}” is not a day such as 2025-10-26") from None


def _time_in(found: Mapping[str, Any], key: str) -> datetime | None:
    if not (told := _text_in(found, key)):
        return None
    try:
        time = datetime.fromisoformat(told)
        if time.tzinfo is None:
            time = time.replace(tzinfo=UTC)
        return time.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise ValueError(f"its “{key}” is not a time such as 2026-11-22T03:00:00Z") from None


def _tags_in(found: Mapping[str, Any], aside: list[str]) -> list[str]:
    told = found.get("tags")
    if told is None:
        return []
    if isinstance(told, str):
        return split(told)
    if not isinstance(told, list):
        raise ValueError("its “tags” are not a list")
    words = [tag for tag in told if isinstance(tag, str)]
    if len(words) < len(told):
        aside.append("a tag that is not text")
    return [tag for tag in map(plain, words) if tag.strip()]


def _anchor_in(found: Mapping[str, Any], aside: list[str]) -> Anchor | None:
    anchor = _typed(found, "anchor", Mapping, "the words of a record")  # type: ignore[type-abstract]
    if anchor is None:
        return None
    aside += (f"“anchor.{one_line(str(key))}”" for key in anchor if key not in ANCHOR_KEYS)
    exact, prefix, suffix = (_text_in(anchor, key) for key in ANCHOR_KEYS)
    if not plain(exact).strip():
        raise ValueError("its anchor has no words")
    return Anchor(exact, prefix, suffix)
