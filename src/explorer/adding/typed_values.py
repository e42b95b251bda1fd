"""What was typed in a field → the value that a table holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from explorer import settings
from explorer.adding.form_fields import FormField
from explorer.record import clock, date_parser
from explorer.record.days import Day
from explorer.text.folding import fold
from explorer.text.sanitize import plain
from explorer.text.urls import why_not

LONGEST = 20_000
"""Most characters that a field holds; a quote is short."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PARAGRAPH = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
_IN_MARKS = ("“”", '""', "„“", "«»", "‘’", "「」", "『』")
_TO_COME = ("to", "due", "until", "planned", "planned_end")
"""Keys whose days lie ahead where no year says otherwise."""
_YEAR = timedelta(days=365)
_LONGEST_NUMBER = 25


def clean(text: str) -> str:
    """Text without what only a terminal or a page would act on; line ends are newlines."""
    text = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain(_CONTROLS.sub("", text).replace("\x85", "\n").replace("\u2028", "\n"))


def one_paragraph_each(text: str) -> str:
    """Words as they were said, not as a page broke its lines; a blank line divides paragraphs."""
    paragraphs = _PARAGRAPH.split(clean(text).strip())
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def unquoted(text: str) -> str:
    """Words without the quotation marks around all of them."""
    for opening, closing in map(tuple, _IN_MARKS):
        inner = text[1:-1]
        is_around = len(text) > 1 and text[0] == opening and text[-1] == closing
        if is_around and opening not in inner and closing not in inner:
            return inner.strip()
    return text


def value_of(field: FormField, typed: str, named: Mapping[str, date]) -> Any:
    """The value that is meant, None when nothing was typed; rounds may be `named` for their day.

    Raises ValueError with the rest of a sentence for a person.
    """
    text = one_paragraph_each(typed)
    if not text:
        return None
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST:,} characters")
    if field.typed_as != "words":
        text = " ".join(text.split())
    match field.typed_as:
        case "day" | "date":
            return _day(field, text, named)
        case "number":
            return _number(text)
        case "list":
            return tuple(filter(None, (part.strip() for part in text.split(";"))))
        case "choice":
            return _choice(field, text)
        case _ if field.key == "address" and (reason := why_not(text)):
            raise ValueError(f"cannot be opened: {reason}")
        case _:
            return unquoted(text) if field.key in ("text", "words", "original") else text


def _day(field: FormField, text: str, named: Mapping[str, date]) -> Day:
    if fold(text) in ("end", "0"):
        raise ValueError(
            f"“{text}” is no day here; type the day itself, such as 2025-10-26 or today"
        )
    today = clock.today()
    ahead = _YEAR if field.key in _TO_COME else _YEAR / 2 if field.is_near else timedelta()
    ends = today + ahead
    parse = date_parser.parse if field.typed_as == "date" else date_parser.parse_day
    order = settings.date_order()
    return parse(text, from_day=today, ends=ends, named=named, order=order)


def _number(text: str) -> int | float:
    written = re.sub(r"(?<=\d)[,  ](?=\d{3}(\D|$))", "", text).removesuffix("%").strip()
    if len(written) > _LONGEST_NUMBER or not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", written):
        raise ValueError("must be a number, such as 20 or 12.5")
    return float(written) if "." in written else int(written)


def _choice(field: FormField, text: str) -> object:
    """What is chosen, by its whole name or by a beginning that no other has."""
    typed = fold(text)
    exact = {v for v, name in field.choices if typed in (fold(v), fold(name))}
    begun = {v for v, name in field.choices if fold(name).startswith(typed)}
    found = exact or begun
    if len(found) == 1:
        chosen = found.pop()
        is_flag = field.choices == (("yes", "yes"), ("no", "no"))
        return chosen == "yes" if is_flag else chosen
    if field.is_open and not found and re.fullmatch("[a-z]{2,3}", typed):
        return typed
    known = ", ".join(name for _, name in field.choices[:12])
    raise ValueError(f"“{text[:40]}” is none of these: {known}")
