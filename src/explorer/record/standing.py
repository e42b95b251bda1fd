"""How a measure stands on a day: what its steps so far come to.

The dataset's own checks ask this as well as the screen, so it rests on the model alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from explorer.record.days import Day, first_day, last_day
from explorer.record.model import Measure, Negotiation, Step
from explorer.values import dataclass

State = Literal["in force", "suspended", "announced", "threatened", "reported", "ended"]

_LEAVES: Mapping[str, State] = {
    "in force": "in force",
    "resumed": "in force",
    "suspended": "suspended",
    "ended": "ended",
    "dropped": "ended",
}
"""How a measure stands after a step; after any other that depends on how it stood before."""
WORDS: Mapping[str, State] = {
    "reported": "reported",
    "threatened": "threatened",
    "announced": "announced",
    "published": "announced",
}
"""Steps that are words and no acts, the weightiest last."""
_OPENED = ("investigation", "ruling")
"""Acts that have their effect by being announced: an inquiry is opened, a ruling given."""
_BEFORE: Mapping[str, State] = {
    "changed": "in force",
    "extended": "in force",
    "suspended": "in force",
    "ended": "in force",
    "resumed": "suspended",
}
"""How a measure stands of which no more is known than the step that is to come."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a measure stands on a day, with the steps that each part of this rests on."""

    state: State
    step: Step
    """The step it rests on: the latest that made or left it so."""
    began: Step | None = None
    """The step from which it stands so; None when that lies before the record."""
    rated: Step | None = None
    """The step that gives its rate."""
    term: Step | None = None
    """The step that says until when it stands so."""
    pending: Step | None = None
    """What is to come on a day that is set, or else what was said since and not yet done."""

    @property
    def first(self) -> Step:
        """The first step that is known of those that made or left it so."""
        return self.began or self.step

    @property
    def since(self) -> Day | None:
        return self.began.on if self.began else None

    @property
    def rate(self) -> str:
        return self.rated.rate if self.rated else ""

    @property
    def until(self) -> Day | None:
        """The day on which it is due to end, when it is in force or suspended."""
        return self.term.until if self.term and self.state not in WORDS else None

    @property
    def effect(self) -> Day | None:
        """The day on which it is to take effect, when it is only words as yet."""
        return self.term.until if self.term and self.state in WORDS else None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of every step it rests on."""
        return tuple(dict.fromkeys(slug for step in self._steps for slug in step.source_ids))

    @property
    def own(self) -> bool:
        """Whether a reader added any of these steps."""
        return any(step.own for step in self._steps)

    @property
    def _steps(self) -> tuple[Step, ...]:
        return tuple(filter(None, (self.began, self.rated, self.term, self.step)))


class Life:
    """The life of a measure, its steps read as the negotiation means its words."""

    def __init__(self, measure: Measure, negotiation: Negotiation) -> None:
        self._measure = measure
        self._began = negotiation.began
        """What is changed before this day, the first of the record, was in force."""
        self._meaning = negotiation.meaning
        self._opens = self._meaning("act", measure.act) in _OPENED

    def standing(self, day: date) -> Standing | None:
        """How the measure stands on a day; None when no step of it is known."""
        stands: Standing | None = None
        steps = self._measure.steps
        to_come = [step for step in steps if first_day(step.on) > day]
        for step in steps:
            if first_day(step.on) <= day and not (stands and self._stage(step) == "published"):
                stands = self._after(stands, step)
        return self._with_coming(stands, to_come[0]) if to_come else stands

    def reached(self, day: date) -> Step | None:
        """The step it has reached: the latest act or else announcement; None before any."""
        come = [step for step in self._measure.steps if first_day(step.on) <= day]
        # A change that was only announced leaves in force what was in force.
        acts = [step for step in come if self._stage(step) not in WORDS]
        return (acts or come or (None,))[-1]

    def effect(self, step: Step) -> Day | None:
        """The day a step names, when it is that on which the measure is to take effect.

        None when the step names none, or that on which its stage is due to end.
        """
        stage = self._stage(step)
        if stage in WORDS:
            return None if stage == "announced" and self._opens else step.until
        stands: Standing | None = None
        for each in self._measure.steps[: self._measure.steps.index(step) + 1]:
            stands = self._after(stands, each)
        return step.until if stands and stands.state in WORDS else None

    def _stage(self, step: Step) -> str:
        return self._meaning("stage", step.stage)

    def _with_coming(self, stands: Standing | None, first: Step) -> Standing:
        """How a measure stands of which a step on a later day is known."""
        stage = self._stage(first)
        if stands is None:
            return Standing(_BEFORE.get(stage, "announced"), first, pending=first)
        if stage == "in force" and stands.state in ("threatened", "reported", "ended"):
            return Standing("announced", first, pending=first)  # its day is set: more than a threat
        return replace(stands, pending=first)

    def _after(self, before: Standing | None, step: Step) -> Standing:
        """How it stands after one more step."""
        stage, state = self._stage(step), self._state_after(before, step)
        rated = step if step.rate else None
        term = step if step.until else None
        if before is None or before.state != state:
            # What is changed or prolonged was there before the record begins.
            first = None if stage in ("changed", "extended") else step
            return Standing(state, step, first, rated, term)
        if stage in WORDS and stage != state:
            return replace(before, pending=self._weightier(before.pending, step))
        if term is None and stage in ("changed", *WORDS) and _ends_after(before, step):
            term = before.term
        return replace(before, step=step, rated=rated or before.rated, term=term, pending=None)

    def _state_after(self, before: Standing | None, step: Step) -> State:
        was, stage = before.state if before else None, self._stage(step)
        if stage in _LEAVES:
            return _LEAVES[stage]
        if stage not in WORDS:  # changed or extended: it stands as it stood
            began_earlier = first_day(step.on) < self._began
            return "in force" if was is None or (was in WORDS and began_earlier) else was
        if was in ("in force", "suspended"):
            return was
        if stage == "announced" and self._opens:
            return "in force"
        # A threat or a report takes back nothing that was announced.
        return "announced" if was == "announced" else WORDS[stage]

    def _weightier(self, pending: Step | None, step: Step) -> Step:
        order = tuple(WORDS)
        if pending is None:
            return step
        lighter = order.index(self._stage(step)) < order.index(self._stage(pending))
        return pending if lighter else step


def _ends_after(before: Standing, step: Step) -> bool:
    """Whether the day on which it was due to end still lay ahead."""
    term = before.term
    return term is not None and term.until is not None and last_day(term.until) > first_day(step.on)
