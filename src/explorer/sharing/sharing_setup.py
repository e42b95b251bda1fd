"""Making a folder of notes one that is shared by git; doing it again changes nothing."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from explorer.errors import NoteError, UsageError
from explorer.notes import NoteStore
from explorer.sharing.git_program import Git
from explorer.sharing.git_words import NOT_SHARED, explained, shown
from explorer.sharing.merge_settings import keep_driver
from explorer.sharing.repository import MAIN, OURS, Repository, is_private
from explorer.sharing.shared_files import ATTRIBUTES, IGNORED, with_ours
from explorer.storage import files, folders
from explorer.text.sanitize import one_line

_LARGEST = 1 << 20
_OTHER_TRANSPORT = re.compile(r"[A-Za-z0-9+.-]+::")
_REMOTE = "origin"


def set_up(store: NoteStore, *, to: str = "", since: str = "") -> Iterator[str]:
    """Set it up, and say each thing that was done; `sync` has to follow.

    `to` is where the others will find the notes, `since` where they are already. Raises
    NoteError when it cannot be done, and UsageError when an address cannot be one.
    """
    where = store.where
    address = _address(since or to)
    if since and _is_empty(where):
        yield from _cloned(where, address)
    else:
        yield from _begun(where)
    repository = Repository(where)
    if address:
        yield from _with_remote(repository, address)
    yield from _described(repository)
    if keep_driver(repository):
        yield "git now merges changes of one note by its fields, and keeps both where it cannot."


def invitation(store: NoteStore, dataset: str) -> str:
    """What other people have to do, once, to share these notes. Raises NoteError."""
    repository = Repository(store.where)
    remote = repository.remote(repository.branch())
    url = repository.git.said("remote", "get-url", remote.name) if remote else ""
    address = shlex.quote(shown(url)) if url else "ADDRESS"
    name = shlex.quote(one_line(dataset))
    if repository.is_own:
        return (
            f"Another person says “explorer notes share --from {address} --author NAME {name}”, "
            "which clones them."
        )
    folder = shlex.quote(one_line(os.path.relpath(store.where.parent, repository.top)))
    return (
        f"Another person clones the repository, “git clone {address}”, and in it says “explorer "
        f"notes share --notes {folder} --author NAME {name}”; and there, as here, --notes or "
        "EXPLORER_NOTES names that folder at every start."
    )


def _address(said: str) -> str:
    """An address that git may be given. Raises UsageError."""
    said = said.strip()
    is_wrong = said.startswith("-") or not said.isprintable() or _OTHER_TRANSPORT.match(said)
    if is_wrong:
        raise UsageError(f"“{one_line(said)}” is no address of a repository")
    local = Path(said).expanduser()
    # A path is meant from where the person is, and not from the folder of notes.
    return str(local.absolute()) if said and "://" not in said and local.exists() else said


def _is_empty(where: Path) -> bool:
    return not where.exists() or not any(where.iterdir())


def _cloned(where: Path, address: str) -> Iterator[str]:
    """Fetch what others share into a folder that has nothing in it yet."""
    _make(where.parent)
    git = Git(where.parent, is_private=is_private(where))
    options = ("-c", "core.symlinks=false", "--no-recurse-submodules", "-q")
    done = git.tried("clone", *options, "--", address, str(where), network=True)
    if done.code:
        why = explained(done.err, where, address=address, kept="Nothing was changed here.")
        raise NoteError(why, NOT_SHARED)
    yield f"{one_line(str(where))} is now a clone of {shown(address)}."
    there = Git(where, is_private=is_private(where))
    if not there.said("rev-parse", "-q", "--verify", "HEAD") and not _checked_out(there):
        there("symbolic-ref", "HEAD", f"refs/heads/{MAIN}")
        yield "It has nothing in it yet; the first sync sends your notes."
    else:
        _refuse_other(where, address)


def _refuse_other(where: Path, address: str) -> None:
    """Raises NoteError when a clone holds no notes here, but something else."""
    repository = Repository(where)
    if (where / "notes").is_dir() or not repository.folders("HEAD"):
        return
    below = ("ls-tree", "-r", "-d", "-z", "--name-only", "--full-tree", "HEAD")
    own = f"/{where.name}"
    found = next((n for n in repository.git(*below).names if f"/{n}".endswith(own)), "")
    if not found:
        raise NoteError(
            f"{one_line(str(where))} is now a clone of {shown(address)}, which has no notes in it, "
            "but other folders. If it is the one that was meant, “explorer notes share” goes on; "
            "if not, remove that folder.",
            NOT_SHARED,
        )
    shutil.rmtree(where, ignore_errors=True)  # which was empty or not there
    root = one_line(f"/{found}".removesuffix(own).removeprefix("/"))
    raise NoteError(
        f"That repository has the notes in its folder {one_line(found)}. Clone it where you like, "
        f"“git clone {shown(address)} FOLDER”, then say “explorer notes share --notes "
        f"{shlex.quote(f'FOLDER/{root}' if root else 'FOLDER')}”. Nothing was changed here.",
        NOT_SHARED,
    )


def _checked_out(git: Git) -> bool:
    """Check out the branch that there is, where the server names none or another."""
    start = f"refs/remotes/{_REMOTE}/"
    names = git.said("for-each-ref", "--format=%(refname)", start).split()
    branches = [name.removeprefix(start) for name in names if not name.endswith("/HEAD")]
    branch = MAIN if MAIN in branches else branches[0] if len(branches) == 1 else ""
    if branch:
        git("checkout", "-q", "-B", branch, "--track", f"{_REMOTE}/{branch}", title=NOT_SHARED)
    return bool(branch)


def _begun(where: Path) -> Iterator[str]:
    """Make the folder a repository, unless it is in one."""
    _make(where)
    git = Git(where, is_private=is_private(where))
    top = git.said("rev-parse", "--show-toplevel")
    if not top and "not a git repository" not in git.tried("rev-parse", "--show-toplevel").err:
        git("rev-parse", "--show-toplevel", title=NOT_SHARED)  # which says why
    is_own = top and os.path.realpath(top) == os.path.realpath(where)
    if top and not is_own and _is_for_notes(git, Path(top), where):
        yield f"The notes are in the repository {one_line(top)}; only they are committed there."
        return
    if is_own:
        yield f"{one_line(str(where))} is a git repository already."
        return
    shared = [] if is_private(where) else ["--shared=group"]
    git("init", "-q", *shared, title=NOT_SHARED)
    git("symbolic-ref", "HEAD", f"refs/heads/{MAIN}", title=NOT_SHARED)
    yield f"{one_line(str(where))} is now a git repository."


def _is_for_notes(git: Git, top: Path, where: Path) -> bool:
    """Whether notes may go into a repository around them: not a home folder, nor ignored there."""
    if top == Path.home():
        return False
    names = (where, where / "notes" / "note.toml", *(where / name for name in OURS))
    # It is the one command that does not take its names as they are by being told so.
    asked = ("--no-literal-pathspecs", "check-ignore", "--", *map(str, names))
    return bool(git.tried(*asked).code)


def _make(where: Path) -> None:
    try:
        folders.folder_within(where)
    except OSError as error:
        raise NoteError(f"{one_line(str(where))}: {files.explained(error)}", NOT_SHARED) from error


def _described(repository: Repository) -> Iterator[str]:
    """Write the two files beside the notes; whoever has lines of their own in them keeps these."""
    about = {
        ".gitattributes": (ATTRIBUTES, "which files are notes, for git"),
        ".gitignore": (IGNORED, "what is not shared: the trash, drafts, and what programs leave"),
    }
    for name, (lines, what) in about.items():
        path = repository.where / name
        try:
            before = files.read_limited(path, _LARGEST, follow=False).decode(errors="replace")
        except FileNotFoundError:
            before = ""
        except OSError as error:
            why = files.explained(error, "It is left as it is.")
            raise NoteError(f"{one_line(str(path))} cannot be read: {why}", NOT_SHARED) from error
        if (written := with_ours(before, lines)) != before:
            _write(path, written)
            yield f"{name} says {what}."


def _write(path: Path, text: str) -> None:
    try:
        files.replace_file(path, text.encode(), access=files.access_in(path.parent))
    except OSError as error:
        why = f"{one_line(str(path))} could not be written: {files.explained(error)}"
        raise NoteError(why, NOT_SHARED) from error


def _with_remote(repository: Repository, address: str) -> Iterator[str]:
    git = repository.git
    if _REMOTE not in repository.remotes():
        git("remote", "add", "--", _REMOTE, address, title=NOT_SHARED)
        yield f"The others find the notes at {shown(address)}."
        return
    known = git.said("remote", "get-url", _REMOTE)
    if known != address:
        where = one_line(str(repository.where))
        raise NoteError(
            f"The notes are shared at {shown(known)} already. “git -C {where} remote set-url "
            f"{_REMOTE} ADDRESS” gives them another address.",
            NOT_SHARED,
        )
