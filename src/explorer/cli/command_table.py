"""Every command, one line each.

A command is a module of its name here, such as `check_command`, with two functions:
`add_arguments` says what it takes, `run` does it and returns the exit code. It prints results
to standard output, all else to standard error, and takes `--json`; `SHAPE` is the type of what
that prints, or `SHAPES` by the names of several, of which `output_schema` makes JSON Schema.
"""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module
from typing import Protocol, cast

from explorer.cli.arguments import Parser
from explorer.documents.comparisons import COMPARISONS


class Command(Protocol):
    """What each module of a command has."""

    def add_arguments(self, parser: Parser, /) -> None:
        """Add what it takes; common arguments come last."""

    def run(self, args: argparse.Namespace, /) -> int:
        """Do it, and return the exit code. Raises ExplorerError."""


COMMANDS: dict[str, str] = {
    "datasets": "List the datasets that come with the program.",
    "serve": "Show the app in browsers, to this machine or to others.",
    "new": "Make a small dataset of your own to begin with.",
    "schema": "Print the form of a dataset, or of --json, as JSON Schema.",
    "check": "Check a dataset and name every problem, with its line.",
    "list": "List the records of a kind: issues, rounds, quotes …",
    "show": "Show a record in full, with its sources and your note.",
    "today": "Show what comes, falls due, was said and moved: the front page.",
    "texts": "List drafts, statements and readouts by round.",
    **{comparison.command: comparison.description for comparison in COMPARISONS},
    "search": "Search everything that was public, and your notes.",
    "brief": "Write a footnoted briefing, as Markdown or HTML.",
    "export": "Write the record for other programs: CSV, SQLite, BibLaTeX …",
    "import": "Bring in sources, quotes and more from other programs.",
    "publish": "Write the record as web pages, for readers without a terminal.",
    "watches": "List the searches and scopes that you keep under a name.",
    "overlay": "List what you added yourself, or print it as a patch.",
    "settings": "Show what is set, where each value is from, and mistakes.",
    "notes": "List, export, import, back up and share your notes.",
    "doctor": "Say what a report of a fault needs, and nothing private.",
    "completions": "Print what makes a shell complete commands and options.",
}
"""Every command with what it does, in the order of the help."""


_UNLISTED = {"version": "Print the version of explorer."}
_FOR_PROGRAMS = {"complete": "Print what a shell offers for a word that is being typed."}
"""Commands that nobody types: no help names them, and they print no JSON."""


def described() -> dict[str, str]:
    """Every command with what it does, those too that the help does not list."""
    return COMMANDS | _UNLISTED


def described_in_full() -> dict[str, str]:
    """The same, and each command within one: “notes list”."""
    parsers = command_parser().commands
    return {
        f"{name} {own}".rstrip(): said
        for name, what in described().items()
        for own, said in [
            ("", what),
            *((own, each.description or what) for own, each in parsers[name].commands.items()),
        ]
    }


def command_parser() -> Parser:
    """What reads all that is typed: each command, and the app as the one without a name."""
    parser = Parser(prog="explorer", add_help=False)
    commands = parser.add_subparsers()
    commands.add_parser("", prog="explorer", add_arguments=partial(_add_command, "app"))
    for name, what in described().items():
        commands.add_parser(name, description=what, add_arguments=partial(_add_command, name))
    for name, what in _FOR_PROGRAMS.items():
        adds = partial(_add_command, name)
        commands.add_parser(name, description=what, add_arguments=adds, is_listed=False)
    return parser


def whole_parser() -> Parser:
    """All that may be typed in one tree, to be described: by completions, by the manual."""
    parser = Parser(prog="explorer", add_help=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, what in COMMANDS.items():
        adds = partial(_add_command, name)
        commands.add_parser(name, help=what, add_arguments=adds)
    _add_command("app", parser)
    return parser.filled()


def _add_command(name: str, parser: Parser) -> None:
    command = _command(name)
    command.add_arguments(parser)
    parser.set_defaults(run=command.run, has_screen=name == "app")


def _command(name: str) -> Command:
    """A command by its name; its module is only imported when it is typed."""
    for comparison in COMPARISONS:
        is_alone = comparison.is_its_own or comparison.has_command
        if comparison.command == name and not is_alone:
            from explorer.cli.comparison_command import ComparisonCommand

            return ComparisonCommand(comparison)
    return cast("Command", import_module(f"explorer.cli.{name}_command"))
