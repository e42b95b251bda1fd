"""`explorer notes`: its commands stand in `notes_commands`; what they return is printed here."""

from __future__ import annotations

import argparse

from explorer.cli import notes_commands
from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_common, add_day_and_notes, add_json, open_notes
from explorer.cli.output import print_file, print_json, say
from explorer.text.sanitize import plain


def add_arguments(parser: Parser) -> None:
    notes_commands.configure(parser, add_common)
    # For the help alone: each command takes these itself.
    add_day_and_notes(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    result = notes_commands.run(*open_notes(args), args)
    if args.json:
        print_json(result.data)
    elif isinstance(result.text, bytes):
        print_file(result.text)
    elif result.text:
        print(plain(result.text))
    for line in result.said:
        say(line)
    return result.code
