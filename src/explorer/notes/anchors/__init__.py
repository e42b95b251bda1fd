"""Notes on words of a record: where the words stand, and what became of them.

An anchor holds the words a note is about and what stood on either side of them. A dataset
grows and is mended for years, so that the words may be found as they were, elsewhere in the
record, reworded, or not at all. `find` says which; only what is certain is “unchanged”, and
everything else is for a person to accept or not. A note is never put on other words silently.

Words are compared as they are read: composed letters (NFC), one blank for any white space,
straight quotation marks for typographic ones, a hyphen for any dash, and nothing for what
nobody sees. Case and accents count, for they can
distinguish one meaning from another.
"""

from __future__ import annotations

from explorer.notes import Anchor
from explorer.notes.anchors.candidates import Candidate, candidates
from explorer.notes.anchors.resolve import Found, find, follow, locate
from explorer.notes.anchors.selection import anchored, own_words
from explorer.notes.anchors.tokenize import Passage, holds, passages

__all__ = [
    "Anchor",
    "Candidate",
    "Found",
    "Passage",
    "anchored",
    "candidates",
    "find",
    "follow",
    "holds",
    "locate",
    "own_words",
    "passages",
]
