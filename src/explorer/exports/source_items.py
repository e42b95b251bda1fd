"""The sources for reference managers: what CSL-JSON, BibLaTeX and RIS each write in their way.

What is said of a source is said by `documents/csl.py`, as in a citation that is copied. CSL has
words for a description that stands where no headline was seen; the others do not, and have it as a
title in brackets, as style manuals ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from explorer.documents import csl
from explorer.exports import MADE_BY
from explorer.exports.exported import Exported

Item = dict[str, Any]


def items(exported: Exported) -> Iterator[Item]:
    """The sources as items of CSL, with where they come from."""
    name = exported.view.index.dataset.negotiation.name
    for item in csl.items(exported.shown, dict.fromkeys(exported.sources(), "")):
        yield {**item, "source": f"{MADE_BY}: {name}"}


def title(item: Item) -> str:
    """The headline, or in brackets the description that stands for one."""
    return item.get("title") or f"[{item.get('genre', '')}]"


def note(item: Item) -> str:
    """What else is noted of it, where a description stands as its title."""
    said: str = item.get("note", "")
    return said.replace(csl.DESCRIBED, "no headline was seen; its title is our description")


def authors(item: Item) -> Sequence[str]:
    return [author["literal"] for author in item.get("author", ())]


def day(item: Item, key: str) -> Sequence[int]:
    """Year, month and day, as far as they are known."""
    parts: Sequence[int] = item.get(key, {}).get("date-parts", [()])[0]
    return parts
