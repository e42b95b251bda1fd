"""TOML → Dataset, or every problem at once.

`read` turns files into tables, `validate` tables into records, `checks` compares the
records with one another, `places` finds the line a problem stands on, and `cache` keeps
a checked dataset so that the next start need not do all this again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.dataset.bundled import FIRST, bundled
from explorer.dataset.problems import DatasetError, Problem

if TYPE_CHECKING:
    from explorer.record.model import Dataset

__all__ = ["DatasetError", "Problem", "bundled", "check", "load", "shipped"]


def shipped() -> Path:
    """The folder of the dataset that opens when none is named."""
    return bundled()[FIRST]


def load(path: Path, *, cached: bool = True) -> Dataset:
    """Read and check a dataset: a folder of TOML files, or one file.

    Raises DatasetError, which holds every problem found, not the first only.
    """
    from explorer.dataset import cache, read

    files = read.texts(path)
    if cached and (kept := cache.fetch(files)) is not None:
        return kept

    from explorer.dataset.validate import validate

    dataset = validate(files)
    if cached:
        cache.keep(files, dataset)
    return dataset


def check(path: Path) -> tuple[Dataset, tuple[Problem, ...]]:
    """A dataset with what may be wrong in it, though it is valid: warnings for its writer.

    Raises DatasetError, which holds every problem found, when it is not valid.
    """
    from explorer.dataset import read
    from explorer.dataset.validate import examine

    return examine(read.texts(path))
