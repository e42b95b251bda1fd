"""Notes as a collection of W3C Web Annotations, for programs that know those.

Each note is an Annotation: its text a body in Markdown, its tags bodies of their own, and
its target the record, named `urn:explorer:DATASET:KIND:ID`, or the quoted words in it. What
the W3C has no words for stands under our own, so that nothing is lost on the way back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import quote

from explorer.text.json_text import as_json, check_version
from explorer.transfer.annotation import OWN_TERMS, is_a, other_keys, parse_annotations, urn
from explorer.transfer.import_file import ImportFile, ParsedNotes
from explorer.transfer.portable_note import NotesToExport, PortableNote, as_data

VERSION = 1
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"explorer": "urn:explorer:terms#"},
]
_COLLECTION = "AnnotationCollection"
_WHOLE = ("@context", "id", "type", "label", "explorer:version", "total", "first", "last", "items")
_PAGE = ("@context", "id", "type", "partOf", "startIndex", "items", "next", "prev")


def recognizes(file: ImportFile) -> bool:
    """Whether it has Web Annotations, in any of the ways to list them."""
    return _is_annotations(file.json_or_none)


def write(export: NotesToExport) -> str:
    collection = f"{urn(export.dataset)}:notes"
    copies: Counter[str] = Counter()
    items = []
    for note in export.notes:
        own_id = f"{urn(export.dataset)}:note:{quote(note.id, safe='')}"
        if note.is_copy:
            copies[own_id] += 1
            own_id = f"{own_id}:copy-{copies[own_id]}"
        items.append(_annotation(note, export.dataset, own_id))
    page = {
        "id": f"{collection}:page-1",
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
        "items": items,
    }
    return as_json(
        {
            "@context": _CONTEXT,
            "id": collection,
            "type": _COLLECTION,
            "label": f"Notes on {export.dataset}",
            "explorer:version": VERSION,
            "total": len(items),
            "first": page,
        }
    )


def read(file: ImportFile) -> ParsedNotes:
    whole = file.json
    if isinstance(whole, dict) and "explorer:version" in whole:
        check_version(whole["explorer:version"], VERSION)
    items, left_out = _listed_in(whole)
    return parse_annotations(items, file.pages, left_out)


def _is_annotations(whole: object) -> bool:
    if isinstance(whole, list):
        return bool(whole) and all(is_a(one, "Annotation") for one in whole)
    return any(is_a(whole, kind) for kind in ("Annotation", "AnnotationPage", _COLLECTION))


def _listed_in(whole: object) -> tuple[list[object], list[str]]:
    """The annotations of a file, and what else it says."""
    if isinstance(whole, list) and _is_annotations(whole):
        return whole, []
    if not isinstance(whole, dict) or not _is_annotations(whole):
        raise ValueError("it is not an AnnotationCollection, nor a list of annotations")
    if is_a(whole, "Annotation"):
        return [whole], []
    is_page = is_a(whole, "AnnotationPage")
    page = whole if is_page or "items" in whole else whole.get("first")
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(items, list):
        raise ValueError("its first page is not in it")
    if page.get("next"):
        raise ValueError("it has pages that are not in it")
    left_out = list(other_keys(page, _PAGE, " of the page"))
    return items, left_out if is_page else [
        *left_out,
        *other_keys(whole, _WHOLE, " of the collection"),
    ]


def _annotation(note: PortableNote, dataset: str, own_id: str) -> dict[str, object]:
    data: Mapping[str, object] = as_data(note)
    words = note.words
    text = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown"}
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in note.tags]
    times = {"created": data["created"], "modified": data["changed"]}
    target: dict[str, object] = {
        "type": "SpecificResource",
        "source": urn(dataset, note.ref.kind, note.ref.id),
    }
    if words.anchor is not None:
        target["selector"] = {"type": "TextQuoteSelector", **asdict(words.anchor)}
    creator = {"creator": {"type": "Person", "name": note.author}} if note.author else {}
    return {
        "id": own_id,
        "type": "Annotation",
        **creator,
        **{key: time for key, time in times.items() if time is not None},
        "motivation": _motivation(note),
        "body": [{**text, "value": words.text}, *tags],
        "target": target,
        **{own: data[key] for own, key in OWN_TERMS.items() if data[key]},
    }


def _motivation(note: PortableNote) -> list[str]:
    only_marks = note.words.anchor is not None and not note.words.text.strip()
    first = "highlighting" if only_marks else "commenting"
    return [first, "tagging"] if note.tags else [first]
