"""The commands that set sides and days against one another: one for each comparison."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from explorer.cli.arguments import Parser, choice
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, print_sheet
from explorer.cli.references import record_of, since_of
from explorer.documents import coverage
from explorer.documents.comparisons import Comparison
from explorer.documents.comparisons.question import Question
from explorer.documents.render import FORMATS
from explorer.errors import UsageError
from explorer.record.model import Ref
from explorer.view import View

_SINCE = {
    "optional": ("--since", "show what changed since then"),
    "always": ("--from", "compare with that day; without it the round before"),
}
"""The option for the second date, with its help, by whether there always is one."""


@dataclass(frozen=True, slots=True)
class ComparisonCommand:
    """The command of a comparison; what it takes follows from the table of comparisons."""

    comparison: Comparison

    def add_arguments(self, parser: Parser) -> None:
        """Add what it takes."""
        parser.set_defaults(ref=None, since=None, to=None, otherwise=False)
        parser.set_defaults(sort=None, by_coalition=False, differing=False)
        if self.comparison.about:
            several = self.comparison.takes_several
            what = "one or several, of one unit" if several else f"{self._kinds}; without it all"
            name = self.comparison.about[0].upper() if several else "REF"
            optional = {"nargs": "*", "default": []} if several else {"nargs": "?"}
            parser.add_argument("ref", metavar=name, help=what, **optional)
        only_one = parser.add_mutually_exclusive_group() if self.comparison.since else parser
        if self.comparison.since:
            option, what = _SINCE[self.comparison.since]
            only_one.add_argument(option, dest="since", metavar="DATE", help=what)
        option, what = self.comparison.option
        if option:
            only_one.add_argument(option, dest="otherwise", action="store_true", help=what)
        if self.comparison.orders:
            orders = self.comparison.orders
            what = f"put the foremost first: {', '.join(orders[:-1])} or {orders[-1]}"
            parser.add_argument("--sort", metavar="ORDER", help=what, **choice(*orders))
        if self.comparison.has_coalitions:
            what = "show members beneath their coalitions"
            parser.add_argument("--by-coalition", action="store_true", help=what)
        option, what = self.comparison.narrows
        if option:
            parser.add_argument(option, dest="differing", action="store_true", help=what)
        add_common(parser, *FORMATS, with_to=self.comparison.since == "always")

    def run(self, args: argparse.Namespace) -> int:
        """Print the answer. Raises UsageError."""
        if args.otherwise and (args.sort or args.by_coalition):
            option, _ = self.comparison.option
            wrong = "--sort" if args.sort else "--by-coalition"
            raise UsageError(f"{wrong} cannot go with {option}; leave out one of them")
        typed = _typed(args)
        view = open_record(args)
        option, _ = _SINCE.get(self.comparison.since, ("", ""))
        about = [self._about(view, each) for each in typed]
        question = Question(
            about=about[0] if about else None,
            beside=tuple(about[1:]),
            since=since_of(view, args.since, option, until=args.to or args.as_of),
            otherwise=args.otherwise,
            order=args.sort or "",
            by_coalition=args.by_coalition,
            differing=args.differing,
        )
        if args.json:
            rows = self.comparison.module.as_data(view, question)
            print_json({**coverage.as_data(view), "rows": rows})
        else:
            print_sheet(self.comparison.document(view, question), args.format)
        return 0

    def _about(self, view: View, typed: str) -> Ref:
        about = record_of(view, typed, self.comparison.about)
        if about.kind not in self.comparison.about:
            refs = view.index.refs(self.comparison.about[0])
            works = f"; for example “explorer {self.comparison.command} {refs[0]}”" if refs else ""
            raise UsageError(
                f"{self.comparison.command} can be about {self._kinds}, and {about} is none of "
                f"these{works}"
            )
        return about

    @property
    def _kinds(self) -> str:
        """“a round, an issue or a point”."""
        *others, last = (f"{'an' if k[0] in 'aeio' else 'a'} {k}" for k in self.comparison.about)
        return f"{', '.join(others)} or {last}" if others else last


def _typed(args: argparse.Namespace) -> list[str]:
    """The records that were typed; of several the last may be a dataset instead."""
    if not isinstance(args.ref, list):
        return [args.ref] if args.ref else []
    *records, last = args.ref or [""]
    if last and ":" not in last and Path(last).exists():
        args.dataset = [*(args.dataset or []), last]
        return records
    return [*args.ref]
