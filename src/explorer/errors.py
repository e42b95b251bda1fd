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
    """A note could not be read, saved or deleted. Nothing on disk was lost."""

    title = "The note was not saved"
