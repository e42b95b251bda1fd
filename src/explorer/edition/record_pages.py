"""The pages of records: what is said of each, with what an edition adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explorer.documents.charts.figures_chart import chart
from explorer.documents.comparisons.texts.likely_texts import Likely, likely
from explorer.documents.comparisons.texts.two_texts import Side, older_first
from explorer.documents.html_body import plain_text, set_as_text
from explorer.documents.pages import page, page_to_read
from explorer.documents.sheet import Block, Longest, Page
from explorer.edition import addresses
from explorer.edition.chart_svg import drawing
from explorer.edition.kind_lists import list_of
from explorer.edition.tree import Tree
from explorer.record import labels
from explorer.record.model import Ref

MOST_TEXTS = 12
"""Others that a text is set against, at most."""
_LONGEST = Longest(100, lambda kind, left: f"… and {labels.tally(kind, left)} more.")
"""Of an earlier day the lists on a page are no longer: it is made anew for each of the days."""


def record_page(tree: Tree, ref: Ref) -> Page:
    """The page of a record, on an earlier day with the beginning of its longest lists."""
    if not tree.is_of_a_day:
        return page(tree.view, ref)
    made = page_to_read(tree.view, ref, _LONGEST)
    made.finish()
    return made


def above(tree: Tree, ref: Ref) -> str:
    """The kind of a record, which leads to all of its kind."""
    leads = list_of(ref.kind)
    if not leads or tree.is_of_a_day:
        return f'<p class="kind">{plain_text(labels.KIND_NAMES[ref.kind])}</p>\n'
    every = labels.KIND_PLURALS[ref.kind].capitalize()
    return crumbs(addresses.of_record(ref), (leads, every))


def crumbs(path: str, *above: tuple[str, str]) -> str:
    """What a page belongs to, as links: the address and the name of each, the widest first."""
    up = addresses.up_from(path)
    links = (f'<a href="{up}{leads}">{plain_text(name)}</a> ›' for leads, name in above)
    return f'<p class="kind">{" ".join(links)}</p>\n'


def ahead_of(tree: Tree, ref: Ref, up: str) -> Iterator[str]:
    """What stands before what is said of a record, in HTML."""
    if ref.kind == "figure":
        yield _chart(tree, ref)
    elif ref.kind == "round" and not tree.is_of_a_day:
        yield from _days(tree, ref, up)


def beside(tree: Tree, ref: Ref, up: str) -> Iterator[str]:
    """What stands after it."""
    if ref.kind == "text" and not tree.is_of_a_day:
        yield from _compared(tree, ref, up)


def _chart(tree: Tree, ref: Ref) -> str:
    view = tree.view
    figure = view.index.figure(ref)
    name = f"{labels.title(view.index, ref)} ({labels.unit(figure.unit)})"
    return drawing(chart(view, (figure,), ""), name) if figure.values else ""


def _days(tree: Tree, ref: Ref, up: str) -> Iterator[str]:
    """The record as it was on the day on which a round ended."""
    this_round = tree.view.index.round(ref)
    if this_round.closes not in tree.days:
        return
    folder = f"{up}{addresses.of_day(this_round.closes)}"
    day = labels.day(this_round.closes)
    yield '<p class="beside">'
    yield f'<a href="{folder}{addresses.FRONT}">The record on {day}</a> · '
    yield f'<a href="{folder}changes.html">What had changed by then</a>'
    yield "</p>"


def _compared(tree: Tree, ref: Ref, up: str) -> Iterator[str]:
    listed = [
        (each, pair) for each in set_against(tree, ref) for pair in (pair_of(tree, ref, each),)
    ]
    if not listed:
        return
    yield '<section class="beside">'
    yield "<h2>Compare</h2>"
    yield "<ul>"
    for each, (one, other) in listed:
        path = addresses.of_comparison(one.ref, other.ref, each.on)
        name = labels.title(tree.view.index, each.ref) if each.ref != ref else ""
        words = ", ".join(filter(None, (set_as_text(name), plain_text(each.why))))
        yield f'<li><a href="{up}{path}">{words[:1].upper()}{words[1:]}</a></li>'
    yield "</ul>"
    yield "</section>"


def set_against(tree: Tree, ref: Ref) -> Iterator[Likely]:
    """The texts, and earlier states of it, that a text is set against in an edition."""
    found = (each for each in likely(tree.view, ref) if each.why)
    for number, each in enumerate(found):
        if number == MOST_TEXTS:
            return
        yield each


def pair_of(tree: Tree, ref: Ref, each: Likely) -> tuple[Side, Side]:
    """Two that are compared, the older first: whichever of them one comes from, it is one page."""
    if each.on is not None:
        return Side(ref, each.on), Side(ref)
    first, second = sorted((ref, each.ref))
    return older_first(tree.view, Side(first), Side(second))


def description(made: Page) -> str:
    """The first words of a page, for who lists pages."""
    return next((words for block in made.body if (words := _words(block))), made.title)


def _words(block: Block) -> str:
    if block.kind in ("title", "heading", "blank"):
        return ""
    words = "".join(span.text for span in block.spans if span.role != "mark")
    return re.sub(r"\s+(?=[.,;:])", "", words).strip()  # where a mark was
