"""Whose a note is, where several people keep theirs in one folder.

A note says who wrote it, under the name they set. One that does not say is of whoever owns the
folder: the reader's own among their notes, and the colleague's among a colleague's.
"""

from __future__ import annotations

import unicodedata

from explorer.text.sanitize import one_line

LONGEST = 100
"""Characters of a name that are kept."""


def cleaned(name: str) -> str:
    """A name as it is kept and shown: on one line, without what no terminal must get."""
    if not name:  # as nearly always
        return ""
    return " ".join(one_line(unicodedata.normalize("NFC", name)).split())[:LONGEST].strip()


def is_same(one: str, other: str) -> bool:
    """Whether two names are those of one person, however they were typed."""
    return _compared(one) == _compared(other)


def _compared(name: str) -> str:
    return unicodedata.normalize("NFKC", cleaned(name)).casefold()
