"""Every mistake of a text that the parser refused, and what could be read around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import tomli

from explorer.dataset.mistakes import pairs, stray_lines
from explorer.dataset.mistakes.bare_values import Wrong
from explorer.dataset.mistakes.refused import Mistake, Refused, Seen
from explorer.dataset.mistakes.statements import BEGINS

_MOST = 50
"""So many mistakes of one file are looked for."""
_WORK = 32_000_000
"""Characters that are parsed again and again, at most, to find further mistakes."""
_SPACES = re.compile(r"[\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_FULL_WIDTH = dict(zip("＝［］，：＃、。", "=[],:#,.", strict=True))
_CONFLICT = re.compile(r"<{7}[\s\S]*?\n>{7}[^\n]*")
_NEXT_RECORD = re.compile(r"^[ \t]*\[\[?[ \t]*[\w\"'-]+[ \t]*\]", re.MULTILINE)


@dataclass(slots=True)
class Around:
    """What could be read of a text around its mistakes."""

    mistakes: list[Mistake] = field(default_factory=list)
    document: dict[str, Any] | None = None
    """What was read; None when there are mistakes left that were not looked for."""
    lost: list[tuple[int, int]] = field(default_factory=list)
    """From which character to which was passed over."""


def read_around(text: str) -> Around:
    """Every mistake in a text that is no TOML, and what could be read around them.

    Raises ValueError, RecursionError or MemoryError where the parser does, but for mistakes.
    """
    found, rest, seen = Around(), text, Seen()
    for _ in range(max(min(_MOST, _WORK // max(len(text), 1)), 1)):
        try:
            found.document = tomli.loads(rest)
            break
        except tomli.TOMLDecodeError as error:
            place = _place(rest, error.lineno, error.colno)
            statement = seen.statement_at(rest, place)
            refused = Refused(rest, seen, statement, min(place, len(rest)), error.msg)
        mistake, (start, end) = _made(refused)
        found.mistakes.append(mistake)
        found.lost.append((start, end))
        without = rest[:start] + re.sub(r"[^\n]", " ", rest[start:end]) + rest[end:]
        if without == rest:
            break
        rest = without
    return found


def _place(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1


def _made(refused: Refused) -> tuple[Mistake, tuple[int, int]]:
    """The mistake in a statement, and what to pass over to read on."""
    for found in (*_swallowing(refused), *_odd(refused)):
        return found
    statement = refused.statement
    lost = (statement.start, max(statement.end, statement.start + 1))
    if statement.is_header:
        # What stands below a broken header is no other's.
        following = _NEXT_RECORD.search(refused.text, statement.end)
        lost = (statement.start, following.start() if following else len(refused.text))
        mistake = stray_lines.of_header(refused)
    elif statement.value < 0:
        mistake = stray_lines.of_line(refused)
        if conflict := _CONFLICT.match(refused.text, statement.start):
            lost = conflict.span()
    elif statement.opened >= 0:
        mistake = pairs.of_open(refused)
    else:
        mistake = pairs.of_pair(refused)
    return mistake, lost


def _swallowing(refused: Refused) -> Iterator[tuple[Mistake, tuple[int, int]]]:
    """A text of several lines that took in other statements, up to the mark of the next."""
    here, before = refused.statement, refused.seen.before
    # Of the text above only a line that is no statement makes one doubt that it has ended.
    is_stray = here.value < 0 and not here.is_header
    for statement in (here, before if is_stray else None):
        if statement is None or statement.value < 0:
            continue
        start = statement.value
        quotes = refused.text[start : start + 3]
        if quotes in ('"""', "'''") and statement.opened != start:
            end = refused.text.find(quotes, start + 3)
            inside = BEGINS.search(refused.text, start + 3, max(end, 0))
            if inside is not None and "\n" in refused.text[start : inside.start()]:
                message = f"the text that begins here with {quotes} is not closed"
                hint = f"it runs on to line {refused.line_number(end)}; end it with {quotes}"
                mistake = Mistake(start, start + 3, Wrong(message, hint))
                yield mistake, (statement.start, inside.start())


def _odd(refused: Refused) -> Iterator[tuple[Mistake, tuple[int, int]]]:
    """A character that nobody sees, or one of another alphabet in the place of a sign."""
    at, sign = refused.place, refused.text[refused.place : refused.place + 1]
    lost = (at, at + 1)
    if sign == "\r":
        hint = "save the file with line ends as on Linux, macOS or Windows"
        yield Mistake(at, at + 1, Wrong("a line ends in a carriage return alone", hint)), lost
    elif sign and sign != "\n" and (_SPACES.match(sign) or unicodedata.category(sign) == "Cc"):
        name = unicodedata.name(sign, "control character").lower()
        message = f"an invisible character stands here: {name}, U+{ord(sign):04X}"
        hint = "write an ordinary space, or nothing" if _SPACES.match(sign) else "take it out"
        yield Mistake(at, at + 1, Wrong(message, hint)), lost
    elif right := _FULL_WIDTH.get(sign):
        start, end = refused.statement.start, max(refused.statement.end, at + 1)
        yield (
            Mistake(at, at + 1, Wrong(f"{sign} is no sign of TOML", f"write {right}", right)),
            (
                start,
                end,
            ),
        )
