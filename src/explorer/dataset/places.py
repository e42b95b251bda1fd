"""Where in the files a table or key stands. Consulted only when there is a problem.

The TOML parser gives lines for syntax errors alone, so this reads the text again, line
by line, and counts headers: the third `[[quote]]` of a file is its third quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_HEADER = re.compile(r"\s*\[\[?\s*([^\]\s]+)\s*\]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which table of which file a record was read from."""

    file: Path
    place: int
    """Its place among the tables of its name in that file, from 0."""


class Places:
    """Finds the line of a record, of an entry within it, or of a key."""

    def __init__(self, texts: Mapping[Path, bytes]) -> None:
        self._texts = texts
        self._lines: dict[Path, list[tuple[int, str]]] = {}

    def line(self, origin: Origin, kind: str, path: Sequence[str | int]) -> int:
        """The line of `path` in a record (keys as written, places from 0), from 1.

        Falls back to the nearest line above it that is certain.
        """
        headers = list(self._headers(origin.file))
        tables = [place for place, (_, name) in enumerate(headers) if name == kind]
        if origin.place >= len(tables):
            return 0
        first = tables[origin.place]
        last = next((t for t in tables if t > first), len(headers))
        start, end = headers[first][0], _line_of(headers, last)
        table, rest = kind, tuple(path)
        while len(rest) > 1 and isinstance(rest[1], int):
            inner = f"{table}.{rest[0]}"
            found = [t for t in range(first, last) if headers[t][1] == inner]
            if rest[1] >= len(found):
                return self._key_line(origin.file, str(rest[0]), start, end) or start
            at = found[rest[1]]
            start, first, table, rest = headers[at][0], at, inner, rest[2:]
            last = next((t for t in found if t > at), last)
        end = min(end, _line_of(headers, first + 1))
        key = str(rest[0]) if rest else ""
        return self._key_line(origin.file, key, start, end) or start

    def _key_line(self, file: Path, key: str, start: int, end: int) -> int:
        written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        lines = self._outside_strings(file)
        return next((n for n, text in lines if start < n < end and written.match(text)), 0)

    def _headers(self, file: Path) -> Iterator[tuple[int, str]]:
        for number, text in self._outside_strings(file):
            if found := _HEADER.match(text):
                yield number, found[1].replace('"', "")

    def _outside_strings(self, file: Path) -> list[tuple[int, str]]:
        """The lines that do not lie within a multi-line string."""
        if file not in self._lines:
            kept: list[tuple[int, str]] = []
            closing = ""
            text = self._texts[file].decode("utf-8", "replace")
            for number, line in enumerate(text.split("\n"), 1):
                if not closing:
                    kept.append((number, line))
                closing = _still_open(line, closing)
            self._lines[file] = kept
        return self._lines[file]


def _line_of(headers: Sequence[tuple[int, str]], place: int) -> int:
    return headers[place][0] if place < len(headers) else 1 << 30


_TOKEN = re.compile(
    r"""
    (?P<comment>\#.*)
  | (?P<long>\"\"\"|\'\'\')
  | "(?:[^"\\]|\\.)*"      # a short text, with its escapes
  | '[^']*'                # a literal one
    """,
    re.VERBOSE,
)


def _still_open(line: str, closing: str) -> str:
    """The quotes that close a multi-line string still open after this line, or nothing."""
    at = 0
    while at < len(line):
        if closing:
            end = line.find(closing, at)
            if end < 0:
                return closing
            at, closing = end + len(closing), ""
            continue
        token = _TOKEN.search(line, at)
        if token is None or token["comment"]:
            return ""
        closing, at = token["long"] or "", token.end()
    return closing
