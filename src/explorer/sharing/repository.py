"""The repository that a folder of notes is in, and whether it can be synced now."""

from __future__ import annotations

import os
import threading
from functools import cached_property
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import file_names
from explorer.sharing.git_program import Git, lines_of
from explorer.sharing.git_words import NOT_SYNCED
from explorer.storage import files
from explorer.text.sanitize import one_line
from explorer.values import dataclass

MAIN = "main"
OURS = (".gitattributes", ".gitignore")
"""The files of ours beside the notes."""
_HALF_DONE = {
    "rebase-merge": ("rebase", "git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("rebase", "git rebase --continue", "git rebase --abort"),
    "CHERRY_PICK_HEAD": ("cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("revert", "git revert --continue", "git revert --abort"),
}
"""What git leaves while something is half done, and what ends it."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Where notes are sent."""

    name: str
    branch: str
    """Of the remote."""
    is_known: bool
    """Whether git itself knows that it is where this branch goes."""

    @property
    def ref(self) -> str:
        """What is known of it here."""
        return f"refs/remotes/{self.name}/{self.branch}"


class Repository:
    """The repository around a folder of notes. Its calls wait for git."""

    def __init__(self, where: Path, closing: threading.Event | None = None) -> None:
        """Raises NoteError when there is no git, or the folder is not in a repository."""
        self.where = where
        """The folder of the notes on a dataset."""
        self.git = Git(where, is_private=is_private(where), closing=closing)
        if not where.is_dir():
            raise _not_shared(where)
        found = self.git.tried("rev-parse", "--show-toplevel", "--absolute-git-dir")
        if found.code:
            if "not a git repository" in found.err:
                raise _not_shared(where)
            self.git("rev-parse", "--show-toplevel")  # which says why
        top, folder = lines_of(found)[:2]
        self.top, self.folder = Path(top), Path(folder)
        """The folder that is under git, and git's own."""

    @property
    def is_own(self) -> bool:
        """Whether it holds these notes and nothing else."""
        return os.path.realpath(self.top) == os.path.realpath(self.where)

    def settings(self, *of: str) -> dict[str, str]:
        """What git is configured to do, by its keys in small letters; the last one holds."""
        listed = self.git("config", *of, "--list", "-z").text.split("\0")
        return {key: value for key, _, value in (entry.partition("\n") for entry in listed)}

    @cached_property
    def prefix(self) -> str:
        """Where the notes are in it, with a stroke at the end; nothing at its top."""
        return self.git.said("rev-parse", "--show-prefix")

    def branch(self) -> str:
        """The branch that is checked out. Raises NoteError when there is none."""
        if name := self.git.said("symbolic-ref", "--short", "-q", "HEAD"):
            return name
        where = one_line(str(self.top))
        raise NoteError(
            f"In {where} no branch is checked out (git calls it a detached HEAD), and what would "
            f"be committed there could be lost. “git -C {where} switch {MAIN}” goes back to the "
            "branch of that name. Nothing was changed.",
            NOT_SYNCED,
        )

    @property
    def is_merging(self) -> bool:
        """Whether a merge was begun and not ended."""
        return (self.folder / "MERGE_HEAD").exists()

    def check(self) -> None:
        """Raises NoteError when something else is half done."""
        for name, (what, on, back) in _HALF_DONE.items():
            if (self.folder / name).exists():
                where = one_line(str(self.top))
                raise NoteError(
                    f"In {where} a {what} is half done. End it with “{on}”, or take it back with "
                    f"“{back}”; then sync again. Nothing was changed.",
                    NOT_SYNCED,
                )

    def head(self) -> str:
        """The last commit; nothing when there is none yet."""
        return self.git.said("rev-parse", "-q", "--verify", "HEAD^{commit}")

    def folders(self, commit: str) -> list[str]:
        """The folders in a commit at the top, but for hidden ones."""
        listed = self.git("ls-tree", "-d", "-z", "--name-only", "--full-tree", commit).names
        return [name for name in listed if not name.startswith(".")]

    def remotes(self) -> list[str]:
        return list(lines_of(self.git.tried("remote")))

    def remote(self, branch: str) -> Remote | None:
        """Where a branch is sent; None when there is no remote. Raises NoteError in doubt."""
        settings = self.settings()
        known = settings.get(f"branch.{branch}.remote", "")
        there = settings.get(f"branch.{branch}.merge", "").removeprefix("refs/heads/")
        remotes = self.remotes()
        if known in remotes and there:
            return Remote(known, there, is_known=True)
        if len(remotes) > 1 and "origin" not in remotes:
            raise NoteError(
                f"There are several remotes ({', '.join(map(one_line, remotes))}), and none is set "
                f"for the branch {branch}. “git push -u REMOTE {branch}” sets one.",
                NOT_SYNCED,
            )
        if not remotes:
            return None
        return Remote("origin" if "origin" in remotes else remotes[0], branch, is_known=False)

    def as_fetched(self, remote: Remote) -> Remote:
        """The same with the branch that others use, when there is none of the name known here.

        It may have been renamed there, or have another name from the start. In a repository that
        has more than notes, branches are apart on purpose.
        """
        if not self.is_own or self.git.said("rev-parse", "-q", "--verify", remote.ref):
            return remote
        start = f"refs/remotes/{remote.name}/"
        found = self.git.tried("for-each-ref", "--format=%(refname)", start)
        others = [n.removeprefix(start) for n in lines_of(found) if not n.endswith("/HEAD")]
        if len(others) > 1:
            asked = ("ls-remote", "--symref", "--", remote.name, "HEAD")
            said = self.git.tried(*asked, network=True).text
            others = [name for name in others if f"ref: refs/heads/{name}\tHEAD" in said]
        return Remote(remote.name, others[0], is_known=False) if others else remote

    def is_ours(self, name: str) -> bool:
        """Whether a file, by its name in the repository, is a note or of ours beside them."""
        prefix = self.prefix
        if not name.startswith(prefix):
            return False
        own = name.removeprefix(prefix)
        folder, _, file = own.rpartition("/")
        return own in OURS or (folder == "notes" and file_names.is_listed(file))


def is_private(where: Path) -> bool:
    """Whether a folder is for this user alone, and what git makes in it is to be, too."""
    there = next((folder for folder in (where, *where.parents) if folder.is_dir()), where)
    try:
        return not files.mode_within(there, 0o700) & 0o070
    except OSError:
        return True


def _not_shared(where: Path) -> NoteError:
    return NoteError(
        f"The notes in {one_line(str(where))} are not shared yet: “explorer notes share” "
        "sets it up.",
        NOT_SYNCED,
    )
