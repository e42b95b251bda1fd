"""Whether words stand in a page, whatever may differ in print: signs and blanks, never words.

Quotation marks, dashes, commas and blanks are not compared, nor what nobody sees. “[…]” and “…”
are cuts; what stands in [brackets] was put in by whoever quotes, unless the page prints it so.
The first letter of a piece may be a capital in one of the two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate

from explorer.text.word_diff import CHARACTERS

_LETTER = rf"(?:[^\W\d_{CHARACTERS}]|[\u0300-\u036f])"
_APOSTROPHES = "'’‘ʼ´`"
_WORD = re.compile(
    rf"[{CHARACTERS}]|\d+(?:[.,:]\d+)*|{_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*|[%‰$€£¥₹§+=<>&]"
)
_WITHOUT_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]")
_CUT = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\s?\.\s?\.+")
_CAPITAL = re.compile(r"\[(\w)\](?=\w)")
"""“[T]he”: a letter that was made a capital, or the other way."""
_CUT_OR_PUT_IN = re.compile(rf"{_CUT.pattern}|\[[^\[\]]*\]")
_REACH = 12
"""Words of the page that something put in may stand for."""
_ANYWHERE = 1 << 30
"""What was cut may be of any length."""


class Words:
    """The words of a page, to look for others among them."""

    def __init__(self, text: str) -> None:
        self.text = composed(text)

    @cached_property
    def _found(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.text))

    @cached_property
    def _words(self) -> list[str]:
        return [word[0].translate(_WITHOUT_APOSTROPHES) for word in self._found]

    @cached_property
    def _lower(self) -> str:
        return f" {' '.join(word.lower() for word in self._words)} "

    @cached_property
    def _starts(self) -> list[int]:
        """Where each word begins in the line of all."""
        return [1, *accumulate((len(word.lower()) + 1 for word in self._words), initial=1)][1:]

    def hold(self, quoted: str) -> bool:
        """Whether some words stand here, piece by piece."""
        as_printed, put_in = _pieces(quoted, _CUT), _pieces(quoted, _CUT_OR_PUT_IN)
        return self._hold(as_printed) or (put_in != as_printed and self._hold(put_in))

    def _hold(self, pieces: Sequence[tuple[list[str], int]]) -> bool:
        """Whether pieces stand here in their order, each no further on than it may be."""
        if not pieces:
            return False
        (first, _), *others = pieces
        return any(self._go_on(others, end) for end in self._ends(first, 0, len(self._words)))

    def _go_on(self, pieces: Sequence[tuple[list[str], int]], here: int) -> bool:
        """Whether pieces follow: each is taken where it stands first."""
        for words, reach in pieces:
            end = next(self._ends(words, here, min(here + reach, len(self._words))), None)
            if end is None:
                return False
            here = end
        return True

    def _ends(self, words: Sequence[str], first: int, last: int) -> Iterator[int]:
        """After which word each stretch ends that is these words and begins between two places."""
        sought = f" {' '.join(words).lower()} "
        at = self._starts[first] - 1 if first < len(self._words) else len(self._lower)
        while (at := self._lower.find(sought, at)) >= 0:
            place = bisect_left(self._starts, at + 1)
            if place > last:
                return
            there = self._words[place : place + len(words)]
            if there[1:] == list(words[1:]) and there[0][1:] == words[0][1:]:
                yield place + len(words)
            at += 1

    def nearest(self, quoted: str) -> str:
        """The passage that has most of some words; nothing when none has any to speak of."""
        sought = [word for words, _ in _pieces(quoted, _CUT) for word in words]
        wanted = {word.lower() for word in sought}
        lower = [word.lower() for word in self._words]
        often = Counter(word for word in lower if word in wanted)
        if not often:
            return ""
        # A window of their length that has most of the words, those most that are rare.
        sums = [0.0, *accumulate(1 / often[w] if w in often else 0.0 for w in lower)]
        wide = min(len(sought) + len(sought) // 4, len(lower))
        best = max(range(len(lower) - wide + 1), key=lambda at: sums[at + wide] - sums[at])
        low, high = max(best - wide // 2, 0), min(best + wide + wide // 2, len(lower))
        matcher = SequenceMatcher(
            None, lower[low:high], [w.lower() for w in sought], autojunk=False
        )
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        shared = sum(len(sought[b.b + n]) for b in blocks for n in range(b.size))
        if 3 * shared < sum(map(len, sought)):
            return ""
        first, last = low + blocks[0].a, low + blocks[-1].a + blocks[-1].size
        # What differs at either edge belongs to the passage too.
        first = max(first - blocks[0].b, 0)
        last = min(last + len(sought) - blocks[-1].b - blocks[-1].size, len(lower))
        return self._between(first, last, with_sign=not quoted[-1].isalnum())

    def _between(self, first: int, last: int, *, with_sign: bool) -> str:
        """The text of some words, perhaps with the sign that ends it."""
        end = self._found[last - 1].end()
        while with_sign and end < len(self.text) and self.text[end] in ".,;:!?…’”\"')]。，！？":
            end += 1
        return " ".join(self.text[self._found[first].start() : end].split())


def _pieces(quoted: str, parted_by: re.Pattern[str]) -> list[tuple[list[str], int]]:
    """The words between cuts, each with how far from the words before they may begin."""
    text = _CAPITAL.sub(r"\1", composed(quoted))
    pieces: list[tuple[list[str], int]] = []
    here, reach = 0, 0
    for mark in parted_by.finditer(text):
        if words := _words_in(text[here : mark.start()]):
            pieces.append((words, reach))
            reach = 0
        reach = max(reach, _ANYWHERE if _CUT.fullmatch(mark[0]) else _REACH)
        here = mark.end()
    if words := _words_in(text[here:]):
        pieces.append((words, reach))
    return pieces


def _words_in(text: str) -> list[str]:
    return [word.translate(_WITHOUT_APOSTROPHES) for word in _WORD.findall(text)]


def composed(text: str) -> str:
    """A text with each letter and sign in its usual form, less what nobody sees."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
