"""The statements of a TOML text, found even where some of them are broken.

Only a text that the parser refused is looked at here, to say what is wrong with it in words and
to read around that: so what is not closed ends where the next statement seems to begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

PART = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
KEY = rf"{PART}(?:[ \t]*\.[ \t]*{PART})*"
COMMENT = re.compile(r"[ \t\r]*(?:#[^\n]*)?")
_SKIPPED = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_PAIR = re.compile(rf"(?P<key>{KEY})[ \t]*=[ \t]*")
_LINE = re.compile(r"[^\n]*+")
_TOKEN = re.compile(
    r"\"\"\"|'''|\"(?:[^\"\\\n]++|\\.)*+\"|'[^'\n]*+'|[\"'\[\]{}#\n]",
)
_CLOSING = {
    '"""': re.compile(r"(?:[^\"\\]++|\\[\s\S]|\"\"?(?!\"))*+\"{3,5}"),
    "'''": re.compile(r"(?:[^']++|''?(?!'))*+'{3,5}"),
}
_HEADER_LINE = (
    r"\[\[?[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_\"'][\w.\- \"']*\]\]?[ \t]*"
    r"(?:\#[^\n]*)?(?=\r?\n|\Z)"
)
_PAIR_LINE = r"[A-Za-z_][\w-]*(?:[ \t]*\.[ \t]*[\w-]+)*[ \t]*=(?![=>])"
_BEGINS_HEADER = re.compile(rf"[ \t]*{_HEADER_LINE}")
_BEGINS_PAIR = re.compile(rf"[ \t]*{_PAIR_LINE}")
BEGINS = re.compile(rf"^[ \t]*(?:{_HEADER_LINE}|{_PAIR_LINE}[ \t]*[\"'\[{{\d-])", re.MULTILINE)
"""A line that looks like the beginning of a statement, even within a text that is not closed."""
_CLOSES = {"[": "]", "{": "}"}
_QUOTES = ('"', "'")
_LINE_END = "\n"
_SEVERAL_LINES = 2_000
"""Characters in which a text of several lines is sought for its end."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A header, a key with its value, or a line that is neither."""

    start: int
    end: int
    """The place of the line end after it."""
    key: str = ""
    """The key as written; empty where the statement is none with a key and “=”."""
    value: int = -1
    """Where its value begins, or would; -1 where it has no “=”."""
    opened: int = -1
    """Where something begins that is not closed, or -1."""
    opener: str = ""
    """The sign it begins with."""

    @property
    def is_header(self) -> bool:
        """Whether it begins as a header does."""
        return not self.key and self.opener == "header"


def statements(text: str, at: int = 0) -> Iterator[Statement]:
    """The statements of a text from a place between two of them on."""
    while True:
        at = _end_of(_SKIPPED, text, at)
        if at >= len(text):
            return
        if text[at] == "[":
            found = Statement(at, _end_of(_LINE, text, at), opener="header")
        elif pair := _PAIR.match(text, at):
            found = _valued(text, at, pair["key"], pair.end())
        else:
            found = Statement(at, _end_of(_LINE, text, at))
        yield found
        at = max(found.end, at + 1)


def _valued(text: str, start: int, key: str, value: int) -> Statement:
    """A key with its value, which ends with its line unless something in it is open."""
    opened: list[int] = []
    at = value
    while found := _TOKEN.search(text, at):
        sign, place = found[0], found.start()
        at = _closed(text, found)
        if at < 0:
            return _open(text, Statement(start, place + 1, key, value, place, sign))
        if sign in _CLOSES:
            opened.append(place)
        elif sign in _CLOSES.values():
            del opened[-1:]
        elif sign == _LINE_END and opened:
            if _another_begins(text, place, text[opened[-1]]):
                return Statement(start, place, key, value, opened[-1], text[opened[-1]])
            at += 1
        if not opened:  # the value has ended, and what follows on its line is no part of it
            return Statement(start, _end_of(_LINE, text, at), key, value)
    if opened:
        return _open(text, Statement(start, len(text), key, value, opened[-1], text[opened[-1]]))
    return Statement(start, len(text), key, value)


def _closed(text: str, found: re.Match[str]) -> int:
    """Where a text, a comment or another sign ends; -1 where it is not closed."""
    sign = found[0]
    if sign in _CLOSING:
        closing = _CLOSING[sign].match(text, found.end())
        return closing.end() if closing else -1
    if sign in _QUOTES:
        return -1
    if sign == "#":
        return _end_of(_LINE, text, found.end())
    return found.start() if sign == _LINE_END else found.end()


def _another_begins(text: str, line_end: int, opener: str) -> bool:
    """Whether a line within brackets begins another statement, so that they are not closed."""
    if _BEGINS_HEADER.match(text, line_end + 1):
        return True
    if _BEGINS_PAIR.match(text, line_end + 1) is None:
        return False
    # Within braces a key may begin a line, if something separates it from the one before.
    before = text[max(line_end - 200, 0) : line_end].rstrip()
    return opener == "[" or before[-1:] not in (",", "{")


def _open(text: str, statement: Statement) -> Statement:
    """What is open to the end of the text: it may have been meant to end before a statement."""
    opened, line_end = statement.opened, _end_of(_LINE, text, statement.opened)
    following = BEGINS.search(text, line_end)
    if statement.opener in _QUOTES:
        # It may go on in lines below, up to one that has the mark that should have ended it.
        before = following.start() if following else len(text)
        closing = text.find(statement.opener, line_end, min(before, line_end + _SEVERAL_LINES))
        is_next = closing >= 0 and "\n\n" not in text[line_end:closing]
        return replace(statement, end=_end_of(_LINE, text, closing if is_next else line_end))
    end = following.start() - 1 if following else len(text)
    return replace(statement, end=max(end, opened + 1))


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
