"""What was written here since the last commit, and committing it: notes and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import authors, file_names
from explorer.record.labels import counted
from explorer.sharing.git_words import NOT_SYNCED
from explorer.sharing.repository import OURS, Repository
from explorer.sharing.sync_report import Changes, is_note

_NOT_COMMITTED = "git did not commit the notes; a hook may forbid it"
_ALL = 3
"""So many notes that are all gone at once were hardly deleted by a person."""


def not_committed(repository: Repository) -> Changes:
    """The notes that were written, changed or deleted since the last commit.

    Raises NoteError when all are gone at once.
    """
    status = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
    entries = repository.git(*status, "--", "notes", *OURS).names
    found: dict[str, list[str]] = {"new": [], "changed": [], "gone": []}
    for entry in entries:
        state, name = entry[:2], entry[3:]
        if not repository.is_ours(name):
            continue
        if state == "??":
            found["new"].append(name)
        elif not os.path.lexists(repository.top / name):
            if not _is_only_elsewhere(repository.top / name):
                found["gone"].append(name)
        else:
            found["new" if state[0] == "A" else "changed"].append(name)
    changes = Changes(*(tuple(found[what]) for what in ("new", "changed", "gone")))
    _refuse_emptied(repository, changes)
    return changes


def held_back(repository: Repository) -> tuple[str, ...]:
    """The notes that are never committed, since the repository itself ignores them."""
    ignored = ("ls-files", "-z", "--full-name", "--others", "--ignored", "--exclude-standard")
    return tuple(filter(repository.is_ours, repository.git(*ignored, "--", "notes").names))


def commit(repository: Repository, changes: Changes, by: tuple[str, ...]) -> None:
    """Commit these and nothing else, as `identity` says. Raises NoteError."""
    message = f"Notes: {changes.said}" if changes.said else "Set up the sharing of notes"
    names = "\0".join(changes.names).encode(errors="surrogateescape")
    from_here = ("--pathspec-from-file=-", "--pathspec-file-nul")
    at_top = ("-C", str(repository.top))
    repository.git(*at_top, "add", "-A", *from_here, given=names)
    only = ("commit", "-q", "-m", message, "--only", *from_here)
    repository.git(*at_top, *by, *only, given=names, what=_NOT_COMMITTED)


def identity(repository: Repository, author: str = "") -> tuple[str, ...]:
    """What git is told of who commits, where the person has not told it."""
    settings = repository.settings()
    known = [settings.get(f"user.{what}") for what in ("name", "email")]
    has_own = any(os.environ.get(name) for name in ("EMAIL", "GIT_AUTHOR_EMAIL"))
    own = authors.cleaned(author) or "explorer"
    missing = [] if known[0] else ["-c", f"user.name={own}"]
    missing += [] if known[1] or has_own else ["-c", "user.email=notes@localhost"]
    return tuple(missing)


def _is_only_elsewhere(path: Path) -> bool:
    """Whether a file that is not there is with a sync tool still: iCloud leaves a placeholder."""
    return path.with_name(f".{path.name}.icloud").exists()


def _refuse_emptied(repository: Repository, changes: Changes) -> None:
    notes = [name for name in changes.gone if is_note(name)]
    if len(notes) < _ALL or any(map(is_note, changes.new + changes.changed)):
        return
    tracked = repository.git("ls-files", "-z", "--", "notes").names
    if len(notes) >= len([n for n in tracked if file_names.is_listed(n.rpartition("/")[2])]):
        raise NoteError(
            f"All {counted(len(notes), 'note')} are gone from {repository.where}, as when a disk "
            "is not there. They were not deleted for the others. “git checkout -- notes” in that "
            "folder brings them back; if you did delete them, commit that with git.",
            NOT_SYNCED,
        )
