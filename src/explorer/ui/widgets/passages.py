"""Words as they stand on lines, and where some of them are found, however the lines break.

What is compared is folded as a filter folds it: accents, case and typography aside.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from explorer.text.folding import fold, words_of
from explorer.values import dataclass

_BREAK = r"(?:\n[\s▎]*)?"
"""Where a word goes on in the next line, behind the bar that stands before quoted words."""
_BETWEEN = r"[\s▎-]+"
"""A blank that is typed is found as a hyphen too: “rare earth” in “rare-earth controls”."""
_EDGE = "│"
"""What stands between the columns of a table."""
_LONG = 24
"""Characters of a word that may be broken at the end of a line; shorter ones go to the next."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line."""

    line: int
    column: int
    """The character of the line that they begin at."""
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What is read in one go, from line to line."""

    pieces: Sequence[Piece]
    stop: int | None = None
    """For what is out of sight, the number of the stop that it belongs to."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where words were found: on lines, each from a character to another."""

    places: Sequence[tuple[int, int, int]]
    stop: int | None = None
    """For what is out of sight, the number of the stop that it belongs to."""

    @property
    def first(self) -> int:
        """Its first line."""
        return self.places[0][0]

    @property
    def last(self) -> int:
        return self.places[-1][0]


class Passages:
    """Passages in the order in which they are read, ready to be looked through."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._pieces: list[Piece] = []
        self._begins: list[int] = []
        """Where each piece begins in the folded text."""
        self._sources: list[Sequence[int] | None] = []
        """The character that each folded one was made of; None where they are as many."""
        self._stops: list[int | None] = []
        """For each piece the stop of its passage."""
        self._on_line: dict[int, list[int]] = {}
        """The pieces of each line that is seen."""
        self._text = "".join(self._folded(passages))

    def _folded(self, passages: Iterable[Passage]) -> Iterator[str]:
        length = 0
        for passage in passages:
            for number, piece in enumerate(passage.pieces):
                text, source = _fold_by_letter(piece.text)
                joint = "\n" if number else "\0"
                if passage.stop is None:
                    self._on_line.setdefault(piece.line, []).append(len(self._pieces))
                self._pieces.append(piece)
                self._begins.append(length + 1)
                self._sources.append(source)
                self._stops.append(passage.stop)
                length += len(text) + 1
                yield joint + text

    def find(self, typed: str) -> Found:
        """Where the words stand that are typed, one after the other."""
        return Found(self, list(self._spans(typed)))

    def _spans(self, typed: str) -> Iterator[tuple[int, int]]:
        words = words_of(typed)
        if not words:
            return
        pattern = re.compile(_BETWEEN.join(_BREAK.join(map(re.escape, w)) for w in words))
        for found in pattern.finditer(self._text):
            if len(words) > 1 or "\n" not in found[0] or self._is_broken_word(*found.span()):
                yield found.span()

    def _is_broken_word(self, start: int, end: int) -> bool:
        """Whether what goes over the end of a line is one word that is too long for it."""
        text = self._text
        before = re.search(r"\S*$", text[max(start - 200, 0) : start])
        after = re.match(r"\S*", text[end : end + 200])
        around = sum(len(found[0]) for found in (before, after) if found) + end - start
        ends_by_itself = text[text.index("\n", start) - 1] in "-/"
        return around >= _LONG or ends_by_itself

    def match(self, start: int, end: int) -> Match:
        """Where a stretch of the folded text stands."""
        first = bisect_right(self._begins, start) - 1
        last = bisect_left(self._begins, end) - 1
        places = [self._place(number, start, end) for number in range(first, last + 1)]
        return Match([p for p in places if p[1] < p[2]] or places[:1], self._stops[first])

    def _place(self, number: int, start: int, end: int) -> tuple[int, int, int]:
        """The part of a piece that lies in a stretch: its line, and from where to where."""
        piece, begins = self._pieces[number], self._begins[number]
        source = self._sources[number]
        length = len(source) if source is not None else len(piece.text)
        first, last = max(start - begins, 0), min(end - begins, length)
        if source is not None and first < last:
            first, last = source[first], source[last - 1] + 1
        text = piece.text
        while first < last and (text[first].isspace() or text[first] == "▎"):
            first += 1  # before the first word of a line
        while first < last and text[last - 1].isspace():
            last -= 1
        return piece.line, piece.column + first, piece.column + last

    def begins_at(self, line: int) -> int:
        """Where in the folded text a line begins, or what is read after it."""
        pieces = zip(self._pieces, self._begins, strict=True)
        return next((begins for piece, begins in pieces if piece.line >= line), len(self._text))

    def on_line(self, number: int) -> Iterator[tuple[int, int]]:
        """The stretches of the folded text that stand on a line."""
        for piece in self._on_line.get(number, ()):
            begins, source = self._begins[piece], self._sources[piece]
            length = len(source) if source is not None else len(self._pieces[piece].text)
            yield begins, begins + length


class Found:
    """Where words were found, in the order of reading. It holds stretches of folded text."""

    def __init__(self, within: Passages, spans: Sequence[tuple[int, int]]) -> None:
        self._within = within
        self._spans = spans
        self._starts = [start for start, _ in spans]

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, number: int) -> Match:
        return self._within.match(*self._spans[number])

    def on_line(self, number: int) -> Iterator[tuple[int, int, int]]:
        """What is found on a line: from which character to which, and which of all it is."""
        for start, end in self._within.on_line(number):
            here = max(bisect_right(self._starts, start) - 1, 0)
            while here < len(self._spans) and self._spans[here][0] < end:
                if self._spans[here][1] > start:
                    for line, first, last in self[here].places:
                        if line == number and first < last:
                            yield first, last, here
                here += 1

    def from_line(self, line: int) -> int:
        """The first that stands on a line or below it; the first of all where none does."""
        here = bisect_left(self._starts, self._within.begins_at(line))
        return here if here < len(self) else 0


def joined(lines: Iterable[tuple[int, str]], *, apart: Iterable[int] = ()) -> Iterator[Passage]:
    """Whole lines by their numbers; what stands on the lines `apart` begins something new."""
    begins, pieces = frozenset(apart), list[Piece]()
    for number, text in lines:
        if number in begins and pieces:
            yield Passage(tuple(pieces))
            pieces = []
        pieces.append(Piece(number, 0, text))
    if pieces:
        yield Passage(tuple(pieces))


def in_columns(lines: Iterable[tuple[int, str]], columns: int) -> Iterator[Passage]:
    """Lines of a table, of which each column is read by itself; others are read as they are."""
    for is_row, group in groupby(lines, lambda line: line[1].count(_EDGE) == columns - 1):
        if is_row:
            yield from _columns([(n, _cells(text)) for n, text in group], columns)
        else:
            yield from joined(group)


def _columns(
    lines: Sequence[tuple[int, Sequence[tuple[int, str]]]], columns: int
) -> Iterator[Passage]:
    for column in range(columns):
        pieces = [Piece(n, *cells[column]) for n, cells in lines if cells[column][1].strip()]
        if pieces:
            yield Passage(pieces)


def _cells(line: str) -> list[tuple[int, str]]:
    """The cells of a line of a table, each with the character it begins at."""
    cells, place = [], 0
    for text in line.split(_EDGE):
        cells.append((place, text))
        place += len(text) + len(_EDGE)
    return cells


def _fold_by_letter(text: str) -> tuple[str, Sequence[int] | None]:
    """A folded text, and of which letter each of its own was made."""
    if text.isascii():
        return fold(text), None
    letters = [_folded_letter(letter) for letter in text]
    source = [number for number, letter in enumerate(letters) for _ in letter]
    return "".join(letters), source if len(source) != len(text) or "" in letters else None


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    return fold(letter)
