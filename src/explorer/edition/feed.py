"""For sites and readers that look by themselves: all addresses, and what became public last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest

from explorer.documents.html_body import plain_text
from explorer.edition import addresses
from explorer.record import labels
from explorer.record.model import Ref
from explorer.view import View

_MOST = 45_000
"""Addresses of one file; 50,000 is what readers of them take."""
_NEWEST = 60
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(paths: Sequence[str], base_url: str) -> Iterator[tuple[str, str]]:
    """Every address, in one file or in several that one lists."""
    files = [paths[start : start + _MOST] for start in range(0, len(paths), _MOST)]
    if len(files) == 1:
        yield "sitemap.xml", _listed("urlset", "url", files[0], base_url)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    for name, listed in zip(names, files, strict=True):
        yield name, _listed("urlset", "url", listed, base_url)
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", names, base_url)


def _listed(whole: str, each: str, paths: Sequence[str], base_url: str) -> str:
    lines = "\n".join(
        f"<{each}><loc>{plain_text(base_url + path)}</loc></{each}>" for path in paths
    )
    return f'{_XML}<{whole} xmlns="{_SITEMAP}">\n{lines}\n</{whole}>\n'


def feed(view: View, base_url: str, about: Callable[[Ref], str]) -> tuple[str, str]:
    """The records that became public last, as Atom; `about` says a sentence about each."""
    index = view.index
    kinds = [kind for kind in labels.KIND_PLURALS if kind != "source"]
    public = ((index.day_public(ref), ref) for kind in kinds for ref in index.refs(kind))
    newest = nlargest(_NEWEST, (pair for pair in public if pair[0] <= view.as_of))
    lines = [
        f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{plain_text(index.dataset.negotiation.name)}</title>",
        f"<id>{plain_text(base_url)}</id>",
        f"<author><name>{plain_text(index.dataset.negotiation.name)}</name></author>",
        f'<link href="{plain_text(base_url)}"/>',
        f'<link rel="self" href="{plain_text(base_url)}feed.xml"/>',
        f"<updated>{(newest[0][0] if newest else view.as_of).isoformat()}T00:00:00Z</updated>",
    ]
    for day, ref in newest:
        leads = plain_text(base_url + addresses.of_record(ref))
        title = f"{labels.KIND_NAMES[ref.kind]}: {labels.title(index, ref)}"
        lines += (
            "<entry>",
            f"<title>{plain_text(title)}</title>",
            f'<id>{leads}</id><link href="{leads}"/>',
            f"<updated>{day.isoformat()}T00:00:00Z</updated>",
            f"<summary>{plain_text(about(ref))}</summary>",
            "</entry>",
        )
    return "feed.xml", "\n".join((*lines, "</feed>", ""))
