"""Signs as ASCII, for terminals that have no others.

What is drawn is changed where all of it comes by, sign for sign, so that every sign keeps its
place: those of states and marks, frames, the ribbon, charts, quotation marks. It is chosen by
itself where a terminal cannot show the others, and by `EXPLORER_GLYPHS=ascii`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import combining, normalize

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ASCII, UNICODE = "ascii", "unicode"
CHOICES = (ASCII, UNICODE)
VARIABLE = "EXPLORER_GLYPHS"

_SIGNS = {
    **dict(zip("◌◔◒◉▸ǁ✓✗", "O:%@>=vx", strict=True)),  # states, and stances
    **dict(zip("≢✎✦✱✕∅⇄≃◂∙", "#*&!x0%~<o", strict=True)),
    **dict(zip("▵▿▹◊▯⊚◦◓", "^d)cptog", strict=True)),  # of charts, and as they are pointed at
    **dict(zip("▴▾⧫▮◍►◄", "AVCPT><", strict=True)),
    **dict(zip("←→↑↓↩", "<>^v<", strict=True)),
    **dict(zip("␍␡�", "???", strict=True)),
}
_LINES = {
    **dict.fromkeys("─▔", "-"),
    **dict.fromkeys("━╸╺█", "#"),
    **dict.fromkeys("═▄▅▆▇▀", "="),
    **dict.fromkeys("│┃║▏▎▍▌▋▊▉▐▕", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┼╭╮╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜▖▗▘▙▚▛▜▝▞▟", "+"),
    **dict.fromkeys("╰", "`"),
    **dict.fromkeys("┄╌", "."),
    **dict.fromkeys("╎┊┆", ":"),
    "┈": " ",
    **dict.fromkeys("╴▁▂▃", "_"),
    "┴": "'",
}
_PUNCTUATION = {
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    **dict(zip("…·⋅•‹›«»×", "~-.*<><>x", strict=True)),
}
TABLE: Mapping[str, str] = {**_PUNCTUATION, **_LINES, **_SIGNS}
"""What stands for each sign."""

_FOR = str.maketrans(dict(TABLE))
_NO_SIGNS = ("linux", "dumb", "vt52", "vt100", "vt102", "vt220", "ansi", "cons25")
"""Terminals, by the beginning of their name, whose fonts have few signs."""


def plain_signs(text: str) -> str:
    """A text with its signs as ASCII, as many cells wide; letters of any script stay."""
    return text if text.isascii() else text.translate(_FOR)


def wanted(kept: str = "") -> str:
    """Which signs to draw: what is kept, or as the environment says, or what can be shown."""
    for said in (kept, os.environ.get(VARIABLE, "").strip().lower()):
        if said in CHOICES:
            return said
    return UNICODE if _can_show_signs(os.environ) and _is_unicode(_encoding()) else ASCII


def _can_show_signs(environment: Mapping[str, str]) -> bool:
    """Whether the kind of terminal and the locale are such that signs are shown as they are."""
    if environment.get("TERM", "").partition("-")[0] in _NO_SIGNS:
        return False
    locale = next((said for v in ("LC_ALL", "LC_CTYPE") if (said := environment.get(v))), "")
    language = environment.get("LANG", "")
    # Python itself sets the second of these where the language is that of C.
    if not locale or (locale == "C.UTF-8" and language and not environment.get("LC_ALL")):
        locale = language
    _, dot, encoding = locale.partition("@")[0].partition(".")
    if locale in ("C", "POSIX"):
        return False
    return not dot or _is_unicode(encoding)  # where nobody has said, most can


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("-", "").startswith("utf")


def _encoding() -> str:
    """What is written to the terminal in."""
    written = sys.__stderr__  # as Textual does
    return (written and written.encoding) or "utf-8"


class PlainSigns(LineFilter):
    """Draws signs as ASCII, and what the terminal has no letters for as nearly as it has."""

    def __init__(self) -> None:
        super().__init__()
        encoding = _encoding()
        self._encoding = "" if _is_unicode(encoding) else encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments of a line with other signs; the colours stay."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(self._shown(segment.text), segment.style)
            for segment in segments
        ]

    def _shown(self, text: str) -> str:
        signs = plain_signs(text)
        if not self._encoding or signs.isascii():
            return signs
        return "".join(_letter(letter, self._encoding) for letter in signs)


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
