"""What comes in together: what is new of it, what the record has already, and what is refused."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal

from explorer.adding import record_ids
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.known_pages import KnownPages
from explorer.adding.small_record import SmallRecord
from explorer.dataset.appending import Addition
from explorer.intake.record_names import RecordNames
from explorer.intake.sameness import KnownMarks, Mark, are_same, marks
from explorer.record import clock, labels
from explorer.record.days import Day, last_day
from explorer.record.model import SLUG, Ref
from explorer.record.tables import PUBLIC_KEYS, as_data, reference_fields, toml_name
from explorer.text.sanitize import one_line
from explorer.values import dataclass
from explorer.view import View

State = Literal["new", "there", "refused", "left out"]
Ask = Literal["", "value", "name", "dates", "decimal"]
"""What a field says in every row, who is meant by a name, how days or numbers are written."""
_LABEL = 60


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row cannot come in."""

    message: str
    field: str = ""
    """The field that it is about."""
    column: str = ""
    """The head of its column, if it has one."""
    ask: Ask = ""
    """What somebody could say to settle it; nothing where the file is to be mended."""
    said: str = ""
    """The name that the record does not know, where it asks for one."""

    def __str__(self) -> str:
        return f"“{self.column}”: {self.message}" if self.column else self.message


@dataclasses.dataclass(slots=True)
class Outcome:
    """What becomes of one row or entry."""

    file: str
    place: str
    """Where it stands in the file: “row 12”."""
    number: int
    label: str = ""
    """What it is, in a few words."""
    state: State = "new"
    ref: str = ""
    """The record that it is or belongs to, or that says the same."""
    why: list[Reason] = field(default_factory=list)
    """Why it is refused."""
    remarks: list[str] = field(default_factory=list)
    """What a person should know of it."""

    def refuse(self, *reasons: Reason) -> None:
        self.state = "refused"
        self.why.extend(reason for reason in reasons if reason not in self.why)


@dataclasses.dataclass(slots=True)
class _Part:
    """A record or an entry that is to be added, with the outcomes that want it."""

    addition: Addition
    wanted_by: list[Outcome]

    @property
    def is_wanted(self) -> bool:
        return any(outcome.state == "new" for outcome in self.wanted_by)


class Batch:
    """The additions of one import, which are written together or not at all."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.names = RecordNames(view)
        self.pages = KnownPages(view)
        self.outcomes: list[Outcome] = []
        self._known = KnownMarks(view)
        self._parts: list[_Part] = []
        self._by_ref: dict[Ref, _Part] = {}
        self._sources: dict[Mark, Ref] = {}
        self._came: dict[tuple[str, Ref | None, Mark], Outcome] = {}

    # What comes in.

    def put(
        self, outcome: Outcome, kind: str, values: Mapping[str, Any], within: Ref | None = None
    ) -> None:
        """A record or an entry that a row is, unless it is there or has come already."""
        self.outcomes.append(outcome)
        if there := self._known.of(kind, values, within):
            outcome.state, outcome.ref = "there", there
            return
        for mark in marks(kind, values):
            if (first := self._came.get((kind, within, mark))) is not None:
                outcome.state, outcome.ref = "there", first.ref
                outcome.remarks.append(f"the same as {first.place}")
                return
        day = day_of_publicity(kind, values)
        if isinstance(day, date) and day > clock.today():
            outcome.refuse(Reason(_TO_COME.format(day=labels.day(day))))
            return
        part = _Part(Addition(kind, values, within), [outcome])
        ref = within or Ref(kind, str(values["id"]))
        if within is None:
            self._keep(ref, part)
            self.names.add(kind, ref, [ref.id, *(str(values.get(k, "")) for k in _NAMES)])
        else:
            self._parts.append(part)
        outcome.ref = str(ref)
        for mark in marks(kind, values, is_known=True):
            self._came.setdefault((kind, within, mark), outcome)
            if kind == "source":
                self._sources.setdefault(mark, ref)
        for _, ref in _named_in(kind, values):
            self.wants(outcome, ref)
        if within is not None:
            self.wants(outcome, within)

    def _keep(self, ref: Ref, part: _Part) -> None:
        self._parts.append(part)
        self._by_ref[ref] = part

    def source(self, outcome: Outcome, values: Mapping[str, Any]) -> Ref:
        """A source that a row brings along; one that is there or comes in anyway is that one."""
        if there := self.known_source(values):
            self.wants(outcome, there)
            return there
        ref = Ref("source", self.new_id("source", pieces("source", values)))
        self._keep(ref, _Part(Addition("source", {"id": ref.id, **values}), [outcome]))
        for mark in marks("source", values, is_known=True):
            self._sources.setdefault(mark, ref)
            self._came.setdefault(("source", None, mark), outcome)
        return ref

    def known_source(self, values: Mapping[str, Any]) -> Ref | None:
        """The source that is the same page, of the record or of what comes in."""
        if there := self._known.of("source", values, None):
            return Ref.parse(there)
        return next((self._sources[m] for m in marks("source", values) if m in self._sources), None)

    def day_of_source(self, slug: str) -> Day | None:
        """The day that a source bears, of the record or of what comes in."""
        ref = Ref("source", slug)
        if (part := self._by_ref.get(ref)) is not None:
            day: Day | None = part.addition.values.get("published")
            return day
        return self.view.whole.source(ref).published

    def wants(self, outcome: Outcome, ref: Ref) -> None:
        """Note that a row names what may come in with it."""
        if (part := self._by_ref.get(ref)) is not None and outcome not in part.wanted_by:
            part.wanted_by.append(outcome)

    def new_id(self, kind: str, parts: Iterable[str]) -> str:
        """An id that nothing has."""
        return record_ids.made_of(parts, kind, lambda slug: self.is_taken(Ref(kind, slug)))

    def is_taken(self, ref: Ref) -> bool:
        """Whether a record has that reference, or one that comes in."""
        return ref in self._by_ref or self.view.whole.current(ref) is not None

    def why_not_id(self, kind: str, slug: str, values: Mapping[str, Any]) -> str:
        """What keeps a record from having an id that is written; nothing when it may."""
        if re.fullmatch(SLUG, slug) is None:
            typed = labels.shortened(one_line(slug), 40)
            return f"“{typed}” is no id: it has lower-case letters, digits and hyphens"
        ref = Ref(kind, slug)
        if not self.is_taken(ref):
            return ""
        there = self.view.whole.current(ref)
        if there is not None and are_same(kind, values, as_data(self.view.whole[there])):
            return ""
        if any((kind, None, mark) in self._came for mark in marks(kind, values)):
            return ""
        return f"another {kind} has the id “{slug}” and says something else; give it another"

    # What comes of it.

    def choose(self, numbers: set[int]) -> None:
        """Leave out every row but those."""
        for outcome in self.outcomes:
            if outcome.number not in numbers:
                outcome.state = "left out"

    def check(self) -> None:
        """Refuse the rows that would make a dataset that is not valid."""
        while found := [*self._faults()]:
            for part, reason in found:
                for outcome in part.wanted_by:
                    if outcome.state == "new":
                        outcome.refuse(reason)

    def _faults(self) -> Iterator[tuple[_Part, Reason]]:
        parts = self._in_order()
        small = SmallRecord(self.view, [part.addition for part in parts], self.latest)
        for number, key, message in small.findings():
            yield parts[number], Reason(f"“{key}” {message}" if key else message, key)

    def _in_order(self) -> list[_Part]:
        """What is to be added, records before entries, and sources before all."""
        wanted = [part for part in self._parts if part.is_wanted]
        return sorted(
            wanted, key=lambda p: (p.addition.within is not None, p.addition.kind != "source")
        )

    @property
    def additions(self) -> list[Addition]:
        """All that is to be added."""
        return [part.addition for part in self._in_order()]

    @property
    def latest(self) -> date | None:
        """The last day on which something of it became public; a page may be later."""
        days = [
            day_of_publicity(part.addition.kind, part.addition.values)
            for part in self._parts
            if part.is_wanted
        ]
        return max((last_day(day) for day in days if day is not None), default=None)


_NAMES = ("name", "short", "title", "address")
_TO_COME = (
    "it would become public on {day}, which is still to come; “known” or “announced” says since "
    "when it was public"
)


def pieces(kind: str, values: Mapping[str, Any]) -> Iterator[str]:
    """What an id is made of."""
    has_day = False
    for key in FORM_KINDS[kind].id_from:
        value = values.get(key)
        if value is None:
            continue
        if key in _DAYS:
            if not has_day:
                has_day = True
                yield str(value)
        else:
            yield str(value) if key == "speaker" else record_ids.first_words(str(value))


_DAYS = ("said", "published", "on", "starts")


def day_of_publicity(kind: str, values: Mapping[str, Any]) -> Day | None:
    """The day on which a table becomes public by its own account; a page may be of any day."""
    if kind == "source":
        return None
    day: Day | None = next((values[key] for key in PUBLIC_KEYS if values.get(key)), None)
    return day


def _named_in(kind: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Ref]]:
    """The records that a table names, by its keys."""
    table: Any = FORM_KINDS[kind].table
    for name, named in reference_fields(table):
        key = toml_name(name)
        value = values.get(key)
        for slug in (value,) if isinstance(value, str) else value or ():
            yield key, Ref(named, slug)
