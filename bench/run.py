"""Measure `explorer` from outside, against a bare Textual app, and judge it by the targets.

Exit status: 0 all targets met, 1 one missed, 2 it could not be measured.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from measuring import Measures, Subject, measure_start, measure_use
from program import ProgramError
from synthetic import write_dataset
from table import COLD, LINES, Results, table

HERE = Path(__file__).resolve().parent
LAST_PANE_FILLED = "4 Quotes ─* ?[1-9]"
"""Its title with a count above nought."""
STARTS = 3
"""Starts in each round: they scatter far more than anything else."""
UNUSUAL = re.compile(
    "PYTHON(DONTWRITEBYTECODE|UNBUFFERED)|NO_COLOR|TEXTUAL|COLUMNS|LINES|TERM_PROGRAM"
)
"""Variables that would change what is measured, and that most people do not set."""


def main() -> int:
    """Measure, print the table, say how it went."""
    options = _options()
    gc.disable()  # a collection of ours while a key is timed would count as the program's
    with tempfile.TemporaryDirectory(prefix="explorer-bench-") as folder:
        try:
            results = _measure(options, Path(folder))
        except ProgramError as problem:
            print(f"bench: a program {problem}", file=sys.stderr)
            return 2
    print(f"{options.rounds} rounds at {options.size[0]}×{options.size[1]}")
    print("\n".join(table(results)))
    if options.json:
        options.json.write_text(json.dumps(results.rounds, indent=1), encoding="utf-8")
    return int(any(results.verdict(line).startswith("OVER") for line in LINES))


def _measure(options: argparse.Namespace, folder: Path) -> Results:
    """The programs in turn, round after round; the first round warms up and is left out."""
    bare = Subject(
        command=(sys.executable, str(HERE / "bare_app.py")),
        environment=_environment(folder / "bare"),
        ready=re.compile("Ready"),
        quit=b"\x11",
    )
    explorer = replace(bare, environment=_environment(folder / "kept"))
    if not options.floor:
        explorer = replace(
            explorer,
            command=(sys.executable, "-m", "explorer", str(_dataset(options, folder))),
            ready=re.compile(options.ready),
            quit=b"q",
            press=options.press.encode(),
        )
    rounds: dict[str, list[Measures]] = {"bare": [], "explorer": [], COLD: []}
    for number in range(options.rounds + 1):
        print(f"round {number} of {options.rounds}", file=sys.stderr)
        for measures in rounds.values():
            measures.append({})
        for start in range(STARTS):
            fresh = replace(explorer, environment=_environment(folder / f"{number}-{start}"))
            for name, subject in (("bare", bare), ("explorer", explorer), (COLD, fresh)):
                _add(rounds[name][-1], measure_start(subject, options.size))
        for name, subject in (("bare", bare), ("explorer", explorer)):
            _add(rounds[name][-1], measure_use(subject, options.size))
    return Results({name: measures[1:] for name, measures in rounds.items()})


def _add(measures: Measures, more: Measures) -> None:
    for name, values in more.items():
        measures.setdefault(name, []).extend(values)


def _dataset(options: argparse.Namespace, folder: Path) -> Path:
    if options.rows is None:
        return Path(options.dataset)
    write_dataset(folder / "synthetic", options.rows)
    return folder / "synthetic"


def _environment(home: Path) -> dict[str, str]:
    """The environment of most people, with all that `explorer` keeps put under one folder."""
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not UNUSUAL.match(name)}
    folders = ("EXPLORER_NOTES", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    return kept | terminal | {name: str(home / name.lower()) for name in folders}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure explorer from outside.")
    add = parser.add_argument
    add("--rounds", type=int, default=7, help="rounds after the warm-up (default: 7)")
    add("--size", type=_size, default=(140, 40), help="columns x lines (default: 140x40)")
    add("--dataset", type=Path, default=HERE.parent / "data" / "us-china-trade")
    add("--rows", type=int, help="use a made-up dataset of so many quotes instead")
    add("--ready", default=LAST_PANE_FILLED, help="pattern: the last pane is filled")
    add("--press", default="", help="keys to press before the timed ones, such as 4")
    add("--json", type=Path, metavar="FILE", help="write every value of every round here")
    add("--floor", action="store_true", help="measure the bare app against itself")
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    columns, lines = text.split("x")
    return int(columns), int(lines)


if __name__ == "__main__":
    raise SystemExit(main())
