"""What is shown in full, as plain data: blocks of spans that have a role and perhaps a link.

The screen paints it and the command line prints it. Each statement ends with marks such as
[3] that number the sources listed at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from explorer.record import labels
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Span:
    """Some words that look alike: a role such as `muted`, and where they lead."""

    text: str
    role: str = ""
    link: Ref | None = None
    stop: bool = True
    """Whether the keyboard stops at the link; source marks are for the mouse alone."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column's share of a row."""

    head: str
    """What stands above the column."""
    spans: tuple[Span, ...]
    link: Ref | None = None
    """Where the cell leads as a whole."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a row with a label in a column of its own, or a row of cells."""

    spans: tuple[Span, ...] = ()
    kind: str = "text"
    """title, heading, text, row, item, words, source, cells or blank."""
    label: tuple[Span, ...] = ()
    cells: tuple[Cell, ...] = ()


def spans_of(parts: Iterable[Span | str]) -> tuple[Span, ...]:
    """Spans, those that need no role given as plain text."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


@dataclass(slots=True)
class Sheet:
    """Blocks in order, and the sources they cite."""

    view: View
    title: str = ""
    """What stands above it."""
    blocks: list[Block] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    """Source ids with their numbers, in the order they were first cited."""

    @property
    def index(self) -> Index:
        return self.view.index

    def marks(self, *source_ids: Sequence[str]) -> tuple[Span, ...]:
        """The marks that end a statement: “ [2][5]”, and a word when all are weak."""
        spans: list[Span] = []
        for slug in dict.fromkeys(slug for ids in source_ids for slug in ids):
            number = self.cited.setdefault(slug, len(self.cited) + 1)
            if not spans:
                spans.append(Span(" "))
            spans.append(Span(f"[{number}]", "mark", Ref("source", slug), stop=False))
        if spans and all(self._is_weak(slug) for ids in source_ids for slug in ids):
            spans.append(Span(" weak source only", "warning"))
        return tuple(spans)

    def _is_weak(self, slug: str) -> bool:
        return bool(self.index[Ref("source", slug)].reliability == "weak")

    def name(self, ref: Ref, role: str = "link", text: str = "") -> Span:
        """A link to a record, by its name unless another text is given."""
        return Span(text or labels.title(self.index, ref), role, ref)

    def short(self, kind: str, slug: str | None) -> Span:
        """A link to a delegation or delegate by its short name."""
        if slug is None:
            return Span("Jointly")
        ref = Ref(kind, slug)
        return self.name(ref, text=self.index[ref].short)

    def add(self, *spans: Span | str, kind: str = "text", label: Iterable[Span] = ()) -> None:
        self.blocks.append(Block(spans_of(spans), kind, tuple(label)))

    def row_of_cells(self, cells: Iterable[Cell], label: Iterable[Span] = ()) -> None:
        """A row of a table: a label and a cell for each column."""
        self.blocks.append(Block(kind="cells", label=tuple(label), cells=tuple(cells)))

    def heading(self, *spans: Span | str) -> None:
        named = [Span(s, "heading") if isinstance(s, str) else s for s in spans]
        self.blocks += (Block(kind="blank"), Block(tuple(named), "heading"))

    def facts(self, *facts: tuple[str, Sequence[Span] | str]) -> None:
        """Rows of “Place  Kuala Lumpur, Malaysia”, leaving out what is empty."""
        for label, value in facts:
            if value:
                spans = (value,) if isinstance(value, str) else value
                self.add(*spans, kind="row", label=(Span(label, "label"),))

    def listed(self, heading: str, refs: Sequence[Ref], row: Callable[[Ref], None]) -> None:
        """A heading with one row for each record, or nothing when there are none."""
        if refs:
            self.heading(heading)
            for ref in refs:
                row(ref)

    def list_sources(self) -> None:
        """The list that the marks number, each entry a link with its address whole."""
        if not self.cited:
            return
        self.heading("Sources")
        for slug, number in self.cited.items():
            source = self.index[Ref("source", slug)]
            weak = (Span(" weak", "warning"),) if source.reliability == "weak" else ()
            address = (Span(f" {source.address}", "address"),) if source.address else ()
            self.add(
                Span(labels.source_line(source), "link", source.ref),
                *weak,
                *address,
                kind="source",
                label=(Span(f"[{number}]", "mark"),),
            )


@dataclass(slots=True)
class Page(Sheet):
    """A record in full."""

    ref: Ref = field(kw_only=True)

    @property
    def record(self) -> Any:
        return self.view.index[self.ref]

    def naming(self, kind: str) -> tuple[Ref, ...]:
        """Records of a kind that name this one, in order of time where they have one."""
        return self.view.in_order(self.index.naming(self.ref, kind))


def as_text(sheet: Sheet) -> str:
    """A sheet as plain lines, for the command line."""
    lines: list[str] = []
    for block in sheet.blocks:
        label, text = _joined(block.label), _joined(block.spans)
        match block.kind:
            case "heading":
                lines.append(text.upper())
            case "cells":
                if label:
                    lines.append(label.replace("\n", " · "))
                said = ((cell.head, _joined(cell.spans)) for cell in block.cells)
                lines += [f"  {head}: {text}" for head, text in said if text]
            case _:
                lines.append(f"{label}: {text}" if label else text)
    return "\n".join(lines)


def _joined(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)
