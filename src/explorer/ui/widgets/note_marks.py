"""Words that carry a note, as they are marked in the text: underlined, and a sign after them.

A page does not say from which text of the record its words come. So words are marked where
they stand first between what the note knows to stand around them, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import category

from rich.style import Style
from rich.text import Text

from explorer.documents.pages import Block, Span
from explorer.notes import Anchor
from explorer.record.model import Ref
from explorer.ui import style
from explorer.ui.widgets.sheet_text import LINK, STOP
from explorer.values import dataclass
from explorer.view import View

NOTE = "note"
"""The kind of a link that leads from words to the note on them."""
_NO_TEXT = ("heading", "source", "blank")
"""Blocks that hold no words of the record's own."""
_CLOSING = ("Pe", "Pf", "Po")
"""What a sign of a note stands behind: signs that close words, as Unicode sorts them."""
_DRAWN = re.compile("[\u2500-\u259f]")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class NotedWords:
    """Words of a record that a note is on, as they stand there now."""

    id: str
    """The note's."""
    number: int
    """Its number among the notes on the record."""
    words: str
    before: str
    after: str


def noted_words(view: View, ref: Ref) -> tuple[NotedWords, ...]:
    """The words of a record that notes are on, as far as it is certain where they stand."""
    noted = [(n, note) for n, note in enumerate(view.notes_on(ref), 1) if note.anchor is not None]
    if not noted or ref not in view.index:
        return ()
    from explorer.notes import anchors  # which few records need

    record, marked = view.index[ref], []
    for number, note in noted:
        found = anchors.find(note.anchor, record) if note.anchor is not None else None
        if found is not None and found.kind == "unchanged" and found.anchor is not None:
            there = found.anchor
            marked.append(NotedWords(note.id, number, there.exact, there.prefix, there.suffix))
    return tuple(marked)


def to_be_noted(view: View, ref: Ref, anchor: Anchor) -> NotedWords:
    """Words that a note is being written on, with the number that it will have."""
    number = len(view.notes_on(ref)) + 1
    return NotedWords("", number, anchor.exact, anchor.prefix, anchor.suffix)


def without_signs(line: Text) -> str:
    """A line's words, with blanks where bars are drawn and signs of notes stand."""
    plain = _DRAWN.sub(" ", line.plain)
    for stretch in line.spans:
        meta = stretch.style.meta if isinstance(stretch.style, Style) else {}
        if STOP in meta and str(meta.get(LINK, "")).startswith(f"{NOTE}:"):
            blank = " " * (stretch.end - stretch.start)
            plain = plain[: stretch.start] + blank + plain[stretch.end :]
    return plain


class NoteMarks:
    """Marks noted words in the blocks of one sheet, which are asked for in their order."""

    def __init__(self, noted: Sequence[NotedWords]) -> None:
        self._left = [(words, _pattern(words.words)) for words in noted]
        """Those that were not met yet."""
        self._marked: dict[int, Block] = {}
        self._next = 0

    def on(self, number: int, block: Block) -> Block:
        """A block by its number, with the marks in it."""
        if self._left and number >= self._next:
            self._next = number + 1
            if block.kind not in _NO_TEXT and (marked := self._in(block)) != block:
                self._marked[number] = marked
        return self._marked.get(number, block)

    def _in(self, block: Block) -> Block:
        cells = tuple(
            replace(cell, spans=self._spans(cell.spans), under=tuple(map(self._spans, cell.under)))
            for cell in block.cells
        )
        return replace(
            block, label=self._spans(block.label), spans=self._spans(block.spans), cells=cells
        )

    def _spans(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        text = "".join(map(_own_text, spans))
        found: list[tuple[int, int, NotedWords]] = []
        for words, pattern in self._left:
            place = next((m for m in pattern.finditer(text) if _is_the_place(m, words)), None)
            if place is not None:
                found.append((place.start(), place.end(), words))
        if not found:
            return spans
        met = [words for _, _, words in found]
        self._left = [one for one in self._left if one[0] not in met]
        return tuple(_with_marks(spans, text, found))


def _pattern(words: str) -> re.Pattern[str]:
    """Finds words however their lines break, and not as parts of others."""
    own = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){own}(?!\w)" if words.isascii() else own)


def _own_text(span: Span) -> str:
    """The text of a span, with blanks for what the page adds: a source's mark, a state's sign."""
    is_added = ":" in span.role or (span.link is not None and span.link.kind == "source")
    return " " * len(span.text) if is_added else span.text


def _is_the_place(found: re.Match[str], words: NotedWords) -> bool:
    """Whether what stands around some words is what the note knows, as far as both go."""
    before, after = _letters(found.string[: found.start()]), _letters(found.string[found.end() :])
    known_before, known_after = _letters(words.before), _letters(words.after)
    return (before.endswith(known_before) or known_before.endswith(before)) and (
        after.startswith(known_after) or known_after.startswith(after)
    )


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


def _with_marks(
    spans: Sequence[Span], text: str, found: Sequence[tuple[int, int, NotedWords]]
) -> Iterator[Span]:
    """The spans, cut where words with a note begin and end, and signs behind them."""
    signs: dict[int, list[NotedWords]] = {}
    for _, end, words in found:
        closed = (at for at in range(end, len(text)) if category(text[at]) not in _CLOSING)
        signs.setdefault(next(closed, len(text)), []).append(words)
    cuts = sorted({cut for start, end, _ in found for cut in (start, end)} | set(signs))
    begins = 0
    for span in spans:
        ends = begins + len(span.text)
        inner = [begins, *(cut for cut in cuts if begins < cut < ends), ends]
        for first, last in pairwise(inner):
            on = next((w for start, end, w in found if start <= first and last <= end), None)
            piece = replace(
                span,
                text=span.text[first - begins : last - begins],
                noted=on is not None,
                stop=span.stop and first == begins,
            )
            if on is not None and span.link is None:
                piece = replace(piece, link=Ref(NOTE, on.id), stop=False)
            yield piece
            for words in signs.pop(last, ()):
                yield Span(f"{style.NOTE_MARK}{words.number}", "mark", Ref(NOTE, words.id))
        begins = ends
