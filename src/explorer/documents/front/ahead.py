"""What comes: the next meetings with their tables, and what falls due, with its consequences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from explorer.documents import due_days
from explorer.documents.due_days import Due
from explorer.documents.pages import rows
from explorer.documents.pages.figure_standing import value_in_words
from explorer.documents.pages.measure_standing import measure_in_words
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.counting import UNKNOWN
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import Ref, Round

MEETINGS = 3
"""The most meetings that are set out."""
SOON = timedelta(days=60)
LEAST_DUE, MOST_DUE = 3, 12
"""What falls due is listed for so long a time, at least and at most so much of it."""

MOST_PASSED = 6
"""The most of what has passed since that is named."""


class _Due(NamedTuple):
    """Something that falls due."""

    when: Day | None
    """None for what is yet to be set."""
    ref: Ref
    write: Callable[[], None]
    """Writes its row."""


def meetings(sheet: Sheet) -> Iterator[None]:
    """The meetings that are under way or announced, each with what is on its table."""
    view = sheet.view
    found = [r for r in view.index.dataset.rounds if view.is_to_come(r) or view.is_under_way(r)]
    sheet.heading("Next")
    if not found:
        _say_there_is_none(sheet)
    for this_round in sorted(found, key=lambda r: r.opens)[:MEETINGS]:
        _meeting(sheet, this_round)
        yield
    if (rest := len(found) - MEETINGS) > 0:
        _say_more(sheet, rest, "announced")


def _meeting(sheet: Sheet, this_round: Round) -> None:
    view = sheet.view
    when = "under way" if view.is_under_way(this_round) else view.counting.left(this_round.opens)
    place = ", ".join(filter(None, (this_round.city, this_round.country)))
    facts = " · ".join(filter(None, (this_round.meeting, place, when)))
    rows.timed(
        sheet,
        view.days_of(this_round),
        sheet.name(this_round.ref, "strong"),
        Span(f"  {facts}", "muted"),
        *sheet.marks(this_round),
    )
    with sheet.beneath():
        if this_round.lead_ids:
            people = [view.index.delegate(slug).ref for slug in this_round.lead_ids]
            sheet.add(Span("led by ", "muted"), *rows.named(sheet, people), kind="item")
        for slug in this_round.issue_ids:
            issue = view.index.issue(slug)
            sheet.add(sheet.name(issue.ref), *rows.state(sheet, issue), kind="item")


def _say_there_is_none(sheet: Sheet) -> None:
    held = [r for r in sheet.index.dataset.rounds if sheet.view.is_held(r)]
    last = max(held, key=lambda r: r.closes, default=None)
    spans: tuple[Span | str, ...] = ("No meeting is announced.",)
    if last is not None:
        days = Span(f", {sheet.view.days_of(last)}.", "muted")
        spans = (*spans, " The last was ", sheet.name(last.ref), days)
    sheet.add(*spans)


def falling_due(sheet: Sheet) -> Iterator[None]:
    """Milestones, points, measures and figures by the day on which something is to happen.

    What lay ahead where the record ends and has passed for the reader since is counted.
    """
    view = sheet.view
    counting = {due.ref: view.counting.as_said_by(sheet.index[due.ref]) for due in _due(sheet)}
    found = [due for due in _due(sheet) if counting[due.ref].lies_ahead(due.when)]
    passed = [due for due in found if counting[due.ref].has_passed_since(due.when)]
    ahead = sorted((due for due in found if due not in passed), key=lambda due: _order(due.when))
    until = (view.counting.reader or view.as_of) + SOON
    soon = [due for due in ahead if due.when is None or first_day(due.when) <= until]
    shown = ahead[: min(max(len(soon), LEAST_DUE), MOST_DUE)]
    if found:
        sheet.heading("Falls due")
    for due in shown:
        due.write()
        yield
    if rest := len(ahead) - len(shown):
        _say_more(sheet, rest, "later" if len(shown) >= len(soon) else "")
    if passed:
        refs = tuple(dict.fromkeys(due.ref for due in sorted(passed, key=lambda d: _order(d.when))))
        sheet.add(
            Span(f"{labels.counted(len(refs), 'date')} {UNKNOWN}: ", "warning"),
            *rows.named(sheet, refs[:MOST_PASSED]),
            Span(" …" if len(refs) > MOST_PASSED else "", "muted"),
        )


def _say_more(sheet: Sheet, number: int, what: str) -> None:
    sheet.add(Span(f"… and {number} more{f', {what}' if what else ''}.", "muted"))


def _due(sheet: Sheet) -> Iterator[_Due]:
    """All that is open; meetings stand above."""
    for due in due_days.due(sheet.view):
        if not due.outcome and due.ref.kind != "round":
            yield _Due(due.when, due.ref, partial(_write, sheet, due))


def _write(sheet: Sheet, due: Due) -> None:
    match due.ref.kind:
        case "milestone":
            rows.milestone_row(sheet, due.ref, in_full=True)
        case "point":
            rows.due_row(sheet, due.ref)
        case "measure":
            _measure(sheet, due)
        case _:
            _figure(sheet, due)


def _measure(sheet: Sheet, due: Due) -> None:
    measure = sheet.index.measure(due.ref)
    side = sheet.index.delegation(measure.delegation_id).short
    spans = (Span(f"  {side} · ", "muted"), *measure_in_words(sheet.view, measure))
    marks = sheet.marks(*due.grounds)
    rows.timed(sheet, labels.day(due.when), sheet.name(due.ref), *spans, *marks)


def _figure(sheet: Sheet, due: Due) -> None:
    figure, value = sheet.index.figure(due.ref), due.value
    assert value is not None, "a figure falls due by a value"
    spans = (sheet.name(due.ref), Span(f"  {value_in_words(sheet.view, figure, value)}", "muted"))
    rows.timed(sheet, labels.day(due.when), *spans, *sheet.marks(value))


def _order(due: Day | None) -> tuple[date, date]:
    """By the day, what is yet to be set last."""
    return (first_day(due), last_day(due)) if due else (date.max, date.max)
