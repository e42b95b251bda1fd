"""Notes in the order in which they are read: each with its answers after it."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.notes.note import Note


def in_threads(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes that are given oldest first, and after each its answers, and theirs.

    An answer to a note that is not among them stands where its own time puts it.
    """
    by_age = list(notes)
    there = {note.id for note in by_age}
    answers: dict[str, list[Note]] = {}
    for note in by_age:
        if note.answers in there:
            answers.setdefault(note.answers, []).append(note)
    if not answers:
        return tuple(by_age)
    ordered: dict[str, Note] = {}
    # Notes that answer one another in a ring have no first one: the oldest of them is that.
    for first in (*(note for note in by_age if note.answers not in there), *by_age):
        waiting = [first]
        while waiting:
            note = waiting.pop()
            if note.id not in ordered:
                ordered[note.id] = note
                waiting += reversed(answers.get(note.id, []))
    return tuple(ordered.values())
