"""The sources as RIS, which EndNote, Mendeley and Zotero read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.exports import MADE_BY
from explorer.exports.exported import Exported
from explorer.exports.source_items import Item, authors, day, items, note, title
from explorer.text.sanitize import one_line

_TYPES: Mapping[str, str] = {"article-newspaper": "NEWS", "legislation": "STAT"}
_PAGE = "ELEC"
_FROM = "database_provider"
_PARTS = 4
"""Year, month, day and what else is said of it, each with a stroke after it."""


def pieces(exported: Exported) -> Iterator[str]:
    """The entries."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """Puts no number before each, which some readers take for a part of it."""

        def set_header(self, count: int) -> str:  # noqa: ARG002
            return ""

    for item in items(exported):
        text = rispy.dumps([_entry(item)], implementation=Writer)
        yield f"{text.strip()} \n\n"  # the blank behind “ER  -” belongs to it


def is_ours(beginning: bytes) -> bool:
    """Whether its first entry says that it comes from here."""
    first = beginning.partition(b"\nER")[0]
    return f"\nDP  - {MADE_BY}: ".encode() in first


def _entry(item: Item) -> dict[str, Any]:
    issued = day(item, "issued")
    copy = item.get("archive_location", "")
    notes = (note(item), f"Archived at {copy}" if copy else "")
    fields = {
        "type_of_reference": _TYPES.get(item["type"], _PAGE),
        "id": item["id"],
        "authors": list(map(_name, authors(item))),
        "title": one_line(title(item)),
        "secondary_title": one_line(item.get("container-title", "")),
        "year": f"{issued[0]:04}" if issued else "",
        "date": _written(issued),
        "urls": [address] if (address := item.get("URL")) else [],
        "access_date": _written(day(item, "accessed")),
        "language": one_line(item.get("language", "")),
        "notes": [one_line(said) for said in notes if said],
        _FROM: one_line(item["source"]),
    }
    return {name: value for name, value in fields.items() if value}


def _name(name: str) -> str:
    """A name that stays in one piece: before a comma stands the last name, and all of it does."""
    return f"{one_line(name).replace(',', '')},"


def _written(parts: Sequence[int]) -> str:
    """A day as RIS has it, “2025/10/26/”; what is not known is left empty."""
    if not parts:
        return ""
    known = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]
    return "/".join((*known, *[""] * (_PARTS - len(known))))
