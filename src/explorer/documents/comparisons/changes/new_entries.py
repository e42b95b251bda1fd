"""What came to a record that was there: its new entries, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch
from typing import NamedTuple, TypeVar

from explorer.documents.comparisons.changes.change import Change, Kind, change_in
from explorer.documents.comparisons.changes.difference import (
    differences,
    fresh_entries,
    says_the_same,
)
from explorer.documents.pages.measure_standing import step_told
from explorer.record import labels, model
from explorer.record.model import AnyRecord, Day, last_day, toml_name
from explorer.view import View

Moved = model.Round | model.Point | model.Milestone
OfASide = TypeVar("OfASide", model.Position, model.Account)

_TABLES = (
    *("statuses", "positions", "steps", "accounts", "moves", "evidence", "outcomes", "roles"),
    *("versions", "variants"),
)
"""The tables whose entries are changes of their own; the parts of a rate come with it."""


def new_entries(view: View, old: AnyRecord, new: AnyRecord) -> Iterator[Change]:
    """What the tables of a record hold that they did not hold before."""
    for table in _TABLES:
        were: Sequence[model.Entry] = getattr(old, table, ())
        are: Sequence[model.Entry] = getattr(new, table, ())
        if were == are:
            continue
        for place, was in fresh_entries(were, are):
            entry, field = are[place], toml_name(table)
            if was is None:
                came = _came(entry, view, old, new, place)
                words = {"was": came.was, "now": came.now, "text": came.text}
                yield change_in(view, new, came.kind, came.on, entry, field=field, **words)
            else:
                on: Day = getattr(entry, "on", None) or view.today
                yield from rewordings(view, new, (was, entry), on, field)
    if isinstance(old, model.Delegate) and isinstance(new, model.Delegate):
        yield from _given_up(view, old, new)


def rewordings(
    view: View,
    record: AnyRecord,
    forms: tuple[model.Record | model.Entry, model.Record | model.Entry],
    on: Day,
    table: str = "",
) -> Iterator[Change]:
    """Each text or date that differs between two forms of a record, or of an entry in it."""
    for name, was, now in differences(*forms):
        kind: Kind = "changed" if was else "known"
        field = f"{table} {toml_name(name)}".strip()
        yield change_in(view, record, kind, on, forms[1], was=was, now=now, field=field)


class _Came(NamedTuple):
    """A new entry in words: its day, what stood before it, and what it says."""

    kind: Kind
    on: Day
    was: str = ""
    now: str = ""
    text: str = ""


@singledispatch
def _came(entry: model.Entry, _view: View, _old: AnyRecord, _new: AnyRecord, _place: int) -> _Came:
    raise TypeError(f"{entry.__class__.__name__} is in none of {_TABLES}")


@_came.register
def _status(
    status: model.Status, _view: View, _old: model.Issue, issue: model.Issue, place: int
) -> _Came:
    was = issue.statuses[place - 1].state if place else ""
    return _Came("stands", status.on, was, status.state, status.text)


@_came.register
def _position(
    position: model.Position, _view: View, _old: model.Issue, issue: model.Issue, place: int
) -> _Came:
    before = _before(issue.positions, place)
    was = before.text if before is not None and not before.withdrawn else ""
    kind: Kind = "dropped" if position.withdrawn else "position" if was else "added"
    return _Came(kind, position.on, was, position.text)


@_came.register
def _step(
    step: model.Step, view: View, _old: model.Measure, measure: model.Measure, place: int
) -> _Came:
    was = measure.steps[place - 1].stage if place else ""
    return _Came("step", step.on, was, step_told(view, measure, step), step.text)


@_came.register
def _account(
    account: model.Account, _view: View, _old: model.Point, point: model.Point, place: int
) -> _Came:
    before = _before(point.accounts, place)
    words = f"“{account.words}”" if account.words else ""
    text = " ".join(filter(None, (account.text, words)))
    return _Came("account", account.on, before.stance if before else "", account.stance, text)


@_came.register
def _move(move: model.Move, _view: View, old: Moved, new: Moved, place: int) -> _Came:
    was = new.moves[place - 1].to if place else old.first_set
    kind: Kind = "kept" if was == move.to else "moved"
    return _Came(kind, move.on, labels.day(was) if was else "", labels.day(move.to), move.text)


@_came.register
def _evidence(
    seen: model.Evidence, _view: View, _old: model.Point, _new: model.Point, _place: int
) -> _Came:
    return _Came("evidence", seen.on, now=seen.shows or "", text=seen.text)


@_came.register
def _outcome(
    outcome: model.Outcome, _view: View, _old: model.Round, _new: model.Round, _place: int
) -> _Came:
    return _Came("outcome", outcome.on, text=outcome.text)


@_came.register
def _role(
    role: model.Role, view: View, _old: model.Delegate, _new: model.Delegate, _place: int
) -> _Came:
    return _Came("role", role.since or role.known or view.today, now=role.title)


@_came.register
def _version(
    version: model.Version, view: View, _old: model.Conflict, _new: model.Conflict, _place: int
) -> _Came:
    return _Came("version", _printed(view, version), text=version.text)


@_came.register
def _variant(
    variant: model.Variant, view: View, _old: model.Quote, quote: model.Quote, _place: int
) -> _Came:
    words = labels.in_marks(variant.text, variant.form or quote.form)
    return _Came("variant", _printed(view, variant), text=words)


def _before(entries: Sequence[OfASide], place: int) -> OfASide | None:
    """The entry of the same delegation before one, in order of their days."""
    side = entries[place].delegation_id
    places = [n for n, entry in enumerate(entries) if entry.delegation_id == side]
    places.sort(key=lambda n: last_day(entries[n].on))
    at = places.index(place)
    return entries[places[at - 1]] if at else None


def _given_up(view: View, old: model.Delegate, new: model.Delegate) -> Iterator[Change]:
    """The posts that were held and are so no more."""
    held = [role for role in old.roles if role.until is None]
    for role in new.roles:
        if role.until is not None and any(says_the_same(other, role) for other in held):
            field = toml_name("roles")
            yield change_in(view, new, "role", role.until, role, was=role.title, field=field)


def _printed(view: View, entry: model.Variant | model.Version) -> Day:
    """The day of an entry that has none but those of its sources."""
    printed = (view.index.source(slug).published for slug in entry.source_ids)
    first = min((day for day in printed if day), key=last_day, default=view.today)
    return entry.known or first
