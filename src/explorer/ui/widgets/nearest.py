"""Which entry a cursor goes to when the one that it was on is gone."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TypeVar

Entry = TypeVar("Entry")


def nearest(were: Sequence[Entry], number: int, there: Container[Entry]) -> Entry | None:
    """Of the entries that were listed, the nearest to a number that is still there.

    The next one rather than the one before: it stands where the other stood.
    """
    furthest = max(number, len(were) - 1 - number)
    for n in (n for away in range(furthest + 1) for n in (number + away, number - away)):
        if 0 <= n < len(were) and were[n] in there:
            return were[n]
    return None
