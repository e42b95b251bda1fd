"""A dataset whose every text says from which day it may be seen.

`canaried` takes a dataset and puts a token in the place of each free text: `zq251030x7q` may
be seen from 30 Oct 2025 on, and its number tells which text it is. A token is short, has no
spaces and knows no case, so that it is still found after folding, shortening, upper-casing and
wrapping.

The days are worked out here a second time, from the rules in words and without the program's
own timeline, so that a mistake in either shows.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any

from explorer.record.model import REFERENCES, Clause, Dataset, Record, Ref
from explorer.record.tables import entries, references, tables_in

ALWAYS = date(2000, 1, 1)
"""For what may be seen on any day."""

_TOKEN = re.compile(r"zq(\d\d)(\d\d)(\d\d)(?:x\d+q)?", re.IGNORECASE)
_TEXT = {"str", "str | None", "tuple[str, ...]"}
_NO_TEXT = {"id", "formerly", "language", "about", "file", *REFERENCES}
"""Fields of plain strings that are not read as text: codes, and names of other records."""
_NUMBERED = {Clause: "number"}
"""What names an entry among those of its record, which a later one takes up."""

Link = tuple[Ref, str, Ref]
"""A record, the field in it or its entries that names another, and that other."""


@dataclass(frozen=True, slots=True)
class Canaries:
    """A dataset of tokens, and what each of them stands for."""

    dataset: Dataset
    days: Mapping[str, date]
    """The day from which each token may be seen."""
    places: Mapping[str, str]
    """The record and field each token stands in, such as “round:geneva summary”."""
    links: Mapping[Link, date]
    """The day from which each naming of a record by another may be seen."""

    def later(self, text: str, day: date) -> list[str]:
        """What a text tells that was not public on a day, each with its place and day."""
        return [
            f"{self.places.get(token, token)} (from {first.isoformat()})"
            for token, first in found(text)
            if first > day
        ]


def found(text: str) -> Iterator[tuple[str, date]]:
    """The tokens in a text, each with its day; a token that was cut short still has one."""
    for token in _TOKEN.finditer(text):
        year, month, day = map(int, token.groups())
        yield token[0].lower(), date(2000 + year, month, day)


def canaried(whole: Dataset) -> Canaries:
    """The dataset with a token in place of each free text, the empty ones included."""
    rules = Rules(whole)
    days: dict[str, date] = {}
    places: dict[str, str] = {}
    numbers = count()

    def token(place: str, day: date) -> str:
        made = f"zq{max(day, ALWAYS):%y%m%d}x{next(numbers)}q"
        days[made], places[made] = max(day, ALWAYS), place
        return made

    def texts(part: Any, place: str, day_of: Mapping[str, date], day: date) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name in text_fields(type(part)):
            where, first = f"{place} {name}", day_of.get(name, day)
            if isinstance(value := getattr(part, name), tuple):
                made[name] = tuple(token(where, first) for _ in value)
            else:
                made[name] = token(where, first)
        if "address" in made:
            made["address"] = f"https://{made['address']}.example/"
        return made

    def with_tokens(table: Any, where: str, day_of: Mapping[str, date], shows: date) -> Any:
        """A record or an entry, with the tables within it; those of an entry show with it."""
        made = texts(table, where, day_of, shows)
        for name, place, entry in entries(table):
            day = rules.entry_shows(table, entry) if isinstance(table, Record) else shows
            inner = with_tokens(entry, f"{where} {name}[{place}]", {}, day)
            made[name] = (*made.get(name, ()), inner)
        if copy := getattr(table, "archived", None):
            shown = token(f"{where} archived address", max(day_of["address"], rules.day(copy.on)))
            made["archived"] = replace(copy, address=f"https://{shown}.example/")
        return replace(table, **made)

    def filled(record: Any) -> Any:
        shows = rules.shows(record.ref)
        return with_tokens(record, str(record.ref), rules.fields_later(record), shows)

    made = {
        field.name: (
            filled(whole.negotiation)
            if field.name == "negotiation"
            else tuple(filled(record) for record in getattr(whole, field.name))
        )
        for field in fields(whole)
    }
    return Canaries(Dataset(**made), days, places, _days_of_links(whole, rules))


def _days_of_links(whole: Dataset, rules: Rules) -> dict[Link, date]:
    links: dict[Link, date] = {}
    for record in whole.records():
        for link, entry in _links(record):
            day = rules.link_shows(record, entry, link)
            links[link] = min(links.get(link, day), day)
    return links


def texts_in(record: Any) -> Iterator[str]:
    """Every text of a record and its entries."""
    for part in tables_in(record):
        for name in text_fields(type(part)):
            value = getattr(part, name)
            yield from (value,) if isinstance(value, str) else value
        if copy := getattr(part, "archived", None):
            yield copy.address


def tokens_in(record: Any) -> frozenset[str]:
    """Every token in the texts of a record and its entries."""
    return frozenset(token for text in texts_in(record) for token, _ in found(text))


def links_in(record: Any) -> frozenset[Link]:
    """Every naming of another record in a record and its entries."""
    return frozenset(link for link, _ in _links(record))


def _links(record: Any) -> Iterator[tuple[Link, Any]]:
    """Each with the entry that it stands in, if it does."""
    for name in getattr(record, "about", ()):
        yield (record.ref, "about", Ref.parse(name)), None
    for field, ref in references(record):
        yield (record.ref, field, ref), None
    for name, _, entry in entries(record):
        for table in tables_in(entry):
            for field, ref in references(table):
                yield (record.ref, f"{name} {field}", ref), entry


def text_fields(cls: type[Any]) -> Iterator[str]:
    """The fields of a record or entry that hold free text."""
    for field in fields(cls):
        if field.type in _TEXT and field.name not in (*_NO_TEXT, _NUMBERED.get(cls)):
            yield field.name


class Rules:
    """When each record, field and entry of a dataset may first be seen."""

    def __init__(self, whole: Dataset) -> None:
        self._whole = whole
        self._ends = whole.negotiation.covers_until
        self._records = {record.ref: record for record in whole.records()}
        self._shows: dict[Ref, date] = {}

    # Days.

    def day(self, written: date | str) -> date:
        """A day; of a month or a year the last; but never after the record ends."""
        if isinstance(written, str):
            year, month = (*map(int, written.split("-")), 12)[:2]
            written = date(year, month, calendar.monthrange(year, month)[1])
        return min(written, self._ends)

    def _first_given(self, part: Any, *names: str) -> date | None:
        """The day in the first of these fields that is filled in."""
        given = (getattr(part, name, None) for name in names)
        return next((self.day(day) for day in given if day), None)

    # Records.

    def shows(self, ref: Ref) -> date:
        """The day from which a record may be seen."""
        if ref not in self._shows:
            self._shows[ref] = getattr(self, f"_{ref.kind}")(self._records[ref])
        return self._shows[ref]

    def _negotiation(self, _: Any) -> date:
        return ALWAYS

    def _round(self, this_round: Any) -> date:
        """Announced, else known, else begun."""
        day = self._first_given(this_round, "announced", "known", "starts")
        assert day
        return day

    def _milestone(self, milestone: Any) -> date:
        """Announced, else known, else come."""
        day = self._first_given(milestone, "announced", "known", "on")
        assert day
        return day

    def _quote(self, quote: Any) -> date:
        day = self._first_given(quote, "known", "published")
        assert day
        return day

    def _text(self, text: Any) -> date:
        day = self._first_given(text, "known", "issued")
        assert day
        return day

    def _issue(self, issue: Any) -> date:
        return self._with_its_first_entry(issue)

    def _measure(self, measure: Any) -> date:
        return self._with_its_first_entry(measure)

    def _figure(self, figure: Any) -> date:
        return self._with_its_first_entry(figure)

    def _with_its_first_entry(self, record: Any) -> date:
        """Known, or the first entry when that is earlier; always when there is neither."""
        days = [self._first_given(entry, "known", "on") for _, _, entry in entries(record)]
        days.append(self._first_given(record, "known"))
        return min((day for day in days if day), default=ALWAYS)

    def _point(self, point: Any) -> date:
        """Never before its round and the first of its issues."""
        said = self._first_given(point, "known", "on")
        assert said
        first_issue = min(self.shows(Ref("issue", slug)) for slug in point.issue_ids)
        return max(said, self.shows(Ref("round", point.round_id)), first_issue)

    def _conflict(self, conflict: Any) -> date:
        """Not before something it touches shows, nor before two of its versions do."""
        versions = sorted(self._version(conflict, version) for version in conflict.versions)
        return versions[1]

    def _conflict_opens(self, conflict: Any) -> date:
        seen = self._first_given(conflict, "known", "on")
        assert seen
        touched = (self.shows(Ref.parse(name)) for name in conflict.about)
        return max(seen, min(touched, default=seen))

    def _delegation(self, delegation: Any) -> date:
        return ALWAYS if delegation.is_side else self._once_named(delegation)

    def _delegate(self, delegate: Any) -> date:
        return self._once_named(delegate)

    def _source(self, source: Any) -> date:
        return self._once_named(source)

    def _once_named(self, record: Any) -> date:
        """From the day it bears itself, or from when something public names it."""
        own = self._first_given(record, "known", "published") or self._ends
        return min([own, *(self._named(*naming) for naming in self._namings.get(record.ref, ()))])

    # Entries.

    def entry_shows(self, record: Any, entry: Any) -> date:
        """The day from which an entry may be seen, which is never before its record's."""
        shows = self.shows(record.ref)
        match record.kind:
            case "quote":
                return max(shows, self._printed(entry) or shows)
            case "conflict":
                return max(shows, self._version(record, entry))
            case _:
                return max(
                    shows, self._first_given(entry, "known", "on", "starts", "since") or shows
                )

    def _version(self, conflict: Any, version: Any) -> date:
        opens = self._conflict_opens(conflict)
        return max(opens, self._printed(version) or opens)

    def _printed(self, entry: Any) -> date | None:
        """Known, else the earliest date of its sources when each of them bears one."""
        if entry.known:
            return self.day(entry.known)
        dates = [self._dated(self._records[Ref("source", slug)]) for slug in entry.source_ids]
        return min(date for date in dates if date) if dates and all(dates) else None

    # Fields that show later than their record.

    def fields_later(self, record: Any) -> Mapping[str, date]:
        """The fields of a record that show later than it does, each with its day."""
        shows = self.shows(record.ref)
        match record.kind:
            case "round":
                begun, result = self._begun(record), self._result(record)
                return {
                    "number": begun,
                    "venue": begun,
                    "host": begun,
                    "summary": result,
                    "next_step": result,
                }
            case "measure":
                firm = [s for s in record.steps if s.stage not in ("threatened", "reported")]
                return {"legal_name": self.entry_shows(record, firm[0])} if firm else {}
            case "source":
                day = max(shows, self._title(record))
                return dict.fromkeys(("title", "author", "address", "remark"), day)
            case _:
                return {}

    def _begun(self, this_round: Any) -> date:
        return max(self.shows(this_round.ref), self.day(this_round.starts))

    def _result(self, this_round: Any) -> date:
        """Over, and known to be."""
        known = self._first_given(this_round, "known") or ALWAYS
        return max(self._begun(this_round), self.day(this_round.ends), known)

    def _dated(self, source: Any) -> date | None:
        return self._first_given(source, "known", "published")

    def _title(self, source: Any) -> date:
        """The day a page bears; else that of the last statement that rests on it."""
        return self._dated(source) or max(
            (self._rests(*naming) for naming in self._namings.get(source.ref, ())), default=ALWAYS
        )

    # Who names whom.

    @cached_property
    def _namings(self) -> Mapping[Ref, list[tuple[Any, Any, str]]]:
        """For each record: who names it, in which entry (or None) and in which field."""
        namings: dict[Ref, list[tuple[Any, Any, str]]] = {}
        for record in self._whole.records():
            for (_, field, ref), entry in _links(record):
                if field != "about":
                    namings.setdefault(ref, []).append((record, entry, field))
        return namings

    def _named(self, record: Any, entry: Any, field: str) -> date:
        """The day from which a naming may be seen."""
        if entry is not None:
            return self.entry_shows(record, entry)
        if record.kind != "round":
            return self.shows(record.ref)
        return self._result(record) if field == "issue_ids" else self._begun(record)

    def link_shows(self, record: Any, entry: Any, link: Link) -> date:
        """The day from which a record that another names may be seen to be named."""
        _, field, ref = link
        if record.kind == "round" and field == "source_ids":
            # While it is to come it cites only the pages that are public.
            day = min(self._begun(record), self._title(self._records[ref]))
        else:
            day = self._named(record, entry, field)
        return max(day, self.shows(record.ref), self.shows(ref))

    def _rests(self, record: Any, entry: Any, field: str) -> date:
        """The day on which a statement is public that rests on a source named there."""
        if entry is None and record.kind == "round":
            return self._result(record)  # its own sources bear its summary
        return self._named(record, entry, field)
