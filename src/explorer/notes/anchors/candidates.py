"""Where a note might belong whose words, or whose record, are gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from heapq import nlargest

from explorer.notes import Anchor
from explorer.notes.anchors.likeness import Like, beginnings, likest
from explorer.notes.anchors.tokenize import (
    AROUND,
    HAS_LETTER,
    Passage,
    Stretch,
    Text,
    compared,
    compared_beside,
    passages,
    words_in,
)
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.text.folding import fold
from explorer.text.word_diff import ALIKE
from explorer.values import dataclass

_SOUGHT = 12
"""So many of the words say which passages are worth a closer look, …"""
_SHARED = 0.4
"""… those that hold such a share of them, …"""
_CLOSER_LOOKS = 60
"""… and of these no more than so many."""
_NEARLY = 0.99
_PLAIN_WORD = re.compile("[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a note might belong whose record or words are gone."""

    ref: Ref
    words: str
    """The words there; nothing for a note that is on a record as a whole."""
    likeness: float
    """How much they, or the names, are alike: 1 for the very words."""
    passage: Passage | None = None
    anchor: Anchor | None = None
    """The anchor for these words, to be saved on consent."""


def candidates(
    anchor: Anchor | None, index: Index, near: Ref | None, limit: int = 5
) -> tuple[Candidate, ...]:
    """Where the words of an anchor stand in the dataset, or words much like them.

    `near` is the record the note was on, which may be gone: it comes first, then records of
    its kind, then others; within these, what is most alike. When there are more
    than `limit`, those with the very words are kept. Without an anchor, for a note on a record
    that is gone, they are the records of its kind with a name or id much like its id.
    """
    if anchor is None:
        return _alike_by_name(index, near, limit)
    exact = compared(anchor.exact)
    if not exact:
        return ()
    here = index.current(near) if near else None

    def distance(ref: Ref) -> int:
        return 0 if ref == here else 1 if near and ref.kind == near.kind else 2

    def order(ref: Ref, like: Like) -> tuple[int, float]:
        return distance(ref), -like.likeness

    best: dict[Ref, Like] = {}
    for ref, like in _much_alike(exact, index, distance):
        if ref not in best or like.likeness > best[ref].likeness:
            best[ref] = like
    # The very words are not to be cut off by those of a nearer record that are only like them.
    kept = sorted(best.items(), key=lambda one: (one[1].likeness < 1, *order(*one)))[:limit]
    return tuple(
        Candidate(ref, stretch.words, likeness, stretch.text.passage, stretch.anchor)
        for ref, (likeness, stretch) in sorted(kept, key=lambda one: order(*one))
    )


def standing(anchor: Anchor, index: Index, near: Ref | None) -> tuple[Ref, Stretch] | None:
    """Where the very words stand in the dataset.

    Of several places the one in a record that has to do with the note's own comes first, then
    the one whose surroundings agree best.
    """
    whole = compared(anchor.exact)
    around = compared_beside(anchor.prefix), compared_beside(anchor.suffix)
    linked = index.linked(near) if near is not None else frozenset()
    for exact in filter(None, dict.fromkeys((whole, whole.strip(AROUND)))):
        places = _places_of(exact, index)
        best = max(places, key=lambda p: (p[0] in linked, p[1].nearness(*around)), default=None)
        if best is not None:
            return best
    return None


def _places_of(exact: str, index: Index) -> Iterator[tuple[Ref, Stretch]]:
    # To look for one word first is ten times quicker.
    longest = max(_PLAIN_WORD.findall(exact), key=len, default="")
    for record in index.dataset.records():
        for passage in passages(record):
            if longest in passage.text:
                for place in Text(passage).holding(exact):
                    yield record.ref, place


def _much_alike(
    exact: str, index: Index, distance: Callable[[Ref], int]
) -> Iterator[tuple[Ref, Like]]:
    """Passages with the words, and those of the others that share the rarest of them.

    To compare every passage word by word would take seconds; long words are rare ones, and
    to look for a few is quick.
    """
    words = words_in(exact)
    longest = sorted(filter(HAS_LETTER.search, words), key=len, reverse=True)
    sought = list(dict.fromkeys(beginnings(longest)))[:_SOUGHT]
    likely: list[tuple[Ref, Text, list[str]]] = []
    for record in index.dataset.records():
        for passage in passages(record):
            text = Text(passage)
            if place := next(text.holding(exact), None):
                yield record.ref, Like(1.0, place)
                continue
            folded = text.compared.casefold()
            shared = [word for word in sought if word in folded]
            if len(shared) >= _SHARED * len(sought) and shared:
                likely.append((record.ref, text, shared))
    holding = Counter(word for _, _, shared in likely for word in shared)

    def promise(one: tuple[Ref, Text, list[str]]) -> tuple[float, int]:
        return sum(1 / holding[word] for word in one[2]), -distance(one[0])

    for ref, text, _ in nlargest(_CLOSER_LOOKS, likely, key=promise):
        like = likest(words, text)
        if like is not None and like.likeness >= ALIKE:
            # But for blanks, they may be the same words.
            yield ref, like._replace(likeness=min(like.likeness, _NEARLY))


def _alike_by_name(index: Index, near: Ref | None, limit: int) -> tuple[Candidate, ...]:
    """Records of a kind whose id or name is much like the id of one that is gone."""
    if near is None or index.current(near) is not None:
        return ()
    matcher = SequenceMatcher(None, "", near.id, autojunk=False)
    found: list[Candidate] = []
    for record in index.dataset.of(near.kind):
        name = fold(getattr(record, "name", "")).replace(" ", "-")
        likeness = max(
            _at_least_alike(matcher, name) for name in (*record.formerly, record.id, name)
        )
        if likeness:
            found.append(Candidate(record.ref, "", likeness))
    return tuple(nlargest(limit, found, key=lambda candidate: candidate.likeness))


def _at_least_alike(matcher: SequenceMatcher[str], name: str) -> float:
    """How much a name is like another, or 0 when that is too little to matter."""
    matcher.set_seq1(name)
    if matcher.quick_ratio() < ALIKE or (likeness := matcher.ratio()) < ALIKE:
        return 0.0
    return likeness
