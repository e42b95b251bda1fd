"""Where a reader's overlay of a dataset is, and whether what is added goes there.

An overlay is a folder of TOML files as a dataset is, one for each negotiation, by its id. It
is read on top of the dataset: see `joining`.
"""

from __future__ import annotations

import os
from pathlib import Path

from explorer.dataset import read
from explorer.dataset.bundled import bundled
from explorer.dataset.read import Texts
from explorer.storage import folders


def of(base: Path, negotiation_id: str) -> Path:
    """The folder of the overlay of a negotiation, below that of all overlays."""
    return base / negotiation_id


def files(folder: Path | None) -> list[Path]:
    """The files of an overlay; none when there is no such folder, or nothing in it.

    Of a folder that may not be read it is the folder: who goes on to read it says why not.
    """
    try:
        if folder is None or not folder.is_dir():
            return []
    except OSError:  # nobody can know whether there is one
        return []
    try:
        return [file for file in sorted(folder.iterdir()) if read.is_ours(file)]
    except OSError:
        return [folder]


def described(path: Path, own: Path | None) -> list[Path]:
    """Every file that a dataset and its overlay may be made of. Raises DatasetError."""
    beside = read.described(own) if own is not None and files(own) else []
    return [*read.described(path), *beside]


def texts(own: Path | None, *, any_size: bool = False) -> Texts:
    """The files of an overlay and what is in them. Raises DatasetError."""
    return read.texts(own, any_size=any_size) if own is not None and files(own) else {}


def is_needed(path: Path) -> bool:
    """Whether what is added to a dataset must go to an overlay.

    A dataset that comes with the program is not the reader's, nor one that cannot be written.
    """
    ours = any(path.resolve() == one.resolve() for one in bundled().values())
    folder = path if path.is_dir() else path.parent
    return ours or not folders.can_write(folder) or not _may_be_written(path)


def _may_be_written(path: Path) -> bool:
    written = read.files(path)
    return all(os.access(file, os.W_OK) for file in written)
