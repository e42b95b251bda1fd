"""Signs as ASCII, for terminals that have no others.

Each sign has one that is as wide, so that every sign keeps its place: those of states and marks,
frames, the ribbon, charts, quotation marks. They are chosen by itself where a terminal cannot
show the others, by the setting `glyphs`, and by `EXPLORER_GLYPHS=ascii`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

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


def chosen(kept: str) -> str:
    """Which signs somebody chose, in the settings or the environment; empty for nobody."""
    both = (kept, os.environ.get(VARIABLE, "").strip().lower())
    return next((said for said in both if said in CHOICES), "")


def wanted(kept: str, encoding: str) -> str:
    """Which signs to draw in a terminal: those that were chosen, or what it can show."""
    if said := chosen(kept):
        return said
    return UNICODE if _can_show_signs(os.environ) and is_unicode(encoding) else ASCII


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
    return not dot or is_unicode(encoding)  # where nobody has said, most can


def is_unicode(encoding: str) -> bool:
    """Whether an encoding has every sign."""
    return encoding.lower().replace("-", "").startswith("utf")
