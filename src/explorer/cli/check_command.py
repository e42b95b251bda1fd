"""`explorer check`: every problem of a dataset with its line, and what may be wrong in it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Required, TypedDict

from explorer import dataset
from explorer.cli import overlay_command, quotes_proven
from explorer.cli.arguments import Parser, from_home
from explorer.cli.given_dataset import add_dataset, add_json, add_overlay, dataset_path
from explorer.cli.output import print_json, say
from explorer.cli.overlay_command import OverlayChecked, ProblemData
from explorer.cli.problem_output import print_problems, print_warnings
from explorer.dataset import Problem, quote_proof
from explorer.dataset.problems import number_of
from explorer.errors import UsageError
from explorer.record.labels import counted, tally
from explorer.record.model import KINDS, Dataset
from explorer.text.sanitize import plain

_EXITS = """\
exit codes:
  0  no problems; with --strict no warnings either
  1  problems, or words that --quotes does not find; with --strict warnings too
  2  wrong use, or no such file or folder
"""


class CheckData(TypedDict, total=False):
    """Every problem and warning of a dataset."""

    dataset: Required[str]
    problems: Required[list[ProblemData]]
    warnings: Required[list[ProblemData]]
    records: dict[str, int]
    """How many there are of each kind, when there are no problems."""
    quotes: quotes_proven.ProofsData
    """With `--quotes`: what became of looking for what is quoted."""


SHAPE = CheckData | OverlayChecked
"""The latter of what the reader added."""


def add_arguments(parser: Parser) -> None:
    parser.epilog = _EXITS
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    parser.add_argument(
        "--own", action="store_true", help="check what you added to it yourself instead"
    )
    parser.add_argument(
        "--quotes",
        metavar="FOLDER",
        help="prove that what is quoted stands in its sources, by copies of them: text, Markdown "
        "or HTML files named by source id, such as bay-news.html",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="show every warning by itself, and problems however many they are",
    )
    parser.add_argument(
        "--ignore",
        metavar="NAME",
        action="append",
        default=[],
        help="pass over warnings of this name, such as one-source; may be given several times",
    )
    add_overlay(parser)
    add_dataset(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.own or args.overlay:
        return overlay_command.check(args)
    path = dataset_path(args)
    _check_names(args.ignore)
    checked: Dataset | None = None
    problems: Sequence[Problem] = ()
    try:
        checked, found = dataset.check(path, any_size=args.any_size)
    except dataset.DatasetError as error:
        problems, found = error.problems, error.warnings
    warnings = [one for one in found if one.check not in args.ignore]
    proofs = quote_proof.prove(checked, from_home(args.quotes)) if checked and args.quotes else None
    if args.json:
        data = _as_data(path, problems, warnings, checked)
        if proofs:
            data["quotes"] = quotes_proven.as_data(proofs)
        print_json(data)
    else:
        print_problems(problems, everything=args.all)
        if print_warnings(warnings, everything=args.all):
            print("--all shows each warning where it stands, --ignore NAME passes over a kind\n")
        if checked is None:
            say(f"{_counted(problems, warnings)} in {path}")
        else:
            print(plain(_summary(checked, warnings)))
        if proofs:
            quotes_proven.print_proofs(proofs)
    if problems or (proofs and proofs.having("not found")):
        return 1
    return 1 if warnings and args.strict else 0


def _check_names(names: Sequence[str]) -> None:
    """Raises UsageError when one is no name of a warning."""
    from explorer.dataset.warning_checks import WARNINGS
    from explorer.text.near_words import nearest

    for name in names:
        if name not in WARNINGS:
            near = nearest(name, WARNINGS)
            hint = f"did you mean “{near}”?" if near else f"known are {', '.join(WARNINGS)}"
            raise UsageError(f"there is no warning “{name}”; {hint}")


def _as_data(
    path: Path, problems: Sequence[Problem], warnings: Sequence[Problem], checked: Dataset | None
) -> CheckData:
    data: CheckData = {
        "dataset": str(path),
        "problems": [problem.as_data() for problem in problems],
        "warnings": [warning.as_data() for warning in warnings],
    }
    if checked is not None:
        data["records"] = _records(checked)
    return data


def _records(checked: Dataset) -> dict[str, int]:
    return {kind: number for kind in KINDS if (number := len(checked.of(kind)))}


def _counted(problems: Sequence[Problem], warnings: Sequence[Problem]) -> str:
    said = counted(number_of(problems), "problem") if problems else "no problems"
    return f"{said}, {counted(len(warnings), 'warning')}" if warnings else said


def _summary(checked: Dataset, warnings: Sequence[Problem]) -> str:
    listed = ", ".join(tally(kind, number) for kind, number in _records(checked).items())
    return f"{checked.negotiation.name}: {_counted((), warnings)}. {listed}."
