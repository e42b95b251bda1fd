"""The sources as BibTeX, for the styles of journals that know no BibLaTeX.

BibTeX knows neither web pages nor days: a page is `misc`, with its publisher as how it was
published, and its day is left out. What stands in the fields is spelled as in BibLaTeX.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explorer.exports import bib_file
from explorer.exports.bib_file import entry, is_ours, parts
from explorer.exports.exported import Exported
from explorer.exports.source_items import Item, day

__all__ = ["is_ours", "pieces"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""The names that every style knows, and writes in its own words."""


def pieces(exported: Exported) -> Iterator[str]:
    """A line that says of what these are, and then the entries."""
    return bib_file.pieces(exported, _entry)


def _entry(item: Item) -> str:
    common = parts(item)
    issued = day(item, "issued")
    is_article = item["type"] == "article-newspaper"
    publisher = common["publisher"]
    fields: Mapping[str, str] = {
        "author": common["author"],
        # Who is named by no author is sorted by this.
        "key": "" if common["author"] else publisher,
        "title": common["title"],
        "journal" if is_article else "howpublished": publisher,
        "year": f"{issued[0]:04}" if issued else "",
        "url": common["url"],
        "urldate": common["urldate"],
        "note": common["archived"],
        "language": common["langid"],
        "annote": common["annotation"],
    }
    month = _MONTHS[issued[1] - 1] if len(issued) > 1 else ""
    return entry("article" if is_article else "misc", item["id"], fields, {"month": month})
