"""Two wordings set against one another: word by word, Chinese and Japanese by the character.

It knows texts alone; what is shown of a difference, and in which colours, others say.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

ALIKE = 0.6
"""Two texts that share more of their words than this are one text that was changed."""

CHARACTERS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Those that are written without blanks between words, as the inside of a character class."""

Fate = Literal["same", "removed", "added"]

_CHARACTER = re.compile(f"[{CHARACTERS}]")
# With the blank that follows, so that the words can be put together again.
_WORD = re.compile(rf"(?:[{CHARACTERS}]|[^\s{CHARACTERS}]+) ?")


def difference(was: str, now: str) -> tuple[tuple[str, Fate], ...]:
    """What became of the words, in order: what was taken out stands before what replaced it.

    The pieces that are not `removed`, put together, are the text as it is now, on one line.
    A piece that was removed is set off by a blank where other words would run into it.
    """
    old, new = _words(was), _words(now)
    pieces: list[tuple[str, Fate]] = []
    for kind, old_from, old_to, new_from, new_to in _matched(old, new).get_opcodes():
        taken_out, said = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            pieces.append((said, "same"))
            continue
        if taken_out:
            pieces.append((taken_out, "removed"))
        if said:
            pieces.append((said, "added"))
    return _set_off(pieces)


def likeness(was: str, now: str) -> float:
    """How much of their words two texts share: from 0, nothing, to 1, everything."""
    return _matched(_words(was), _words(now)).ratio()


def _words(text: str) -> list[str]:
    return _WORD.findall(" ".join(text.split()))


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
    return not any(end.isspace() or _CHARACTER.match(end) for end in ends)
