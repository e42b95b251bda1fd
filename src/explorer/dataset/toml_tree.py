"""tree-sitter with its grammar of TOML, which knows where everything in a text stands.

It is loaded only to say where a problem is, or to write into a file.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

TABLES = ("table", "table_array_element")
"""What a header is, with what stands below it."""


def root(text: bytes) -> Node:
    """The document that a text is, whatever is odd in it."""
    return _parser().parse(text).root_node


@cache
def _parser() -> Parser:
    import tree_sitter
    import tree_sitter_toml

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
