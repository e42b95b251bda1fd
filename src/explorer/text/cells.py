"""How many cells of a terminal a text takes: Chinese characters take two, joined marks none."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TWO = ("W", "F")
_NONE = ("Mn", "Me", "Cf")


def width(text: str) -> int:
    """The cells that a text takes on one line."""
    return len(text) if text.isascii() else sum(map(cells_of, text))


@lru_cache(4096)
def cells_of(character: str) -> int:
    """The cells that one character takes."""
    if unicodedata.category(character) in _NONE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _TWO else 1
