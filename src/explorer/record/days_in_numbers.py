"""Days written in numbers alone: “2025/10/26”, “26.10.2025”, “10/26/2025”.

With a slash or a hyphen the day may come first or the month. Where only one of the two can be
meant, that is it; where both can, nothing is guessed unless the reader has said which.
"""

from __future__ import annotations

import re

from explorer.record import labels

Numbers = tuple[int, int, int | None]
"""Day, month, and the year when it was said."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})(/)(\d{1,2})()")  # with a dot it is the number of a round
_MONTHS = 12
_CENTURY = 2000


def read(typed: str, order: str) -> Numbers | None:
    """What numbers mean; None when it is something else.

    `order` is “day-month”, “month-day”, or empty when the reader has not said. Raises
    ValueError, with both days and how to say each, when two may be meant.
    """
    if found := _YEAR_FIRST.fullmatch(typed) or _COMPACT.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups() if part and part.isdecimal())
        return day, month, year
    found = _YEAR_LAST.fullmatch(typed) or _NO_YEAR.fullmatch(typed)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    year_said = int(found[4]) + (0 if found[4][2:] else _CENTURY) if found[4] else None
    if found[2] == "." or first > _MONTHS or not (first and second):
        return first, second, year_said
    if second > _MONTHS or first == second:
        return second, first, year_said
    if order:
        return (first, second, year_said) if order == "day-month" else (second, first, year_said)
    raise ValueError(_asked(typed, first, second, year_said))


def _asked(typed: str, first: int, second: int, year: int | None) -> str:
    """That it may be two days, and how to say which."""
    one, other = _in_words(first, second, year), _in_words(second, first, year)
    say = f"say “{one}” or “{other}”"
    if year:
        say = f"say {year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
    return (
        f"“{typed}” may be {one} or {other}; {say}, or set date_order, as “explorer settings” shows"
    )


def _in_words(day: int, month: int, year: int | None) -> str:
    return f"{day} {labels.MONTHS[month - 1]}{f' {year}' if year else ''}"
