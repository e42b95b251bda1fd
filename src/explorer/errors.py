"""Errors meant for people: what happened, to what, and what to do."""

from __future__ import annotations


class ExplorerError(Exception):
    """Base of the errors that a person is shown; `str()` of it is the whole message.

    `title` says what happened in a few words, `exit_code` is what the command line
    ends with: 1 for problems in what was read, 2 for wrong use.
    """

    title = "Something went wrong"
    exit_code = 1


class UsageError(ExplorerError):
    """The person asked for something that does not exist."""

    title = "That cannot be done"
    exit_code = 2


class TakenError(UsageError):
    """A file is to be written, and something has its name that could be written over."""


class NoteError(ExplorerError):
    """Something could not be done with notes. Nothing on disk was lost.

    What could not be done is its title; when nothing else is said, a note was not saved.
    """

    def __init__(
        self, message: str, title: str = "The note was not saved", *, exit_code: int = 1
    ) -> None:
        super().__init__(message)
        self.title = title
        self.exit_code = exit_code


class WatchError(ExplorerError):
    """Something could not be done with watches. Nothing on disk was lost."""

    title = "Watches"


class ExportError(ExplorerError):
    """The record could not be written out. What stood at that place is as it was."""

    title = "The record was not exported"
