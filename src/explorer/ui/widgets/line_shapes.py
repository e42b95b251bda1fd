"""The shapes that blocks of a sheet take on lines, and what of a table is out of sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.text import Text

from explorer.documents.pages import Block, Cell
from explorer.documents.sheet import in_lines
from explorer.record.model import Ref
from explorer.ui.style import Look, fitted
from explorer.ui.widgets.sheet_text import text_of

Hidden = tuple[int, int, int, str]
"""A cell out of sight: its first stop, that after its last, how many columns on, its words."""


def hanging(label: Text, body: Text, column: int, width: int, look: Look) -> Iterator[Text]:
    """A label, and beside it a body on as many lines as it takes."""
    if cell_len(label.plain) > column - 1:
        label = fitted(label, column - 1)
    label.append(" " * (column - cell_len(label.plain)))
    for line in look.wrap(body, width - column):
        # Added to a label, the line would take on the label's look.
        yield Text.assemble(label, line)
        label = Text(" " * column)


def heading(name: Text, width: int, look: Look) -> Iterator[Text]:
    """A section's name, with a quiet line to the edge."""
    name.plain = name.plain.upper()
    *before, last = look.wrap(name, width)
    yield from before
    line = max(width - cell_len(last.plain) - 1, 0)
    yield Text.assemble(last, (f" {'─' * line}" if line else "", "rule"))


def under_label(block: Block, links: list[Ref]) -> Text:
    """The further statements of a label."""
    return text_of(in_lines((), block.under)[1:], links)


def label_joined(label: Text, under: Text) -> Text:
    return Text("\n").join((label, under)) if under else label


def out_of_sight(cells: Sequence[tuple[Cell, Text]], seen: range) -> Text:
    """Who has something in a row that is out of sight, on the side where it is."""
    left = [cell.name for cell, text in cells[: seen[0]] if text]
    right = [cell.name for cell, text in cells[seen[-1] + 1 :] if text]
    said = [f"\n‹ {', '.join(left)}"] if left else []
    said += [f"\n{', '.join(right)} ›"] if right else []
    return Text.assemble(("".join(said), "label"))


def hidden_stops(
    cells: Sequence[tuple[Cell, Text]], begins: Sequence[int], seen: range
) -> list[Hidden]:
    """The cells of a row that are out of sight, as far as the keyboard stops in them."""
    return [
        (begin, end, n - (seen[0] if n < seen[0] else seen[-1]), cells[n][1].plain)
        for n, (begin, end) in enumerate(pairwise(begins))
        if n not in seen and begin < end
    ]
