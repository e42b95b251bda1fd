"""All records of a dataset by number, and what is known of them without reading any.

The records may lie in memory or in a file, and are read one by one, when they are shown.
Which there are, who names whom, since when, and in which order they are listed, is known
at once. All of it is the same on every day; `Index` answers for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from explorer.record import publicity
from explorer.record.days import Day, last_day
from explorer.record.ends import Ends
from explorer.record.forms import Forms
from explorer.record.model import KINDS, AnyRecord, Dataset, Negotiation, Quote, Ref
from explorer.record.numbering import Numbering, Numbers, numbers
from explorer.record.publicity import Publicity
from explorer.record.tables import former_refs
from explorer.values import dataclass

_FORMS = 10_000
"""How many forms of records are kept; then they are made anew."""


@dataclass(frozen=True, slots=True)
class QuoteOrder:
    """The quotes by when they were said, which is the same on every day."""

    newest: Numbers
    """Their numbers, those said last first, and of one day those published last."""
    places: Numbers
    """The place of each among these."""
    months: Numbers
    """For each the month in which it was said: see `month`."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found out of a dataset once, and kept with it."""

    publicity: Publicity
    quotes: QuoteOrder


@dataclass(frozen=True, slots=True)
class Additions:
    """What a reader added to a dataset, and keeps in a folder of their own."""

    folder: Path
    is_read: bool = False
    """Whether it is among the records; else there is none, or it has problems."""
    aside: tuple[str, ...] = ()
    """What of it is not, and why, a sentence each."""
    trouble: str = ""
    """What keeps all of it from being read."""
    problems: tuple[Any, ...] = ()
    """The same, each problem as `dataset` finds it."""


class Catalogue:
    """See the module."""

    def __init__(
        self,
        records: Sequence[AnyRecord],
        numbering: Numbering,
        former: Mapping[Ref, Ref],
        findings: Findings | None = None,
    ) -> None:
        """Without findings they are made when they are needed."""
        self.records = records
        self.numbering = numbering
        self.former = former
        """References that records had before, and those that they have now."""
        if findings is not None:
            self.findings = findings
        self._forms: dict[tuple[int, int], AnyRecord] = {}
        self.key = ""
        """Under which it is kept on this machine; nothing when it is not."""
        self.aside: tuple[str, ...] = ()
        """What a reader added and is not among the records, and why."""
        self.additions: Additions | None = None
        """What a reader added to the dataset; None when no place for that is known."""

    @classmethod
    def of(cls, dataset: Dataset) -> Catalogue:
        """The catalogue of records that lie in memory."""
        records = tuple(dataset.records())
        former = {old: record.ref for record in records for old in former_refs(record)}
        return cls(records, _numbered(dataset), former)

    @cached_property
    def findings(self) -> Findings:
        """What is found out of all records together."""
        quotes = self.numbering.kinds["quote"]
        return Findings(
            publicity.found(self.records, self.numbering),
            _in_order(self.records[quotes.start : quotes.stop], quotes),
        )

    @property
    def publicity(self) -> Publicity:
        return self.findings.publicity

    @cached_property
    def negotiation(self) -> Negotiation:
        negotiation = self.records[0]
        assert isinstance(negotiation, Negotiation), "it has the first number"
        return negotiation

    def public(self, ref: Ref) -> int:
        """The day a record became public. Raises KeyError when there is no such record."""
        return self.publicity.public[self._number(ref)]

    def is_alike(self, number: int, of: Catalogue, its: int) -> bool:
        """Whether a record says what one of another catalogue says; hardly any is read for it."""
        mine, other = (getattr(records, "sums", None) for records in (self.records, of.records))
        if mine is not None and other is not None and mine[number] == other[its]:
            return True
        return self.records[number] == of.records[its]

    def settled(self, number: int) -> int:
        """The day from which a record looks as it does in the end."""
        changes = self.publicity.changes
        last = changes.starts[number + 1]
        if last > changes.starts[number]:
            return changes.items[last - 1]  # they stand in order, after the day it became public
        return self.publicity.public[number]

    def turn(self, number: int, day: int) -> int:
        """How often the form of a record may have changed by a day, from 0."""
        changes = self.publicity.changes.of(number)
        return sum(change <= day for change in changes)

    def form(self, number: int, day: int) -> AnyRecord:
        """A record as it was at the end of a day on which it was public."""
        changes = self.publicity.changes.of(number)
        turn = self.turn(number, day)
        if turn == len(changes):
            return self.records[number]
        if (number, turn) not in self._forms:
            if len(self._forms) >= _FORMS:
                self._forms.clear()
            self._forms[number, turn] = self._made.form(self.records[number], day)
        return self._forms[number, turn]

    def form_of_other(self, record: AnyRecord, day: int) -> AnyRecord:
        """How a record that is none of these, or no more, would have looked on a day.

        What it names and is none of these is not named.
        """

        def titled(slug: str) -> int:
            known = Ref("source", slug) in self.numbering
            return self._made.titled(slug) if known else publicity.LAST

        def public(ref: Ref) -> int:
            return self.public(ref) if ref in self.numbering else publicity.LAST

        def own(ref: Ref) -> int:
            return self._made.own(ref) if ref in self.numbering else publicity.LAST

        made = replace(self._made, public=public, titled=titled, own=own)
        return made.form(record, day)

    @cached_property
    def _made(self) -> Forms:
        sources = self.numbering.kinds["source"]
        ends = Ends(self.negotiation).of

        def own_day(ref: Ref) -> int:
            record = self.records[self._number(ref)]
            return publicity.clamped(publicity.own_day(record), ends(record))

        in_full = self.publicity.in_full
        return Forms(
            self.public,
            lambda slug: in_full[self._number(Ref("source", slug)) - sources.start],
            own_day,
            self.negotiation,
            ends,
        )

    def _number(self, ref: Ref) -> int:
        number = self.numbering.number(ref)
        if number is None:
            raise KeyError(ref)
        return number


def month(number: int) -> str:
    """A month as a day of the model, “2025-10”; or a year, “2025”, when no more is known."""
    year, of_year = divmod(number, 13)
    return f"{year:04}-{of_year:02}" if of_year else f"{year:04}"


def _month_number(day: Day) -> int:
    written = day.isoformat() if isinstance(day, date) else day
    return int(written[:4]) * 13 + int(written[5:7] or 0)


def _numbered(dataset: Dataset) -> Numbering:
    ids: list[str] = []
    kinds = {}
    for kind in KINDS:
        first = len(ids)
        ids += (record.id for record in dataset.of(kind))
        kinds[kind] = range(first, len(ids))
    return Numbering(ids, kinds)


def _in_order(quotes: Sequence[AnyRecord], of: range) -> QuoteOrder:
    said = [(last_day(q.day), last_day(q.published)) for q in quotes if isinstance(q, Quote)]
    newest = sorted(range(len(said)), key=said.__getitem__, reverse=True)
    places = numbers([0]) * len(said)
    for place, number in enumerate(newest):
        places[number] = place
    months = numbers(_month_number(q.day) for q in quotes if isinstance(q, Quote))
    return QuoteOrder(numbers(of.start + n for n in newest), places, months)
