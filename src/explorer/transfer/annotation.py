"""What other programs say in an annotation: the bodies, targets and selectors of the W3C.

Of each the part that a note has a field for is read, and all else is named in `left_out`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from explorer.text.sanitize import one_line
from explorer.transfer.portable_note import ANCHOR_KEYS

NO_SOURCE = "an annotation of a page that is no source here"
NO_SOURCES = "no source of this dataset has the address of a page in it"

_BODY = ("type", "value", "purpose", "format")
_GROUPS = ("Choice", "List", "Composite", "Independents")
_TAGGING = {"tagging", "classifying"}
_COMMENTING = {"commenting", "describing", "highlighting"}
"""What every note does; another purpose is named."""
_TEXT_FORMATS = (None, "text/plain", "text/markdown", "text/html")


def listed(found: object) -> list[object]:
    """A value of JSON-LD, of which there may be none, one or several."""
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def purposes(found: object) -> list[str]:
    """Purposes or motivations, however they are named."""
    return [str(one).rpartition(":")[2].rpartition("#")[2] for one in listed(found)]


def other_keys(found: Mapping[str, object], known: tuple[str, ...], of: str = "") -> Iterator[str]:
    """The keys that are not known, for people."""
    for key, value in found.items():
        if key not in known and value not in (None, "", [], {}):
            yield f"“{one_line(str(key))}”{of}"


def other_purposes(found: object, what: str) -> Iterator[str]:
    """The purposes that make more of it than a note."""
    for purpose in purposes(found):
        if purpose not in _COMMENTING | _TAGGING:
            yield f"the {what} “{one_line(purpose)}”"


def bodies(found: object, left_out: list[str]) -> tuple[str | None, list[str]]:
    """The text and the tags; None for no text at all. Several texts stand below one another."""
    texts: list[str] = []
    tags: list[str] = []
    for body in _flat(found, left_out):
        if not isinstance(body, dict) or not isinstance(body.get("value"), str):
            left_out.append("a body that is not in the file")
            continue
        left_out += other_keys(body, _BODY, " of a body")
        if _TAGGING.intersection(purposes(body.get("purpose"))):
            tags.append(body["value"])
            continue
        left_out += other_purposes(body.get("purpose"), "purpose")
        if body.get("format") not in _TEXT_FORMATS:
            left_out.append(f"the format “{one_line(str(body['format']))}”")
        is_html = body.get("format") == "text/html"
        texts.append(text_of(body["value"]) if is_html else body["value"])
    if len(texts) > 1:
        texts = [text for text in texts if text.strip()]
    return ("\n\n".join(texts) if texts else None), tags


def anchor(found: object, left_out: list[str]) -> dict[str, object] | None:
    """The words that a selector quotes."""
    quoting: dict[str, object] | None = None
    for selector in listed(found):
        if not isinstance(selector, dict):
            left_out.append("a selector that is not in the file")
            continue
        inner = anchor(selector.get("refinedBy"), left_out)
        kind = one_line(str(selector.get("type")))
        quotes = kind.endswith("TextQuoteSelector") and str(selector.get("exact") or "").strip()
        if quotes and quoting is None:
            quoting = {key: selector.get(key) for key in ANCHOR_KEYS}
            left_out += other_keys(selector, ("type", "refinedBy", *ANCHOR_KEYS), " of a selector")
        else:
            left_out.append(f"the {kind}")
        quoting = inner or quoting
    return quoting


def text_of(html: str) -> str:
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
