"""Signs that stand for characters that a terminal must not get, while a text is edited.

What a person writes is kept to the letter, right-to-left marks and soft hyphens too; but on
the screen each needs a place of its own, or the cursor would stand beside the letter that is
changed. So the editor holds another character for each such one: a surrogate, which no text
can have, of which the screen shows a sign.
"""

from __future__ import annotations

import re

from explorer.text.sanitize import hidden, kept, plain

_FIRST = 0xD800
INVISIBLE = "◌"
_FOR = {ord(character): chr(_FIRST + place) for place, character in enumerate(hidden())}
_OF = {ord(sign): chr(code) for code, sign in _FOR.items()}
_SHOWN = {ord(sign): plain(chr(code)) or INVISIBLE for code, sign in _FOR.items()}
_SIGN = re.compile("[\ud800-\udfff]")


def standing_in(text: str) -> str:
    """The text for the editor, as many characters long."""
    return kept(text).translate(_FOR)


def real(text: str) -> str:
    """The text that was in the editor."""
    return text.translate(_OF) if _SIGN.search(text) else text


def shown(text: str) -> str:
    """The text in the editor as it is to be seen, as many characters long."""
    return text.translate(_SHOWN) if _SIGN.search(text) else text
