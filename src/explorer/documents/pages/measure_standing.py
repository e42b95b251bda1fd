"""How a measure stands, and its steps, in words that are the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.sheet import Span
from explorer.record import labels
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import Measure, Step
from explorer.record.standing import Standing
from explorer.view import View

_EFFECT = "takes effect"


def step_in_words(view: View, measure: Measure, step: Step) -> str:
    """“in force at 20% until 10 Nov 2026”, “announced at 15%, to take effect 4 Dec 2026”."""
    rate = f" at {step.rate}" if step.rate else ""
    return f"{step.stage}{rate}{_term(view, measure, step)}"


def _term(view: View, measure: Measure, step: Step) -> str:
    """Until when a step holds; of what is only words as yet, when it is to take effect."""
    if step.until is None:
        return ""
    begins = view.life(measure).effect(step) is not None
    return f"{', to take effect' if begins else ' until'} {labels.day(step.until)}"


def measure_in_words(view: View, measure: Measure) -> tuple[Span, ...]:
    """“suspended · since 5 Mar 2031 · until 1 Sep 2032 (in 63 days)”; nothing without steps."""
    stands = view.standing(measure)
    if stands is None:
        return ()
    if stands.step is stands.pending:
        return (Span(coming(view, stands.step), "muted"),)
    later = Span(f" · {coming(view, stands.pending)}" if stands.pending else "", "muted")
    if stands.state == "ended":
        return (
            Span(stands.first.stage, "strong"),
            Span(f" {labels.day(stands.first.on)}", "muted"),
            later,
        )
    return (Span(stands.state, "strong"), *facts(view, stands), later)


def is_overrun(view: View, stands: Standing) -> bool:
    """Whether the day is past on which it was due to end, or to take effect."""
    due = stands.until or stands.effect
    return due is not None and last_day(due) < view.as_of


def facts(view: View, stands: Standing) -> Iterator[Span]:
    """At which rate, since when and until when; each after a dot."""
    if joined := "".join(f" · {fact}" for fact in _facts(view, stands)):
        yield Span(joined, "muted")
    if is_overrun(view, stands):
        yield Span(f" · {_overrun(stands)}", "warning")


def _facts(view: View, stands: Standing) -> Iterator[str]:
    if stands.rate:
        yield f"{stands.rate} meanwhile" if stands.state == "suspended" else stands.rate
    if stands.state == "ended":
        yield f"{stands.first.stage} {labels.day(stands.first.on)}"
        return
    if stands.since:
        yield f"since {labels.day(stands.since)}"
    if stands.step not in (stands.began, stands.pending):
        yield f"{stands.step.stage} {labels.day(stands.step.on)}"
    if is_overrun(view, stands):
        return
    if stands.until:
        left = view.counting.left(stands.until)
        yield f"until {labels.day(stands.until)}{f' ({left})' if left else ''}"
    if stands.effect:
        yield _ahead(view, _EFFECT, stands.effect)


def _overrun(stands: Standing) -> str:
    """That a day has passed, and that nothing says what followed, when nothing does."""
    if stands.effect:
        return f"was to take effect {labels.day(stands.effect)}; nothing says that it did"
    due = f"was due to end {labels.day(stands.until or '')}"
    return due if stands.pending else f"{due}; nothing says what followed"


def coming(view: View, step: Step) -> str:
    """What is to come on a day that is set, or what was said since."""
    rate = f" at {step.rate}" if step.rate else ""
    if first_day(step.on) > view.counting.edge_of(step):
        is_effect = view.index.dataset.negotiation.meaning("stage", step.stage) == "in force"
        begins = _EFFECT if is_effect else f"to be {step.stage}"
        return _ahead(view, f"{begins}{rate}", step.on)
    effect = ""
    if step.until and view.counting.lies_ahead(step.until):
        effect = f", {_ahead(view, _EFFECT, step.until)}"
    return f"{step.stage}{rate} {labels.day(step.on)}{effect}"


def _ahead(view: View, begins: str, when: Day) -> str:
    left = view.counting.left(when)
    if view.counting.has_passed_since(when):
        begins = f"was {begins.replace(_EFFECT, 'to take effect', 1)}"
    return f"{begins} {labels.day(when)}{f', {left}' if left else ''}"
