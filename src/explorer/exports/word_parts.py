"""Words of scripts that are written without blanks, for an index that finds words by their blanks.

SQLite takes a run of Chinese signs for one word, and would find none within it. Every part of a
run goes into the index too, so that 关税 is found in 对等关税措施; and so does what stands beside
one in another script, such as the name in 中美就TikTok.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 6
"""Signs of the longest part: words have two or three, names of offices and laws have more."""

# Kana, Hangul, and the planes and blocks of Chinese signs.
_SIGNS = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_SIGN = re.compile(f"[{_SIGNS}]")
_PIECE = re.compile(f"[{_SIGNS}]+|[^{_SIGNS}]+")
_WORD = re.compile(r"[^\W_]+")


def with_parts(text: str | None) -> str | None:
    """A text as it goes into the index: followed by the parts of its runs, each once."""
    if text is None or _SIGN.search(text) is None:
        return text
    return " ".join((text, *dict.fromkeys(_parts(text))))


def _parts(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if _SIGN.search(word) is None:
            continue
        for piece in _PIECE.findall(word):
            if _SIGN.match(piece):
                yield from _within(piece)
            else:
                yield piece


def _within(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 1, min(start + LONGEST, len(run)) + 1):
            yield run[start:end]
