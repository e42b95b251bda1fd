"""`explorer news`: what is new in the files since the reader was last here, or since a day."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_common, dataset_path, open_record
from explorer.cli.output import print_json, print_sheet, say
from explorer.cli.references import since_of
from explorer.documents import coverage
from explorer.documents.comparisons.changes.changes_sheet import ChangeRow
from explorer.documents.comparisons.news.news_sheet import NewsRow, WatchNews
from explorer.documents.render import FORMATS
from explorer.errors import ExplorerError, UsageError, WatchError
from explorer.record import clock
from explorer.text.json_types import DateText
from explorer.text.near_words import nearest
from explorer.view import View

if TYPE_CHECKING:
    from explorer.seen.look_over import Visit

_HELP = """\
What is new since the last visit is what the files say otherwise than when you
saw it: records that came, were corrected, or are gone. Printing it marks
nothing as seen; --mark-seen does, as walking through it in the app does. The
first time there is nothing to compare with: everything counts as seen.

With --since it is what became public in the record since a day, as
“explorer changes” shows it, whatever you saw.
"""


class SinceData(coverage.CoverageData):
    """What became public since a day."""

    rows: list[ChangeRow]


class CountsData(TypedDict):
    """How many records there are of each sort."""

    new: int
    corrected: int
    withdrawn: int


class NewsData(coverage.CoverageData):
    """What is new to the reader."""

    since: DateText | None
    """The day of the last visit."""
    counts: CountsData
    watches: list[WatchNews]
    rows: list[NewsRow]


SHAPE = NewsData | SinceData
"""The latter with `--since`."""


class UnrememberedError(ExplorerError):
    """What was seen cannot be known."""


def add_arguments(parser: Parser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _HELP
    only_one = parser.add_mutually_exclusive_group()
    only_one.add_argument(
        "--since-last", action="store_true", help="since you were last here; the default"
    )
    only_one.add_argument("--since", metavar="DATE", help="what became public since then")
    parser.add_argument(
        "--mark-seen", action="store_true", help="mark what is printed as seen from now on"
    )
    parser.add_argument("--watch", metavar="WATCH", help="only what is new in one of your watches")
    add_common(parser, *FORMATS)


def run(args: argparse.Namespace) -> int:
    """Print it. Raises UsageError, and ExplorerError when nothing can be remembered."""
    if args.since is not None and (args.mark_seen or args.watch):
        option = "--mark-seen" if args.mark_seen else "--watch"
        raise UsageError(f"{option} is about what is new since your last visit; leave out --since")
    view = open_record(args)
    if args.since is not None:
        return _since(view, args)
    return _since_last(view, args)


def _since(view: View, args: argparse.Namespace) -> int:
    from explorer.documents.comparisons import changes
    from explorer.documents.comparisons.question import Question

    since = since_of(view, args.since, "--since", until=args.as_of)
    question = Question(since=since)
    if args.json:
        print_json({**coverage.as_data(view), "rows": changes.as_data(view, question)})
    else:
        print_sheet(changes.sheet(view, question), args.format)
    return 0


def _since_last(view: View, args: argparse.Namespace) -> int:
    from explorer.documents.comparisons import news as comparison
    from explorer.opening import place_of
    from explorer.seen import look_over, memory

    visit = look_over.Visit(view.whole, place_of(dataset_path(args)), clock.today())
    try:
        news = look_over.look_over(visit, remember=False)
        view = _with_watches(replace(view, news=news), args.watch)
        if args.json:
            print_json(_as_data(view))
        else:
            print_sheet(comparison.sheet(view), args.format)
        shown = view.news.in_sight(view.index)
        if args.mark_seen:
            _mark(visit, view, args.watch)
            say(f"{len(shown)} marked as seen." if shown else "")
    except memory.Unusable as error:
        raise UnrememberedError(f"What you saw cannot be known: {error}.") from error
    return 0


def _mark(visit: Visit, view: View, watch: str | None) -> None:
    """Mark what was printed as seen; when that is all, the next visit counts from today."""
    from explorer.seen import look_over

    if watch is None and view.scope.as_of is None:
        look_over.look_over(visit)  # notes what these files hold, before that is seen
    look_over.mark_seen(visit, view.news.in_sight(view.index))


def _with_watches(view: View, only: str | None) -> View:
    """The view with what is new in each watch, perhaps with the news of one alone."""
    from explorer.search.watching import watched
    from explorer.seen import News
    from explorer.seen.watches import Watches
    from explorer.text.folding import fold

    news = view.news
    try:
        watches = Watches(view.whole.dataset.negotiation.id).read()
    except WatchError as error:
        if only is not None:
            raise
        say(f"explorer: {error.title}: {error}")
        return view
    found = watched(view, news, watches)
    if only is None:
        return replace(view, news=news.with_watched(found))
    one = next((each for each in found if fold(each.name) == fold(only)), None)
    if one is None:
        near = nearest(only, [each.name for each in found])
        hint = f"did you mean “{near}”?" if near else "“explorer watches” lists them"
        raise UsageError(f"there is no watch “{only}”; {hint}")
    items = [item for item in news.items if item.ref in one.refs]
    return replace(view, news=News(items, news.since, news.seen, (one,)))


def _as_data(view: View) -> NewsData:
    from explorer.documents.comparisons import news as comparison

    rows = comparison.as_data(view)
    fates = [row["fate"] for row in rows]
    news = view.news
    return {
        **coverage.as_data(view),
        "since": news.since.isoformat() if news.since else None,
        "counts": {
            "new": fates.count("new"),
            "corrected": fates.count("corrected"),
            "withdrawn": fates.count("withdrawn"),
        },
        "watches": [comparison.watch_data(view, watch) for watch in news.watched],
        "rows": rows,
    }
