"""`explorer schema`: the form of a dataset as JSON Schema, for editors and other tools."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import Parser
from explorer.cli.output import print_json


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "“explorer schema > explorer.schema.json” keeps it in a file; the line "
        "“#:schema ./explorer.schema.json” at the top of a TOML file beside it makes editors "
        "with a TOML server (Even Better TOML, Taplo, Tombi) complete and check that file."
    )
    parser.add_argument("--json", action="store_true", help="the same: it is JSON anyway")


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 -- it has no choice
    from explorer.dataset.schema import schema

    print_json(schema())
    return 0
