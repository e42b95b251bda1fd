"""Signs drawn as ASCII, where all that is drawn comes by, sign for sign."""

from __future__ import annotations

import sys
from functools import lru_cache
from unicodedata import combining, normalize

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from explorer.text import plain_signs as signs
from explorer.text.plain_signs import is_unicode, plain_signs


def wanted(kept: str = "") -> str:
    """Which signs to draw: what is kept, or as the environment says, or what can be shown."""
    return signs.wanted(kept, _encoding())


def _encoding() -> str:
    """What is written to the terminal in."""
    written = sys.__stderr__  # as Textual does
    return (written and written.encoding) or "utf-8"


class PlainSigns(LineFilter):
    """Draws signs as ASCII, and what the terminal has no letters for as nearly as it has."""

    def __init__(self) -> None:
        super().__init__()
        encoding = _encoding()
        self._encoding = "" if is_unicode(encoding) else encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments of a line with other signs; the colours stay."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(self._shown(segment.text), segment.style)
            for segment in segments
        ]

    def _shown(self, text: str) -> str:
        shown = plain_signs(text)
        if not self._encoding or shown.isascii():
            return shown
        return "".join(_letter(letter, self._encoding) for letter in shown)


@lru_cache(4096)
def _letter(letter: str, encoding: str) -> str:
    """A letter as an encoding has it: without its accent, or as a question mark, if need be."""
    width = get_character_cell_size(letter)
    bare = "".join(sign for sign in normalize("NFKD", letter) if not combining(sign))
    for way in (letter, bare):
        try:
            way.encode(encoding)
        except (UnicodeError, LookupError):
            continue
        if len(way) == 1 or way == letter:
            return way
    return "?" * width
