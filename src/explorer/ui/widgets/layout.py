"""A sheet on lines of a given width, laid out no further than somebody looks.

A long record has hundreds of lines, and the cursor moves on in a moment: the first
screenful is laid out at once and the rest when there is time, or when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from rich.cells import cell_len
from rich.style import Style
from rich.text import Span as Stretch
from rich.text import Text

from explorer.documents.pages import Block, Cell, Sheet, Span
from explorer.record.model import Ref
from explorer.ui.style import Look, fitted, state
from explorer.ui.widgets import table
from explorer.ui.widgets.nearest import nearest
from explorer.values import dataclass

LINK = "ref"
STOP = "stop"
"""Keys under which a segment's style carries the link it belongs to."""

_GAP = 2
_BULLET = 2
_IN_COLUMNS = ("row", "source", "cells")
_SIGNED = ("state:", "glyph:")
"""How the roles of spans begin that stand for a state."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A link the keyboard stops at."""

    link: Ref
    first: int
    """Its first line."""
    last: int
    left: int
    """The column it begins in."""


class Layout:
    """The lines of a sheet so far, and where the keyboard stops in them."""

    def __init__(
        self,
        sheet: Sheet | None,
        width: int,
        look: Look,
        *,
        titled: bool,
        lead: Sequence[Text] = (),
    ) -> None:
        """`lead` stands above the sheet as it is; without a sheet nothing follows."""
        self.lines: list[Text] = list(lead)
        self.stops: list[Stop] = []
        """The links in the order they stand."""
        self._sheet = sheet
        self._width = width
        self._look = look
        self._links: list[Ref] = []
        self._heads: list[tuple[int, int, Text]] = []
        """Tables: the line below its heads, its last line, and the heads."""
        self._guessed: list[int] = []
        """The lines of the first so many blocks, at a guess."""
        self._left = 0
        """Those of them that are not laid out."""
        self._next = 0
        """The block that is laid out next."""
        if not titled:
            while (block := self._block_at(self._next)) and block.kind in ("title", "blank"):
                self._next += 1
        self._begins = self._next
        self._coming = self._laid_out()

    @property
    def length(self) -> int:
        """How many lines there are, at a guess while some are not laid out."""
        if self._sheet is None:
            return len(self.lines)
        for number, block in enumerate(
            islice(self._sheet.blocks, len(self._guessed), None), len(self._guessed)
        ):
            self._guessed.append(_guess(block, self._width) if number >= self._next else 0)
            self._left += self._guessed[-1]
        each = len(self.lines) / max(self._next, 1)  # as long as the others, for all we know
        return len(self.lines) + self._left + round(self._sheet.rows_left * each)

    def reach(self, lines: int) -> None:
        """Lay out at least so many lines, if there are so many."""
        while len(self.lines) < lines and self._goes_on():
            pass

    def finish(self) -> None:
        """Lay out what is left."""
        for _ in self._coming:
            pass

    def stop(self, number: int) -> Stop | None:
        """A stop by its number; None when there are not so many. Lays out as far as it."""
        while len(self.stops) <= number and self._goes_on():
            pass
        return self.stops[number] if number < len(self.stops) else None

    def nearest(self, before: Layout, number: int) -> int:
        """The stop that is what a stop of another layout was, or else the nearest still there.

        Sources stand in for no entry, nor an entry for a source: they are listed apart.
        """
        wanted = next(islice(before.entries(), number, None), None)
        if wanted is None:
            return 0
        for place, entry in enumerate(self.entries()):
            if entry == wanted:
                return place
        is_source = wanted[0].kind == "source"
        there = {
            entry: place
            for place, entry in enumerate(self.entries())
            if (entry[0].kind == "source") == is_source
        }
        found = nearest(list(before.entries()), number, there)
        return there[found] if found is not None else 0

    def entries(self) -> Iterator[tuple[Ref, int]]:
        """What is at each stop: a record, and the how manieth link to it. Lays out nothing."""
        met: Counter[Ref] = Counter()
        number = self._begins
        while (block := self._block_at(number)) is not None:
            for link in _links(block):
                yield link, met[link]
                met[link] += 1
            number += 1

    def _goes_on(self) -> bool:
        """Lay out one more block, if there is one."""
        return next(self._coming, self) is not self

    def heads_over(self, line: int) -> Text | None:
        """The heads of the table that a line is in, when they stand above it."""
        return next((heads for first, last, heads in self._heads if first <= line <= last), None)

    def _block_at(self, number: int) -> Block | None:
        """A block of the sheet, which is written as far as it."""
        if self._sheet is None:
            return None
        while number >= len(self._sheet.blocks):
            if not self._sheet.more():
                return None
        return self._sheet.blocks[number]

    def _laid_out(self) -> Iterator[None]:
        above: tuple[str, ...] = ()
        column, kind = 0, ""
        while (block := self._block_at(self._next)) is not None:
            before = len(self.lines)
            if block.kind not in _IN_COLUMNS:
                column = 0
            elif not column or block.kind != kind:
                column = self._column(block.kind)
            kind = block.kind
            heads = tuple(cell.head for cell in block.cells)
            if heads:
                self.lines += self._row_of_cells(block, column, headed=heads != above)
            else:
                self.lines += self._block(block, column)
            above = heads
            self._find_stops(before)
            if self._next < len(self._guessed):
                self._left -= self._guessed[self._next]
            self._next += 1
            yield

    def _column(self, kind: str) -> int:
        """The width of the label column that the next block shares with those after it."""
        widest, number = 0, self._next
        while (block := self._block_at(number)) is not None and block.kind == kind:
            label = "".join(map(_words, block.whole_label))
            widest = max(widest, *map(cell_len, label.split("\n")))
            number += 1
        if kind == "cells":
            return min(widest, max(self._width // 4, 10))
        return min(widest + _GAP, max(self._width * 2 // 5, 8))

    def _block(self, block: Block, column: int) -> Iterator[Text]:
        label = _text(block.whole_label, self._links)
        body = _text(block.spans, self._links)
        match block.kind:
            case "title":
                yield from self._look.wrap(body, self._width)
                yield Text()
            case "blank":
                yield Text()
            case "heading":
                yield from self._heading(body)
            case "row" | "source":
                yield from self._hanging(label, body, column)
            case "cells":  # of a table without columns
                yield from self._look.wrap(label, self._width)
            case "item":
                yield from self._hanging(Text("·", "muted"), body, _BULLET)
            case "words":
                for line in self._look.wrap(body, self._width - _BULLET):
                    yield Text.assemble(("▎ ", "link"), line)
            case _:
                yield from self._look.wrap(body, self._width)

    def _heading(self, name: Text) -> Iterator[Text]:
        """A section's name, with a quiet line to the edge."""
        name.plain = name.plain.upper()
        *before, last = self._look.wrap(name, self._width)
        yield from before
        line = max(self._width - cell_len(last.plain) - 1, 0)
        yield Text.assemble(last, (f" {'─' * line}" if line else "", "rule"))

    def _row_of_cells(self, block: Block, column: int, *, headed: bool) -> list[Text]:
        """A row of cells: side by side under their heads, or one below another."""
        label = _text(block.whole_label, self._links)
        cells = [(cell, _cell(cell, self._links)) for cell in block.cells]
        each = table.width_of_each(len(cells), column, self._width, block.least)
        if not each:
            lines = self._look.wrap(label, self._width) if block.label else []
            widest = 0
            if block.least:  # what is read one below the other begins in one column
                lines[:0] = [Text()] if self.lines and self.lines[-1].plain else []
                widest = max(cell_len(cell.name) for cell, _ in cells)
            for cell, text in cells:
                if not text:
                    continue
                named = Text(f"  {cell.name}", "heading")
                named.pad_right(max(widest - cell_len(cell.name), 0))
                indent = min(cell_len(named.plain) + _GAP, max(self._width * 2 // 5, 8))
                lines += self._hanging(named, text, indent)
            return lines
        widths = [*([column] if column else []), *([each] * len(cells))]
        texts = [*([label] if column else []), *(text for _, text in cells)]
        lines = [table.rule(widths), *table.row(texts, widths, self._look)]
        if headed:
            heads = table.heads([cell.head for cell, _ in cells], widths)
            lines.insert(0, heads)
            below = len(self.lines) + 1
            self._heads.append((below, below, heads))
        if self._heads:
            first, _, heads = self._heads[-1]
            self._heads[-1] = (first, len(self.lines) + len(lines) - 1, heads)
        return lines

    def _hanging(self, label: Text, body: Text, column: int) -> Iterator[Text]:
        if cell_len(label.plain) > column - 1:
            label = fitted(label, column - 1)
        label.append(" " * (column - cell_len(label.plain)))
        for line in self._look.wrap(body, self._width - column):
            # Added to a label, the line would take on the label's look.
            yield Text.assemble(label, line)
            label = Text(" " * column)

    def _find_stops(self, first: int) -> None:
        """Note where the links stand that were added with the lines from `first` on."""
        found: dict[int, Stop] = {}
        for number in range(first, len(self.lines)):
            line = self.lines[number]
            for span in line.spans:
                stop = span.style.meta.get(STOP) if isinstance(span.style, Style) else None
                if stop is None:
                    continue
                left = cell_len(line.plain[: span.start])
                known = found.get(stop)
                found[stop] = Stop(
                    self._links[stop],
                    known.first if known else number,
                    number,
                    min(known.left, left) if known else left,
                )
        for stop in range(len(self.stops), len(self._links)):
            nowhere = Stop(self._links[stop], first, first, 0)
            self.stops.append(found.get(stop, nowhere))


def _guess(block: Block, width: int) -> int:
    """How many lines a block will take, near enough for a scrollbar."""
    if block.kind in ("blank", "heading"):
        return 1
    if block.cells:
        longest = max(_cells_of(cell.whole) for cell in block.cells)
        return -(-longest * (len(block.cells) + 1) // max(width, 1)) + 1
    indent = _cells_of(block.whole_label) + _GAP
    return -(-_cells_of(block.spans) // max(width - indent - 2, 1)) or 1


def _links(block: Block) -> Iterator[Ref]:
    """What the stops in a block lead to, in the order in which they are laid out."""
    spans = (*block.whole_label, *block.spans)
    yield from (span.link for span in spans if span.link and span.stop)
    for cell in block.cells:
        if cell.link is not None:
            yield cell.link
        yield from (span.link for span in cell.whole if span.link and span.stop)


def _cells_of(spans: Sequence[Span]) -> int:
    return sum(len(span.text) for span in spans)


def _cell(cell: Cell, links: list[Ref]) -> Text:
    """A cell's text; the cell as a whole is a stop when it leads somewhere."""
    if cell.link is None:
        return _text(cell.whole, links)
    style = Style(meta={LINK: str(cell.link), STOP: len(links)})
    links.append(cell.link)  # ahead of the links within it
    text = _text(cell.whole, links)
    text.spans.insert(0, Stretch(0, len(text), style))
    return text


def _text(spans: Sequence[Span], links: list[Ref]) -> Text:
    text = Text()
    for span in spans:
        start = len(text)
        if span.role.startswith(_SIGNED):
            text.append_text(_state(span))
        else:
            text.append(span.text, span.role or None)
        if span.link is not None:
            meta: dict[str, object] = {LINK: str(span.link)}
            if span.stop:
                meta[STOP] = len(links)
                links.append(span.link)
            text.stylize(Style(meta=meta), start)
    return text


def _words(span: Span) -> str:
    """The letters that are seen of a span."""
    return _state(span).plain if span.role.startswith(_SIGNED) else span.text


def _state(span: Span) -> Text:
    """A state by its sign and perhaps its name."""
    how, _, meaning = span.role.partition(":")
    text = state(meaning, span.text)
    return text[:1] if how == "glyph" else text
