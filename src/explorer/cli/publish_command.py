"""`explorer publish`: a static edition, for readers without a terminal."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TypedDict

from explorer.cli.arguments import Parser, from_home
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, say
from explorer.errors import UsageError
from explorer.record import labels
from explorer.text.sanitize import one_line
from explorer.text.urls import why_not

if TYPE_CHECKING:
    from explorer.edition import Published

_LINE = 30
"""Cells that a word on how far it is takes, at most."""
_EACH = 500
"""Pages between two words on how far it is."""


class PublishedData(TypedDict):
    """The edition that was written."""

    front: str
    """The page to open first."""
    pages: int
    days: int
    """How many earlier days are among them."""
    bytes: int
    has_own: bool
    """Whether something that a reader added is in it."""


SHAPE = PublishedData


def add_arguments(parser: Parser) -> None:
    parser.add_argument(
        "folder",
        metavar="SITE",
        type=from_home,
        help="where to; an edition that is there is replaced",
    )
    parser.add_argument(
        "--with-notes", action="store_true", help="publish your notes too, beside the records"
    )
    parser.add_argument(
        "--without-days", action="store_true", help="leave out the pages as of each round’s end"
    )
    parser.add_argument(
        "--base-url",
        metavar="URL",
        default="",
        help="where the edition is to be found: adds canonical addresses, a sitemap and a feed",
    )
    parser.add_argument(
        "--force", action="store_true", help="write into a folder that holds something else too"
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Write the edition. Raises UsageError, TakenError when the folder holds something else."""
    from explorer.edition import Wishes, not_written, publish

    wishes = Wishes(
        with_notes=args.with_notes,
        with_days=not args.without_days,
        base_url=_base_url(args.base_url),
    )
    view = open_record(args, with_notes=args.with_notes)
    try:
        done = publish(view, args.folder, wishes, force=args.force, progress=_say_how_far)
    except KeyboardInterrupt:
        _say_no_more()
        say("explorer: stopped; an edition that was there is as it was")
        raise
    except OSError as error:
        raise not_written(args.folder, error) from error
    finally:
        _say_no_more()
    if args.json:
        print_json(_as_data(done))
        return 0
    pages, size = labels.counted(done.pages, "page"), _size(done.size)
    days = f", {labels.counted(done.days, 'earlier day')} among them" if done.days else ""
    print(f"{pages}{days}, {size}. Open {one_line(str(done.front.resolve()))}")
    if done.has_own:
        say(
            f"What you added yourself is in it, marked {labels.OWN_SIGN}; --overlay off leaves "
            "it out."
        )
    return 0


def _base_url(typed: str) -> str:
    """Where the edition is to be found, with a slash at its end. Raises UsageError."""
    if not typed:
        return ""
    if reason := why_not(typed):
        raise UsageError(f"--base-url: {one_line(typed)} cannot be used: {reason}")
    if "?" in typed or "#" in typed:
        raise UsageError("--base-url: name the folder of the edition, without “?” and “#”")
    return typed if typed.endswith("/") else f"{typed}/"


def _say_how_far(pages: int) -> None:
    """A word on a terminal now and then; nothing elsewhere, and nothing of a small edition."""
    if pages and pages % _EACH == 0:
        _on_terminal(f"\r{pages:,} pages … ")


def _say_no_more() -> None:
    """Leave the line to what is said next."""
    _on_terminal(f"\r{' ' * _LINE}\r")


def _on_terminal(words: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        with suppress(OSError, ValueError):
            print(words, end="", file=sys.stderr, flush=True)


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"


def _as_data(done: Published) -> PublishedData:
    return {
        "front": str(done.front.resolve()),
        "pages": done.pages,
        "days": done.days,
        "bytes": done.size,
        "has_own": done.has_own,
    }
