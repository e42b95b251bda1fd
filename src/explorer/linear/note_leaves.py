"""The reader's notes as they are read: all of them, one, and those on a record."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.linear.leaf import Leaf
from explorer.linear.spoken import Entry, Goal, name_of
from explorer.linear.whereabouts import OnNote, OnRecord
from explorer.notes import Note
from explorer.record import clock, labels
from explorer.record.model import Ref
from explorer.text.folding import fold, matches, words_of
from explorer.text.sanitize import one_line, plain
from explorer.view import View

_FIRST_WORDS = 100


def all_notes(view: View, words: str = "") -> Leaf:
    """Every note, last changed first; those with some words when any are given."""
    sought = words_of(words)
    shown = view.shown_notes()
    found = [n for n in shown if matches(sought, fold(f"{record_of(view, n)} {n.text}"))]
    counted = labels.counted(len(found), "note")
    intro = [f"{counted}, last changed first." if found else "You have no notes yet."]
    if sought:
        intro = [f"{counted} of {len(shown)} with “{one_line(words)}”."]
    if view.notes.are_off:
        intro = ["Notes are off."]
    entries = [Entry(f"{record_of(view, n)}: {_by(n)}{_begun(n)}", (_goal(n),)) for n in found]
    if copies := view.shown_copies():
        entries.append(Entry("Second versions, made when a note was changed by two", (), (), True))
        entries += [Entry(f"{record_of(view, c)}: {_begun(c)}", (_goal(c),)) for c in copies]
    return Leaf("Your notes", (*intro, *damaged(view)), tuple(entries))


def damaged(view: View) -> Iterator[str]:
    """What is said of files among the notes that cannot be read."""
    for file in view.notes.damaged:
        yield (
            f"A file among the notes cannot be read: {one_line(str(file.path))}: "
            f"{one_line(file.reason)}. {file.remedy}"
        )


def one_note(view: View, note: Note) -> Leaf:
    """A note in full, with the record it is on."""
    lines = [_days(note), *_answered(view, note)]
    if note.anchor is not None:
        anchor = view.anchor(note)
        about = f"On the words: “{one_line(anchor.exact)}”" if anchor else "On words of the record."
        lines += [about, *_what_became(view, note)]
    if note.tags:
        lines.append(f"Tags: {', '.join(f'#{tag}' for tag in note.tags)}")
    if note.sealed and not note.others:
        lines.append(f"It cannot be changed here: {one_line(note.sealed)}. {note.unsealing}")
    if copies := view.notes.conflicts_of(note.id):
        counted = labels.counted(len(copies), "other version")
        lines.append(f"{counted} of it: it was changed by two at once. “merge” goes through them.")
    text = [Entry(line) for line in plain(note.text).split("\n")]
    ref = view.index.current(note.ref)
    if ref is None:
        entries = [Entry(f"It is on {note.name or note.ref}, which the dataset does not have.")]
    else:
        entries = [Entry(f"It is on {name_of(view, ref)}", (Goal(OnRecord(ref), str(ref)),))]
    title = f"Note on {record_of(view, note)}"
    return Leaf(title, tuple(filter(None, lines)), (*text, *entries), ref=ref)


def on_record(view: View, ref: Ref) -> Iterator[Entry]:
    """The notes on a record, under a heading of their own."""
    notes = view.notes_on(ref)
    copies, files = view.copies(ref), view.damaged(ref)
    if notes or copies or files:
        yield Entry("Your notes, which are no part of the record", is_heading=True)
    for note in notes:
        yield Entry(f"{_days(note)} {_begun(note)}", (_goal(note),))
    if copies:
        counted = labels.counted(len(copies), "second version")
        yield Entry(f"There is {counted} of these; the note’s own page says what can be done.")
    for file in files:
        yield Entry(f"A note here cannot be read: {one_line(file.reason)}. {file.remedy}")


def record_of(view: View, note: Note) -> str:
    """What the record of a note is called."""
    ref = view.index.current(note.ref)
    return name_of(view, ref) if ref is not None else one_line(note.name or str(note.ref))


def _answered(view: View, note: Note) -> Iterator[str]:
    """The note that it answers."""
    if not note.answers:
        return
    answered = view.notes.by_id(note.answers)
    is_hidden = answered is not None and answered.others and view.notes.hides_others
    if answered is None or is_hidden or not view.shows(answered):
        yield "It answers a note that is not shown here."
        return
    whose = f"{one_line(answered.others)}: " if answered.others else ""
    yield f"It answers {whose}{_begun(answered)}."


def _what_became(view: View, note: Note) -> Iterator[str]:
    """What is to be known of the words that a note is about; nothing when they stand there."""
    from explorer.notes import anchors  # which few notes need

    here = view.index.current(note.ref)
    if note.anchor is None or here is None or view.scope.as_of is not None:
        return
    found = anchors.locate(note.anchor, here, view.index)
    if found.kind != "unchanged":
        fate = {"gone": "are no longer there", "changed": "read otherwise now"}
        yield f"These words {fate.get(found.kind, 'stand elsewhere now')}. “attach” offers where."


def _goal(note: Note) -> Goal:
    return Goal(OnNote(note.id), f"Note on {note.ref}")


def _by(note: Note) -> str:
    """Whose a note is, when it is another's."""
    return f"{one_line(note.others)}: " if note.others else ""


def _begun(note: Note) -> str:
    """The first words of a note, and how much follows."""
    text = one_line(note.text)
    return f"“{labels.shortened(text, _FIRST_WORDS)}”"


def _days(note: Note) -> str:
    written = labels.day(clock.day_of(note.created))
    changed = labels.day(clock.day_of(note.changed))
    by = f" by {one_line(note.others)}" if note.others else ""
    parts = [f"Written {written}{by}", *([f"changed {changed}"] if changed != written else [])]
    if note.date:
        parts.append(f"dated {labels.day(note.date)}")
    if note.due and note.done:
        parts.append(f"was due for review {labels.day(note.due)}, reviewed")
    elif note.due:
        parts.append(f"due for review {labels.day(note.due)}")
    return f"{', '.join(parts)}."
