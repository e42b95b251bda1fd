"""What only shows when records are compared: each check yields what it finds.

A new check is one function here and one name in `_CHECKS`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import cache
from math import isclose
from typing import Any

from explorer.dataset.entry_order import day_of
from explorer.dataset.problems import as_in_toml, did_you_mean
from explorer.record import labels, model
from explorer.record.model import (
    BUILT_IN_WORDS,
    KINDS,
    AnyRecord,
    AnyTable,
    Dataset,
    Day,
    Ref,
    entries,
    first_day,
)
from explorer.text import urls

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and with which key of which record."""

    kind: str
    place: int
    """Place of the record among those of its kind, from 0."""
    path: tuple[str | int, ...]
    """Keys as a person writes them, places from 0."""
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that is checked, a record or one within it, and the way to it."""

    record: AnyRecord
    place: int
    """Place of the record among those of its kind, from 0."""
    table: AnyTable
    """The record itself, or the entry within it."""
    path: tuple[str | int, ...] = field(default=())
    """Keys that lead to an entry, places from 0; empty for a record."""

    @property
    def kind(self) -> str:
        return self.record.kind

    def wrong(self, key: str, message: str, *place: int) -> Finding:
        """What is wrong with a key of it, or with one item of that key's list."""
        path = (*self.path, model.toml_name(key), *place) if key else self.path
        return Finding(self.kind, self.place, path, message)


@dataclass(frozen=True, slots=True)
class Whole:
    """What a table is compared with."""

    dataset: Dataset
    negotiation: model.Negotiation
    ends: date
    """The last day that the record covers."""
    types: Mapping[str, str]
    """The type of each delegation."""
    delegates: Mapping[str, model.Delegate]
    parties: frozenset[str]
    """The delegations that negotiate."""


def run(
    dataset: Dataset, known: Mapping[str, set[str]], cited: Container[str] = ()
) -> Iterator[Finding]:
    """Every finding.

    `known` holds the ids that were written, of faulty records too, and `cited` the sources
    that faulty records may cite: what is wrong with them is not reported twice.
    """
    whole = Whole(
        dataset,
        dataset.negotiation,
        dataset.negotiation.covers_until,
        {each.id: each.type for each in dataset.delegations},
        {delegate.id: delegate for delegate in reversed(dataset.delegates)},
        frozenset(side.id for side in dataset.delegations if side.is_side),
    )
    everything = list(checked_tables(dataset))
    bad_days = set()
    for checked in everything:
        for found in _days_are_days(checked):
            bad_days.add((checked.kind, checked.place))
            yield found
    for checked in everything:
        yield from _references_resolve(checked, known)
    yield from _ids_are_unique([checked for checked in everything if not checked.path])
    yield from _every_source_is_cited(dataset, everything, cited)
    yield from _round_numbers_differ(dataset)
    for checked in everything:
        if not bad_days or (checked.kind, checked.place) not in bad_days:
            for check in _checks_of(model.class_of(checked.table)):
                yield from check(whole, checked)


def checked_tables(dataset: Dataset) -> Iterator[Checked]:
    """Every record, each followed by the entries within it."""
    for kind in KINDS:
        for place, record in enumerate(dataset.of(kind)):
            yield Checked(record, place, record)
            yield from _within(Checked(record, place, record))


def _within(checked: Checked) -> Iterator[Checked]:
    """The entries within a table, each followed by those within it."""
    for name, nth, entry in entries(checked.table):
        path = (*checked.path, model.toml_name(name), nth)
        inner = Checked(checked.record, checked.place, entry, path)
        yield inner
        yield from _within(inner)


def _days_are_days(checked: Checked) -> Iterator[Finding]:
    for key in _day_fields(model.class_of(checked.table)):
        value = getattr(checked.table, key)
        if isinstance(value, str):
            try:
                first_day(value)
            except ValueError as error:
                yield checked.wrong(key, str(error))


@cache
def _day_fields(cls: Any) -> tuple[str, ...]:
    return tuple(key.name for key in fields(cls) if key.type in ("Day", "Day | None"))


def _references_resolve(checked: Checked, known: Mapping[str, set[str]]) -> Iterator[Finding]:
    for name, kind in model.reference_fields(model.class_of(checked.table)):
        if value := getattr(checked.table, name):
            for slug in (value,) if isinstance(value, str) else value:
                if slug not in known[kind]:
                    yield _unresolved(checked, name, Ref(kind, slug), known)
    if isinstance(checked.table, model.Conflict):
        for text in checked.table.about:
            yield from _touched_resolves(checked, text, known)


def _touched_resolves(
    checked: Checked, text: str, known: Mapping[str, set[str]]
) -> Iterator[Finding]:
    try:
        ref = Ref.parse(text)
    except ValueError as error:
        yield checked.wrong("about", str(error))
        return
    if ref.kind in model.FORMER_KINDS:
        now = model.FORMER_KINDS[ref.kind]
        yield checked.wrong("about", f"there is no {ref.kind} any more; name a {now}")
    elif ref.id not in known[ref.kind]:
        yield _unresolved(checked, "about", ref, known)


def _unresolved(checked: Checked, name: str, ref: Ref, known: Mapping[str, set[str]]) -> Finding:
    hint = did_you_mean(ref.id, known[ref.kind])
    return checked.wrong(name, f"there is no {ref.kind} “{ref.id}”{hint}")


def _ids_are_unique(records: Sequence[Checked]) -> Iterator[Finding]:
    seen: set[Ref] = set()
    for checked in records:
        record = checked.record
        if _SLUG.fullmatch(record.id) is None:
            message = "must be lower-case letters, digits and hyphens, such as rare-earths"
            yield checked.wrong("id", message)
        for key, slug in (("id", record.id), *(("formerly", old) for old in record.formerly)):
            ref = Ref(record.kind, slug)
            if ref in seen:
                yield checked.wrong(key, f"another {record.kind} has the id “{slug}”")
            seen.add(ref)


def _every_source_is_cited(
    dataset: Dataset, everything: Sequence[Checked], elsewhere: Container[str]
) -> Iterator[Finding]:
    cited: set[str] = set()
    for checked in everything:
        for name, kind in model.reference_fields(model.class_of(checked.table)):
            if kind == "source" and (value := getattr(checked.table, name)):
                cited.update((value,) if isinstance(value, str) else value)
    for place, source in enumerate(dataset.sources):
        if source.id not in cited and source.id not in elsewhere:
            yield Finding("source", place, ("id",), "no record cites this source")


def _round_numbers_differ(dataset: Dataset) -> Iterator[Finding]:
    counted = Counter(r.number for r in dataset.rounds if r.number)
    for place, this_round in enumerate(dataset.rounds):
        if this_round.number and counted[this_round.number] > 1:
            message = f"another round has the number {this_round.number}"
            yield Finding("round", place, ("number",), message)


def _words_are_known(whole: Whole, checked: Checked) -> Iterator[Finding]:
    """A word that the negotiation may choose is built in, or one of its own."""
    key = _CHOSEN_WORDS[model.class_of(checked.table)]
    word = getattr(checked.table, key)
    own: Mapping[str, str] = getattr(whole.negotiation, f"{key}s")
    known = (*BUILT_IN_WORDS[key], *own)
    if word and word not in known:
        hint = did_you_mean(word, known) or f"; [negotiation.{key}s] may name it"
        yield checked.wrong(key, f"{as_in_toml(word)} is not one of {', '.join(known)}{hint}")


_CHOSEN_WORDS: Mapping[type, str] = {
    model.Status: "state",
    model.Round: "meeting",
    model.Measure: "act",
    model.Step: "stage",
    model.Position: "stance",
}
"""The tables that have a key to whose words a negotiation may add, and that key."""


def _own_words_are_new(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if not isinstance(checked.table, model.Negotiation):
        return
    for key, built_in in BUILT_IN_WORDS.items():
        for word in getattr(checked.table, f"{key}s"):
            if word in built_in:
                yield checked.wrong(f"{key}s", f"“{word}” is built in, and keeps its meaning")


_NAMES = ("name", "short", "title", "publisher", "unit")


def _names_are_one_line(whole: Whole, checked: Checked) -> Iterator[Finding]:
    for key in _NAMES:
        name = getattr(checked.table, key, "some")
        if isinstance(checked.table, model.Member | model.Clause) and not name:
            continue  # whom the id of a delegation names, or what has a number
        if not name.strip():
            yield checked.wrong(key, "is empty")
        elif "\n" in name:
            yield checked.wrong(key, "must stand on one line")


def _is_sourced(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if checked.kind != "source" and getattr(checked.table, "source_ids", True) == ():
        yield checked.wrong("source_ids", "cites no source; every statement needs at least one")


def _dates_are_in_order(whole: Whole, checked: Checked) -> Iterator[Finding]:
    for earlier, later, message in _in_turn(model.class_of(checked.table)):
        first: Day | None = getattr(checked.table, earlier)
        second: Day | None = getattr(checked.table, later)
        if first and second and model.last_day(second) < first_day(first):
            yield checked.wrong(later, message)


_IN_TURN = (
    ("starts", "ends", "ends before it starts"),
    ("announced", "starts", "is announced only after it starts"),
    ("announced", "planned", "was planned for a day before it was announced"),
    ("announced", "on", "is before it was announced; what came out only later has `known`"),
    ("starts", "planned_end", "was planned to end before it starts"),
    ("said", "published", "is published before it was said"),
    ("since", "until", "ends before it begins"),
    ("on", "until", "is due to end before it begins"),
    ("starts", "due", "is due before it starts"),
    ("known", "dropped", "is taken back before it was known"),
    ("began", "record_ends", "the record ends before it begins"),
)
"""Keys with days of which the second is not to be before the first, and what to say if it is."""


@cache
def _in_turn(cls: Any) -> tuple[tuple[str, str, str], ...]:
    return tuple(each for each in _IN_TURN if hasattr(cls, each[0]) and hasattr(cls, each[1]))


def _is_public_with_its_entries(whole: Whole, checked: Checked) -> Iterator[Finding]:
    """What shows from its first entry on cannot have become public after that."""
    record = checked.table
    if not isinstance(record, model.Issue | model.Measure | model.Figure):
        return
    if record.known is None:
        return
    public = (
        (day, model.toml_name(name), nth)
        for name, nth, entry in entries(record)
        if (day := model.public_from(entry)) is not None
    )
    first = min(public, default=None)
    if first is not None and first[0] < model.last_day(record.known):
        day, table, nth = first
        message = f"is after {day}, when its {table} {nth + 1} was public; give it the earlier day"
        yield checked.wrong("known", message)


def _moves_lead_elsewhere(whole: Whole, checked: Checked) -> Iterator[Finding]:
    record = checked.table
    if not isinstance(record, model.Round | model.Point | model.Milestone):
        return
    stands = record.first_set
    for place, move in sorted(enumerate(record.moves), key=lambda placed: day_of(placed[1])):
        if stands == move.to:
            message = f"says {move.to}, the day that was set already; a move sets another"
            yield Finding(record.kind, checked.place, ("move", place, "to"), message)
        stands = move.to


def _is_within_the_record(whole: Whole, checked: Checked) -> Iterator[Finding]:
    is_public = False
    keys = ("known", "announced", "issued")
    for key in keys if isinstance(checked.table, model.Source) else ("published", *keys):
        day: Day | None = getattr(checked.table, key, None)
        if day:
            is_public = True
            if first_day(day) > whole.ends:
                yield checked.wrong(key, _after(whole))
    if is_public:
        return
    is_past = isinstance(
        checked.table, model.Status | model.Position | model.Evidence | model.Outcome
    )
    # A target may count from any day on.
    may_start = isinstance(checked.table, model.FigureValue)
    for key in ("on",) if may_start else ("on", "starts"):
        day = getattr(checked.table, key, None)
        if day and first_day(day) > whole.ends:
            hint = "" if is_past else "; say with `known` or `announced` since when it was public"
            yield checked.wrong(key, f"{_after(whole)}{hint}")


def _after(whole: Whole) -> str:
    ends = whole.ends
    is_all = ends == whole.dataset.negotiation.record_ends
    last = "the record ends on" if is_all else "the last day known,"
    return f"lies after {last} {ends.isoformat()}"


def _one_sided_days_are_days_of_the_record(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if not isinstance(checked.table, model.OneSided) or checked.table.ends < checked.table.starts:
        return
    span, negotiation = checked.table, whole.dataset.negotiation
    if span.starts < negotiation.began:
        yield checked.wrong("starts", f"lies before the record begins on {negotiation.began}")
    if span.starts <= negotiation.record_ends <= span.ends:
        message = f"are known from one side only, but {negotiation.record_ends} is record_ends"
        yield checked.wrong("", f"these days {message}, the last day known from every side")
    others = [other for other in negotiation.one_sided if other is not span]
    if any(other.starts <= span.starts <= other.ends for other in others):
        yield checked.wrong("starts", "lies within another one_sided; no day may be in two")
    elif span.starts > negotiation.record_ends:
        before = (other.ends for other in others if other.starts < span.starts)
        follows = max(negotiation.record_ends, *before, date.min) + timedelta(days=1)
        if span.starts > follows:
            yield checked.wrong(
                "starts", f"leaves days of which nothing is known, from {follows} on"
            )


def _one_sided_days_lack_a_side(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if not isinstance(checked.table, model.OneSided):
        return
    if not checked.table.delegation_ids:
        yield checked.wrong("delegation_ids", "is empty; name the side whose documents are known")
    elif whole.parties and whole.parties <= set(checked.table.delegation_ids):
        yield checked.wrong("delegation_ids", "names every party; then the days are not one-sided")


def _silence_names_its_document(whole: Whole, checked: Checked) -> Iterator[Finding]:
    account = checked.table
    if (
        isinstance(account, model.Account)
        and account.stance == "silent"
        and not account.document_id
    ):
        message = "is needed with “silent”: name the document that says nothing of it"
        yield checked.wrong("document_id", message)


def _coalitions_have_members(whole: Whole, checked: Checked) -> Iterator[Finding]:
    match checked.table:
        case model.Delegation(type=kind, members=members) if members and kind != "coalition":
            yield checked.wrong("members", f"belong to a coalition, and its type is “{kind}”")
        case model.Member(delegation_id=slug, name=name) if bool(slug) == bool(name):
            message = "needs either the id of its `delegation` or, when it is none, its `name`"
            yield checked.wrong("", message)
        case model.Member(delegation_id=slug) if slug == checked.record.id:
            yield checked.wrong("delegation_id", "names the coalition itself")


def _positions_are_held(whole: Whole, checked: Checked) -> Iterator[Finding]:
    held = checked.table
    if not isinstance(held, model.Position):
        return
    if not held.delegation_ids:
        yield checked.wrong("delegation_ids", "is empty; name who holds the position")
    if held.count is not None and held.count <= len(held.delegation_ids):
        message = "must be more than the delegations named; leave it out when all of them are"
        yield checked.wrong("count", message)
    if held.divided and not any(whole.types.get(s) == "coalition" for s in held.delegation_ids):
        yield checked.wrong("divided", "is for a coalition, and none holds this position")
    if (slug := held.departs_from_id) and whole.types.get(slug, "coalition") != "coalition":
        yield checked.wrong("departs_from_id", f"must name a coalition, and “{slug}” is none")
    stance = whole.negotiation.meaning("stance", held.stance or "")
    if stance == "red line" and not (held.words or held.quote_id):
        message = "is a red line only where words draw it: give them as `words`, or a `quote`"
        yield checked.wrong("stance", message)


def _speakers_hold_a_role(whole: Whole, checked: Checked) -> Iterator[Finding]:
    quote = checked.table
    if not isinstance(quote, model.Quote):
        return
    speaker = whole.delegates.get(quote.speaker_id)
    if speaker is None or speaker.office:
        return
    day = model.last_day(quote.day)
    if not any(role.since is None or first_day(role.since) <= day for role in speaker.roles):
        message = f"{speaker.name} speaks on {day.isoformat()}, before any role is given"
        yield checked.wrong("speaker_id", message)


def _parts_add_up(whole: Whole, checked: Checked) -> Iterator[Finding]:
    value = checked.table
    if not isinstance(value, model.FigureValue) or value.standing != "in force" or not value.parts:
        return
    total = sum(part.number for part in value.parts)
    if not isclose(total, value.number, rel_tol=1e-9, abs_tol=0.005):
        message = f"is {labels.number(value.number)}, but its parts add to {labels.number(total)}"
        yield checked.wrong("number", message)


def _values_make_sense(whole: Whole, checked: Checked) -> Iterator[Finding]:
    value = checked.table
    if not isinstance(value, model.FigureValue):
        return
    if value.up_to is not None and value.up_to <= value.number:
        yield checked.wrong("up_to", "must be more than `number`, the lower end of the range")
    if value.up_to is not None and value.at in ("least", "most"):
        yield checked.wrong("at", f"“{value.at}” and a range with `up_to` do not go together")
    if value.due and value.standing not in ("target", "demand"):
        message = f"is for a target or a demand, and this is {as_in_toml(value.standing)}"
        yield checked.wrong("due", message)
    if value.dropped and value.standing in ("counted", "claim"):
        message = "is for what was announced, threatened or to come; a count or a claim stays"
        yield checked.wrong("dropped", message)
    public = model.public_from(value)
    if value.dropped and public and model.last_day(value.dropped) < public and not value.known:
        yield checked.wrong("dropped", "is taken back before it was public")


def _points_belong_to_issues(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if isinstance(checked.table, model.Point) and not checked.table.issue_ids:
        yield checked.wrong("issue_ids", "is empty; name what the point settles or touches")


def _only_deadlines_are_met(whole: Whole, checked: Checked) -> Iterator[Finding]:
    match checked.table:
        case model.Milestone(type="event", results=(_, *_)):
            yield checked.wrong("results", "is for a deadline, and this is an event")


def _addresses_can_be_opened(whole: Whole, checked: Checked) -> Iterator[Finding]:
    source = checked.table
    if (
        isinstance(source, model.Source)
        and source.address
        and (reason := urls.why_not(source.address))
    ):
        yield checked.wrong("address", f"cannot be opened: {reason}")


def _conflicts_have_two_sides(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if isinstance(checked.table, model.Conflict) and not checked.table.versions[1:]:
        yield checked.wrong("versions", "a conflict needs two versions or more")


_Check = Callable[[Whole, Checked], Iterator[Finding]]
_About = Callable[[Any], bool]
"""Whether a check is about a class of tables."""


def _is(*classes: type) -> _About:
    return lambda cls: cls in classes


_CHECKS: Mapping[_Check, _About] = {
    _words_are_known: _is(*_CHOSEN_WORDS),
    _own_words_are_new: _is(model.Negotiation),
    _names_are_one_line: lambda cls: any(hasattr(cls, key) for key in _NAMES),
    _is_sourced: lambda cls: cls not in (model.Source, model.Clause),
    _dates_are_in_order: lambda cls: bool(_in_turn(cls)),
    _is_public_with_its_entries: _is(model.Issue, model.Measure, model.Figure),
    _moves_lead_elsewhere: _is(model.Round, model.Point, model.Milestone),
    _is_within_the_record: lambda _: True,
    _one_sided_days_are_days_of_the_record: _is(model.OneSided),
    _one_sided_days_lack_a_side: _is(model.OneSided),
    _silence_names_its_document: _is(model.Account),
    _coalitions_have_members: _is(model.Delegation, model.Member),
    _positions_are_held: _is(model.Position),
    _speakers_hold_a_role: _is(model.Quote),
    _parts_add_up: _is(model.FigureValue),
    _values_make_sense: _is(model.FigureValue),
    _points_belong_to_issues: _is(model.Point),
    _only_deadlines_are_met: _is(model.Milestone),
    _addresses_can_be_opened: _is(model.Source),
    _conflicts_have_two_sides: _is(model.Conflict),
}
"""Each check, and the classes of tables that it is about: most tables are quotes."""


@cache
def _checks_of(cls: Any) -> tuple[_Check, ...]:
    return tuple(check for check, is_about in _CHECKS.items() if is_about(cls))
