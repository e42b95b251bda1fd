"""A negotiation through time: what of it was public at the end of any day.

It makes, for a day, an index that holds nothing later: whoever asks that index cannot leak
what it does not have. What becomes public when is found out in `publicity`.
"""

from __future__ import annotations

from datetime import date

from explorer.record.index import Index
from explorer.record.model import Ref


class Timeline:
    """The index of a dataset as it was on any day."""

    def __init__(self, whole: Index) -> None:
        self.whole = whole
        self._last: tuple[date, Index] | None = None

    def at(self, day: date) -> Index:
        """What was public at the end of a day."""
        if self._last is None or self._last[0] != day:
            self._last = (day, self.whole.on(day))
        return self._last[1]

    def public(self, ref: Ref) -> date:
        """The day a record became public. Raises KeyError when the dataset has none."""
        return self.whole.day_public(ref)
