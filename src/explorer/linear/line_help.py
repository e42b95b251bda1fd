"""What works where one is, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.linear.leaf import Leaf
from explorer.linear.leaves import comparison_named
from explorer.linear.whereabouts import (
    AllNotes,
    Found,
    Listed,
    OnNote,
    OnRecord,
    Place,
    Sources,
    Viewed,
)


def here(place: Place, leaf: Leaf) -> Iterator[str]:
    """What works in a place, the nearest first."""
    if leaf.numbered:
        last = leaf.first + len(leaf.numbered) - 1
        yield f"A number from {leaf.first} to {last} goes where that entry leads."
    match place:
        case OnRecord():
            yield "n writes a note on this record. o lists its sources. y prints a citation."
            yield "+ adds to it: a position, a quote, a step, whatever such a record has."
            yield "J reads the next section, “sections” lists them, / finds words here."
        case Listed():
            yield "/ and words narrow the list, “more” goes on, “scope” narrows to one record."
        case Viewed(name):
            yield from _of_view(name)
            yield "J reads the next section, / finds words here, o lists the sources."
        case Found():
            yield "s and other words search again. “more” goes on with the hits."
            yield "speaker:bessent, kind:quote, after:madrid and before:kuala-lumpur narrow it."
        case AllNotes():
            yield "/ and words narrow them. “edit 1” corrects the first, “delete 1” deletes it."
        case OnNote():
            yield "“edit” corrects it line by line, e opens it in your own editor, D deletes it."
            yield "“due 26 Dec” and “dated 26 Dec” set its days, x marks it as reviewed."
        case Sources():
            yield "“open 1” opens a source in your browser, “copy 1” copies its address."
        case _:
            yield "s and words search everything. i reads the front page."
    yield "H goes back, w says where you are, m lists what there is. = sets the day. q leaves."
    yield "“help all” lists every command, “help note” explains one."


def introduction() -> Iterator[str]:
    """What holds for all commands."""
    yield "A command is a letter or a word, and a word may be cut short: “pos” is positions."
    yield "Letters are those of the app’s keys, so that D and d are two. Words have no case."


def _of_view(name: str) -> Iterator[str]:
    """What can be asked of a view, in the words that its command takes."""
    comparison = comparison_named(name)
    command = comparison.title.casefold()
    ways = []
    if comparison.since:
        ways.append(f"“{command} since DAY” shows what changed since, a day or a round")
    if comparison.about:
        ways.append(f"“{command} of NAME” is about one {comparison.about[0]}, “{command} all” all")
    if comparison.option[0]:
        ways.append(f"“{command} {words_of_option(comparison.option[0])}”: {comparison.option[1]}")
    if comparison.narrows[0]:
        ways.append(
            f"“{command} {words_of_option(comparison.narrows[0])}”: {comparison.narrows[1]}"
        )
    if comparison.orders:
        ways.append(f"“{command} by {comparison.orders[0]}” sorts, or by {_or(comparison.orders)}")
    if comparison.has_coalitions:
        ways.append(f"“{command} by coalition” shows members beneath their coalitions")
    yield from (f"{way}." for way in ways)


def _or(orders: tuple[str, ...]) -> str:
    return " or ".join(orders[1:])


def words_of_option(option: str) -> str:
    """“by round” of “--by-round”."""
    return option.removeprefix("--").replace("-", " ")
