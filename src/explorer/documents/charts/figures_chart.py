"""The chart of some figures: which of their values are lines, and which are marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from explorer.documents.charts.chart import Chart, Kind, Line, Mark, Step
from explorer.documents.time_axis import Scale, placed
from explorer.record import amounts, labels
from explorer.record.days import first_day, last_day
from explorer.record.model import Figure, FigureValue
from explorer.values import dataclass
from explorer.view import View

_SIDES = ("side-1", "side-2", "side-3", "side-4")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that can be pointed at."""

    figure: Figure
    value: FigureValue

    @property
    def key(self) -> str:
        """What tells it from all others, on every day on which it is public."""
        value = self.value
        parts = (self.figure.ref, value.on, value.standing, value.number, value.starts, value.due)
        return "|".join(map(str, (*parts, *amounts.counter(value), value.text)))

    def applies(self, view: View) -> bool:
        """Whether it is in force on the day."""
        return amounts.in_force(self.figure, view.counting.edge_of(self.figure)) is self.value


def rows_of(shown: Sequence[Figure]) -> list[Sequence[Entry]]:
    """What a cursor moves along: each line, then what is to be reached, then what is said."""
    rows: list[Sequence[Entry]] = []
    for figure in shown:
        rows.append([Entry(figure, value) for value in amounts.steps(figure)])
        rows += [[Entry(figure, v) for v in counts] for counts in amounts.by_counter(figure)]
    every = [Entry(figure, value) for figure in shown for value in figure.values]
    every.sort(key=lambda entry: last_day(entry.value.on))
    lined = ("in force", "counted")
    rows.append([entry for entry in every if entry.value.standing == "target"])
    rows.append([entry for entry in every if entry.value.standing not in (*lined, "target")])
    return [row for row in rows if row]


def chart(view: View, shown: Sequence[Figure], cursor: str, under: Scale | None = None) -> Chart:
    """What is to be drawn of some figures of one unit, under the ribbon if they are no older."""
    first, last = _span(view, shown)
    if under is not None and first >= under.first:
        first, last = under.first, under.last
    else:
        under = None
    lines: list[Line] = []
    marks: list[Mark] = []
    counters = 0
    for number, figure in enumerate(shown):
        role = _SIDES[number % len(_SIDES)]
        of_side = [other for other in shown if other.delegation_id == figure.delegation_id]
        drawn = _Drawn(view, figure, role, len(shown) > 1, last, says_side=len(of_side) == 1)
        lines += drawn.lines(sum(not line.is_dashed for line in lines))
        marks += drawn.marks(counters)
        counters += len(amounts.by_counter(figure))
    return Chart(
        first=first,
        last=last,
        as_of=view.as_of,
        unit=labels.unit(shown[0].unit) if shown else "",
        lines=tuple(lines),
        marks=tuple(marks),
        rounds=tuple(
            (r.closes, r.number or "·") for r in view.index.dataset.rounds if not view.is_to_come(r)
        ),
        cursor=cursor,
        under=under,
        signs=tuple((p.cell, p.sign) for p in placed(view, under)) if under else (),
    )


def _span(view: View, shown: Sequence[Figure]) -> tuple[date, date]:
    """From the first value, or when the record begins, to what is known to come.

    What is to come has at most a third of the room.
    """
    values = [value for figure in shown for value in figure.values]
    began, until = view.index.dataset.negotiation.began, view.covers_until
    first = min([began, *(last_day(value.starts or value.on) for value in values if not value.due)])
    first = min(first, *(last_day(value.on) for value in values), began).replace(day=1)
    ahead = [last_day(day) for value in values for day in (value.on, value.due) if day]
    return first, min(max([until, *ahead]), until + (until - first) / 2)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One figure in a chart."""

    view: View
    figure: Figure
    role: str
    is_one_of_several: bool
    last: date
    """The last day of the chart."""
    says_side: bool
    """Whether no other figure shown is of its side; else it goes by its name."""

    def lines(self, sort: int) -> Iterator[Line]:
        """Its lines, which take sorts from a number on."""
        if steps := self._steps():
            ends = self._in_force_until()
            yield Line(self._name(), self.role, steps, ends, sort)
            sort += 1
        for counts in amounts.by_counter(self.figure):
            if line := self._counted(counts, sort):
                yield line
                sort += 1
        yield from self._ahead(steps)

    def _steps(self) -> tuple[Step, ...]:
        """What was in force one after the other."""
        come = (v for v in amounts.steps(self.figure) if not self._is_ahead(v))
        return tuple(Step(first_day(v.on), v.number, self._key(v)) for v in come)

    def _in_force_until(self) -> date:
        """The day up to which the last step is known to hold."""
        come = [v for v in amounts.steps(self.figure) if not self._is_ahead(v)]
        term = come[-1].until if come else None
        return min(self.view.as_of, last_day(term)) if term else self.view.as_of

    def _counted(self, counts: Sequence[FigureValue], sort: int) -> Line | None:
        """The counts of one who counts; a total from nought, where its start is known."""
        steps = [Step(self._day(value), value.number) for value in counts]
        start = counts[0].starts
        if self.figure.total and start and first_day(start) < steps[0].on:
            steps.insert(0, Step(first_day(start), 0))
        by = labels.whose(self.view.index, counts[0])
        return Line(self._name(by), self.role, tuple(steps), steps[-1].on, sort, by=by)

    def _ahead(self, steps: Sequence[Step]) -> Iterator[Line]:
        """What is to come, from the day on; and what is to be reached, to the day it is due."""
        for value in amounts.pending(self.figure, self.view.counting.edge_of(self.figure)):
            if steps and value.standing in ("in force", "announced"):
                now = Step(self.view.as_of, steps[-1].amount)
                then = Step(first_day(value.on), value.number)
                yield Line("", self.role, (now, then), min(then.on, self.last), is_dashed=True)
        for target in amounts.targets(self.figure, self.view.as_of):
            start = first_day(target.starts or target.on)
            if target.due and start < self.last:
                step = Step(start, target.number)
                ends = min(last_day(target.due), self.last)
                yield Line("", self.role, (step,), ends, is_dashed=True)

    def marks(self, before: int) -> Iterator[Mark]:
        """What is no step: counts, claims, targets, what is to come.

        `before` is how many count other figures of the chart.
        """
        counters = list(amounts.by_counter(self.figure))
        for value in self.figure.values:
            kind = self._kind(value)
            if kind is None:
                continue
            sort = before + next((n for n, of in enumerate(counters) if value in of), 0)
            who = labels.whose(self.view.index, value)
            label = "" if kind == "counted" else labels.shortened(who, _WHO)
            on, beyond = self._day(value), ""
            if kind in ("target", "to come"):
                on, due = self._day_ahead(value), value.due or value.on
                beyond = f"by {labels.day(due)}" if last_day(due) > self.last else ""
            yield Mark(on, value.number, self._key(value), kind, self.role, label, sort, beyond)

    def _kind(self, value: FigureValue) -> Kind | None:
        """The sign of a value; None for what is a step of a line."""
        if value.standing == "target":
            return "target"
        if self._is_ahead(value):
            return "to come"
        return None if value.standing == "in force" else value.standing

    def _is_ahead(self, value: FigureValue) -> bool:
        return first_day(value.on) > self.view.as_of

    def _day(self, value: FigureValue) -> date:
        return min(last_day(value.on), self.view.as_of)

    def _day_ahead(self, value: FigureValue) -> date:
        return min(last_day(value.due or value.on), self.last)

    def _key(self, value: FigureValue) -> str:
        return Entry(self.figure, value).key

    def _name(self, by: str = "") -> str:
        """Whose a line is: of several figures the side, or its name; of one only who counts."""
        names_side = self.says_side if self.is_one_of_several else not by
        side = self.figure.delegation_id if names_side else None
        name = self.view.index.delegation(side).short if side else ""
        if self.is_one_of_several and not side:
            name = labels.title(self.view.index, self.figure.ref)
            # The unit stands at the axis: “Centrifuges installed” are “installed”.
            unit = f"{labels.unit(self.figure.unit)} "
            name = name[len(unit) :] if name.casefold().startswith(unit.casefold()) else name
        return name or ("" if by else "in force")


_WHO = 16
"""Cells for who says a value."""
