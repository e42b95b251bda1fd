"""Notes as a collection of W3C Web Annotations, for programs that know those.

Each note is an Annotation: its text a body in Markdown, its tags bodies of their own, and
its target the record, named `urn:explorer:DATASET:KIND:ID`, or the quoted words in it. What
the W3C has no words for stands under our own, so that nothing is lost on the way back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from explorer.transfer.annotation import (
    NO_SOURCE,
    NO_SOURCES,
    Pages,
    anchor,
    bodies,
    listed,
    other_keys,
    other_purposes,
    purposes,
)
from explorer.transfer.formats.json_notes import as_json, check_version
from explorer.transfer.parsed_notes import Read, Telling, found_in
from explorer.transfer.portable_note import Foreign, as_data

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
"""Our words, and what they tell of a note."""
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


def written(notes: Sequence[Foreign], dataset: str) -> str:
    """The text of the file."""
    collection = f"{_urn(dataset)}:notes"
    numbers: dict[str, int] = {}
    items = []
    for note in notes:
        own = f"{_urn(dataset)}:note:{quote(note.id, safe='')}"
        if note.is_copy:
            numbers[own] = numbers.get(own, 0) + 1
            own = f"{own}:copy-{numbers[own]}"
        items.append(_annotation(note, dataset, own))
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
            "type": "AnnotationCollection",
            "label": f"Notes on {dataset}",
            "explorer:version": VERSION,
            "total": len(items),
            "first": page,
        }
    )


def is_annotations(whole: object) -> bool:
    """Whether a file has Web Annotations, in any of the ways to list them."""
    if isinstance(whole, list):
        return bool(whole) and all(_is_a(one, "Annotation") for one in whole)
    return any(_is_a(whole, kind) for kind in ("Annotation", "AnnotationPage", _COLLECTION))


def understood(whole: object, pages: Pages) -> Read:
    """The notes that a file tells of; what notes have no place for is named.

    Raises ValueError, naming each annotation that is not a note on a record.
    """
    if isinstance(whole, dict) and "explorer:version" in whole:
        check_version(whole["explorer:version"], VERSION)
    items, aside = _listed_in(whole)
    targets = [target for item in items for target in _targets_of(item)]
    elsewhere = [target for target in targets if _is_elsewhere(target, pages)]
    if len(elsewhere) < len(targets):
        aside += [NO_SOURCE] * len(elsewhere)
        return found_in(_tellings(items, pages, with_elsewhere=False), "", aside)
    if targets and all(str(_source_of(target)).startswith(_WEB) for target in elsewhere):
        raise ValueError(NO_SOURCES)
    return found_in(_tellings(items, pages, with_elsewhere=True), "", aside)


def _listed_in(whole: object) -> tuple[list[object], list[str]]:
    """The annotations of a file, and what else it says."""
    if isinstance(whole, list) and is_annotations(whole):
        return whole, []
    if not isinstance(whole, dict) or not is_annotations(whole):
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
    aside = list(other_keys(page, _PAGE, " of the page"))
    return items, aside if is_page else [*aside, *other_keys(whole, _WHOLE, " of the collection")]


def _is_a(found: object, kind: str) -> bool:
    if not isinstance(found, dict):
        return False
    return kind in (str(one).rpartition(":")[2] for one in listed(found.get("type")))


def _targets_of(item: object) -> list[object]:
    """What an annotation is on; None when it does not say."""
    return (listed(item.get("target")) if isinstance(item, dict) else []) or [None]


def _is_elsewhere(target: object, pages: Pages) -> bool:
    """Whether a target is a page or a file that is no record, and not meant as one of ours."""
    source = _source_of(target)
    is_named = isinstance(source, str) and source.strip() != ""
    return is_named and not str(source).startswith(f"{_urn()}:") and pages(str(source)) is None


def _urn(*parts: str) -> str:
    return ":".join(["urn:explorer", *(quote(part, safe="") for part in parts)])


def _annotation(note: Foreign, dataset: str, own_name: str) -> dict[str, Any]:
    data = as_data(note)
    text = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown"}
    tags = [
        {"type": "TextualBody", "purpose": "tagging", "value": tag}
        for tag in data["tags"]
    ]  # fmt: skip
    times = {"created": data["created"], "modified": data["changed"]}
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": _urn(dataset, note.ref.kind, note.ref.id),
    }
    if data["anchor"] is not None:
        target["selector"] = {"type": "TextQuoteSelector", **data["anchor"]}
    return {
        "id": own_name,
        "type": "Annotation",
        **{key: time for key, time in times.items() if time is not None},
        "motivation": _motivation(note, bool(tags)),
        "body": [{**text, "value": note.words.text}, *tags],
        "target": target,
        **{own: data[key] for own, key in _OWN.items() if data[key]},
    }


def _motivation(note: Foreign, has_tags: bool) -> list[str]:
    only_marks = note.words.anchor is not None and not note.words.text.strip()
    first = "highlighting" if only_marks else "commenting"
    return [first, "tagging"] if has_tags else [first]


def _tellings(items: Sequence[object], pages: Pages, *, with_elsewhere: bool) -> Iterator[Telling]:
    for number, item in enumerate(items, 1):
        place = f"annotation {number}"
        if not isinstance(item, dict) or not _is_a(item, "Annotation"):
            yield Telling(place, ValueError("it is not an Annotation"))
            continue
        for target in _targets_of(item):
            if not with_elsewhere and _is_elsewhere(target, pages):
                continue
            aside: list[str] = []
            try:
                dataset, data = _told_by(item, target, pages, aside)
                yield Telling(place, data, dataset, tuple(aside))
            except ValueError as error:
                yield Telling(place, error)


def _told_by(
    item: Mapping[str, Any], target: object, pages: Pages, aside: list[str]
) -> tuple[str, dict[str, Any]]:
    dataset, record = _named_by(_source_of(target), pages)
    aside += other_keys(item, _ITEM)
    aside += other_purposes(item.get("motivation"), "motivation")
    text, tags = bodies(item.get("body"), aside)
    if isinstance(more := item.get("bodyValue"), str):
        text = more if text is None else f"{text}\n\n{more}"
    selector = target.get("selector") if isinstance(target, dict) else None
    if isinstance(target, dict):
        aside += other_keys(target, _TARGET, " of the target")
    words = anchor(selector, aside)
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


def _named_by(source: object, pages: Pages) -> tuple[str, str]:
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
