"""`explorer texts`: the drafts, statements and readouts of the record."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, print_sheet
from explorer.documents import coverage, text_list
from explorer.documents.render import FORMATS


class TextsData(coverage.CoverageData):
    """The texts that were public on the day, by round."""

    rows: list[text_list.TextRow]


SHAPE = TextsData


def add_arguments(parser: Parser) -> None:
    add_common(parser, *FORMATS)


def run(args: argparse.Namespace) -> int:
    view = open_record(args)
    if args.json:
        print_json({**coverage.as_data(view), "rows": text_list.as_data(view)})
    else:
        print_sheet(text_list.sheet(view), args.format)
    return 0
