"""Which known word is meant by one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

_MANY = 400
"""Words with which one is not compared each by each: it would take too long."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that is most like one, or nothing when none is."""
    import difflib

    words = list(known)
    if len(words) > _MANY:
        begins, ends = word[:3], word[-3:]
        words = [one for one in words if one.startswith(begins) or one.endswith(ends)][:_MANY]
    near = difflib.get_close_matches(word, words, n=1, cutoff=likeness)
    return near[0] if near else ""
