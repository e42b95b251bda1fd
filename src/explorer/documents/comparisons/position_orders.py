"""Positions in another order than that of the dataset: each once, with all who hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from explorer.documents.comparisons.positions_held import Held, Row
from explorer.record.days import last_day
from explorer.record.model import Negotiation, Position
from explorer.values import dataclass
from explorer.view import View

NAMES: Mapping[str, str] = {
    "holders": "by how many hold one",
    "stance": "by stance",
    "moved": "by who moved last",
}
"""The orders there are, as a title says them."""

_FIRMEST = ("red line", "opposed", "demand", "preference", "open")
"""The meanings of stances, from what leaves least room to what leaves most."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A position with those compared who hold it."""

    position: Position
    held: tuple[Held, ...]

    @property
    def holders(self) -> int:
        """How many hold it, as far as is known; nobody holds what was dropped."""
        return 0 if self.position.withdrawn else max(len(self.held), self.position.count or 0)


def taken(held: Iterable[Held]) -> tuple[Taken, ...]:
    """Each position once, in the order in which the first who holds it stands."""
    by_position: dict[tuple[int, str, int], list[Held]] = {}
    for each in held:
        if each.now is not None:
            # What was asked before may differ among those who ask for the same now.
            key = (id(each.now), each.movement, id(each.was))
            by_position.setdefault(key, []).append(each)
    return tuple(
        Taken(position, tuple(of))
        for of in by_position.values()
        if (position := of[0].now) is not None
    )


def ordered(view: View, rows: Sequence[Row], order: str) -> list[tuple[Row, tuple[Taken, ...]]]:
    """The rows, foremost first, each with its positions, foremost first.

    An issue stands where its foremost position does, and without any comes last.
    """
    rank = _RANKS[order](view.index.dataset.negotiation)
    listed = [(row, tuple(sorted(taken(row.held), key=rank))) for row in rows]
    return sorted(listed, key=lambda row: (not row[1], rank(row[1][0]) if row[1] else 0))


Rank = Callable[[Taken], float]


def _by_holders(_: Negotiation) -> Rank:
    return lambda each: -each.holders


def _by_stance(terms: Negotiation) -> Rank:
    def rank(each: Taken) -> float:
        stance = terms.meaning("stance", each.position.stance or "")
        if each.position.withdrawn or stance not in _FIRMEST:
            return len(_FIRMEST) + each.position.withdrawn
        return _FIRMEST.index(stance)

    return rank


def _by_day(_: Negotiation) -> Rank:
    return lambda each: -last_day(each.position.on).toordinal()


_RANKS: Mapping[str, Callable[[Negotiation], Rank]] = {
    "holders": _by_holders,
    "stance": _by_stance,
    "moved": _by_day,
}
