"""Tags over all notes: how often each is used, and another name for one; and what is due."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from explorer.errors import NoteError
from explorer.notes import Note, Notes, NoteStore
from explorer.notes.tags import as_tag, found_in, key, keys_of
from explorer.record.labels import counted as counted_in_words
from explorer.text.folding import fold
from explorer.text.sanitize import one_line
from explorer.transfer.portable_note import PortableNote
from explorer.transfer.transfer_report import TransferReport


def counted(notes: Iterable[Note | PortableNote]) -> tuple[tuple[str, int], ...]:
    """Each tag with the number of notes that have it or one within it, the most used first.

    It is spelled as it is most often. Of those used alike, accented letters stand beside
    their plain ones.
    """
    counts: Counter[str] = Counter()
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        counts.update(keys_of(note.tags))
        for tag in note.tags:
            written[key(tag)][tag] += 1
    found = [(forms.most_common(1)[0][0], counts[tag]) for tag, forms in written.items()]
    return tuple(sorted(found, key=lambda one: (-one[1], fold(one[0]), key(one[0]))))


def unknown(notes: Iterable[Note], tag: str) -> str:
    """What is said of a tag that no note has, with the nearest; nothing when one has it."""
    notes = tuple(notes)
    if any(note.has_tag(tag) for note in notes):
        return ""
    forms = {fold(known): known for known, _ in counted(notes)}
    near = difflib.get_close_matches(fold(tag), forms, n=1)
    hint = f"; did you mean #{forms[near[0]]}?" if near else ""
    return f"no note has the tag #{one_line(tag)}{hint}"


def due(notes: Iterable[Note], day: date) -> tuple[Note, ...]:
    """The reader's own notes to be looked at again by that day, the longest due first."""
    own = (note for note in notes if not (note.done or note.others))
    asking = [(note.due, note) for note in own if note.due is not None]
    come = [(since, note) for since, note in asking if since <= day]
    return tuple(note for _, note in sorted(come, key=lambda one: (one[0], one[1].id)))


def renamed(text: str, old: str, new: str) -> str:
    """The text with another name for a tag, wherever that stands as one and nowhere else.

    Tags within it stay within it. A name that another tag has merges the two. Raises
    NoteError when either is not the name of a tag.
    """
    was, becomes = key(_tag(old)), _tag(new)
    parts: list[str] = []
    at = 0
    for tag in found_in(text):
        if tag.is_cut or was not in keys_of([tag.name]):
            continue
        parts += (text[at : tag.start], becomes)
        at = tag.start + _length_of(was, text[tag.start : tag.end])
    return "".join([*parts, text[at:]])


def rename_everywhere(store: NoteStore, notes: Notes, old: str, new: str) -> TransferReport:
    """Give a tag another name in all notes and conflict copies, as they are on the disk now.

    Each is saved as any note is. One that cannot be, or that another program changes in the
    same moment, does not keep the others from it. Raises NoteError when the folder cannot be
    read, or either is not the name of a tag.
    """
    was = _tag(old)
    _tag(new)
    notes = store.reload(notes)
    report = TransferReport()
    having = [note for note in notes.every_version() if note.has_tag(was)]
    tagged = [note for note in having if not note.others]
    if kept := len(having) - len(tagged):
        theirs = "note of other people keeps", "notes of other people keep"
        report.remarks.append(f"{counted_in_words(kept, *theirs)} the tag as it was.")

    def rename(note: Note) -> None:
        words = replace(note.words, text=renamed(note.text, old, new))
        if words == note.words:
            return
        saved = store.save(note.ref, words, name=note.name, note=note)
        in_place = saved.note.path == note.path
        (report.changed if in_place else report.kept_both).append(saved.note.path)
        if saved.remark:
            report.remarks.append(saved.remark)

    in_order = sorted(tagged, key=lambda note: note.path)
    report.do_each(in_order, rename, name=lambda note: str(note.path))
    return report


def _length_of(tag: str, written: str) -> int:
    """How much of what is written is that tag, and not a tag within it."""
    depth = tag.count("/") + 1
    return len("/".join(written.split("/")[:depth]))


def _tag(said: str) -> str:
    name = as_tag(said.strip())
    if name is None:
        raise NoteError(
            f"“{one_line(said)}” cannot be a tag: a tag has letters, digits, hyphens, "
            "underscores and emoji, and at least one letter. A stroke makes one within another.",
            "The tag was not renamed",
            exit_code=2,
        )
    return name
