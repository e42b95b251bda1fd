"""The changes between two looks at the negotiation, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from explorer.documents.comparisons.changes.additions import added, new_entries, rewordings
from explorer.documents.comparisons.changes.change import OTHER_GROUPS, Change, change_in
from explorer.documents.comparisons.compared import is_meant
from explorer.record import labels
from explorer.record.days import last_day
from explorer.record.model import KINDS, AnyRecord, Ref, Round
from explorer.view import View


def changes(view: View, since: date) -> tuple[Change, ...]:
    """All that became public after a day and by the day the view stands on, within its scope.

    By issue in the order of the dataset, then rounds, delegations and the rest; the newest
    first in each. Nothing when the day is not before the one the view stands on.
    """
    if since >= view.as_of:
        return ()
    found = between(view.at(since), view)
    if view.chosen:
        found = (_within(view, change) for change in found if is_meant(view, change.ref))
    return _in_order(view, found)


def default_since(view: View) -> date:
    """The end of the last round before the day since which anything became public.

    The beginning of the record when there is none. A round that ends on the day itself has
    just been held: what changed with it is counted from the round before.
    """
    began = view.index.dataset.negotiation.began
    held = (r.closes for r in view.index.dataset.rounds if view.is_held(r))
    for ended in sorted({day for day in held if began <= day < view.as_of}, reverse=True):
        if next(between(view.at(ended), view), None):
            return ended
    return began


def between(before: View, after: View) -> Iterator[Change]:
    """What a look shows that an earlier one did not, whatever the scope; no source by itself."""
    for kind in KINDS:
        if kind != "source":
            for ref in after.index.changed_since(before.index, kind):
                yield from _changes_of(before, after, after.index[ref])


def _changes_of(before: View, after: View, record: AnyRecord) -> Iterator[Change]:
    then = next((name for name in after.names_of(record.ref) if name in before.index), None)
    if then is None:
        yield added(after, record)
        return
    old = before.index[then]
    if old is record or old == record:
        return
    found = [*new_entries(after, old, record)]
    if isinstance(old, Round) and isinstance(record, Round):
        found += _held(before, after, old, record)
    yield from found
    # Other days and places of a round are said with what put them off or brought them about.
    is_round = isinstance(record, Round)
    if not (is_round and any(change.kind in ("moved", "begun", "held") for change in found)):
        days = [change.on for change in found if last_day(change.on) <= after.as_of]
        on = max(days, key=last_day, default=after.as_of)
        yield from rewordings(after, record, (old, record), on)


def _within(view: View, change: Change) -> Change:
    meant = tuple(slug for slug in change.issue_ids if is_meant(view, Ref("issue", slug)))
    return replace(change, issue_ids=meant)


def _in_order(view: View, found: Iterator[Change]) -> tuple[Change, ...]:
    issues = {ref: place for place, ref in enumerate(view.index.refs("issue"))}
    groups = {name: len(issues) + place for place, name in enumerate(OTHER_GROUPS)}
    kinds = list(KINDS)

    def place(numbered: tuple[int, Change]) -> tuple[int, int, int, int]:
        number, change = numbered
        group = change.group
        return (
            issues[group] if isinstance(group, Ref) else groups[group],
            -last_day(change.on).toordinal(),
            kinds.index(change.ref.kind),
            -number,
        )

    return tuple(change for _, change in sorted(enumerate(found), key=place))


def _held(before: View, after: View, old: Round, new: Round) -> Iterator[Change]:
    """That a round was begun or held, when it had not been."""
    was_to_come = before.is_to_come(old)
    planned = before.days_of(old) if was_to_come else ""
    was = planned if planned != labels.day(new.starts) else ""
    now = after.days_of(new)
    if after.is_under_way(new) and was_to_come:
        yield change_in(after, new, "begun", new.starts, new, was=was, now=now)
    elif after.is_held(new) and not before.is_held(old):
        yield change_in(after, new, "held", new.ends, new, was=was, now=now, text=new.summary)
