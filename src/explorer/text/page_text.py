"""The words of a web page that was saved: what a reader sees, less what the page is made of."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says how it is encoded."""
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
"""What browsers take in place of an encoding that lacks characters in use."""
_TAGS = 100_000
"""More than any page has: a file with more is made to keep its reader busy."""
_NOT_READ = ["script", "style", "template", "svg", "noscript"]
_APART = (
    "address,article,aside,blockquote,br,caption,dd,div,dl,dt,fieldset,figcaption,figure,footer,"
    "form,h1,h2,h3,h4,h5,h6,header,hr,legend,li,main,nav,ol,option,p,pre,section,table,td,th,"
    "title,tr,ul"
)
"""Elements at whose edges words do not run together."""


class TooManyTags(ValueError):  # noqa: N818 -- it says what is the matter with the page
    """A page that is no page."""


def page_text(data: bytes) -> str:
    """What a reader of a page sees, block by block. Raises TooManyTags."""
    from selectolax.lexbor import LexborHTMLParser  # of use here alone

    if data.count(b"<") > _TAGS:
        raise TooManyTags
    page = LexborHTMLParser(decoded(data))
    page.strip_tags(_NOT_READ)
    for element in page.css(_APART):
        element.insert_before("\n")
        element.insert_after("\n")
    root = page.root
    return root.text(deep=True, separator="") if root is not None else ""


def decoded(data: bytes) -> str:
    """Bytes as text: by their mark, by what the page says, as UTF-8, or as browsers guess."""
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if found := _DECLARED.search(data[:_HEAD]):
        name = found[1].decode("ascii").lower()
        try:
            return data.decode(_WIDER.get(name, name), "replace")
        except (LookupError, ValueError):
            pass  # it names no encoding of text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
