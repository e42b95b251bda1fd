"""What is wrong with a value that TOML does not know, and what was probably meant."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Wrong(NamedTuple):
    """What is wrong with a piece of text, and what would be right."""

    message: str
    hint: str = ""
    suggestion: str = ""


CURLY = "“”„‟«»‘’‚‛＂＇「」『』`´"
_WORDS = {
    **dict.fromkeys(("True", "TRUE", "yes", "Yes", "YES", "on", "On"), "true"),
    **dict.fromkeys(("False", "FALSE", "no", "No", "NO", "off", "Off"), "false"),
}
_NOTHING = ("null", "Null", "NULL", "None", "nil", "undefined", "NaN", "N/A", "n/a", "~", "-")
_MONTHS = "|".join((*calendar.month_name[1:], *calendar.month_abbr[1:]))
_LONGEST = 60
"""A longer suggestion is not said, but offered all the same."""
_MONTHS_A_YEAR, _CENTURY = 12, 100


def of_value(text: str) -> Wrong:
    """What is wrong with a value that stands outside quotation marks."""
    for pattern, wrong in _KINDS:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return wrong(text, found)
    return _bare_text(text)


def day_meant(text: str) -> str:
    """How TOML writes the day, month or year that a text names; empty where that is not certain."""
    for pattern, wrong in _KINDS:
        is_of_dates = wrong in (_date, _day_first, _month, _in_words)
        if is_of_dates and (found := re.fullmatch(pattern, text)):
            return wrong(text, found).suggestion
    return ""


def _quotes(text: str, _: re.Match[str]) -> Wrong:
    inner = text.strip(CURLY + '"')
    message = f"{text[0]} is a typographic quotation mark, and TOML knows only the straight one"
    right = f'"{inner}"'
    return Wrong(
        message, f"write {right}" if len(right) <= _LONGEST else 'write " in its place', right
    )


def _true_or_false(text: str, _: re.Match[str]) -> Wrong:
    right = _WORDS[text]
    return Wrong(f"{text} is no value in TOML", f"write {right}", right)


def _nothing(text: str, _: re.Match[str]) -> Wrong:
    return Wrong(f"TOML has no {text}", "what has no value is left out, key and all")


def _date(text: str, found: re.Match[str]) -> Wrong:
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    if month > _MONTHS_A_YEAR >= day:
        return Wrong(f"{text}: there is no month {month}", *_right(year, day, month))
    if not 1 <= month <= _MONTHS_A_YEAR:
        return Wrong(f"{text}: there is no month {month}", "a date is year-month-day, 2025-10-26")
    last = calendar.monthrange(max(year, 1), month)[1]
    if not 1 <= day <= last:
        name = calendar.month_name[month]
        return Wrong(f"{text} is no date: {name} {year} has {last} days", "give a day of the month")
    if found["rest"]:
        return Wrong(f"{text} is no date", *_right(year, month, day))
    return Wrong(f"{text} is not written as a date", *_right(year, month, day))


def _day_first(text: str, found: re.Match[str]) -> Wrong:
    year, one, two = (int(found[name]) for name in ("year", "one", "two"))
    year += 2000 if year < _CENTURY else 0
    message = f"{text} is not written as a date"
    # In 10/26/2025 the month is first; in 10/11/2025 nobody knows.
    if two > _MONTHS_A_YEAR or "." in text:
        month, day = (two, one) if "." in text else (one, two)
    elif one > _MONTHS_A_YEAR:
        month, day = two, one
    else:
        return Wrong(message, "a date is year-month-day, such as 2025-10-26")
    return Wrong(message, *_right(year, month, day))


def _right(year: int, month: int, day: int) -> tuple[str, str]:
    try:
        right = date(year, month, day).isoformat()
    except ValueError:
        return "a date is year-month-day, such as 2025-10-26", ""
    return f"write {right}", right


def _month(text: str, found: re.Match[str]) -> Wrong:
    if not 1 <= int(found["month"]) <= _MONTHS_A_YEAR:
        return Wrong(f"{text}: there is no month {int(found['month'])}")
    right = f'"{found["year"]}-{int(found["month"]):02}"'
    return Wrong("a month without a day stands in quotation marks", f"write {right}", right)


def _in_words(text: str, _: re.Match[str]) -> Wrong:
    message = f"{text} is not written as a date"
    for pattern in _DATES_IN_WORDS:
        if found := re.fullmatch(pattern, text):
            month = _MONTHS.split("|").index(found["month"]) % _MONTHS_A_YEAR + 1
            if found["day"]:
                return Wrong(message, *_right(int(found["year"]), month, int(found["day"])))
            right = f'"{found["year"]}-{month:02}"'
            return Wrong(message, f"write {right}", right)
    return Wrong(message, "a date is year-month-day, such as 2025-10-26")


_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_DATES_IN_WORDS = (
    rf"{_DAY} (?P<month>{_MONTHS})\.?,? (?P<year>\d{{4}})",
    rf"(?P<month>{_MONTHS})\.? {_DAY},? (?P<year>\d{{4}})",
    rf"(?P<month>{_MONTHS})\.?,? (?P<year>\d{{4}})(?P<day>)",
)


def _comma(text: str, _: re.Match[str]) -> Wrong:
    whole = text.replace(",", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return Wrong("numbers have no commas in TOML", f"write {whole}", whole)
    right = text.replace(",", ".")
    return Wrong("the decimal sign in TOML is a point", f"write {right}", right)


def _point(text: str, _: re.Match[str]) -> Wrong:
    right = f"{text}0" if text.endswith(".") else text.replace(".", "0.", 1)
    return Wrong("a number needs digits on both sides of its point", f"write {right}", right)


def _zeros(text: str, _: re.Match[str]) -> Wrong:
    right = text.lstrip("0") or "0"
    hint = f'write {right}, or "{text}" where it is a name'
    return Wrong("a number does not begin with 0", hint, right)


def _unit(text: str, found: re.Match[str]) -> Wrong:
    message = f"{text} is neither a number nor text in quotation marks"
    if not (number := found["number"]):
        return Wrong(message)
    return Wrong(message, f'write {number}, or "{text}" where it is text')


def _underscore(text: str, _: re.Match[str]) -> Wrong:
    right = text.replace("_", "")
    return Wrong("_ stands only between two digits of a number", f"write {right}", right)


def _equals(text: str, _: re.Match[str]) -> Wrong:
    message = f"= alone stands between a key and its value, and no ={text[0]}"
    return Wrong(message, f"take the {text[0]} away")


def _brackets(_: str, __: re.Match[str]) -> Wrong:
    return Wrong("a list stands in [brackets]", 'write ["one", "two"]')


def _half_quoted(text: str, _: re.Match[str]) -> Wrong:
    right = f'"{text[:-1].rstrip()}"'
    return Wrong("the quotation mark at the beginning is missing", f"write {right}", right)


def _bare_text(text: str) -> Wrong:
    if '"' in text or "\\" in text or "\n" in text:
        return Wrong("text stands in quotation marks", 'write "…"')
    right = f'"{text}"'
    return Wrong(
        "text stands in quotation marks", f"write {right}" if len(right) <= _LONGEST else "", right
    )


_KINDS: tuple[tuple[str, Callable[[str, re.Match[str]], Wrong]], ...] = (
    (rf"[{CURLY}].*", _quotes),
    ("|".join(map(re.escape, _WORDS)), _true_or_false),
    ("|".join(map(re.escape, _NOTHING)), _nothing),
    (r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?P<rest>[T ]?.*)", _date),
    (r"(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)", _day_first),
    (r"(?P<year>\d{4})[-/](?P<month>\d{1,2})", _month),
    (rf"(\d{{1,2}}\.?(st|nd|rd|th)? )?({_MONTHS})\.? .*\d.*", _in_words),
    (r"[+-]?\d+(,\d+)+(\.\d+)?", _comma),
    (r"[+-]?(\.\d+|\d+\.)", _point),
    (r"0\d+", _zeros),
    (r"[+-]?[\d_]+", _underscore),
    (r"[=>].*", _equals),
    (r"\(.*", _brackets),
    (r"(?P<number>[+-]?\d+(?:\.\d+)?)\s?\D.*|[$€£¥](?P<unused>.*)", _unit),
    (r"[^\"']*[\"']", _half_quoted),
)
"""How values look that TOML does not know, and what to say of each."""
