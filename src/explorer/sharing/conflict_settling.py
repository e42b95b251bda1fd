"""What git could not merge: made one by fields, or kept as two, so that no word is lost.

A note that was deleted by one and changed by another stays. Where both changed the same words,
the note keeps what is ours and what is theirs goes beside it as a conflict copy, which the app
offers to merge. Files that are no notes, beside the notes, are kept twice likewise. A conflict
anywhere else in the repository is none of ours: the merge is taken back, and said.
"""

from __future__ import annotations

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


def settle(repository: Repository) -> Settled:
    """Settle all conflicts of a merge, and stage what came of it.

    Raises NoteError, having taken the merge back, when one is not of the notes.
    """
    found = list(_unsettled(repository))
    _refuse_foreign(repository, found)
    done: dict[str, list[str]] = {"merged": [], "beside": [], "copies": [], "stayed": []}
    touched: list[Path] = []
    for file in found:
        if len(file.sides) == 2:  # noqa: PLR2004 -- ours and theirs
            beside = _both_changed(file)
            done["beside" if beside else "merged"].append(file.name)
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


def _unsettled(repository: Repository) -> Iterator[_Unsettled]:
    stages: dict[str, dict[str, str]] = {}
    odd: list[str] = []
    listed = repository.git("-C", str(repository.top), "ls-files", "-u", "-z", "--full-name").names
    for entry in listed:
        about, _, name = entry.partition("\t")
        mode, blob, stage = about.split(" ")
        stages.setdefault(name, {})[stage] = blob
        if mode not in _PLAIN:
            odd.append(name)
    if odd:
        _take_back(repository, odd)
    for name, known in stages.items():
        yield _Unsettled(repository, name, known)


def _refuse_foreign(repository: Repository, found: Iterable[_Unsettled]) -> None:
    prefix = repository.prefix
    foreign = [file.name for file in found if not file.name.startswith(prefix)]
    if foreign:
        _take_back(repository, foreign)


def _take_back(repository: Repository, names: list[str]) -> None:
    """Raises NoteError, once all is as before the merge."""
    repository.git("merge", "--abort")
    shown = ", ".join(one_line(name) for name in names[:_SHOWN])
    raise NoteError(
        f"Files beside the notes were changed here and elsewhere, and explorer merges only notes: "
        f"{shown}{' …' if names[_SHOWN:] else ''}. The merge was taken back. Merge with git, "
        f"“git -C {one_line(str(repository.top))} merge”; then sync again. Nothing is lost.",
        NOT_SYNCED,
    )


def _both_changed(file: _Unsettled) -> Path | None:
    """Make one of both, and write it; where that cannot be, say where theirs is now."""
    before, ours, theirs = map(file.data, ("1", "2", "3"))
    assert ours is not None
    assert theirs is not None
    if file.path.name in OURS:
        text = git_conflicts.both(ours.decode(errors="replace"), theirs.decode(errors="replace"))
        _write(file.path, text.encode())
        return None
    merged = field_merge.merged(before, ours, theirs, file.path)
    if merged is None:
        _write(file.path, ours)
        return _put_beside(file.path, theirs)
    _write(file.path, merged.ours)
    return None if merged.theirs is None else _put_beside(file.path, merged.theirs)


def _put_beside(path: Path, data: bytes) -> Path:
    for number in count():
        place = path.with_name(_name_beside(path.name, number))
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
