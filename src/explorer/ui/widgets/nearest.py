"""Which entry a cursor goes to when the one that it was on is gone."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TypeVar

Entry = TypeVar("Entry")


def nearest(were: Sequence[Entry], number: int, there: Container[Entry]) -> Entry | None:
    """Of the entries that were listed, the nearest to a number that is still there.

    The next one rather than the one before: it stands where the other stood.
    """
    order = sorted(range(len(were)), key=lambda n: (abs(n - number), n < number))
    return next((were[n] for n in order if were[n] in there), None)
