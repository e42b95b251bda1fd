"""`explorer import`: records from other programs, looked at first, into one's own files."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer import dataset, opening
from explorer.cli.arguments import Parser, choice, from_home
from explorer.cli.given_dataset import (
    add_dataset,
    add_json,
    add_overlay,
    dataset_path,
    overlays_folder,
)
from explorer.cli.output import print_json, say
from explorer.errors import UsageError
from explorer.intake import bringing, encodings, incoming, plan_report, undoing
from explorer.intake.answers import question_for, with_answer
from explorer.intake.batch import Reason
from explorer.intake.cell_values import DayOrder, Decimal, Habits
from explorer.intake.plan import Plan, Wishes, planned
from explorer.intake.targets import kind_named
from explorer.record.labels import counted, day
from explorer.text.json_types import DateText
from explorer.text.sanitize import one_line, plain

if TYPE_CHECKING:
    from explorer.opening import Opened

_OVERLAY = "overlay"
_NOTES = ("note", "notes")
_ORDERS: dict[str, DayOrder] = {"day-first": "day", "month-first": "month"}
_DECIMALS: dict[str, Decimal] = {"comma": "comma", "point": "point"}
_MOST_NUMBERS = 100_000
_EPILOG = """\
examples:
  explorer import zotero.json                      sources, from Zotero as CSL-JSON
  explorer import quotes.csv --dry-run             only look what would come in
  explorer import quotes.csv --map "Zitat=text" --set form=verbatim --set language=de
  explorer import library.bib quotes.xlsx --into my-talks/
  explorer import hypothesis.json --set speaker=bessent --set form=verbatim

In a terminal it shows what would come in and asks; elsewhere it adds what is new at once.
The same file twice adds nothing. docs/importing.md tells the rest.

exit codes:
  0  everything that is new came in, or would
  1  rows were refused, or nothing could be written
  2  wrong use, or no such file
"""


class ImportData(plan_report.PlanData):
    """What came in, or would, and where it went."""

    into: str
    overlay: bool
    """Whether it goes into the reader's own additions."""
    record_ends: DateText | None
    """The last day of the record with what comes in, when that is later."""
    written: list[str]
    """The files that were changed."""


SHAPE = ImportData


def add_arguments(parser: Parser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="what another program wrote; “-” reads a pipe"
    )
    parser.add_argument(
        "--into",
        metavar="DATASET|overlay",
        help="a dataset of your own, or “overlay” for your own additions to it; else as “+” does",
    )
    parser.add_argument(
        "--from", dest="format", **choice(*incoming.FORMATS), help="what the files are"
    )
    parser.add_argument(
        "--encoding", metavar="NAME", default="", help="of a text file; such as cp1252 or gb18030"
    )
    parser.add_argument(
        "--as", dest="kind", metavar="KIND", help="what rows are: quote, position …"
    )
    pairs: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument(
        "--map", metavar="COLUMN=FIELD", **pairs, help="which field a column is; FIELD may be empty"
    )
    parser.add_argument(
        "--set", metavar="FIELD=VALUE", **pairs, help="what a field says where no column does"
    )
    parser.add_argument(
        "--mean", metavar="NAME=ID", **pairs, help="which record a name in the file means"
    )
    parser.add_argument("--dates", **choice(*_ORDERS), help="which comes first in 5/6/2025")
    parser.add_argument("--decimal", **choice(*_DECIMALS), help="what divides 1.234 or 1,234")
    parser.add_argument("--sheet", metavar="NAME", default="", help="the sheet of a workbook")
    parser.add_argument("--rows", metavar="ROWS", help="only these, such as 2-10,15")
    parser.add_argument(
        "--guess", action="store_true", help="guess columns anew, as the first time"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would come in, and stop")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--strict", action="store_true", help="add nothing as long as a row is refused"
    )
    parser.add_argument("--all", action="store_true", help="show every row")
    parser.add_argument(
        "--undo", action="store_true", help="take the last import back, wherever it went"
    )
    add_overlay(parser)
    add_dataset(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.undo:
        return _undo(args)
    if not args.files:
        raise UsageError("name a file that another program wrote, or “-” for a pipe")
    if args.kind is not None and args.kind.strip().casefold() in _NOTES:
        named = one_line(" ".join(args.files))
        raise UsageError(f"notes come in with “explorer notes import {named}”")
    opened, overlay = _opened(args)
    encoding = encodings.known(args.encoding) if args.encoding else ""
    files = [incoming.read(from_home(name), args.format, encoding) for name in args.files]
    wishes = _wishes(args)
    plan = planned(opened.view, files, wishes)
    where = one_line(str(overlay or opened.path))
    if not args.json:
        _print(plan, overlay, where, everything=args.all)
        if _is_asked(args) and (settled := _settled(opened, files, wishes, plan)) is not plan:
            plan = settled
            print()
            _print(plan, overlay, where, everything=args.all)
    refused = plan.having("refused")
    is_held = bool(refused) and args.strict
    written: Sequence[Path] = ()
    if plan.batch.additions and not args.dry_run and not is_held and _agreed(args, plan):
        written = _bring(opened, overlay, plan, any_size=args.any_size)
    elif not args.dry_run and not is_held and not plan.batch.additions and not refused:
        for trouble in bringing.keep_maps(plan):
            say(trouble)
    if args.json:
        print_json(_as_data(plan, where, overlay, written))
    else:
        _say_end(args, plan, written, where)
    return 1 if refused else 0


def _opened(args: argparse.Namespace) -> tuple[Opened, Path | None]:
    """The dataset, and the folder of additions when these go there. Raises ExplorerError."""
    into: str | None = args.into
    if into is not None and into != _OVERLAY:
        if args.dataset:
            raise UsageError(f"two datasets are named; leave out {args.dataset[-1]} or --into")
        args.dataset = [into]
    overlays, is_asked = overlays_folder(args)
    opened = opening.read(
        dataset_path(args),
        None,
        any_size=args.any_size,
        overlays=overlays,
        is_overlay_asked=is_asked or into == _OVERLAY,
    )
    if trouble := opening.trouble_with_additions(opened.view.whole):
        say(f"explorer: {trouble}")
    return opened, opened.overlay()


def _wishes(args: argparse.Namespace) -> Wishes:
    return Wishes(
        kind_named(args.kind) if args.kind else "",
        dict(_pair(said, "--map", "Zitat=text") for said in args.map),
        dict(_pair(said, "--set", "form=verbatim") for said in args.set),
        dict(_pair(said, "--mean", "Mr Bessent=bessent") for said in args.mean),
        Habits(_ORDERS.get(args.dates, ""), _DECIMALS.get(args.decimal, "")),
        args.sheet,
        _numbers(args.rows) if args.rows else frozenset(),
        are_several=len(args.files) > 1,
        guess_anew=args.guess,
    )


def _pair(said: str, option: str, example: str) -> tuple[str, str]:
    name, sign, value = said.rpartition("=") if option != "--set" else said.partition("=")
    if not sign or not name.strip():
        raise UsageError(
            f"{option}: “{one_line(said)}” has no “=” with a name before it; for example "
            f'{option} "{example}"'
        )
    return name.strip(), value.strip()


def _numbers(said: str) -> frozenset[int]:
    found: set[int] = set()
    for part in said.split(","):
        span = re.fullmatch(r"\s*(\d{1,7})\s*(?:[-–]\s*(\d{1,7}))?\s*", part)
        if span is None:
            raise UsageError(f"--rows: “{one_line(said)}” is not like 2-10,15")
        first, last = int(span[1]), int(span[2] or span[1])
        if last - first > _MOST_NUMBERS:
            raise UsageError(f"--rows: no file has that many rows as {one_line(part)}")
        found.update(range(first, last + 1))
    return frozenset(found)


def _print(plan: Plan, overlay: Path | None, where: str, *, everything: bool) -> None:
    for line in plan_report.lines(plan, everything=everything):
        print(plain(line))
    if plan.batch.additions:
        own = "your own additions, " if overlay is not None else ""
        print(plain(f"\nThis goes into {own}{where}."))
        if (end := bringing.plan_end(plan, overlay)) is not None:
            print(plain(f"The record would then end on {day(end)}."))


def _is_asked(args: argparse.Namespace) -> bool:
    """Whether somebody sits in front of a terminal who can be asked."""
    is_alone = args.yes or args.json or args.dry_run
    return not is_alone and sys.stdin is not None and sys.stdin.isatty()


def _settled(
    opened: Opened, files: Sequence[incoming.Incoming], wishes: Wishes, plan: Plan
) -> Plan:
    """The plan once somebody has said what is missing, as far as they want to."""
    passed: set[Reason] = set()
    while True:
        reasons = (r for r, _ in plan_report.grouped(plan.having("refused")) if r.ask)
        reason = next((each for each in reasons if each not in passed), None)
        if reason is None:
            return plan
        passed.add(reason)
        answer = _answer(f"{one_line(str(reason))}\n{question_for(reason)} (Enter leaves it) ")
        if answer:
            wishes = with_answer(wishes, reason, answer)
            plan = planned(opened.view, files, wishes)


def _answer(question: str) -> str:
    try:
        return input(plain(question)).strip()
    except EOFError:
        return ""


def _agreed(args: argparse.Namespace, plan: Plan) -> bool:
    """Whether somebody in front of a terminal wants it; nobody else is asked."""
    if not _is_asked(args):
        return True
    number = len(plan.having("new"))
    answer = _answer(f"Add {'it' if number == 1 else f'all {number:,}'}? [y/N] ")
    return answer.casefold() in ("y", "yes")


def _bring(opened: Opened, overlay: Path | None, plan: Plan, *, any_size: bool) -> Sequence[Path]:
    assert opened.path is not None, "it was read from there"
    done = bringing.bring(plan, opened.path, overlay, any_size=any_size)
    kept = bringing.keep_earlier(plan, overlay or opened.path, done)
    for trouble in filter(None, (kept, *bringing.keep_maps(plan))):
        say(trouble)
    if overlay is None:
        index = dataset.load(opened.path, any_size=any_size, overlays=opened.overlays)
        bringing.mark_seen(index, opened.view.whole, opened.place, done.refs)
    return done.files


def _undo(args: argparse.Namespace) -> int:
    if args.files:
        raise UsageError("--undo takes back what came in last, and reads no file")
    done = undoing.take_back()
    if args.json:
        print_json(_as_undone(done))
    else:
        named, back = (", ".join(map(one_line, of)) for of in (done.names, map(str, done.files)))
        print(plain(f"What came in from {named} is taken back; as before: {back}"))
    return 0


def _as_undone(done: undoing.TakenBack) -> ImportData:
    """The same shape, of what came in no more."""
    return {
        "into": one_line(str(done.files[0].parent)),
        "overlay": done.is_own,
        "record_ends": None,
        **plan_report.NO_DATA,
        "written": [str(file) for file in done.files],
    }


def _say_end(args: argparse.Namespace, plan: Plan, written: Sequence[Path], where: str) -> None:
    refused = len(plan.having("refused"))
    if written:
        names = ", ".join(one_line(file.name) for file in written)
        print(plain(f"{len(plan.having('new')):,} added to {names} in {where}."))
        say("“explorer import --undo” takes it back.")
    elif args.dry_run:
        say("Nothing was written: this was a dry run.")
    elif plan.batch.additions:
        why = f"{counted(refused, 'row')} would be refused" if refused and args.strict else ""
        say(f"Nothing was added{f', for {why}' if why else ''}.")
    elif not refused:
        say("There is nothing new in it.")
    if refused and not args.dry_run:
        say("Mend what is refused and import the file again: what is there is not added twice.")


def _as_data(plan: Plan, where: str, overlay: Path | None, written: Sequence[Path]) -> ImportData:
    end = bringing.plan_end(plan, overlay)
    return {
        "into": where,
        "overlay": overlay is not None,
        "record_ends": end.isoformat() if end else None,
        **plan_report.as_data(plan),
        "written": [str(file) for file in written],
    }
