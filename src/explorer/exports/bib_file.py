"""The sources as BibLaTeX, which LaTeX, Zotero, JabRef and pandoc read.

Text stays in its own letters, with what TeX would act on spelled out. Names are held together by
braces: they are of newspapers and ministries as often as of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

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


def pieces(exported: Exported) -> Iterator[str]:
    """A line that says of what these are, and then the entries."""
    # BibTeX knows no comments: wherever this sign stands an entry begins.
    name = one_line(exported.view.index.dataset.negotiation.name).replace("@", "(at)")
    yield f"{_HEAD}{name}\n"
    for item in items(exported):
        yield f"\n{_entry(item)}"


def is_ours(beginning: bytes) -> bool:
    """Whether its first line says so."""
    return beginning.startswith(_HEAD.encode())


def _entry(item: Item) -> str:
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    type_, more = _TYPES.get(item["type"], _PAGE)
    fields = {
        "entrysubtype": more,
        "author": " and ".join(f"{{{_spelled(name)}}}" for name in authors(item)),
        "title": f"{{{_spelled(title(item))}}}",
        "journaltitle" if type_ == "article" else "organization": _spelled(
            item.get("container-title", "")
        ),
        "date": _written(day(item, "issued")),
        "url": _address(item.get("URL", "")),
        "urldate": _written(day(item, "accessed")),
        "langid": languages().get(item.get("language", ""), "").lower(),
        # What is noted is for who cites it, and `note` would be printed.
        "annotation": _spelled(note(item)),
        "addendum": _archived(item),
    }
    listed = [Field(name, f"{{{value}}}") for name, value in fields.items() if value]
    library = Library([Entry(type_, item["id"], listed)])
    return write_string(library, unparse_stack=[])


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


def _written(parts: Sequence[int]) -> str:
    return "-".join(f"{part:02}" for part in parts)
