"""From an anchor to its words: whether they stand as they stood, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from explorer.anchors.likeness import likest
from explorer.anchors.reading import (
    REACH,
    Passage,
    Stretch,
    Text,
    compared,
    compared_beside,
    passages,
    words_in,
)
from explorer.difference import ALIKE
from explorer.index import Index
from explorer.model import Ref
from explorer.notes import Anchor

LONG = 40
"""Words of so many characters that stand once in a record are the same ones, wherever in it."""

Kind = Literal["unchanged", "moved", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the words of an anchor."""

    kind: Kind
    """Whether they stand as they stood, elsewhere, or in other words; all but `unchanged`
    ask for a person's consent."""
    words: str = ""
    """The words as they stand now; nothing when they are gone."""
    passage: Passage | None = None
    """Where they stand."""
    anchor: Anchor | None = None
    """The anchor for the words as they stand now, to be saved on consent."""


_KNOWN_PLACE = 16
"""So many characters around them tell where words stood, whatever stands there now."""


def find(anchor: Anchor, record: Any) -> Found:
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
    for place in places:
        if place.stands_between(*around) or _is_the_only(place, texts):
            return _found("unchanged", place)
    instead = next((s for text in texts for s in _instead(text, exact, *around)), None)
    # A few words may stand elsewhere by chance; many do not.
    if places and (instead is None or len(exact) >= LONG):
        return _found("moved", max(places, key=lambda place: place.nearness(*around)))
    if instead is not None:
        return _found("changed", instead)
    words = words_in(exact)
    likes = [like for text in texts if (like := likest(words, text))]
    best = max(likes, key=lambda like: like.likeness, default=None)
    if best is not None and best.likeness >= ALIKE:
        return _found("changed", best.stretch)
    return Found("gone")


def follow(anchor: Anchor, ref: Ref, index: Index) -> Found:
    """The same for a record that may bear another id by now, or be gone."""
    current = index.current(ref)
    return Found("gone") if current is None else find(anchor, index[current])


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
