"""Look-ups across records, built once: which record has this id, and who names it.

It knows nothing of dates, scope or notes; questions that depend on those are asked of
the view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from explorer.record.model import (
    AnyRecord,
    Conflict,
    Dataset,
    Delegate,
    Delegation,
    Issue,
    Measure,
    Milestone,
    Point,
    Quote,
    Rate,
    Record,
    Ref,
    Round,
    Source,
    references,
    tables,
)

R = TypeVar("R", bound=Record)

_BY_QUOTES = {"delegate": "issue", "issue": "delegate", "round": "delegate", "source": "delegate"}
"""What belongs with a record because a quote that it is linked to names it."""


class Index:
    """Every record of a dataset by reference, and the links between them both ways."""

    def __init__(self, dataset: Dataset, named: dict[int, tuple[Ref, ...]] | None = None) -> None:
        """`named` keeps what records name, by identity, for the next index of the same ones."""
        named = {} if named is None else named
        self.dataset = dataset
        self._records: dict[Ref, AnyRecord] = {}
        self._former: dict[Ref, Ref] = {}
        for record in dataset.records():
            self._records[record.ref] = record
            for slug in record.formerly:
                self._former[Ref(record.kind, slug)] = record.ref
        self._named: dict[Ref, tuple[Ref, ...]] = {}
        named_by: defaultdict[Ref, list[Ref]] = defaultdict(list)
        for ref, record in self._records.items():
            if id(record) not in named:
                named[id(record)] = tuple(dict.fromkeys(_named_in(record)))
            self._named[ref] = named[id(record)]
            for other in self._named[ref]:
                named_by[other].append(ref)
        self._named_by: Mapping[Ref, list[Ref]] = named_by

    def __contains__(self, ref: Ref) -> bool:
        return ref in self._records

    def __getitem__(self, ref: Ref) -> AnyRecord:
        """The record itself, of whatever kind. Raises KeyError when the dataset has none."""
        return self._records[ref]

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

    def measure(self, which: Ref | str) -> Measure:
        return self._of(Measure, which)

    def rate(self, which: Ref | str) -> Rate:
        return self._of(Rate, which)

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
        record = self._records[ref]
        if not isinstance(record, kind):
            raise KeyError(ref)
        return record

    def current(self, ref: Ref) -> Ref | None:
        """The reference as it is now, following `formerly`; None when the record is gone."""
        return ref if ref in self._records else self._former.get(ref)

    def refs(self, kind: str) -> tuple[Ref, ...]:
        """The references of one kind, in the order of the files."""
        return tuple(record.ref for record in self.dataset.of(kind))

    def named_in(self, ref: Ref, kind: str) -> tuple[Ref, ...]:
        """The records of a kind that this one names."""
        return tuple(other for other in self._named[ref] if other.kind == kind)

    def naming(self, ref: Ref, kind: str) -> tuple[Ref, ...]:
        """The records of a kind that name this one, in the order of the files."""
        return tuple(other for other in self._named_by.get(ref, ()) if other.kind == kind)

    def linked(self, ref: Ref) -> frozenset[Ref]:
        """Every record that names this one or is named by it."""
        return frozenset(self._named[ref]) | frozenset(self._named_by.get(ref, ()))

    def belonging(self, ref: Ref) -> frozenset[Ref]:
        """What belongs with a record: what the panes narrow to when it is in the scope.

        Its direct links and, for people and their delegations, what they said, attended
        and were concerned with: the issues of a delegate are those of their quotes.
        """
        near = self.linked(ref)
        if ref.kind == "delegation":
            return near.union(*map(self.belonging, self.naming(ref, "delegate")))
        if ref.kind not in _BY_QUOTES:
            return near
        quotes = (other for other in near if other.kind == "quote")
        return near.union(*(self.named_in(quote, _BY_QUOTES[ref.kind]) for quote in quotes))

    @cached_property
    def deadline(self) -> Milestone | None:
        """The milestone that the title bar names with its date."""
        slug = self.dataset.negotiation.deadline_id
        return self.milestone(slug) if slug else None


def _named_in(record: AnyRecord) -> Iterator[Ref]:
    if isinstance(record, Conflict):
        yield from record.touches
    for table in tables(record):
        yield from (ref for _, ref in references(table))
