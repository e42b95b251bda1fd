"""What a comparison is asked, besides the day and the scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from explorer.record.model import Ref
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Each comparison takes of it what its line in the table of comparisons says."""

    about: Ref | None = None
    """The record it is about; None for all."""
    beside: tuple[Ref, ...] = ()
    """Others of its kind that are shown beside it, where a comparison takes several."""
    since: date | None = None
    """The second date, when there is one."""
    otherwise: bool = False
    """Whether the rows are those of the comparison's other form, say positions by round."""
    order: str = ""
    """By what the rows are sorted, one of the comparison's orders; empty for the dataset's own."""
    by_coalition: bool = False
    """Whether members stand beneath their coalitions, as they were on the day."""
    differing: bool = False
    """Whether only those points are shown of which accounts differ."""
    about_on: date | None = None
    """The day on which a text it is about is read; None for that of the view."""
    other: Ref | None = None
    """The record that the one it is about is set against."""
    other_on: date | None = None
    """The day on which that one is read."""

    def following(self, now: Callable[[Ref], Ref]) -> Question:
        """The same, about records as they are called now."""
        about = now(self.about) if self.about is not None else None
        other = now(self.other) if self.other is not None else None
        return replace(self, about=about, other=other, beside=tuple(map(now, self.beside)))


ALL = Question()
"""About everything, on one day."""
