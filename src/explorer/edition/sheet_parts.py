"""A sheet that is too long for one page, in parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from explorer.documents.sheet import Block, Sheet

MOST = 400
"""Blocks of a page, about: it then loads at once on a telephone too."""


def parts(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet in parts of about as many blocks each, under the headings that they are under.

    The numbers of sources are those of the whole; each part lists those that it cites.
    """
    body = sheet.body
    if len(body) <= MOST:
        yield sheet
        return
    cut = [0, *_cuts(body), len(body)]
    marked = [_marked(body[start:end]) for start, end in pairwise(cut)]
    unmarked = sheet.cited.keys() - set().union(*marked)
    headings: list[Block] = []
    for number, (start, end) in enumerate(pairwise(cut)):
        above = _still_open(headings, body[start]) if number else []
        here = marked[number] if number else marked[number] | unmarked
        yield replace(
            sheet,
            blocks=[*above, *body[start:end]],
            cited={slug: place for slug, place in sheet.cited.items() if slug in here},
            notes=() if number else sheet.notes,
            _ends=None,
        )
        for block in body[start:end]:
            if block.kind == "heading":
                headings = [*_still_open(headings, block), block]


def _cuts(body: Sequence[Block]) -> Iterator[int]:
    """Where the parts after the first begin: never between a statement and what is beneath it."""
    begun = 0
    for number, block in enumerate(body):
        after_heading = number > 0 and body[number - 1].kind == "heading"
        is_free = block.kind == "heading" or (block.depth == 0 and not after_heading)
        if number - begun >= MOST and is_free:
            begun = number
            yield number


def _still_open(headings: Sequence[Block], block: Block) -> list[Block]:
    """The headings that a block stands under."""
    if block.kind != "heading":
        return list(headings)
    return [heading for heading in headings if heading.depth < block.depth]


def _marked(blocks: Sequence[Block]) -> set[str]:
    """The sources that some blocks are marked with."""
    spans = (
        span
        for block in blocks
        for spans in (
            block.whole_label,
            block.spans,
            *(cell.whole for cell in block.cells),
        )
        for span in spans
    )
    return {span.link.id for span in spans if span.role == "mark" and span.link is not None}
