"""How a measure stands on a day: what its steps so far come to.

The dataset's own checks ask this as well as the screen, so it rests on the model alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from explorer.record.model import Day, Measure, Step, first_day, last_day
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
        steps = (self.began, self.rated, self.term, self.step)
        return tuple(dict.fromkeys(slug for step in steps if step for slug in step.source_ids))


def standing(measure: Measure, day: date, *, began: date) -> Standing | None:
    """How a measure stands on a day; None when no step of it is known.

    `began` is the first day of the record: what is changed before it was in force.
    """
    stands: Standing | None = None
    to_come = [step for step in measure.steps if first_day(step.on) > day]
    for step in measure.steps:
        if first_day(step.on) <= day and not (stands and step.stage == "published"):
            stands = _after(measure, stands, step, began)
    return _with_coming(stands, to_come[0]) if to_come else stands


def reached(measure: Measure, day: date) -> Step | None:
    """The step a measure has reached: the latest act or else announcement; None before any."""
    come = [step for step in measure.steps if first_day(step.on) <= day]
    # A change that was only announced leaves in force what was in force.
    acts = [step for step in come if step.stage not in WORDS]
    return (acts or come or (None,))[-1]


def effect(measure: Measure, step: Step, *, began: date) -> Day | None:
    """The day a step names, when it is that on which the measure is to take effect.

    None when the step names none, or that on which its stage is due to end.
    """
    if step.stage in WORDS:
        return None if step.stage == "announced" and measure.act in _OPENED else step.until
    stands: Standing | None = None
    for each in measure.steps[: measure.steps.index(step) + 1]:
        stands = _after(measure, stands, each, began)
    return step.until if stands and stands.state in WORDS else None


def _with_coming(stands: Standing | None, first: Step) -> Standing:
    """How a measure stands of which a step on a later day is known."""
    if stands is None:
        return Standing(_BEFORE.get(first.stage, "announced"), first, pending=first)
    if first.stage == "in force" and stands.state in ("threatened", "reported", "ended"):
        return Standing("announced", first, pending=first)  # its day is set: more than a threat
    return replace(stands, pending=first)


def _after(measure: Measure, before: Standing | None, step: Step, began: date) -> Standing:
    """How a measure stands after one more step."""
    state = _state_after(measure, before, step, began)
    rated = step if step.rate else None
    term = step if step.until else None
    if before is None or before.state != state:
        # What is changed or prolonged was there before the record begins.
        first = None if step.stage in ("changed", "extended") else step
        return Standing(state, step, first, rated, term)
    if step.stage in WORDS and step.stage != state:
        return replace(before, pending=_weightier(before.pending, step))
    if term is None and step.stage in ("changed", *WORDS) and _ends_after(before, step):
        term = before.term
    return replace(before, step=step, rated=rated or before.rated, term=term, pending=None)


def _state_after(measure: Measure, before: Standing | None, step: Step, began: date) -> State:
    was = before.state if before else None
    if step.stage in _LEAVES:
        return _LEAVES[step.stage]
    if step.stage not in WORDS:  # changed or extended: it stands as it stood
        began_earlier = first_day(step.on) < began
        return "in force" if was is None or (was in WORDS and began_earlier) else was
    if was in ("in force", "suspended"):
        return was
    if step.stage == "announced" and measure.act in _OPENED:
        return "in force"
    # A threat or a report takes back nothing that was announced.
    return "announced" if was == "announced" else WORDS[step.stage]


def _weightier(pending: Step | None, step: Step) -> Step:
    order = tuple(WORDS)
    lighter = pending is not None and order.index(step.stage) < order.index(pending.stage)
    return pending if pending is not None and lighter else step


def _ends_after(before: Standing, step: Step) -> bool:
    """Whether the day on which it was due to end still lay ahead."""
    term = before.term
    return term is not None and term.until is not None and last_day(term.until) > first_day(step.on)
