"""`explorer show`: records in full, or their citations."""

from __future__ import annotations

import argparse
from typing import NotRequired, TypedDict, cast

from explorer.cli.arguments import Parser, choice
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import day_asked, print_json, print_sheet, record_data
from explorer.cli.references import record_of
from explorer.documents.citation import Style, citations
from explorer.documents.csl import CslItem
from explorer.documents.record_document import record_document
from explorer.documents.render import FORMATS
from explorer.errors import UsageError
from explorer.record.model import Ref
from explorer.text.json_types import DateText, RecordData, RefText
from explorer.text.sanitize import plain
from explorer.view import View


class CitationData(TypedDict):
    """A citation of a record."""

    ref: RefText
    citation: str
    asked: NotRequired[DateText]
    as_of: NotRequired[DateText]


SHAPE = RecordData | list[RecordData] | CitationData | list[CitationData] | list[CslItem]
"""A list when several records are asked for; citations with `--cite`, and sources for CSL-JSON."""


def add_arguments(parser: Parser) -> None:
    parser.add_argument(
        "refs", metavar="REF", nargs="+", help="a record, e.g. round:kuala-lumpur, or several"
    )
    parser.add_argument(
        "--cite", **choice("text", "markdown", "csl-json"), help="print a citation instead"
    )
    add_common(parser, *FORMATS)


def run(args: argparse.Namespace) -> int:
    view = open_record(args)
    refs = list(dict.fromkeys(record_of(view, text) for text in args.refs))
    if args.cite and args.format:
        raise UsageError("--cite has formats of its own; leave out --format, or --cite")
    if args.cite and not (args.json and args.cite != "csl-json"):  # which is JSON already
        print(plain(citations(view, refs, args.cite)))
    elif args.json:
        records = [_cited(view, r, args.cite) if args.cite else record_data(view, r) for r in refs]
        print_json(records if records[1:] else records[0])
    else:
        # As text each record numbers its own sources, as on the screen.
        documents = [[ref] for ref in refs] if args.format in (None, "text") else [refs]
        for number, listed in enumerate(documents):
            print("\n\n" if number else "", end="")
            print_sheet(record_document(view, listed), args.format)
    return 0


def _cited(view: View, ref: Ref, style: Style) -> CitationData:
    data = {"ref": str(ref), "citation": citations(view, [ref], style), **day_asked(view)}
    return cast("CitationData", data)
