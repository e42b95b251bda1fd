"""`explorer version`, and `--version` anywhere."""

from __future__ import annotations

import argparse
from typing import TypedDict

from explorer import __version__
from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_json
from explorer.cli.output import print_json


class VersionData(TypedDict):
    """The version of explorer."""

    version: str


SHAPE = VersionData


def add_arguments(parser: Parser) -> None:
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.json:
        print_json({"version": __version__})
    else:
        print(f"explorer {__version__}")
    return 0
