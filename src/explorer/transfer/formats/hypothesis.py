"""Notes from Hypothesis, as its search and its export give them, or the bare list of either.

They are on web pages. One on the page of a source in the dataset is a note on that source;
the others have no place here, and their number is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from explorer.transfer.annotation import NO_SOURCE, NO_SOURCES, anchor, listed, other_keys
from explorer.transfer.import_file import ImportFile
from explorer.transfer.parsed_notes import ParsedNotes, RawNote, parse_all

_LISTS = ("rows", "annotations")
_HEAD = ("total", "export_date", "export_userid", "client_version", *_LISTS)
_FIELDS = ("id", "created", "updated", "uri", "text", "tags", "target")
_INTERNAL = ("permissions", "links", "hidden", "flagged", "moderation", "actions", "mentions")
"""What the server says of its own workings."""


def recognizes(file: ImportFile) -> bool:
    """Whether every annotation that it lists is on a page, as only Hypothesis has them."""
    return _rows(file.json_or_none) is not None


def read(file: ImportFile) -> ParsedNotes:
    whole, rows = file.json, _rows(file.json)
    if rows is None:
        raise ValueError("it is no list of annotations of Hypothesis")
    elsewhere = [row for row in rows if file.pages(str(row["uri"])) is None]
    if rows and len(elsewhere) == len(rows):
        raise ValueError(NO_SOURCES)
    of_file = other_keys(whole, _HEAD, " of the file") if isinstance(whole, dict) else ()
    return parse_all(_notes(file, rows), "", [*[NO_SOURCE] * len(elsewhere), *of_file])


def _rows(whole: object) -> Sequence[Mapping[str, object]] | None:
    """The annotations that a file lists; None when it is no file of Hypothesis."""
    rows = whole
    if isinstance(whole, dict) and "@context" not in whole:
        rows = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), None)
    if not isinstance(rows, list) or (rows is whole and not rows):
        return None
    return rows if all(isinstance(row, dict) and "uri" in row for row in rows) else None


def _notes(file: ImportFile, rows: Sequence[Mapping[str, object]]) -> Iterator[RawNote]:
    for number, row in enumerate(rows, 1):
        ref = file.pages(str(row["uri"]))
        if ref is None:
            continue
        left_out = list(other_keys(row, (*_FIELDS, *_INTERNAL)))
        targets = [target for target in listed(row.get("target")) if isinstance(target, dict)]
        for target in targets:
            left_out += other_keys(target, ("source", "selector"), " of the target")
        selectors = [one for target in targets for one in listed(target.get("selector"))]
        data = {
            "record": str(ref),
            "created": row.get("created"),
            "changed": row.get("updated"),
            "text": row.get("text") or "",
            "tags": row.get("tags"),
            "anchor": anchor(selectors, left_out),
        }
        yield RawNote(f"annotation {number}", data, left_out=tuple(left_out))
