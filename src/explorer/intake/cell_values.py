"""What stands in a cell → what somebody would type into a form: days, numbers, yes and no.

Nothing is guessed: what may be two things is refused, with what would make it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

from explorer.record import clock
from explorer.text.folding import fold
from explorer.values import dataclass

Decimal = Literal["", "comma", "point"]
DayOrder = Literal["", "day", "month"]

_YES = (
    "yes",
    "true",
    "wahr",
    "ja",
    "vrai",
    "oui",
    "si",
    "verdadero",
    "vero",
    "waar",
    "x",
    "1",
    "y",
)
_NO = ("no", "false", "falsch", "nein", "faux", "non", "falso", "onwaar", "0", "n")
_MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
):
    for _number, _name in enumerate(_names.split(), 1):
        _MONTHS.setdefault(_name, _number)
        for _length in (3, 4):
            _MONTHS.setdefault(_name[:_length], _number)
_MONTHS |= {"maerz": 3, "janner": 1, "sept": 9}
del _MONTHS["jui"]  # it may be June or July

_TIME = re.compile(
    r"(?:[ T]|,\s*)\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*"
    r"(?:Z|UTC|GMT|Uhr|h|[+-]\d{2}:?\d{2})?$"
)
_WEEKDAY = re.compile(r"^([^\W\d]{2,10})(?:\.?,\s*|\.\s+|\s+)(?=\d|[^\W\d]+\.?\s+\d)")
_ASIDE = re.compile(r"\s*\([^\W\d]{2,10}\.?\)$")
"""A day of the week behind a day."""
_SERIAL = re.compile(r"[1-9]\d{4}(?:[.,]\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 7000, 80000
"""Days that Excel counts from 1900: those from 1919 to 2119."""
_DAY_ZERO = date(1899, 12, 30)
_CENTURY, _AHEAD = 100, 20
_MONTHS_OF_YEAR = 12


class TwoWaysError(ValueError):
    """A cell that can be read in two ways; `ask` says what would tell which."""

    def __init__(self, message: str, ask: Literal["dates", "decimal"]) -> None:
        super().__init__(message)
        self.ask: Literal["dates", "decimal"] = ask


@dataclass(frozen=True, slots=True)
class Habits:
    """How a table writes days and numbers, where that may be done in two ways."""

    order: DayOrder = ""
    """Which comes first in 5/6/2025."""
    decimal: Decimal = ""


_NOTHING_IN_WORDS = (
    *("-", "–", "—", "--", "---", "n/a", "n.a.", "n. a.", "#n/a", "k.a.", "k. a.", "null", "nan"),
)
_NOTHING = (
    *("n.d.", "n. d.", "nd", "no date", "undated", "o.d.", "o. d.", "ohne datum", "o.j.", "o. j."),
    *("s.d.", "s. d.", "sans date", "s.f.", "s. f.", "sin fecha", "na", "none", "nil", "?", "??"),
    *("unknown", "not known", "unbekannt", "inconnu", "desconocido", "tbd", "tbc", "t.b.d.", "无"),
    *("不详", "不明", "未知", "无日期"),
)


def is_nothing(cell: str, *, in_words: bool = False) -> bool:
    """Whether a cell says that there is nothing to say, as people write it in their tables."""
    word = fold(cell.strip())
    return word in _NOTHING_IN_WORDS or (not in_words and word in _NOTHING)


def habits_of(days: Iterable[str], numbers: Iterable[str], given: Habits, *, exact: bool) -> Habits:
    """How a table writes them, by those of its cells that can be read in one way only."""
    order = given.order or _order_of(days)
    return Habits(order, given.decimal or ("point" if exact else _decimal_of(numbers)))


def _order_of(days: Iterable[str]) -> DayOrder:
    """Which comes first, by the days after the twelfth; nothing where rows say both."""
    found: set[DayOrder] = set()
    for cell in days:
        if numbers := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}", _without_time(cell)):
            first, second = int(numbers[1]), int(numbers[2])
            if (first > _MONTHS_OF_YEAR) != (second > _MONTHS_OF_YEAR):
                found.add("day" if first > _MONTHS_OF_YEAR else "month")
    return found.pop() if len(found) == 1 else ""


def _decimal_of(numbers: Iterable[str]) -> Decimal:
    found: set[Decimal] = set()
    for cell in numbers:
        sign = re.sub(r"[^\d.,]", "", cell)
        if re.search(
            r"\d\.\d{3}(?:\.\d{3})*,\d+$|^\d+,(?!\d{3}$)\d+$|^0,\d+$|^\d{4,},\d+$|^\d+(?:\.\d{3}){2,}$",
            sign,
        ):
            found.add("comma")
        elif re.search(
            r"\d,\d{3}(?:,\d{3})*\.\d+$|^\d+\.(?!\d{3}$)\d+$|^0\.\d+$|^\d{4,}\.\d+$|^\d+(?:,\d{3}){2,}$",
            sign,
        ):
            found.add("point")
    return found.pop() if len(found) == 1 else ""


def _without_time(cell: str) -> str:
    return _TIME.sub("", cell.strip()).rstrip(",")


def day(cell: str, order: DayOrder) -> str:
    """A day as the record writes it, or a month or year. Raises ValueError with why not."""
    text = " ".join(_without_time(_without_weekday(cell.strip())).split())
    with suppress(OverflowError):
        if found := _iso(text) or _serial(text) or _in_numbers(text, order) or _in_words(text):
            return found
    if re.fullmatch(
        r"\d{1,2}[./-]\s?\d{1,2}\.?|\d{1,2}\.?[\s-][^\W\d]+\.?|[^\W\d]+\.?\s\d{1,2}", text
    ):
        raise ValueError(f"“{cell[:40]}” has no year; write it as 2025-10-26")
    raise ValueError(f"“{cell[:40]}” is no day; write it as 2025-10-26, 2025-10 or 2025")


def _without_weekday(text: str) -> str:
    """“Mo, 12.05.2025” and “Monday 12 May 2025” without the day of the week."""
    found = _WEEKDAY.match(text)
    is_weekday = found is not None and fold(found[1]) not in _MONTHS
    return _ASIDE.sub("", text[found.end() :] if found and is_weekday else text)


def is_day(cell: str) -> bool:
    """Whether a cell seems to hold a day, whichever."""
    try:
        found = day(cell, "day")
    except ValueError:
        return False
    text = cell.strip()
    return (
        not text.isdecimal() or _serial(text) == found or re.fullmatch("20\\d\\d", text) is not None
    )


def _iso(text: str) -> str:
    """A day, a month or a year as the record has them; with strokes and blanks too."""
    found = re.fullmatch(r"([12]\d{3})(?:[-/.]\s?(\d{1,2})(?:[-/.]\s?(\d{1,2}))?)?", text)
    if found is None:
        found = re.fullmatch(r"(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号])?)?", text)
    if found is None:
        packed = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text)
        return _of(int(packed[1]), int(packed[2]), int(packed[3])) if packed else ""
    year, month, number = (int(part) if part else 0 for part in found.groups())
    if not month:
        return str(year)
    return _of(year, month, number) if number else _of_month(year, month)


def _serial(text: str) -> str:
    """A day as Excel counts them, where its column is not shown as days."""
    if _SERIAL.fullmatch(text) is None:
        return ""
    count = int(re.split("[.,]", text)[0])
    if not _FIRST_SERIAL <= count <= _LAST_SERIAL:
        return ""
    return (_DAY_ZERO + timedelta(days=count)).isoformat()


def _in_numbers(text: str, order: DayOrder) -> str:
    if found := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})", text):
        return _of(_year(found[3]), int(found[2]), int(found[1]))  # with dots the day comes first
    if found := re.fullmatch(r"(\d{1,2})[./-]([12]\d{3})", text):
        return _of_month(int(found[2]), int(found[1]))
    found = re.fullmatch(r"(\d{1,2})\s?[/-]\s?(\d{1,2})\s?[/-]\s?(\d{4}|\d{2})", text)
    if found is None:
        return ""
    first, second, year = int(found[1]), int(found[2]), _year(found[3])
    if first == second or second > _MONTHS_OF_YEAR or first > _MONTHS_OF_YEAR or order:
        is_day_first = order != "month" if first <= _MONTHS_OF_YEAR else True
        if second > _MONTHS_OF_YEAR:
            is_day_first = False
        return _of(year, second, first) if is_day_first else _of(year, first, second)
    raise TwoWaysError(f"“{text}” could be two days", "dates")


def _in_words(text: str) -> str:
    """“26. Oktober 2025”, “October 26, 2025”, “Okt 2025”, “26-Oct-25”."""
    folded = fold(text).replace(" de ", " ").replace("1er ", "1 ")
    folded = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", folded)
    if found := re.fullmatch(r"(\d{1,2})[.\s-]{1,2}([a-z]+)\.?[\s,-]{1,2}(\d{4}|\d{2})", folded):
        number, month, year = found.groups()
    elif found := re.fullmatch(r"([a-z]+)\.?\s(\d{1,2}),?\s(\d{4})", folded):
        month, number, year = found.groups()
    elif found := re.fullmatch(r"([a-z]+)\.?[\s,-]{1,2}(\d{4})", folded):
        (month, year), number = found.groups(), ""
    elif (found := re.fullmatch(r"([a-z]+)\.?-(\d{2})", folded)) and found[1] in _MONTHS:
        raise ValueError(f"“{text}” may be a month of {_year(found[2])} or a day; write it in full")
    else:
        return ""
    if month not in _MONTHS:
        return ""
    if not number:
        return _of_month(int(year), _MONTHS[month])
    return _of(_year(year), _MONTHS[month], int(number))


def _year(text: str) -> int:
    """A year, of which only the last two digits may be shown: none lies far ahead."""
    year = int(text)
    if year >= _CENTURY:
        return year
    return 2000 + year - (_CENTURY if 2000 + year > clock.today().year + _AHEAD else 0)


def _of(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        raise ValueError(f"there is no day {year}-{month:02}-{number:02}") from None


def _of_month(year: int, month: int) -> str:
    if not 1 <= month <= _MONTHS_OF_YEAR:
        raise ValueError(f"there is no month {month}")
    return f"{year}-{month:02}"


def number(cell: str, decimal: Decimal) -> str:
    """A number with a point, and nothing between thousands. Raises ValueError with why not."""
    text = re.sub(r"[\s\u00a0\u202f'’%$€£¥]", "", cell.strip())
    text = re.sub(r"(?<=\d)(?:t|kg|tonnes?|USD|EUR|CNY|RMB)$|^(?:USD|EUR|CNY|RMB)(?=\d)", "", text)
    text = text.replace("−", "-")
    if re.fullmatch(r"[+-]?\d+", text):
        return text
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)", text):
        sign = "." if "." in text else ","
        is_decimal = {".": "point", ",": "comma"}[sign] == decimal
        if not decimal and text.count(sign) == 1:
            one, other = text.replace(sign, ""), text.replace(sign, ".")
            raise TwoWaysError(f"“{text}” could be {one} or {other}", "decimal")
        return text.replace(sign, "." if is_decimal and text.count(sign) == 1 else "")
    if found := re.fullmatch(r"([+-]?\d{1,3}(?:\.\d{3})+|[+-]?\d+),(\d+)", text):
        return f"{found[1].replace('.', '')}.{found[2]}"
    if found := re.fullmatch(r"([+-]?\d{1,3}(?:,\d{3})+|[+-]?\d+)\.(\d+)", text):
        return f"{found[1].replace(',', '')}.{found[2]}"
    hint = "; write it in digits alone" if re.search(r"\d", text) else ""
    raise ValueError(f"“{cell[:40]}” is no number{hint}")


def is_number(cell: str) -> bool:
    """Whether a cell seems to hold a number."""
    try:
        return bool(number(cell, "point"))
    except ValueError:
        return False


def yes_or_no(cell: str) -> str:
    """“yes” or “no”, as spreadsheets write them in the language of their reader."""
    word = fold(cell.strip())
    if word in _YES or word in _NO:
        return "yes" if word in _YES else "no"
    raise ValueError(f"“{cell[:40]}” is neither yes nor no")
