"""What can go wrong with notes. Nothing on disk is lost by any of it."""

from __future__ import annotations

from explorer.errors import NoteError


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
