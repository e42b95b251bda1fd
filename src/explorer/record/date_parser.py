"""A day as a person says it: “26 Oct 2025”, “geneva”, “+7d”, “today”."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from explorer.record import clock, days_in_numbers
from explorer.record.days import Day, last_day
from explorer.record.labels import shortened
from explorer.text.folding import fold, words_of

_LEAP_YEARS_APART = 8
"""The most years that lie between two, as around 1900."""

_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*([dwmy])")
_DAY_MONTH = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?(?:\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_FROM_TODAY = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
"""Words for days by the reader's own calendar."""


def how(rounds: Iterable[str]) -> str:
    """What can be said, for prompts and errors, with one of these rounds for an example."""
    in_words = (name for name in rounds if name[:1].isalpha() and not name.startswith("round "))
    name = min(in_words, key=lambda name: (len(name), name), default="")
    a_round = f"a round such as {name}, " if name else ""
    return f"2025-10-26, 26 Oct 2025, Oct 2025, +7d, -2w, +1m, {a_round}today, end"


def parse(
    said: str,
    *,
    from_day: date,
    ends: date,
    named: Mapping[str, date],
    ids: Mapping[str, date] | None = None,
    order: str = "",
) -> date:
    """The day that is meant. Raises ValueError with what could be said instead.

    Steps count from `from_day`, `ends` is the last day of the record, and `named` gives the
    day of each record that can be named, by its name, `ids` by what is its alone: that goes
    before a part of a name. A number is no part of a name, unless other words are said
    with it. A month means its last day, as for what is public; a day without a year is the
    last such day that is not after `ends`. Of numbers alone `order` says which is the month.
    """
    typed = " ".join(fold(said).split())
    numbers = days_in_numbers.read(typed, order)
    try:
        if numbers is not None:
            of_month, month, year = numbers
            return _written(str(of_month), month, str(year) if year else None, ends)
        day = _reckoned(typed, from_day, ends)
    except (ValueError, OverflowError):
        raise ValueError(f"there is no day “{_again(said)}”; say {how(ids or named)}") from None
    if day is None:
        day = (ids or {}).get(" ".join(words_of(said)))
    return _named(said, named, how(ids or named)) if day is None else day


def parse_day(
    said: str, *, from_day: date, ends: date, named: Mapping[str, date], order: str = ""
) -> Day:
    """The day, month or year that is meant, as a record says it: a month stays a month.

    Raises ValueError as `parse` does.
    """
    day = parse(said, from_day=from_day, ends=ends, named=named, order=order)
    typed = " ".join(fold(said).split())
    if re.fullmatch(r"\d{4}", typed):
        return typed
    written = _DAY_MONTH.fullmatch(typed)
    is_month = written is not None and written[1] is None and _month(written[2])
    return f"{day:%Y-%m}" if is_month or re.fullmatch(r"\d{4}-\d{2}", typed) else day


def _reckoned(typed: str, from_day: date, ends: date) -> date | None:
    """The day, when what was typed is one; None when it may be a name."""
    if typed in ("end", "0"):
        return ends
    if typed in _FROM_TODAY:
        return clock.today() + timedelta(days=_FROM_TODAY[typed])
    if step := _STEP.fullmatch(typed):
        return _stepped(from_day, *step.groups())
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", typed):
        return date.fromisoformat(typed) if len(typed) == len("2025-10-26") else last_day(typed)
    return _printed(_ORDINAL.sub(r"\1", _WEEKDAY.sub("", typed, count=1)), ends)


def _printed(typed: str, ends: date) -> date | None:
    """The day as pages print it: “26 Oct 2025”, “October 26, 2025”, “26.10.2025”."""
    if dotted := _DOTTED.fullmatch(typed):
        return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    if (written := _DAY_MONTH.fullmatch(typed)) and (month := _month(written[2])):
        return _written(written[1], month, written[3], ends)
    if (written := _MONTH_DAY.fullmatch(typed)) and (month := _month(written[1])):
        return _written(written[2], month, written[3], ends)
    return None


def _stepped(start: date, sign: str, count: str, unit: str) -> date:
    number = int(count) if sign == "+" else -int(count)
    if unit in "dw":
        return start + timedelta(days=number * (7 if unit == "w" else 1))
    months = start.year * 12 + start.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _month(word: str) -> int:
    """The number of a month by the beginning of its name; 0 when it is none."""
    return next((n for n, name in enumerate(calendar.month_name) if n and _begins(name, word)), 0)


def _begins(name: str, word: str) -> bool:
    return name.casefold().startswith(word)


def _written(day: str | None, month: int, year: str | None, ends: date) -> date:
    if day is None:
        whole = last_day(f"{year or ends.year}-{month:02}")
        return whole if year or whole <= ends else last_day(f"{ends.year - 1}-{month:02}")
    if year is not None:
        return date(int(year), month, int(day))
    for back in range(_LEAP_YEARS_APART + 1):
        whole = last_day(f"{ends.year - back}-{month:02}")
        if int(day) <= whole.day and (that := whole.replace(day=int(day))) <= ends:
            return that
    raise ValueError("no month of that name has such a day")


def _named(said: str, named: Mapping[str, date], ways: str) -> date:
    words = words_of(said)
    if words and not any(character.isalpha() for word in words for character in word):
        # It would be found in a year, or in a longer number, that nobody meant.
        whole = {day for name, day in named.items() if words == words_of(name)}
        if len(whole) == 1:
            return whole.pop()
        words = ()
    found = {name: day for name, day in named.items() if words and _means(words, fold(name))}
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    if not found:
        raise ValueError(f"“{_again(said)}” is neither a day nor a round; say {ways}")
    exact = [day for name, day in found.items() if fold(name) == " ".join(words)]
    if len(exact) == 1:
        return exact[0]
    several = ", ".join(list(found)[:4])
    raise ValueError(f"“{_again(said)}” may be {several}; say more of the name, or the day")


def _means(words: Sequence[str], name: str) -> bool:
    """Whether every word occurs in a folded name, a number as a whole one."""
    return all(
        re.search(rf"(?<!\d){word}(?!\d)", name) is not None if word.isdecimal() else word in name
        for word in words
    )


def _again(said: str) -> str:
    """What was typed, short enough to be repeated."""
    return shortened(" ".join(said.split()), 60)
