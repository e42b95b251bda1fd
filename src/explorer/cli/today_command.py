"""`explorer today`: the front page, as of the day that is looked at."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_sheet
from explorer.documents.front import today
from explorer.documents.render import FORMATS
from explorer.documents.to_json import SheetData

SHAPE = SheetData


def add_arguments(parser: Parser) -> None:
    add_common(parser, *FORMATS)


def run(args: argparse.Namespace) -> int:
    sheet = today(open_record(args))
    print_sheet(sheet, "json" if args.json else args.format)
    return 0
