"""What filters find the records of a long list by, read once and kept.

To read a hundred thousand records takes seconds, and a key does not wait for that: another
thread does it, and then every key looks through texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from explorer.record import labels, lists
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.record.numbering import Numbers, Refs
from explorer.text.folding import fold, matches

LONG = 1_000
"""Quotes that take too long to read while a key waits; of all else there are few."""


def text_of(index: Index, ref: Ref, *more: str) -> str:
    """All that a filter may find a record by."""
    return fold(" ".join((ref.id, labels.title(index, ref), *lists.words(index, ref), *more)))


class FilterTexts:
    """The folded texts of whole lists, as their records look in the end."""

    def __init__(self) -> None:
        self._of: dict[str, list[str]] = {}

    def __contains__(self, kind: str) -> bool:
        return kind in self._of

    def is_needed(self, whole: Index, kind: str) -> bool:
        """Whether a list is too long to be looked through without."""
        return kind == "quote" and kind not in self._of and len(whole.refs(kind)) > LONG

    def read(self, whole: Index, kind: str) -> None:
        """Read those of a list; for a thread to do."""
        self._of[kind] = [text_of(whole, ref) for ref in whole.refs(kind)]

    def having(
        self, words: Sequence[str], index: Index, rows: Refs, folded: Callable[[Ref], str]
    ) -> Refs:
        """Those of some rows of a list that have all of some words on the day of an index.

        `folded` is the text on that day of one that may have looked otherwise then.
        """
        kind = rows[0].kind if rows else ""
        texts, first = self._of.get(kind, []), index.first_number(kind) if kind else 0
        late = index.unsettled() and index.unsettled().intersection(rows.numbers)
        kept: Numbers = rows.numbers
        for word in words:
            kept = [n for n in kept if n in late or word in texts[n - first]]
        if late:
            kept = [n for n in kept if n not in late or matches(words, folded(index.ref(n)))]
        return rows.only(kept)
