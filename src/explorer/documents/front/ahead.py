"""What comes: the next meetings with their tables, and what falls due, with its consequences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from explorer.documents import coverage, due_days
from explorer.documents.due_days import Due
from explorer.documents.pages import rows
from explorer.documents.pages.figure_standing import value_in_words
from explorer.documents.pages.measure_standing import measure_in_words
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.days import first_day
from explorer.record.model import Round

MEETINGS = 3
"""The most meetings that are set out."""
SOON = timedelta(days=60)
LEAST_DUE, MOST_DUE = 3, 12
"""What falls due is listed for so long a time, at least and at most so much of it."""

MOST_PASSED = 6
"""The most of what has passed since that is named."""


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

    What has passed for the reader since, and of which nobody knows, is counted.
    """
    view = sheet.view
    now = view.counting
    ahead: list[Due] = []
    passed: list[Due] = []
    for due in _open(sheet):
        counting = now.as_said_by(sheet.index[due.ref])
        if counting.has_passed_since(due.when) or counting.is_unknown(due.when):
            passed.append(due)
        elif counting.lies_ahead(due.when):
            ahead.append(due)
    ahead.sort(key=Due.in_order)
    until = (now.reader or view.as_of) + SOON
    soon = [due for due in ahead if due.when is None or first_day(due.when) <= until]
    shown = ahead[: min(max(len(soon), LEAST_DUE), MOST_DUE)]
    if ahead or passed:
        sheet.heading("Falls due")
    for due in shown:
        _write(sheet, due)
        yield
    if rest := len(ahead) - len(shown):
        _say_more(sheet, rest, "later" if len(shown) >= len(soon) else "")
    if passed:
        _passed(sheet, passed)


def _passed(sheet: Sheet, dues: Sequence[Due]) -> None:
    """Deadlines of whose outcome nothing is known, as many as everywhere, and other days."""
    view = sheet.view
    deadlines = coverage.passed(view)
    named = {due.when: set(_issues(sheet, due)) for due in dues if due.ref in deadlines}
    others: list[Due] = []
    for due in sorted(dues, key=Due.in_order):
        # What falls on the day of another, on the same issue, is the same.
        if due.ref not in deadlines and not named.get(due.when, set()) & set(_issues(sheet, due)):
            others.append(due)
            named.setdefault(due.when, set()).update(_issues(sheet, due))
    refs = tuple(dict.fromkeys((*deadlines, *(due.ref for due in others))))
    sheet.add(
        Span(f"{coverage.passed_in_words(view, len(others))}: ", "warning"),
        *rows.named(sheet, refs[:MOST_PASSED]),
        Span(" …" if len(refs) > MOST_PASSED else "", "muted"),
    )


def _issues(sheet: Sheet, due: Due) -> Sequence[str]:
    """The issues of what falls due, by their ids."""
    slugs: Sequence[str] = getattr(sheet.index[due.ref], "issue_ids", ())
    return slugs


def _say_more(sheet: Sheet, number: int, what: str) -> None:
    sheet.add(Span(f"… and {number} more{f', {what}' if what else ''}.", "muted"))


def _open(sheet: Sheet) -> Iterator[Due]:
    """All that is open; meetings stand above."""
    for due in due_days.due(sheet.view):
        if not due.outcome and due.ref.kind != "round":
            yield due


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
