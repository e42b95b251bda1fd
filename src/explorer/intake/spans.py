"""Several days in one cell: “10–11 May 2025”, as tables of meetings have them."""

from __future__ import annotations

import re
from contextlib import suppress

from explorer.intake import cell_values
from explorer.intake.cell_values import DayOrder

_BETWEEN = re.compile(
    r"\s*[–—]\s*|\s+-\s+|\s*\b(?:to|bis|until|through|au|al|hasta)\b\s+|\s*[至到]\s*|(?<=\d)/(?=\d{4}-)"
    r"|(?<=\d|\.)\s*-\s*(?=\d{1,2}\.)|(?<=\d)(?<!-\d\d)-(?=\d{1,2},?\s)|(?<=\d)/(?=\d{1,2}\s[^\W\d])",
    re.IGNORECASE,
)
_FROM = re.compile(r"^(?:from|vom|von|du|del)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b[12]\d{3}\b")


def is_span(cell: str) -> bool:
    """Whether a cell seems to hold several days."""
    return _halves(cell) is not None


def days(cell: str, order: DayOrder) -> tuple[str, str] | None:
    """The first and the last day of a cell that holds both; None when it does not."""
    if (halves := _halves(cell)) is None:
        return None
    first, last = halves
    for one, other in _completed(first, last):
        with suppress(ValueError):
            found = cell_values.day(one, order), cell_values.day(other, order)
            if len(found[0]) == len(found[1]) and found[0] <= found[1]:
                return found
    return None


def _halves(cell: str) -> tuple[str, str] | None:
    text = " ".join(_FROM.sub("", cell.strip()).split())
    parts = [part.strip() for part in _BETWEEN.split(text)]
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None  # noqa: PLR2004


def _completed(first: str, last: str) -> list[tuple[str, str]]:
    """Both in full, in each way in which one may lean on the other."""
    number = re.match(r"\d{1,2}(?!\d)", first)
    year = _YEAR.search(last)
    ways = [(first, last)]
    if number and re.fullmatch(r"\d{1,2}\.?", first):
        ways.append((re.sub(r"^\d{1,2}", number[0], last), last))  # “10–11 May 2025”
    if year:
        ways += [
            (f"{first}{'' if first.endswith('.') else ' '}{year[0]}", last)
        ]  # “30 April – 2 …”
    if (month := re.match(r"[^\W\d]+\.?", first)) and year:  # “May 10–11, 2025”
        ways.append((f"{first}, {year[0]}", f"{month[0]} {last}"))
    if found := re.match(r"(\d{4}\s?年\s?\d{1,2}\s?月)", first):  # “2025年5月10日至11日”
        ways.append((first, f"{found[1]}{last}"))
    return ways
