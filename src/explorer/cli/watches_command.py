"""`explorer watches`: the searches and scopes that are kept under a name, a line each."""

from __future__ import annotations

import argparse
from typing import TypedDict

from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, say
from explorer.seen.watches import Watches
from explorer.text.json_types import RefText
from explorer.text.sanitize import one_line, plain


class WatchData(TypedDict):
    """A search and a scope that are kept under a name."""

    name: str
    words: str
    """What is searched for; empty when it is a scope alone."""
    scope: list[RefText]


SHAPE = list[WatchData]


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "In the app Ctrl+S keeps a search while you search, and W lists, renames and deletes "
        "watches. “explorer news --watch WATCH” prints what is new in one."
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Print them. Raises WatchError when their file cannot be read."""
    view = open_record(args, with_notes=False)
    kept = Watches(view.whole.dataset.negotiation.id)
    watches = kept.read()
    if args.json:
        print_json(
            [
                {"name": w.name, "words": w.words, "scope": [str(ref) for ref in w.scope]}
                for w in watches
            ]
        )
        return 0
    width = max((len(watch.name) for watch in watches), default=0)
    for watch in watches:
        parts = [f"scope: {' + '.join(map(str, watch.scope))}"] * bool(watch.scope)
        parts += [f"search: {watch.words}"] * bool(watch.words)
        print(plain(f"{watch.name:<{width}}  {'  '.join(parts)}"))
    say(f"They are in {one_line(str(kept.path))}." if watches else "There are none yet.")
    return 0
