"""Days that may be known by their month or year alone."""

from __future__ import annotations

import calendar
import re
from datetime import date

Day = date | str
"""A day, or the text "2025-10" when only the month is known, or "2025"."""

_YEAR, _ALMOST = 12, 9
"""Months of a year, and those after which it is almost over."""


def first_day(day: Day) -> date:
    """The earliest day it can mean. Raises ValueError when it is not a day."""
    if isinstance(day, date):
        return day
    year, month = _month(day)
    return date(year, month or 1, 1)


def last_day(day: Day) -> date:
    """The latest day it can mean: what is dated by month is public by the month's end.

    Raises ValueError when it is not a day.
    """
    if isinstance(day, date):
        return day
    year, month = _month(day)
    return date(year, month or 12, calendar.monthrange(year, month or 12)[1])


def ago(then: date, now: date) -> str:
    """How long ago a day was, as people say it: “161 days ago”, “almost 11 years ago”.

    In days within a year, in months within two.
    """
    months = (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)
    if months < _YEAR:
        number = (now - then).days
        return f"{number} {'day' if number == 1 else 'days'} ago"
    years, over = divmod(months, _YEAR)
    if years == 1:
        return f"{'a year' if not over else f'{months} months'} ago"
    if over >= _ALMOST:
        return f"almost {years + 1} years ago"
    return f"{'over ' if over else ''}{years} years ago"


def _is_a_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _month(day: str) -> tuple[int, int | None]:
    written = re.fullmatch(r"([12]\d{3})(?:-(0[1-9]|1[0-2]))?", day)
    if written is None:
        if _is_a_date(day):
            raise ValueError(f"“{day}” must stand without quotation marks, as a whole date does")
        raise ValueError(f'“{day}” is not a date such as 2025-10-26 or a month such as "2025-10"')
    year, month = written.groups()
    return int(year), int(month) if month else None
