"""TOML → records, or every problem at once.

`read` turns files into tables, `validate` tables into records, `checks` compares the
records with one another, `places` finds the line a problem stands on, and `cache` keeps
what was made, so that the next start need not do all this again. `apart` has another
process do it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.dataset.bundled import FIRST, bundled
from explorer.dataset.problems import DatasetError, Problem

if TYPE_CHECKING:
    from explorer.dataset.progress import Progress
    from explorer.record.catalogue import Catalogue
    from explorer.record.index import Index
    from explorer.record.model import Dataset

__all__ = ["DatasetError", "Problem", "bundled", "check", "load", "prepare", "shipped"]


def shipped() -> Path:
    """The folder of the dataset that opens when none is named."""
    return bundled()[FIRST]


def load(
    path: Path,
    *,
    cached: bool = True,
    any_size: bool = False,
    progress: Progress | None = None,
    overlays: Path | None = None,
) -> Index:
    """Read and check a dataset: a folder of TOML files, or one file.

    With `progress` another process does it, unless it was done before, and can be stopped.
    `overlays` is the folder of what the reader added to datasets. What was added to this one is
    read on top of it, or left out when it has problems: `Index.additions` says which.

    Raises DatasetError, which holds every problem found, not the first only.
    """
    from explorer.record.index import Index

    with _no_garbage():
        how = (cached, any_size, progress)
        catalogue = _loaded(path, None, *how)
        if overlays is not None:
            catalogue = _with_overlay(catalogue, path, overlays, *how)
        return Index(catalogue)


def _with_overlay(record: Catalogue, path: Path, overlays: Path, *how: Any) -> Catalogue:
    from explorer.dataset import overlay
    from explorer.record.catalogue import Additions

    own = overlay.of(overlays, record.negotiation.id)
    record.additions = Additions(own)
    if not overlay.files(own):
        return record
    try:
        catalogue = _loaded(path, own, *how)
    except DatasetError as error:
        told = str(DatasetError(own, error.problems))
        record.additions = Additions(own, trouble=told, problems=error.problems)
        return record
    catalogue.additions = Additions(own, is_read=True, aside=catalogue.aside)
    return catalogue


def prepare(path: Path, *, any_size: bool = False) -> Progress:
    """Have another process begin to read a dataset at once, if it is new or has changed.

    What it makes is what `load` gives when it is handed this progress.
    """
    from explorer.dataset import file_state, read
    from explorer.dataset.progress import Progress

    progress = Progress()
    with suppress(DatasetError):  # which `load` raises again
        seen = file_state.look(read.files(path))
        if seen is None or not file_state.noted(seen):
            from explorer.dataset import apart

            progress.watch(apart.begun(path, any_size=any_size))
    return progress


def _loaded(
    path: Path, own: Path | None, cached: bool, any_size: bool, progress: Progress | None
) -> Catalogue:
    from explorer.dataset import cache, file_state, here, overlay, read

    def again() -> Catalogue:
        texts = read.texts(path, any_size=any_size)
        return here.made(texts, overlay.texts(own, any_size=any_size))

    if not cached:
        return again()
    seen = file_state.look(overlay.described(path, own))
    key = file_state.noted(seen) if seen is not None else ""
    if key and (kept := cache.opened(key, again)) is not None:
        return kept
    if progress is not None:
        from explorer.dataset import apart

        if (there := apart.load(path, progress, again, any_size=any_size, own=own)) is not None:
            return there
    _, catalogue = here.load(path, any_size=any_size, own=own)
    return catalogue


def check(path: Path, *, any_size: bool = False) -> tuple[Dataset, tuple[Problem, ...]]:
    """A dataset with what may be wrong in it, though it is valid: warnings for its writer.

    Raises DatasetError, which holds every problem found, when it is not valid.
    """
    from explorer.dataset import read
    from explorer.dataset.validate import examine

    with _no_garbage():
        return examine(read.texts(path, any_size=any_size))


@contextmanager
def _no_garbage() -> Iterator[None]:
    """What is read is kept; looking through it for garbage again and again is waste."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
