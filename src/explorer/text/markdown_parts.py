"""Where a text of Markdown has headings, code and words to read, as CommonMark has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from explorer.values import dataclass

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Range = tuple[int, int]

_LIKE_A_HEADING = re.compile(r"#|^[^\w\n]*[=-]+[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"`|~~~|\]\(|\]:|<[A-Za-z/!?]|    |\t")
"""A text without any of these is all words."""
_FORMULA = "$$"
"""What some readers take for the bounds of a block of its own, whatever stands within."""
_OTHERWISE_READ = re.compile(r"[$|]")
"""What some readers take for the bounds of a formula or a cell, even within code."""
_LETTER = re.compile(r"\S")
_ON_A_LINE = re.compile(r"[^\n]")
_NOTED = "noted"
"""Where in a block something was found, in what a parser is given to write to."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading by the line that makes it one."""

    line: int
    """That of the number signs, or of the underline."""
    is_underlined: bool


def headings(text: str) -> tuple[Heading, ...]:
    """The headings of a text, in order."""
    found: list[Heading] = []
    if _LIKE_A_HEADING.search(text) is None:
        return ()
    parser = _code_parser()
    for token in parser.block.parse(text, parser, {}, []) or ():
        if token.type == "heading_open" and token.map is not None:
            is_underlined = not token.markup.startswith("#")
            line = token.map[1] - 1 if is_underlined else token.map[0]
            found.append(Heading(line, is_underlined))
    return tuple(found)


def words_only(text: str) -> str:
    """The text with blanks for all that is no word; every other letter stays where it is.

    No words are code, HTML, and where a link leads.
    """
    if _MARKUP.search(text) is None:
        return text
    # As CommonMark has it, but of the same length.
    source = text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\ufffd")
    starts, shown = _starts_of_lines(source), list(_ON_A_LINE.sub(" ", source))
    for block, hidden in _parsed(_words_parser(), source):
        words = list(block.content)
        for start, end in hidden:
            words[start:end] = _LETTER.sub(" ", block.content[start:end])
        for start, end, place in _lines_of(block, source, starts):
            shown[place : place + end - start] = words[start:end]
    return "".join(shown)


def sub_outside_code(
    pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str
) -> str:
    """Replace a pattern wherever a text has no code; neither may go over the end of a line.

    What some reader of Markdown might not take for code is none here: code by indentation, and
    code spans beside formulas or tables, or where links and spans overlap. Links, HTML and
    references are not looked at, so that what is found stays the same when signs outside code
    are replaced by entities.
    """
    if pattern.search(text) is None:  # the most notes by far, spared the parsing
        return text
    if _FORMULA in text or ("`" not in text and "~~~" not in text):
        return pattern.sub(replacement, text)
    blocks, starts = list(_parsed(_code_parser(), text)), _starts_of_lines(text)
    fences, spans = list(_fences(blocks, starts)), list(_spans(blocks, text, starts))
    replaced = _sub(pattern, replacement, text, sorted([*fences, *spans]))
    if spans:
        from markdown_it import MarkdownIt

        now = MarkdownIt("commonmark").parse(replaced)
        if _code_spans(block for block, _ in blocks) != _code_spans(now):
            return _sub(pattern, replacement, text, fences)
    return replaced


def _sub(
    pattern: re.Pattern[str],
    replacement: Callable[[re.Match[str]], str],
    text: str,
    code: Iterable[Range],
) -> str:
    parts, at = [], 0
    for start, end in code:
        parts += [pattern.sub(replacement, text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, pattern.sub(replacement, text[at:])])


def _fences(
    blocks: Sequence[tuple[Token, Sequence[Range]]], starts: Sequence[int]
) -> Iterator[Range]:
    for block, _ in blocks:
        if block.type == "fence" and block.map is not None:
            yield starts[block.map[0]], starts[block.map[1]]


def _spans(
    blocks: Sequence[tuple[Token, Sequence[Range]]], text: str, starts: Sequence[int]
) -> Iterator[Range]:
    """Code spans, each on one line."""
    for block, noted in blocks:
        if noted and _OTHERWISE_READ.search(block.content) is None:
            lines = list(_lines_of(block, text, starts))
            for start, end in noted:
                begin, until, place = lines[bisect_right(lines, start, key=itemgetter(0)) - 1]
                has_end = block.content[start:end].strip("`") != ""
                if has_end and end <= until:
                    yield start + place - begin, end + place - begin


def _code_spans(tokens: Iterable[Token]) -> list[str]:
    children = (child for token in tokens for child in token.children or ())
    return [child.content for child in children if child.type == "code_inline"]


def _starts_of_lines(text: str) -> list[int]:
    """Where each line begins, and where one after the last would."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _lines_of(block: Token, text: str, starts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Each line of a block: from where to where it stands in it, and where in the text.

    Without the signs of quotes and lists before it, and blanks around it.
    """
    if block.type != "inline" or block.map is None:
        return
    at = 0
    for line, (start, end) in zip(
        block.content.split("\n"), pairwise(starts[block.map[0] :]), strict=False
    ):
        bare, begin = line.strip(), at + len(line) - len(line.lstrip())
        yield begin, begin + len(bare), text.rfind(bare, start, end)
        at += len(line) + 1


def _parsed(parser: MarkdownIt, text: str) -> Iterator[tuple[Token, list[Range]]]:
    """The blocks of a text, each with what the rules of the parser noted in it."""
    known: dict[str, object] = {}
    for block in parser.block.parse(text, parser, known, []) or ():
        noted: list[Range] = []
        if block.children is not None:
            parser.inline.parse(block.content, parser, known | {_NOTED: noted}, block.children)
        yield block, noted


@cache
def _code_parser() -> MarkdownIt:
    """Finds blocks, and code in them."""
    from markdown_it import MarkdownIt, rules_inline

    blocks = ["code", "fence", "blockquote", "hr", "list", "heading", "lheading"]
    parser = MarkdownIt("zero").enable([*blocks, "escape", "backticks"])
    return _noting(parser, backticks=rules_inline.backtick)


@cache
def _words_parser() -> MarkdownIt:
    """Finds blocks, and what in them is no word."""
    from markdown_it import MarkdownIt, rules_inline

    return _noting(
        MarkdownIt("commonmark").disable(["emphasis", "entity", "image"]),
        autolink=rules_inline.autolink,
        backticks=rules_inline.backtick,
        html_inline=rules_inline.html_inline,
        link=rules_inline.link,
    )


def _noting(parser: MarkdownIt, **rules: RuleFuncInlineType) -> MarkdownIt:
    """A parser of which these rules note what they find, but for the words of a link."""

    def noting(rule: RuleFuncInlineType) -> RuleFuncInlineType:
        def noted(state: StateInline, silent: bool) -> bool:
            start = state.pos
            found = rule(state, silent)
            if found and not silent:
                if state.src[start] == "[":
                    start = state.md.helpers.parseLinkLabel(state, start)
                state.env[_NOTED].append((start, state.pos))
            return found

        return noted

    for name, rule in rules.items():
        parser.inline.ruler.at(name, noting(rule))
    parser.parse("")  # another thread is not to find it half ready
    return parser
