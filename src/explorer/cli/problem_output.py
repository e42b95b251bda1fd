"""Problems and warnings of a dataset as `explorer check` prints them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from itertools import groupby

from explorer.dataset.problems import FIRST_PLACES, Part, Problem, short, shown
from explorer.record.labels import counted
from explorer.text.sanitize import plain

_MOST = 100
"""So many problems are printed in full, unless all are asked for."""
_FEW = 3
"""Warnings of one kind that are no more than these are printed as problems are."""
_WIDTHS = (40, 100)
_COLOURS = {
    "place": "1",
    "error": "1;31",
    "warning": "1;33",
    "name": "2",
    "gutter": "34",
    "hint": "36",
}


def print_problems(problems: Sequence[Problem], *, everything: bool) -> None:
    """Print each problem with its line; of very many the first."""
    printed = problems if everything else problems[:_MOST]
    for problem in printed:
        _print_one(problem)
    if more := len(problems) - len(printed):
        print(f"… and {more:,} more; --all shows them")


def print_warnings(warnings: Sequence[Problem], *, everything: bool) -> bool:
    """Print warnings, and say whether some were printed together.

    Of a kind of which there are many only the number is printed, and the first places.
    """
    from explorer.dataset.warning_checks import WARNINGS

    are_together = False
    order = {name: place for place, name in enumerate(WARNINGS)}
    for check, kind in groupby(
        sorted(warnings, key=lambda one: order.get(one.check, len(order))),
        key=lambda one: one.check,
    ):
        found = [*kind]
        if everything or len(found) <= _FEW:
            for warning in found:
                _print_one(warning)
        else:
            _print_together(WARNINGS.get(check, check), found)
            are_together = True
    return are_together


def _print_one(problem: Problem) -> None:
    for line in shown(problem, _width()):
        print(_coloured(line, problem.severity))
    print()


def _print_together(of: str, found: Sequence[Problem]) -> None:
    named: list[str] = []
    for file, spots in groupby(found[:FIRST_PLACES], key=lambda one: one.file):
        named.append(f"{short(file)}:{', '.join(str(one.line) for one in spots)}")
    first = found[0]
    head: list[Part] = [
        ("warning", "warning:"),
        ("", f" {counted(len(found), 'case')} of {of} "),
        ("name", f"[{first.check}]"),
    ]
    print(_coloured(head, first.severity))
    also = f" and {len(found) - FIRST_PLACES:,} more" if len(found) > FIRST_PLACES else ""
    print(plain(f"   = {', '.join(named)}{also}"))
    print()


def _coloured(line: Sequence[Part], severity: str) -> str:
    if not _has_colour():
        return plain("".join(text for _, text in line))
    painted = ""
    for what, text in line:
        code = _COLOURS.get(severity if what == "mark" else what, "")
        painted += f"\x1b[{code}m{plain(text)}\x1b[0m" if code else plain(text)
    return painted


def _has_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and _is_able()


def _is_able() -> bool:
    return os.environ.get("TERM", "") != "dumb"


def _width() -> int:
    low, high = _WIDTHS
    columns = shutil.get_terminal_size((high, 24)).columns
    return min(max(columns, low), high)
