"""A line of a file with the place marked in it that something is wrong with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from explorer.text.cells import cells_of, width
from explorer.text.sanitize import plain

_TAB = 4
_BEFORE, _AFTER = 200, 400
"""Characters that are kept of a long line, before the marked place and after it."""
_SIGNS = re.compile("[\r\n\u2028\u2029\x85\x0b\x0c]+")


@dataclass(frozen=True, slots=True, order=True)
class Excerpt:
    """A line as it stands in a file, or what stands about a place in a long one."""

    text: str = ""
    first: int = 1
    """The column of its first character."""
    is_cut: bool = False
    """Whether the line goes on after it."""


def excerpt(line: str, column: int) -> Excerpt:
    """What is kept of a line to show what is wrong at a column."""
    start = max(column - 1 - _BEFORE, 0)
    end = max(column - 1, 0) + _AFTER
    return Excerpt(line[start:end], start + 1, len(line) > end)


def marked(shown: Excerpt, column: int, end: int, room: int) -> tuple[str, int, int]:
    """A line as it is shown in so many cells, and at which of them the mark begins and its width.

    What a terminal would act on is made visible, a tab is as wide as it looks, and of a long
    line the part about the mark is shown.
    """
    signs = [_shown(sign) for sign in shown.text]
    at = min(max(column - shown.first, 0), len(signs))
    until = min(max(end - shown.first, at + 1), len(signs))
    start = 0
    while start < at and sum(map(width, signs[start:at])) > room // 2 and start < len(signs):
        start += max((at - start) // 4, 1)
    if width("".join(signs[:at])) + min(until - at, room // 4) <= room - 2:
        start = 0
    before = "…" if start or shown.first > 1 else ""
    lead = before + "".join(signs[start:at])
    text, stop = lead, at
    while stop < len(signs) and width(text) + width(signs[stop]) <= room - 1:
        text += signs[stop]
        stop += 1
    mark = max(width("".join(signs[at : min(until, stop)])), 1)
    after = "…" if stop < len(signs) or shown.is_cut else ""
    return text.rstrip() + after if not after else text + after, width(lead), mark


def _shown(sign: str) -> str:
    """One character as it is shown; each takes the place of one, so that places stay right."""
    if sign == "\t":
        return " " * _TAB
    seen = plain(sign).replace("\n", "␍")
    return seen or ("\N{REPLACEMENT CHARACTER}" if cells_of(sign) else "")
