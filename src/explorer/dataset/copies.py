"""Second copies of a dataset's files, as sync tools and file managers leave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

_CERTAIN = 3
"""Records that two files of unlike names must share to be copies of each other."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds over again most of what another holds."""

    file: Path
    original: Path
    shared: int
    """How many of its records are in the other too."""
    records: int

    def __str__(self) -> str:
        held = "all" if self.shared == self.records else f"{self.shared} of its {self.records}"
        return (
            f"is a second copy of {self.original.name}: {held} records are in both; "
            "move one of the two out of the folder"
        )


def copies(documents: Mapping[Path, Mapping[str, Any]]) -> Iterator[Copy]:
    """The second copies among the files of a dataset, each told once."""
    held = {file: _ids(document) for file, document in documents.items()}
    told: set[Path] = set()
    for pair in combinations(sorted(held, key=lambda file: (len(file.stem), file.name)), 2):
        original, file = pair
        if told & set(pair) or not held[file]:
            continue
        shared = held[original] & held[file]
        alike = original.stem.casefold() in file.stem.casefold()
        if len(shared) * 2 > min(map(len, (held[original], held[file]))) and (
            alike or len(shared) >= _CERTAIN
        ):
            told.add(file)
            yield Copy(file, original, len(shared), len(held[file]))


def _ids(document: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The records of a file by kind and id."""
    tables = (
        (kind, table)
        for kind, value in document.items()
        for table in (value if isinstance(value, tuple) else (value,))
    )
    return {
        (kind, str(table["id"]))
        for kind, table in tables
        if isinstance(table, dict) and "id" in table
    }
