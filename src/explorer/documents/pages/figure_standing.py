"""How a figure stands, and its values, in words that are the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.sheet import Span
from explorer.record import amounts, labels
from explorer.record.counting import UNKNOWN
from explorer.record.days import Day
from explorer.record.model import Figure, FigureValue
from explorer.view import View


def value_in_words(view: View, figure: Figure, value: FigureValue) -> str:
    """“30%, in force”, “157%, claim, Trump”, “12 million tonnes, target, due 31 Dec 2025”."""
    return ", ".join((labels.value(value, figure.unit), *facts(view, value)))


def facts(view: View, value: FigureValue) -> Iterator[str]:
    """What a value is, whose word it is, and the days of it beside its own."""
    word = labels.FIGURE_STANDINGS[value.standing]
    if amounts.is_dropped(value, view.counting.edge_of(value)):
        word = f"{word} and taken back {labels.day(value.dropped or '')}"
    elif amounts.is_pending(value, view.counting.edge_of(value)):
        word = f"{word}, {view.counting.to_come(value.on)}"
    yield word
    if by := labels.whose(view.index, value):
        yield by
    yield from terms(view, value)


def terms(view: View, value: FigureValue) -> Iterator[str]:
    """From when, by when and until when it is."""
    if value.starts:
        yield f"from {labels.day(value.starts)}"
    if value.due:
        yield _ahead(view, "due", value.due)
    if value.until:
        yield _ahead(view, "until", value.until)


def _ahead(view: View, word: str, when: Day) -> str:
    left = view.counting.left(when)
    return f"{word} {labels.day(when)}{f' ({left})' if left else ''}"


def when(view: View, value: FigureValue) -> str:
    """The day of a value as a statement of its own: “in force from 10 Nov 2025”."""
    on = labels.day(value.on)
    if amounts.is_dropped(value, view.counting.edge_of(value)):
        return f"taken back {labels.day(value.dropped or '')}"
    if amounts.is_pending(value, view.counting.edge_of(value)):
        passed = view.counting.has_passed_since(value.on)
        return f"was to take effect {on}, {UNKNOWN}" if passed else f"to take effect {on}"
    if value.standing in ("in force", "in part"):
        return f"{labels.FIGURE_STANDINGS[value.standing]} from {on}"
    verb = "set" if value.standing == "target" else labels.FIGURE_STANDINGS[value.standing]
    return f"{verb} {'in' if isinstance(value.on, str) else 'on'} {on}"


def figure_in_words(view: View, figure: Figure) -> tuple[Span, ...]:
    """“20% · in force since 10 Nov 2025”, or else who counts how much, or what is said of it."""
    if applies := amounts.in_force(figure, view.counting.edge_of(figure)):
        since = f" · in force since {labels.day(applies.on)}"
        until = f" · {_ahead(view, 'until', applies.until)}" if applies.until else ""
        return (Span(labels.value(applies, figure.unit), "strong"), Span(since + until, "muted"))
    if counts := amounts.by_counter(figure):
        latest = [of[-1] for of in counts]
    else:
        latest = list(figure.values[-1:])
    spans: list[Span] = []
    for value in latest:
        facts_of = ", ".join((*_said(view, value), labels.day(value.on)))
        spans += [Span("; ", "muted")] if spans else []
        spans += [Span(labels.value(value, figure.unit), "strong"), Span(f" · {facts_of}", "muted")]
    return tuple(spans)


def _said(view: View, value: FigureValue) -> tuple[str, ...]:
    by = labels.whose(view.index, value)
    return (labels.FIGURE_STANDINGS[value.standing], *((by,) if by else ()))
