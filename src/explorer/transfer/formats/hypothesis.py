"""Notes from Hypothesis, as its search and its export give them, or the bare list of either.

They are on web pages. One on the page of a source in the dataset is a note on that source;
the others have no place here, and their number is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from explorer.transfer.annotation import NO_SOURCE, NO_SOURCES, Pages, anchor, listed, other_keys
from explorer.transfer.parsed_notes import Read, Telling, found_in

_LISTS = ("rows", "annotations")
_HEAD = ("total", "export_date", "export_userid", "client_version", *_LISTS)
_KNOWN = ("id", "created", "updated", "uri", "text", "tags", "target")
_UNTOLD = ("permissions", "links", "hidden", "flagged", "moderation", "actions", "mentions")
"""What the server says of its own workings."""


def is_export(whole: object) -> bool:
    """Whether a file is one of Hypothesis."""
    rows = _rows(whole)
    if rows is None or (rows is whole and not rows):
        return False
    return all(isinstance(row, dict) and "uri" in row for row in rows)


def _rows(whole: object) -> list[Any] | None:
    """What a file lists; None when it is no list and has none."""
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict) or "@context" in whole:
        return None
    return next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), None)


def understood(whole: object, pages: Pages) -> Read:
    """The notes on pages that are records. Raises ValueError when there is none."""
    rows = _rows(whole) or []
    elsewhere = [row for row in rows if pages(str(row["uri"])) is None]
    if rows and len(elsewhere) == len(rows):
        raise ValueError(NO_SOURCES)
    aside = [NO_SOURCE] * len(elsewhere)
    of_file = other_keys(whole, _HEAD, " of the file") if isinstance(whole, dict) else ()
    return found_in(_tellings(rows, pages), "", [*aside, *of_file])


def _tellings(rows: list[dict[str, Any]], pages: Pages) -> Iterator[Telling]:
    for number, row in enumerate(rows, 1):
        ref = pages(str(row["uri"]))
        if ref is None:
            continue
        aside = list(other_keys(row, (*_KNOWN, *_UNTOLD)))
        targets = [target for target in listed(row.get("target")) if isinstance(target, dict)]
        for target in targets:
            aside += other_keys(target, ("source", "selector"), " of the target")
        selectors = [one for target in targets for one in listed(target.get("selector"))]
        found = {
            "record": str(ref),
            "created": row.get("created"),
            "changed": row.get("updated"),
            "text": row.get("text") or "",
            "tags": row.get("tags"),
            "anchor": anchor(selectors, aside),
        }
        yield Telling(f"annotation {number}", found, not_taken=tuple(aside))
