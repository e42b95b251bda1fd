"""A negotiation through time: what of it was public at the end of any day.

This is the only place that knows what becomes public when. It makes, for a day, an index
that holds nothing later: whoever asks that index cannot leak what it does not have.

The rules, beyond `model.public_from`:

- A round that was announced shows as upcoming, on the date then planned for it, with the
  pages that were public then. Where it is held and who leads it shows once it has begun; its
  end, its result and what was on the table once it is over.
- A measure and an issue show from the first of their steps, statuses and positions. A legal
  name shows with the first step that is more than a threat.
- People, delegations and sources without a date show once something public names them.
- A page that bears a later date than the day, or none at all, may still carry a statement
  that was public by then. It is kept as a source, with its title and address withheld.
- A printing or a version shows from the first date its sources bear; a conflict shows once
  two versions of it do.
- What is named and was not public is not named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cached_property
from itertools import chain

from explorer.record import model
from explorer.record.index import Index
from explorer.record.model import PLURALS, AnyEntry, AnyRecord, AnyTable, Dataset, Day, Ref, entries

LATER_PAGE = "a page of a later date, its title withheld"
UNDATED_PAGE = "a page without a date, its title withheld"

_ONLY_THREATS = ("threatened", "reported")
_NAMED_FIRST = ("delegate", "delegation", "source")
"""Kinds that show once something public names them, each after the kinds that may name it."""


class Timeline:
    """The index of a dataset as it was on any day."""

    def __init__(self, whole: Index) -> None:
        self.whole = whole
        self._turns: dict[Ref, list[date]] = {}
        self._forms: dict[tuple[Ref, int], AnyRecord] = {}
        self._named: dict[int, tuple[Ref, ...]] = {}
        """What each form of a record names, by the form's identity; forms are kept."""
        self._last: tuple[date, Index] | None = None

    def at(self, day: date) -> Index:
        """What was public at the end of a day."""
        if self._last is None or self._last[0] != day:
            self._last = (day, Index(self._dataset(day), self._named))
        return self._last[1]

    def public(self, ref: Ref) -> date:
        """The day a record became public. Raises KeyError when the dataset has none."""
        return self._public.of[ref]

    @cached_property
    def _public(self) -> _Publicity:
        return _Publicity(self.whole)

    def _dataset(self, day: date) -> Dataset:
        whole = self.whole.dataset
        public = {
            plural: tuple(
                self._form(record, day)
                for record in whole.of(kind)
                if self._public.of[record.ref] <= day
            )
            for kind, plural in PLURALS.items()
        }
        return model.with_fields(
            whole, {"negotiation": self._form(whole.negotiation, day), **public}
        )

    def _form(self, record: AnyRecord, day: date) -> AnyRecord:
        """The record as it was; made once for all days between two turns."""
        ref = record.ref
        turn = bisect_right(self._turning(record), day)
        if (ref, turn) not in self._forms:
            self._forms[ref, turn] = self._public.form(record, day)
        return self._forms[ref, turn]

    def _turning(self, record: AnyRecord) -> list[date]:
        """Every day on which the record may have changed its form, and some more."""
        turns = self._turns.get(record.ref)
        if turns is None:
            # What is to come after the last day covered shows on that day.
            days = {self._public.of[record.ref], self.whole.dataset.negotiation.covers_until}
            for table in model.tables(record):
                days.update(_days(table))
                days.update(self._public.of[ref] for _, ref in model.references(table))
            match record:
                case model.Source():
                    days.add(self._public.in_full[record.id])
                case model.Round():
                    days.update(self._public.in_full[slug] for slug in record.source_ids)
                case model.Conflict():
                    days.update(self._public.of[ref] for ref in record.touches)
            for _, _, entry in entries(record):
                days.add(self._public.entry(record, entry))
            turns = self._turns[record.ref] = sorted(days)
        return turns


def _days(table: AnyTable) -> Iterator[date]:
    for field in fields(table):
        value = getattr(table, field.name)
        if isinstance(value, date):
            yield value
        elif field.type in ("Day", "Day | None") and value:
            yield model.first_day(value)
            yield model.last_day(value)


class _Publicity:
    """When each record and entry became public, and how a record looked on a day."""

    def __init__(self, whole: Index) -> None:
        self._whole = whole
        self._ends = whole.dataset.negotiation.covers_until
        self.of: dict[Ref, date] = {}
        self.in_full: dict[str, date] = {}
        """The day from which a source's title is shown, by the source's id."""
        for record in whole.dataset.records():
            if record.kind not in ("point", "conflict"):
                self.of[record.ref] = self._own_day(record)
        for point in whole.dataset.points:
            # A point cannot be shown without the round and the issue it belongs to.
            needed = [ref for _, ref in model.references(point) if ref.kind in ("round", "issue")]
            self.of[point.ref] = max(self._own_day(point), *(self.of[ref] for ref in needed))
        for kind in _NAMED_FIRST:
            if kind == "source":
                self._publish_conflicts()
            self._publish_when_named(kind)
        self._show_titles()

    def _own_day(self, record: AnyRecord) -> date:
        """The day a record became public as far as it says so itself; the last when it does not."""
        day = _own_day(record)
        # A month that the record ends in is over when the record ends.
        return day if day == date.max else min(day, self._ends)

    def _publish_conflicts(self) -> None:
        """With something they touch and two of their versions, for one version is no conflict."""
        for conflict in self._whole.dataset.conflicts:
            touched = (self.of[ref] for ref in conflict.touches)
            day = max(self._own_day(conflict), min(touched, default=date.min))
            self.of[conflict.ref] = min(day, self._ends)
            versions = sorted(self.entry(conflict, version) for version in conflict.versions)
            self.of[conflict.ref] = versions[1]

    def _publish_when_named(self, kind: str) -> None:
        named: defaultdict[Ref, date] = defaultdict(lambda: date.max)
        for ref, day in self._namings(kind):
            named[ref] = min(named[ref], day)
        for record in self._whole.dataset.of(kind):
            # Whom nobody names shows when the record ends.
            self.of[record.ref] = min(self.of[record.ref], named[record.ref], self._ends)

    def _show_titles(self) -> None:
        """A page without a date is no older than the last statement that rests on it."""
        last: defaultdict[Ref, date] = defaultdict(lambda: date.min)
        for ref, day in self._namings("source"):
            last[ref] = max(last[ref], day)
        for this_round in self._whole.dataset.rounds:
            for slug in this_round.source_ids:  # which bear what came of it
                cited = Ref("source", slug)
                last[cited] = max(last[cited], min(_result_known(this_round), self._ends))
        for source in self._whole.dataset.sources:
            dated = self._own_day(source)
            self.in_full[source.id] = last[source.ref] if dated == date.max else dated

    def _namings(self, kind: str) -> Iterator[tuple[Ref, date]]:
        """Each naming of a record of a kind, with the day from which the naming shows."""
        for record in self._whole.dataset.records():
            if record.ref not in self.of:
                continue
            shows = self.of[record.ref]
            for field, ref in model.references(record):
                if ref.kind == kind:
                    yield ref, max(shows, _field_day(record, field))
            for _, _, entry in entries(record):
                for _, ref in model.references(entry):
                    if ref.kind == kind:
                        yield ref, self.entry(record, entry)

    def entry(self, record: AnyRecord, entry: AnyEntry) -> date:
        """The day an entry became public, which is never before its record did."""
        shows = self.of[record.ref]
        if isinstance(entry, model.Variant | model.Version) and entry.known is None:
            dates = [self._own_day(self._whole[ref]) for _, ref in model.references(entry)]
            return max(shows, min(dates)) if dates and max(dates) < date.max else shows
        return max(shows, min(model.public_from(entry) or date.min, self._ends))

    def form(self, record: AnyRecord, day: date) -> AnyRecord:
        """The record as it was at the end of a day on which it was public."""
        shown = model.with_fields(
            record,
            dict(chain(self._references_shown(record, day), self._entries_shown(record, day))),
        )
        match shown:
            case model.Round():
                whole = self._whole.round(record.ref)
                hidden = _hidden_of_round(whole, shown.moves, day, self._ends)
                if "planned" in hidden:  # later pages would show when it was held
                    read = (s for s in whole.source_ids if self.in_full[s] <= day)
                    hidden["source_ids"] = tuple(read)
                return model.with_fields(shown, hidden)
            case model.Measure() if _is_only_threatened(
                self._whole.measure(record.ref), shown.steps
            ):
                return model.with_fields(shown, {"legal_name": ""})
            case model.Source() if self.in_full[record.id] > day:
                return model.with_fields(shown, _hidden_of_source(shown))
            case model.Conflict():
                about = tuple(str(ref) for ref in shown.touches if self.of[ref] <= day)
                return model.with_fields(shown, {"about": about})
        return shown

    def _entries_shown(self, record: AnyRecord, day: date) -> Iterator[tuple[str, object]]:
        """The fields that hold entries, with those that are public."""
        by_field: defaultdict[str, list[AnyEntry]] = defaultdict(list)
        for field, _, entry in entries(record):
            shown = by_field[field]
            if self.entry(record, entry) <= day:
                fields = dict(self._references_shown(entry, day))
                if (
                    isinstance(entry, model.Role)
                    and entry.until
                    and self._ends_later(entry.until, day)
                ):
                    fields["until"] = None
                shown.append(model.with_fields(entry, fields))
        return ((field, tuple(shown)) for field, shown in by_field.items())

    def _ends_later(self, until: Day, day: date) -> bool:
        return min(model.first_day(until), self._ends) > day

    def _references_shown(self, table: AnyTable, day: date) -> Iterator[tuple[str, object]]:
        """The fields of a table that name something not yet public, without those names."""
        hidden: defaultdict[str, set[str]] = defaultdict(set)
        for field, ref in model.references(table):
            if self.of[ref] > day:
                hidden[field].add(ref.id)
        for field, slugs in hidden.items():
            value = getattr(table, field)
            is_list = isinstance(value, tuple)
            yield field, tuple(s for s in value if s not in slugs) if is_list else None


def _own_day(record: AnyRecord) -> date:
    """The day a record became public as far as it says so itself."""
    match record:
        case model.Negotiation() | model.Delegation(standing="party"):
            return date.min
        case model.Issue() | model.Measure():
            days = (model.public_from(table) for table in model.tables(record))
            return min((day for day in days if day), default=date.min)
        case _:
            return model.public_from(record) or date.max


def _field_day(record: AnyRecord, field: str) -> date:
    """The day from which a field of a public record shows."""
    if not isinstance(record, model.Round):
        return date.min
    return _result_known(record) if field == "issue_ids" else record.starts


def _result_known(this_round: model.Round) -> date:
    return max(model.last_day(this_round.known or this_round.ends), this_round.ends)


def _hidden_of_round(
    this_round: model.Round, moves: tuple[model.Move, ...], day: date, ends: date
) -> dict[str, object]:
    """What a round that is announced or under way does not show yet, and what instead."""
    result = min(_result_known(this_round), ends)
    planned = moves[-1].to if moves else this_round.first_set
    upcoming = {
        "starts": model.first_day(planned),
        "ends": model.first_day(planned),
        "planned": planned,
    }
    if this_round.ends > ends:
        # What is to come after the record ends is a plan, and has no result.
        return {**upcoming} if moves != this_round.moves else {}
    if result <= day:
        return {}
    hidden = {"issue_ids": (), "summary": "", "next_step": ""}
    if this_round.starts <= day:
        return {**hidden, "ends": this_round.starts}
    people = {"lead_ids": (), "delegate_ids": ()}
    return {**hidden, **upcoming, **people, "number": None, "venue": "", "host": ""}


def _is_only_threatened(measure: model.Measure, shown: tuple[model.Step, ...]) -> bool:
    """Whether a measure has no legal name yet, if it gets one later."""
    named = [step for step in measure.steps if step.stage not in _ONLY_THREATS]
    return bool(named) and named[0] not in shown


def _hidden_of_source(source: model.Source) -> dict[str, object]:
    title = LATER_PAGE if source.published else UNDATED_PAGE
    return {"title": title, "described": True, "author": "", "address": "", "remark": ""}
