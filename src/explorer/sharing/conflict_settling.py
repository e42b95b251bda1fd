"""What git could not merge: made one by fields, or kept as two, so that no word is lost.

A note that was deleted by one and changed by another stays. Where both changed the same words,
the note keeps what is ours and what is theirs goes beside it as a conflict copy, which the app
offers to merge. Files that are no notes, beside the notes, are kept twice likewise. A conflict
anywhere else in the repository is none of ours: the merge is taken back, and said.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import field_merge, file_names, git_conflicts
from explorer.sharing.git_words import NOT_SYNCED
from explorer.sharing.repository import OURS, Repository
from explorer.sharing.sync_report import Settled
from explorer.storage import files
from explorer.text.sanitize import one_line

_PLAIN = ("100644", "100755")
"""How git calls ordinary files."""
_BOTH = 2
"""Sides of a file that neither has deleted."""
_SHOWN = 3


class _Unsettled:
    """One file as both have it: the bytes before both, ours and theirs, as far as there are any."""

    def __init__(self, repository: Repository, name: str, stages: Mapping[str, str]) -> None:
        self.name = name
        self.path = repository.top / name
        self._git, self._stages = repository.git, stages

    @property
    def sides(self) -> set[str]:
        return set(self._stages) & {"2", "3"}

    def data(self, stage: str) -> bytes | None:
        blob = self._stages.get(stage)
        return None if blob is None else self._git("cat-file", "blob", blob).out


def settle(repository: Repository, *, is_ours: bool) -> Settled:
    """Settle all conflicts of a merge, and stage what came of it.

    Raises NoteError when one is not of the notes. The merge is taken back then if it is ours; in
    one that a person began, files may be merged already.
    """
    found = list(_unsettled(repository, is_ours=is_ours))
    done: dict[str, list[str]] = {"merged": [], "beside": [], "copies": [], "stayed": []}
    touched: list[Path] = []
    for file in found:
        if file.path.name in OURS and len(file.sides) == _BOTH:
            _both_lines(file)
        elif len(file.sides) == _BOTH:
            fate, beside = _both_changed(file)
            if fate:
                done[fate].append(file.name)
            if beside is not None:
                done["copies"].append(beside.relative_to(repository.top).as_posix())
                touched.append(beside)
        elif file.sides:
            done["stayed"].append(file.name)
            data = file.data(next(iter(file.sides)))
            _write(file.path, data or b"")
        touched.append(file.path)
    _stage(repository, touched)
    return Settled(*(tuple(names) for names in done.values()))


def _unsettled(repository: Repository, *, is_ours: bool) -> Iterator[_Unsettled]:
    """Raises NoteError when any is not of the notes."""
    stages: dict[str, dict[str, str]] = {}
    foreign: dict[str, None] = {}
    listed = repository.git("-C", str(repository.top), "ls-files", "-u", "-z", "--full-name").names
    for entry in listed:
        about, _, name = entry.partition("\t")
        mode, blob, stage = about.split(" ")
        stages.setdefault(name, {})[stage] = blob
        if mode not in _PLAIN or not name.startswith(repository.prefix):
            foreign[name] = None
    if foreign:
        _refuse(repository, list(foreign), is_ours=is_ours)
    for name, known in stages.items():
        yield _Unsettled(repository, name, known)


def _refuse(repository: Repository, names: list[str], *, is_ours: bool) -> None:
    """Raises NoteError; a merge of ours is then as if it had not been begun."""
    shown = ", ".join(one_line(name) for name in names[:_SHOWN])
    shown += " …" * bool(names[_SHOWN:])
    git = f"git -C {shlex.quote(one_line(str(repository.top)))}"
    if not is_ours:
        raise NoteError(
            f"A merge is half done here, and explorer merges only notes: {shown} {_are(names)} in "
            f"conflict. Mend that and end it with “{git} commit”, or take it back with “{git} "
            "merge --abort”; then sync again. Nothing was changed.",
            NOT_SYNCED,
        )
    repository.git("merge", "--abort")
    raise NoteError(
        f"Files beside the notes were changed here and elsewhere, and explorer merges only notes: "
        f"{shown}. The merge was taken back. Merge with git, “{git} merge”; then sync again. "
        "Nothing is lost.",
        NOT_SYNCED,
    )


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _both_lines(file: _Unsettled) -> None:
    """One of our own files beside the notes: all lines of both."""
    ours, theirs = ((file.data(side) or b"").decode(errors="replace") for side in ("2", "3"))
    _write(file.path, git_conflicts.both(ours, theirs).encode())


def _both_changed(file: _Unsettled) -> tuple[str, Path | None]:
    """Make one of both, and write it; where that cannot be, put theirs beside it.

    Returns what is said of the note, if anything is, and where theirs is.
    """
    before, ours, theirs = map(file.data, ("1", "2", "3"))
    assert ours is not None
    assert theirs is not None
    merged = field_merge.merged(before, ours, theirs, file.path)
    if merged is None:
        _write(file.path, ours)
        return "beside", _put_beside(file.path, theirs)
    _write(file.path, merged.ours)
    if merged.theirs is None:
        return "merged", None
    if merged.are_two:
        return "", _put_beside(file.path, merged.theirs, as_further=True)
    return "beside", _put_beside(file.path, merged.theirs)


def _put_beside(path: Path, data: bytes, *, as_further: bool = False) -> Path:
    for number in count():
        name = file_names.further_name(path) if as_further else _name_beside(path.name, number)
        place = path.with_name(name)
        with files.temporary(path.parent, data, access=files.access_in(path.parent)) as new:
            if files.name_new(new, place):
                files.sync_folder(path.parent)
                return place
    raise AssertionError("unreachable")


def _name_beside(name: str, number: int) -> str:
    now = datetime.now(UTC)
    if file_names.is_meant_as_note(Path(name)):
        return file_names.copy_name(file_names.id_of(Path(name)), now)
    stem, dot, end = name.partition(".")
    return f"{stem}.theirs-{now:%Y%m%dT%H%M%SZ}{f'-{number}' if number else ''}{dot}{end}"


def _write(path: Path, data: bytes) -> None:
    """Raises NoteError."""
    if path.is_symlink() or path.is_dir():
        raise NoteError(
            f"{one_line(str(path))} is no ordinary file, and is left as it is.", NOT_SYNCED
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.replace_file(path, data, access=files.access_in(path.parent))
    except OSError as error:
        why = files.explained(error, "The merge is half done; sync again to end it.")
        raise NoteError(f"{one_line(str(path))} could not be written: {why}", NOT_SYNCED) from error


def _stage(repository: Repository, paths: Iterable[Path]) -> None:
    names = [str(path.relative_to(repository.top)) for path in paths]
    if names:
        repository.git(
            *("-C", str(repository.top), "add", "-A", "-f"),
            *("--pathspec-from-file=-", "--pathspec-file-nul"),
            given="\0".join(names).encode(errors="surrogateescape"),
        )
