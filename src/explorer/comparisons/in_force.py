"""What is in force, what is suspended, and what is only announced or threatened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Literal, get_args

from explorer import model, wording
from explorer.model import Act, Day, Ref, Step, first_day, last_day
from explorer.page.sheet import Cell, Sheet, Span
from explorer.view import View

State = Literal["in force", "suspended", "announced", "threatened", "reported", "ended"]

_LATELY = 90
"""Days for which what has ended is still told."""

SECTIONS: Mapping[State, str] = {
    "in force": "In force",
    "suspended": "Suspended",
    "announced": "Announced, not known to be in force",
    "threatened": "Only threatened",
    "reported": "Reported",
    "ended": f"Ended within the {_LATELY} days before",
}
"""How measures stand, in the order they are told, and the heading of each section."""

_ACTS = get_args(Act)
_EFFECT = "takes effect"
_LEAVES: Mapping[str, State] = {
    "in force": "in force",
    "resumed": "in force",
    "suspended": "suspended",
    "ended": "ended",
    "dropped": "ended",
}
"""How a measure stands after a step; after any other that depends on how it stood before."""
_WORDS: Mapping[str, State] = {
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
    def since(self) -> Day | None:
        return self.began.on if self.began else None

    @property
    def rate(self) -> str:
        return self.rated.rate if self.rated else ""

    @property
    def until(self) -> Day | None:
        """The day on which it is due to end, when it is in force or suspended."""
        return self.term.until if self.term and self.state not in _WORDS else None

    @property
    def effect(self) -> Day | None:
        """The day on which it is to take effect, when it is only words as yet."""
        return self.term.until if self.term and self.state in _WORDS else None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources of every step it rests on."""
        steps = (self.began, self.rated, self.term, self.step)
        return tuple(dict.fromkeys(slug for step in steps if step for slug in step.source_ids))


def standing(view: View, measure: Any) -> Standing | None:
    """How a measure stands on the day of the view; None when no step of it is known."""
    stands: Standing | None = None
    to_come = [step for step in measure.steps if first_day(step.on) > view.today]
    for step in measure.steps:
        if first_day(step.on) <= view.today and not (stands and step.stage == "published"):
            stands = _after(view, measure, stands, step)
    return _with_coming(stands, to_come[0]) if to_come else stands


def _with_coming(stands: Standing | None, first: Step) -> Standing:
    """How a measure stands of which a step on a later day is known."""
    if stands is None:
        return Standing(_BEFORE.get(first.stage, "announced"), first, pending=first)
    if first.stage == "in force" and stands.state in ("threatened", "reported", "ended"):
        return Standing("announced", first, pending=first)  # its day is set: more than a threat
    return replace(stands, pending=first)


def _after(view: View, measure: Any, before: Standing | None, step: Step) -> Standing:
    """How a measure stands after one more step."""
    state = _state_after(view, measure, before, step)
    rated = step if step.rate else None
    term = step if step.until else None
    if before is None or before.state != state:
        # What is changed or prolonged was there before the record tells of it.
        began = None if step.stage in ("changed", "extended") else step
        return Standing(state, step, began, rated, term)
    if step.stage in _WORDS and step.stage != state:
        return replace(before, pending=_weightier(before.pending, step))
    if term is None and step.stage in ("changed", *_WORDS) and _ends_after(before, step):
        term = before.term
    return replace(before, step=step, rated=rated or before.rated, term=term, pending=None)


def _state_after(view: View, measure: Any, before: Standing | None, step: Step) -> State:
    was = before.state if before else None
    if step.stage in _LEAVES:
        return _LEAVES[step.stage]
    if step.stage not in _WORDS:  # changed or extended: it stands as it stood
        began_earlier = first_day(step.on) < view.index.dataset.negotiation.began
        return "in force" if was is None or (was in _WORDS and began_earlier) else was
    if was in ("in force", "suspended"):
        return was
    if step.stage == "announced" and measure.act in _OPENED:
        return "in force"
    # A threat or a report takes back nothing that was announced.
    return "announced" if was == "announced" else _WORDS[step.stage]


def _weightier(pending: Step | None, step: Step) -> Step:
    order = tuple(_WORDS)
    lighter = pending is not None and order.index(step.stage) < order.index(pending.stage)
    return pending if pending is not None and lighter else step


def _ends_after(before: Standing, step: Step) -> bool:
    """Whether the day on which it was due to end still lay ahead."""
    term = before.term
    return term is not None and term.until is not None and last_day(term.until) > first_day(step.on)


@dataclass(frozen=True, slots=True)
class Row:
    """A measure and how it stands."""

    measure: Ref
    name: str
    delegation_id: str
    act: Act
    standing: Standing
    overrun: bool
    """Whether the day is past on which it was due to end, or to take effect."""


def rows(view: View) -> tuple[Row, ...]:
    """The measures in the scope, by how they stand, by act, and then the newest step first."""
    listed = [
        row
        for measure in view.index.dataset.measures
        if view.in_scope(measure.ref) and (row := _row(view, measure)) is not None
    ]
    listed.sort(key=lambda row: last_day(row.standing.step.on), reverse=True)
    states = tuple(SECTIONS)
    listed.sort(key=lambda row: (states.index(row.standing.state), _ACTS.index(row.act)))
    return tuple(listed)


def _row(view: View, measure: Any) -> Row | None:
    """A measure's row; None when no step is known, or it has ended long since."""
    stands = standing(view, measure)
    if stands is None or (
        stands.state == "ended" and (view.today - last_day(stands.step.on)).days > _LATELY
    ):
        return None
    due = stands.until or stands.effect
    return Row(
        measure.ref,
        wording.title(view.index, measure.ref),
        measure.delegation_id,
        measure.act,
        stands,
        overrun=due is not None and last_day(due) < view.today,
    )


def as_data(listed: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as plain values for JSON, less what is empty."""
    return [_row_data(row) for row in listed]


def _row_data(row: Row) -> dict[str, Any]:
    stands = row.standing
    data = {
        "measure": str(row.measure),
        "name": row.name,
        "delegation": row.delegation_id,
        "act": row.act,
        "state": stands.state,
        "rate": stands.rate,
        "since": str(stands.since or ""),
        "until": str(stands.until or ""),
        "takes_effect": str(stands.effect or ""),
        "overrun": row.overrun,
        "step": model.as_data(stands.step),
        "pending": model.as_data(stands.pending) if stands.pending else None,
        "sources": list(stands.source_ids),
    }
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def sheet(view: View) -> Sheet:
    """A section for each way to stand, the measures of each side below one another."""
    made = Sheet(view, f"In force on {wording.day(view.today)}")
    listed = rows(view)
    if not listed:
        within = " and in the scope" if view.chosen else ""
        made.add(f"No measure was public by {wording.day(view.today)}{within}.")
    for state in SECTIONS:
        _section(made, state, [row for row in listed if row.standing.state == state])
    made.list_sources()
    return made


def _columns(view: View, listed: Sequence[Row]) -> tuple[Any, ...]:
    """The delegations set side by side: the parties, then others that have a measure."""
    acting = {row.delegation_id for row in listed}
    delegations = view.index.dataset.delegations
    parties = [side for side in delegations if side.standing == "party"]
    return (*parties, *(s for s in delegations if s.standing != "party" and s.id in acting))


def _section(made: Sheet, state: State, listed: Sequence[Row]) -> None:
    if not listed:
        return
    sides = _columns(made.view, listed)
    lists = [[row for row in listed if row.delegation_id == side.id] for side in sides]
    counts = ", ".join(
        f"{side.short} {len(own)}"
        for side, own in zip(sides, lists, strict=True)
        if own or side.standing == "party"
    )
    made.heading(f"{SECTIONS[state]} — {counts}")
    for beside in zip_longest(*lists):
        made.row_of_cells(
            _cell(made, side.short, row) for side, row in zip(sides, beside, strict=True)
        )


def _cell(made: Sheet, head: str, row: Row | None) -> Cell:
    return Cell(head, tuple(_told(made, row)), row.measure) if row else Cell(head, ())


def _told(made: Sheet, row: Row) -> Iterator[Span]:
    stands = row.standing
    yield Span(row.name, "strong")
    yield Span(f"\n{' · '.join(_facts(made.view, row))}", "muted")
    if row.overrun:
        yield Span(f" · {_overrun(row)}", "warning")
    if stands.step is not stands.pending:
        if stands.state in _WORDS:  # then the words are all there is to know
            yield Span(f"\n{stands.step.text}")
        yield from made.marks(stands.source_ids)
    if stands.pending:
        yield Span(f"\n{_coming(made.view, stands.pending)}", "muted")
        yield Span(f" {stands.pending.text}")
        yield from made.marks(stands.pending.source_ids)


def _facts(view: View, row: Row) -> Iterator[str]:
    """What sort of measure it is, at which rate, since when and until when."""
    stands = row.standing
    yield row.act
    if stands.rate:
        yield f"{stands.rate} meanwhile" if stands.state == "suspended" else stands.rate
    if stands.since and stands.state != "ended":
        yield f"since {wording.day(stands.since)}"
    if stands.step not in (stands.began, stands.pending) or stands.state == "ended":
        yield f"{stands.step.stage} {wording.day(stands.step.on)}"
    if stands.until and not row.overrun:
        left = view.counting.left(stands.until)
        yield f"until {wording.day(stands.until)}{f' ({left})' if left else ''}"
    if stands.effect and not row.overrun:
        yield _ahead(view, _EFFECT, stands.effect)


def _overrun(row: Row) -> str:
    """That a day has passed, and that nothing says what followed, when nothing does."""
    stands = row.standing
    if stands.effect:
        return f"was to take effect {wording.day(stands.effect)}; nothing says that it did"
    due = f"was due to end {wording.day(stands.until or '')}"
    return due if stands.pending else f"{due}; nothing says what followed"


def _coming(view: View, step: Step) -> str:
    """What is to come on a day that is set, or what was said since."""
    rate = f" at {step.rate}" if step.rate else ""
    if first_day(step.on) > view.today:
        begins = _EFFECT if step.stage == "in force" else f"to be {step.stage}"
        return f"{_ahead(view, f'{begins}{rate}', step.on)}:"
    effect = ""
    if step.until and last_day(step.until) >= view.today:
        effect = f", {_ahead(view, _EFFECT, step.until)}"
    return f"{step.stage}{rate} {wording.day(step.on)}{effect}:"


def _ahead(view: View, begins: str, when: Day) -> str:
    left = view.counting.left(when)
    if view.counting.has_passed_since(when):
        begins = f"was {begins.replace(_EFFECT, 'to take effect', 1)}"
    return f"{begins} {wording.day(when)}{f', {left}' if left else ''}"
