"""Which clauses of two texts belong side by side.

By their matters first: clauses that share one, in either text, are one group. What is left is
paired by number and by the likeness of the words. Groups stand in the order of the first text,
and what only the second has follows what it follows there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest

from explorer.record.model import Clause
from explorer.text.folding import fold
from explorer.text.word_diff import ALIKE, likeness, words_in
from explorer.values import dataclass

_SAME_NUMBER = 0.35
"""Clauses under one number that share more of their words than this are one that was changed."""
_CLOSER_LOOKS = 3
"""With so many clauses of the other text one is compared word by word, the most promising."""
_SURE = 0.85
"""A clause that is so like another belongs to it, and needs no look at a third."""
_COMMON = 60
"""A word that more clauses have says nothing of what they are about."""
_LONG = 4_000
"""Letters of a clause beyond which it is compared by its beginning."""


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses of two texts on the same thing, those of one of them perhaps missing."""

    one: tuple[Clause, ...]
    other: tuple[Clause, ...]

    @property
    def matters(self) -> tuple[str, ...]:
        """All matters of its clauses."""
        clauses = (*self.one, *self.other)
        return tuple(dict.fromkeys(matter for clause in clauses for matter in clause.matters))

    def pairs(self) -> Iterator[tuple[Clause | None, Clause | None]]:
        """Each clause with the one whose words are most like its own, if any are alike."""
        found = _best_pairs(
            (
                (-likeness(_read(one), _read(other)), m, n)
                for m, one in enumerate(self.one)
                for n, other in enumerate(self.other)
            ),
            least=ALIKE,
        )
        for m, one in enumerate(self.one):
            yield one, self.other[found[m]] if m in found else None
        paired = set(found.values())
        yield from ((None, other) for n, other in enumerate(self.other) if n not in paired)


def aligned(one: Sequence[Clause], other: Sequence[Clause]) -> tuple[Group, ...]:
    """The clauses of two texts in groups."""
    groups = [group for group in _by_matter(one, other) if group.one and group.other]
    taken = {id(clause) for group in groups for clause in (*group.one, *group.other)}
    ones = [clause for clause in one if id(clause) not in taken]
    others = [clause for clause in other if id(clause) not in taken]
    pairs = _by_words(ones, others)
    paired = {id(clause) for clause in pairs.values()}
    groups += [Group((c,), (pairs[c.number],)) for c in ones if c.number in pairs]
    alone = [clause for clause in ones if clause.number not in pairs]
    alone_there = [clause for clause in others if id(clause) not in paired]
    return _in_order([*groups, *_by_matter(alone, alone_there)], one, other)


def aligned_states(one: Sequence[Clause], other: Sequence[Clause]) -> tuple[Group, ...]:
    """The clauses of two states of one text, by their numbers."""
    there = {clause.number: clause for clause in other}
    groups = [
        Group((clause,), (there.pop(clause.number),) if clause.number in there else ())
        for clause in one
    ]
    return _in_order([*groups, *(Group((), (clause,)) for clause in there.values())], one, other)


def _by_matter(one: Sequence[Clause], other: Sequence[Clause]) -> list[Group]:
    """The clauses in groups that share no matter; one without a matter is a group by itself."""
    parent: dict[str, str] = {}

    def root(matter: str) -> str:
        while parent.setdefault(matter, matter) != matter:
            matter = parent[matter]
        return matter

    for clause in (*one, *other):
        first, *more = [fold(matter) for matter in clause.matters] or [""]
        for matter in more:
            parent[root(matter)] = root(first)
    groups: dict[object, tuple[list[Clause], list[Clause]]] = {}
    for side, clauses in enumerate((one, other)):
        for place, clause in enumerate(clauses):
            key: object = root(fold(clause.matters[0])) if clause.matters else (side, place)
            groups.setdefault(key, ([], []))[side].append(clause)
    return [Group(tuple(ones), tuple(others)) for ones, others in groups.values()]


def _by_words(one: Sequence[Clause], other: Sequence[Clause]) -> dict[str, Clause]:
    """For numbers of the first text the clause of the second that is most like the first's."""
    promising = _Promising(other)

    def compared() -> Iterator[tuple[float, int, int]]:
        for m, clause in enumerate(one):
            for n in promising.of(clause):
                like = likeness(_read(clause), _read(other[n]))
                if like > ALIKE or (like > _SAME_NUMBER and clause.number == other[n].number):
                    yield -like, m, n
                if like > _SURE:
                    break

    found = _best_pairs(compared(), least=0)
    return {one[m].number: other[n] for m, n in found.items()}


class _Promising:
    """Which clauses of a text are worth a closer look.

    To compare every clause with every other word by word would take minutes for a treaty;
    rare words that two have in common say which may be alike.
    """

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._numbers = {clause.number: place for place, clause in enumerate(clauses)}
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for place, clause in enumerate(clauses):
            for word in _words(clause):
                self._holding[word].append(place)

    def of(self, clause: Clause) -> Sequence[int]:
        """The places of those that may be like a clause, the likeliest and its number's first."""
        shared: defaultdict[int, float] = defaultdict(float)
        for word in _words(clause):
            places = self._holding.get(word, ())
            if len(places) <= _COMMON:
                for place in places:
                    shared[place] += 1 / len(places)
        near = nlargest(_CLOSER_LOOKS, shared, key=shared.__getitem__)
        same = self._numbers.get(clause.number)
        return near if same is None else tuple(dict.fromkeys((*near[:1], same, *near[1:])))


def _best_pairs(compared: Iterable[tuple[float, int, int]], *, least: float) -> dict[int, int]:
    """Places that belong together, the most alike first and none twice."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for unlike, m, n in sorted(compared):
        if -unlike > least and m not in found and n not in taken:
            found[m] = n
            taken.add(n)
    return found


def _in_order(
    groups: Iterable[Group], one: Sequence[Clause], other: Sequence[Clause]
) -> tuple[Group, ...]:
    """Groups where the first text has them; what it lacks after what comes before it there."""
    places = {id(clause): place for place, clause in enumerate(one)}
    there = {id(clause): place for place, clause in enumerate(other)}
    at: dict[int, float] = {}
    lacking: list[tuple[int, Group]] = []
    ordered: list[tuple[float, int, Group]] = []
    for group in groups:
        if not group.one:
            lacking.append((min(there[id(clause)] for clause in group.other), group))
            continue
        place = min(places[id(clause)] for clause in group.one)
        ordered.append((place, -1, group))
        for clause in group.other:
            at[there[id(clause)]] = place
    for place, group in lacking:
        before = max((p for p in at if p < place), default=None)
        ordered.append((at[before] if before is not None else -1, place, group))
    return tuple(group for _, _, group in sorted(ordered, key=lambda item: item[:2]))


def _read(clause: Clause) -> str:
    return clause.words[:_LONG]


def _words(clause: Clause) -> frozenset[str]:
    return frozenset(words_in(_read(clause)))
