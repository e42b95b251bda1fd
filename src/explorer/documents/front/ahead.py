"""What comes: the next meetings with their tables, and what falls due, with its consequences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from explorer.documents.pages import rows
from explorer.documents.pages.figure_standing import value_in_words
from explorer.documents.pages.measure_standing import measure_in_words
from explorer.documents.sheet import Sheet, Span
from explorer.record import amounts, labels
from explorer.record.counting import UNKNOWN
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import FigureValue, Ref, Round
from explorer.record.standing import Standing

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
    view, data = sheet.view, sheet.index.dataset
    for milestone in data.milestones:
        if milestone.result is None:
            write = partial(rows.milestone_row, sheet, milestone.ref, in_full=True)
            yield _Due(milestone.falls_on, milestone.ref, write)
    for point in data.points:
        if point.falls_due and not (point.delivery and point.delivery.shows == "carried out"):
            yield _Due(point.falls_due, point.ref, partial(rows.due_row, sheet, point.ref))
    for measure in data.measures:
        standing = view.standing(measure)
        ends = standing and (standing.until or standing.effect)
        if standing and ends:
            write = partial(_measure, sheet, measure.ref, ends, standing)
            yield _Due(ends, measure.ref, write)
    for figure in data.figures:
        for value in amounts.pending(figure, view.counting.edge_of(figure)):
            words = value_in_words(view, figure, value)
            write = partial(_figure, sheet, figure.ref, value, words)
            yield _Due(value.on, figure.ref, write)


def _measure(sheet: Sheet, ref: Ref, when: Day, stands: Standing) -> None:
    measure = sheet.index.measure(ref)
    side = sheet.index.delegation(measure.delegation_id).short
    spans = (Span(f"  {side} · ", "muted"), *measure_in_words(sheet.view, measure))
    rows.timed(sheet, labels.day(when), sheet.name(ref), *spans, *sheet.marks(stands))


def _figure(sheet: Sheet, ref: Ref, value: FigureValue, words: str) -> None:
    spans = (sheet.name(ref), Span(f"  {words}", "muted"), *sheet.marks(value))
    rows.timed(sheet, labels.day(value.on), *spans)


def _order(due: Day | None) -> tuple[date, date]:
    """By the day, what is yet to be set last."""
    return (first_day(due), last_day(due)) if due else (date.max, date.max)
