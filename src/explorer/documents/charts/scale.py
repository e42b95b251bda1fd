"""Which amounts stand in which rows of a chart, and how they are written beside them."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

_TICKS = (1, 2, 5, 10)
"""How far it may be from one label to the next, times a power of ten."""
_FEW = 3
"""Labels beside nought, about."""
_SHORT = ((1e12, 1e12, "tn"), (1e9, 1e9, "bn"), (1e6, 1e6, "M"), (1e4, 1e3, "k"))
"""From which amount on, by what it is divided, and the sign for that."""
_SMALLEST, _LARGEST = 1e-9, 1e300
"""Scales that a number may have with room for what is worked out of it."""


def short(amount: float) -> str:
    """An amount where there is little room: “54”, “12M”, “295.4bn”."""
    for least, scale, sign in _SHORT:
        if abs(amount) >= least:
            return f"{amount / scale:.4g}{sign}"
    return f"{amount:.6g}"


class Scale:
    """Which amounts stand in which rows."""

    def __init__(self, top: float, rows: int) -> None:
        """Up to an amount, in so many rows."""
        self._rows = rows
        top = min(max(top, _SMALLEST), _LARGEST) if top > 0 else 1
        self._tick = _tick(top, min(_FEW, max(rows // 2, 1)))
        self.top = -(-top // self._tick) * self._tick

    def row(self, amount: float) -> int:
        """The row of an amount; what is higher than the scale stands at its top."""
        return max(0, min(round((1 - amount / self.top) * (self._rows - 1)), self._rows - 1))

    def labels(self) -> Iterator[tuple[int, float]]:
        """The rows that have a label, each with its amount."""
        for number in range(round(self.top / self._tick) + 1):
            yield self.row(number * self._tick), number * self._tick


def _tick(top: float, few: int) -> float:
    """From one label to the next, so that there are only a few."""
    power = 10.0 ** floor(log10(top / few))
    return next((t * power for t in _TICKS if top / (t * power) <= few + 1e-9), 10 * power)
