"""The sources as BibLaTeX, which LaTeX, Zotero, JabRef and pandoc read.

Text stays in its own letters, with what TeX would act on spelled out. Names are held together by
braces: they are of newspapers and ministries as often as of persons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from explorer.exports import MADE_BY
from explorer.exports.exported import Exported
from explorer.exports.source_items import Item, authors, day, items, note, title
from explorer.record.labels import languages
from explorer.text.sanitize import one_line

_HEAD = f"% Written by {MADE_BY}: "
_SPELLED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
}
_ACTING = re.compile(f"[{re.escape(''.join(_SPELLED))}]")
_TYPES: Mapping[str, tuple[str, str]] = {
    "article-newspaper": ("article", "newspaper"),
    "legislation": ("online", "legislation"),
}
"""The type of an entry and what it is more closely, by the type of CSL; others are pages."""
_PAGE = ("online", "")


def pieces(exported: Exported, write: Callable[[Item], str] | None = None) -> Iterator[str]:
    """A line that says of what these are, and then the entries, which `write` may write."""
    # BibTeX knows no comments: wherever this sign stands an entry begins.
    name = one_line(exported.view.index.dataset.negotiation.name).replace("@", "(at)")
    yield f"{_HEAD}{name}\n"
    for item in items(exported):
        yield f"\n{(write or _entry)(item)}"


def is_ours(beginning: bytes) -> bool:
    """Whether its first line says so."""
    return beginning.startswith(_HEAD.encode())


def _entry(item: Item) -> str:
    type_, more = _TYPES.get(item["type"], _PAGE)
    said = parts(item)
    publisher = "journaltitle" if type_ == "article" else "organization"
    fields = {
        "entrysubtype": more,
        "author": said["author"],
        "title": said["title"],
        publisher: said["publisher"],
        "date": written(day(item, "issued")),
        "url": said["url"],
        "urldate": said["urldate"],
        "langid": said["langid"],
        # What is noted is for who cites it, and `note` would be printed.
        "annotation": said["annotation"],
        "addendum": said["archived"],
    }
    return entry(type_, item["id"], fields)


def parts(item: Item) -> Mapping[str, str]:
    """What BibTeX and BibLaTeX both have a field for, as it stands there."""
    return {
        "author": " and ".join(f"{{{_spelled(name)}}}" for name in authors(item)),
        "title": f"{{{_spelled(title(item))}}}",
        "publisher": _spelled(item.get("container-title", "")),
        "url": _address(item.get("URL", "")),
        "urldate": written(day(item, "accessed")),
        "langid": languages().get(item.get("language", ""), "").lower(),
        "annotation": _spelled(note(item)),
        "archived": _archived(item),
    }


def entry(
    type_: str, key: str, fields: Mapping[str, str], words: Mapping[str, str] | None = None
) -> str:
    """An entry of what is not empty; `words` are such as stand without braces."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    braced = {name: f"{{{value}}}" for name, value in fields.items() if value}
    bare = {name: value for name, value in (words or {}).items() if value}
    listed = [Field(name, value) for name, value in (braced | bare).items()]
    return write_string(Library([Entry(type_, key, listed)]), unparse_stack=[])


def _spelled(text: str) -> str:
    text = one_line(text)
    if not _is_balanced(text):  # braces are counted, even those that are spelled out
        text = text.translate({ord("{"): "(", ord("}"): ")"})
    return _ACTING.sub(lambda sign: _SPELLED[sign[0]], text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _address(text: str) -> str:
    """An address as it is, for what TeX would act on stands for itself in one; but braces."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _archived(item: Item) -> str:
    address = item.get("archive_location", "")
    return f"Archived at \\url{{{_address(address)}}}" if address else ""


def written(parts: Sequence[int]) -> str:
    """A day as far as it is known, “2025-10”."""
    return "-".join(f"{part:02}" for part in parts)
