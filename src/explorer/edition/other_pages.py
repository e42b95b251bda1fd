"""Pages that lead to others: all records, the days, the search, and addresses of before."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.html_body import plain_text, set_as_text
from explorer.edition import addresses
from explorer.edition.kind_lists import list_of
from explorer.edition.page_frame import PageText
from explorer.edition.tree import Tree
from explorer.record import labels
from explorer.record.model import Ref
from explorer.view import View


def records_page(tree: Tree) -> PageText:
    """How many records of each kind there are, and where they are listed."""
    return PageText(
        path=addresses.RECORDS,
        title="Records",
        about="All that the record holds, kind by kind.",
        body="\n".join(_kinds(tree)),
    )


def _kinds(tree: Tree) -> Iterator[str]:
    index = tree.view.index
    up = addresses.up_from(addresses.RECORDS)
    yield '<ul class="kinds">'
    for kind in labels.KIND_PLURALS:
        if number := len(index.refs(kind)):
            words = set_as_text(labels.tally(kind, number))
            yield f'<li><a href="{up}{list_of(kind)}">{words}</a></li>'
    whole = index.dataset.negotiation
    leads = f"{up}{addresses.of_record(whole.ref)}"
    name = set_as_text(whole.name)
    yield f'<li><a href="{leads}">{name}</a>: what it covers, how to read it</li>'
    yield "</ul>"


def days_page(tree: Tree) -> PageText:
    """The days on which rounds ended, the last first."""
    none = "<p>This edition has no pages of earlier days.</p>"
    return PageText(
        path=addresses.DAYS,
        title="Days",
        about="What was public at the end of each round, and nothing later.",
        body="\n".join(_days(tree)) if tree.days else none,
        has_ribbon=True,
    )


def _days(tree: Tree) -> Iterator[str]:
    rounds = tree.view.index.dataset.rounds
    yield '<dl class="days">'
    for day in reversed(tree.days):
        folder = addresses.of_day(day)
        ended = [r for r in rounds if r.closes == day]
        names = ", ".join(set_as_text(labels.title(tree.view.index, r.ref)) for r in ended)
        yield f'<dt><a href="{folder}{addresses.FRONT}">{labels.day(day)}</a></dt>'
        yield f'<dd>{names} · <a href="{folder}changes.html">Changes</a></dd>'
    yield "</dl>"


def search_page() -> PageText:
    """A search by words, for browsers that run scripts; for others what leads to the lists."""
    return PageText(
        path=addresses.SEARCH,
        title="Search",
        about="Every record by its words.",
        body=(
            '<form id="search" role="search" hidden>\n'
            '<label for="words">Words</label>\n'
            '<input id="words" type="search" autocomplete="off" spellcheck="false">\n'
            "</form>\n"
            '<p id="found" role="status"></p>\n'
            '<ol id="results"></ol>\n'
            '<button id="more" type="button" hidden>Show more</button>\n'
            f'<noscript><p>The search needs scripts. <a href="{addresses.RECORDS}">The lists of '
            "all records</a> need none.</p></noscript>"
        ),
        script="search.js",
    )


def gone_elsewhere(view: View, former: Ref, now: Ref, generator: str) -> tuple[str, str]:
    """The page at an address that a record had before it was renamed."""
    path = addresses.of_record(former)
    leads = plain_text(addresses.up_from(path) + addresses.of_record(now))
    name = plain_text(labels.title(view.index, now))
    return path, (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="{generator}">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "base-uri 'none'; form-action 'none'\">\n"
        f'<meta http-equiv="refresh" content="0; url={leads}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<title>{name}</title>\n<meta name="description" content="{name}">\n</head>\n<body>\n'
        f'<main><h1>{name}</h1><p>It is now at <a href="{leads}">{plain_text(str(now))}</a>.</p>'
        "</main>\n</body>\n</html>\n"
    )
