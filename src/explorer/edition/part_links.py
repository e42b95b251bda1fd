"""What leads about in a long page: to its sections, and from one part of it to the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.documents.html_body import Place, set_as_text
from explorer.edition import addresses

_NEAR = 2
"""Parts on either side that are named."""

_FEWEST, _MOST = 3, 60
"""Sections that are worth a list of them."""


def section_links(places: Sequence[Place]) -> str:
    """Links to the sections of a page; nothing for one of few."""
    if not _FEWEST <= len(places) <= _MOST:
        return ""
    lines = "\n".join(
        f'<li><a href="#{place.id}">{set_as_text(place.heading)}</a></li>' for place in places
    )
    return f'<nav class="sections" aria-label="On this page">\n<ul>\n{lines}\n</ul>\n</nav>'


def part_links(path: str, number: int, of: int, *, at_the_end: bool = False) -> str:
    """Links to the parts near one, and to the first and the last; nothing for a page of one."""
    if of == 1:
        return ""
    lines = "\n".join(_links(path.rpartition("/")[2], number, of))
    name = "Parts of this page, again" if at_the_end else "Parts of this page"
    return f'<nav class="parts" aria-label="{name}">\n<ul>\n{lines}\n</ul>\n</nav>'


def _links(name: str, number: int, of: int) -> Iterator[str]:
    shown = {1, of, *range(max(number - _NEAR, 1), min(number + _NEAR, of) + 1)}
    before = 0
    for other in sorted(shown):
        if other > before + 1:
            yield "<li>…</li>"
        before = other
        here = ' aria-current="page"' if other == number else ""
        rel = {number - 1: ' rel="prev"', number + 1: ' rel="next"'}.get(other, "")
        part = addresses.of_part(name, other)
        yield f'<li><a href="{part}"{rel}{here} aria-label="Part {other} of {of}">{other}</a></li>'
