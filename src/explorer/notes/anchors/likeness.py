"""Words of a passage that are much like others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from explorer.notes.anchors.tokenize import Stretch, Text, stops

_BEGINNING = 4
"""Letters that make two words worth comparing: “tariff” and “tariffs”."""
_ALTERED = 32
"""What is longer are other words, and not the same ones altered."""


class Like(NamedTuple):
    """Words much like others."""

    likeness: float
    """From 0, nothing in common, to 1."""
    stretch: Stretch


def likest(words: Sequence[str], text: Text) -> Like | None:
    """The stretch of a passage that is most like some words, and how much it is."""
    matcher = SequenceMatcher(
        None, beginnings(words), beginnings(w[0] for w in text.words), autojunk=False
    )
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    there = [word[0] for word in text.words]
    lengths = [0, *accumulate(map(len, there))]
    own = sum(map(len, words))
    best, first, last = 0.0, 0, 0
    for number, start in enumerate(blocks):
        shared = 0
        for end in blocks[number:]:
            until = end.b + end.size
            shared += lengths[until] - lengths[end.b]
            share = shared / max(own, lengths[until] - lengths[start.b])
            if share > best:
                best, first, last = share, start.b, until
    first += stops(there[first:last])
    if first == last:
        return None
    return Like(_likeness(words, there[first:last]), text.stretch(first, last))


def beginnings(words: Iterable[str]) -> list[str]:
    return [word[:_BEGINNING].casefold() for word in words]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the longer of two wordings is in both: words, and a share of altered ones."""
    same = 0.0
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was, now = "".join(one[a:b]), "".join(other[c:d])
        if kind == "equal":
            same += len(was)
        elif kind == "replace" and max(len(was), len(now)) <= _ALTERED:
            by_letters = SequenceMatcher(None, was, now, autojunk=False).ratio()
            # Squared, for any two words have some letters in common.
            same += by_letters**2 * (len(was) + len(now)) / 2
    return same / max(sum(map(len, one)), sum(map(len, other)))
