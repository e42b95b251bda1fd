"""What may be wrong in a dataset that is valid: what a careful reader would ask about.

A doubt keeps no dataset from being opened; `explorer check` prints it. A new one is one
function here, in `writing_checks` or in `ground_checks`, with a name in `_DOUBTS` and `WARNINGS`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from explorer.dataset import ground_checks
from explorer.dataset.checked import Checked, Finding, checked_tables
from explorer.dataset.writing_checks import (
    has_marks_around,
    lists_a_member_twice,
    names_a_language,
)
from explorer.record import amounts, clock, model
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import AnyRecord, Dataset
from explorer.record.standing import Life
from explorer.record.tables import public_from, tables_in

_ZONES = timedelta(days=1)
"""How far a page may bear an earlier date than an act on the other side of the world."""
_UNDATED: Mapping[str, tuple[str, ...]] = {
    "issue": ("name", "summary"),
    "delegation": ("name", "summary"),
    "delegate": ("summary",),
    "measure": ("name", "scope", "summary"),
}
"""Texts that are shown from the record's first day on, whatever they say."""
_MONTH_AND_YEAR = re.compile(
    rf"(?P<month>{'|'.join(name for name in calendar.month_name if name)}) (?P<year>\d{{4}})"
)
_PUBLIC_FROM = ("announced", "known", "published", "on", "starts")
"""Keys that say when a thing became public, the first that is there counts."""
_EFFECTS = ("in force", "changed", "suspended", "resumed", "extended", "ended")
"""Stages of a measure that are acts."""
_HAN = re.compile(r"[一-鿿]")


WARNINGS: Mapping[str, str] = {
    "uncited-source": "a source that no record cites",
    "unnamed-person": "a person whom no quote, round or other record names",
    "weak-sources": "a statement that rests on sources marked as weak alone",
    "one-side": "a statement that rests on the word of one side alone, and is not its own to make",
    "secondary-sources": "a statement on secondary sources alone, and on no party’s own text",
    "one-source": "a statement that rests on one source, or on copies of one",
    "no-original": "a translation without the words that were translated",
    "no-published": "a quote without the day it became public, which is taken to be that of `said`",
    "older-page": "a page that is older than what it is cited for",
    "only-announced": "an effect for which there are only pages from before it",
    "year-alone": "a day known by its year alone, which shows only at the end of that year",
    "knows-the-future": "a text without a day of its own that names a later one",
    "shown-late": "an entry that was public before its record shows",
    "mixed-scripts": "a Chinese name or words in the script that its side does not write",
    "measure-has-ended": "a value in force after a measure that it is made of",
    "departs-from-others": "a departure from the line of a coalition by who is no member of it",
    "language-by-name": "a language that is not said by its code, such as `en`",
    "marks-around": "words in quotation marks of their own, around which more are shown",
    "member-twice": "a member of a coalition that is listed twice for the same days",
    "late-source": "a source published after the last day of the record",
    "stale-record": "a record whose last day is past, though it names days that have come since",
}
"""Every warning by its lasting name, and what it is of."""
OF_GROUNDS = ("weak-sources", "one-side", "secondary-sources", "one-source")
"""Those that say how well statements are supported, which is not always in a writer’s hand."""


def run(
    dataset: Dataset, elsewhere: Container[str] | None = (), today: date | None = None
) -> Iterator[Finding]:
    """Every doubt about records in which `checks` found nothing, with the name of its warning.

    `elsewhere` are ids that others than these records may name; with None nobody knows what
    they name.
    """
    known = _Known(
        sources={source.id: source for source in dataset.sources},
        side_of={person.id: person.latest_side_id for person in dataset.delegates},
        measures={measure.id: measure for measure in dataset.measures},
        negotiation=dataset.negotiation,
        ends=dataset.negotiation.covers_until,
        members={each.id: each.members for each in dataset.delegations},
    )
    writers: list[model.Delegate | model.Quote] = [*dataset.delegates, *dataset.quotes]
    known.simplified.update(
        known.side(record)
        for record in writers
        if any(_is_only_simplified(each) for each in _chinese(record))
    )
    for checked in checked_tables(dataset):
        for name, doubt in _DOUBTS.items():
            for found in doubt(checked, known):
                yield replace(found, check=name)
    if elsewhere is not None:
        yield from ground_checks.unnamed(dataset, elsewhere)
    yield from ground_checks.weak_grounds(dataset)
    yield from ground_checks.out_of_date(dataset, today or clock.today())


@dataclass(frozen=True, slots=True)
class _Known:
    """What a table is compared with."""

    sources: Mapping[str, model.Source]
    side_of: Mapping[str, str | None]
    """The delegation of each delegate, by id."""
    measures: Mapping[str | None, model.Measure]
    negotiation: model.Negotiation
    ends: date
    """The last day that the record covers."""
    members: Mapping[str, Sequence[model.Member]]
    """Those of each delegation, by id."""
    simplified: set[str | None] = field(default_factory=set)
    """The delegations that write Chinese in simplified characters."""

    def side(self, record: model.Delegate | model.Quote) -> str | None:
        """The delegation of a person, or of whoever said some words."""
        return self.side_of.get(record.speaker_id if isinstance(record, model.Quote) else record.id)

    def belongs(self, slug: str, coalition: str, day: Day, *within: str) -> bool:
        """Whether a delegation is a member of a coalition on a day, itself or by another."""
        return any(
            (member.since is None or first_day(member.since) <= last_day(day))
            and (member.until is None or last_day(member.until) >= first_day(day))
            and (
                member.delegation_id == slug
                or self.belongs(slug, member.delegation_id, day, *within, coalition)
            )
            for member in self.members.get(coalition, ())
            if member.delegation_id and member.delegation_id not in within
        )

    def has_effect(self, table: model.AnyTable) -> bool:
        """Whether a table says what happened, and not a step that is only words or an end."""
        if not isinstance(table, model.Step):
            return True
        return self.negotiation.meaning("stage", table.stage) in _EFFECTS

    def last_shown(self, figure: model.Figure, value: model.FigureValue) -> date:
        """The last day on which a value shows as in force: until it ends or another follows."""
        later = (
            max(first_day(other.on), public_from(other) or date.min) - timedelta(days=1)
            for other in amounts.steps(figure)
            if first_day(other.on) > last_day(value.on)
        )
        ends = min(self.ends, last_day(value.until)) if value.until else self.ends
        return min((*later, ends))


def _is_cited_from_an_older_page(checked: Checked, known: _Known) -> Iterator[Finding]:
    """A page cannot report what was said or seen after it was published."""
    statement = checked.table
    match statement:
        case model.Quote():
            day = statement.day
        case (
            model.Position()
            | model.Account()
            | model.Outcome()
            | model.FigureValue(standing="counted")
        ):
            day = statement.on
        case _:
            return
    for place, slug in enumerate(statement.source_ids):
        published = known.sources[slug].published
        if published and last_day(published) < first_day(day) - _ZONES:
            message = f"“{slug}” is of {published}, before what it is cited for ({day})"
            yield checked.wrong("source_ids", message, place)


def _takes_effect_by_announcement(checked: Checked, known: _Known) -> Iterator[Finding]:
    """That a thing took effect is known from a page of that day or later."""
    match effect := checked.table:
        case (
            model.Status()
            | model.Evidence()
            | model.Step()
            | model.FigureValue(standing="in force" | "in part")
        ) if known.has_effect(effect):
            published = (known.sources[slug].published for slug in effect.source_ids)
            days = [last_day(day) for day in published if day]
            if days and max(days) < first_day(effect.on) - _ZONES:
                message = (
                    f"every source is older ({max(days)} at the latest), so they can only "
                    "announce it; cite a page of that day or later"
                )
                yield checked.wrong("source_ids", message)


def _is_hidden_to_the_end_of_a_year(checked: Checked, _: _Known) -> Iterator[Finding]:
    """What is dated by its year alone shows on 31 December of it."""
    if checked.kind == "source":
        return
    key = next((key for key in _PUBLIC_FROM if getattr(checked.table, key, None)), "")
    day = getattr(checked.table, key, None)
    if isinstance(day, str) and len(day) == len("2025"):
        message = f"is a year, so it shows only from {last_day(day)} on; give a month or `known`"
        yield checked.wrong(key, message)


def _knows_the_future(checked: Checked, _: _Known) -> Iterator[Finding]:
    """A text without a date of its own names a day after the one from which it shows."""
    if checked.path or checked.kind not in _UNDATED:
        return
    shows = _first_public(checked.record)
    if shows is None:
        return
    for key in _UNDATED[checked.kind]:
        for named in _MONTH_AND_YEAR.finditer(getattr(checked.record, key)):
            month = list(calendar.month_name).index(named["month"])
            if date(int(named["year"]), month, 1) > shows:
                message = f"names {named[0]}, but shows from {shows} on; say it in a dated entry"
                yield checked.wrong(key, message)


def _first_public(record: AnyRecord) -> date | None:
    days = (public_from(table) for table in tables_in(record))
    return min((day for day in days if day), default=None)


def _is_public_after_its_entries(checked: Checked, _: _Known) -> Iterator[Finding]:
    """What is said of a record, or moves its day, shows only with the record."""
    key = next((key for key in ("announced", "known") if getattr(checked.record, key, None)), "")
    if not key or not isinstance(checked.table, model.Move | model.Account | model.Outcome):
        return
    shows, own = last_day(getattr(checked.record, key)), public_from(checked.table)
    if own is not None and own < shows:
        message = (
            f"was public on {own}, but with `{key}` the {checked.kind} shows only from {shows} on"
        )
        yield checked.wrong("", f"{message}; one of the two may be wrong")


def _mixes_chinese_scripts(checked: Checked, known: _Known) -> Iterator[Finding]:
    """A name or words in traditional characters, of a side that writes the simplified ones."""
    record = checked.table
    if not isinstance(record, model.Delegate | model.Quote):
        return
    strange = [each for each in _chinese(record) if not _encodes(each, "gb2312")]
    if strange and known.side(record) in known.simplified:
        key = "native_name" if isinstance(record, model.Delegate) else "original"
        message = f"has “{strange[0]}”, while others of its side are in simplified characters"
        yield checked.wrong(key, f"{message}; cite a page that prints it so")


def _chinese(record: model.Delegate | model.Quote) -> list[str]:
    """The Chinese characters of a name, or of words as they were said."""
    if isinstance(record, model.Delegate):
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


def _is_in_force_without_its_measure(checked: Checked, known: _Known) -> Iterator[Finding]:
    """A value shows as in force on days on which a measure that it is made of does not."""
    figure, value = checked.record, checked.table
    if not isinstance(figure, model.Figure) or not isinstance(value, model.FigureValue):
        return
    if value.standing != "in force":
        return
    starts, ends = _shows(value), known.last_shown(figure, value)
    for place, part in enumerate(value.parts):
        measure = known.measures.get(part.measure_id)
        if measure is None or not part.number:
            continue
        turns = sorted({starts, *(_shows(step) for step in measure.steps)})
        for day in (turn for turn in turns if starts <= turn <= ends):
            if lapse := _lapse(measure, day, known.negotiation):
                message = (
                    f"“{measure.id}” {lapse} by {day}, and this value shows as in force until "
                    f"{ends}; give the value that follows, or what the measure still levies"
                )
                path = (*checked.path, "part", place, "measure")
                yield Finding(checked.kind, checked.place, path, message)
                break


def _shows(table: model.FigureValue | model.Step) -> date:
    """The day from which a value or a step has happened and is known."""
    return max(last_day(table.on), public_from(table) or date.min)


def _lapse(measure: model.Measure, day: date, negotiation: model.Negotiation) -> str:
    """That a measure levies nothing on a day, by what is known then; nothing when it may."""
    known = tuple(step for step in measure.steps if _shows(step) <= day)
    stands = Life(replace(measure, steps=known), negotiation).standing(day)
    if stands is None:
        return ""
    if stands.state == "suspended":
        return "" if stands.rate else "is suspended"  # at a rate, it is levied at that meanwhile
    return "has ended" if stands.state == "ended" else ""


def _is_translated_from_nothing(checked: Checked, _: _Known) -> Iterator[Finding]:
    """A translation is to be held against what was said."""
    quote = checked.table
    if isinstance(quote, model.Quote) and quote.form == "translation" and not quote.original:
        message = "is a translation, and the words that were translated are not here"
        hint = "give them as `original`, when a source prints them"
        yield checked.wrong("form", message, hint=hint)


def _departs_from_others(checked: Checked, known: _Known) -> Iterator[Finding]:
    """Only a member can leave the line of a coalition, as far as its members are listed."""
    held = checked.table
    if not isinstance(held, model.Position) or not held.departs_from_id:
        return
    coalition = held.departs_from_id
    if not known.members.get(coalition):
        return
    if not any(known.belongs(each, coalition, held.on) for each in held.delegation_ids):
        message = f"names “{coalition}”, of which none of these is a member on that day"
        hint = f"list it as a [[delegation.member]] of “{coalition}”, or leave this out"
        yield checked.wrong("departs_from_id", message, hint=hint)


_Doubt = Callable[[Checked, _Known], Iterator[Finding]]
_DOUBTS: Mapping[str, _Doubt] = {
    "older-page": _is_cited_from_an_older_page,
    "only-announced": _takes_effect_by_announcement,
    "year-alone": _is_hidden_to_the_end_of_a_year,
    "knows-the-future": _knows_the_future,
    "shown-late": _is_public_after_its_entries,
    "mixed-scripts": _mixes_chinese_scripts,
    "measure-has-ended": _is_in_force_without_its_measure,
    "no-original": _is_translated_from_nothing,
    "departs-from-others": _departs_from_others,
    "language-by-name": names_a_language,
    "marks-around": has_marks_around,
    "member-twice": lists_a_member_twice,
}
