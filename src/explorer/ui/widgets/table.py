"""Rows of cells side by side, with quiet lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.text import Text

from explorer.ui.style import Look, fitted

_BETWEEN = Text.assemble((" │ ", "rule"))
"""Styled by a span: a joining text's own style would be that of the whole line."""
_LEAST = 20
"""Cells narrower than this are no pleasure to read."""


def width_of_each(cells: int, label: int, width: int, least: int = 0) -> int:
    """The width of each cell beside a label; 0 when they must stand below one another."""
    columns = cells + (1 if label else 0)
    each = (width - label - len(_BETWEEN) * (columns - 1)) // cells
    return each if each >= max(least, _LEAST) else 0


def heads(names: Sequence[str], widths: Sequence[int]) -> Text:
    """What stands above the columns; a first column without a name is that of the labels."""
    named = [""] * (len(widths) - len(names)) + list(names)
    cells = (fitted(Text(n, "heading"), w) for n, w in zip(named, widths, strict=True))
    return _BETWEEN.join(cells)


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
