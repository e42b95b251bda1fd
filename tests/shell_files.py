"""What goes into the wheel beside the code: the manual, and what shells complete by.

All is made from what `--help` says; `python tests/test_docs.py` writes it into `docs/shell/`.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from unittest.mock import patch

from argparse_manpage.manpage import Manpage

from explorer import __version__
from explorer.cli.app_command import ENVIRONMENT, EXAMPLES, EXIT_CODES
from explorer.cli.arguments import Parser
from explorer.cli.command_table import whole_parser
from explorer.cli.completions_command import SHELLS, completions

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "shell"
NAMES = {"bash": "explorer", "zsh": "_explorer", "fish": "explorer.fish"}

_COMMON = (
    "Each says how it is called; an option that stands above under OPTIONS means the same here, "
    "and so does DATASET. --json prints the data as JSON, in the shape that “explorer schema "
    "--output COMMAND” prints. An option may stand before the command or after it, and a dataset "
    "be named last."
)
_KEYS = {
    "↑ ↓ Enter": "go to a record, and into it; all that it names is a link, and H goes back",
    "=": "set a date, and see only what was public then: 26 Oct 2025, geneva, -2w",
    "p": "set the sides against each other: who wants what, and what moved",
    "n": "write a note on what you see",
    "s, Ctrl+P": "find anything by its words; any command or record by its name",
    "?": "explain the keys of where you are, and every sign",
    "q": "leave",
}
_BUGS = "“explorer doctor” prints what a report of a fault needs, and nothing private."


def made() -> dict[Path, str]:
    """Each file with what is to stand in it."""
    scripts = {FOLDER / NAMES[shell]: f"{completions(shell)}\n" for shell in SHELLS}
    return {FOLDER / "explorer.1": manual(), **scripts}


def manual() -> str:
    """The manual page, dated by nothing: it says of which version it is."""
    about = {
        "prog": "explorer",
        "project_name": "explorer",
        "description": "explore a negotiation and annotate it, in a terminal",
        "version": __version__,
        "manual_title": "User commands",
        "manual_section": "1",
    }
    parser = whole_parser()
    parser.epilog = None  # it has sections of their own here
    _say_once(parser, {_said(action) for action in parser._actions})
    # No line is broken here: what shows the page does that.
    with patch.dict(os.environ, {"COLUMNS": "10000", "SOURCE_DATE_EPOCH": "0"}):
        page = str(Manpage(parser, about, format="single-commands-section"))
    page = re.sub(r'"1970\\-01\\-01"', '""', page, count=1).rstrip()
    page = page.replace(".SH\nCOMMANDS", f".SH COMMANDS\n{_escaped(_COMMON)}", 1)
    return "\n".join([page, *_sections()]) + "\n"


def _said(action: argparse.Action) -> tuple[object, ...]:
    return (*action.option_strings, action.metavar, action.help)


def _say_once(parser: Parser, common: Collection[tuple[object, ...]]) -> None:
    """Leave out of each command what is said at the beginning; how it is called has it still."""
    for command in parser.commands.values():
        said = filter(None, (command.description, command.epilog))
        command.description = " ".join(said) or None
        for group in command._action_groups:
            group._group_actions[:] = [
                action
                for action in group._group_actions
                if _said(action) not in common and "--json" not in action.option_strings
            ]
        _say_once(command, common)


def _sections() -> Iterator[str]:
    """What stands behind the commands."""
    for heading, lines in (
        ("KEYS", _KEYS),
        ("EXAMPLES", EXAMPLES),
        ("ENVIRONMENT", ENVIRONMENT),
        ("EXIT STATUS", EXIT_CODES),
    ):
        yield f".SH {heading}"
        for name, what in lines.items():
            yield f".TP\n\\fB{_escaped(name)}\\fR\n{_escaped(what)}"
    yield f".SH BUGS\n{_escaped(_BUGS)}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")
