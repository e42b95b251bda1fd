"""Rows of cells side by side, with quiet lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from explorer.ui.style import Look, fitted

_BETWEEN = Text.assemble((" │ ", "rule"))
"""Styled by a span: a joining text's own style would be that of the whole line."""
_SPARSE = 28
"""Cells of a column in which there is little."""
_LEAST = 20
"""Cells narrower than this are no pleasure to read."""


def width_of_each(cells: int, label: int, width: int, least: int = 0) -> int:
    """The width of each cell beside a label; 0 when they must stand below one another."""
    columns = cells + (1 if label else 0)
    each = (width - label - len(_BETWEEN) * (columns - 1)) // cells
    return each if each >= max(least, _LEAST) else 0


def shared_out(each: int, sparse: Sequence[bool]) -> list[int]:
    """The width of each cell, of which those in sparse columns leave room to the others."""
    full = len(sparse) - sum(sparse)
    if not full or full == len(sparse):
        return [each] * len(sparse)
    little = min(each, _SPARSE)
    more = (each - little) * sum(sparse) // full
    return [little if is_sparse else each + more for is_sparse in sparse]


def how_many_fit(label: int, width: int) -> int:
    """How many cells of the least width have room beside a label."""
    many = 0
    while width_of_each(many + 1, label, width):
        many += 1
    return many


def heads(names: Sequence[str], widths: Sequence[int], seen: range) -> Text:
    """What stands above the columns that are seen; the first may be that of the labels.

    Where some are out of sight, it says which are seen and on which sides the others are.
    """
    named = [Text(names[number], "heading") for number in seen]
    if seen[-1] + 1 < len(names):
        more = Text(f"{len(names) - seen[-1] - 1} more ›", "muted")
        room = widths[-1] - cell_len(more.plain) - 1
        named[-1] = Text.assemble(fitted(named[-1], room), " ", more)
    if seen[0]:
        named[0] = Text.assemble((f"‹ {seen[0]} more ", "muted"), named[0])
    if len(widths) > len(named):
        is_cut = len(seen) < len(names)
        which = f"{seen[0] + 1}–{seen[-1] + 1} of {len(names)}" if is_cut else ""
        named.insert(0, Text(which, "muted"))
    return _BETWEEN.join(fitted(n, w) for n, w in zip(named, widths, strict=True))


def rule(widths: Sequence[int]) -> Text:
    """The line above a row."""
    return Text("─┼─".join("─" * width for width in widths), "rule")


def row(texts: Sequence[Text], widths: Sequence[int], look: Look) -> list[Text]:
    """The lines of a row."""
    wrapped = [look.wrap(text, width) for text, width in zip(texts, widths, strict=True)]
    return [
        _BETWEEN.join(
            fitted(part or Text(), width) for part, width in zip(parts, widths, strict=True)
        )
        for parts in zip_longest(*wrapped)
    ]
