"""Days and times as spreadsheets and people write them, read as those that are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

_WITH_TIME = re.compile(
    r"(.*\d)(?:[ T]|, )\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?"
)
_PARTS_OF_A_DAY = re.compile(r"[\d\w./, -]+")
_MONTH_FIRST, _DAY_FIRST = "%m %d %Y", "%d %m %Y"
_CLEAR = ("%Y %m %d", "%d %b %Y", "%b %d %Y")
_NOON = 12


def month_comes_first(cells: Iterable[str]) -> bool | None:
    """Whether a file writes 10/26/2025, or 26/10/2025; None when nothing in it says so."""
    for cell in cells:
        day = _parted(cell)[0]
        if day and "." not in day and not _is_iso(day):
            with_month, with_day = _read(day, _MONTH_FIRST), _read(day, _DAY_FIRST)
            if (with_month is None) != (with_day is None):
                return with_day is None
    return None


def day_in(cell: str, *, month_first: bool | None) -> str:
    """A day as 2025-10-26; what is no day in any of these ways is left as it is.

    Raises ValueError for one that could be two.
    """
    day = _parted(cell)[0]
    if not day or _is_iso(day):
        return day
    # With dots between, the day always comes first.
    either = (_DAY_FIRST,) if "." in day else (_DAY_FIRST, _MONTH_FIRST)
    found = [known for order in (*_CLEAR, *either) if (known := _read(day, order)) is not None]
    if len(set(found)) > 1 and month_first is None:
        raise ValueError(f"“{day}” could be two days; write it as 2025-10-26")
    return (found[-1] if month_first else found[0]).isoformat() if found else cell


def time_in(cell: str, *, month_first: bool | None) -> str:
    """A moment as 2026-11-22T03:00:00; what is none in any of these ways is left as it is."""
    day, time = _parted(cell)
    return f"{day_in(day, month_first=month_first)}T{time}" if time and not _is_iso(cell) else cell


def _parted(cell: str) -> tuple[str, str]:
    """The day, and the time that spreadsheets add; nothing when there is no time."""
    if (found := _WITH_TIME.fullmatch(cell.strip())) is None:
        return cell.strip(), ""
    day, hour, minute, second, half = found.groups(default="")
    hours = int(hour) % _NOON + _NOON * (half in "Pp") if half else int(hour)
    return day.rstrip(","), f"{hours:02}:{minute}:{second or '00'}"


def _read(day: str, order: str) -> date | None:
    """A day written in that order, whatever stands between its parts, months by their names."""
    parts = [word[:3] if word.isalpha() else word for word in re.findall(r"\d+|[A-Za-z]+", day)]
    if parts and len(parts[-1]) == len("25") and len(parts[0]) < len("2025"):
        parts[-1] = f"20{parts[-1]}"
    with suppress(ValueError):
        if _PARTS_OF_A_DAY.fullmatch(day):
            return datetime.strptime(" ".join(parts), order).date()  # noqa: DTZ007 -- a day
    return None


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
