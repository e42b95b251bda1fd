r'''The user's notes: one small TOML file for each note, any number of notes for a record.

`NoteStore` keeps the notes on one dataset in `<folder>/<dataset key>/`:

    notes/    the notes, and copies made when a note was changed by two at once
    trash/    what was deleted

Nothing else is in it, so that it can be synced, shared or put under git; what is being written
is kept elsewhere, see `drafts`. A note on `issue:rare-earths` is
`notes/issue-rare-earths-0123456789abcdef-89abcdef.toml`: the reference in letters, digits and
hyphens, then the start of its SHA-256, so that any reference has files of its own inside the
folder, then eight random digits, so that no two machines ever give one name to two notes.
(Earlier versions left these off for the first note on a record.) The name without `.toml` is
the note's id, which lasts as long as the note is on that record. Format 4:

    format = 4
    id = "issue-rare-earths-0123456789abcdef-89abcdef"
    name = "Rare-earth controls"
    record = "issue:rare-earths"
    author = "Anna Berg"       # optional: who wrote it; else whoever owns the folder
    answers = "issue-rare-earths-0123456789abcdef-01234567"  # optional: the note it answers
    date = 2025-10-26          # optional: the note's own day
    created = 2026-11-22T03:00:00Z
    due = 2026-01-31           # optional: to be looked at again from this day on
    done = true                # optional: looked at; it no longer asks for it

    text = """
    Deferral or delay? #watch
    """

    [anchor]                   # optional: the words it is about
    exact = "some kind of a deferral"
    prefix = "that we will get "
    suffix = " on the rare earth export controls"

`name` is what the record was called, for people; nothing rests on it. `id` is for the case that
the file is called otherwise: what sync tools leave beside a note, and files that were renamed,
are versions of the note that they say they are, see `file_versions`. `toml_layout` explains
why the lines stand as they do, and why none says when the note was changed. What a terminal
must not get is spelled out, as `\u200E`, and so is never altered. Any program may edit these
files; comments in them go when the note is next saved here.

A note that says neither author nor answers is written in format 3, which is otherwise the same
and which more programs know. Formats 1 and 2 had `changed` and no `id`, and format 1 no optional
keys. They are read, and become a newer one when the note is next saved. A file of a later format,
or with keys unknown here, is shown and never saved over. A symbolic link is shown and not
changed. One in which git left both sides of a merge is shown as two versions. One that cannot be
understood is listed as damaged, and left alone. `authors` says whose a note is; those of others
are shown and not changed.

What is saved is safe: see `NoteStore.save`.
'''

from __future__ import annotations

from explorer.notes.collection import Notes
from explorer.notes.draft_format import Draft
from explorer.notes.drafts import Drafts
from explorer.notes.file_format import FORMAT, LIMIT
from explorer.notes.file_names import file_name
from explorer.notes.note import Anchor, Damaged, Note, Saved, Words
from explorer.notes.store import NoteStore

__all__ = [
    "FORMAT",
    "LIMIT",
    "Anchor",
    "Damaged",
    "Draft",
    "Drafts",
    "Note",
    "NoteStore",
    "Notes",
    "Saved",
    "Words",
    "file_name",
]
