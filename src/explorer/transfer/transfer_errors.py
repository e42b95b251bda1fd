"""What can go wrong on the way out or in. Nothing on disk is lost by any of it."""

from __future__ import annotations

from explorer.errors import NoteError


class NotesNotExportedError(NoteError):
    """Notes could not be written to a file. What stood in its place is as it was."""

    title = "The notes were not exported"


class NotesNotImportedError(NoteError):
    """A file is not what an export would be. Nothing of it was imported."""

    title = "The file was not imported"


class BackupNotMadeError(NoteError):
    """A backup could not be made. What stood in its place is as it was."""

    title = "The backup was not made"


class BackupNotRestoredError(NoteError):
    """A file is not a backup that can be trusted. Nothing of it was restored."""

    title = "The backup was not restored"


class TagNotRenamedError(NoteError):
    """What was given is not a tag. No note was changed."""

    title = "The tag was not renamed"
    exit_code = 2
