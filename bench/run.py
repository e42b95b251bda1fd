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
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from made_up_notes import write_notes
from measuring import Subject
from peers import PEERS, installed
from program import ProgramError
from results import Results
from sections import SECTIONS, Case, warm_up
from synthetic import write_dataset
from table import of_commands, of_targets, side_by_side
from targets import LARGE, SHIPPED, TARGETS, VERY_LARGE

HERE = Path(__file__).resolve().parent
SHIPPED_DATASET = HERE.parent / "data" / "us-china-trade"
LAST_PANE_FILLED = "4 Quotes ─* ?[1-9]"
"""Its title with a count above nought."""
ROUNDS = {SHIPPED: 5, LARGE: 3, VERY_LARGE: 2}
MANY_NOTES = 20_000
UNUSUAL = re.compile(
    "PYTHON(DONTWRITEBYTECODE|UNBUFFERED)|NO_COLOR|TEXTUAL|COLUMNS|LINES|TERM_PROGRAM"
)
"""Variables that would change what is measured, and that most people do not set."""


def main() -> int:
    """Measure, print the tables, say how it went."""
    options = _options()
    gc.disable()  # a collection of ours while a key is timed would count as the program's
    columns: list[tuple[str, int, Results]] = []
    with tempfile.TemporaryDirectory(prefix="explorer-bench-") as folder:
        for number, quotes in enumerate(options.quotes):
            (place := Path(folder) / str(number)).mkdir()
            try:
                columns.append(_measure(options, quotes, place))
            except ProgramError as problem:
                print(f"bench: a program {problem}", file=sys.stderr)
                return 2
    for title, _, results in columns:
        for lines in (list(side_by_side(results)), list(of_commands(results))):
            if len(lines) > 1:
                print(f"\n{title}", *lines, sep="\n")
    print(f"\nTargets, {options.size[0]}×{options.size[1]}; medians (least–most of the rounds)")
    print(*of_targets(columns), sep="\n")
    if options.json:
        every = {title: results.rounds for title, _, results in columns}
        options.json.write_text(json.dumps(every, indent=1), encoding="utf-8")
    verdicts = {one.verdict(results, size) for _, size, results in columns for one in TARGETS}
    return int("OVER" in verdicts)


def _measure(
    options: argparse.Namespace, quotes: int | None, folder: Path
) -> tuple[str, int, Results]:
    """One column: its title, its size and what was measured in its rounds."""
    size = SHIPPED if quotes is None else LARGE if quotes <= 10_000 else VERY_LARGE
    title = "shipped dataset" if options.dataset == SHIPPED_DATASET else options.dataset.name
    if quotes is not None:
        title = f"{quotes:,} quotes"
    case = _case(options, quotes, folder)
    warm_up(case)
    results = Results()
    rounds = options.rounds or ROUNDS[size]
    for number in range(rounds):
        for name in options.only:
            print(f"{title}, round {number + 1} of {rounds}: {name}", file=sys.stderr)
            results.add(number, SECTIONS[name](case))
    return f"{title}, {rounds} round{'s' * (rounds > 1)}", size, results


def _case(options: argparse.Namespace, quotes: int | None, folder: Path) -> Case:
    """The programs, each with what it is to show and a place for what it keeps."""

    def environment(name: str) -> Mapping[str, str]:
        return _environment(folder / name)

    bare = Subject(
        command=(sys.executable, str(HERE / "bare_app.py")),
        environment=environment("bare"),
        ready=re.compile("Ready"),
        quit=b"\x11",
        size=options.size,
    )
    dataset, notes = options.dataset, None
    if quotes is not None:
        write_dataset(dataset := folder / "synthetic", quotes)
    elif "notes" in options.only and not options.floor:
        write_notes(notes := folder / "notes", dataset, MANY_NOTES)
    explorer = replace(bare, environment=environment("kept"))
    if not options.floor:
        explorer = replace(
            explorer,
            command=(sys.executable, "-m", "explorer", str(dataset)),
            ready=re.compile(options.ready),
        )
    peers = {
        name: replace(
            bare,
            command=peer.command,
            environment=environment(name),
            ready=re.compile(peer.ready),
            quit=peer.quit,
            press=peer.press,
            has_cursor=peer.has_cursor,
            patience=20.0,
        )
        for name, peer in (installed(options.peers) if quotes is None else {}).items()
    }
    return Case(bare, explorer, environment, notes, peers)


def _environment(home: Path) -> dict[str, str]:
    """The environment of most people, with all that `explorer` keeps put under one folder."""
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not UNUSUAL.match(name)}
    folders = ("CACHE", "CONFIG", "DATA", "STATE")
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in folders}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    return kept | terminal | places | {"EXPLORER_NOTES": str(home / "notes")}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure explorer from outside.")
    add = parser.add_argument
    add(
        "--quotes",
        type=_sizes,
        default=[None, 10_000],
        metavar="N,…",
        help="sizes of dataset; 0 is the shipped one, others are made up (default: 0,10000)",
    )
    add(
        "--only",
        type=_sections,
        default=list(SECTIONS),
        metavar="NAME,…",
        help=f"of what a round is made of, these: {', '.join(SECTIONS)}",
    )
    add("--rounds", type=int, help="rounds of each size (default: 5 shipped, 3 to 10000, else 2)")
    add("--size", type=_size, default=(140, 40), help="columns x lines (default: 140x40)")
    add(
        "--dataset",
        type=Path,
        default=SHIPPED_DATASET,
        help="another one in the shipped one's place",
    )
    add("--ready", default=LAST_PANE_FILLED, help="pattern: the last pane is filled")
    add("--json", type=Path, metavar="FILE", help="write every value of every round here")
    add("--floor", action="store_true", help="measure the bare app against itself")
    add(
        "--peers",
        type=_peers,
        nargs="?",
        const=list(PEERS),
        default=[],
        metavar="NAME,…",
        help=f"measure these beside it, installed if they are not there: {', '.join(PEERS)}",
    )
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    columns, lines = text.split("x")
    return int(columns), int(lines)


def _sizes(text: str) -> list[int | None]:
    return [int(one.replace("_", "")) or None for one in text.split(",")]


def _sections(text: str) -> list[str]:
    return _names(text, SECTIONS)


def _peers(text: str) -> list[str]:
    return _names(text, PEERS)


def _names(text: str, known: Mapping[str, object]) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: there are {', '.join(known)}")
    return names


if __name__ == "__main__":
    raise SystemExit(main())
