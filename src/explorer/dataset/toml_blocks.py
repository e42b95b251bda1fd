"""Where the tables of a TOML file stand, to the byte. Loaded only to write into one.

tree-sitter reads the file: it is quick, goes on where a file is odd, and knows the place of
everything, so that what is not to be touched need not be written anew.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from explorer.dataset import toml_tree
from explorer.dataset.toml_tree import TABLES
from explorer.values import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_KEYS = ("bare_key", "quoted_key")
_BLANK_OR_COMMENT = re.compile(rb"[ \t]*(#[^\n]*)?\r?(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """A table with its header, without the tables within it that have headers of their own."""

    keys: tuple[str, ...]
    """The parts of its header; none of what stands before the first."""
    start: int
    """Where the line of its header begins."""
    end: int
    """Behind the last line that is its own: a key, or a comment right below it."""
    pairs: Mapping[str, Node]
    """Its values by their keys, less those whose key has several parts."""
    indents: tuple[bytes, bytes]
    """The blanks before its header, and before its keys."""


class Layout:
    """The blocks of a file in their order."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.first = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        self._root = toml_tree.root(data[self.first :])

    @cached_property
    def line_end(self) -> bytes:
        """How most lines of the file end."""
        windows = self.data.count(b"\r\n")
        return b"\r\n" if windows * 2 > self.data.count(b"\n") else b"\n"

    @cached_property
    def blocks(self) -> Sequence[Block]:
        return [self._root_block, *self._headed()]

    @property
    def _root_block(self) -> Block:
        nodes = [node for node in self._root.children if node.type == "pair"]
        return Block((), self.first, self._end(nodes, self.first), _pairs(nodes), (b"", b""))

    def _headed(self) -> Iterator[Block]:
        for node in self._root.children:
            if node.type in TABLES:
                name = next((c for c in node.children if c.type in (*_KEYS, "dotted_key")), None)
                keys = tuple(_parts(name)) if name is not None else ()
                pairs = [child for child in node.children if child.type == "pair"]
                at = self.place(node.start_byte)
                of_keys = self._indent(self.place(pairs[0].start_byte)) if pairs else b""
                header_end = next((c for c in node.children if c.type in ("]", "]]")), node)
                yield Block(
                    keys,
                    self._line_start(at),
                    self._end(pairs or [header_end], at),
                    _pairs(pairs),
                    (self._indent(at), of_keys),
                )

    def place(self, byte: int) -> int:
        """A place in the file, by that in what was parsed."""
        return byte + self.first

    def text(self, node: Node) -> bytes:
        """What stands there."""
        return self.data[self.place(node.start_byte) : self.place(node.end_byte)]

    def _line_start(self, at: int) -> int:
        return max(self.data.rfind(b"\n", 0, at) + 1, self.first)

    def _indent(self, at: int) -> bytes:
        before = self.data[self._line_start(at) : at]
        return before if not before.strip() else b""

    def _end(self, nodes: Sequence[Node], otherwise: int) -> int:
        """Behind the line of the last of some nodes, and behind comments that go with it."""
        if not nodes:
            return otherwise
        last = _value(nodes[-1]) or nodes[-1]
        end = self.next_line(self.place(last.end_byte))
        after = end
        while (found := _BLANK_OR_COMMENT.match(self.data, after)) and found[1]:
            after = found.end()
        # A comment right above a header is about that.
        is_above = after < len(self.data) and not (found and found.end() > after)
        return end if is_above else after

    def next_line(self, at: int) -> int:
        """Where the line after a place begins; the end of the file behind the last one."""
        end = self.data.find(b"\n", at)
        return len(self.data) if end < 0 else end + 1

    @cached_property
    def last(self) -> int:
        """Behind the last line that is not empty."""
        kept = self.data.rstrip()
        return self.next_line(max(len(kept), self.first)) if kept else len(self.data)

    def gap_before(self, block: Block) -> int:
        """How many empty lines stand above a block, or above the comments over it."""
        above = self.data[: block.start].decode("utf-8", "replace").splitlines()[-20:]
        while above and above[-1].lstrip().startswith("#"):
            above.pop()
        count = 0
        while above and not above[-1].strip():
            above.pop()
            count += 1
        return count if above else 1


def _pairs(nodes: Sequence[Node]) -> dict[str, Node]:
    return {
        _key(node.children[0]): value
        for node in nodes
        if node.children and node.children[0].type in _KEYS and (value := _value(node)) is not None
    }


def _value(pair: Node) -> Node | None:
    """What stands behind the equals sign; a comment may follow it."""
    values = (node for node in pair.children[1:] if node.type not in ("=", "comment"))
    return next(values, None)


def _parts(node: Node) -> Iterator[str]:
    """The parts of a key, of which each may be quoted."""
    if node.type in _KEYS:
        yield _key(node)
    for child in node.children:
        if child.type in (*_KEYS, "dotted_key"):
            yield from _parts(child)


def _key(node: Node) -> str:
    text = (node.text or b"").decode("utf-8", "replace")
    if node.type == "bare_key":
        return text
    import tomli

    try:
        return next(iter(tomli.loads(f"{text} = 0")))
    except tomli.TOMLDecodeError:
        return text
