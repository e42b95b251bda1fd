"""What lies ahead of those who read a briefing: milestones, and points that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explorer.documents.briefing.subject import Subject
from explorer.documents.comparisons import accounts
from explorer.documents.pages import rows
from explorer.documents.sheet import Sheet
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import Ref


def add(sheet: Sheet, subject: Subject) -> None:
    """Milestones ahead and points due, in order of their days; overdue points come first."""
    listed = [*_milestones(subject), *_points(subject)]
    listed.sort(key=lambda dated: _order(dated[0]))
    with sheet.section("What falls due"):
        for _, ref in listed:
            if ref.kind == "point":
                rows.due_row(sheet, ref)
            else:
                rows.milestone_row(sheet, ref, in_full=True)


def _order(due: Day | None) -> tuple[date, date]:
    """By the day, what is yet to be set last."""
    return (first_day(due), last_day(due)) if due else (date.max, date.max)


def _milestones(subject: Subject) -> Iterator[tuple[Day | None, Ref]]:
    """Those ahead that bear on the subject, and the deadline of the whole."""
    view = subject.view
    for milestone in view.index.dataset.milestones:
        falls = milestone.falls_on
        bears = (
            subject.in_short
            or milestone == view.index.deadline
            or Ref("round", milestone.round_id or "") in subject.rounds
            or any(Ref("issue", slug) in subject.issues for slug in milestone.issue_ids)
        )
        is_ahead = view.counting.as_said_by(milestone).lies_ahead(falls)
        if bears and is_ahead and milestone.result is None:
            yield falls, milestone.ref


def _points(subject: Subject) -> Iterator[tuple[Day, Ref]]:
    """Those with a day on the issues of the subject, of whatever round, not known to be done.

    Of days that are past only what is overdue, or of which nothing is known: what was
    carried out in part by then falls due no more.
    """
    for issue in subject.issues:
        for point in accounts.points(subject.on(issue), issue):
            due, shown = point.falls_due, point.delivery.shows if point.delivery else None
            if due is None or shown == "carried out":
                continue
            if (
                subject.view.counting.as_said_by(point).lies_ahead(due)
                or shown != "carried out in part"
            ):
                yield due, point.ref
