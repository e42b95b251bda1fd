"""Words → records: what a filter or a search matches, accents, case and typography aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_ALIKE = {
    # Letters that no decomposition turns into their plain form.
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    # A dash is a hyphen to whoever types it, …
    **dict.fromkeys("\u058a\u05be\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212", "-"),
    **dict.fromkeys("\u2e3a\u2e3b\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d", "-"),
    # … a quotation mark a straight one, …
    **dict.fromkeys("‘’‚‛‹›\u02b9\u02bb\u02bc\u02bd\u055a\u05f3\u2032\u2035\uff07´`", "'"),
    **dict.fromkeys(
        "“”„‟«»\u02ba\u02ee\u05f4\u2033\u2036\u275d\u275e\u301d\u301e\u301f\uff02", '"'
    ),
    # … a stroke a stroke, as between the numbers of a fraction, …
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
    # … a blank a blank, where decomposing does not say so already, …
    **dict.fromkeys("\u1680\u2028\u2029\x85", " "),
    # … and what nobody sees is not there.
    **dict.fromkeys("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f", ""),
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064", ""),
    **dict.fromkeys("\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff", ""),
}
_AS_COMPARED = str.maketrans(_ALIKE)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def fold(text: str) -> str:
    """Text as it is compared everywhere: without case, accents or ways of setting it in type.

    So that “co-operation” is found however its hyphen is written, “fish” in “ﬁsh”, and 關稅
    in simplified characters too.
    """
    if text.isascii():
        return text.casefold().replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_AS_COMPARED))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    folded = bare.translate(_AS_COMPARED).casefold()
    return folded.translate(_simplified()) if _CHINESE.search(folded) else folded


@cache
def _simplified() -> dict[int, int]:
    """What traditional Chinese characters are compared as."""
    from explorer.text import simplified  # which most texts do not need

    return str.maketrans(simplified.TRADITIONAL, simplified.SIMPLIFIED)


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a filter as typed, folded; each must occur."""
    return tuple(fold(typed).split())


def matches(words: Sequence[str], folded: str) -> bool:
    """Whether every word occurs somewhere in a folded text."""
    return all(word in folded for word in words)
