"""A file that is no TOML as it stands: what is wrong with it, and what can be read all the same."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.dataset.problems import Problem

if TYPE_CHECKING:
    from explorer.dataset.places import Places

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORDS = re.compile(r"[\"']([^\"'\n]{1,200})[\"']")
_SAVE = "save it as UTF-8"
_LOOKED_AT = 4_000


@dataclass(slots=True)
class Damaged:
    """What could be read of a file around what is wrong with it."""

    problems: list[Problem] = field(default_factory=list)
    document: dict[str, Any] | None = None
    """Its tables as they were parsed; None where it could not be read at all."""
    lost: list[int] = field(default_factory=list)
    """The first bytes of what was passed over."""
    words: set[str] = field(default_factory=set)
    """The texts in what was passed over: what is named there cannot be missed."""


def read(file: Path, data: bytes, places: Places) -> Damaged:
    """Read a file that the parser refused.

    Raises ValueError, RecursionError or MemoryError where the parser does.
    """
    from explorer.dataset.mistakes.around import read_around

    found = Damaged()
    if message := _no_text(data):
        found.problems.append(Problem(file=file, message=message, hint=_SAVE, check="encoding"))
        return found
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
        places.replace(file, data)
        message = "its lines end in carriage returns alone"
        hint = "save it with line ends as on Linux, macOS or Windows"
        found.problems.append(Problem(file=file, message=message, hint=hint, check="encoding"))
    skipped = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    text = data[skipped:].decode("utf-8", _BY_QUESTION_MARKS)
    mended = text.encode()
    found.problems += _not_utf8(file, data, places)
    around = read_around(text)
    at = _Bytes(text, skipped)
    for mistake in sorted(around.mistakes, key=lambda each: each.start):
        message, hint, suggestion = mistake.wrong
        where = places.at(file, at[mistake.start], at[mistake.end])
        found.problems.append(
            Problem(
                file=file,
                message=message,
                hint=hint,
                suggestion=suggestion,
                check="toml",
                **where,
            )
        )
    at = _Bytes(text, skipped)
    for start, end in sorted(around.lost):
        found.words |= set(_WORDS.findall(text[start:end]))
        found.lost.append(at[start])
        low, high = found.lost[-1] - skipped, at[end] - skipped
        mended = mended[:low] + re.sub(rb"[^\n]", b" ", mended[low:high]) + mended[high:]
    found.document = around.document
    places.mend(file, data[:skipped] + mended)
    return found


def _no_text(data: bytes) -> str:
    """What a file is when it is no text that could be read, or nothing."""
    start = data[:_LOOKED_AT]
    if data.startswith(_UTF16) or start.count(0) > len(start) // 4:
        return "it is not UTF-8 text but UTF-16"
    odd = len(_ODD_BYTES.findall(start.decode("utf-8", "surrogateescape")))
    return "it is no text" if odd > len(start) // 10 + 10 else ""


class _Bytes:
    """From which byte on the characters of a text stand, asked for from left to right."""

    def __init__(self, text: str, first: int) -> None:
        self._text = text
        self._known = (0, first)

    def __getitem__(self, place: int) -> int:
        start, byte = self._known
        if place < start:
            return byte - len(self._text[place:start].encode())
        self._known = (place, byte + len(self._text[start:place].encode()))
        return self._known[1]


def _not_utf8(file: Path, data: bytes, places: Places) -> Iterator[Problem]:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        odd = data[error.start : error.start + 1]
        what = odd.decode("cp1252", "replace")
        number = len(_ODD_BYTES.findall(data.decode("utf-8", "surrogateescape")))
        hint = (
            f"{_SAVE}; byte {odd[0]:02X} is “{what}” in Windows-1252"
            if what.isprintable()
            else _SAVE
        )
        yield Problem(
            file=file,
            message="it is not UTF-8 text",
            hint=hint,
            check="encoding",
            count=number,
            **places.at(file, error.start, error.start + 1),
        )


_ODD_BYTES = re.compile("[\udc80-\udcff]")
_BY_QUESTION_MARKS = "explorer-question-marks"


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    """A sign for each byte that is no text, so that all others keep their places."""
    assert isinstance(error, UnicodeDecodeError)
    return "?" * (error.end - error.start), error.end


codecs.register_error(_BY_QUESTION_MARKS, _question_marks)
