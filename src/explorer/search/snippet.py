"""The words of a text around what was sought, with what was sought marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from explorer.search.query import Term
from explorer.search.word_split import BECOMES, apart

Spans = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is marked."""

_BETWEEN = " · "
_ELLIPSIS = ("…", False)


def pattern(terms: Sequence[Term]) -> re.Pattern[str] | None:
    """What finds the terms in a text taken apart; a word that is only begun is found whole."""
    longest_first = sorted(terms, key=lambda term: -len(term.words))
    each = (r"\s+".join(term.words) + r"\S*" * term.begun for term in longest_first)
    return re.compile(rf"(?<!\S)(?:{'|'.join(each)})(?!\S)") if terms else None


def cut(texts: Sequence[str], sought: re.Pattern[str] | None, width: int) -> Spans:
    """About `width` characters of some texts around the first place of what is sought.

    They are cut between words, with an ellipsis where something was left out. Where nothing
    of it occurs, they are shown from their beginning.
    """
    text = _BETWEEN.join(texts)
    marks = _marks(texts, sought, width)
    start, end = _window(text, marks[0] if marks else (0, 0), width)
    spans = [] if start == 0 else [_ELLIPSIS]
    at = start
    for begins, over in marks:
        if begins < end:
            spans += [(text[at:begins], False), (text[begins : min(over, end)], True)]
            at = min(over, end)
    spans.append((text[at:end], False))
    if end < len(text):
        spans.append(_ELLIPSIS)
    return tuple((piece, is_marked) for piece, is_marked in spans if piece)


def _marks(
    texts: Sequence[str], sought: re.Pattern[str] | None, width: int
) -> list[tuple[int, int]]:
    """The places of what is sought, as far as a window from the first one reaches."""
    marks: list[tuple[int, int]] = []
    begins = 0
    for text in texts:
        if sought is None or (marks and begins >= marks[0][0] + width):
            break
        marks += ((begins + first, begins + over) for first, over in _places(text, sought))
        begins += len(text) + len(_BETWEEN)
    return marks


def _places(text: str, sought: re.Pattern[str]) -> list[tuple[int, int]]:
    found = [place.span() for place in sought.finditer(apart(text))]
    if not found or all(len(BECOMES[ord(char)]) == 1 for char in set(text)):
        return found
    # What became more or fewer characters ends where the sum of them says; an accent that
    # became none belongs to the letter before.
    ends = list(accumulate(len(BECOMES[ord(char)]) for char in text))
    return [
        (bisect_right(ends, first), max(bisect_left(ends, over) + 1, bisect_right(ends, over)))
        for first, over in found
    ]


def _window(text: str, first: tuple[int, int], width: int) -> tuple[int, int]:
    """Where a piece begins and ends that has the first mark in it, cut between words."""
    begins, over = first
    start = max(min(begins - width // 3, len(text) - width), 0)
    end = min(start + width, len(text))
    if start > 0:
        start = text.find(" ", start - 1, begins) + 1 or start
    if end < len(text) and (space := text.rfind(" ", over, end + 1)) > start:
        end = space
    # A text that is cut off at its very beginning or end needs no dot to the next.
    start += len("· ") * text.startswith("· ", start)
    end -= len(" ·") * text.endswith(" ·", start, end)
    return start, end
