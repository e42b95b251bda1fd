"""`explorer datasets`: the datasets that come with the program, a line each."""

from __future__ import annotations

import argparse
from typing import Any

from explorer import dataset
from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_json
from explorer.cli.output import print_json
from explorer.opening import read
from explorer.record import labels
from explorer.record.model import Dataset


def add_arguments(parser: Parser) -> None:
    parser.epilog = "“explorer NAME” opens one, and every command takes its name as a dataset."
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    views = {name: read(path, None).view for name, path in dataset.bundled().items()}
    found = [{"dataset": name, **_data(view.index.dataset)} for name, view in views.items()]
    if args.json:
        print_json(found)
        return 0
    width = max(map(len, views))
    for name, view in views.items():
        about = view.index.dataset.negotiation
        counts = (labels.tally(kind, len(view.index.refs(kind))) for kind in ("round", "quote"))
        days = labels.days(about.began, about.record_ends)
        print(f"{name:<{width}}  {about.name}, {days}: {', '.join(counts)}")
    return 0


def _data(whole: Dataset) -> dict[str, Any]:
    about = whole.negotiation
    return {
        "name": about.name,
        "summary": about.summary,
        "began": str(about.began),
        "record_ends": str(about.record_ends),
        "rounds": len(whole.rounds),
        "delegations": len(whole.delegations),
        "issues": len(whole.issues),
        "quotes": len(whole.quotes),
    }
