"""How many records are otherwise in a dataset that was read again."""

from __future__ import annotations

from explorer.record import labels
from explorer.record.index import Index
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """How many there are of each sort."""

    changed: int = 0
    """Those that say something else, or are called otherwise."""
    new: int = 0
    gone: int = 0

    def __str__(self) -> str:
        """In words: “3 records changed, 1 new”."""
        if not (self.changed or self.new or self.gone):
            return "no record changed"
        counts = {"changed": self.changed, "new": self.new, "gone": self.gone}
        (first, number), *others = ((what, n) for what, n in counts.items() if n)
        rest = (f"{n:,} {what}" for what, n in others)
        return ", ".join((f"{labels.counted(number, 'record')} {first}", *rest))


def what_changed(before: Index, after: Index) -> WhatChanged:
    """What is otherwise in the whole of a dataset than it was; a renamed record has changed."""
    renamed = {now for ref in before.everything() if (now := after.current(ref)) not in (None, ref)}
    gone = sum(after.current(ref) is None for ref in before.everything())
    there = [ref for ref in after.everything() if ref in before]
    new = len(after.everything()) - len(there) - len(renamed - set(there))
    changed = {ref for ref in there if not after.is_alike(ref, before)} | renamed
    return WhatChanged(len(changed), new, gone)
