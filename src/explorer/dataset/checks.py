"""What only shows when records are compared: each check yields what it finds.

A new check is one function here and one name in `_CHECKS`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from math import isclose
from typing import Any

from explorer.dataset.entry_order import day_of
from explorer.dataset.problems import did_you_mean
from explorer.record.model import (
    KINDS,
    Dataset,
    Day,
    OneSided,
    Ref,
    entries,
    first_day,
    first_set,
    last_day,
    public_from,
    references,
    toml_name,
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
class Part:
    """A record or an entry within it, and the way to it."""

    record: Any
    kind: str
    place: int
    value: Any
    path: tuple[str | int, ...] = field(default=())
    table: str = ""
    """The field that holds the entry; empty for a record."""

    def wrong(self, key: str, message: str, *place: int) -> Finding:
        """What is wrong with a key of it, or with one item of that key's list."""
        path = (*self.path, toml_name(key), *place) if key else self.path
        return Finding(self.kind, self.place, path, message)


def run(
    dataset: Dataset, known: Mapping[str, set[str]], cited: Container[str] = ()
) -> Iterator[Finding]:
    """Every finding.

    `known` holds the ids that were written, of faulty records too, and `cited` the sources
    that faulty records may cite: what is wrong with them is not told twice.
    """
    all_parts = list(parts(dataset))
    records = [part for part in all_parts if not part.path]
    bad_days = set()
    for part in all_parts:
        for found in _days_are_days(part):
            bad_days.add((part.kind, part.place))
            yield found
    sound = [part for part in all_parts if (part.kind, part.place) not in bad_days]
    yield from _references_resolve(dataset, all_parts, known)
    yield from _ids_are_unique(records)
    yield from _every_source_is_cited(dataset, all_parts, cited)
    yield from _round_numbers_differ(dataset)
    for check in _CHECKS:
        for part in sound:
            yield from check(dataset, part)


def parts(dataset: Dataset) -> Iterator[Part]:
    """Every record, each followed by the entries within it."""
    for kind in KINDS:
        for place, record in enumerate(dataset.of(kind)):
            yield Part(record, kind, place, record)
            for name, nth, entry in entries(record):
                yield Part(record, kind, place, entry, (toml_name(name), nth), name)


def _days_are_days(part: Part) -> Iterator[Finding]:
    for key in fields(part.value):
        value = getattr(part.value, key.name)
        if key.type in ("Day", "Day | None") and isinstance(value, str):
            try:
                first_day(value)
            except ValueError as error:
                yield part.wrong(key.name, str(error))


def _references_resolve(
    dataset: Dataset, parts: Sequence[Part], known: Mapping[str, set[str]]
) -> Iterator[Finding]:
    for part in parts:
        named = [(name, ref) for name, ref in references(part.value)]
        if part.kind == "conflict" and not part.path:
            for text in part.record.about:
                try:
                    named.append(("about", Ref.parse(text)))
                except ValueError as error:
                    yield part.wrong("about", str(error))
        for name, ref in named:
            if ref.id not in known[ref.kind]:
                hint = did_you_mean(ref.id, known[ref.kind])
                yield part.wrong(name, f"there is no {ref.kind} “{ref.id}”{hint}")


def _ids_are_unique(records: Sequence[Part]) -> Iterator[Finding]:
    seen: set[Ref] = set()
    for part in records:
        if _SLUG.fullmatch(part.record.id) is None:
            message = "must be lower-case letters, digits and hyphens, such as rare-earths"
            yield part.wrong("id", message)
        for key, slug in (("id", part.record.id), *(("formerly", o) for o in part.record.formerly)):
            ref = Ref(part.kind, slug)
            if ref in seen:
                yield part.wrong(key, f"another {part.kind} has the id “{slug}”")
            seen.add(ref)


def _every_source_is_cited(
    dataset: Dataset, parts: Sequence[Part], elsewhere: Container[str]
) -> Iterator[Finding]:
    cited = {ref.id for part in parts for _, ref in references(part.value) if ref.kind == "source"}
    for place, source in enumerate(dataset.sources):
        if source.id not in cited and source.id not in elsewhere:
            yield Finding("source", place, ("id",), "no record cites this source")


def _round_numbers_differ(dataset: Dataset) -> Iterator[Finding]:
    counted = Counter(r.number for r in dataset.rounds if r.number is not None)
    for place, this_round in enumerate(dataset.rounds):
        if this_round.number is not None and counted[this_round.number] > 1:
            message = f"another round has the number {this_round.number}"
            yield Finding("round", place, ("number",), message)


def _names_are_one_line(dataset: Dataset, part: Part) -> Iterator[Finding]:
    for key in ("name", "short", "title", "publisher"):
        name = getattr(part.value, key, "some")
        if not name.strip():
            yield part.wrong(key, "is empty")
        elif "\n" in name:
            yield part.wrong(key, "must stand on one line")


def _is_sourced(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if part.kind != "source" and getattr(part.value, "source_ids", True) == ():
        yield part.wrong("source_ids", "cites no source; every statement needs at least one")


def _dates_are_in_order(dataset: Dataset, part: Part) -> Iterator[Finding]:
    for earlier, later, message in (
        ("starts", "ends", "ends before it starts"),
        ("announced", "starts", "is announced only after it starts"),
        ("announced", "planned", "was planned for a day before it was announced"),
        ("announced", "on", "is before it was announced; what came out only later has `known`"),
        ("said", "published", "is published before it was said"),
        ("since", "until", "ends before it begins"),
        ("on", "until", "is due to end before it begins"),
        ("began", "record_ends", "the record ends before it begins"),
    ):
        first: Day | None = getattr(part.value, earlier, None)
        second: Day | None = getattr(part.value, later, None)
        if first and second and last_day(second) < first_day(first):
            yield part.wrong(later, message)


def _is_public_with_its_entries(dataset: Dataset, part: Part) -> Iterator[Finding]:
    """What shows from its first entry on cannot have become public after that."""
    if part.path or part.kind not in ("issue", "measure") or part.record.known is None:
        return
    known = last_day(part.record.known)
    public = (
        (day, toml_name(name), nth)
        for name, nth, entry in entries(part.record)
        if (day := public_from(entry)) is not None
    )
    first = min(public, default=None)
    if first is not None and first[0] < known:
        day, table, nth = first
        message = f"is after {day}, when its {table} {nth + 1} was public; give it the earlier day"
        yield part.wrong("known", message)


def _moves_lead_elsewhere(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if part.path or part.kind not in ("round", "point", "milestone"):
        return
    stands = first_set(part.record)
    for place, move in sorted(enumerate(part.record.moves), key=lambda placed: day_of(placed[1])):
        if stands == move.to:
            message = f"says {move.to}, the day that was set already; a move sets another"
            yield Finding(part.kind, part.place, ("move", place, "to"), message)
        stands = move.to


def _is_within_the_record(dataset: Dataset, part: Part) -> Iterator[Finding]:
    ends = dataset.negotiation.covers_until
    last = (
        "the record ends on" if ends == dataset.negotiation.record_ends else "the last day known,"
    )
    after = f"lies after {last} {ends.isoformat()}"
    for key in ("published", "known", "announced"):
        day: Day | None = getattr(part.value, key, None)
        if day and first_day(day) > ends:
            yield part.wrong(key, after)
    if any(getattr(part.value, key, None) for key in ("published", "known", "announced")):
        return
    told = part.kind == "issue" or "evidence" in part.path or "outcome" in part.path
    for key in ("on", "starts"):
        day = getattr(part.value, key, None)
        if day and first_day(day) > ends:
            hint = "" if told else "; say with `known` or `announced` since when it was public"
            yield part.wrong(key, f"{after}{hint}")


def _one_sided_days_are_days_of_the_record(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if not isinstance(part.value, OneSided) or part.value.ends < part.value.starts:
        return
    span, negotiation = part.value, dataset.negotiation
    if span.starts < negotiation.began:
        yield part.wrong("starts", f"lies before the record begins on {negotiation.began}")
    if span.starts <= negotiation.record_ends <= span.ends:
        message = f"are known from one side only, but {negotiation.record_ends} is record_ends"
        yield part.wrong("", f"these days {message}, the last day known from every side")
    others = [other for other in negotiation.one_sided if other is not span]
    if any(other.starts <= span.starts <= other.ends for other in others):
        yield part.wrong("starts", "lies within another one_sided; no day may be in two")
    elif span.starts > negotiation.record_ends:
        before = (other.ends for other in others if other.starts < span.starts)
        follows = max(negotiation.record_ends, *before, date.min) + timedelta(days=1)
        if span.starts > follows:
            yield part.wrong("starts", f"leaves days of which nothing is known, from {follows} on")


def _one_sided_days_lack_a_side(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if not isinstance(part.value, OneSided):
        return
    parties = {side.id for side in dataset.delegations if side.standing == "party"}
    if not part.value.delegation_ids:
        yield part.wrong("delegation_ids", "is empty; name the side whose documents are known")
    elif parties and parties <= set(part.value.delegation_ids):
        yield part.wrong("delegation_ids", "names every party; then the days are not one-sided")


def _silence_names_its_document(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if getattr(part.value, "stance", "") == "silent" and not part.value.document_id:
        message = "is needed with “silent”: name the document that says nothing of it"
        yield part.wrong("document_id", message)


def _translations_name_the_translator(dataset: Dataset, part: Part) -> Iterator[Finding]:
    translated = part.kind == "quote" and not part.path and part.record.form == "translation"
    if translated and not part.record.translator:
        yield part.wrong("translator", "is needed with “translation”: say whose it is")


def _speakers_hold_a_role(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if part.kind != "quote" or part.path:
        return
    speaker = next((d for d in dataset.delegates if d.id == part.record.speaker_id), None)
    if speaker is None or speaker.office:
        return
    day = last_day(part.record.said or part.record.published)
    if not any(role.since is None or first_day(role.since) <= day for role in speaker.roles):
        message = f"{speaker.name} speaks on {day.isoformat()}, before any role is given"
        yield part.wrong("speaker_id", message)


def _steps_of_a_rate_add_up(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if part.kind == "rate" and not part.path and part.record.parts:
        total = sum(component.percent for component in part.record.parts)
        if part.record.standing == "step" and not isclose(
            total, part.record.percent, abs_tol=0.005
        ):
            yield part.wrong(
                "percent", f"is {part.record.percent:g}, but its parts add to {total:g}"
            )


def _addresses_can_be_opened(dataset: Dataset, part: Part) -> Iterator[Finding]:
    address = getattr(part.value, "address", "")
    if address and (reason := urls.why_not(address)):
        yield part.wrong("address", f"cannot be opened: {reason}")


def _conflicts_have_two_sides(dataset: Dataset, part: Part) -> Iterator[Finding]:
    if part.kind == "conflict" and not part.path and not part.record.versions[1:]:
        yield part.wrong("versions", "a conflict needs two versions or more")


_Check = Callable[[Dataset, Part], Iterator[Finding]]
_CHECKS: tuple[_Check, ...] = (
    _names_are_one_line,
    _is_sourced,
    _dates_are_in_order,
    _is_public_with_its_entries,
    _moves_lead_elsewhere,
    _is_within_the_record,
    _one_sided_days_are_days_of_the_record,
    _one_sided_days_lack_a_side,
    _silence_names_its_document,
    _translations_name_the_translator,
    _speakers_hold_a_role,
    _steps_of_a_rate_add_up,
    _addresses_can_be_opened,
    _conflicts_have_two_sides,
)
