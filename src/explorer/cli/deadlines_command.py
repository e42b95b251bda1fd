"""`explorer deadlines`: what falls due, to read or as a calendar."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import Parser, from_home
from explorer.cli.comparison_command import ComparisonCommand
from explorer.cli.given_dataset import open_record
from explorer.cli.output import print_file, say
from explorer.documents.comparisons import COMPARISONS
from explorer.documents.comparisons.question import Question
from explorer.errors import UsageError
from explorer.record import labels
from explorer.view import View

_FAILED = "The calendar was not written"

_COMPARED = ComparisonCommand(next(c for c in COMPARISONS if c.name == "deadlines"))


def add_arguments(parser: Parser) -> None:
    parser.add_argument("--ics", action="store_true", help="write a calendar (iCalendar, RFC 5545)")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=from_home, help="write the calendar to this file"
    )
    parser.add_argument(
        "--force", action="store_true", help="overwrite the file, whatever it holds"
    )
    _COMPARED.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print the deadlines, or write them. Raises UsageError, NoteError."""
    is_named = args.output is not None and args.output.suffix.lower() == ".ics"
    if not args.ics and not is_named:
        if args.output is not None or args.force:
            option = "-o" if args.output is not None else "--force"
            raise UsageError(f"{option} goes with --ics, which writes a calendar")
        return _COMPARED.run(args)
    if args.json or args.format:
        other = "--json" if args.json else "--format"
        raise UsageError(f"--ics is a form of its own; leave out {other}")
    _write(open_record(args), args)
    return 0


def _write(view: View, args: argparse.Namespace) -> None:
    from explorer.documents import to_ics
    from explorer.documents.comparisons import deadlines

    found = deadlines.listed(view, Question(differing=args.differing))
    dues = [each for of_state in found.values() for each in of_state]
    data = to_ics.calendar(view, dues)
    if args.output is None:
        print_file(data)
    else:
        from explorer.transfer.output_file import write_file

        instead = "--force writes over it"
        write_file(args.output, data, _FAILED, instead=instead, force=args.force)
        say(f"Written to {args.output}")
    left_out = [labels.title(view.index, d.ref) for d in dues if not to_ics.has_day(d)]
    if left_out:
        what = labels.counted(len(left_out), "date")
        say(f"Left out {what} without a day: {'; '.join(left_out)}")
