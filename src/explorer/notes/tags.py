"""The tags in a text: words marked `#like-this`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import takewhile

from explorer.text.markdown_parts import words_only
from explorer.values import dataclass

_NO_WORDS = re.compile(
    r"\\[!-/:-@\[-`{-~]"  # a sign that is only a sign: \#
    r"|(?://|\bwww\.)[!-~]*"  # an address
    r"|\[\[[^\]\n]{0,200}\]\]"  # a link to another page, as wikis have them
    r"|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+",  # where a link leads, said right below the words
    re.MULTILINE,
)
# Not the second half of a word, an entity, a path or another `#`.
_HASH = re.compile(r"(?<![\w#＃&/=])[#＃]")
_LONGEST = 80

_EMOJI = re.compile(
    "[\u231a\u231b\u23e9-\u23f3\u2600-\u26ff\u2705\u270a-\u270d\u2728\u274c\u274e\u2763\u2764"
    "\u2b50\u2b55\U0001f000-\U0001faff]"
)
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""What ties letters of some scripts, or pictures, into one."""
_SHAPING = "\N{VARIATION SELECTOR-16}"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag where it stands."""

    name: str
    """As it was typed, composed."""
    sign: int
    """Where its `#` stands."""
    start: int
    """Of the word, after the `#` and any hyphens."""
    end: int
    is_cut: bool = False
    """Whether the word goes on, longer than a tag can be."""


def tags_in(text: str) -> tuple[str, ...]:
    """The tags in a text, in order, each once and as it was first typed."""
    found: dict[str, str] = {}
    for tag in found_in(text):
        found.setdefault(key(tag.name), tag.name)
    return tuple(found.values())


def key(tag: str) -> str:
    """What makes it that tag: its letters, whatever their case, composed or in parts."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", tag).casefold())


def keys_of(tags: Iterable[str]) -> frozenset[str]:
    """The keys of all tags that something has: `#china/trade` belongs to `#china` as well."""
    found: set[str] = set()
    for tag in map(key, tags):
        found.add(tag)
        found.update(tag[:at] for at, letter in enumerate(tag) if letter == "/")
    return frozenset(found)


def found_in(text: str) -> Iterator[Tag]:
    r"""Every tag in a text.

    A tag has letters of any script, digits, hyphens, underscores and emoji, and at least one
    letter or emoji, so that `#3` is not one; `/` makes one within another. Headings, code,
    addresses, where links lead and `\#` have none.
    """
    if "#" not in text and "＃" not in text:
        return
    masked = _NO_WORDS.sub(lambda sign: " " * len(sign[0]), words_only(text))
    for found in _HASH.finditer(masked):
        start = found.end()
        before = masked[found.start() - 1 : found.start()]
        if before and before != _SHAPING and unicodedata.category(before)[0] == "M":
            continue  # the end of a word whose last letter is written in two
        whole = "".join(takewhile(_is_of_a_tag, masked[start : start + _LONGEST + 1]))
        run = whole[:_LONGEST]
        start += len(run) - len(run.lstrip("-"))
        word = run.lstrip("-").partition("//")[0].rstrip(f"-/{_JOINERS}")
        if word[:1] != "/" and any(letter.isalpha() or _EMOJI.match(letter) for letter in word):
            name = unicodedata.normalize("NFC", word)
            yield Tag(name, found.start(), start, start + len(word), is_cut=whole != run)


def as_tag(word: str) -> str | None:
    """A word, with `#` or without, as the tag it makes; None when it makes none."""
    word = word.removeprefix("＃").removeprefix("#")
    found = list(found_in(f"#{word}"))
    is_whole = len(found) == 1 and found[0].end - found[0].start == len(word)
    return found[0].name if is_whole else None


def _is_of_a_tag(letter: str) -> bool:
    # By category, because \w leaves out the vowel signs of many scripts.
    return (
        letter in "-_/"
        or unicodedata.category(letter)[0] in "LMN"
        or letter in _JOINERS
        or _EMOJI.match(letter) is not None
    )
