"""Two wordings set against one another: word by word, Chinese and Japanese by the character.

It knows texts alone; what is shown of a difference, and in which colours, others say.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from explorer.text.folding import fold

ALIKE = 0.6
"""Two texts that share more of their words than this are one text that was changed."""

CHARACTERS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Those that are written without blanks between words, as the inside of a character class."""

Fate = Literal["same", "removed", "added"]

_CHARACTER = f"[{CHARACTERS}]"
_INNER = rf"[^\W{CHARACTERS}]"
# With the blank that follows, so that the words can be put together again. Signs beside a word
# are words of their own: a comma that was added does not change what it follows.
_WORD = (
    rf"(?:[{CHARACTERS}]|\[…\]|\d{{1,3}}(?: \d{{3}})+(?!{_INNER})"
    rf"|{_INNER}+(?:[-'’.,:/]{_INNER}+)*|\S) ?"
)
"""Compiled when two texts are compared first: the first screen compares none."""


def difference(was: str, now: str) -> tuple[tuple[str, Fate], ...]:
    """What became of the words, in order: what was taken out stands before what replaced it.

    The pieces that are not `removed`, put together, are the text as it is now, on one line.
    A piece that was removed is set off by a blank where other words would run into it.
    """
    pieces: list[tuple[str, Fate]] = []
    for is_same, taken_out, said in blocks(was, now):
        if is_same:
            pieces.append((said, "same"))
            continue
        if taken_out:
            pieces.append((taken_out, "removed"))
        if said:
            pieces.append((said, "added"))
    return _set_off(pieces)


class Block(NamedTuple):
    """Words that are the same in both texts, or what stands in the one for what in the other."""

    is_same: bool
    old: str
    new: str

    @property
    def size(self) -> int:
        return max(len(self.old), len(self.new))

    def joined(self, *others: Block) -> Block:
        """One change of several blocks that follow one another."""
        blocks = (self, *others)
        return Block(False, "".join(b.old for b in blocks), "".join(b.new for b in blocks))


def blocks(was: str, now: str) -> list[Block]:
    """What two texts have in common and where they differ, in their order, each on one line.

    A few words that stay between two longer changes (“of”, “the”) make of one change three
    that nobody can read: they count as changed too.
    """
    old, new = _words(was), _words(now)
    found: list[Block] = []
    for kind, old_from, old_to, new_from, new_to in _matched(old, new).get_opcodes():
        block = Block(kind == "equal", "".join(old[old_from:old_to]), "".join(new[new_from:new_to]))
        found.append(block)
        while len(found) > 2 and _is_chance(*found[-3:]):  # noqa: PLR2004
            found[-3:] = [found[-3].joined(*found[-2:])]
    return found


def _is_chance(before: Block, between: Block, after: Block) -> bool:
    """Whether what stays between two changes is less than half as long as either of them."""
    if before.is_same or after.is_same:
        return False
    return 2 * between.size < min(before.size, after.size)


def likeness(was: str, now: str) -> float:
    """How much of their words two texts share: from 0, nothing, to 1, everything."""
    if was == now:  # most articles of two drafts, which need not be taken apart
        return 1.0
    return _matched(_words(was), _words(now)).ratio()


def words_in(text: str) -> list[str]:
    """The words of a text as they are compared, without case and without accents."""
    return [word.rstrip() for word in _words(fold(text))]


def _words(text: str) -> list[str]:
    return re.findall(_WORD, " ".join(text.split()))


def _matched(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    was, now = [word.rstrip() for word in old], [word.rstrip() for word in new]
    return SequenceMatcher(None, was, now, autojunk=False)


def _set_off(pieces: list[tuple[str, Fate]]) -> tuple[tuple[str, Fate], ...]:
    """The same with a blank on either side of a removed piece that lacks one."""
    for place in range(1, len(pieces)):
        (left, its_fate), (right, fate) = pieces[place - 1 : place + 1]
        if not _run_together(left, right):
            continue
        if its_fate == "removed":
            pieces[place - 1] = (f"{left} ", its_fate)
        else:
            pieces[place] = (f" {right}", fate)
    return tuple(pieces)


def _run_together(left: str, right: str) -> bool:
    """Whether a reader would take the end of one and the beginning of the other for one word."""
    ends = (left[-1], right[0])
    return all(end.isalnum() and not re.match(_CHARACTER, end) for end in ends)
