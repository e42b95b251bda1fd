"""The files of a dataset as they are at a moment: whether they are still as they were.

Compared with `file_state`, which knows files again at a next start, this is asked several
times a second: it opens nothing, and so waits for no pipe.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from explorer.dataset.text_files import ENDINGS
from explorer.values import dataclass

_OURS = (".toml", *ENDINGS)

_LATELY = 24 * 3600 * 10**9

_Described = tuple[str | int, ...]
"""The path of a file, and how the disk describes it: when it was changed first of all."""
State = tuple[_Described, ...]
"""What differs once a file is written, added, removed or renamed."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The dataset that is shown, and how its files were when they were read."""

    path: Path
    any_size: bool
    overlays: Path | None
    """The folder of what the reader added to datasets, when that is read too."""
    state: State

    def look(self) -> State:
        """How its files are now."""
        return look(self.path, self.overlays)

    def were_written_lately(self) -> bool:
        """Whether somebody is at work on them: a file was changed within a day."""
        changed = max((int(changed) for _, changed, *_ in self.state), default=0)
        return time.time_ns() - changed < _LATELY


def look(path: Path, overlays: Path | None = None) -> State:
    """How the files of a dataset and of overlays are, whatever is in their place."""
    state: list[_Described] = []
    _look_at_dataset(path, state)
    if overlays is not None:
        _look_at_overlays(overlays, state)
    state.sort()
    return tuple(state)


def _look_at_dataset(path: Path, state: list[_Described]) -> None:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            _look_into(path, _OURS, state)
        else:
            state.append(("", *_marks(found)))
            _look_into(path.parent, ENDINGS, state)
    except OSError as error:
        state.append(("", error.errno or 0))


def _look_at_overlays(path: Path, state: list[_Described]) -> None:
    """At those of all datasets: which it is of these is known when they were read."""
    with suppress(OSError), os.scandir(path) as folders:  # as a rule there is none
        for folder in folders:
            with suppress(OSError):
                _look_into(folder.path, _OURS, state)


def _look_into(folder: str | Path, endings: tuple[str, ...], state: list[_Described]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == "." or not name.lower().endswith(endings):
                continue  # a lock or a backup of some program
            try:
                state.append((entry.path, *_marks(entry.stat())))
            except OSError as error:  # a link that leads nowhere, or in a circle
                state.append((entry.path, error.errno or 0))


def _marks(found: os.stat_result) -> tuple[int, ...]:
    """What changes with a file, whatever is done to it."""
    times = (found.st_mtime_ns, found.st_ctime_ns)
    return (*times, found.st_size, found.st_ino, found.st_mode, found.st_dev)
