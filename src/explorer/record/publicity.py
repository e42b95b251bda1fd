"""When each record, each entry and each naming of another record became public.

This is the only place that knows what becomes public when. It finds it out once for all
days, so that what is known of a day is found by comparing numbers. The rules, beyond
`public_from`:

- A round that was announced shows as upcoming, on the date then planned for it, with the
  pages that were public then. Where it is held and who leads it shows once it has begun; its
  end, its result and what was on the table once it is over.
- A measure, an issue and a figure show from the first of their steps, statuses, positions and
  values. A legal name shows with the first step that is more than a threat; that a value was
  taken back shows from the day on which it was.
- People, delegations and sources without a date show once something public names them.
- A page that bears a later date than the day, or none at all, may still carry a statement
  that was public by then. It is kept as a source, with its title and address withheld.
- That a page was archived or looked at again shows from the day on which that was done.
- A printing or a version shows from the first date its sources bear; a conflict shows once
  two versions of it do.
- What is named and was not public is not named.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from functools import partial

from explorer.record import model
from explorer.record.days import first_day, last_day
from explorer.record.ends import Ends, Known
from explorer.record.model import AnyEntry, AnyRecord, AnyTable, Ref
from explorer.record.numbering import Numbering, Numbers, numbers
from explorer.record.tables import entries, public_from, references, tables_in
from explorer.values import dataclass

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
"""Days before and after all others: that of what was always public, and of what never was."""

_NAMED_FIRST = ("delegate", "delegation", "source")
"""Kinds that show once something public names them, each after the kinds that may name it."""


@dataclass(frozen=True, slots=True)
class Lists:
    """A list for each record, all in one."""

    starts: array[int]
    """Where the list of each record starts; at last where the last one ends."""
    items: array[int]

    def of(self, number: int) -> Numbers:
        """The list of a record."""
        return self.items[self.starts[number] : self.starts[number + 1]]

    def add(self, of: Sequence[int]) -> None:
        """Let the list of the next record follow."""
        self.items.extend(of)
        self.starts.append(len(self.items))


@dataclass(frozen=True, slots=True)
class Publicity:
    """What became public when. Days are numbers, and so are records (see `Numbering`)."""

    public: Numbers
    """The day each record became public."""
    in_full: Numbers
    """The day from which the title of each source is shown, by its place among the sources."""
    changes: Lists
    """For each record the later days on which its form may change."""
    named: Lists
    """For each record those it names, in the order in which it names them …"""
    named_from: Numbers
    """… and for each of these the day from which it does."""
    naming: Lists
    """For each record those that name it, in the order of the files …"""
    naming_from: Numbers
    """… and for each of these the day from which it does."""


def found(records: Sequence[AnyRecord], numbering: Numbering) -> Publicity:
    """What became public when in a whole dataset."""
    return _Finder(records, numbering).found()


_CHANGES_OTHERWISE = (
    model.Source,
    model.Delegate,
    model.Delegation,
    model.Figure,
    model.Round,
)
"""Records of which a field may show later than the record, or than the entry it stands in."""


class _Finder:
    """Works it out, record by record and kind by kind."""

    def __init__(self, records: Sequence[AnyRecord], numbering: Numbering) -> None:
        self._records = records
        self._numbering = numbering
        self._ends = Ends(records[0])
        self._own = numbers(clamped(own_day(record), self._ends.of(record)) for record in records)
        self._public = numbers(self._own)
        self._entry_days: dict[int, list[int]] = {}
        """For records that have entries, the day each of these shows by itself."""
        self._namers, self._targets, self._shows = numbers([]), numbers([]), numbers([])
        """Each naming, in the order of the records and in each as they stand: which record
        names, which is named, and from which day the field or the entry shows by itself."""
        self._starts = numbers([0])
        """Where the namings of each record start."""
        for number, record in enumerate(records):
            self._find_named(number, record)

    def _find_named(self, number: int, record: AnyRecord) -> None:
        for field, target in self._numbering.named_in(record):
            self._targets.append(target)
            self._shows.append(_field_day(record, field))
        for _, _, entry in entries(record):
            within = (self._numbering.named_in(table) for table in tables_in(entry))
            named = [target for of in within for _, target in of]
            day = entry_day(entry, (self._own[target] for target in named), self._ends.of(entry))
            self._entry_days.setdefault(number, []).append(day)
            self._targets.extend(named)
            self._shows.extend([day] * len(named))
        self._namers.extend([number] * (len(self._targets) - len(self._namers)))
        self._starts.append(len(self._targets))

    def _numbered(self, kind: str) -> Iterator[tuple[int, AnyRecord]]:
        return ((number, self._records[number]) for number in self._numbering.kinds[kind])

    def found(self) -> Publicity:
        for number in (*self._numbering.kinds["point"], *self._numbering.kinds["conflict"]):
            self._public[number] = LAST
        self._publish_points()
        for kind in _NAMED_FIRST:
            if kind == "source":
                self._publish_conflicts()
            self._publish_when_named(kind)
        in_full = self._in_full()
        named, named_from, changes = self._links(in_full)
        naming, naming_from = _reversed(named, named_from)
        return Publicity(self._public, in_full, changes, named, named_from, naming, naming_from)

    def _publish_points(self) -> None:
        """No point can be shown without its round and one of its issues."""
        for number, point in self._numbered("point"):
            named = [ref for _, ref in references(point)]
            its_round = self._days_public(ref for ref in named if ref.kind == "round")
            issues = self._days_public(ref for ref in named if ref.kind == "issue")
            first = min(issues, default=FIRST)
            self._public[number] = max(self._own[number], first, *its_round)

    def _publish_conflicts(self) -> None:
        """With something they touch and two of their versions, for one version is no conflict."""
        for number, conflict in self._numbered("conflict"):
            assert isinstance(conflict, model.Conflict), "numbered by kind"
            touched = min(self._days_public(conflict.touches), default=FIRST)
            day = min(max(self._own[number], touched), self._ends.of(conflict))
            versions = sorted(self._entry_days[number])
            self._public[number] = max(day, versions[1])

    def _publish_when_named(self, kind: str) -> None:
        of_kind = self._numbering.kinds[kind]
        for target, day in self._namings(of_kind):
            self._public[target] = min(self._public[target], day)
        for number in of_kind:
            # Whom nobody names shows when the record ends.
            ends = self._ends.of(self._records[number])
            self._public[number] = min(self._public[number], ends)

    def _in_full(self) -> Numbers:
        """A page without a date is no older than the last statement that rests on it."""
        sources = self._numbering.kinds["source"]
        last = numbers([FIRST]) * len(sources)
        for target, day in self._namings(sources):
            last[target - sources.start] = max(last[target - sources.start], day)
        for _, this_round in self._numbered("round"):
            assert isinstance(this_round, model.Round), "numbered by kind"
            day = clamped(
                result_known(this_round), self._ends.of(this_round)
            )  # they bear what came of it
            for slug in this_round.source_ids:
                if (number := self._numbering.numbers("source").get(slug)) is not None:
                    last[number - sources.start] = max(last[number - sources.start], day)
        own = self._own[sources.start : sources.stop]
        return numbers(map(lambda dated, named: named if dated == LAST else dated, own, last))

    def _namings(self, of_kind: range) -> Iterator[tuple[int, int]]:
        """Each naming of a record of a kind: which it is, and the day from which that shows."""
        low, high, public = of_kind.start, of_kind.stop, self._public
        for namer, target, day in zip(self._namers, self._targets, self._shows, strict=True):
            if low <= target < high:
                yield target, max(public[namer], day)

    def _links(self, in_full: Numbers) -> tuple[Lists, Numbers, Lists]:
        """What each record names and from when; and the days on which its form may change."""
        named, named_from = Lists(numbers([0]), numbers([])), numbers([])
        changes = Lists(numbers([0]), numbers([]))
        for number, record in enumerate(self._records):
            shows = self._public[number]
            targets, days = self._named_by(number, record, in_full)
            named.add(targets)
            named_from.extend(days)
            days.extend(self._entry_days.get(number, ()))
            if isinstance(record, _CHANGES_OTHERWISE):
                days.extend(self._other_changes(record, in_full))
            changes.add(sorted({day for day in days if shows < day < LAST}))
        return named, named_from, changes

    def _named_by(
        self, number: int, record: AnyRecord, in_full: Numbers
    ) -> tuple[list[int], list[int]]:
        """What a record names, in the order in which it does, and from when."""
        low, high = self._starts[number], self._starts[number + 1]
        targets, shows = list(self._targets[low:high]), list(self._shows[low:high])
        match record:
            case model.Round():
                titled = partial(self._titled, in_full)
                own = [
                    _shown_in_round(record, field, partial(titled, target), self._ends.of)
                    for field, target in self._numbering.named_in(record)
                ]
                shows[: len(own)] = own
            case model.Conflict():
                about = [n for r in record.touches if (n := self._numbering.number(r)) is not None]
                targets, shows = about + targets, [FIRST] * len(about) + shows
        own_day, public = self._public[number], self._public
        days = [
            max(own_day, day, public[target]) for target, day in zip(targets, shows, strict=True)
        ]
        if len(set(targets)) < len(targets):
            return _without_repetition(targets, days)
        return targets, days

    def _titled(self, in_full: Numbers, source: int) -> int:
        """The day from which the title of a source is shown, by its number."""
        return in_full[source - self._numbering.kinds["source"].start]

    def _other_changes(self, record: AnyRecord, in_full: Numbers) -> Iterator[int]:
        """Days on which something else shows than another record or an entry."""
        match record:
            case model.Source():
                yield self._titled(in_full, self._numbering.numbers("source")[record.id])
                yield from kept_since(record, self._ends.of(record)).values()
            case model.Round():
                # What is to come after the last day covered shows on that day.
                yield self._ends.of(record)
                for field, target in self._numbering.named_in(record):
                    if field == "source_ids":
                        yield self._titled(in_full, target)
                for table in tables_in(record):
                    yield from (day.toordinal() for day in _days(table))
            case model.Delegate() | model.Delegation() | model.Figure():
                for _, _, entry in entries(record):
                    if hidden := hidden_in(entry):
                        yield clamped(hidden[1], self._ends.of(entry))

    def _days_public(self, refs: Iterable[Ref]) -> Iterator[int]:
        named = (self._numbering.number(ref) for ref in refs)
        return (self._public[number] for number in named if number is not None)


def _without_repetition(targets: Sequence[int], days: Sequence[int]) -> tuple[list[int], list[int]]:
    """Less each naming of what an earlier one names from the same day on, or before."""
    since: dict[int, int] = {}
    kept: list[tuple[int, int]] = []
    for target, day in zip(targets, days, strict=True):
        if day < since.get(target, LAST + 1):
            since[target] = day
            kept.append((target, day))
    return [target for target, _ in kept], [day for _, day in kept]


def _reversed(named: Lists, named_from: Numbers) -> tuple[Lists, Numbers]:
    """The records that name each record, and from when each does."""
    naming: defaultdict[int, list[int]] = defaultdict(list)
    since: defaultdict[int, list[int]] = defaultdict(list)
    of_all = range(len(named.starts) - 1)
    for number in of_all:
        for place in range(named.starts[number], named.starts[number + 1]):
            target, day = named.items[place], named_from[place]
            of, days = naming[target], since[target]
            if of and of[-1] == number:
                days[-1] = min(day, days[-1])
            else:
                of.append(number)
                days.append(day)
    lists, from_days = Lists(numbers([0]), numbers([])), numbers([])
    for target in of_all:
        lists.add(naming.get(target, ()))
        from_days.extend(since.get(target, ()))
    return lists, from_days


def own_day(record: AnyRecord) -> date:
    """The day a record became public as far as it says so itself; the last when it does not."""
    match record:
        case model.Negotiation() | model.Delegation(type="state" | "coalition" | "organisation"):
            return date.min
        case model.Issue() | model.Measure() | model.Figure():
            days = (public_from(table) for table in tables_in(record))
            return min((day for day in days if day), default=date.min)
        case _:
            return public_from(record) or date.max


def clamped(day: date, ends: int) -> int:
    """The number of a day: a month that the record ends in is over when the record ends."""
    return LAST if day == date.max else min(day.toordinal(), ends)


def entry_day(entry: AnyEntry, pages: Iterable[int], ends: int) -> int:
    """The day an entry shows by itself; with its record at the earliest.

    `pages` are the days that its sources bear, the last of all for one that bears none.
    """
    if isinstance(entry, model.Variant | model.Version) and entry.known is None:
        days = list(pages)
        return min(days) if days and max(days) < LAST else FIRST
    day = public_from(entry)
    return min(day.toordinal(), ends) if day else FIRST


def hidden_in(entry: AnyEntry) -> tuple[str, date] | None:
    """The field of an entry that shows later than it does, and from which day."""
    match entry:
        case model.Role(until=until) | model.Member(until=until) if until:
            return "until", first_day(until)
        case model.FigureValue(dropped=dropped) if dropped:
            return "dropped", last_day(dropped)
    return None


def kept_since(source: model.Source, ends: int) -> dict[str, int]:
    """The fields of a source that tell of its page at a later day, and from which day they show.

    What was done after the record ends shows when it ends, as all of its time does.
    """
    archived = source.archived.on if source.archived else None
    days = {"archived": archived, "checked": source.checked}
    return {field: clamped(day, ends) for field, day in days.items() if day}


def result_known(this_round: model.Round) -> date:
    """The day from which it is known what came of a round."""
    return max(last_day(this_round.known or this_round.ends), this_round.closes)


def _field_day(record: AnyRecord, field: str) -> int:
    """The day from which a field of a public record shows."""
    if not isinstance(record, model.Round):
        return FIRST
    day = result_known(record) if field == "issue_ids" else record.opens
    return day.toordinal()


def _shown_in_round(
    this_round: model.Round, field: str, titled: Callable[[], int], known: Known
) -> int:
    """The day from which a public round shows a name in one of its fields: see `forms`.

    `titled` is the day from which the title of a source that it names is shown.
    """
    ends = known(this_round)
    starts, over = this_round.opens.toordinal(), clamped(result_known(this_round), ends)
    if this_round.closes.toordinal() > ends:
        # It is to come when the record ends, and hides only pages that would show when.
        if field != "source_ids" or not this_round.moves:
            return FIRST
        last_move = max(entry_day(move, (), known(move)) for move in this_round.moves)
        return min(titled(), last_move)
    if field == "issue_ids":
        return over
    began = min(starts, over)
    return min(titled(), began) if field == "source_ids" else began


def _days(table: AnyTable) -> Iterator[date]:
    for field in fields(table):
        value = getattr(table, field.name)
        if isinstance(value, date):
            yield value
        elif field.type in ("Day", "Day | None") and value:
            yield first_day(value)
            yield last_day(value)
