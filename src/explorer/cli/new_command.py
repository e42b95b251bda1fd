"""`explorer new`: a small dataset of one's own to begin with."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TypedDict

from explorer.cli.arguments import Parser, from_home
from explorer.cli.output import print_json
from explorer.text.sanitize import plain
from explorer.text.shell_words import quoted


class NewData(TypedDict):
    """The dataset that was made."""

    dataset: str
    """Its folder."""
    files: list[str]


SHAPE = NewData


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "Each file has comments that say what goes where; the guide is data/README.md of the "
        "project. Editors with a TOML server (Even Better TOML, Taplo, Tombi) complete keys and "
        "mark mistakes by the schema that lies beside the files."
    )
    parser.add_argument(
        "folder", metavar="FOLDER", type=from_home, help="a folder that is new or empty"
    )
    parser.add_argument("--name", metavar="NAME", default="", help="what the negotiation is called")
    parser.add_argument(
        "--json", action="store_true", help="print the files that were made as JSON"
    )


def run(args: argparse.Namespace) -> int:
    from explorer.dataset import new_dataset

    made = new_dataset.make(args.folder, args.name, date.today())  # noqa: DTZ011 -- their own day
    if args.json:
        print_json({"dataset": str(args.folder), "files": [str(file) for file in made]})
        return 0
    folder = quoted(args.folder)
    print(plain(f"{args.folder} is a dataset now, with an example of most things to write over:"))
    print(plain(f"  {', '.join(file.name for file in made)}"))
    ways = {
        f"explorer {folder}": "opens it",
        f"explorer check {folder}": "names every mistake, with its line",
        "explorer help new": "where to read on",
    }
    width = max(map(len, ways))
    for command, what in ways.items():
        print(plain(f"  {command:<{width}}  {what}"))
    return 0
