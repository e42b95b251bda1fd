"""What a record that is new says in a list of changes: its day, and in which words."""

from __future__ import annotations

from functools import singledispatch
from typing import NamedTuple

from explorer.documents.comparisons.changes.change import Change, change_in
from explorer.documents.pages.measure_standing import step_told
from explorer.record import labels, model
from explorer.record.model import AnyRecord, Day, last_day
from explorer.record.standing import reached
from explorer.view import View


class _New(NamedTuple):
    """A new record in words: its day, the table of it that says so, and what it says."""

    on: Day
    table: model.Record | model.Entry
    now: str = ""
    text: str = ""


def added(view: View, record: AnyRecord) -> Change:
    """That a record is new."""
    new = _new(record, view)
    return change_in(view, record, "added", new.on, new.table, now=new.now, text=new.text)


@singledispatch
def _new(record: AnyRecord, view: View) -> _New:
    return _New(view.timeline.public(record.ref), record)


@_new.register
def _issue(issue: model.Issue, view: View) -> _New:
    if status := issue.latest_status:
        return _New(status.on, status, status.state, status.text)
    return _New(view.timeline.public(issue.ref), issue, "", issue.summary)


@_new.register
def _measure(measure: model.Measure, view: View) -> _New:
    if step := reached(measure, view.today):
        return _New(step.on, step, step_told(view, measure, step), step.text)
    if measure.steps:
        step = measure.steps[0]
        return _New(step.on, step, f"to be {step_told(view, measure, step)}", step.text)
    return _New(view.timeline.public(measure.ref), measure, "", measure.summary)


@_new.register
def _round(this_round: model.Round, view: View) -> _New:
    days = view.days_of(this_round)
    if view.is_to_come(this_round):
        on = this_round.announced or view.timeline.public(this_round.ref)
        return _New(on, this_round, f"announced for {days}", this_round.summary)
    if view.is_under_way(this_round):
        return _New(this_round.starts, this_round, f"under way since {days}")
    return _New(this_round.ends, this_round, days, this_round.summary)


@_new.register
def _milestone(milestone: model.Milestone, view: View) -> _New:
    on = falls = milestone.falls_on
    if last_day(falls) > view.today:
        on = milestone.announced or view.timeline.public(milestone.ref)
    return _New(on, milestone, labels.day(falls), milestone.text)


@_new.register
def _point(point: model.Point, view: View) -> _New:
    accounts = (
        f"{view.index.delegation(side).short} {account.stance}"
        for side, account in point.latest_accounts.items()
    )
    return _New(point.on, point, "; ".join(accounts), point.text)


@_new.register
def _quote(quote: model.Quote, _: View) -> _New:
    return _New(quote.day, quote, labels.quoted(quote))


@_new.register
def _rate(rate: model.Rate, _: View) -> _New:
    return _New(rate.on, rate, rate.name, rate.text)


@_new.register
def _conflict(conflict: model.Conflict, _: View) -> _New:
    versions = " Or: ".join(version.text for version in conflict.versions)
    return _New(conflict.on, conflict, "", versions)


@_new.register
def _delegate(delegate: model.Delegate, view: View) -> _New:
    return _New(view.timeline.public(delegate.ref), delegate, delegate.latest_role)


@_new.register
def _delegation(delegation: model.Delegation, view: View) -> _New:
    return _New(view.timeline.public(delegation.ref), delegation, "", delegation.summary)
