"""What `explorer` does when no command is named: open the app."""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import dataset
from explorer.cli.arguments import Parser, from_home
from explorer.cli.command_table import COMMANDS
from explorer.cli.given_dataset import (
    add_dataset,
    add_day_and_notes,
    dataset_path,
    notes_folder,
    overlays_folder,
)
from explorer.cli.output import say
from explorer.errors import UsageError
from explorer.storage import files, run_log

if TYPE_CHECKING:
    from explorer.opening import Opened
    from explorer.record.model import Ref
    from explorer.ui.app import ExplorerApp


_LEAST_BESIDE = 30
"""So much room is wanted beside names; where there is less, what is said goes on below them."""
EXAMPLES: Mapping[str, str] = {
    "explorer": "open the US–China trade talks; ? explains the keys there, q leaves",
    "explorer iran-nuclear-talks": "open another dataset that comes along",
    "explorer --as-of madrid": "open it as of the end of a round, or of any day",
    "explorer --linear": "the same line by line, without a screen",
    "explorer show kuala-lumpur": "print a record with its sources",
    "explorer help search": "explain a command",
}
ENVIRONMENT: Mapping[str, str] = {
    "EXPLORER_NOTES": "folder of your notes, as --notes",
    "EXPLORER_OVERLAY": "folder of what you add to datasets, as --overlay",
    "EXPLORER_SETTINGS": "file of your settings, instead of the usual one",
    "EXPLORER_TODAY": "the day to count from, instead of today",
    "NO_COLOR": "any value: no colours",
}
EXIT_CODES: Mapping[str, str] = {
    "0": "all is well",
    "1": "problems were found",
    "2": "it was called wrongly, or what was named is not there",
}


def add_arguments(parser: Parser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = (
        "Explore a negotiation and annotate it. Opens the US–China trade talks, or any dataset "
        "you name."
    )
    parser.epilog = (
        f"{_table('without a screen (each has its own --help and --json)', COMMANDS)}\n\n"
        "Options may stand before a command or after it;\na dataset may be named last.\n\n"
        f"{_table('for example', EXAMPLES)}\n\n{_table('environment', ENVIRONMENT)}\n\n"
        f"{_table('exit codes', EXIT_CODES)}"
    )
    parser.add_argument("--go", metavar="REF", help="show this record first, e.g. issue:taiwan")
    parser.add_argument(
        "--fresh", action="store_true", help="start anew, not where you were when you left"
    )
    parser.add_argument(
        "--log",
        metavar="FILE",
        type=from_home,
        help="write into a file which commands were given, how long they took and what failed",
    )
    parser.add_argument(
        "--linear",
        action="store_true",
        help="ask line by line, without a screen: for screen readers, plain terminals and scripts",
    )
    add_day_and_notes(parser)
    add_dataset(parser)
    parser.add_argument("-V", "--version", action="store_true", help="print the version and exit")


def _table(heading: str, lines: Mapping[str, str]) -> str:
    """A heading and what stands below it, as wide as the terminal."""
    import textwrap

    room = shutil.get_terminal_size().columns - 2  # as argparse has it
    names = max(map(len, lines)) + 4
    left = names if room - names > _LEAST_BESIDE else 6
    rows = [f"{heading}:"]
    for name, what in lines.items():
        beside = f"  {name:<{names - 4}}  "
        lead = beside if left == names else f"  {name}  "
        rows += textwrap.wrap(
            what, max(room, 20), initial_indent=lead, subsequent_indent=" " * left
        )
    return "\n".join(rows)


def run(args: argparse.Namespace) -> int:
    path = dataset_path(args, COMMANDS)
    shown = None
    if args.go:
        from explorer.cli.references import ref_of

        shown = ref_of(args.go)
    is_linear = args.linear or _is_linear()
    if not is_linear and not _are_terminals():
        raise UsageError(
            "the app needs a terminal, and input or output is not one. “explorer --linear” asks "
            "line by line; or use “explorer list issues”, “explorer show issue:rare-earths” or "
            "“explorer --help”."
        )

    if args.log is not None:
        _begin_log(args.log)
    if is_linear:
        from explorer.cli.line_by_line import explore

        explore(path, args, shown)
        return 0
    while True:
        app = _explore(path, args, shown)
        if app.going_to is None:
            return app.return_code or 0
        # Notes are kept by dataset, and a day or a record of this one is none of another.
        path, shown, args.as_of = app.going_to, None, None


def _begin_log(path: Path) -> None:
    """Raises UsageError when the file cannot be written."""
    from explorer.storage.crash_report import versions

    try:
        run_log.begin(path)
    except OSError as error:
        raise UsageError(
            f"the log cannot be written to {path}: {files.explained(error)}"
        ) from error
    size = shutil.get_terminal_size()
    run_log.note("%s", versions())
    run_log.note(
        "terminal %s×%s, TERM=%s, %s",
        *(size.columns, size.lines, os.environ.get("TERM", ""), sys.stdout.encoding),
    )


def _are_terminals() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _is_linear() -> bool:
    """Whether a person is asked line by line who did not say so.

    They have set it, or their terminal says that it can only print lines.
    """
    from explorer import settings

    if settings.read().value("linear"):
        return True
    if os.environ.get("TERM") != "dumb" or not _are_terminals():
        return False
    say("This terminal can only print lines (TERM=dumb), so this is “explorer --linear”.")
    return True


def _explore(path: Path, args: argparse.Namespace, shown: Ref | None) -> ExplorerApp:
    """Show one dataset until the person leaves it. Raises ExplorerError."""
    # What starting makes is kept to the end; looking through it for garbage is waste.
    gc.disable()
    progress = dataset.prepare(path, any_size=args.any_size)  # beside all that is to be imported
    from explorer.ui.app import ExplorerApp
    from explorer.ui.keeper import Keeper

    def reading() -> Opened:
        from explorer.opening import read  # the frame of the screen is seen before it is needed

        overlays, is_asked = overlays_folder(args)
        try:
            with run_log.timed("the dataset and the notes were read"):
                return read(
                    path,
                    notes_folder(args),
                    args.as_of,
                    also=args.also,
                    many_notes_later=True,
                    any_size=args.any_size,
                    progress=progress,
                    overlays=overlays,
                    is_overlay_asked=is_asked,
                )
        finally:
            gc.freeze()
            gc.enable()

    others = {name: other for name, other in dataset.bundled().items() if other != path}
    keeper = Keeper(fresh=args.fresh, on_day=args.as_of is not None)
    app = ExplorerApp(reading, shown, progress, others, keeper)
    error = app.run()
    run_log.note("left with %s", app.return_code or 0)
    if app.last_words:
        say(f"explorer: {app.last_words}")
    if app.crash is not None:
        raise app.crash
    if error is not None:
        raise error
    return app
