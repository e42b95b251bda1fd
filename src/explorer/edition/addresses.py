"""Where each page of an edition stands. An address that was once given stays what it is.

The address of a record is made of its kind and its id alone: `quote/ID.html`. It hangs on no
other record, so it is the same in every edition, however the dataset grows. What is made of
it is lower-case ASCII, so that no disk and no server takes two of them for one.
"""

from __future__ import annotations

import hashlib
from datetime import date

from explorer.record.model import Ref

FRONT = "index.html"
SEARCH = "search.html"
DAYS = "days.html"
RECORDS = "all/index.html"
STYLE = "style.css"
ICON = "icon.svg"
"""Pages and files that every edition has."""

_LONGEST = 150
"""Characters of an id that all disks take as the name of a file, with something to spare."""
_TAKEN = {
    *("con", "prn", "aux", "nul"),
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}
"""Names that Windows keeps for devices, whatever their extension."""


def file_name(slug: str) -> str:
    """An id as the name of a file, without extension.

    No id has an underscore, so that what is appended makes it the name of no other.
    """
    if slug in _TAKEN:
        return f"{slug}_"
    if len(slug) > _LONGEST:
        return f"{slug[:_LONGEST]}_{hashlib.sha256(slug.encode()).hexdigest()[:16]}"
    return slug


def of_record(ref: Ref) -> str:
    """The page of a record."""
    return f"{ref.kind}/{file_name(ref.id)}.html"


def of_list(plural: str) -> str:
    """The list of all records of a kind."""
    return f"all/{plural}.html"


def of_comparison(one: Ref, other: Ref, on: date | None = None) -> str:
    """Two texts set against one another, or one as it read on a day and as it reads now."""
    second = f"@{on.isoformat()}" if on else file_name(other.id)
    return f"compare/{file_name(one.id)}/{second}.html"


def of_day(day: date) -> str:
    """The folder of the record as it was on a day."""
    return f"on/{day.isoformat()}/"


def of_part(path: str, number: int) -> str:
    """A part of a page that is too long for one; the first has the page's own address.

    No id has a dot.
    """
    return path if number == 1 else f"{path.removesuffix('.html')}.{number}.html"


def up_from(path: str) -> str:
    """What leads from a page to where all addresses begin."""
    return "../" * path.count("/")
