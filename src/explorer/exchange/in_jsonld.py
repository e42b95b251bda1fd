"""Notes as a collection of W3C Web Annotations, for programs that know those.

Each note is an Annotation: its text a body in Markdown, its tags bodies of their own, and
its target the record, named `urn:explorer:DATASET:KIND:ID`, or the quoted words in it. What
the W3C has no words for stands under our own, so that nothing is lost on the way back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from explorer.exchange.foreign import ANCHOR_KEYS, Foreign, as_data
from explorer.exchange.in_json import as_json, check_version, parsed
from explorer.exchange.reading import Telling, found_in

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


def understood(text: str) -> list[Foreign]:
    """The notes that a file tells of; what is known to other programs only is passed over.

    Raises ValueError, naming each annotation that is not a note on a record.
    """
    whole = parsed(text)
    if not isinstance(whole, dict) or whole.get("type") != "AnnotationCollection":
        raise ValueError("it is not an AnnotationCollection")
    check_version(whole.get("explorer:version"), VERSION)
    page = whole.get("first")
    listed = page.get("items") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(listed, list):
        raise ValueError("its first page is not in it")
    if "next" in page:
        raise ValueError("it has pages that are not in it")
    return found_in(_tellings(listed), "")


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


def _tellings(items: Sequence[object]) -> Iterator[Telling]:
    for number, item in enumerate(items, 1):
        place = f"annotation {number}"
        try:
            dataset, data = _told_by(item)
            yield Telling(place, data, dataset)
        except ValueError as error:
            yield Telling(place, error)


def _told_by(item: object) -> tuple[str, dict[str, Any]]:
    if not isinstance(item, dict) or item.get("type") != "Annotation":
        raise ValueError("it is not an Annotation")
    target = item.get("target")
    if not isinstance(target, dict):
        raise ValueError("its target is not a record of a dataset")
    dataset, record = _named_by(target.get("source"))
    return dataset, {
        "id": _id_in(item.get("id"), dataset),
        "record": record,
        "created": item.get("created"),
        "changed": item.get("modified"),
        "text": _text_in(item.get("body")),
        "anchor": _anchor_in(target.get("selector")),
        **{key: item.get(own) for own, key in _OWN.items()},
    }


def _named_by(source: object) -> tuple[str, str]:
    """The dataset and the record that a target names."""
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


def _text_in(body: object) -> object:
    bodies = body if isinstance(body, list) else [body]
    texts = [
        found.get("value")
        for found in bodies
        if isinstance(found, dict) and found.get("purpose", "commenting") == "commenting"
    ]
    if len(texts) > 1:
        raise ValueError("it has more than one text")
    return texts[0] if texts else None


def _anchor_in(selector: object) -> dict[str, Any] | None:
    if selector is None:
        return None
    if not isinstance(selector, Mapping) or selector.get("type") != "TextQuoteSelector":
        raise ValueError("its selector is not a TextQuoteSelector")
    return {key: selector.get(key) for key in ANCHOR_KEYS}
