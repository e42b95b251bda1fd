"""Where a text of Markdown has headings and code, as CommonMark reads it.

Links, HTML and references are not looked at, so that what is found stays the same when signs
outside code are replaced by entities.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Range = tuple[int, int]

_LIKE_A_HEADING = re.compile(r"#|^[^\w\n]*[=-]+[ \t]*$", re.MULTILINE)
_PLACE = "place"
_FORMULA = "$$"
"""What some readers take for the bounds of a block of its own, whatever stands within."""
_OTHERWISE_READ = re.compile(r"[$|]")
"""What some readers take for the bounds of a formula or a cell, even within code."""


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
    for token in _parser().parse(text):
        if token.type == "heading_open" and token.map is not None:
            is_underlined = not token.markup.startswith("#")
            line = token.map[1] - 1 if is_underlined else token.map[0]
            found.append(Heading(line, is_underlined))
    return tuple(found)


def sub_outside_code(
    pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str], text: str
) -> str:
    """Replace a pattern wherever a text has no code; neither may go over the end of a line.

    What some reader of Markdown might not take for code is none here: code by indentation, and
    code spans beside formulas or tables, or where links and spans overlap.
    """
    if pattern.search(text) is None:  # the most notes by far, spared the parsing
        return text
    if _FORMULA in text or ("`" not in text and "~~~" not in text):
        return pattern.sub(replacement, text)
    tokens = _parser().parse(text)
    fences, spans = list(_fences(tokens, text)), list(_spans(tokens, text))
    replaced = _sub(pattern, replacement, text, sorted([*fences, *spans]))
    if spans and _code_spans(_full_parser().parse(replaced)) != _code_spans(tokens):
        replaced = _sub(pattern, replacement, text, fences)
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


def _fences(tokens: Sequence[Token], text: str) -> Iterator[Range]:
    starts = _starts_of_lines(text)
    for token in tokens:
        if token.type == "fence" and token.map is not None:
            yield starts[token.map[0]], starts[token.map[1]]


def _spans(tokens: Sequence[Token], text: str) -> Iterator[Range]:
    """Code spans, each on one line."""
    lines, starts = text.split("\n"), _starts_of_lines(text)
    for token in tokens:
        if token.type != "inline" or token.map is None or _OTHERWISE_READ.search(token.content):
            continue
        places = []
        for number, line in enumerate(token.content.split("\n"), token.map[0]):
            # Without the marks of quotes and lists before it, and blanks around it.
            blanks = len(line) - len(line.lstrip())
            places.append(starts[number] + lines[number].rfind(line.strip()) - blanks)
        within = _starts_of_lines(token.content)
        for child in token.children or ():
            start, end = child.meta.get(_PLACE, (0, 0))
            line_number = bisect_right(within, start) - 1
            if start < end < within[line_number + 1]:
                shift = places[line_number] - within[line_number]
                yield start + shift, end + shift


def _starts_of_lines(text: str) -> list[int]:
    """Where each line begins, and where one after the last would."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _code_spans(tokens: Sequence[Token]) -> list[str]:
    children = (child for token in tokens for child in token.children or ())
    return [child.content for child in children if child.type == "code_inline"]


@cache
def _parser() -> MarkdownIt:
    """Finds blocks and code; what it says of each code span is where it stands."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import backtick

    def code_span(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        found = backtick(state, silent)
        if len(state.tokens) > known and state.tokens[-1].type == "code_inline":
            state.tokens[-1].meta[_PLACE] = (start, state.pos)
        return found

    parser = MarkdownIt("zero").enable(
        ["code", "fence", "blockquote", "hr", "list", "heading", "lheading", "escape", "backticks"]
    )
    parser.inline.ruler.at("backticks", code_span)
    parser.parse("")  # another thread is not to find it half ready
    return parser


@cache
def _full_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.parse("")
    return parser
