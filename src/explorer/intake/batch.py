"""What comes in together: what is new of it, what the record has already, and what is refused."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal

from explorer.adding import record_ids
from explorer.adding.candidate import as_compared
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
    wanted_by: dict[int, Outcome]
    is_along: bool = False
    """Whether it comes along with a row that is something else."""

    @property
    def is_wanted(self) -> bool:
        return any(outcome.state == "new" for outcome in self.wanted_by.values())

    def want(self, outcome: Outcome) -> bool:
        """Note that an outcome wants it; whether that is news."""
        is_news = id(outcome) not in self.wanted_by
        self.wanted_by[id(outcome)] = outcome
        return is_news


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
        if self._is_there(outcome, kind, values, within):
            return
        day = day_of_publicity(kind, values)
        if isinstance(day, date) and day > clock.today():
            outcome.refuse(_to_come(kind, day))
            return
        part = _Part(Addition(kind, values, within), {id(outcome): outcome})
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

    def _is_there(
        self, outcome: Outcome, kind: str, values: Mapping[str, Any], within: Ref | None
    ) -> bool:
        """Whether the record has it, or it has come already; then the outcome says so."""
        if there := self._of_same_id(kind, values) or self._known.of(kind, values, within):
            outcome.state, outcome.ref = "there", there
            if within is None and (other := self._differing(values, Ref.parse(there))):
                outcome.remarks.append(f"the record says otherwise: {', '.join(other)}")
            return True
        for mark in marks(kind, values):
            if (first := self._came.get((kind, within, mark))) is not None:
                outcome.state, outcome.ref = "there", first.ref
                outcome.remarks.append(f"the same as {first.place}")
                return True
        return False

    def _of_same_id(self, kind: str, values: Mapping[str, Any]) -> str:
        """The record of the id that is written, when it is the same; there may be two of a page."""
        ref = Ref(kind, str(values.get("id", "")))
        whole = self.view.whole
        is_same = ref in whole and are_same(kind, values, as_data(whole[ref]))
        return str(ref) if is_same else ""

    def _differing(self, values: Mapping[str, Any], there: Ref) -> list[str]:
        """The keys under which the record says something else of what is there."""
        known = as_data(self.view.whole[there])
        return [
            key
            for key, value in values.items()
            if key in _COMPARED and key in known and not _is_alike(value, known[key])
        ]

    def _keep(self, ref: Ref, part: _Part) -> None:
        self._parts.append(part)
        self._by_ref[ref] = part

    def refused(self, outcome: Outcome) -> None:
        """A row that cannot come in, whatever the record has."""
        if outcome not in self.outcomes[-1:]:
            self.outcomes.append(outcome)

    def along(self, outcome: Outcome, kind: str, values: Mapping[str, Any]) -> Ref:
        """A record that a row brings along: its source, or what its entry belongs to."""
        if kind == "source" and (there := self.known_source(values)):
            self.wants(outcome, there)
            return there
        ref = Ref(kind, str(values.get("id") or self.new_id(kind, pieces(kind, values))))
        made = Addition(kind, {**values, "id": ref.id})
        self._keep(ref, _Part(made, {id(outcome): outcome}, is_along=True))
        self.names.add(kind, ref, [ref.id, *(str(values.get(k, "")) for k in _NAMES)])
        for mark in marks(kind, values, is_known=True):
            self._came.setdefault((kind, None, mark), outcome)
            if kind == "source":
                self._sources.setdefault(mark, ref)
        for _, named in _named_in(kind, values):
            self.wants(outcome, named)
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
        """Note that a row names what may come in with it, and what that names in turn."""
        if (part := self._by_ref.get(ref)) is not None and part.want(outcome):
            for _, named in _named_in(part.addition.kind, part.addition.values):
                self.wants(outcome, named)

    def value_of(self, ref: Ref, key: str) -> Any:
        """What a record says under a key, be it of the record or of what comes in."""
        if (part := self._by_ref.get(ref)) is not None:
            return part.addition.values.get(key)
        return as_data(self.view.whole[ref]).get(key)

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
                for outcome in part.wanted_by.values():
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
    def brought_along(self) -> Counter[str]:
        """The kinds of the records that come along with others, with how many."""
        return Counter(p.addition.kind for p in self._parts if p.is_along and p.is_wanted)

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


_COMPARED = ("title", "author", "name", "text", "on", "starts", "ends", "said", "published", "due")
"""The keys of which it is said when the record has something else."""


def _is_alike(one: Any, other: Any) -> bool:
    return as_compared(str(one)) == as_compared(str(other))


def _to_come(kind: str, day: date) -> Reason:
    fields = [toml_name(each.name) for each in dataclasses.fields(FORM_KINDS[kind].table)]
    key = next((key for key in ("announced", "known") if key in fields), "")
    says = f"; “{key}” says since when it was" if key else ""
    message = f"{labels.day(day)} is still to come, and nothing says that it is public already"
    return Reason(f"{message}{says}", key, ask="value" if key else "")


def label_of(values: Mapping[str, Any], within: Ref | None) -> str:
    """What a row is, in a few words."""
    words = next((str(values[k]) for k in ("name", "title", "text") if values.get(k)), "")
    said = f"{values['number']}, {words}" if "number" in values else words
    who = values.get("speaker") or (within.id if within is not None else "")
    return one_line(labels.shortened(one_line(f"{who}: {said}" if who else str(said)), _LABEL))


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
