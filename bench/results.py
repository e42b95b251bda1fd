"""All that was measured of one case, and what is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from measuring import Measures
from sections import Found

MEDIAN = 0.5


@dataclass
class Results:
    """By program, the measures of each round."""

    rounds: dict[str, list[Measures]] = field(default_factory=dict)

    def add(self, number: int, found: Found) -> None:
        """Take in what a section gave in a round."""
        for program, runs in found.items():
            kept = self.rounds.setdefault(program, [])
            kept.extend({} for _ in range(number + 1 - len(kept)))
            for measures in runs:
                for name, values in measures.items():
                    kept[number].setdefault(name, []).extend(values)

    def per_round(self, program: str, measure: str, share: float = MEDIAN) -> list[float | None]:
        """A quantile of each round's values; None for a round that has none."""
        rounds = self.rounds.get(program, ())
        return [quantile(one[measure], share) if one.get(measure) else None for one in rounds]

    def value(self, program: str, measure: str, share: float = MEDIAN) -> float | None:
        """The quantile of the values of all rounds; None without any."""
        rounds = self.rounds.get(program, ())
        values = [value for one in rounds for value in one.get(measure, ())]
        return quantile(values, share) if values else None

    def ratios(self, program: str, over: str, measure: str) -> list[float]:
        """The ratio of two programs within each round, so that slow drift cancels out."""
        pairs = zip(self.per_round(program, measure), self.per_round(over, measure), strict=False)
        return [ours / theirs for ours, theirs in pairs if ours is not None and theirs]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, interpolated."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
    return low + (high - low) * (place % 1)
