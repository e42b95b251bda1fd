"""From words that a person selected on a page to an anchor."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from explorer.notes import Anchor
from explorer.notes.anchors.tokenize import (
    AROUND,
    Stretch,
    Text,
    compared,
    in_common,
    letters_in,
    passages,
    stops,
    words_in,
)
from explorer.record.model import AnyRecord
from explorer.values import dataclass

_MOST = 0.6
"""The share of what was selected that the words in one passage must make up."""
_SOURCE_MARKS = re.compile(r"(?:\[\d+\])+")
_DRAWN = re.compile("[\u2500-\u259f]")
"""Lines and bars that the screen draws beside the words."""
_LINE_END = re.compile(r"(\S+)[^\S\n]*\n\s*(?=(\S+))")


def anchored(record: AnyRecord, selected: str, *, before: str = "", after: str = "") -> Anchor:
    """The anchor for words that a person selected on the record's page.

    A page is wrapped, and adds quotation marks, source marks, dates and labels of its own.
    So the words are those whole words of the selection that stand together in one passage,
    if they are most of what was selected. Raises ValueError, with words for the person,
    when they are not.

    `before` and `after` are what stood around the selection on the page, as much of it as
    is at hand: of several places with the same words the one is taken that agrees best with
    both, and the first if none does better.
    """
    texts = [Text(passage) for passage in passages(record)]
    shown = _mended(_DRAWN.sub(" ", selected), texts)
    words = words_in(compared(shown))
    asked = letters_in(words_in(compared(_SOURCE_MARKS.sub(" ", shown))))
    if not asked:
        raise ValueError("select some words first")
    run = max((_longest_run(words, text) for text in texts), key=_Run.size, default=_NO_RUN)
    if run.stretch is None or run.letters < _MOST * asked:
        raise ValueError("these words are not this record's own; open the record they stand in")
    left = [*words_in(compared(before)), *words[: run.first]]
    right = [*words[run.last :], *words_in(compared(after))]
    places = [place for text in texts for place in text.holding(compared(run.stretch.words))]
    return max(places, key=lambda place: _agreement(place, left, right)).anchor


def own_words(record: AnyRecord) -> Callable[[str], bool]:
    """Whether words of a page, without what it adds around them, are all the record's own."""
    texts = [compared(passage.text) for passage in passages(record)]

    def are_own(words: str) -> bool:
        shown = compared(_SOURCE_MARKS.sub(" ", _DRAWN.sub(" ", words))).strip(AROUND)
        return bool(shown) and any(shown in text for text in texts)

    return are_own


def _mended(selected: str, texts: Sequence[Text]) -> str:
    """What was selected, with words put together that were broken at the end of a line."""
    known = {word[0] for text in texts for word in text.words}

    def closed(found: re.Match[str]) -> str:
        start, rest = words_in(compared(found[1]))[-1], words_in(compared(found[2]))[0]
        broken = start + rest in known and not {start, rest} <= known
        return found[1] if broken else found[0]

    return _LINE_END.sub(closed, selected)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a selection, from one to the one before another, and where they stand."""

    words: Sequence[str]
    first: int
    last: int
    stretch: Stretch | None

    @property
    def letters(self) -> int:
        return letters_in(self.words[self.first : self.last])

    def size(self) -> tuple[int, int]:
        """By what there is to read; then with its signs ahead of the same words without."""
        return self.letters, self.last - self.first


_NO_RUN = _Run((), 0, 0, None)


def _longest_run(words: Sequence[str], text: Text) -> _Run:
    """The most that a passage has of a selection in one piece, without a stop ahead of it."""
    matcher = SequenceMatcher(None, words, [word[0] for word in text.words], autojunk=False)
    longest = _NO_RUN
    for first, there, size in matcher.get_matching_blocks():
        skipped = stops(words[first : first + size])
        if skipped < size:
            stretch = text.stretch(there + skipped, there + size)
            run = _Run(words, first + skipped, first + size, stretch)
            longest = max(longest, run, key=_Run.size)
    return longest


def _agreement(place: Stretch, left: Sequence[str], right: Sequence[str]) -> int:
    """How many words around a place are those around the selection."""
    before, after = words_in(place.before), words_in(place.after)
    return _agreeing(before[::-1], left[::-1]) + _agreeing(after, right)


def _agreeing(own: Sequence[str], shown: Sequence[str]) -> int:
    """How many words agree from the first on; other words speak against the place."""
    number = in_common(own, shown)
    return number if number or not own or not shown else -1
