"""`explorer search`: words in everything that was public, and in the notes."""

from __future__ import annotations

import argparse
from contextlib import closing

from explorer.cli.arguments import Parser, not_one_of
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, say
from explorer.cli.references import kind_of
from explorer.documents import coverage
from explorer.record.labels import counted, marked
from explorer.search import KINDS, Engine, Results, ResultsData, as_data, filters
from explorer.text.sanitize import plain

_HELP = """\
All words must occur; of the last one the beginning is enough. Put words with
quotation marks or a minus into single quotes as a whole: '"some kind of" deferral'
finds the phrase, 'tariff -fentanyl' leaves out what has the second word. Who names
a speaker or a post finds first what was said: 'treasury secretary soybeans'. What
could be typed instead is said when a filter is not understood or little is found.

A name and a colon narrow it:
"""


class SearchData(coverage.CoverageData, ResultsData):
    """What was found, best first."""


SHAPE = SearchData


def add_arguments(parser: Parser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    lines = (f"  {name + ':':<12} {what}" for name, what in filters().items())
    parser.epilog = _HELP + "\n".join(lines)
    parser.add_argument("words", metavar="WORDS", nargs="+", help="what to look for")
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        type=_kind,
        metavar="KIND",
        help=f"only this kind; may be given again: {', '.join(KINDS)}",
    )
    parser.add_argument(
        "--limit", metavar="N", type=_number, default=200, help="list at most so many (200)"
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    view = open_record(args)
    # First, because the words may end in a phrase that is not closed.
    typed = [*(f"kind:{kind}" for kind in args.kind), *args.words]
    with closing(Engine(view)) as engine:
        found = engine.search(" ".join(typed), args.limit)
    if args.json:
        print_json({**coverage.as_data(view), **as_data(found)})
    else:
        _print_found(found)
    if found.trouble:
        say(f"explorer: {found.trouble}")
    elif found.instead:
        say(f"Did you mean “{found.instead}”?")
    return 2 if found.is_refused else 0


def _print_found(found: Results) -> None:
    widest = max((len(str(hit.ref)) for hit in found.hits), default=0)
    for hit in found.hits:
        snippet = "".join(piece for piece, _ in hit.snippet)
        kind = marked(hit, hit.kind)
        print(plain(f"{hit.ref!s:<{widest}}  {kind}  {hit.day or '-'}  {snippet}"))
    if not found.total and not found.is_refused:
        say("Nothing was found.")
    elif more := found.total - len(found.hits):
        number = counted(more, "more is found", "more are found")
        say(f"{number}; --limit says how many are listed")


def _kind(text: str) -> str:
    kind = kind_of(text) or text.strip().casefold()
    if kind not in KINDS:
        raise argparse.ArgumentTypeError(not_one_of(text, tuple(KINDS)))
    return kind


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None
    if number < 0:
        raise argparse.ArgumentTypeError(f"“{text}” is less than 0")
    return number
