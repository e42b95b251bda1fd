"""A chart of amounts over time: lines that go in steps, and what is no step as marks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from explorer.documents import time_axis
from explorer.values import dataclass

Kind = Literal["claim", "threat", "demand", "announced", "in part", "target", "to come", "counted"]

MEANINGS: Mapping[Kind, str] = {
    "claim": "claimed",
    "threat": "threatened",
    "demand": "demanded",
    "announced": "announced",
    "in part": "in part",
    "target": "target",
    "to come": "to come",
}
"""What the sign of a mark means, in the order of the legend; a count is named at its line."""
AHEAD = ("target", "to come")
"""What may lie after the day that is looked at."""


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a line, from a day on."""

    on: date
    amount: float
    key: str = ""
    """What the caller knows it by; empty for one that cannot be pointed at."""


@dataclass(frozen=True, slots=True)
class Line:
    """Levels one after the other, oldest first."""

    name: str
    """Written at its end; empty for none."""
    role: str
    """The style it is drawn in."""
    steps: tuple[Step, ...]
    ends: date
    """Day on which it ends."""
    sort: int = 0
    """Which of the sorts of line."""
    is_dashed: bool = False
    by: str = ""
    """Who counts it, written after its name."""

    @property
    def is_named(self) -> bool:
        """Whether anything is written at its end."""
        return bool(self.name or self.by)


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at an amount on a day."""

    on: date
    amount: float
    key: str
    kind: Kind
    role: str
    label: str = ""
    """Whose it is, written beside it where there is room."""
    sort: int = 0
    """Which of those who count it is of."""
    beyond: str = ""
    """Its day, where that lies beyond the chart and the sign at its edge."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn."""

    first: date
    last: date
    as_of: date
    unit: str = "%"
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    rounds: tuple[tuple[date, str], ...] = ()
    """Days with a sign each, on the axis."""
    cursor: str = ""
    """The key of the step or mark that is pointed at."""
    under: time_axis.Scale | None = None
    """The scale of the ribbon above, when it is drawn to that; else it has one of its own."""
    signs: tuple[tuple[int, str], ...] = ()
    """Cells of that scale with a sign each, on the axis, in the place of the rounds."""
