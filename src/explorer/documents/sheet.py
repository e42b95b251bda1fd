"""What is shown in full, as plain data: blocks of spans that have a role and perhaps a link.

The screen paints it, and `render` makes text, Markdown, HTML or JSON of it. Each statement
ends with marks such as [3] that number the sources listed at the end.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from typing import Protocol

from explorer.documents.own_notes import OwnNote
from explorer.record import labels, lists
from explorer.record.index import Index
from explorer.record.model import Account, Ref, Source
from explorer.values import dataclass
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Span:
    """Some words that look alike: a role such as `muted`, and where they lead."""

    text: str
    role: str = ""
    link: Ref | None = None
    stop: bool = True
    """Whether the keyboard stops at the link; source marks are for the mouse alone."""
    noted: bool = False
    """Whether a note of the reader's is on these words."""
    language: str = ""
    """The code of the language that the words are in, where that is known and not English."""


BREAK = Span("\n")
"""Where a statement goes on in a line of its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column's share of a row."""

    head: str
    """What stands above the column."""
    spans: tuple[Span, ...]
    link: Ref | None = None
    """Where the cell leads as a whole."""
    under: tuple[tuple[Span, ...], ...] = ()
    """Further statements, each below the one before."""
    short: str = ""
    """What stands before the cell where there are no columns, when that is shorter."""
    joint: tuple[str, tuple[Span, ...]] | None = None
    """What stands before it and in it there, where several columns have it together."""

    @property
    def name(self) -> str:
        """What stands before the cell where there are no columns."""
        return self.short or self.head

    @property
    def whole(self) -> tuple[Span, ...]:
        """All of its statements, each in a line of its own."""
        return in_lines(self.spans, self.under)


def said_once(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Cells where there are no columns: what several have together stands with the first."""
    told: set[str] = set()
    for cell in cells:
        if cell.joint is None:
            yield cell
        elif cell.joint[0] not in told:
            heads, spans = cell.joint
            told.add(heads)
            yield Cell(heads, spans, cell.link, cell.under)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a row with a label in a column of its own, or a row of cells."""

    spans: tuple[Span, ...] = ()
    kind: str = "text"
    """title, heading, text, row, item, words, source, cells or blank."""
    label: tuple[Span, ...] = ()
    cells: tuple[Cell, ...] = ()
    depth: int = 0
    """How many headings a heading stands under, and how many statements anything else."""
    under: tuple[tuple[Span, ...], ...] = ()
    """Further statements of the label of a row of cells."""
    least: int = 0
    """Columns narrower than this are none: the cells of the row stand below one another."""

    @property
    def whole_label(self) -> tuple[Span, ...]:
        """All statements of the label, each in a line of its own."""
        return in_lines(self.label, self.under)


def in_lines(first: tuple[Span, ...], others: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    """Statements below one another."""
    return (*first, *(span for other in others for span in (BREAK, *other)))


def spans_of(parts: Iterable[Span | str]) -> tuple[Span, ...]:
    """Spans, those that need no role given as plain text."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True, slots=True)
class Longest:
    """How much of a long list stands on a sheet that somebody moves through."""

    rows: int
    rest: Callable[[str, int], str]
    """What to say of so many more records of a kind."""


class Cited(Protocol):
    """A record or an entry, or what is made of one, with the sources that it rests on."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Their ids."""
        ...


Grounds = Cited | Sequence[str]
"""What a statement rests on: the table that says it, or sources by their ids."""


def _ids(of: Grounds) -> Sequence[str]:
    if isinstance(of, Account):
        return of.grounds
    return of if isinstance(of, Sequence) else of.source_ids


Fact = tuple[str, Sequence[Span] | str]
"""A label, and what is so called."""


@dataclasses.dataclass(slots=True, eq=False, repr=False)
class Sheet:
    """Blocks in order, and the sources they cite."""

    view: View
    title: str = ""
    """What stands above it."""
    blocks: list[Block] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    """Source ids with their numbers, in the order they were first cited."""
    opening: tuple[str, ...] = ()
    """What a reader should know first, when it is taken out of the program."""
    notes: tuple[OwnNote, ...] = ()
    """The user's own, which stand apart: they are no part of the record."""
    stamp: str = ""
    """Which dataset it is of, where it must be reproducible."""
    has_own: bool = False
    """Whether anything on it was added by a reader …"""
    says_own: bool = False
    """… and whether it says already what the sign for that means; else it does at its end."""
    rows_left: int = 0
    """Rows that are still to be written, at a guess, while a sheet is written as it is read."""
    longest: Longest | None = None
    """How long its lists may become; None when they are complete."""
    _coming: Iterator[None] | None = None
    _level: int = 0
    _depth: int = 0
    _ends: int | None = None
    """Where the list of sources begins."""

    def write_on(self, coming: Iterator[None]) -> None:
        """Have it written by what stops after each row, as far as it is read."""
        self._coming = coming

    def more(self) -> bool:
        """Write what comes next, if anything does."""
        if self._coming is None or next(self._coming, self) is self:
            self._coming, self.rows_left = None, 0
            return False
        self.rows_left = max(self.rows_left - 1, 0)
        return True

    def read(self) -> Iterator[Block]:
        """All blocks, each written when it is asked for."""
        number = 0
        while True:
            while number < len(self.blocks):
                yield self.blocks[number]
                number += 1
            if not self.more() and number == len(self.blocks):
                return

    def finish(self) -> None:
        """Write what is left."""
        while self.more():
            pass

    @property
    def body(self) -> list[Block]:
        """The blocks less the list of sources, which `cited` gives too."""
        return self.blocks[: self._ends]

    @property
    def index(self) -> Index:
        return self.view.index

    def marks(self, *of: Grounds) -> tuple[Span, ...]:
        """The marks that end a statement: “ [2][5]”, and a word when all are weak.

        It rests on records or entries, or on sources by their ids. What a reader added is
        marked as that.
        """
        spans: list[Span] = []
        source_ids = [*map(_ids, of)]
        for slug in dict.fromkeys(slug for ids in source_ids for slug in ids):
            number = self.cited.setdefault(slug, len(self.cited) + 1)
            if not spans:
                spans.append(Span(" "))
            spans.append(Span(f"[{number}]", "mark", Ref("source", slug), stop=False))
        if spans and all(self._is_weak(slug) for ids in source_ids for slug in ids):
            spans.append(Span(" weak source only", "warning"))
        if any(getattr(each, "own", False) for each in of):
            self.has_own = True
            spans.append(Span(f" {labels.OWN}", "warning"))
        return tuple(spans)

    def _is_weak(self, slug: str) -> bool:
        return self.index.source(slug).reliability == "weak"

    def state(self, word: str, link: Ref | None = None, *, sign: bool = False) -> Span:
        """Where an issue stands: a word with the sign of its meaning, or that sign alone."""
        meaning = self.index.dataset.negotiation.meaning("state", word)
        return Span(word, f"{'glyph' if sign else 'state'}:{meaning}", link)

    def name(self, ref: Ref, role: str = "link", text: str = "") -> Span:
        """A link to a record, by its name unless another text is given."""
        if text and ref in self.index:
            text = labels.marked(self.index[ref], text)
        return Span(text or labels.title(self.index, ref), role, ref)

    def short(self, kind: str, slug: str | None) -> Span:
        """A link to a delegation or delegate by its short name."""
        if slug is None:
            return Span("Jointly")
        people = self.index.delegation if kind == "delegation" else self.index.delegate
        person = people(slug)
        return self.name(person.ref, text=person.short)

    def add(self, *spans: Span | str, kind: str = "text", label: Iterable[Span] = ()) -> None:
        self.blocks.append(Block(spans_of(spans), kind, tuple(label), depth=self._depth))

    def row_of_cells(
        self,
        cells: Iterable[Cell],
        label: Iterable[Span] = (),
        under: Iterable[tuple[Span, ...]] = (),
        least: int = 0,
    ) -> None:
        """A row of a table: a label, perhaps of several statements, and a cell for each column."""
        self.blocks.append(
            Block((), "cells", tuple(label), tuple(cells), self._depth, tuple(under), least)
        )

    def heading(self, *spans: Span | str) -> None:
        named = [Span(s, "heading") if isinstance(s, str) else s for s in spans]
        self.blocks += (Block(kind="blank"), Block(tuple(named), "heading", depth=self._level))

    @contextmanager
    def section(self, *heading: Span | str) -> Iterator[None]:
        """A heading over all that is added meanwhile; nothing when nothing is."""
        before = len(self.blocks)
        self.heading(*heading)
        begun = len(self.blocks)
        self._level += 1
        yield
        self._level -= 1
        if len(self.blocks) == begun:
            del self.blocks[before:]

    @contextmanager
    def beneath(self) -> Iterator[None]:
        """What is added meanwhile stands under the block before."""
        self._depth += 1
        yield
        self._depth -= 1

    def facts(self, *facts: Fact) -> None:
        """Rows of “Place  Kuala Lumpur, Malaysia”, leaving out what is empty."""
        for label, value in facts:
            if value:
                spans = (value,) if isinstance(value, str) else value
                self.add(*spans, kind="row", label=(Span(label, "label"),))

    def list_sources(self) -> None:
        """The list that the marks number, each entry a link with its address whole."""
        for _ in self.sources_listed():
            pass

    def sources_listed(self) -> Iterator[None]:
        """The same, row by row."""
        self._ends = len(self.blocks)
        if not self.cited:
            return
        if self.has_own and not self.says_own:
            self._ends += 2
            means = Span(f"{labels.OWN}: {labels.OWN_MEANS}", "muted")
            self.blocks += (Block(kind="blank"), Block((means,)))
        self.heading("Sources")
        for slug, number in self.cited.items():
            source = self.index.source(slug)
            weak = (Span(" weak", "warning"),) if source.reliability == "weak" else ()
            own = (Span(f" {labels.OWN}", "warning"),) if source.own else ()
            address = (Span(f" {source.address}", "address"),) if source.address else ()
            self.add(
                Span(labels.source_line(source), "link", source.ref),
                *weak,
                *own,
                *address,
                *_copy(source),
                kind="source",
                label=(Span(f"[{number}]", "mark"),),
            )
            yield


def _copy(source: Source) -> tuple[Span, ...]:
    """Where a copy of a page is kept, and since when."""
    if source.archived is None:
        return ()
    made = f" archived {labels.day(source.archived.on)}"
    return (Span(made, "muted"), Span(f" {source.archived.address}", "address"))


@dataclasses.dataclass(slots=True, eq=False, repr=False)
class Page(Sheet):
    """A record in full."""

    ref: Ref = field(kw_only=True)

    def naming(self, kind: str) -> Sequence[Ref]:
        """Records of a kind that name this one: quotes newest first, others oldest first."""
        order = lists.quotes_by_date if kind == "quote" else lists.in_order
        return order(self.index, self.index.naming(self.ref, kind))
