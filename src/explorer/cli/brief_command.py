"""`explorer brief`: a briefing, to the screen or into a file."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import Parser, choice, from_home
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_sheet, say
from explorer.cli.references import not_before, record_of, since_of
from explorer.documents import briefing
from explorer.documents.to_json import SheetData
from explorer.errors import UsageError
from explorer.record.model import Ref
from explorer.storage.file_extension import form_of
from explorer.text.sanitize import plain
from explorer.view import View

SHAPE = SheetData


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "Without an issue, a round or a date it is the front page: what comes, falls due, was "
        "said and moved. With --since alone, or --every-issue, it is every issue in short."
    )
    for kind in ("issue", "round"):
        parser.add_argument(
            f"--{kind}",
            metavar=kind.upper(),
            nargs="+",
            action="extend",
            default=[],
            help=f"only this {kind}; may be several",
        )
    parser.add_argument(
        "--every-issue", action="store_true", help="every issue in short, not the front page"
    )
    parser.add_argument("--since", metavar="DATE", help="add what changed and was said since then")
    parser.add_argument("--without-notes", action="store_true", help="leave out your notes")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=from_home,
        help="write to this file, not to the screen",
    )
    parser.add_argument(
        "--format", **choice("md", "html"), help="without it as the file’s name ends, or Markdown"
    )
    parser.add_argument(
        "--force", action="store_true", help="overwrite the file, whatever it holds"
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    if args.json and args.output:
        raise UsageError("--json prints to the screen; leave out -o, or --json")
    to = args.format or form_of(args.output, briefing.FORMS, "md")
    view = open_record(args, with_notes=not args.without_notes)
    since = since_of(view, args.since, "--since", until=args.as_of)
    if since is not None and since >= view.as_of:
        raise not_before(view, args.since, "--since")
    with_notes = not args.without_notes
    if args.issue or args.round or since is not None or args.every_issue:
        brief = briefing.brief(
            view,
            issues=[_chosen(view, "issue", slug) for slug in args.issue],
            rounds=[_chosen(view, "round", slug) for slug in args.round],
            since=since,
            with_notes=with_notes,
        )
    else:
        brief = briefing.evening_before(view, with_notes=with_notes)
    if args.json:
        print_sheet(brief, "json")
        return 0
    text = briefing.write(brief, to)
    if args.output is None:
        print(plain(text), end="")
    else:
        briefing.save(args.output, text, force=args.force)
        say(f"Written to {args.output}")
    return 0


def _chosen(view: View, kind: str, typed: str) -> Ref:
    return record_of(view, f"{kind}:{typed.removeprefix(f'{kind}:')}")
