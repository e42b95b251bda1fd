"""The command line: open the app, or print what it knows without a screen.

Results go to stdout, everything else to stderr. Exit codes: 0 fine, 1 problems found,
2 wrong use.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext, redirect_stdout, suppress
from typing import TextIO

from explorer.cli.command_table import command_parser
from explorer.cli.output import Signs, say
from explorer.errors import ExplorerError, UsageError
from explorer.record import clock
from explorer.storage import files


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows “?” for the rest
    try:
        return _run(given)
    finally:
        # What Python could not write at its end would change the exit code.
        for stream in (sys.stdout, sys.stderr):
            _flush(stream)


def _run(given: Sequence[str]) -> int:
    """Do what was asked, or say what went wrong, and return the exit code."""
    try:
        try:
            return _dispatch(given)
        finally:
            if sys.stdout is not None:  # as it is after “>&-”
                sys.stdout.flush()
    except ExplorerError as error:
        say(f"explorer: {error}")
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe left early, as `head` does; nobody is left to read more.
        _abandon(sys.stdout)
        return 0
    except OSError as error:
        _abandon(sys.stdout)
        if error.filename is not None:  # which that of an output has not
            say(f"explorer: {error.filename}: {files.explained(error)}")
        else:
            say(f"explorer: the output could not be written: {files.why(error)}")
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 -- no traceback reaches a person
        from explorer.storage.crash_report import crash

        say(f"explorer: {crash(error)}")
        return 1


def _dispatch(given: Sequence[str]) -> int:
    _check_pinned_day()
    printed = nullcontext() if sys.stdout is None else redirect_stdout(Signs(sys.stdout))
    with printed:
        args = command_parser().parsed(given)
        run: Callable[[argparse.Namespace], int] = args.run
        if not args.has_screen:
            return run(args)
    return run(args)


def _check_pinned_day() -> None:
    """Raises UsageError when the environment names what is no day: nothing would count right."""
    if (said := os.environ.get(clock.PINNED)) and clock.pinned() is None:
        raise UsageError(f"{clock.PINNED} is “{said}”, which is no day such as 2032-06-30")


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
