"""What people are shown when something cannot be done with a note."""

from __future__ import annotations

from pathlib import Path

from explorer.errors import NoteError
from explorer.notes.note import Note
from explorer.storage import files
from explorer.text.sanitize import one_line

NOT_DELETED = "The note was not deleted"
NOT_MOVED = "The note was not moved"
NOT_RESTORED = "The note was not put back"
DRAFT_NOT_KEPT = "The draft was not kept"


def changed_since(note: Note, done: str) -> str:
    """What is said of a note that another program changed before something could be done."""
    return (
        f"The note on {note.ref} was not {done}: {one_line(str(note.path))} has been changed or "
        "removed since it was read. Look at it again first."
    )


def not_ones_own(note: Note, done: str, title: str = "") -> NoteError:
    """The error for a note that is another's, and so may not be changed."""
    why = f"The note on {note.ref} was not {done}, because {one_line(note.sealed)}. "
    return NoteError(why + note.unsealing, title) if title else NoteError(why + note.unsealing)


def not_saved(note: Note, error: OSError) -> NoteError:
    """The error for a note that could not be written."""
    return NoteError(
        f"The note on {note.ref} could not be written to {one_line(str(note.path))}: "
        f"{files.explained(error, 'What was saved before is unchanged.')}"
    )


def not_read(folder: Path, error: OSError) -> NoteError:
    """The error for a folder of notes that could not be read."""
    why = f"The notes in {one_line(str(folder))} could not be read: {files.explained(error)}"
    return NoteError(why, "The notes could not be read")
