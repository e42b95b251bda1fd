"""What of a text of Markdown is words to read, and what is code, HTML or an address."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_inline import StateInline

_MARKUP = re.compile(r"`|~~~|\]\(|\]:|<[A-Za-z/!?]|    |\t")
"""A text without any of these is all words."""
_LETTER = re.compile(r"\S")
_HIDDEN = "hidden"
"""Where in a block the letters are that are no words, in what a parser is given to write to."""


def words_only(text: str) -> str:
    """The text with blanks for all that is no word; every other letter stays where it is.

    No words are code, HTML, and where a link leads.
    """
    if _MARKUP.search(text) is None:
        return text
    # As CommonMark has it, but of the same length.
    source = text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = source.split("\n")
    shown = [" " * len(line) for line in lines]
    parser = _parser()
    known: dict[str, object] = {}
    for block in parser.block.parse(source, parser, known, []) or ():
        if block.type != "inline" or block.map is None:
            continue
        hidden: list[tuple[int, int]] = []
        parser.inline.parse(block.content, parser, known | {_HIDDEN: hidden}, [])
        words = list(block.content)
        for start, end in hidden:
            words[start:end] = _LETTER.sub(" ", block.content[start:end])
        pairs = zip(block.content.split("\n"), "".join(words).split("\n"), strict=True)
        for number, (line, kept) in enumerate(pairs, block.map[0]):
            # Without the signs of quotes and lists before it, and blanks around it.
            bare, begin = line.strip(), len(line) - len(line.lstrip())
            column = lines[number].rfind(bare)
            shown_words = " " * column + kept[begin : begin + len(bare)]
            shown[number] = shown_words.ljust(len(lines[number]))
    return "\n".join(shown)


@cache
def _parser() -> MarkdownIt:
    """Finds blocks, and says of each what within it is no word."""
    from markdown_it import MarkdownIt, rules_inline

    parser = MarkdownIt("commonmark").disable(["emphasis", "entity", "image"])
    for name, rule in (
        ("autolink", rules_inline.autolink),
        ("backticks", rules_inline.backtick),
        ("html_inline", rules_inline.html_inline),
        ("link", rules_inline.link),
    ):
        parser.inline.ruler.at(name, _noting(rule))
    parser.parse("")  # another thread is not to find it half ready
    return parser


def _noting(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """A rule that notes what it finds, but for the words of a link."""

    def noting(state: StateInline, silent: bool) -> bool:
        start = state.pos
        found = rule(state, silent)
        if found and not silent:
            if state.src[start] == "[":
                start = state.md.helpers.parseLinkLabel(state, start)
            state.env[_HIDDEN].append((start, state.pos))
        return found

    return noting
