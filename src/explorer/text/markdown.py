"""Text from outside as Markdown that says what it says and does nothing.

What a dataset holds is text: no HTML, link, heading, list, footnote or formula can come of
it, and no renderer that turns bare addresses into links finds one. It is one line, because
a line's end could end what it stands in.
"""

from __future__ import annotations

import re

from explorer.text.sanitize import plain
from explorer.text.urls import why_not

_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_SPECIAL = re.compile(r"[\\`*_\[\]{}<>~^$|#@]|&(?=[#\w])")
_BARE_ADDRESS = re.compile(r":(?=//)|\.(?=[^\W\d_]{2})|(?<=www)\.", re.IGNORECASE)
"""What bare addresses are known by: `://`, a dot before letters, and `www.`."""
_BEGINS_A_BLOCK = re.compile(r"^(?:[-+=:]|\d{1,9}(?=[.)]))")
_ENTITY = re.compile(r"&(#?\w+);")


def one_spaced(text: str) -> str:
    """Text on one line, every gap in it a single space; a space at either end stays."""
    return _SPACE.sub(" ", plain(text))


def escaped(text: str) -> str:
    """Text for the middle of a line."""
    return _BARE_ADDRESS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", one_spaced(text)))


def begun(line: str) -> str:
    """A line of escaped text that begins no list, heading or other block of its own."""
    found = _BEGINS_A_BLOCK.match(line)
    if found is None:
        return line
    at = found.end() if found[0].isdecimal() else 0
    return f"{line[:at]}\\{line[at:]}"


def strong(text: str) -> str:
    """Escaped text, set off; the space around it stays outside."""
    return _set_off(text, "**")


def stressed(text: str) -> str:
    """Escaped text, lightly set off."""
    return _set_off(text, "*")


def _set_off(text: str, sign: str) -> str:
    words = text.strip(" ")
    if not words:
        return text
    before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
    return f"{before}{sign}{words}{sign}{after}"


def code(text: str) -> str:
    """Text as code: something to type."""
    return f"`{one_spaced(text).strip().replace('`', '’')}`"


def address_link(address: str) -> str:
    """An address that leads to itself; nothing when it may not be opened."""
    if why_not(address) is not None:
        return ""
    # Some readers of Markdown would take `&copy;` for a sign, even in an address.
    safe = _ENTITY.sub(r"&\1%3B", address)
    return f"<{safe}>"


def linked(words: str, address: str) -> str:
    """Words that lead to an address; the words alone when it may not be opened."""
    if why_not(address) is not None:
        return escaped(words)
    safe = _ENTITY.sub(r"&amp;\1;", address)
    return f"[{escaped(words)}](<{safe}>)"
