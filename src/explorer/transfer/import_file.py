"""A file of notes to import, as the formats read it, and the web pages that are sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.transfer.json_text import from_json

SourcePages = Callable[[str], Ref | None]
"""The record that a web page is, when it is one."""

_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|fbclid|[dgy]clid|gad_source|msclkid|twclid|igshid|mc_[ce]id)(?:=|$)",
    re.IGNORECASE,
)
"""What links in feeds, mails and posts add to an address, to know where a reader comes from."""


def no_pages(_: str) -> Ref | None:
    """Where no page is a record."""
    return None


@dataclass(frozen=True)
class ImportFile:
    """The text of a file, with what is known of the pages that it may be about."""

    text: str
    pages: SourcePages = no_pages

    @cached_property
    def json(self) -> object:
        """What it says as JSON. Raises ValueError, with the line where there is one."""
        return from_json(self.text)

    @property
    def json_or_none(self) -> object:
        """What it says as JSON; None when it is none."""
        try:
            return self.json
        except ValueError:
            return None


def source_pages(index: Index) -> SourcePages:
    """The web pages that are sources in a dataset."""
    by_address = {_page(source.address): source.ref for source in index.dataset.sources}
    by_address.pop("", None)
    return lambda address: by_address.get(_page(address))


def _page(address: str) -> str:
    """What makes an address that of a page, however it was copied."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = parts.netloc.casefold().removeprefix("www.")
    # Each part as it stands, for what is only known to a server may be in any order and form.
    asked = [part for part in parts.query.split("&") if part and not _TRACKING.match(part)]
    query = f"?{'&'.join(asked)}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if parts.scheme in ("http", "https") else ""
