'''The user's notes: one small TOML file for each note, any number of notes for a record.

`NoteStore` keeps the notes on one dataset in `<folder>/<dataset key>/`:

    lock      held for the moment in which a note is put in its place
    notes/    the notes, and copies made when a note was changed by two at once
    trash/    what was deleted
    drafts/   what is being written and not saved yet, by session: see `drafts`

The first note on `issue:rare-earths` is `notes/issue-rare-earths-0123456789abcdef.toml`: the
reference in letters, digits and hyphens, then the start of its SHA-256, so that any
reference has a file of its own inside the folder. A further note on it has a hyphen and eight
random digits more: `…-0123456789abcdef-89abcdef.toml`. The name without `.toml` is the note's
id, which lasts as long as the note is on that record. Format 2:

    format = 2
    record = "issue:rare-earths"
    name = "Rare-earth controls"
    created = 2026-11-22T03:00:00Z
    changed = 2026-11-22T03:10:00Z
    date = 2025-10-26          # optional: the note's own day
    due = 2026-01-31           # optional: to be looked at again from this day on
    done = true                # optional: looked at; it no longer asks for it
    text = """
    Deferral or delay? #watch
    """
    [anchor]                   # optional: the words it is about
    exact = "some kind of a deferral"
    prefix = "that we will get "
    suffix = " on the rare earth export controls"

`name` is what the record was called, for people; nothing rests on it. Any program may edit these
files; comments in them go when the note is next saved here. Format 1 had no optional keys;
it is read, and becomes format 2 when the note is next saved. A file of a later format, or
with keys unknown here, is shown and never saved over. One that cannot be understood is
listed as damaged, and left alone.

What is saved is safe: see `NoteStore.save`.
'''

from __future__ import annotations

from explorer.notes.collection import Notes
from explorer.notes.drafts import Draft, Drafts
from explorer.notes.errors import (
    DraftNotKeptError,
    DraftsNotReadError,
    NoteNotDeletedError,
    NoteNotMovedError,
    NoteNotRestoredError,
    NotesNotReadError,
)
from explorer.notes.form import FORMAT, LIMIT
from explorer.notes.names import file_name
from explorer.notes.note import Anchor, Damaged, Note, Saved, Words
from explorer.notes.store import NoteStore

__all__ = [
    "FORMAT",
    "LIMIT",
    "Anchor",
    "Damaged",
    "Draft",
    "DraftNotKeptError",
    "Drafts",
    "DraftsNotReadError",
    "Note",
    "NoteNotDeletedError",
    "NoteNotMovedError",
    "NoteNotRestoredError",
    "NoteStore",
    "Notes",
    "NotesNotReadError",
    "Saved",
    "Words",
    "file_name",
]
