"""The table at the end: medians, ratios to the bare app, and the targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from measuring import Measures

MEDIAN, MOST = 0.5, 1.0
COLD = "explorer, empty cache"


@dataclass(frozen=True)
class Line:
    """One line of the table. Without a target it is shown and not judged."""

    label: str
    measure: str
    share: float = MEDIAN
    """Which quantile of the values is shown."""
    times_bare: float | None = None
    """The target, as so many times what the bare app needs."""
    at_most: float | None = None
    """The target, in the unit of the label."""
    program: str = "explorer"


LINES = (
    Line("first paint, ms", "first paint", times_bare=1.5),
    Line("ready, ms", "ready", times_bare=2.0),
    Line("first paint, empty cache, ms", "first paint", program=COLD),
    Line("ready, empty cache, ms", "ready", program=COLD),
    Line("key to first change, ms", "key first", at_most=8),
    Line("key to first change, p95, ms", "key first", share=0.95, at_most=16),
    Line("key to detail settled, ms", "key settled", at_most=40),
    Line("key to detail settled, p95, ms", "key settled", share=0.95),
    Line("peak memory, MB", "memory", times_bare=1.8),
    Line("peak memory, empty cache, MB", "start memory", program=COLD),
    Line("idle CPU, %", "idle cpu", at_most=0.15),
    Line("idle output in 3 s, most, bytes", "idle bytes", share=MOST, at_most=0),
    Line("exit, ms", "exit"),
)


@dataclass(frozen=True)
class Results:
    """All that was measured: by program, the measures of each round."""

    rounds: Mapping[str, Sequence[Measures]]

    def value(self, program: str, line: Line) -> float:
        """The line's quantile of the values of all rounds."""
        values = [value for one in self.rounds[program] for value in one[line.measure]]
        return quantile(values, line.share)

    def ratios(self, line: Line) -> list[float]:
        """The ratio to the bare app within each round, so that slow drift cancels out."""
        pairs = zip(self.rounds[line.program], self.rounds["bare"], strict=True)
        quantiles = [[quantile(one[line.measure], line.share) for one in pair] for pair in pairs]
        return [ours / bare for ours, bare in quantiles if bare]

    def verdict(self, line: Line) -> str:
        """Empty without a target, else `ok` or `OVER`, and whether the bare app is over too."""
        if line.times_bare is not None:
            return "ok" if quantile(self.ratios(line), MEDIAN) <= line.times_bare else "OVER"
        if line.at_most is None:
            return ""
        if self.value(line.program, line) <= line.at_most:
            return "ok"
        return "OVER, bare too" if self.value("bare", line) > line.at_most else "OVER"


def table(results: Results) -> Iterator[str]:
    """The lines to print."""
    form = "{:<32}{:>8}{:>10}{:>21}   {:<9}{}".format
    yield form("", "bare", "explorer", "÷ bare (least–most)", "target", "").rstrip()
    for line in LINES:
        bare, ours = (f"{results.value(name, line):.4g}" for name in ("bare", line.program))
        ratio = target = ""
        if ratios := results.ratios(line):
            ratio = f"{quantile(ratios, MEDIAN):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        if line.times_bare is not None:
            target = f"≤ {line.times_bare} ×"
        elif line.at_most is not None:
            target = f"≤ {line.at_most}"
        yield form(line.label, bare, ours, ratio, target, results.verdict(line)).rstrip()


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, interpolated."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
    return low + (high - low) * (place % 1)
