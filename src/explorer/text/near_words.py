"""Which known word is meant by one that is not known."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

_MANY = 400
"""Words with which one is not compared each by each: it would take too long."""
_TOO_MANY = 20_000
"""Words of which only those that begin or end alike are looked at."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that is most like one, or nothing when none is."""
    return next(iter(likely(word, known, 1, likeness)), "")


def likely(word: str, known: Iterable[str], most: int, likeness: float) -> list[str]:
    """At most so many known words that are like one, the likest first."""
    import difflib

    words = list(known)
    if len(words) > _TOO_MANY:
        begins, ends = word[:3], word[-3:]
        words = [one for one in words if one.startswith(begins) or one.endswith(ends)][:_TOO_MANY]
    if len(words) > _MANY:
        letters, length = set(word), len(word)
        words = heapq.nsmallest(
            _MANY,
            words,
            key=lambda one: len(letters.symmetric_difference(one)) + abs(len(one) - length),
        )
    return difflib.get_close_matches(word, words, n=most, cutoff=likeness)
