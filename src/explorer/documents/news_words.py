"""How much is new, in a few words: for titles, messages and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.record.lists import listed_under
from explorer.seen import Item
from explorer.seen.news import Fate
from explorer.view import View

SIGNS: Mapping[Fate, str] = {"new": "✱", "corrected": "~", "withdrawn": "–"}
"""A sign for the eye, which stands beside the word wherever there is room for it."""
_MANY = 500
"""To say of so many what was public on an earlier day takes longer than a title may."""


def counted(view: View, items: Iterable[Item]) -> str:
    """“14 new, 3 corrected, 1 withdrawn”, of what may be shown on the day of the view."""
    fates = [view.news.fate(item, view.index) for item in items]
    return ", ".join(f"{fates.count(fate)} {fate}" for fate in SIGNS if fate in fates)


def briefly(view: View) -> tuple[str, str] | None:
    """The same with a sign, of what is not seen yet, in full and in short; None of nothing."""
    items = _left(view)
    words = counted(view, items) if items else ""
    if not words:
        return None
    number = sum(view.news.fate(item, view.index) is not None for item in items)
    return f"{SIGNS['new']} {words}", f"{SIGNS['new']} {number} to see"


def of_kind(view: View, kind: str, room: int) -> str:
    """How much is new in a list; of what is gone it has no row. With signs where words are long."""
    listed = (item for item in _left(view) if listed_under(item.ref.kind) == kind)
    items = [item for item in listed if item.fate != "withdrawn"]
    words = counted(view, items)
    if len(words) <= room:
        return words
    fates = [view.news.fate(item, view.index) for item in items]
    return " ".join(f"{SIGNS[f]}{fates.count(f)}" for f in SIGNS if f in fates)


def _left(view: View) -> tuple[Item, ...]:
    left = view.news.left
    return () if view.scope.as_of is not None and len(left) > _MANY else left
