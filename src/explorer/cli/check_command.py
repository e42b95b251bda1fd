"""`explorer check`: the problems of a dataset and its warnings, a line each."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from explorer import dataset
from explorer.cli import quotes_proven
from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_dataset, add_json, add_overlay, dataset_path
from explorer.cli.output import print_json, say
from explorer.dataset import quote_proof
from explorer.record.labels import counted, tally
from explorer.record.model import KINDS
from explorer.text.sanitize import plain


def add_arguments(parser: Parser) -> None:
    parser.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")
    parser.add_argument(
        "--own", action="store_true", help="check what you added to it yourself instead"
    )
    parser.add_argument(
        "--quotes",
        metavar="FOLDER",
        help="prove that what is quoted stands in its sources, by copies of them: text, Markdown "
        "or HTML files named by source id, such as bay-news.html",
    )
    add_overlay(parser)
    add_dataset(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.own or args.overlay:
        from explorer.cli import overlay_command

        return overlay_command.check(args)
    path = dataset_path(args)
    data: dict[str, Any] = {"dataset": str(path), "problems": [], "warnings": []}
    try:
        checked, warnings = dataset.check(path, any_size=args.any_size)
    except dataset.DatasetError as error:
        if args.json:
            data["problems"] = [problem.as_data() for problem in error.problems]
            print_json(data)
        else:
            for problem in error.problems:
                print(plain(str(problem)))
            say(f"{counted(len(error.problems), 'problem')} in {path}")
        return 1
    proofs = quote_proof.prove(checked, Path(args.quotes)) if args.quotes else None
    records = {kind: number for kind in KINDS if (number := len(checked.of(kind)))}
    if args.json:
        data["warnings"] = [warning.as_data() for warning in warnings]
        proven = {"quotes": quotes_proven.as_data(proofs)} if proofs else {}
        print_json({**data, "records": records, **proven})
    else:
        for warning in warnings:
            print(plain(f"warning: {warning}"))
        found = f"no problems, {counted(len(warnings), 'warning')}" if warnings else "no problems"
        listed = ", ".join(tally(kind, number) for kind, number in records.items())
        print(plain(f"{checked.negotiation.name}: {found}. {listed}."))
        if proofs:
            quotes_proven.print_proofs(proofs)
    if proofs and proofs.having("not found"):
        return 1
    return 1 if warnings and args.strict else 0
