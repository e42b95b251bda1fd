"""Notes from Hypothesis, as its search and its export give them, or the bare list of either.

They are on web pages. One on the page of a source in the dataset is a note on that source;
the others have no place here, and their number is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.transfer.annotation import listed, other_keys, parse_annotations
from explorer.transfer.import_file import ImportFile, ParsedNotes

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
    of_file = other_keys(whole, _HEAD, " of the file") if isinstance(whole, dict) else ()
    return parse_annotations([_annotation(row) for row in rows], file.pages, of_file)


def _rows(whole: object) -> Sequence[Mapping[str, object]] | None:
    """The annotations that a file lists; None when it is no file of Hypothesis."""
    rows = whole
    if isinstance(whole, dict) and "@context" not in whole:
        rows = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), None)
    if not isinstance(rows, list) or (rows is whole and not rows):
        return None
    return rows if all(isinstance(row, dict) and "uri" in row for row in rows) else None


def _annotation(row: Mapping[str, object]) -> dict[str, object]:
    """A row as an annotation of the W3C."""
    targets = [target for target in listed(row.get("target")) if isinstance(target, dict)]
    selectors = [one for target in targets for one in listed(target.get("selector"))]
    target = {key: value for target in targets for key, value in target.items()}
    return {
        **{key: value for key, value in row.items() if key not in (*_FIELDS, *_INTERNAL)},
        "type": "Annotation",
        "created": row.get("created"),
        "modified": row.get("updated"),
        "bodyValue": row.get("text") or "",
        "body": [{"value": tag, "purpose": "tagging"} for tag in listed(row.get("tags"))],
        "target": target | {"source": str(row["uri"]), "selector": selectors},
    }
