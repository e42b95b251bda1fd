"""What may be wrong in a dataset that is valid: what a careful reader would ask about.

A doubt keeps no dataset from being opened; `explorer check` tells it. A new one is one
function here and one name in `_DOUBTS`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from explorer.dataset.checks import Finding, Part, parts
from explorer.record.model import (
    Dataset,
    Day,
    Delegate,
    Measure,
    Quote,
    Rate,
    Source,
    Step,
    entries,
    first_day,
    last_day,
    public_from,
)
from explorer.record.standing import standing

_SAID = ("positions", "accounts", "outcomes")
"""Tables whose entries are statements: no page can report them beforehand."""
_TOLD_WITH = ("moves", "accounts", "outcomes")
"""Tables whose entries presume that the record is public."""
_EFFECTS = ("in force", "changed", "suspended", "resumed", "extended", "ended")
"""Stages that an announcement alone does not bring about."""
_ZONES = timedelta(days=1)
"""How far a page may bear an earlier date than an act on the other side of the world."""
_UNDATED: Mapping[str, tuple[str, ...]] = {
    "issue": ("name", "summary"),
    "delegation": ("name", "summary"),
    "delegate": ("summary",),
    "measure": ("name", "scope", "summary"),
}
"""Texts that are shown from the record's first day on, whatever they tell."""
_MONTH_AND_YEAR = re.compile(
    rf"(?P<month>{'|'.join(name for name in calendar.month_name if name)}) (?P<year>\d{{4}})"
)
_PUBLIC_FROM = ("announced", "known", "published", "starts", "on")
"""Keys that say when a thing became public, the first that is there counts."""
_HAN = re.compile(r"[一-鿿]")


def run(dataset: Dataset) -> Iterator[Finding]:
    """Every doubt about a dataset in which `checks` found nothing."""
    known = _Known(
        sources={source.id: source for source in dataset.sources},
        side_of={person.id: person.delegation_id for person in dataset.delegates},
        measures={measure.id: measure for measure in dataset.measures},
        rates=tuple(rate for rate in dataset.rates if rate.standing == "step"),
        began=dataset.negotiation.began,
        ends=dataset.negotiation.covers_until,
    )
    writers: list[Delegate | Quote] = [*dataset.delegates, *dataset.quotes]
    known.simplified.update(
        known.side(record)
        for record in writers
        if any(_is_only_simplified(each) for each in _chinese(record))
    )
    for part in parts(dataset):
        for doubt in _DOUBTS:
            yield from doubt(part, known)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a part is compared with."""

    sources: Mapping[str, Source]
    side_of: Mapping[str, str | None]
    """The delegation of each delegate, by id."""
    measures: Mapping[str | None, Measure]
    rates: Sequence[Rate]
    """Those in force one after the other."""
    began: date
    ends: date
    """The first and the last day that the record covers."""
    simplified: set[str | None] = field(default_factory=set)
    """The delegations that write Chinese in simplified characters."""

    def side(self, record: Delegate | Quote) -> str | None:
        """The delegation of a person, or of whoever said some words."""
        return self.side_of.get(record.speaker_id if isinstance(record, Quote) else record.id)

    def last_shown(self, rate: Rate) -> date:
        """The last day on which a rate shows as in force: then another takes its place."""
        pair = (rate.delegation_id, rate.against_id)
        later = (
            max(first_day(other.on), public_from(other) or date.min) - timedelta(days=1)
            for other in self.rates
            if (other.delegation_id, other.against_id) == pair
            and first_day(other.on) > last_day(rate.on)
        )
        return min(later, default=self.ends)


def _is_told_by_an_older_page(part: Part, known: _Known) -> Iterator[Finding]:
    """A page cannot report what was said or seen after it was published."""
    day = _statement_day(part)
    if day is None:
        return
    for place, slug in enumerate(part.value.source_ids):
        published = known.sources[slug].published
        if published and last_day(published) < first_day(day) - _ZONES:
            message = f"“{slug}” is of {published}, before what it is cited for ({day})"
            yield part.wrong("source_ids", message, place)


def _statement_day(part: Part) -> Day | None:
    """The day of what was said or seen."""
    if isinstance(part.value, Quote):
        return part.value.said or part.value.published
    day: Day | None = part.value.on if part.table in _SAID else None
    return day


def _takes_effect_by_announcement(part: Part, known: _Known) -> Iterator[Finding]:
    """That a thing took effect is known from a page of that day or later."""
    if not _is_effect(part):
        return
    days = [
        last_day(day) for slug in part.value.source_ids if (day := known.sources[slug].published)
    ]
    if days and max(days) < first_day(part.value.on) - _ZONES:
        message = (
            f"every source is older ({max(days)} at the latest), so they can only announce it; "
            "cite a page of that day or later"
        )
        yield part.wrong("source_ids", message)


def _is_effect(part: Part) -> bool:
    if part.table == "steps":
        return part.value.stage in _EFFECTS
    if part.table in ("statuses", "evidence"):
        return True
    return part.kind == "rate" and not part.path and part.record.standing in ("step", "some goods")


def _is_hidden_to_the_end_of_a_year(part: Part, _: _Known) -> Iterator[Finding]:
    """What is dated by its year alone shows on 31 December of it."""
    if part.kind == "source":
        return
    key = next((key for key in _PUBLIC_FROM if getattr(part.value, key, None)), "")
    day = getattr(part.value, key, None)
    if isinstance(day, str) and len(day) == len("2025"):
        message = f"is a year, so it shows only from {last_day(day)} on; give a month or `known`"
        yield part.wrong(key, message)


def _knows_the_future(part: Part, _: _Known) -> Iterator[Finding]:
    """A text without a date of its own names a day after the one from which it shows."""
    if part.path or part.kind not in _UNDATED:
        return
    shows = _first_public(part.record)
    if shows is None:
        return
    for key in _UNDATED[part.kind]:
        for named in _MONTH_AND_YEAR.finditer(getattr(part.record, key)):
            month = list(calendar.month_name).index(named["month"])
            if date(int(named["year"]), month, 1) > shows:
                message = f"names {named[0]}, but shows from {shows} on; say it in a dated entry"
                yield part.wrong(key, message)


def _first_public(record: Any) -> date | None:
    days = (public_from(each) for each in (record, *(entry for _, _, entry in entries(record))))
    return min((day for day in days if day), default=None)


def _is_public_after_its_entries(part: Part, _: _Known) -> Iterator[Finding]:
    """What is said of a record, or moves its day, shows only with the record."""
    key = next((key for key in ("announced", "known") if getattr(part.record, key, None)), "")
    if not key or part.table not in _TOLD_WITH:
        return
    shows, own = last_day(getattr(part.record, key)), public_from(part.value)
    if own is not None and own < shows:
        message = (
            f"was public on {own}, but with `{key}` the {part.kind} shows only from {shows} on"
        )
        yield part.wrong("", f"{message}; one of the two may be wrong")


def _mixes_chinese_scripts(part: Part, known: _Known) -> Iterator[Finding]:
    """A name or words in traditional characters, of a side that writes the simplified ones."""
    if part.path or not isinstance(part.record, Delegate | Quote):
        return
    strange = [each for each in _chinese(part.record) if not _encodes(each, "gb2312")]
    if strange and known.side(part.record) in known.simplified:
        key = "native_name" if part.kind == "delegate" else "original"
        message = f"has “{strange[0]}”, while others of its side are in simplified characters"
        yield part.wrong(key, f"{message}; cite a page that prints it so")


def _chinese(record: Delegate | Quote) -> list[str]:
    """The Chinese characters of a name, or of words as they were said."""
    if isinstance(record, Delegate):
        return _HAN.findall(record.native_name)
    return _HAN.findall(record.original) if record.language == "zh" else []


def _is_only_simplified(character: str) -> bool:
    return _encodes(character, "gb2312") and not _encodes(character, "big5")


def _encodes(character: str, standard: str) -> bool:
    """Whether a national standard, GB 2312 or Big5, has a character."""
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def _is_in_force_without_its_measure(part: Part, known: _Known) -> Iterator[Finding]:
    """A rate shows as in force on days on which a measure that it is made of does not."""
    if part.kind != "rate" or part.path or part.record.standing != "step":
        return
    starts, ends = _shows(part.record), known.last_shown(part.record)
    for place, component in enumerate(part.record.parts):
        measure = known.measures.get(component.measure_id)
        if measure is None or not component.percent:
            continue
        turns = sorted({starts, *(_shows(step) for step in measure.steps)})
        for day in (turn for turn in turns if starts <= turn <= ends):
            if lapse := _lapse(measure, day, known.began):
                message = (
                    f"“{measure.id}” {lapse} by {day}, and this rate shows as in force until "
                    f"{ends}; give the rate that follows, or what the measure still levies"
                )
                yield Finding(part.kind, part.place, ("part", place, "measure"), message)
                break


def _shows(part: Rate | Step) -> date:
    """The day from which a rate or a step has happened and is known."""
    return max(last_day(part.on), public_from(part) or date.min)


def _lapse(measure: Measure, day: date, began: date) -> str:
    """That a measure levies nothing on a day, by what is known then; nothing when it may."""
    told = tuple(step for step in measure.steps if _shows(step) <= day)
    stands = standing(replace(measure, steps=told), day, began=began)
    if stands is None:
        return ""
    if stands.state == "suspended":
        return "" if stands.rate else "is suspended"  # at a rate, it is levied at that meanwhile
    return "has ended" if stands.state == "ended" else ""


_Doubt = Callable[[Part, _Known], Iterator[Finding]]
_DOUBTS: tuple[_Doubt, ...] = (
    _is_told_by_an_older_page,
    _takes_effect_by_announcement,
    _is_hidden_to_the_end_of_a_year,
    _knows_the_future,
    _is_public_after_its_entries,
    _mixes_chinese_scripts,
    _is_in_force_without_its_measure,
)
