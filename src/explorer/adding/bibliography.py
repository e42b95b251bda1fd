"""A source as somebody pastes it: an address, or an entry of a reference manager.

What can be read is the address of a page, CSL-JSON, BibTeX and RIS, as Zotero and others
export them (`library_entries`). Nothing is fetched: an address says no more than what stands in
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from explorer.adding import library_entries
from explorer.adding.library_entry import ADDRESS, RIS_ENTRY, Entry, Fields, day_of_parts
from explorer.text import urls

LONGEST = 64 * 1024
"""Most characters of an entry: a whole library is not read."""

_DAY_IN_ADDRESS = re.compile(r"/(20\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|$)")


def looks_like(text: str) -> bool:
    """Whether a pasted text may be a source, and no words to look for."""
    start = text.lstrip()[:2000]
    is_entry = start.startswith(("{", "[", "@")) or RIS_ENTRY.match(start) is not None
    return is_entry or ADDRESS.match(start) is not None


def read(text: str) -> Fields:
    """What a pasted text says of a source. Raises ValueError with a sentence for a person."""
    text = text.strip("\ufeff \t\r\n")
    if len(text) > LONGEST:
        raise ValueError(
            f"this is longer than {LONGEST // 1024} KB; paste one entry and not a whole library"
        )
    if ADDRESS.fullmatch(text):
        return _of_address(text)
    for begins, name, read_as in (
        (text.startswith(("{", "[")), "CSL-JSON", library_entries.csl),
        (text.startswith("@"), "BibTeX", library_entries.bibtex),
        (RIS_ENTRY.match(text) is not None, "RIS", library_entries.ris),
    ):
        if begins:
            return _understood(text, name, read_as)
    raise ValueError("paste an address, or an entry in CSL-JSON, BibTeX or RIS")


def _understood(text: str, name: str, read_as: Callable[[str], Iterator[Entry]]) -> Fields:
    try:
        entry = next(entry for entry in read_as(text) if not entry.trouble)
    except Exception as error:  # whatever a parser stumbles on, it is no entry
        raise ValueError(f"this {name} cannot be read; is the entry whole?") from error
    # On what day the page was looked at, its reader may not have checked what it is cited for.
    fields = {key: value for key, value in entry.fields.items() if key != "checked"}
    if not fields:
        raise ValueError(f"this {name} has nothing that says what the source is")
    return fields


def _of_address(address: str) -> Fields:
    """An address says where, and often on which day."""
    if reason := urls.why_not(address):
        raise ValueError(f"this address cannot be opened: {reason}")
    fields = {"address": address}
    if (found := _DAY_IN_ADDRESS.search(address)) and (day := day_of_parts(*found.groups())):
        fields["published"] = day
    return fields
