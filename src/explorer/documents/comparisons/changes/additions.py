"""What came between two looks, in words: new records, and new entries of those there were."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from explorer.documents.comparisons.changes.change import Change, Kind, change_in
from explorer.documents.comparisons.changes.difference import (
    differences,
    fresh_entries,
    says_the_same,
)
from explorer.documents.pages.figure_standing import value_in_words
from explorer.documents.pages.measure_standing import step_in_words
from explorer.record import amounts, clauses, labels, model
from explorer.record.days import Day, last_day
from explorer.record.model import AnyRecord, Entry, Record
from explorer.record.tables import toml_name
from explorer.view import View

OfASide = TypeVar("OfASide", model.Position, model.Account)
Says = Callable[..., Change]
"""Makes the change of what is known of it so far, given the rest."""

_TABLES = (
    *("statuses", "positions", "steps", "accounts", "moves", "evidence", "outcomes", "roles"),
    *("members", "results", "values"),
    *("versions", "variants", "clauses"),
)
"""The tables whose entries are changes of their own; the parts of a value come with it."""


def added(view: View, record: AnyRecord) -> Change:
    """That a record is new."""
    says = partial(change_in, view, record, "added")
    match record:
        case model.Issue() | model.Measure() | model.Figure():
            return _new_with_entries(says, view, record)
        case model.Round():
            return _new_round(says, view, record)
        case model.Milestone():
            on = falls = record.falls_on
            if on is None or last_day(on) > view.as_of:
                on = record.announced or view.timeline.public(record.ref)
            return says(on, record, now=labels.day(falls), text=record.text)
        case model.Point():
            accounts = (
                f"{view.index.delegation(side).short} {account.stance}"
                for side, account in record.latest_accounts.items()
            )
            return says(record.on, record, now="; ".join(accounts), text=record.text)
        case model.Text():
            return says(record.issued, record, now=record.type)
        case _:
            return _new_at_once(says, view, record)


def _new_with_entries(
    says: Says, view: View, record: model.Issue | model.Measure | model.Figure
) -> Change:
    """What stands in one of its entries, when it has any."""
    match record:
        case model.Issue() if status := record.latest_status:
            return says(status.on, status, now=status.state, text=status.text)
        case model.Measure() if step := view.life(record).reached(view.counting.edge_of(record)):
            return says(step.on, step, now=step_in_words(view, record, step), text=step.text)
        case model.Figure(values=(*_, latest)):
            value = amounts.in_force(record, view.counting.edge_of(record)) or latest
            return says(value.on, value, now=value_in_words(view, record, value), text=value.text)
        case model.Measure(steps=(step, *_)):
            to_be = f"to be {step_in_words(view, record, step)}"
            return says(step.on, step, now=to_be, text=step.text)
        case _:
            return says(view.timeline.public(record.ref), record, text=record.summary)


def _new_round(says: Says, view: View, this_round: model.Round) -> Change:
    days = view.days_of(this_round)
    if view.is_to_come(this_round):
        on = this_round.announced or view.timeline.public(this_round.ref)
        return says(on, this_round, now=f"announced for {days}", text=this_round.summary)
    if view.is_under_way(this_round):
        return says(this_round.starts, this_round, now=f"under way since {days}")
    return says(this_round.ends, this_round, now=days, text=this_round.summary)


def _new_at_once(says: Says, view: View, record: AnyRecord) -> Change:
    """A record that has no life of its own: all of it came at once."""
    match record:
        case model.Quote():
            return says(record.day, record, now=labels.quoted(record))
        case model.Conflict():
            versions = " Or: ".join(version.text for version in record.versions)
            return says(record.on, record, text=versions)
    public = view.timeline.public(record.ref)
    match record:
        case model.Delegate():
            return says(public, record, now=record.latest_role)
        case model.Delegation():
            return says(public, record, text=record.summary)
        case _:
            return says(public, record)


def new_entries(view: View, old: AnyRecord, new: AnyRecord) -> Iterator[Change]:
    """What the tables of a record hold that they did not hold before."""
    for table in _TABLES:
        were: Sequence[Entry] = getattr(old, table, ())
        are: Sequence[Entry] = getattr(new, table, ())
        if were == are:
            continue
        for place, was in fresh_entries(were, are):
            yield from _in_entry(view, (old, new), toml_name(table), (was, are[place]), place)
    if isinstance(old, model.Delegate) and isinstance(new, model.Delegate):
        yield from _given_up(view, old, new)


def _in_entry(
    view: View,
    forms: tuple[AnyRecord, AnyRecord],
    field: str,
    entries: tuple[Entry | None, Entry],
    place: int,
) -> Iterator[Change]:
    """That an entry is new, was taken back or is worded otherwise."""
    was, entry = entries
    _, record = forms
    if was is None:
        says = partial(change_in, view, record, table=entry, field=field)
        placed = _PLACED.get(record.kind, _in_a_row)
        yield placed(says, view, forms, entry, place)
    elif _was_taken_back(was, entry):
        yield _taken_back(view, record, entry)
    else:
        on: Day = getattr(entry, "on", None) or view.as_of
        yield from rewordings(view, record, (was, entry), on, field)


def rewordings(
    view: View,
    record: AnyRecord,
    forms: tuple[Record | Entry, Record | Entry],
    on: Day,
    table: str = "",
) -> Iterator[Change]:
    """Each text or date that differs between two forms of a record, or of an entry in it."""
    for name, was, now in differences(*forms):
        kind: Kind = "changed" if was else "known"
        field = f"{table} {toml_name(name)}".strip()
        yield change_in(view, record, kind, on, forms[1], was=was, now=now, field=field)


def _in_a_row(
    says: Says, view: View, forms: tuple[AnyRecord, AnyRecord], entry: Entry, place: int
) -> Change:
    """A new entry against the one before it in its table, whose place it takes."""
    old, new = forms
    was: str
    kind: Kind
    match new, entry:
        case model.Issue(), model.Status():
            was = new.statuses[place - 1].state if place else ""
            return says("stands", entry.on, was=was, now=entry.state, text=entry.text)
        case model.Issue(), model.Position():
            before = _before(new.positions, place)
            was = before.text if before is not None and not before.withdrawn else ""
            kind = "dropped" if entry.withdrawn else "position" if was else "added"
            return says(kind, entry.on, was=was, now=entry.text)
        case model.Measure(), model.Step():
            was = new.steps[place - 1].stage if place else ""
            now = step_in_words(view, new, entry)
            return says("step", entry.on, was=was, now=now, text=entry.text)
        case model.Point(), model.Account():
            earlier = _before(new.accounts, place)
            words = f"“{entry.words}”" if entry.words else ""
            text = " ".join(filter(None, (entry.text, words)))
            was = earlier.stance if earlier else ""
            return says("account", entry.on, was=was, now=entry.stance, text=text)
        case model.Round() | model.Point() | model.Milestone(), model.Move():
            stood = new.moves[place - 1].to if place else getattr(old, "first_set", None)
            kind, was = "kept" if stood == entry.to else "moved", labels.day(stood) if stood else ""
            return says(kind, entry.on, was=was, now=labels.day(entry.to), text=entry.text)
        case _:
            return _by_itself(says, view, new, entry)


def _new_value(
    says: Says, view: View, forms: tuple[AnyRecord, AnyRecord], entry: Entry, _place: int
) -> Change:
    """A new value; one in force against that whose place it takes."""
    figure = forms[1]
    assert isinstance(figure, model.Figure), "which alone has values"
    assert isinstance(entry, model.FigureValue), "of its table"
    before = _step_before(view, figure, entry)
    was = labels.value(before, figure.unit) if before else ""
    now = value_in_words(view, figure, entry)
    return says("value", entry.on, was=was, now=now, text=entry.text)


def _step_before(
    view: View, figure: model.Figure, value: model.FigureValue
) -> model.FigureValue | None:
    """The value in force whose place another takes; None when it takes none's."""
    come = [
        step
        for step in amounts.steps(figure)
        if not amounts.is_pending(step, view.counting.edge_of(step))
    ]
    return come[come.index(value) - 1] if value in come[1:] else None


def _was_taken_back(was: Entry, entry: Entry) -> bool:
    return (
        isinstance(was, model.FigureValue)
        and isinstance(entry, model.FigureValue)
        and was.dropped is None
        and entry.dropped is not None
    )


def _taken_back(view: View, figure: AnyRecord, value: Entry) -> Change:
    """That a value which was announced or threatened is to come no more."""
    assert isinstance(figure, model.Figure), "which alone has values"
    assert isinstance(value, model.FigureValue), "as of both forms"
    was = ", ".join((labels.value(value, figure.unit), labels.FIGURE_STANDINGS[value.standing]))
    on = value.dropped or view.as_of
    return change_in(view, figure, "taken back", on, value, was=was, field=toml_name("values"))


def _by_itself(says: Says, view: View, record: AnyRecord, entry: Entry) -> Change:
    """A new entry that takes no other’s place."""
    match entry:
        case model.Evidence():
            return says("evidence", entry.on, now=entry.shows or "", text=entry.text)
        case model.Outcome() | model.DeadlineResult():
            now = entry.outcome if isinstance(entry, model.DeadlineResult) else ""
            return says("result" if now else "outcome", entry.on, now=now, text=entry.text)
        case model.Role():
            return says("role", entry.since or entry.known or view.as_of, now=entry.title)
        case model.Member():
            on = entry.since or entry.known or view.as_of
            return says("member", on, now=labels.member(view.index, entry))
        case model.Version():
            return says("version", _printed(view, entry), text=entry.text)
        case model.Variant() if isinstance(record, model.Quote):
            words = labels.in_marks(entry.text, entry.form or record.form)
            return says("variant", _printed(view, entry), text=words)
    raise TypeError(f"{entry.__class__.__name__} is in none of {_TABLES}")


def _in_a_text(
    says: Says, view: View, forms: tuple[AnyRecord, AnyRecord], entry: Entry, place: int
) -> Change:
    """A new step of a text, or a clause against the one that stood under its number before."""
    _, text = forms
    assert isinstance(text, model.Text), "only texts have clauses"
    if isinstance(entry, model.TextStep):
        stood = text.steps[place - 1].stage if place else ""
        return says("step", entry.on, was=stood, now=entry.stage, text=entry.text)
    assert isinstance(entry, model.Clause), "they have nothing else"
    histories = clauses.histories(text, view.as_of)
    under = next((h for h in histories if h[0].number == entry.number), ())
    before = [clause for clause in under if _is_before(clause, entry)]
    was = before[-1].words if before and not before[-1].dropped else ""
    was, on = was and f"{entry.number}: {was}", entry.on or text.issued
    if entry.dropped:
        return says("taken out", on, was=was, now=entry.number, text=entry.remark)
    now = f"{entry.number}: {entry.words}" if entry.words else entry.number
    return says("clause", on, was=was, now=now, text=entry.remark)


def _is_before(clause: model.Clause, other: model.Clause) -> bool:
    """Whether a clause stood before another of its number."""
    if other.on is None:
        return False
    return clause.on is None or last_day(clause.on) < last_day(other.on)


def _before(entries: Sequence[OfASide], place: int) -> OfASide | None:
    """The entry of the same delegation before one, in order of their days."""
    taking = _sides(entries[place])
    places = [n for n, entry in enumerate(entries) if taking & _sides(entry)]
    places.sort(key=lambda n: last_day(entries[n].on))
    at = places.index(place)
    return entries[places[at - 1]] if at else None


def _sides(entry: model.Position | model.Account) -> frozenset[str]:
    if isinstance(entry, model.Position):
        return frozenset(entry.delegation_ids)
    return frozenset((entry.delegation_id,))


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
    first = min((day for day in printed if day), key=last_day, default=view.as_of)
    return entry.known or first


_PLACED = {"text": _in_a_text, "figure": _new_value}
"""What makes a change of a new entry in some kinds of record, which others have not."""
