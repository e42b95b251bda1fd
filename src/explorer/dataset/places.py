"""Where in the files a table, a key or a value stands. Consulted only when there is a problem.

The parser that reads a dataset keeps no positions. tree-sitter does: it is asked for the headers
of a file once, a part of the file at a time so that a large one takes little memory, and again
for the one table that a place is sought in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from explorer.dataset import toml_tree
from explorer.dataset.excerpts import excerpt
from explorer.dataset.toml_tree import TABLES
from explorer.text.sanitize import plain

if TYPE_CHECKING:
    from tree_sitter import Node

Path_ = tuple[str | int, ...]
"""Keys as written and places from 0, from the top of a file to what is sought."""
What = Literal["value", "key"]

_PIECE = 1 << 22
"""So many bytes of a file are looked through at a time."""
_HEADER = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_KEYS = ("bare_key", "quoted_key", "dotted_key")
_NO_VALUES = ("comment", "ERROR")
_LONGEST_LINE = 4_000
"""Of a longer line so many bytes before a place and after it are looked at."""
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which table of which file a record was read from."""

    file: Path
    place: int
    """Its place among the tables of its name in that file, from 0."""


class Places:
    """Finds where a record stands, an entry within it, or a key."""

    def __init__(self, texts: Mapping[Path, bytes]) -> None:
        self._texts = dict(texts)
        self._files: dict[Path, _File] = {}
        self._lines: dict[Path, _Lines] = {}

    def replace(self, file: Path, text: bytes) -> None:
        """Take another text for that of a file."""
        self._texts[file] = text

    def mend(self, file: Path, text: bytes) -> None:
        """Look in another text of a file, which differs only where it could not be parsed."""
        self._files[file] = _File(text)

    def where(
        self, origin: Origin, kind: str, path: Sequence[str | int], what: What = "value"
    ) -> dict[str, Any]:
        """Where `path` of a record stands (keys as written, places from 0), as for a Problem.

        Where it is not there, as a key that is missing, the nearest place above it.
        """
        top: Path_ = (kind,) if kind == "negotiation" else (kind, origin.place)
        file = self._file(origin.file)
        # What should be one of several may be a table or a value alone.
        found = file.find((*top, *path), what) or file.find((kind, *path), what)
        return self.at(origin.file, *found) if found else {}

    def record_at(self, file: Path, byte: int) -> tuple[str, int] | None:
        """The table and the place of the record that holds a byte of a file."""
        path = self._file(file).table_at(byte)
        match path[:2]:
            case (str(kind), int(place)):
                return kind, place
            case (str(kind), *_):
                return kind, 0
        return None

    def _file(self, file: Path) -> _File:
        if file not in self._files:
            self._files[file] = _File(self._texts[file])
        return self._files[file]

    def at(self, file: Path, start: int, end: int) -> dict[str, Any]:
        """Where some bytes of a file stand."""
        text = self._texts[file]
        line, column = self._counted(file).at(start)
        end_line, end_column = self._counted(file).at(end)
        begins = text.rfind(b"\n", 0, start) + 1
        ends = text.find(b"\n", start, start + _LONGEST_LINE)
        ends = start + _LONGEST_LINE if ends < 0 else ends
        # Of a line of megabytes only what stands about the place is looked at.
        first = max(begins, start - _LONGEST_LINE)
        whole = text[first:ends].removeprefix(_BOM).decode("utf-8", "replace").rstrip("\r")
        skipped = column - 1 - len(text[first:start].removeprefix(_BOM).decode("utf-8", "replace"))
        shown = excerpt(whole, column - skipped)
        return {
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "source": shown.text,
            "source_column": shown.first + skipped,
        }

    def _counted(self, file: Path) -> _Lines:
        if file not in self._lines:
            self._lines[file] = _Lines(self._texts[file])
        return self._lines[file]


class _Lines:
    """Turns places in a text into lines and columns, the quicker the nearer they are."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._known = (0, 1, 1)
        """A place in the text, and its line and column."""

    def at(self, place: int) -> tuple[int, int]:
        """The line and the column of a place, counted in characters."""
        start, line, column = self._known
        if place < start:
            start, line, column = 0, 1, 1
        line += self._text.count(b"\n", start, place)
        begins = self._text.rfind(b"\n", start, place) + 1
        if begins:
            start, column = begins, 1
        between = self._text[start:place]
        column += len(between.removeprefix(_BOM if start == 0 else b"").decode("utf-8", "replace"))
        self._known = (place, line, column)
        return line, column


@dataclass(slots=True)
class _Part:
    """A table of a file, as it was parsed again, and from which byte on it stands."""

    start: int
    root: Node
    pairs: dict[int, list[tuple[Path_, Node]]] = field(default_factory=dict)
    items: dict[int, list[Node]] = field(default_factory=dict)


class _File:
    """The headers of one file, and what stands below each when it is asked for."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._tables: dict[Path_, tuple[int, int]] = {(): (0, len(text))}
        """The first byte of each table and the one after its last, by the way to it."""
        self._first: dict[Path_, Path_] = {}
        """The first table that lies within one, which may have no header of its own."""
        self._part: tuple[tuple[int, int], _Part] | None = None
        self._index()

    def find(self, path: Path_, what: What) -> tuple[int, int] | None:
        """The first byte of what is sought, and the one after its last."""
        best: tuple[int, tuple[int, int]] | None = None
        for length in range(len(path), -1, -1):
            table = self._tables.get(path[:length])
            if table is None:
                continue
            part = self._parsed(table)
            depth, found = self._within(part, part.root, path[length:], what)
            if found is None and length:
                found = self._header(part)
            if found is not None and (best is None or length + depth > best[0]):
                best = (length + depth, found)
            if best and best[0] == len(path):
                break
        if (best is None or best[0] < len(path)) and path in self._first:
            return self._header(self._parsed(self._tables[self._first[path]]))
        return best[1] if best else None

    def table_at(self, byte: int) -> Path_:
        """The way to the table that holds a byte."""
        within = (path for path, (start, end) in self._tables.items() if start <= byte < end)
        return next(within, ())

    def _header(self, part: _Part) -> tuple[int, int] | None:
        for node in part.root.children:
            if node.type in TABLES:
                closing = [c for c in node.children if c.type in ("]", "]]")]
                end = closing[0].end_byte if closing else node.start_byte + 1
                return part.start + node.start_byte, part.start + end
        return None

    def _within(
        self, part: _Part, node: Node, path: Path_, what: What
    ) -> tuple[int, tuple[int, int] | None]:
        """How much of a path is found within a table, and where that stands."""
        depth, found = 0, None
        for _ in path:
            step, pair, inner = self._step(part, node, path[depth:])
            if inner is None:
                break
            depth, node = depth + step, inner
            shown = pair if pair is not None and (what == "key" or depth > len(path)) else inner
            found = part.start + shown.start_byte, part.start + shown.end_byte
            if depth >= len(path):
                break
        return min(depth, len(path)), found

    def _step(self, part: _Part, node: Node, path: Path_) -> tuple[int, Node | None, Node | None]:
        """One step into a table or list: how many keys it takes, the key and the value."""
        if isinstance(path[0], int):
            if node.type == "array":
                items = part.items.get(node.start_byte)
                if items is None:
                    items = [c for c in node.named_children if c.type not in _NO_VALUES]
                    part.items[node.start_byte] = items
                if path[0] < len(items):
                    return 1, None, items[path[0]]
            return 0, None, None
        if node.type not in ("document", "inline_table"):
            return 0, None, None
        if (pairs := part.pairs.get(node.start_byte)) is None:
            pairs = part.pairs[node.start_byte] = [*_pairs(node)]
        for keys, pair in pairs:
            if keys[: len(path)] == path[: len(keys)]:
                key = pair.named_children[0]
                values = [c for c in pair.named_children[1:] if c.type not in _NO_VALUES]
                return len(keys), key, values[-1] if values else pair
        return 0, None, None

    def _parsed(self, table: tuple[int, int]) -> _Part:
        if self._part is None or self._part[0] != table:
            start, end = table
            root = toml_tree.root(self._text[start:end])
            self._part = (table, _Part(start, root))
        return self._part[1]

    def _index(self) -> None:
        counts: dict[Path_, int] = {}
        last: Path_ = ()
        for start, keys, is_array in _headers(self._text):
            self._tables[last] = (self._tables[last][0], start)
            path: Path_ = ()
            for nth, key in enumerate(keys):
                path = (*path, key)
                if is_array and nth == len(keys) - 1:
                    counts[path] = counts.get(path, -1) + 1
                if path in counts:
                    path = (*path, counts[path])
            last = path
            self._tables[last] = (start, len(self._text))
            for length in range(1, len(path)):
                self._first.setdefault(path[:length], last)


def _headers(text: bytes) -> Iterator[tuple[int, tuple[str, ...], bool]]:
    """Where each header of a text stands, its keys, and whether it is one of [[several]]."""
    start, piece = 0, _PIECE
    while start < len(text):
        cut = _HEADER.search(text, start + piece)
        end = cut.start() if cut else len(text)
        root = toml_tree.root(text[start:end])
        if root.has_error and cut and piece < len(text):
            piece *= 2  # it was perhaps cut within a long text
            continue
        for node in root.children:
            if node.type in TABLES:
                keys = next((keys for c in node.children if (keys := _keys(c))), ())
                yield start + node.start_byte, keys, node.type == "table_array_element"
        start, piece = end, _PIECE


def _pairs(node: Node) -> Iterator[tuple[Path_, Node]]:
    """The keys of a table with what they stand in."""
    for child in node.children:
        if child.type == "pair":
            yield _keys(child.named_children[0]), child
        elif child.type in TABLES or child.type == "ERROR":
            yield from _pairs(child)


def _keys(node: Node) -> tuple[str, ...]:
    """The parts of a key, as they are in the tables that were read."""
    parts: list[str] = []
    while node.type == "dotted_key":  # whose first child has all parts but the last
        parts.append(_key(node.named_children[-1]))
        node = node.named_children[0]
    return (_key(node), *reversed(parts)) if node.type in _KEYS else ()


def _key(node: Node) -> str:
    text = (node.text or b"").decode("utf-8", "replace")
    if node.type == "quoted_key":
        import tomli

        with suppress(ValueError):
            (text,) = tomli.loads(f"{text} = 0")
    return plain(text)
