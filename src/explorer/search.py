"""Words → records: what a filter or a search matches, accents and case aside."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Letters that no decomposition turns into their plain form.
_PLAIN_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "’": "'", "‘": "'"})


def fold(text: str) -> str:
    """Text as it is compared: without case, accents or typographic apostrophes."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN_LETTERS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_PLAIN_LETTERS).casefold()


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a filter as typed, folded; each must occur."""
    return tuple(fold(typed).split())


def matches(words: Sequence[str], folded: str) -> bool:
    """Whether every word occurs somewhere in a folded text."""
    return all(word in folded for word in words)
