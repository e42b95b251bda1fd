"""The tags in a text: words marked `#like-this`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

_MASKED = re.compile(
    r"://[!-~]*"  # the rest of an address
    r"|(?<=\]\()[^\s()]*(?:\([^\s()]*\)[^\s()]*)*"  # where a link leads
)
# Not the second half of a word, an entity, a path or another `#`.
_HASH = re.compile(r"(?<![\w#&/=])#")
_LONGEST = 80

_FENCE = re.compile(r"[ \t>]*(`{3,}(?!.*`)|~{3,})")
_TICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag where it stands."""

    name: str
    """As tags are compared: composed, and without regard to case."""
    start: int
    """Of the word, after the `#` and any hyphens."""
    end: int
    is_cut: bool = False
    """Whether the word goes on, longer than a tag can be."""


def tags_in(text: str) -> tuple[str, ...]:
    """The tags in a text, each once, in order."""
    return tuple(dict.fromkeys(tag.name for tag in found_in(text)))


def found_in(text: str) -> Iterator[Tag]:
    """Every tag in a text.

    A tag has letters of any script, digits, hyphens and underscores, and at least one
    letter, so that `#3` is not one. Headings, code, addresses and where links lead have none.
    """
    if "#" not in text:
        return
    masked = _MASKED.sub(_spaces, _without_code(text))
    for found in _HASH.finditer(masked):
        start = found.end()
        if start > 1 and unicodedata.category(masked[start - 2])[0] == "M":
            continue  # the end of a word whose last letter is written in two
        whole = "".join(takewhile(_is_of_a_tag, masked[start : start + _LONGEST + 1]))
        run = whole[:_LONGEST]
        start += len(run) - len(run.lstrip("-"))
        word = run.strip("-")
        if any(map(str.isalpha, word)):
            name = unicodedata.normalize("NFC", word).casefold()
            yield Tag(name, start, start + len(word), is_cut=whole != run)


def as_tag(word: str) -> str | None:
    """A word, with `#` or without, as the tag it makes; None when it makes none."""
    word = word.removeprefix("#")
    found = list(found_in(f"#{word}"))
    is_whole = len(found) == 1 and found[0].end - found[0].start == len(word)
    return found[0].name if is_whole else None


def _is_of_a_tag(letter: str) -> bool:
    # By category, because \w leaves out the vowel signs of many scripts.
    return letter in "-_" or unicodedata.category(letter)[0] in "LMN"


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_code(text: str) -> str:
    """The text with spaces for all code in it, each letter else where it was."""
    if "`" not in text and "~~~" not in text:
        return text
    lines, fence = [], ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence or found is not None:
            lines.append(" " * len(line))
        else:
            lines.append(line)
        if not fence:
            fence = found[1] if found is not None else ""
        elif line.strip(" \t>").startswith(fence) and not line.strip(f" \t>{fence[0]}"):
            fence = ""
    unfenced = "\n".join(lines)
    parts, start = [], 0
    for blank in [*_BLANK_LINE.finditer(unfenced), None]:
        end = len(unfenced) if blank is None else blank.end()
        parts.append(_without_spans(unfenced[start:end]))
        start = end
    return "".join(parts)


def _without_spans(paragraph: str) -> str:
    """A paragraph with spaces for what stands between equally many backticks."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(paragraph)]
    later: dict[int, int] = {}
    closing: list[int | None] = [None] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = runs[number][1] - runs[number][0]
        closing[number] = later.get(length)
        later[length] = number
    parts: list[str] = []
    number = at = 0
    while number < len(runs):
        closes = closing[number]
        if closes is not None:
            start, end = runs[number][0], runs[closes][1]
            parts += (paragraph[at:start], " " * (end - start))
            number, at = closes, end
        number += 1
    return "".join([*parts, paragraph[at:]])
