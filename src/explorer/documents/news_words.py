"""How much is new, in a few words: for titles, messages and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.record.lists import listed_under
from explorer.record.numbering import Refs
from explorer.seen import Item
from explorer.seen.news import Fate
from explorer.view import View

SIGNS: Mapping[Fate, str] = {"new": "✱", "corrected": "~", "withdrawn": "–"}
"""A sign for the eye, which stands beside the word wherever there is room for it."""


def counted(view: View, items: Iterable[Item]) -> str:
    """“14 new, 3 corrected, 1 withdrawn”, of what may be shown on the day of the view."""
    fates = [view.news.fate(item, view.index) for item in items]
    return ", ".join(f"{fates.count(fate)} {fate}" for fate in SIGNS if fate in fates)


def briefly(view: View) -> tuple[str, str] | None:
    """The same with a sign, of what is not seen yet, in full and in short; None of nothing."""
    if not view.news.left or not (items := view.news.left_in(view.index)):
        return None
    return f"{SIGNS['new']} {counted(view, items)}", f"{SIGNS['new']} {len(items)} to see"


def of_kind(view: View, kind: str, rows: Refs, room: int) -> str:
    """How much is new in the rows of a list; with signs where words are too long."""
    if not view.news.left:
        return ""
    listed = (i for i in view.news.left_in(view.index) if listed_under(i.ref.kind) == kind)
    there = rows.as_set()
    items = [item for item in listed if item.ref in there]
    words = counted(view, items)
    if len(words) <= room:
        return words
    fates = [view.news.fate(item, view.index) for item in items]
    return " ".join(f"{SIGNS[f]}{fates.count(f)}" for f in SIGNS if f in fates)
