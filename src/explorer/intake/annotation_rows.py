"""Annotations of Hypothesis and of the W3C as rows: the words that each marks, and their page.

What somebody wrote beside the words is a note and no part of the record. A tag that names a
field, such as “speaker:bessent”, says what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.intake.incoming import Incoming
from explorer.intake.table_files import Row, Table
from explorer.text.json_text import from_json
from explorer.text.sanitize import one_line, plain

WORDS, PAGE, TITLE = "exact", "uri", "page title"
HEADS = (WORDS, PAGE, TITLE, "created", "user", "comment", "tags")
COLUMNS: Mapping[str, str] = {WORDS: "text", PAGE: "source.address", TITLE: "source.title"}
"""The columns that are fields of a quote."""
_OWN = "urn:explorer:"
_MOST = 20_000


def read(file: Incoming) -> Table:
    """The annotations of a file that mark words. Raises IntakeError."""
    try:
        found = [*_listed(from_json(file.text))]
    except ValueError as error:
        raise file.refused(str(error)) from None
    if len(found) > _MOST:
        raise file.refused(f"it has more than {_MOST:,} annotations; divide it")
    rows = [_read(one) for one in found]
    if not rows:
        raise file.refused("it has no annotations")
    if all(cells[PAGE].startswith(_OWN) for cells, _ in rows):
        raise file.refused("these are notes on records; “explorer notes import” takes them")
    said = list(dict.fromkeys(key for _, tags in rows for key in tags))
    heads = (*HEADS, *said)
    made = tuple(
        Row(f"annotation {n}", n, tuple({**cells, **tags}.get(head, "") for head in heads))
        for n, (cells, tags) in enumerate(rows, 1)
    )
    return Table(file.name, heads, made, exact=True, remark=file.remark)


def _listed(whole: object) -> Iterator[Mapping[str, Any]]:
    """The annotations of a file, however they are listed. Raises ValueError."""
    if isinstance(whole, dict):
        inner = next((whole[k] for k in ("rows", "annotations", "items") if k in whole), None)
        if inner is None and isinstance(whole.get("first"), dict):
            inner = whole["first"].get("items")
        whole = [whole] if inner is None else inner
    if not isinstance(whole, list):
        raise ValueError("it is no list of annotations")
    for one in whole:
        if isinstance(one, dict) and ("target" in one or "uri" in one):
            yield one


def _read(one: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What an annotation says, and what its tags say of fields."""
    targets = [t for t in _several(one.get("target")) if isinstance(t, dict | str)]
    tags, texts = [*_tags(one)], [*_texts(one)]
    fields: dict[str, str] = {}
    others: list[str] = []
    for tag in tags:
        key, colon, value = tag.partition(":")
        if colon and key.strip() and value.strip() and "//" not in value:
            name = one_line(key).lower()
            fields[name] = "; ".join(filter(None, (fields.get(name), value.strip())))
        else:
            others.append(tag)
    cells = {
        WORDS: next(filter(None, map(_exact, targets)), ""),
        PAGE: _text(one.get("uri")) or next(filter(None, map(_page, targets)), ""),
        TITLE: _title(one, targets),
        "created": _text(one.get("created")),
        "user": _user(one),
        "comment": "\n\n".join(texts),
        "tags": "; ".join(others),
    }
    return {key: plain(text).strip() for key, text in cells.items()}, fields


def _several(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _text(value: object) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else ""


def _exact(target: object) -> str:
    """The words that a target quotes."""
    selectors = [*_several(target.get("selector"))] if isinstance(target, dict) else []
    while selectors:
        one = selectors.pop(0)
        if isinstance(one, dict):
            if exact := _text(one.get("exact")):
                return exact
            selectors += [*_several(one.get("refinedBy")), *_several(one.get("items"))][:10]
    return ""


def _page(target: object) -> str:
    """The address of what a target is in."""
    while isinstance(target, dict):
        target = target.get("source") or target.get("id")
    return target if isinstance(target, str) else ""


def _title(one: Mapping[str, Any], targets: Sequence[object]) -> str:
    document = one.get("document")
    if isinstance(document, dict) and (title := _text(document.get("title"))):
        return title
    sources = (t.get("source") for t in targets if isinstance(t, dict))
    return next(
        (_text(s.get("title") or s.get("name")) for s in sources if isinstance(s, dict)), ""
    )


def _user(one: Mapping[str, Any]) -> str:
    creator = one.get("user") or one.get("creator")
    named = creator.get("name") or creator.get("id") if isinstance(creator, dict) else creator
    return _text(named)


def _tags(one: Mapping[str, Any]) -> Iterator[str]:
    yield from (tag for tag in _several(one.get("tags")) if isinstance(tag, str))
    for body in _several(one.get("body")):
        if isinstance(body, dict) and "tagging" in str(body.get("purpose")):
            yield from filter(None, (_text(body.get("value")),))


def _texts(one: Mapping[str, Any]) -> Iterator[str]:
    for said in (one.get("text"), one.get("bodyValue")):
        yield from filter(None, (_text(said),))
    for body in _several(one.get("body")):
        if isinstance(body, dict) and "tagging" not in str(body.get("purpose")):
            yield from filter(None, (_text(body.get("value")),))
