"""How dates and records are named to a person, in plain text.

The screen, the command line and every export name things through here, so that a
round or a day reads the same wherever it turns up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from explorer.record.days import Day
from explorer.record.index import Index
from explorer.record.model import (
    AnyRecord,
    FigureStanding,
    FigureValue,
    Form,
    Member,
    Quote,
    Ref,
    Round,
    Source,
)
from explorer.text.sanitize import one_line

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

KIND_NAMES = {
    "negotiation": "Negotiation",
    "round": "Round",
    "delegation": "Delegation",
    "delegate": "Delegate",
    "issue": "Issue",
    "quote": "Quote",
    "text": "Text",
    "measure": "Measure",
    "figure": "Figure",
    "point": "Point said to be agreed",
    "milestone": "Milestone",
    "conflict": "Conflict between sources",
    "source": "Source",
}

KIND_PLURALS = {
    "round": "rounds",
    "delegate": "delegates",
    "delegation": "delegations",
    "issue": "issues",
    "quote": "quotes",
    "text": "texts",
    "measure": "measures",
    "figure": "figures",
    "point": "points said to be agreed",
    "milestone": "milestones",
    "conflict": "conflicts between sources",
    "source": "sources",
}

FORM_NAMES = {
    "verbatim": "verbatim",
    "transcript": "from a transcript",
    "readout": "from an official readout",
    "translation": "translation",
    "interpretation": "interpreter’s words",
    "paraphrase": "paraphrase, not the words",
}

FIGURE_STANDINGS: Mapping[FigureStanding, str] = {
    "in force": "in force",
    "in part": "in force in part",
    "announced": "announced",
    "threat": "threatened",
    "demand": "demanded",
    "claim": "claimed",
    "target": "to be reached",
    "counted": "counted",
}

STANCE_NAMES = {
    "affirms": "affirms it",
    "differs": "words it differently",
    "denies": "denies it",
    "silent": "silent in",
}

STANCE_GLYPHS = {
    "affirms": "✓",
    "differs": "~",
    "denies": "✗",
    "silent": "∅",
    "not checked": "?",
}
"""Beside the word, for the eye that runs down a column; “not checked” never looks silent."""

_LANGUAGES = {
    "ar": "Arabic",
    "ca": "Catalan",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "hi": "Hindi",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "ms": "Malay",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


OWN_SIGN = "✦"
"""Beside what a reader added to a dataset …"""
OWN = f"{OWN_SIGN} reader’s own"
"""… with a word, where there is room for one …"""
OWN_MEANS = "added by the reader, not part of the record"
"""… and what both mean."""

TO_BE_SET = "a date to be set"
NO_DATE = "no date yet"
"""The same in a column of days, which is narrow."""


def day(when: Day | None) -> str:
    """“26 Oct 2025”, “Oct 2025” when only the month is known; None is a date to be set."""
    if when is None:
        return TO_BE_SET
    if isinstance(when, date):
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    year, _, month = when.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def short_day(when: Day) -> str:
    """“26 Oct 25”, for narrow columns."""
    written = day(when)
    return f"{written[:-4]}{written[-2:]}" if " " in written else written


def month(when: Day) -> str:
    """“Oct 2025”, for a day or a month; “2025” when no more is known."""
    return day(when).split(" ", 1)[1] if isinstance(when, date) else day(when)


def day_of_month(when: Day) -> str:
    """“26”; nothing when the day is not known."""
    return str(when.day) if isinstance(when, date) else ""


def not_before(since: date, until: date) -> str:
    """That there is no time between two days of which the first is not earlier."""
    return f"{day(since)} is not before {day(until)}; there are no days between them."


def days(first: Day, last: Day) -> str:
    """“25–26 Oct 2025”, “30 Sep – 1 Oct 2025”, “May 2025 – 3 Jun 2025”, or one day."""
    if first == last:
        return day(first)
    if not isinstance(first, date) or not isinstance(last, date):
        return f"{day(first)} – {day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def held(since: Day | None, until: Day | None) -> str:
    """“from 3 Feb 2025 – until 1 Mar 2026”, as far as it is known."""
    days = (f"from {day(since)}" if since else "", f"until {day(until)}" if until else "")
    return " – ".join(filter(None, days))


def left(when: Day, today: date) -> str:
    """“in 5 days”, “tomorrow”, “today”; nothing for a day that is past or only a month."""
    if not isinstance(when, date) or when < today:
        return ""
    number = (when - today).days
    return ("today", "tomorrow")[number] if number < 2 else f"in {number} days"  # noqa: PLR2004


def moved(days: Sequence[Day | None]) -> str:
    """“moved once”, “moved 3 times”, of the days that were set; nothing when it was not."""
    times = len(days) - 1
    if times < 1:
        return ""
    return f"moved { ({1: 'once', 2: 'twice'}.get(times) or f'{times} times') }"


def chain(days: Sequence[Day | None]) -> str:
    """“1 Mar 2032 → 1 Sep 2032”: days one after the other."""
    return " → ".join(day(when) for when in days)


def sentence(words: str) -> str:
    """Words as a sentence: “There is no day …”, with a full stop if there is none."""
    ended = words if words.endswith((".", "!", "?", "”", "…")) else f"{words}."
    return f"{ended[:1].upper()}{ended[1:]}"


def language(code: str) -> str:
    """The name of a language, or its code when it is not one we expect."""
    return _LANGUAGES.get(code, code)


def languages() -> Mapping[str, str]:
    """The languages that we expect, by their codes."""
    return _LANGUAGES


def stance(name: str) -> str:
    """“✓ affirms it”; after “∅ silent in” the document is to be named."""
    return f"{STANCE_GLYPHS[name]} {STANCE_NAMES[name]}"


def short_stance(name: str) -> str:
    """“✓ affirms”, for lists; “? not checked” too."""
    return f"{STANCE_GLYPHS[name]} {name}"


def tally(kind: str, number: int) -> str:
    """“1 round”, “12 conflicts between sources”."""
    return f"{number} {KIND_NAMES[kind].lower() if number == 1 else KIND_PLURALS[kind]}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """“1 note”, “3 notes”."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def number(value: float) -> str:
    """“12.5”, “5,060”, “17 billion”."""
    for scale, word in _LARGE:
        if abs(value) >= scale and float(f"{value / scale:.4g}") * scale == value:
            return f"{value / scale:.4g} {word}"
    return f"{value:,.10g}"


def amount(value: float, unit: str) -> str:
    """“145%”, “12 million tonnes”."""
    return f"{number(value)}{_behind(unit)}"


def value(of: FigureValue, unit: str) -> str:
    """“20%”, “at least 12 million tonnes”, “6–7 billion USD”."""
    margin = {"least": "at least ", "most": "at most ", "about": "about "}.get(of.at or "", "")
    if of.up_to is None:
        return f"{margin}{amount(of.number, unit)}"
    (low, *word), (high, *of_high) = number(of.number).split(" "), number(of.up_to).split(" ")
    low = low if word == of_high else number(of.number)
    return f"{margin}{low}–{' '.join((high, *of_high))}{_behind(unit)}"


def unit(name: str) -> str:
    """A unit on one line."""
    return one_line(name)


def _behind(name: str) -> str:
    """A unit as it stands behind a number."""
    return name if name == "%" else f" {unit(name)}"


def whose(index: Index, of: FigureValue) -> str:
    """Who counts or says a value: a body, a delegate or a delegation; “” when nobody is named."""
    if of.by:
        return one_line(of.by)
    if of.speaker_id:
        return index.delegate(of.speaker_id).short
    return index.delegation(of.delegation_id).short if of.delegation_id else ""


def quoted(quote: Quote) -> str:
    """A quote's words in quotation marks, which a paraphrase never gets."""
    return in_marks(quote.text, quote.form)


def in_marks(words: str, form: Form) -> str:
    """Words in quotation marks, unless they are a paraphrase."""
    return words if form == "paraphrase" else f"“{words}”"


def shortened(text: str, width: int) -> str:
    """Text cut at a word, with an ellipsis when anything was cut."""
    if len(text) <= width:
        return text
    cut = text[: width - 1].rsplit(" ", 1)[0] or text[: width - 1]
    return f"{cut.rstrip(' ,;.:')}…"


def title(index: Index, ref: Ref) -> str:
    """What to call a record on one line, whatever its kind; with a sign when a reader added it."""
    if ref not in index:
        return str(ref)
    record = index[ref]
    return marked(record, _title(index, record))


class MayBeOwn(Protocol):
    """A record, an entry, or what stands for one."""

    @property
    def own(self) -> bool:
        """Whether a reader added it."""
        ...


def marked(table: MayBeOwn, words: str) -> str:
    """What a record or an entry is called, with a sign when a reader added it."""
    is_said = OWN_SIGN in words
    return f"{words} {OWN_SIGN}" if table.own and not is_said else words


def _title(index: Index, record: AnyRecord) -> str:
    match record:
        case Round() if record.number:
            return f"Round {record.number}: {one_line(record.name)}"
        case Quote():
            words = shortened(one_line(record.text), 60)
            return f"{index.delegate(record.speaker_id).short}: {in_marks(words, record.form)}"
        case Source():
            when = f", {day(record.published)}" if record.published else ""
            return f"{short_source(record, 70)}{when}"
        case _:
            return one_line(record.name)


def bare_title(index: Index, ref: Ref) -> str:
    """The title of a record, of a round without its number."""
    is_round = ref.kind == "round" and ref in index
    return one_line(index.round(ref).name) if is_round else title(index, ref)


def sides(index: Index, delegation_ids: Sequence[str]) -> str:
    """“US, Japan”, delegations by their short names."""
    return ", ".join(index.delegation(slug).short for slug in delegation_ids)


def member(index: Index, who: Member) -> str:
    """The name of a member of a coalition, “” when none is known."""
    return index.delegation(who.delegation_id).short if who.delegation_id else one_line(who.name)


def short_source(source: Source, width: int = 60) -> str:
    """“Xinhua: Spokesperson's remarks …”, a source named in passing."""
    return f"{source.publisher}: {shortened(source.title, width)}"


def source_line(source: Source) -> str:
    """A source as a reference list gives it, without its address."""
    heading = source.title if source.described else f"“{source.title}”"
    origin = f"{source.carries}, at {source.publisher}" if source.carries else source.publisher
    parts = [
        source.author,
        origin,
        heading,
        day(source.published) if source.published else "undated",
    ]
    return ", ".join(part for part in parts if part)
