"""Second copies of a dataset's files, as sync tools and file managers leave them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from explorer.record.model import KINDS, PLURALS

_CERTAIN = 3
"""Records that two files of unlike names must share to be copies of each other."""
_NAMED = 3
"""Most records that are named of those that differ."""

_Records = Mapping[str, Any]
"""The records of a file, by kind and id."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds over again most of what another holds."""

    file: Path
    original: Path
    """The other; by its name the first of the two, when `is_named_after` it."""
    shared: int
    """How many of its records are in the other too."""
    records: int
    differing: tuple[str, ...] = ()
    """Records that are in one of the two only, or not the same in both."""
    is_named_after: bool = True
    """Whether its name says that it is the copy; else it may be the original as well."""
    is_link: bool = False
    """Whether both names are of one file."""

    def __str__(self) -> str:
        other = self.original.name
        if self.is_link:
            return (
                f"is the same file as {other} by another name, so that all in it would be there "
                "twice; remove this link"
            )
        lead = f"is a second copy of {other}" if self.is_named_after else f"holds what {other} does"
        held = "all" if self.shared == self.records else f"{self.shared} of its {self.records}"
        return f"{lead}: {held} records are in both, {self._what_to_do}"

    @property
    def _what_to_do(self) -> str:
        if not self.differing:
            return "and the same in both; move one of the two out of the folder"
        named = ", ".join(self.differing[:_NAMED])
        more = len(self.differing) - _NAMED
        return (
            f"but the two differ ({named}{f' and {more} more' if more > 0 else ''}); "
            "bring into one what differs, then move the other out of the folder"
        )


def copies(documents: Mapping[Path, Mapping[str, Any]]) -> Iterator[Copy]:
    """The second copies among the files of a dataset, each once."""
    held = {file: _records(document) for file, document in documents.items()}
    found: set[Path] = set()
    for original, file in combinations(sorted(held, key=_seniority), 2):
        if found & {original, file} or not held[file]:
            continue
        shared = held[original].keys() & held[file].keys()
        is_named_after = _is_named_after(file, original)
        is_link = _is_one_file(file, original)
        is_most = len(shared) * 2 > min(len(held[original]), len(held[file]))
        if is_link or (is_most and (is_named_after or len(shared) >= _CERTAIN)):
            found.add(file)
            yield Copy(
                file,
                original,
                len(shared),
                len(held[file]),
                tuple(_differing(held[original], held[file])),
                is_named_after,
                is_link,
            )


def _seniority(file: Path) -> tuple[bool, bool, int, str]:
    """Of two files that hold the same, the one that comes first is the original, if any is."""
    stem = file.stem.casefold()
    is_usual = stem in KINDS or stem in PLURALS.values()
    return (file.is_symlink(), not is_usual, len(stem), file.name)


def _is_named_after(file: Path, original: Path) -> bool:
    """Whether a name is another with something before or after it: “Copy of rounds”."""
    name = re.escape(original.stem.casefold())
    found = re.search(rf"(?<![^\W\d_]){name}(?![^\W\d_])", file.stem.casefold())
    return found is not None


def _is_one_file(one: Path, other: Path) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False


def _differing(one: _Records, other: _Records) -> Iterator[str]:
    for ref in (*one, *(ref for ref in other if ref not in one)):
        if one.get(ref) != other.get(ref):
            yield ref


def _records(document: Mapping[str, Any]) -> _Records:
    tables = (
        (kind, table)
        for kind, value in document.items()
        for table in (value if isinstance(value, tuple) else (value,))
    )
    return {
        f"{kind}:{table['id']}": table
        for kind, table in tables
        if isinstance(table, dict) and "id" in table
    }
