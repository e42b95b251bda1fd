"""The targets: what is to be how much, at which size of dataset."""

from __future__ import annotations

from dataclasses import dataclass

from command_list import IN_VIEW, STEPS, VIEWS, moves, others
from results import MEDIAN, Results, quantile
from sections import BARE, EXPLORER, FRESH, NO_NOTES, NOTES

SHIPPED, LARGE, VERY_LARGE = range(3)
"""Which of a target's limits holds: up to a thousand quotes or so, up to 10,000, above."""

Limits = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Target:
    """One line of the table; without a limit it is shown and not judged."""

    label: str
    measure: str
    limits: Limits = (None, None, None)
    program: str = EXPLORER
    over: str = ""
    """The program whose value it is divided by."""
    share: float = MEDIAN
    """Which quantile of the values."""
    commands: tuple[str, ...] = ()
    """The commands of which the worst counts, by its median."""
    unit: float = 1.0
    """How many of what was measured make one of what is shown."""

    def value(self, results: Results) -> float | None:
        """What it is; None when it was not measured."""
        if self.commands:
            each = self.each_command(results)
            return max(each.values(), default=None)
        if self.over:
            ratios = results.ratios(self.program, self.over, self.measure)
            return quantile(ratios, MEDIAN) if ratios else None
        value = results.value(self.program, self.measure, self.share)
        return None if value is None else value / self.unit

    def spread(self, results: Results) -> tuple[float, float] | None:
        """The least and the most of the rounds; None when there is nothing to compare."""
        if self.commands:
            return None
        if self.over:
            each = results.ratios(self.program, self.over, self.measure)
        else:
            found = results.per_round(self.program, self.measure, self.share)
            each = [one / self.unit for one in found if one is not None]
        return (min(each), max(each)) if each else None

    def each_command(self, results: Results) -> dict[str, float]:
        """The median of each command that was given."""
        found = {
            name: results.value(self.program, f"{name}: {self.measure}") for name in self.commands
        }
        return {name: value for name, value in found.items() if value is not None}

    def verdict(self, results: Results, size: int) -> str:
        """`ok` or `OVER`; nothing when there is no limit, or no value."""
        limit, value = self.limits[size], self.value(results)
        if limit is None or value is None:
            return ""
        return "ok" if value <= limit else "OVER"

    def is_beyond_bare(self, results: Results, size: int) -> bool:
        """Whether the bare app does not meet it either: Textual, or the machine."""
        limit = self.limits[size]
        bare = results.value(BARE, self.measure, self.share)
        if self.over or limit is None or bare is None:
            return False
        return bare / self.unit > limit


def _cursor_keys(pane: str) -> tuple[Target, ...]:
    where = f"cursor key in the {pane}"
    return (
        Target(f"{where}: first change, ms", f"{pane}: first", (4, 4, 4)),
        Target("  95th percentile", f"{pane}: first", (8, 8, 8), share=0.95),
        Target("  record settled, ms", f"{pane}: last", (25, 25, 30)),
        Target("  CPU, ms", f"{pane}: cpu", (12, 12, 15)),
        Target("  written, KB", f"{pane}: written", (8, 8, 8)),
    )


MOVES = tuple(name for name, _ in moves())
OTHERS = tuple(name for name, _ in others())
STEPPED_IN_VIEW = tuple(f"{step} {IN_VIEW.format(view)}" for view in VIEWS for step in STEPS)

TARGETS = (
    Target("first paint ÷ bare", "first paint", (1.25, 1.25, 1.3), over=BARE),
    Target("ready ÷ bare, later starts", "ready", (1.6, 1.8, 3), over=BARE),
    Target("  CPU until then ÷ bare", "cpu until ready", over=BARE),
    Target("ready ÷ bare, very first start", "ready", (3, 8, None), FRESH, over=BARE),
    Target("very first start, s", "ready", (None, None, 8), FRESH, unit=1000),
    Target("  CPU until then, s", "cpu until ready", program=FRESH, unit=1000),
    Target("  longest without a change, s", "unchanged", (1, 1, 1), FRESH, unit=1000),
    *_cursor_keys("rounds"),
    *_cursor_keys("quotes"),
    Target("jump, view, day or round: repaints", "repaints", (1, 1, 1), commands=MOVES),
    Target("  written, KB", "written", (40, 40, 40), commands=MOVES),
    Target("any other command: repaints", "repaints", commands=OTHERS),
    Target("  written, KB", "written", commands=OTHERS),
    Target("day or round stepped in a view, ms", "last", (35, 50, 150), commands=STEPPED_IN_VIEW),
    Target("search as you type, ms a letter", "letter: last", (20, 25, 35)),
    Target("  the very first letter", "first letter: last"),
    Target("peak memory ÷ bare", "memory", (1.5, 2, 5), over=BARE),
    Target("peak memory ÷ bare, very first start", "start memory", program=FRESH, over=BARE),
    Target("busy after the start, s of CPU", "busy", (0.2, 0.5, 1)),
    Target("  longest wait of a key then, ms", "longest wait", (30, 30, 30)),
    Target("ready with 20,000 notes ÷ none", "ready", (1.15, None, None), NOTES, over=NO_NOTES),
    Target("  CPU until then ÷ none", "cpu until ready", program=NOTES, over=NO_NOTES),
    Target("exit ÷ bare", "exit", over=BARE),
    Target("idle CPU, %", "idle cpu", (0.15, 0.15, 0.15)),
    Target("idle output in 3 s, most, bytes", "idle bytes", (0, 0, 0), share=1.0),
)
