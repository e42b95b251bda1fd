"""`explorer list`: the records of a kind, a line each."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, record_data
from explorer.cli.references import kind_of
from explorer.errors import UsageError
from explorer.record.labels import title
from explorer.record.model import PLURALS
from explorer.text.json_types import RecordData
from explorer.text.near_words import nearest

SHAPE = list[RecordData]


def add_arguments(parser: Parser) -> None:
    parser.add_argument("kind", metavar="KIND", help=f"what to list: {', '.join(PLURALS.values())}")
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    kind = kind_of(args.kind)
    if kind is None:
        near = nearest(args.kind.casefold(), PLURALS.values())
        hint = f"did you mean “{near}”?" if near else f"there are {', '.join(PLURALS.values())}"
        raise UsageError(f"there is no kind “{args.kind}”; {hint}")
    view = open_record(args)
    refs = view.index.refs(kind)
    if args.json:
        print_json([record_data(view, ref) for ref in refs])
    else:
        width = max((len(str(ref)) for ref in refs), default=0)
        for ref in refs:
            print(f"{ref!s:<{width}}  {title(view.index, ref)}")
    return 0
