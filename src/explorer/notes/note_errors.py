"""What can go wrong with notes. Nothing on disk is lost by any of it."""

from __future__ import annotations

from pathlib import Path

from explorer.errors import NoteError
from explorer.notes.note import Note
from explorer.storage import files
from explorer.text.sanitize import one_line


class NoteNotDeletedError(NoteError):
    """A note could not be moved to the trash. It is where it was."""

    title = "The note was not deleted"


class NoteNotMovedError(NoteError):
    """A note could not be attached to another record. It is where it was."""

    title = "The note was not moved"


class NoteNotRestoredError(NoteError):
    """A note could not be put back from the trash. It is still there."""

    title = "The note was not put back"


class NotesNotReadError(NoteError):
    """The folder of notes could not be read."""

    title = "The notes could not be read"


class DraftNotKeptError(NoteError):
    """What is being written could not be kept against a crash. It is still in the editor."""

    title = "The draft was not kept"


class DraftsNotReadError(NoteError):
    """The folder of drafts could not be read."""

    title = "The drafts could not be read"


def changed_since(note: Note, done: str) -> str:
    """What is said of a note that another program changed before something could be done."""
    return (
        f"The note on {note.ref} was not {done}: {one_line(str(note.path))} has been changed or "
        "removed since it was read. Look at it again first."
    )


def not_saved(note: Note, error: OSError) -> NoteError:
    """The error for a note that could not be written."""
    return NoteError(
        f"The note on {note.ref} could not be written to {one_line(str(note.path))}: "
        f"{files.explained(error, 'What was saved before is unchanged.')}"
    )


def not_read(folder: Path, error: OSError) -> NotesNotReadError:
    """The error for a folder of notes that could not be read."""
    return NotesNotReadError(
        f"The notes in {one_line(str(folder))} could not be read: {files.explained(error)}"
    )
