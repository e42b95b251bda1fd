"""Days and times as spreadsheets and people write them, read as those that are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from explorer.record.labels import MONTHS

_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{1,2})\.?")
_DAY_FIRST = re.compile(r"(\d{1,2})[. -]*([A-Za-z]{3,9})[., -]*(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})[. -]*(\d{1,2})[., -]+(\d{4}|\d{2})")
_WITH_TIME = re.compile(
    r"(.*\d)(?:[ T]|, )\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?"
)
_MONTHS, _NOON = 12, 12
_SINCE = 2000
"""What a year of two figures is counted from."""


def month_comes_first(told: Iterable[str]) -> bool | None:
    """Whether a file writes 10/26/2025, or 26/10/2025; None when nothing in it says so."""
    for text in told:
        if (found := _NUMBERS.fullmatch(_day_part(text))) and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if len(found[1]) < len("2025") and max(first, second) > _MONTHS:
                return second > _MONTHS
    return None


def day_in(told: str, *, month_first: bool | None) -> str:
    """A day as 2025-10-26; what is no day in any of these ways is left as it is.

    Raises ValueError for one that could be two.
    """
    text = _day_part(told)
    if found := _NUMBERS.fullmatch(text):
        parts = _in_order(text, found, month_first)
    elif found := _DAY_FIRST.fullmatch(text):
        parts = found[3], _month(found[2]), found[1]
    elif found := _MONTH_FIRST.fullmatch(text):
        parts = found[3], _month(found[1]), found[2]
    else:
        return told
    year, month, day = map(int, parts)
    try:
        return date(year + _SINCE * (len(parts[0]) == len("25")), month, day).isoformat()
    except ValueError:
        return told


def time_in(told: str, *, month_first: bool | None) -> str:
    """A moment as 2026-11-22T03:00:00; what is none in any of these ways is left as it is."""
    if _is_iso(told) or (found := _WITH_TIME.fullmatch(told.strip())) is None:
        return told
    hour, half = int(found[3 - 1]), (found[5] or "").lower()
    if half:
        hour = hour % _NOON + _NOON * (half == "p")
    day = day_in(found[1], month_first=month_first)
    return f"{day}T{hour:02}:{found[3]}:{found[4] or '00'}"


def _day_part(told: str) -> str:
    """Without the time of day, which spreadsheets add."""
    found = _WITH_TIME.fullmatch(told.strip())
    return (found[1] if found else told).strip().rstrip(",")


def _is_iso(told: str) -> bool:
    try:
        datetime.fromisoformat(told)
    except ValueError:
        return False
    return True


def _in_order(text: str, found: re.Match[str], month_first: bool | None) -> tuple[str, ...]:
    first, sign, second, third = found.groups()
    if len(first) == len("2025"):
        return first, second, third
    if sign == "." or int(first) > _MONTHS or first == second:
        return third, second, first
    if int(second) > _MONTHS or month_first:
        return third, first, second
    if month_first is None:
        raise ValueError(f"“{text}” could be two days; write it as 2025-10-26")
    return third, second, first


def _month(name: str) -> str:
    begins = name[:3].capitalize()
    return str(MONTHS.index(begins) + 1) if begins in MONTHS else "0"
