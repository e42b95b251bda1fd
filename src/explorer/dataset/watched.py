"""The files of a dataset as they are at a moment: whether they are still as they were.

Compared with `file_state`, which knows files again at a next start, this is asked several
times a second: it opens nothing, and so waits for no pipe.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from explorer.dataset.text_files import ENDINGS
from explorer.values import dataclass

_OURS = (".toml", *ENDINGS)

_CHANGED = 2
"""The place of the time of the last change among the marks of a file."""
_LATELY = 24 * 3600 * 10**9

_Described = tuple[str, tuple[int, ...]]
"""The name of a file, and how the disk describes it."""
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
        changed = max((of[_CHANGED] for _, of in self.state if len(of) > _CHANGED), default=0)
        return time.time_ns() - changed < _LATELY


def look(path: Path, overlays: Path | None = None) -> State:
    """How the files of a dataset and of overlays are, whatever is in their place."""
    return (*_of_dataset(path), *_of_overlays(overlays))


def _of_overlays(folder: Path | None) -> Iterator[_Described]:
    """The files of all overlays: which is that of the dataset is known when it was read."""
    if folder is None:
        return
    with suppress(OSError):  # as a rule there is none
        for own in sorted(folder.iterdir()):
            with suppress(OSError):
                yield from sorted(_described(own, _OURS))


def _of_dataset(path: Path) -> tuple[_Described, ...]:
    try:
        is_folder = path.is_dir()
        folder = path if is_folder else path.parent
        own = [] if is_folder else [(path.name, _marks(path.stat()))]
        return (*own, *sorted(_described(folder, _OURS if is_folder else ENDINGS)))
    except OSError as error:
        return (("", (error.errno or 0,)),)


def _described(folder: Path, endings: tuple[str, ...]) -> Iterator[_Described]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or not entry.name.lower().endswith(endings):
                continue  # a lock or a backup of some program
            try:
                yield entry.name, _marks(entry.stat())
            except OSError as error:  # a link that leads nowhere, or in a circle
                yield entry.name, (error.errno or 0,)


def _marks(found: os.stat_result) -> tuple[int, ...]:
    """What changes with a file, whatever is done to it."""
    times = (found.st_mtime_ns, found.st_ctime_ns)
    return (found.st_mode, found.st_size, *times, found.st_ino, found.st_dev)
