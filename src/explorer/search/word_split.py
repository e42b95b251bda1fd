"""A text taken apart into the words by which it is found."""

from __future__ import annotations

import re

from explorer.text.folding import fold

# Scripts that set no spaces between words: each character is a word by itself.
_ALONE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u9fff\U00020000-\U0003ffff]"
)


def apart(text: str) -> str:
    """The words of a text as they are compared, with spaces between them and nothing else.

    Each character becomes what it does by itself, so that a place in a text can be found from
    the place in what became of it.
    """
    return text.translate(BECOMES)


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(apart(text).split())


class _Becomes(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        made = self[code] = "".join(map(_apart, fold(chr(code))))
        return made


def _apart(char: str) -> str:
    if not char.isalnum():
        return " "
    return f" {char} " if _ALONE.match(char) else char


BECOMES = _Becomes()
"""What `apart` makes of each character, by its code."""
