"""What the values of a figure come to on a day: in force, pending, counted, to be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from explorer.record.days import first_day, last_day
from explorer.record.model import Figure, FigureValue
from explorer.values import dataclass


def is_pending(value: FigureValue, day: date) -> bool:
    """Whether a value that is known lies ahead."""
    return first_day(value.on) > day and not is_dropped(value, day)


def is_dropped(value: FigureValue, day: date) -> bool:
    """Whether it was taken back by a day."""
    return value.dropped is not None and last_day(value.dropped) <= day


def has_ended(value: FigureValue, day: date) -> bool:
    """Whether the day is past on which it was due to end."""
    return value.until is not None and last_day(value.until) < day


def steps(figure: Figure) -> tuple[FigureValue, ...]:
    """The values in force one after the other, oldest first; the last may be still to come."""
    return tuple(value for value in figure.values if value.standing == "in force")


def in_force(figure: Figure, day: date) -> FigureValue | None:
    """The value that applies on a day; None when none does, or the last was due to end."""
    come = [value for value in steps(figure) if first_day(value.on) <= day]
    come = [value for value in come if not is_dropped(value, day)]
    return come[-1] if come and not has_ended(come[-1], day) else None


def pending(figure: Figure, day: date) -> tuple[FigureValue, ...]:
    """The values that are known and lie ahead, the nearest first."""
    return tuple(value for value in figure.values if is_pending(value, day))


def counter(value: FigureValue) -> tuple[str, ...]:
    """Who counts or says a value, so that the values of one may be found together."""
    return (value.by,) if value.by else (value.delegation_id or "", value.speaker_id or "")


def by_counter(figure: Figure) -> tuple[tuple[FigureValue, ...], ...]:
    """The counts of each who counts, oldest first, in the order in which they first counted."""
    counts: dict[tuple[str, ...], list[FigureValue]] = {}
    for value in figure.values:
        if value.standing == "counted":
            counts.setdefault(counter(value), []).append(value)
    return tuple(map(tuple, counts.values()))


def targets(figure: Figure, day: date) -> tuple[FigureValue, ...]:
    """What is to be reached, less what was taken back; the oldest first."""
    named = (value for value in figure.values if value.standing == "target")
    return tuple(value for value in named if not is_dropped(value, day))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a target is reached on a day."""

    target: FigureValue
    counts: tuple[FigureValue, ...]
    """The latest count of each who counts towards it."""
    gone: int
    """Days gone of the span in which it is to be reached …"""
    span: int
    """… and all of these days; 0 when they are not set, or it does not add up."""

    @property
    def pro_rata(self) -> float:
        """What would be reached by now if as much came every day."""
        return self.target.number * self.gone / self.span if self.span else 0

    @property
    def is_ahead(self) -> bool:
        """Whether its time has not begun."""
        return bool(self.span) and not self.gone

    def share(self, count: FigureValue) -> float:
        """How much of the target a count is."""
        return count.number / self.target.number if self.target.number else 0


def progress(figure: Figure, day: date) -> Iterator[Progress]:
    """How far each target is reached, by what was public; the oldest target first."""
    named = targets(figure, day)
    for target in named:
        latest: dict[tuple[str, ...], FigureValue] = {}
        for count in figure.values:
            is_count = count.standing == "counted" and first_day(count.on) <= day
            if is_count and (not figure.total or _is_towards(count, target, named)):
                latest[counter(count)] = count
        gone, span = _days(figure, target, day)
        yield Progress(target, tuple(latest.values()), gone, span)


def _is_towards(count: FigureValue, target: FigureValue, others: Sequence[FigureValue]) -> bool:
    """Whether a count that adds up from a start is one of what the target is for.

    One that says no start goes on from that of the latest target which had begun by then.
    """
    start, day = target.starts, last_day(count.on)
    if start is None:
        return True
    if count.starts is not None:
        return first_day(start) <= first_day(count.starts) <= last_day(target.due or date.max)
    if target.due is None or day < first_day(start):
        return day >= first_day(start)
    later = (first_day(other.starts) for other in others if other.starts)
    return not any(last_day(target.due) < begun <= day for begun in later)


def _days(figure: Figure, target: FigureValue, day: date) -> tuple[int, int]:
    """Days gone of a target's span, and all of its days."""
    if not figure.total or target.starts is None or target.due is None:
        return 0, 0
    first, last = first_day(target.starts), last_day(target.due)
    span = (last - first).days + 1
    return max(0, min((day - first).days + 1, span)), span
