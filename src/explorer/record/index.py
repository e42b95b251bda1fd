"""Look-ups across records on a day: which record has this id, and who names it.

It knows nothing of scope or notes; questions that depend on those are asked of the view.
What was not public on the day it does not have, so whoever asks it cannot leak that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from explorer.record import publicity
from explorer.record.catalogue import Additions, Catalogue, QuoteOrder
from explorer.record.model import (
    PLURALS,
    AnyRecord,
    Conflict,
    Dataset,
    Delegate,
    Delegation,
    Figure,
    Issue,
    Measure,
    Milestone,
    Point,
    Quote,
    Record,
    Ref,
    Round,
    Source,
    Text,
)
from explorer.record.numbering import Numbered, Numbers, Refs, RefSet, numbers
from explorer.record.publicity import Lists

R = TypeVar("R", bound=Record)

_BY_QUOTES = {"delegate": "issue", "issue": "delegate", "round": "delegate", "source": "delegate"}
"""What belongs with a record because a quote that it is linked to names it."""


class Index:
    """Every record that was public on a day, by reference, and the links between them both ways."""

    def __init__(self, of: Dataset | Catalogue, day: date | None = None) -> None:
        """Without a day it has the whole record."""
        self.all = of if isinstance(of, Catalogue) else Catalogue.of(of)
        self._numbering = self.all.numbering
        self.day = publicity.LAST if day is None else day.toordinal()
        self._whole = day is None

    def on(self, day: date) -> Index:
        """The same record as it was at the end of a day."""
        return Index(self.all, day)

    @cached_property
    def dataset(self) -> Dataset:
        """The records that were public, each read when it is asked for."""
        records: dict[str, Any] = {
            plural: Numbered(self._public(kind), self._form) for kind, plural in PLURALS.items()
        }
        (negotiation,) = self._numbering.kinds["negotiation"]
        records["negotiation"] = self._form(negotiation)
        return Dataset(**records)

    def __contains__(self, ref: Ref) -> bool:
        return self._number(ref) is not None

    def __getitem__(self, ref: Ref) -> AnyRecord:
        """The record itself, of whatever kind. Raises KeyError when there is none."""
        number = self._number(ref)
        if number is None:
            raise KeyError(ref)
        return self._form(number)

    def form_of(self, ref: Ref) -> Hashable:
        """What is another only if the record looks otherwise: a name for what is made of it.

        Raises KeyError when there is none.
        """
        number = self._number(ref)
        if number is None:
            raise KeyError(ref)
        return (number, -1 if self._whole else self.all.turn(number, self.day))

    def _number(self, ref: Ref) -> int | None:
        """The number of a record that was public."""
        number = self._numbering.number(ref)
        return number if number is not None and self._has(number) else None

    def _has(self, number: int) -> bool:
        return self._whole or self.all.publicity.public[number] <= self.day

    def _form(self, number: int) -> AnyRecord:
        return self.all.records[number] if self._whole else self.all.form(number, self.day)

    def _public(self, kind: str) -> Numbers:
        """The numbers of the records of a kind that were public."""
        return self._shown(self._numbering.kinds.get(kind, range(0)))

    def _shown(self, of: Numbers) -> Numbers:
        """Those of some numbers whose records were public."""
        if self._whole:
            return of
        public, day = self.all.publicity.public, self.day
        return numbers(number for number in of if public[number] <= day)

    # One record of a kind, by its reference or its id. Each raises KeyError when there is none.

    def round(self, which: Ref | str) -> Round:
        return self._of(Round, which)

    def delegation(self, which: Ref | str) -> Delegation:
        return self._of(Delegation, which)

    def delegate(self, which: Ref | str) -> Delegate:
        return self._of(Delegate, which)

    def issue(self, which: Ref | str) -> Issue:
        return self._of(Issue, which)

    def quote(self, which: Ref | str) -> Quote:
        return self._of(Quote, which)

    def text(self, which: Ref | str) -> Text:
        return self._of(Text, which)

    def measure(self, which: Ref | str) -> Measure:
        return self._of(Measure, which)

    def figure(self, which: Ref | str) -> Figure:
        return self._of(Figure, which)

    def point(self, which: Ref | str) -> Point:
        return self._of(Point, which)

    def milestone(self, which: Ref | str) -> Milestone:
        return self._of(Milestone, which)

    def conflict(self, which: Ref | str) -> Conflict:
        return self._of(Conflict, which)

    def source(self, which: Ref | str) -> Source:
        return self._of(Source, which)

    def _of(self, kind: type[R], which: Ref | str) -> R:
        ref = Ref(kind.kind, which) if isinstance(which, str) else which
        record = self[ref]
        if not isinstance(record, kind):
            raise KeyError(ref)
        return record

    def day_public(self, ref: Ref) -> date:
        """The day a record became public, be it a later one. Raises KeyError when there is none."""
        return date.fromordinal(self.all.public(ref))

    def current(self, ref: Ref) -> Ref | None:
        """The reference as it is now, following `formerly`; None when the record is gone."""
        if ref in self:
            return ref
        now = self.all.former.get(ref)
        return now if now is not None and now in self else None

    def is_alike(self, ref: Ref, before: Index) -> bool:
        """Whether a record says the same in the end as it did in another state of the dataset."""
        mine, its = self._number(ref), before._number(ref)
        return mine is not None and its is not None and self.all.is_alike(mine, before.all, its)

    def refs(self, kind: str) -> Refs:
        """The references of one kind, in the order of the files."""
        return self._refs(self._public(kind))

    @property
    def key(self) -> str:
        """Under which the whole record is kept on this machine; nothing when it is not."""
        return self.all.key

    @property
    def additions(self) -> Additions | None:
        """What a reader added to the dataset; None when no place for that is known."""
        return self.all.additions

    @property
    def whole_numbers(self) -> range:
        """The numbers of all records, public or not."""
        return range(len(self._numbering.ids))

    def first_number(self, kind: str) -> int:
        """The number of the first record of a kind among all."""
        return self._numbering.kinds[kind].start

    def unsettled(self) -> frozenset[int]:
        """The numbers of records that were not public, or may look otherwise in the end."""
        return self._unsettled

    @cached_property
    def _unsettled(self) -> frozenset[int]:
        if self._whole:
            return frozenset()
        settled, day = self.all.settled, self.day
        return frozenset(n for n in self.whole_numbers if settled(n) > day)

    def ever_naming(self, number: int) -> Numbers:
        """The numbers of all records that ever name one, public or not."""
        return self.all.publicity.naming.of(number)

    def number(self, ref: Ref) -> int | None:
        """The number of a record among all, if it was public."""
        return self._number(ref)

    def has_number(self, number: object) -> bool:
        """Whether a record has that number, and was public."""
        return isinstance(number, int) and number in self.whole_numbers and self._has(number)

    def ref(self, number: int) -> Ref:
        """The reference of a record by its number among all. Raises KeyError when not public."""
        if not self._has(number):
            raise KeyError(number)
        return self._numbering.ref(number)

    def changed_since(self, before: Index, kind: str) -> Refs:
        """The records of a kind that are new since an earlier day or may look otherwise now.

        All of them when the other index is of another dataset.
        """
        if before.all is not self.all:
            return self.refs(kind)
        public, changes = self.all.publicity.public, self.all.publicity.changes
        then, now, starts = before.day, self.day, changes.starts

        def is_changed(number: int) -> bool:
            if public[number] > then:
                return True
            has_changes = starts[number] < starts[number + 1]
            return has_changes and any(then < day <= now for day in changes.of(number))

        return self._refs(numbers(filter(is_changed, self._public(kind))))

    def everything(self) -> Refs:
        """The references of all records, kind by kind, in the order of the files."""
        return self._refs(self._shown(range(len(self._numbering.ids))))

    def refs_to(self, refs: Iterable[Ref]) -> Refs:
        """Those of some references whose records were public, in their order."""
        if isinstance(refs, Refs) and self._whole:
            return refs
        found = map(self._number, refs)
        return self._refs(numbers(number for number in found if number is not None))

    def _refs(self, of: Numbers) -> Refs:
        return Refs(of, self._numbering)

    @property
    def _quote_order(self) -> QuoteOrder:
        return self.all.findings.quotes

    def newest_quotes(self, refs: Refs | None = None) -> Refs:
        """All quotes or some, those said last first, and of one day those published last."""
        if refs is None:
            return self._refs(self._shown(self._quote_order.newest))
        first, places = self._numbering.kinds["quote"].start, self._quote_order.places
        return self._refs(numbers(sorted(refs.numbers, key=lambda n: places[n - first])))

    def months(self, quotes: Refs) -> Iterable[int]:
        """The number of the month in which each quote was said, see `catalogue.month`."""
        first, months = self._numbering.kinds["quote"].start, self._quote_order.months
        return (months[number - first] for number in quotes.numbers)

    def named_in(self, ref: Ref, kind: str) -> Refs:
        """The records of a kind that this one names."""
        of = self._numbering.kinds[kind]
        return self._refs(numbers(n for n in self._named(ref) if n in of))

    def naming(self, ref: Ref, kind: str) -> Refs:
        """The records of a kind that name this one, in the order of the files."""
        of = self._numbering.kinds[kind]
        return self._refs(self._naming(ref, of))

    def _named(self, ref: Ref) -> Iterable[int]:
        number = self._number(ref)
        if number is None:
            raise KeyError(ref)
        found = self.all.publicity
        return dict.fromkeys(self._linked(found.named, found.named_from, number))

    def _naming(self, ref: Ref, of: range) -> Numbers:
        number = self._number(ref)
        if number is None:
            return range(0)
        found = self.all.publicity
        return self._linked(found.naming, found.naming_from, number, of)

    def _linked(self, lists: Lists, days: Numbers, number: int, of: range | None = None) -> Numbers:
        """The list of a record as far as it was public; of a sorted one perhaps a kind only."""
        low, high = lists.starts[number], lists.starts[number + 1]
        if of is not None:
            low = bisect_left(lists.items, of.start, low, high)
            high = bisect_left(lists.items, of.stop, low, high)
        if self._whole:
            return lists.items[low:high]
        day = self.day
        return numbers(lists.items[p] for p in range(low, high) if days[p] <= day)

    def linked(self, ref: Ref) -> RefSet:
        """Every record that names this one or is named by it."""
        return RefSet(self._near(ref), self._numbering)

    def _near(self, ref: Ref) -> set[int]:
        return {*self._named(ref), *self._naming(ref, range(len(self._numbering.ids)))}

    def belonging(self, ref: Ref) -> RefSet:
        """What belongs with a record: what the panes narrow to when it is in the scope.

        Its direct links and, for people and their delegations, what they said, attended
        and were concerned with: the issues of a delegate are those of their quotes.
        """
        return RefSet(self._belonging(ref), self._numbering)

    def _belonging(self, ref: Ref) -> set[int]:
        near = self._near(ref)
        if ref.kind == "delegation":
            return near.union(*map(self._belonging, self.naming(ref, "delegate")))
        if ref.kind in _BY_QUOTES:
            of = self._numbering.kinds[_BY_QUOTES[ref.kind]]
            quotes = near.intersection(self._numbering.kinds["quote"])
            found = self.all.publicity
            for quote in quotes:
                near.update(
                    n for n in self._linked(found.named, found.named_from, quote) if n in of
                )
        return near

    @cached_property
    def deadline(self) -> Milestone | None:
        """The milestone that the title bar names: the first deadline still open, or the last."""
        deadlines = [self.milestone(slug) for slug in self.dataset.negotiation.deadline_ids]
        still_open = (deadline for deadline in deadlines if deadline.result is None)
        return next(still_open, deadlines[-1] if deadlines else None)
