"""Which lines two texts have in common, in order, within a time that no text can stretch."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

_MOST = 250_000
"""Pairs of lines that are compared at most; of longer texts only both ends are."""

Match = tuple[int, int, int]
"""Where it begins in the one and in the other, and how many lines it has."""


def line_matches(one: Sequence[str], other: Sequence[str]) -> list[Match]:
    """The stretches of lines that both have, in order."""
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    found: list[Match] = [(0, 0, start)] if start else []
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if left and right and len(left) * len(right) <= _MOST:
        blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        found += [(a + start, b + start, size) for a, b, size in blocks if size]
    if end:
        found.append((len(one) - end, len(other) - end, end))
    return found
