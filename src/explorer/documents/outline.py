"""A sheet as it is read where there are no columns: sections of statements under one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from explorer.documents.sheet import BREAK, Block, Cell, Sheet, Span, said_once
from explorer.values import dataclass

_APART = "  "
"""What the words of a line and what is said beside them stand apart by, on screen."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, closed by the marks of its sources, with what belongs under it."""

    spans: tuple[Span, ...]
    under: tuple[Line, ...] = ()
    kind: str = "item"
    """Of the block it comes of: text and words are paragraphs, all else items of a list."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources it is marked with, in order."""
        return tuple(span.link.id for span in self.spans if span.role == "mark" and span.link)

    @property
    def text(self) -> str:
        """Its words without the marks."""
        return "".join(span.text for span in self.spans if span.role != "mark")


@dataclass(frozen=True, slots=True)
class Entry:
    """A block with those that stand under it."""

    block: Block
    under: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; the first of a sheet has the title for its heading."""

    heading: str
    entries: tuple[Entry, ...]
    sections: tuple[Section, ...]
    spans: tuple[Span, ...] = ()
    """The same heading with what leads somewhere."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All but the headings, tables taken apart."""
        return tuple(lines(self.entries))


def outline(sheet: Sheet) -> Section:
    """A sheet by its headings, without the list of its sources."""
    blocks = [block for block in sheet.body if block.kind not in ("title", "blank")]
    return _section((Span(sheet.title),), blocks, 0)


def _section(heading: tuple[Span, ...], blocks: Sequence[Block], level: int) -> Section:
    heads = [number for number, block in enumerate(blocks) if block.kind == "heading"]
    first = heads[0] if heads else len(blocks)
    starts = [number for number in heads if number == first or blocks[number].depth <= level]
    inner = tuple(
        _section(blocks[start].spans, blocks[start + 1 : end], level + 1)
        for start, end in pairwise([*starts, len(blocks)])
    )
    return Section(_words(heading), tuple(_entries(blocks[:first])), inner, heading)


def _words(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in read(spans))


def _entries(blocks: Sequence[Block]) -> Iterator[Entry]:
    tops = [number for number, block in enumerate(blocks) if block.depth <= blocks[0].depth]
    for start, end in pairwise([*tops, len(blocks)]):
        yield Entry(blocks[start], tuple(_entries(blocks[start + 1 : end])))


def lines(entries: Sequence[Entry]) -> Iterator[Line]:
    """Each block as a statement; the cells of a row without a label as one each."""
    for entry in entries:
        if entry.block.kind == "cells" and not entry.block.label:
            yield from (_of_cell(cell) for cell in said_once(entry.block.cells) if cell.spans)
        else:
            yield _line(entry)


def _line(entry: Entry) -> Line:
    block, under = entry.block, tuple(lines(entry.under))
    if block.kind == "cells":
        more = (Line(read(spans)) for spans in block.under)
        cells = (_of_cell(cell) for cell in said_once(block.cells) if cell.spans)
        return Line(named(block.label), (*more, *cells, *under))
    label = (*named(block.label), Span(": ")) if block.label else ()
    return Line((*label, *read(block.spans)), under, block.kind)


def _of_cell(cell: Cell) -> Line:
    head = Span(cell.head, "strong")
    return Line((head, Span(": "), *read(cell.spans)), tuple(Line(read(s)) for s in cell.under))


def named(label: Sequence[Span]) -> tuple[Span, ...]:
    """A label, in which what names the row stands out."""
    names = ("label", "link")
    return tuple(replace(s, role="strong") if s.role in names else s for s in read(label))


def read(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans as a sentence has them: marks close to the word before, a dash where a gap was."""
    kept: list[Span] = []
    for place, span in enumerate(spans):
        if span.text == " " and any(after.role == "mark" for after in spans[place + 1 : place + 2]):
            continue
        words = span.text.lstrip(" ") if span.text.startswith(_APART) and kept else span.text
        if words != span.text:
            kept.append(Span(" — "))
        if words:
            kept.append(replace(span, text=words))
    return tuple(kept)


def with_breaks(spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The lines of a statement, those that say nothing left out."""
    for is_break, line in groupby(spans, lambda span: span == BREAK):
        if not is_break and (listed := tuple(line)) and any(span.text.strip() for span in listed):
            yield listed
