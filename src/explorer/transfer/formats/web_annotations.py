"""Notes as a collection of W3C Web Annotations, for programs that know those.

Each note is an Annotation: its text a body in Markdown, its tags bodies of their own, and
its target the record, named `urn:explorer:DATASET:KIND:ID`, or the quoted words in it. What
the W3C has no words for stands under our own, so that nothing is lost on the way back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, unquote

from explorer.transfer.annotation import (
    NO_SOURCE,
    NO_SOURCES,
    anchor,
    bodies,
    listed,
    other_keys,
    other_purposes,
    purposes,
)
from explorer.transfer.import_file import ImportFile, SourcePages
from explorer.transfer.json_text import as_json, check_version
from explorer.transfer.parsed_notes import ParsedNotes, RawNote, parse_all
from explorer.transfer.portable_note import NotesToExport, PortableNote, anchor_data, as_data

VERSION = 1
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"explorer": "urn:explorer:terms#"},
]
_OWN = {
    "explorer:record_name": "name",
    "explorer:date": "date",
    "explorer:due": "due",
    "explorer:done": "done",
    "explorer:conflict_copy": "conflict_copy",
}
"""Our own properties, each with the field of a note that it holds."""
_WEB = ("http:", "https:")
_COLLECTION = "AnnotationCollection"
_WHOLE = ("@context", "id", "type", "label", "explorer:version", "total", "first", "last", "items")
_PAGE = ("@context", "id", "type", "partOf", "startIndex", "items", "next", "prev")
_ITEM = (
    *("@context", "id", "type", "created", "modified", "motivation", "body", "bodyValue"),
    *("target", *_OWN),
)
_TARGET = ("id", "type", "source", "selector")
_PARTS = 3
"""Of what follows `urn:explorer:`: a dataset, a kind and an id."""


def recognizes(file: ImportFile) -> bool:
    """Whether it has Web Annotations, in any of the ways to list them."""
    return _is_annotations(file.json_or_none)


def write(export: NotesToExport) -> str:
    collection = f"{_urn(export.dataset)}:notes"
    copies: Counter[str] = Counter()
    items = []
    for note in export.notes:
        own_id = f"{_urn(export.dataset)}:note:{quote(note.id, safe='')}"
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
    whole, pages = file.json, file.pages
    if isinstance(whole, dict) and "explorer:version" in whole:
        check_version(whole["explorer:version"], VERSION)
    items, left_out = _listed_in(whole)
    targets = [target for item in items for target in _targets_of(item)]
    elsewhere = [target for target in targets if _is_elsewhere(target, pages)]
    if is_mixed := len(elsewhere) < len(targets):
        left_out += [NO_SOURCE] * len(elsewhere)
    elif targets and all(str(_source_of(target)).startswith(_WEB) for target in elsewhere):
        raise ValueError(NO_SOURCES)
    return parse_all(_notes(items, pages, with_elsewhere=not is_mixed), "", left_out)


def _is_annotations(whole: object) -> bool:
    if isinstance(whole, list):
        return bool(whole) and all(_is_a(one, "Annotation") for one in whole)
    return any(_is_a(whole, kind) for kind in ("Annotation", "AnnotationPage", _COLLECTION))


def _listed_in(whole: object) -> tuple[list[object], list[str]]:
    """The annotations of a file, and what else it says."""
    if isinstance(whole, list) and _is_annotations(whole):
        return whole, []
    if not isinstance(whole, dict) or not _is_annotations(whole):
        raise ValueError("it is not an AnnotationCollection, nor a list of annotations")
    if _is_a(whole, "Annotation"):
        return [whole], []
    is_page = _is_a(whole, "AnnotationPage")
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


def _is_a(found: object, kind: str) -> bool:
    if not isinstance(found, dict):
        return False
    return kind in (str(one).rpartition(":")[2] for one in listed(found.get("type")))


def _targets_of(item: object) -> list[object]:
    """What an annotation is on; None when it does not say."""
    return (listed(item.get("target")) if isinstance(item, dict) else []) or [None]


def _is_elsewhere(target: object, pages: SourcePages) -> bool:
    """Whether a target is a page or a file that is no record, and not meant as one of ours."""
    source = _source_of(target)
    is_named = isinstance(source, str) and source.strip() != ""
    return is_named and not str(source).startswith(f"{_urn()}:") and pages(str(source)) is None


def _urn(*parts: str) -> str:
    return ":".join(["urn:explorer", *(quote(part, safe="") for part in parts)])


def _annotation(note: PortableNote, dataset: str, own_id: str) -> dict[str, object]:
    data, words = as_data(note), note.words
    text = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown"}
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in note.tags]
    times = {"created": data["created"], "modified": data["changed"]}
    target: dict[str, object] = {
        "type": "SpecificResource",
        "source": _urn(dataset, note.ref.kind, note.ref.id),
    }
    if words.anchor is not None:
        target["selector"] = {"type": "TextQuoteSelector", **anchor_data(words.anchor)}
    return {
        "id": own_id,
        "type": "Annotation",
        **{key: time for key, time in times.items() if time is not None},
        "motivation": _motivation(note),
        "body": [{**text, "value": words.text}, *tags],
        "target": target,
        **{own: data[key] for own, key in _OWN.items() if data[key]},
    }


def _motivation(note: PortableNote) -> list[str]:
    only_marks = note.words.anchor is not None and not note.words.text.strip()
    first = "highlighting" if only_marks else "commenting"
    return [first, "tagging"] if note.tags else [first]


def _notes(
    items: Sequence[object], pages: SourcePages, *, with_elsewhere: bool
) -> Iterator[RawNote]:
    for number, item in enumerate(items, 1):
        place = f"annotation {number}"
        if not isinstance(item, dict) or not _is_a(item, "Annotation"):
            yield RawNote(place, ValueError("it is not an Annotation"))
            continue
        for target in _targets_of(item):
            if not with_elsewhere and _is_elsewhere(target, pages):
                continue
            left_out: list[str] = []
            try:
                dataset, data = _data_of(item, target, pages, left_out)
                yield RawNote(place, data, dataset, tuple(left_out))
            except ValueError as error:
                yield RawNote(place, error)


def _data_of(
    item: Mapping[str, object], target: object, pages: SourcePages, left_out: list[str]
) -> tuple[str, dict[str, object]]:
    dataset, record = _named_by(_source_of(target), pages)
    left_out += other_keys(item, _ITEM)
    left_out += other_purposes(item.get("motivation"), "motivation")
    text, tags = bodies(item.get("body"), left_out)
    if isinstance(more := item.get("bodyValue"), str):
        text = more if text is None else f"{text}\n\n{more}"
    selector = target.get("selector") if isinstance(target, dict) else None
    if isinstance(target, dict):
        left_out += other_keys(target, _TARGET, " of the target")
    words = anchor(selector, left_out)
    is_marked = words is not None or "highlighting" in purposes(item.get("motivation"))
    return dataset, {
        "id": _id_in(item.get("id"), dataset),
        "record": record,
        "created": item.get("created"),
        "changed": item.get("modified"),
        "text": "" if text is None and (is_marked or tags) else text,
        "tags": tags,
        "anchor": words,
        **{key: item.get(own) for own, key in _OWN.items()},
    }


def _source_of(target: object) -> object:
    """What a target is of: its address or name."""
    if not isinstance(target, dict):
        return target
    source = target.get("source") or target.get("id")
    return source.get("id") if isinstance(source, dict) else source


def _named_by(source: object, pages: SourcePages) -> tuple[str, str]:
    """The dataset and the record that a target names."""
    if isinstance(source, str) and (ref := pages(source)) is not None:
        return "", str(ref)
    parts = source.split(":") if isinstance(source, str) else []
    if parts[:2] != ["urn", "explorer"] or len(parts) != 2 + _PARTS:
        raise ValueError("its target is not a record of a dataset")
    dataset, kind, slug = map(unquote, parts[2:])
    return dataset, f"{kind}:{slug}"


def _id_in(name: object, dataset: str) -> str:
    """The note's id from the annotation's; nothing when another program named it."""
    prefix = f"{_urn(dataset)}:note:"
    if not isinstance(name, str) or not name.startswith(prefix):
        return ""
    return unquote(name.removeprefix(prefix).partition(":")[0])
