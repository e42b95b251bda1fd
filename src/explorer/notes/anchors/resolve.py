"""From an anchor to its words: whether they stand as they stood, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from explorer.notes import Anchor
from explorer.notes.anchors.candidates import standing
from explorer.notes.anchors.likeness import likest
from explorer.notes.anchors.tokenize import (
    AROUND,
    HAS_LETTER,
    REACH,
    Passage,
    Stretch,
    Text,
    compared,
    compared_beside,
    passages,
    words_in,
)
from explorer.record.index import Index
from explorer.record.model import AnyRecord, Ref
from explorer.text.word_diff import ALIKE
from explorer.values import dataclass

LONG = 40
"""Words of so many characters that stand once in a record are the same ones, wherever in it."""

Kind = Literal["unchanged", "moved", "changed", "spread", "elsewhere", "gone"]


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the words of an anchor."""

    kind: Kind
    """Whether they stand as they stood, between other words, in other words, in several texts
    of the record, or in another record; all but `unchanged` ask for a person's consent."""
    words: str = ""
    """The words as they stand now; nothing when they are gone."""
    passage: Passage | None = None
    """Where they stand."""
    anchor: Anchor | None = None
    """The anchor for the words as they stand now, to be saved on consent."""
    others: tuple[Anchor, ...] = ()
    """Those for further places in the record with the very words, when they have moved."""
    ref: Ref | None = None
    """The record they stand in, when it is another."""
    is_sure: bool = True
    """Whether they stand in that place for sure, and not only much like words there."""


_SENTENCE_END = re.compile(r"(?<=[.!?])[\"']? +|(?<=[。！？])")
_KNOWN_PLACE = 16
"""So many characters around them show where words stood, whatever stands there now."""


def find(anchor: Anchor, record: AnyRecord) -> Found:
    """What became of the words of an anchor in a record.

    “Unchanged” are only the very words between the same surroundings, or so many of them
    (`LONG`) that they are the same wherever they stand, if that is in one place only.
    """
    exact = compared(anchor.exact)
    if not exact:
        return Found("gone")
    around = compared_beside(anchor.prefix), compared_beside(anchor.suffix)
    texts = [Text(passage) for passage in passages(record)]
    places = [place for text in texts for place in text.holding(exact)]
    if not places and (bare := exact.strip(AROUND)) not in ("", exact):
        # Copied with the marks that a page, or a person, put around them.
        places = [place for text in texts for place in text.holding(bare)]
        exact = bare if places else exact
    for place in places:
        if place.stands_between(*around) or _is_the_only(place, texts):
            return _found("unchanged", place)
    instead = next((s for text in texts for s in _instead(text, exact, *around)), None)
    # A few words may stand elsewhere by chance; many do not.
    if places and (instead is None or len(exact) >= LONG):
        nearest = max(places, key=lambda place: place.nearness(*around))
        others = tuple(place.anchor for place in places if place != nearest)
        return replace(_found("moved", nearest), others=others)
    if instead is not None:
        return _found("changed", instead)
    return _otherwise(exact, texts)


def _otherwise(exact: str, texts: Sequence[Text]) -> Found:
    """What is like words that do not stand in a record as they are."""
    in_capitals = (place for text in texts for place in text.holding_in_any_case(exact))
    if (otherwise := next(in_capitals, None)) is not None:
        return _found("changed", otherwise)
    if _stand_apart(exact, texts):
        return Found("spread")
    words = words_in(exact)
    likes = [like for text in texts if (like := likest(words, text))]
    best = max(likes, key=lambda like: like.likeness, default=None)
    if best is not None and best.likeness >= ALIKE:
        return replace(_found("changed", best.stretch), is_sure=False)
    return Found("gone")


def follow(anchor: Anchor, ref: Ref, index: Index) -> Found:
    """The same for a record that may bear another id by now, or be gone."""
    current = index.current(ref)
    return Found("gone") if current is None else find(anchor, index[current])


def locate(anchor: Anchor, ref: Ref, index: Index) -> Found:
    """The same, with where the words stand when they are another record's.

    Of several such records one that has to do with the note's own comes first: a page shows
    the words of others too, and somebody may have taken these from it.
    """
    found = follow(anchor, ref, index)
    if found.kind == "gone" or (found.kind == "changed" and not found.is_sure):
        other = standing(anchor, index, index.current(ref))
        if other is not None:
            return replace(_found("elsewhere", other[1]), ref=other[0])
    return found


def _stand_apart(exact: str, texts: Sequence[Text]) -> bool:
    """Whether they are several sentences that each stand somewhere in the record."""
    sentences = [sentence for sentence in _SENTENCE_END.split(exact) if HAS_LETTER.search(sentence)]
    return len(sentences) > 1 and all(
        any(True for text in texts for _ in text.holding(sentence.strip(AROUND)))
        for sentence in sentences
    )


def _found(kind: Kind, stretch: Stretch) -> Found:
    return Found(kind, stretch.words, stretch.text.passage, stretch.anchor)


def _is_the_only(place: Stretch, texts: Sequence[Text]) -> bool:
    """Whether it is long, and the same words stand nowhere else, not even as parts of others."""
    words = place.text.compared[place.start : place.end]
    return (
        len(words) >= LONG
        and not place.is_tied
        and sum(len(re.findall(f"(?={re.escape(words)})", t.compared)) for t in texts) == 1
    )


def _instead(text: Text, exact: str, prefix: str, suffix: str) -> Iterator[Stretch]:
    """What stands between the surroundings now, without the words that stood there."""
    if len(prefix) + len(suffix) < _KNOWN_PLACE:
        return
    starts = [m.end() for m in re.finditer(re.escape(prefix), text.compared)] if prefix else [0]
    for start in starts:
        end = text.compared.find(suffix, start) if suffix else len(text.compared)
        stretch = Stretch(text, start, end)
        if (
            start < end <= start + 2 * len(exact) + REACH
            and stretch.is_whole
            and stretch.stands_between(prefix, suffix)
            and not any(start <= p.start and p.end <= end for p in text.holding(exact))
        ):
            yield stretch
