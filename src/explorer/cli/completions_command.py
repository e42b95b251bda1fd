"""`explorer completions`: what makes a shell complete commands, options and kinds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TypedDict

from explorer.cli.arguments import Parser, choice
from explorer.cli.given_dataset import add_json
from explorer.cli.output import print_json

SHELLS = ("bash", "zsh", "fish")
_FILES = ("ARCHIVE", "FILE")
_FOLDERS = ("DATASET", "DIR", "DIR|off", "FOLDER", "PATH")


class CompletionsData(TypedDict):
    """What makes a shell complete commands."""

    shell: str
    script: str


SHAPE = CompletionsData


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "bash: explorer completions bash > ~/.local/share/bash-completion/completions/explorer; "
        "zsh: explorer completions zsh > a file _explorer in a folder of $fpath; "
        "fish: explorer completions fish > ~/.config/fish/completions/explorer.fish. "
        "Then open a new shell."
    )
    parser.add_argument("shell", metavar="SHELL", **choice(*SHELLS), help="bash, zsh or fish")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    script = completions(args.shell)
    if args.json:
        print_json({"shell": args.shell, "script": script})
    else:
        print(script)
    return 0


def completions(shell: str) -> str:
    """The script for a shell."""
    import shtab

    from explorer.cli.command_table import whole_parser
    from explorer.record.model import PLURALS

    parser = whole_parser()
    # Beside commands a shell cannot offer folders too: it would take each command for one.
    parser.leave_out("DATASET")
    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar == "KIND":
            action.choices = tuple(PLURALS.values())
    return str(shtab.complete(parser, shell)).strip()


def _actions(parser: Parser) -> Iterator[argparse.Action]:
    yield from parser._actions  # noqa: SLF001
    for command in parser.commands.values():
        yield from _actions(command)
