"""`explorer compare`: two texts, or two states of one, clause by clause."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, print_sheet
from explorer.cli.references import record_of
from explorer.documents import coverage
from explorer.documents.comparisons.question import Question
from explorer.documents.comparisons.texts import side_by_side
from explorer.documents.comparisons.texts.two_texts import Side, compared
from explorer.documents.render import FORMATS
from explorer.errors import UsageError
from explorer.view import View


class CompareData(coverage.CoverageData, side_by_side.ComparedData):
    """Two texts, or two states of one, clause by clause."""

    rows: list[side_by_side.ComparedRow]


SHAPE = CompareData


def add_arguments(parser: Parser) -> None:
    parser.add_argument("one", metavar="TEXT", help="a text, or TEXT@DATE for how it read on a day")
    parser.add_argument(
        "other",
        metavar="OTHER",
        nargs="?",
        help="another, or the same on another day; without it the likeliest",
    )
    parser.add_argument(
        "--changed",
        dest="otherwise",
        action="store_true",
        help="leave out what reads the same in both",
    )
    add_common(parser, *FORMATS)


def run(args: argparse.Namespace) -> int:
    """Print the comparison. Raises UsageError when there is none."""
    view = open_record(args)
    one = _side(view, args.one)
    other = _side(view, args.other) if args.other is not None else None
    question = Question(
        one.ref,
        about_on=one.day,
        other=other.ref if other else None,
        other_on=other.day if other else None,
        otherwise=args.otherwise,
    )
    found = compared(view, question)
    if isinstance(found, str):
        raise UsageError(found.rstrip("."))
    if args.json:
        rows = side_by_side.as_data(view, question)
        print_json({**coverage.as_data(view), **side_by_side.summary_data(found), "rows": rows})
    else:
        print_sheet(side_by_side.sheet(view, question), args.format)
    return 0


def _side(view: View, typed: str) -> Side:
    """The text that was typed, and the day behind an “@”. Raises UsageError."""
    name, at, said = typed.partition("@")
    ref = record_of(view, name, ("text",))
    if ref.kind != "text":
        texts = view.index.refs("text")
        works = f"; for example “explorer compare {texts[0]}”" if texts else ""
        raise UsageError(f"two texts are compared, and {ref} is none{works}")
    if not at:
        return Side(ref)
    try:
        return Side(ref, view.day_said(said))
    except ValueError as error:
        raise UsageError(f"{typed}: {error}") from None
