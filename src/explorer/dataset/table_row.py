"""A table as it was read, with the place where it stands and what is wrong with it by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from explorer.dataset.faults import Fault
from explorer.dataset.places import Origin

Path_ = tuple[str | int, ...]
"""Keys as a person writes them, places from 0."""


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a kind."""

    kind: str
    origin: Origin
    value: Any
    is_damaged: bool = False
    """Whether something in it could not be read."""
    is_assumed: bool = False
    """Whether a day that was left out is taken from another: that words were published when they
    were said."""
    faults: dict[Path_, Fault] = field(default_factory=dict)
    """By the keys that lead to each; of several faults in one place the first."""
    added: Mapping[tuple[str, int], tuple[Origin, int]] = field(default_factory=dict)
    """Entries that another file adds, by key and place: where that has its record, and which of
    its entries each is."""

    @property
    def title(self) -> str:
        if self.kind == "negotiation":
            return "[negotiation]"
        slug = self.value.get("id") if isinstance(self.value, dict) else None
        return f"[[{self.kind}]] {slug or f'number {self.origin.place + 1}'}"

    def written_at(self, path: Sequence[str | int]) -> tuple[Origin, Path_]:
        """The table in which a key within it is written, and the way to it there."""
        match tuple(path):
            case (str(key), int(place), *rest) if (key, place) in self.added:
                origin, nth = self.added[key, place]
                return origin, (key, nth, *rest)
            case whole:
                return self.origin, whole


Rows = dict[str, list[Row]]
"""The tables of each kind."""
