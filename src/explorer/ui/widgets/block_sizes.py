"""How much room the blocks of a sheet take, before they are laid out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from explorer.documents.pages import Block, Span
from explorer.ui.widgets.sheet_text import letters

GAP = 2
"""Cells between a label and what it stands before."""
_FAR_FEWER = 4
"""How many times as many cells another column has beside one that is then narrower."""


def widest_label(blocks: Iterable[Block]) -> int:
    """Cells of the widest label of all tables among the blocks."""
    labels = ("".join(map(letters, block.whole_label)) for block in blocks if block.cells)
    return max((cell_len(line) for label in labels for line in label.split("\n")), default=0)


def sparse_columns(blocks: Iterable[Block]) -> set[int]:
    """The columns of the first table that have far fewer cells than its fullest."""
    filled: Counter[int] = Counter()
    heads: list[str] = []
    for block in blocks:
        now = [cell.head for cell in block.cells]
        if not now or now != (heads or now):
            break
        heads = now
        filled.update(number for number, cell in enumerate(block.cells) if cell.whole)
    most = max(filled.values(), default=0)
    return {number for number in range(len(heads)) if filled[number] * _FAR_FEWER <= most}


def guess(block: Block, width: int) -> int:
    """How many lines a block will take, near enough for a scrollbar."""
    if block.kind in ("blank", "heading"):
        return 1
    if block.cells:
        longest = max(_cells_of(cell.whole) for cell in block.cells)
        return -(-longest * (len(block.cells) + 1) // max(width, 1)) + 1
    indent = _cells_of(block.whole_label) + GAP
    return -(-_cells_of(block.spans) // max(width - indent - 2, 1)) or 1


def _cells_of(spans: Sequence[Span]) -> int:
    return sum(len(span.text) for span in spans)
