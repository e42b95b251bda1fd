"""Annotations of Hypothesis and of the W3C as rows: the words that each marks, and their page.

What somebody wrote beside the words is a note and no part of the record. A tag that names a
field, such as “speaker:bessent”, says what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.intake.incoming import Incoming
from explorer.intake.record_names import RecordNames
from explorer.intake.table_files import Row, Table
from explorer.record.labels import counted
from explorer.text.folding import fold
from explorer.text.json_text import from_json, from_json_lines
from explorer.text.sanitize import one_line, plain

WORDS, PAGE, TITLE = "exact", "uri", "page title"
HEADS = (WORDS, PAGE, TITLE, "created", "user", "comment", "tags")
COLUMNS: Mapping[str, str] = {WORDS: "text", PAGE: "source.address", TITLE: "source.title"}
"""The columns that are fields of a quote."""
_OWN = "urn:explorer:"
_MOST = 20_000
_TABLE: Mapping[str, str] = {
    "quote": WORDS,
    "url": PAGE,
    "created at": "created",
    "creation date": "created",
    "author": "user",
    "user": "user",
    "comment": "comment",
    "body": "comment",
    "tags": "tags",
}
"""The columns of what Hypothesis exports as CSV or TSV."""
_VOCABULARY = ("http://www.w3.org/ns/oa#", "oa:", "http://purl.org/dc/terms/", "dcterms:")
"""What begins the names of keys that are written in full."""
_IN_FULL: Mapping[str, str] = {
    "hasTarget": "target",
    "hasSource": "source",
    "hasSelector": "selector",
    "hasBody": "body",
    "hasPurpose": "purpose",
    "@id": "id",
    "@type": "type",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#value": "value",
    "rdf:value": "value",
}
_DEEPEST = 40

_Said = tuple[str, dict[str, str], dict[str, str]]
"""Where an annotation stands, what it says, and what its tags say of fields."""


def read(file: Incoming) -> Table:
    """The annotations of a file that mark words. Raises IntakeError."""
    try:
        whole = from_json(file.text)
    except ValueError as error:
        try:
            whole = from_json_lines(file.text)
        except ValueError:
            raise file.refused(str(error)) from None
    try:
        found = [*_listed(whole)]
    except ValueError as error:
        raise file.refused(str(error)) from None
    if len(found) > _MOST:
        raise file.refused(f"it has more than {_MOST:,} annotations; divide it")
    rows = [(f"annotation {n}", *_read(one)) for n, one in enumerate(found, 1)]
    if not rows:
        raise file.refused("it has no annotations")
    if all(cells[PAGE].startswith(_OWN) for _, cells, _ in rows):
        raise file.refused("these are notes on records; “explorer notes import” takes them")
    return _table(file, rows)


def is_table(table: Table) -> bool:
    """Whether it is a table of annotations, as Hypothesis exports them."""
    heads = set(map(fold, table.heads))
    return {"quote", "url", "tags", "group"} <= heads


def of_table(file: Incoming, table: Table) -> Table:
    """The annotations of a table that mark words. Raises IntakeError."""
    heads = [_TABLE.get(fold(head), "") for head in table.heads]
    rows: list[_Said] = []
    for row in table.rows:
        cells = {head: cell for head, cell in zip(heads, row.cells, strict=True) if head}
        fields, others = _of_tags(cells.get("tags", "").split(","))
        rows.append((row.place, {**cells, "tags": "; ".join(others)}, fields))
    return _table(file, rows)


def _table(file: Incoming, all_rows: Sequence[_Said]) -> Table:
    """A table of those annotations that mark words. Raises IntakeError when none does."""
    rows = [row for row in all_rows if row[1].get(WORDS)]
    take = "“explorer notes import” takes what was written there"
    if not rows:
        raise file.refused(f"none of its annotations marks words; {take}")
    said = list(dict.fromkeys(key for _, _, tags in rows for key in tags))
    heads = (*HEADS, *said)
    made = tuple(
        Row(place, int(place.split()[-1]), tuple({**cells, **tags}.get(h, "") for h in heads))
        for place, cells, tags in rows
    )
    remarks = [file.remark] if file.remark else []
    if passed := len(all_rows) - len(rows):
        what = counted(passed, "annotation")
        remarks.append(f"{what} without marked words, such as a reply, left behind; {take}")
    return Table(file.name, heads, made, exact=True, remark="; ".join(remarks))


def with_issues(table: Table, names: RecordNames) -> Table:
    """The same, with the tags that name an issue as what the words are about."""
    place = table.heads.index("tags")
    found = [
        [tag for tag in row.cells[place].split("; ") if names.only(("issue",), tag)]
        for row in table.rows
    ]
    if "issues" in table.heads or "issue" in table.heads or not any(found):
        return table
    rows = (
        Row(row.place, row.number, (*row.cells, "; ".join(tags)))
        for row, tags in zip(table.rows, found, strict=True)
    )
    return Table(table.name, (*table.heads, "issues"), tuple(rows), table.exact, table.remark)


def _is_in_full(one: object) -> bool:
    return isinstance(one, dict) and any(_short_key(key) == "target" != key for key in one)


def _in_short(value: Any, depth: int = 0) -> Any:
    """JSON-LD of which keys and values are written in full, as most programs write it."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        inner = [_in_short(each, depth + 1) for each in value]
        return inner[0] if len(inner) == 1 and depth else inner
    if not isinstance(value, dict):
        return value
    if "@value" in value:
        return value["@value"]
    if set(value) == {"@id"}:
        return value["@id"]
    return {_short_key(key): _in_short(each, depth + 1) for key, each in value.items()}


def _short_key(key: str) -> str:
    bare = next((key.removeprefix(each) for each in _VOCABULARY if key.startswith(each)), key)
    return _IN_FULL.get(bare, bare)


def _listed(whole: object) -> Iterator[Mapping[str, Any]]:
    """The annotations of a file, however they are listed. Raises ValueError."""
    if isinstance(whole, dict) and isinstance(whole.get("@graph"), list):
        whole = whole["@graph"]
    if _is_in_full(whole):
        whole = [whole]
    if isinstance(whole, list) and any(_is_in_full(each) for each in whole):
        whole = [_in_short(each) for each in whole]
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
    texts = [*_texts(one)]
    fields, others = _of_tags([*_tags(one)])
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


def _of_tags(tags: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """What tags say of fields, and the others."""
    fields: dict[str, str] = {}
    others: list[str] = []
    for tag in filter(None, map(str.strip, tags)):
        key, colon, value = tag.partition(":")
        if colon and key.strip() and value.strip() and "//" not in value:
            name = one_line(key).lower()
            fields[name] = "; ".join(filter(None, (fields.get(name), value.strip())))
        else:
            others.append(tag)
    return fields, others


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
