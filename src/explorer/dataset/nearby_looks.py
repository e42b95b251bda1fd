"""How the tables around a place of a TOML file are written, for one that is put there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from explorer.dataset.toml_blocks import Block, Layout
from explorer.dataset.toml_writing import Looks

if TYPE_CHECKING:
    from tree_sitter import Node

_WIDE = 100
"""A list that would make its line longer is wrapped, if others in the file are."""


class NearbyLooks:
    """The looks of the tables of a file."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def of(self, path: tuple[str, ...], after: int | None) -> Looks:
        """How a table behind a block, or at the end, is to be written."""
        layout, like = self._layout, self._like(path, after)
        others = [block for block in layout.blocks if len(block.keys) == len(path)]
        model = like or (others[-1] if others else None)
        if model is None:
            return Looks(wraps=self._wraps(path))
        header, keys = (indent.decode() for indent in model.indents)
        return Looks(header, keys, layout.gap_before(model), self._wraps(path))

    def _like(self, path: tuple[str, ...], after: int | None) -> Block | None:
        """A table of the same sort, the nearest above, else any."""
        blocks = self._layout.blocks
        above = blocks[: len(blocks) if after is None else after + 1]
        same = [block for block in blocks if block.keys == path]
        near = [block for block in above if block.keys == path]
        found = near or same
        return found[-1] if found else None

    def _wraps(self, path: tuple[str, ...]) -> Any:
        """Whether a list is wrapped as its neighbours are, and with which blanks."""

        @cache
        def there(key: str) -> tuple[list[Node], list[Node]]:
            same = [b.pairs[key] for b in self._layout.blocks if b.keys == path and key in b.pairs]
            return same, [node for node in same if self.wrapped(node)]

        def indent(key: str, items: Sequence[str]) -> str:
            same, wrapped = there(key)
            if not wrapped and same:
                return ""
            if not wrapped:
                if len(key) + sum(len(item) + 2 for item in items) + 5 <= _WIDE:
                    return ""
                every = (node for b in self._layout.blocks for node in b.pairs.values())
                wrapped = [node for node in every if self.wrapped(node)]
            elif same[-1] is not wrapped[-1] and len(wrapped) < len(same):
                # Some are, as they are long: so is this one if it is as long as they are.
                short = max(self._length(node) for node in same if node not in wrapped)
                if sum(len(item) + 2 for item in items) <= short:
                    return ""
            return self.wrapped(wrapped[-1]) if wrapped else ""

        return indent

    def wrapped(self, node: Node) -> str:
        """The blanks before the items of a list that has lines for them; else nothing."""
        items = [child for child in node.children if child.is_named and child.type != "comment"]
        if node.type != "array" or not items or items[0].start_point.row == node.start_point.row:
            return ""
        at = self._layout.place(items[0].start_byte)
        lead = self._layout.data[self._layout.data.rfind(b"\n", 0, at) + 1 : at]
        return lead.decode() if lead and not lead.strip() else ""

    def _length(self, node: Node) -> int:
        return node.end_byte - node.start_byte
