"""A file to import, with the web pages that are sources, and the notes that formats find in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.text.json_text import from_json
from explorer.transfer.portable_note import PortableNote, from_data

SourcePages = Callable[[str], Ref | None]
"""The record that a web page is, when it is one."""

_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|fbclid|[dgy]clid|gad_source|msclkid|twclid|igshid|mc_[ce]id)(?:=|$)",
    re.IGNORECASE,
)
"""What links in feeds, mails and posts add to an address, to know where a reader comes from."""

MOST_NOTES = 100_000
"""More than anybody writes; a file with more is not taken for one of notes."""
_REASONS = 5
"""How many notes that are wrong are named."""


@dataclass(frozen=True)
class ImportFile:
    """The text of a file, with what is known of the pages that it may be about."""

    text: str
    pages: SourcePages

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


class ParsedNotes(list[PortableNote]):
    """The notes of a file, with what it holds that notes have no field for."""

    def __init__(self, notes: Iterable[PortableNote] = (), left_out: Iterable[str] = ()) -> None:
        super().__init__(notes)
        self.left_out = Counter(left_out)
        """What was left out, each with how often it was."""


@dataclass(frozen=True, slots=True)
class RawNote:
    """What a file says of one note, not checked yet."""

    place: str
    """Where in the file it stands: “row 3”."""
    data: object
    """What `from_data` reads, or the ValueError that came of reading so far."""
    dataset: str | None = None
    """The dataset that it names itself."""
    left_out: tuple[str, ...] = ()
    """What notes have no field for."""


def parse_all(notes: Iterable[RawNote], dataset: str, left_out: Iterable[str] = ()) -> ParsedNotes:
    """The notes, on that dataset unless they name one.

    Raises ValueError when any is wrong, with the reason for each.
    """
    parsed = ParsedNotes(left_out=left_out)
    wrong: list[str] = []
    for raw in notes:
        if len(parsed) + len(wrong) == MOST_NOTES:
            raise ValueError(f"it has more than {MOST_NOTES} notes")
        named = dataset if raw.dataset is None else raw.dataset
        unused = list(raw.left_out)
        try:
            if isinstance(raw.data, ValueError):
                raise raw.data
            parsed.append(from_data(raw.data, dataset=named, place=raw.place, left_out=unused))
        except ValueError as error:
            wrong.append(f"{raw.place}: {error}")
        parsed.left_out.update(dict.fromkeys(unused, 1))
    if wrong:
        more = len(wrong) - _REASONS
        rest = [f"and {more} more"] if more > 0 else []
        raise ValueError("\n".join([*wrong[:_REASONS], *rest]))
    return parsed


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
