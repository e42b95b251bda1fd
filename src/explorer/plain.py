"""The one filter between text from outside and the terminal.

Data, notes, file names and messages of exceptions pass through `plain` on their way
in, so that nothing further on can make a terminal act: no escape sequence, no C1
control, no bidirectional override (CVE-2021-42574), no invisible character.
"""

from __future__ import annotations

import re

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_REMOVED = re.compile(
    "[\xad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "␡"}


def plain(text: str) -> str:
    """Make text safe to show: line ends become newlines, controls become visible signs.

    C0 controls other than newline and tab turn into Unicode control pictures, DEL into
    its own; C1, surrogates, line separators and bidi controls into U+FFFD; invisible
    format characters vanish. Joiners that scripts and emoji need stay.
    """
    if _SUSPECT.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SUSPECT.sub(_visible, _REMOVED.sub("", text))


def one_line(text: str) -> str:
    """The same on a single line, for rows, titles and messages."""
    return " ".join(plain(text).split())


def _visible(found: re.Match[str]) -> str:
    return _PICTURES.get(found[0], "\N{REPLACEMENT CHARACTER}")
