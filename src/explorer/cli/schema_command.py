"""`explorer schema`: the form of a dataset, or of what a command prints, as JSON Schema."""

from __future__ import annotations

import argparse
from typing import Any

from explorer.cli.arguments import Parser
from explorer.cli.output import print_json
from explorer.errors import UsageError
from explorer.text.near_words import nearest

SHAPE = dict[str, Any]
"""A JSON Schema, of draft 7."""


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "“explorer schema > explorer.schema.json” keeps it in a file; the line "
        "“#:schema ./explorer.schema.json” at the top of a TOML file beside it makes editors "
        "with a TOML server (Even Better TOML, Taplo, Tombi) complete and check that file. "
        "“explorer schema --output list” is the shape of what “explorer list --json” prints."
    )
    parser.add_argument(
        "--output",
        metavar="COMMAND",
        nargs="?",
        const="",
        help="the shape of what a command prints with --json; without a name, list them",
    )
    # Of a command that has several, “notes list”.
    parser.add_argument("own", nargs="*", metavar="COMMAND", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="the same: it is JSON anyway")


def run(args: argparse.Namespace) -> int:
    """Print it. Raises UsageError when no command of that name prints JSON."""
    if args.output is None and args.own:
        raise UsageError(f"say “explorer schema --output {' '.join(args.own)}”")
    if args.output is None:
        from explorer.dataset.schema import schema

        print_json(schema())
        return 0
    from explorer.cli.command_table import described_in_full
    from explorer.cli.output_schema import names, schema_of

    known = names(described_in_full())
    name = " ".join((args.output, *args.own))
    if not name:
        if args.json:
            print_json(known)
        else:
            width = max(map(len, known))
            print("\n".join(f"{name:<{width}}  {what}" for name, what in known.items()))
        return 0
    if name not in known:
        own = [each for each in known if each.startswith(f"{name} ")]
        near = nearest(name, known)
        hint = f"there are {', '.join(own)}" if own else near and f"did you mean “{near}”?"
        more = hint or "“explorer schema --output” lists them"
        raise UsageError(f"there is no output “{name}”; {more}")
    print_json(schema_of(name))
    return 0
