"""The words of two clauses, each with what it alone has; what the record cuts is not marked."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.text.word_diff import Block, Fate, blocks

CUT = "[…]"
"""Where the record leaves words of a document out."""

Pieces = Sequence[tuple[str, Fate]]
"""Words in their order, with what became of them."""

_NOTHING = Block(True, "", "")
_REMOVED: Fate = "removed"
_ADDED: Fate = "added"
MOST = 12_000
"""Letters of two clauses together beyond which no words are marked: it would take too long."""


def marked(first: str, second: str) -> tuple[Pieces, Pieces]:
    """The words of each: `removed` what only the first has, `added` what only the second."""
    if first == second or len(first) + len(second) > MOST:
        return ((first, "same"),), ((second, "same"),)
    found = blocks(first, second)
    one: list[tuple[str, Fate]] = []
    other: list[tuple[str, Fate]] = []
    for place, block in enumerate(found):
        before = found[place - 1] if place else _NOTHING
        after = found[place + 1] if place + 1 < len(found) else _NOTHING
        is_cut_beside = before.old.rstrip().endswith(CUT) or after.old.lstrip().startswith(CUT)
        for words, there, fate, pieces in (
            (block.old, block.new, _REMOVED, one),
            (block.new, block.old, _ADDED, other),
        ):
            # Where the other is cut it may have the words too.
            may_be_there = is_cut_beside or CUT in there or not words.replace(CUT, "").strip()
            pieces.append((words, "same" if block.is_same or may_be_there else fate))
    return [piece for piece in one if piece[0]], [piece for piece in other if piece[0]]
