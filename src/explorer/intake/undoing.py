"""The last import, taken back: the files that it changed as they were before it.

Their earlier bytes are kept in the state folder, of the last import alone. Where a file was
changed since by anybody, nothing is taken back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from explorer.dataset import appending, read
from explorer.dataset.appending import Written
from explorer.dataset.problems import DatasetError
from explorer.dataset.validate import validate_with
from explorer.errors import ExplorerError
from explorer.storage import files, folders, locks
from explorer.text.sanitize import one_line
from explorer.values import dataclass

_FORMAT = 1
_MOST = 64 * 1024 * 1024
"""Most bytes that are kept."""
_INDEX = "index.json"
_UNREADABLE = "What was kept of the last import cannot be read."


class CannotUndoError(ExplorerError):
    """The last import cannot be taken back. Nothing was changed."""

    title = "Nothing was taken back"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back."""

    names: tuple[str, ...]
    """Of the files that had been imported."""
    files: tuple[Path, ...]
    """Which are as they were, or gone when the import had made them."""
    is_own: bool = False
    """Whether it had gone to the reader's overlay."""


def folder() -> Path:
    """Where the earlier files are kept. Raises OSError when there is no home."""
    return folders.state_folder() / "last-import"


def keep(place: Path, names: tuple[str, ...], written: Written) -> str:
    """Keep what an import changed, in place of the one before; what went wrong, if anything."""
    size = sum(len(data) for data in written.before.values() if data is not None)
    rows = []
    try:
        folders.private_folder(folder())
        with locks.locked(folder()):
            (folder() / _INDEX).unlink(missing_ok=True)  # until it is whole there is none
            for number, file in enumerate(written.files if size <= _MOST else ()):
                before = written.before.get(file)
                if before is not None:
                    files.replace_file(folder() / f"{number}", before)
                row = {"file": str(file.absolute()), "is_new": before is None}
                rows.append({**row, "after": files.digest(written.after[file])})
            if rows:
                index: dict[str, Any] = {"format": _FORMAT, "is_own": written.is_own}
                index |= {"place": str(place.absolute()), "names": names, "files": rows}
                files.replace_file(folder() / _INDEX, json.dumps(index).encode())
    except OSError as error:
        return f"This import cannot be taken back later: {files.explained(error)}"
    return "" if rows else "This import is too large to be taken back later."


def take_back() -> TakenBack:
    """Put the files back as they were before the last import. Raises ExplorerError."""
    index = _index()
    place = Path(index["place"])
    before: dict[Path, bytes] = {}
    after: dict[Path, bytes] = {}
    made: list[Path] = []
    for number, row in enumerate(index["files"]):
        file = Path(row["file"])
        now = _now(file)
        if now is None or files.digest(now) != row["after"]:
            raise CannotUndoError(f"{one_line(str(file))} was changed since the import.")
        before[file] = now
        if row["is_new"]:
            made.append(file)
        else:
            after[file] = _kept(number)
    if not index["is_own"]:
        _check(place, after, made)
    if not appending.replace_files(place, before, after):
        raise CannotUndoError("The files are being changed by another program; try again.")
    for file in made:
        file.unlink(missing_ok=True)
    (folder() / _INDEX).unlink(missing_ok=True)
    return TakenBack(tuple(index["names"]), tuple(before), bool(index["is_own"]))


def _check(place: Path, after: Mapping[Path, bytes], made: Sequence[Path]) -> None:
    """Raises CannotUndoError when what somebody added since rests on what came in."""
    whole = dict(read.texts(place, any_size=True))
    named = {file.absolute(): file for file in whole}
    whole |= {named.get(file, file): data for file, data in after.items()}
    for file in made:
        whole.pop(named.get(file, file), None)
    try:
        validate_with(whole, {}, lambda _: None)
    except DatasetError as error:
        why = one_line(str(error.problems[0].message))
        raise CannotUndoError(f"What was added since rests on it: {why}") from None


def _index() -> Mapping[str, Any]:
    try:
        data = files.read_limited(folder() / _INDEX, _MOST, follow=False)
        index: Mapping[str, Any] = json.loads(data)
        is_known = index["format"] == _FORMAT and all(
            isinstance(row["file"], str) and isinstance(row["after"], str) for row in index["files"]
        )
    except FileNotFoundError:
        raise CannotUndoError("There is no import that could be taken back.") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotUndoError(_UNREADABLE) from error
    if not is_known:
        raise CannotUndoError(_UNREADABLE)
    return index


def _now(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _kept(number: int) -> bytes:
    try:
        return files.read_limited(folder() / f"{number}", _MOST, follow=False)
    except OSError as error:
        raise CannotUndoError(_UNREADABLE) from error
