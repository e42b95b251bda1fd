"""A sheet on lines of a given width, laid out no further than somebody looks.

A long record has hundreds of lines, and the cursor moves on in a moment: the first
screenful is laid out at once and the rest when there is time, or when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, takewhile

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from explorer.documents.pages import Block, Cell, Sheet
from explorer.record.model import Ref
from explorer.ui.style import Look
from explorer.ui.widgets import table
from explorer.ui.widgets.block_sizes import GAP, guess, sparse_columns, widest_label
from explorer.ui.widgets.line_shapes import (
    Hidden,
    hanging,
    heading,
    hidden_stops,
    label_joined,
    out_of_sight,
    under_label,
)
from explorer.ui.widgets.nearest import nearest
from explorer.ui.widgets.note_marks import NotedWords, NoteMarks
from explorer.ui.widgets.sheet_text import STOP, cell_text, letters, links_of, text_of
from explorer.values import dataclass

_BULLET = 2
_WORTH_IT = 4
"""Lines that are saved by what may as well stand in its column."""
_IN_COLUMNS = ("row", "source", "cells")


@dataclass(frozen=True, slots=True)
class Stop:
    """A link the keyboard stops at."""

    link: Ref
    first: int
    """Its first line."""
    last: int
    left: int
    """The column it begins in."""
    beyond: int = 0
    """How many columns on it stands that is out of sight at the right, or, negative, the left."""


@dataclass(frozen=True, slots=True)
class Across:
    """How the cells of tables stand for which there is no room side by side."""

    first: int = 0
    """The first column that is shown; those before it are reached by going left."""
    least: int = 3
    """So many columns have to fit, or else the cells stand below one another."""
    most: int = 3
    """If more than so many times as many columns are there as fit, too."""
    is_list: bool = False
    """Whether they do so in any case."""


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
        across: Across | None = None,
        noted: Sequence[NotedWords] = (),
    ) -> None:
        """`lead` stands above the sheet as it is; without a sheet nothing follows.

        Cells that do not fit side by side stand below one another, unless `across` says more.
        """
        self.lines: list[Text] = list(lead)
        self.stops: list[Stop] = []
        """The links in the order they stand."""
        self.sections: list[int] = []  # the lines with their names
        self.blocks: dict[int, int] = {}
        """The first line of each block, with how many columns stand side by side in it."""
        self.beyond: dict[int, list[Hidden]] = {}
        """By such a line, the cells that are out of sight at the right or left."""
        self._sheet = sheet
        self._width = width
        self._look = look
        self._across = across
        self._marks = NoteMarks(noted)
        self.has_columns = False
        """Whether the cells of a table stand side by side."""
        self.has_lists = False
        """Whether those of one stand below one another."""
        self.first_column = 0
        """The first column that is seen where some are out of sight."""
        self.columns_after = 0
        """How many are out of sight after those that are seen."""
        self._hidden: dict[int, int] = {}
        """Stops in columns that are out of sight, and how many columns beyond."""
        self._links: list[Ref] = []
        self._heads: list[tuple[int, int, Text]] = []
        """Tables: the line below its heads, its last line, and the heads."""
        self._guessed: list[int] = []
        """The lines of the first so many blocks, at a guess."""
        self._left = 0
        """Those of them that are not laid out."""
        self._next = 0
        """The block that is laid out next."""
        self._widest: int | None = None
        """Cells of the widest label of a table, once it is known: all have their columns there."""
        self._sparse: set[int] = set()
        """The columns of the table that is laid out in which there is little."""
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
        known = len(self._guessed)
        for number, block in enumerate(islice(self._sheet.blocks, known, None), known):
            self._guessed.append(guess(block, self._width) if number >= self._next else 0)
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
        there = {
            entry: place
            for place, entry in enumerate(self.entries())
            if (entry[0].kind == "source") == (wanted[0].kind == "source")
        }
        found = nearest(list(before.entries()), number, there)
        return there[found] if found is not None else 0

    def entries(self) -> Iterator[tuple[Ref, int]]:
        """What is at each stop: a record, and the how manieth link to it. Lays out nothing."""
        met: Counter[Ref] = Counter()
        for block in self._blocks_from(self._begins):
            for link in links_of(block):
                yield link, met[link]
                met[link] += 1

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
        return self._marks.on(number, self._sheet.blocks[number])

    def _blocks_from(self, number: int) -> Iterator[Block]:
        while (block := self._block_at(number)) is not None:
            yield block
            number += 1

    def _laid_out(self) -> Iterator[None]:
        above: tuple[str, ...] = ()
        column, kind = 0, ""
        while (block := self._block_at(self._next)) is not None:
            before = len(self.lines)
            self.sections += [before] if block.kind == "heading" else []
            if block.kind not in _IN_COLUMNS:
                column = 0
            elif not column or block.kind != kind:
                column = self._column(block.kind)
            kind = block.kind
            heads = tuple(cell.head for cell in block.cells)
            self.blocks[before] = 0
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
        widest = 0
        for block in takewhile(lambda block: block.kind == kind, self._blocks_from(self._next)):
            label = "".join(map(letters, block.whole_label))
            widest = max(widest, *map(cell_len, label.split("\n")))
        if kind == "cells":
            if self._widest is None:
                self._widest = widest_label(self._sheet.blocks if self._sheet is not None else [])
            widest = max(widest, self._widest) if widest else 0
            return min(widest, max(self._width // 4, 10))
        return min(widest + GAP, max(self._width * 2 // 5, 8))

    def _block(self, block: Block, column: int) -> Iterator[Text]:
        label = text_of(block.whole_label, self._links)
        body = text_of(block.spans, self._links)
        beside = partial(hanging, width=self._width, look=self._look)
        match block.kind:
            case "title":
                yield from self._look.wrap(body, self._width)
                yield Text()
            case "blank":
                yield Text()
            case "heading":
                yield from heading(body, self._width, self._look)
            case "row" | "source":
                yield from beside(label, body, column)
            case "cells":  # of a table without columns
                yield from self._look.wrap(label, self._width)
            case "item":
                yield from beside(Text("·", "muted"), body, _BULLET)
            case "words":
                for line in self._look.wrap(body, self._width - _BULLET):
                    yield Text.assemble(("▎ ", "side-1"), line)
            case _:
                yield from self._look.wrap(body, self._width)

    def _row_of_cells(self, block: Block, column: int, *, headed: bool) -> list[Text]:
        """A row of cells: side by side under their heads, or one below another."""
        label, under = text_of(block.label, self._links), under_label(block, self._links)
        cells, begins = [], []
        for cell in block.cells:
            begins.append(len(self._links))
            cells.append((cell, cell_text(cell, self._links)))
        seen = self._side_by_side(block, column)
        if not seen:
            return self._in_a_list(block, label_joined(label, under), cells)
        self.has_columns = True
        hidden = hidden_stops(cells, [*begins, len(self._links)], seen)
        self.beyond[len(self.lines)] = hidden
        for begin, end, beyond, _ in hidden:
            self._hidden.update(dict.fromkeys(range(begin, end), beyond))
        if len(seen) < len(cells):
            label.append_text(out_of_sight(cells, seen))
        if headed:
            self._sparse = sparse_columns(self._blocks_from(self._next)) if not column else set()
        each = table.width_of_each(len(seen), column, self._width)
        shares = table.shared_out(each, [number in self._sparse for number in seen])
        widths = [*([column] if column else []), *shares]
        self.blocks[len(self.lines)] = len(widths)
        texts = [cells[number][1] for number in seen]
        lines = [table.rule(widths)]
        if column:
            apart = table.row([label, *texts], widths, self._look)
            apart += self._look.wrap(under, self._width) if under else []
            joined = table.row([label_joined(label, under), *texts], widths, self._look)
            # What makes a label long has the whole width.
            lines += apart if len(apart) + _WORTH_IT <= len(joined) else joined
        else:
            lines += table.row(texts, widths, self._look)
        if headed:
            heads = table.heads([cell.head for cell in block.cells], widths, seen)
            lines.insert(0, heads)
            below = len(self.lines) + 1
            self._heads.append((below, below, heads))
        if self._heads:
            first, _, heads = self._heads[-1]
            self._heads[-1] = (first, len(self.lines) + len(lines) - 1, heads)
        return lines

    def _in_a_list(
        self, block: Block, label: Text, cells: Sequence[tuple[Cell, Text]]
    ) -> list[Text]:
        """A row of cells that stand below one another, each after its name."""
        self.has_lists = True
        lines = self._look.wrap(label, self._width) if block.label else []
        widest = 0
        # What is read one below the other begins in one column.
        if block.least or self._across is not None:
            before = self._block_at(self._next - 1) if self._next else None
            is_first = before is None or before.kind == "heading"
            lines[:0] = [Text()] if not is_first and self.lines and self.lines[-1].plain else []
            widest = max(cell_len(cell.name) for cell, _ in cells)
        for cell, text in cells:
            if not text:
                continue
            named = Text(f"  {cell.name}", "heading")
            named.pad_right(max(widest - cell_len(cell.name), 0))
            indent = min(cell_len(named.plain) + GAP, max(self._width * 2 // 5, 8))
            lines += hanging(named, text, indent, self._width, self._look)
        return lines

    def _side_by_side(self, block: Block, column: int) -> range:
        """The cells of a row that stand side by side; none when they stand below one another."""
        many, across = len(block.cells), self._across
        if across is not None and across.is_list:
            return range(0)
        if table.width_of_each(many, column, self._width, block.least):
            return range(many)
        if across is None or block.least:
            return range(0)
        fit = table.how_many_fit(column, self._width)
        if fit < across.least or fit * across.most < many:
            return range(0)
        first = self.first_column = min(across.first, many - fit)
        self.columns_after = many - fit - first
        return range(first, first + fit)

    def _find_stops(self, first: int) -> None:
        """Note where the links stand that were added with the lines from `first` on."""
        found: dict[int, Stop] = {}
        for number in range(first, len(self.lines)):
            line = self.lines[number]
            for span in line.spans:
                stop = span.style.meta.get(STOP) if isinstance(span.style, Style) else None
                if stop is None:
                    continue
                left, known = cell_len(line.plain[: span.start]), found.get(stop)
                top = known.first if known else number
                left = min(known.left, left) if known else left
                found[stop] = Stop(self._links[stop], top, number, left)
        first = min((stop.first for stop in found.values()), default=first)
        for stop in range(len(self.stops), len(self._links)):
            nowhere = Stop(self._links[stop], first, first, 0, self._hidden.get(stop, 0))
            self.stops.append(found.get(stop, nowhere))
