"""Two versions of a note made one, field by field, from what it was before both.

A field that one side changed is as that side has it; of the text, the lines. Where both changed
the same, both are kept, and a person makes them one: nothing is chosen for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from explorer.errors import NoteError
from explorer.notes import file_format, git_conflicts, three_way
from explorer.notes.note import Note, Words
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """What came of it."""

    ours: bytes
    """The file of the note; where both changed the same, with what is ours of that."""
    theirs: bytes | None = None
    """The same with what is theirs, when it is not one."""
    are_two: bool = False
    """Whether they are two notes that only have one name, as first notes once all had."""

    @property
    def in_one_file(self) -> bytes:
        """All of it, with the markers of git around what is not the same."""
        if self.theirs is None:
            return self.ours
        return git_conflicts.marked(self.ours.decode(), self.theirs.decode()).encode()


def merged(base: bytes | None, ours: bytes, theirs: bytes, path: Path) -> FieldMerge | None:
    """Two versions of the file of a note as one, or as two that differ where both were changed.

    `base` is what it was before both; None when it was not. `path` is where it belongs. None when
    one of them is no note, or one with more than is known here: that is not to be lost.
    """
    if ours == theirs:
        return FieldMerge(ours)
    here, there = _whole(path, ours), _whole(path, theirs)
    if here is None or there is None or here.ref != there.ref:
        return None
    if base is None and here.created != there.created:
        return FieldMerge(ours, theirs, are_two=True)
    before = _versions(path, base) if base is not None else ()
    known = before[0] if len(before) == 1 else None
    try:
        one, other = (_written(path, version) for version in _picked(known, here, there))
    except NoteError:  # too long together
        return None
    found = FieldMerge(one, None if one == other else other)
    return found if len(found.in_one_file) <= file_format.LIMIT else None


def of_both(one: Words, other: Words) -> Words:
    """What two versions say, where nobody knows what was before them: for a person to mend.

    The lines of both; a field as the one version has it that has it at all. Of two days to be
    looked at again it is the first, and it is done when both say so.
    """
    days = [words.due for words in (one, other) if words.due is not None]
    return Words(
        git_conflicts.both(one.text, other.text),
        one.date or other.date,
        min(days, default=None),
        one.done and other.done,
        one.anchor or other.anchor,
        one.answers or other.answers,
    )


def _versions(path: Path, data: bytes) -> tuple[Note, ...]:
    try:
        return file_format.understand(path, data, 0)
    except file_format.UNREADABLE:
        return ()


def _whole(path: Path, data: bytes) -> Note | None:
    """The note in a file; with the words of both sides where a merge was not ended."""
    match _versions(path, data):
        case (note,) if not note.sealed:
            return note
        case (one, other):
            return _of_sides(one, other)
    return None


def _of_sides(one: Note, other: Note) -> Note:
    kept: dict[str, Any] = {
        name: getattr(one, name) or getattr(other, name)
        for name in ("date", "due", "done", "anchor", "answers", "author")
    }
    return replace(one, text=git_conflicts.both(one.text, other.text), **kept)


def _picked(before: Note | None, here: Note, there: Note) -> Iterator[Note]:
    """Our version and theirs, alike in all that only one of them changed."""
    text = three_way.merged(before.text, here.text, there.text) if before else None
    same: dict[str, Any] = {} if text is None else {"text": text}
    words = (field.name for field in fields(Words) if field.name != "text")
    for name in (*words, "author", "created"):
        old, one, other = (getattr(note, name, None) for note in (before, here, there))
        if one == other or (before is not None and old in (one, other)):
            same[name] = other if old == one and before is not None else one
    # What the record is called is only for people, and for them one name is enough.
    name = there.name if before is not None and here.name == before.name else here.name
    yield replace(here, **same, name=name)
    yield replace(there, **same, name=name)


def _written(path: Path, note: Note) -> bytes:
    """Raises NoteError when it is too long."""
    _, data = file_format.compose(
        note.ref,
        note.words,
        (note.created, note.created),
        name=note.name,
        path=path,
        note_id=note.own_id,
        author=note.author,
    )
    return data
