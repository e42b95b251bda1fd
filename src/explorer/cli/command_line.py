"""The command line: open the app, or print what it knows without a screen.

Results go to stdout, everything else to stderr. Exit codes: 0 fine, 1 problems found,
2 wrong use.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from explorer import __version__
from explorer.cli import arguments, record_commands
from explorer.cli.arguments import Parser
from explorer.errors import ExplorerError, UsageError
from explorer.record import clock
from explorer.storage import files
from explorer.text.sanitize import plain

if TYPE_CHECKING:
    from explorer.opening import Opened

Arguments = argparse.Namespace

_VERSION = f"explorer {__version__}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows “?” for the rest
    try:
        return _told(given)
    finally:
        # What Python could not write at its end would change the exit code.
        for stream in (sys.stdout, sys.stderr):
            _flush(stream)


def _told(given: Sequence[str]) -> int:
    """Do what was asked; tell what went wrong, and return the exit code."""
    try:
        try:
            return _dispatch(given)
        finally:
            if sys.stdout is not None:  # as it is after “>&-”
                sys.stdout.flush()
    except ExplorerError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe left early, as `head` does; there is nobody to tell.
        _abandon(sys.stdout)
        return 0
    except OSError as error:
        _abandon(sys.stdout)
        if error.filename is not None:  # which that of an output has not
            _say(f"{error.filename}: {files.why(error)}. {files.remedy(error)}")
        else:
            _say(f"the output could not be written: {files.why(error)}")
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 -- no traceback reaches a person
        from explorer.storage.crash_report import crash

        _say(str(crash(error)))
        return 1


def _dispatch(given: Sequence[str]) -> int:
    _check_pinned_day()
    typed = arguments.typed(given, record_commands.SUBCOMMANDS)
    match typed.command:
        case "":
            return _open(_opening().parsed(typed.given))
        case "help":
            return _help(typed.given)
        case "version":
            return _version(typed.given)
        case command:
            return record_commands.run(command, typed.given)


def _help(about: Sequence[str]) -> int:
    """The help of a command, or of a command of `notes`, or that of all. Raises SystemExit."""
    name, *more = about or ("",)
    if not name or name.casefold() == "help":
        _opening().print_help()
        return 0
    if name.casefold() == "version":
        return _version(["--help"])
    command = arguments.typed([name], record_commands.SUBCOMMANDS).command
    if command not in record_commands.SUBCOMMANDS:
        near = arguments.nearest(name, record_commands.SUBCOMMANDS)
        hint = f"did you mean “{near}”?" if near else "“explorer help” names the commands"
        raise UsageError(f"there is no command “{name}”; {hint}")
    return record_commands.run(command, [*more[:1], "--help"])


def _version(asked: Sequence[str]) -> int:
    """Say which version this is, or what can be asked of it."""
    if "--help" in asked or "-h" in asked:
        print("usage: explorer version [--json]\n\nSay which version of explorer this is.")
    elif "--json" in asked:
        import json

        print(json.dumps({"version": __version__}))
    else:
        print(_VERSION)
    return 0


def _check_pinned_day() -> None:
    """Raises UsageError when the environment names what is no day: nothing would count right."""
    if (said := os.environ.get(clock.PINNED)) and clock.pinned() is None:
        raise UsageError(f"{clock.PINNED} is “{said}”, which is no day such as 2032-06-30")


def _say(words: str) -> None:
    """Tell a person, if there is anything to tell it on."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(plain(f"explorer: {words}"), file=sys.stderr)


def _flush(stream: TextIO | None) -> None:
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        _abandon(stream)


def _abandon(stream: TextIO | None) -> None:
    """Let Python end without trying once more to write what could not be written."""
    with suppress(OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _opening() -> Parser:
    commands = "\n".join(
        f"  {name:<9} {what}" for name, (_, _, what) in record_commands.SUBCOMMANDS.items()
    )
    parser = Parser(
        prog="explorer",
        description="Explore a negotiation and annotate it. Opens the US–China trade talks, "
        "or any dataset you name.",
        epilog=f"without a screen (each has its own --help and --json):\n{commands}\n\n"
        "Options may stand before a command or after it; a dataset may be named last.\n\n"
        "environment:\n  EXPLORER_NOTES  folder of your notes, as --notes\n"
        "  EXPLORER_TODAY  the day to count from, instead of today\n"
        "  NO_COLOR        any value: no colours",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("dataset", nargs="?", type=Path, help="folder of TOML files, or one file")
    parser.add_argument("--go", metavar="REF", help="show this record first, e.g. issue:taiwan")
    record_commands.add_common(parser)
    parser.add_argument("-V", "--version", action="version", version=_VERSION)
    return parser


def _open(args: Arguments) -> int:
    path = record_commands.dataset_path(args)
    shown = record_commands.ref_of(args.go) if args.go else None
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError(
            "the app needs a terminal, and input or output is not one. Without a screen use "
            "“explorer list issues”, “explorer show issue:rare-earths” or “explorer --help”."
        )

    if os.environ.get("TERM") == "dumb":
        raise UsageError(
            "this terminal says that it can only print lines (TERM=dumb), so the app cannot be "
            "shown in it. Use another, or “explorer --help” for what works without a screen."
        )

    # What starting makes is kept to the end; looking through it for garbage is waste.
    gc.disable()
    from explorer.opening import read
    from explorer.ui.app import ExplorerApp

    def reading() -> Opened:
        try:
            return read(path, record_commands.notes_folder(args), args.as_of)
        finally:
            gc.freeze()
            gc.enable()

    app = ExplorerApp(reading, shown)
    error = app.run()
    if app.last_words:
        _say(app.last_words)
    if app.crash is not None:
        raise app.crash
    if error is not None:
        raise error
    return app.return_code or 0
