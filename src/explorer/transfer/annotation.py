"""Annotations as the W3C has them, and those of other programs: the notes that are in them.

Of each the part that a note has a field for is read, and all else is named in `left_out`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from urllib.parse import quote, unquote

from explorer.text.sanitize import one_line
from explorer.transfer.import_file import ParsedNotes, RawNote, SourcePages, parse_all
from explorer.transfer.portable_note import ANCHOR_KEYS

OWN_TERMS = {
    "explorer:record_name": "name",
    "explorer:answers": "answers",
    "explorer:date": "date",
    "explorer:due": "due",
    "explorer:done": "done",
    "explorer:conflict_copy": "conflict_copy",
}
"""Our own properties, each with the field of a note that it holds."""
_WEB = ("http:", "https:")
_ITEM = (
    *("@context", "id", "type", "created", "modified", "motivation", "body", "bodyValue"),
    *("target", "creator", *OWN_TERMS),
)
_TARGET = ("id", "type", "source", "selector")
_PARTS = 3
"""Of what follows `urn:explorer:`: a dataset, a kind and an id."""
_BODY = ("type", "value", "purpose", "format")
_GROUPS = ("Choice", "List", "Composite", "Independents")
_TAGGING = {"tagging", "classifying"}
_COMMENTING = {"commenting", "describing", "highlighting"}
"""What every note does; another purpose is named."""
_TEXT_FORMATS = (None, "text/plain", "text/markdown", "text/html")


def urn(*parts: str) -> str:
    """How a record or a note of ours is named where names are addresses."""
    return ":".join(["urn:explorer", *(quote(part, safe="") for part in parts)])


def parse_annotations(
    items: Sequence[object], pages: SourcePages, left_out: Iterable[str] = ()
) -> ParsedNotes:
    """The notes in annotations; of those on pages that are no records only the number.

    Raises ValueError, naming each annotation that is not a note on a record.
    """
    targets = [target for item in items for target in _targets_of(item)]
    elsewhere = [target for target in targets if _is_elsewhere(target, pages)]
    if are_all := len(elsewhere) == len(targets):
        if any(str(_source_of(target)).startswith(_WEB) for target in elsewhere):
            raise ValueError("no source of this dataset has the address of a page in it")
    else:
        left_out = [*left_out, *["an annotation of a page that is no source here"] * len(elsewhere)]
    return parse_all(_notes(items, pages, with_elsewhere=are_all), "", left_out)


def is_a(found: object, kind: str) -> bool:
    """Whether something of JSON-LD is of that type."""
    if not isinstance(found, dict):
        return False
    return kind in (str(one).rpartition(":")[2] for one in listed(found.get("type")))


def listed(found: object) -> list[object]:
    """A value of JSON-LD, of which there may be none, one or several."""
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _purposes(found: object) -> list[str]:
    """Purposes or motivations, however they are named."""
    return [str(one).rpartition(":")[2].rpartition("#")[2] for one in listed(found)]


def other_keys(found: Mapping[str, object], known: tuple[str, ...], of: str = "") -> Iterator[str]:
    """The keys that are not known, for people."""
    for key, value in found.items():
        if key not in known and value not in (None, "", [], {}):
            yield f"“{one_line(str(key))}”{of}"


def _other_purposes(found: object, what: str) -> Iterator[str]:
    """The purposes that make more of it than a note."""
    for purpose in _purposes(found):
        if purpose not in _COMMENTING | _TAGGING:
            yield f"the {what} “{one_line(purpose)}”"


def _bodies(found: object, left_out: list[str]) -> tuple[str | None, list[str]]:
    """The text and the tags; None for no text at all. Several texts stand below one another."""
    texts: list[str] = []
    tags: list[str] = []
    for body in _flat(found, left_out):
        if not isinstance(body, dict) or not isinstance(body.get("value"), str):
            left_out.append("a body that is not in the file")
            continue
        left_out += other_keys(body, _BODY, " of a body")
        if _TAGGING.intersection(_purposes(body.get("purpose"))):
            tags.append(body["value"])
            continue
        left_out += _other_purposes(body.get("purpose"), "purpose")
        if body.get("format") not in _TEXT_FORMATS:
            left_out.append(f"the format “{one_line(str(body['format']))}”")
        is_html = body.get("format") == "text/html"
        texts.append(_text_of(body["value"]) if is_html else body["value"])
    if len(texts) > 1:
        texts = [text for text in texts if text.strip()]
    return ("\n\n".join(texts) if texts else None), tags


def _anchor(found: object, left_out: list[str]) -> dict[str, object] | None:
    """The words that a selector quotes."""
    quoting: dict[str, object] | None = None
    for selector in listed(found):
        if not isinstance(selector, dict):
            left_out.append("a selector that is not in the file")
            continue
        inner = _anchor(selector.get("refinedBy"), left_out)
        kind = one_line(str(selector.get("type")))
        quotes = kind.endswith("TextQuoteSelector") and str(selector.get("exact") or "").strip()
        if quotes and quoting is None:
            quoting = {key: selector.get(key) for key in ANCHOR_KEYS}
            left_out += other_keys(selector, ("type", "refinedBy", *ANCHOR_KEYS), " of a selector")
        else:
            left_out.append(f"the {kind}")
        quoting = inner or quoting
    return quoting


def _targets_of(item: object) -> list[object]:
    """What an annotation is on; None when it does not say."""
    return (listed(item.get("target")) if isinstance(item, dict) else []) or [None]


def _is_elsewhere(target: object, pages: SourcePages) -> bool:
    """Whether a target is a page or a file that is no record, and not meant as one of ours."""
    source = _source_of(target)
    is_named = isinstance(source, str) and source.strip() != ""
    return is_named and not str(source).startswith(f"{urn()}:") and pages(str(source)) is None


def _notes(
    items: Sequence[object], pages: SourcePages, *, with_elsewhere: bool
) -> Iterator[RawNote]:
    for number, item in enumerate(items, 1):
        place = f"annotation {number}"
        if not isinstance(item, dict) or not is_a(item, "Annotation"):
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
    left_out += _other_purposes(item.get("motivation"), "motivation")
    text, tags = _bodies(item.get("body"), left_out)
    if isinstance(more := item.get("bodyValue"), str):
        text = more if text is None else f"{text}\n\n{more}"
    selector = target.get("selector") if isinstance(target, dict) else None
    if isinstance(target, dict):
        left_out += other_keys(target, _TARGET, " of the target")
    words = _anchor(selector, left_out)
    is_marked = words is not None or "highlighting" in _purposes(item.get("motivation"))
    return dataset, {
        "id": _id_in(item.get("id"), dataset),
        "record": record,
        "author": _creator_of(item, left_out),
        "created": item.get("created"),
        "changed": item.get("modified"),
        "text": "" if text is None and (is_marked or tags) else text,
        "tags": tags,
        "anchor": words,
        **{key: item.get(own) for own, key in OWN_TERMS.items()},
    }


def _creator_of(item: Mapping[str, object], left_out: list[str]) -> str:
    """Who wrote one of ours; another program's own name for a person is none of a colleague."""
    creator = item.get("creator")
    is_ours = str(item.get("id")).startswith(f"{urn()}:")
    if is_ours and isinstance(creator, dict) and isinstance(name := creator.get("name"), str):
        left_out += other_keys(creator, ("type", "name"), " of the creator")
        return name
    if creator not in (None, "", [], {}):
        left_out.append("“creator”")
    return ""


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
    prefix = f"{urn(dataset)}:note:"
    if not isinstance(name, str) or not name.startswith(prefix):
        return ""
    return unquote(name.removeprefix(prefix).partition(":")[0])


def _text_of(html: str) -> str:
    """The words of HTML, a paragraph on a line of its own."""
    words = _HtmlText()
    words.feed(html)
    words.close()
    lines = "".join(words.parts).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip("\n")


def _flat(found: object, left_out: list[str]) -> Iterator[object]:
    for body in listed(found):
        if isinstance(body, dict) and body.get("type") in _GROUPS:
            items = listed(body.get("items"))
            if body["type"] == "Choice" and len(items) > 1:
                left_out.append("another choice of a body")
                items = items[:1]
            yield from _flat(items, left_out)
        else:
            yield body


class _HtmlText(HTMLParser):
    """Collects what is read of HTML."""

    _BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr")
    _UNREAD = ("script", "style", "title")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 -- its signature
        if tag in self._UNREAD:
            self._unread += 1
        if tag in self._BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._UNREAD and self._unread:
            self._unread -= 1
        if tag == "p":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data.replace("\n", " "))
