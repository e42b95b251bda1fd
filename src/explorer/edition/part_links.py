"""What leads from one part of a long page to the others."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.edition import addresses

_NEAR = 2
"""Parts on either side that are named."""


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
