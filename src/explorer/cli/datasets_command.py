"""`explorer datasets`: the datasets that come with the program, a line each."""

from __future__ import annotations

import argparse
from typing import TypedDict

from explorer import dataset
from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_json
from explorer.cli.output import print_json
from explorer.opening import read
from explorer.record import labels
from explorer.record.model import Dataset
from explorer.text.json_types import DateText


class DatasetData(TypedDict):
    """A dataset that comes with the program."""

    dataset: str
    """The name by which it is opened."""
    name: str
    summary: str
    began: DateText
    record_ends: DateText
    rounds: int
    delegations: int
    issues: int
    quotes: int


SHAPE = list[DatasetData]


def add_arguments(parser: Parser) -> None:
    parser.epilog = "“explorer NAME” opens one, and every command takes its name as a dataset."
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    views = {name: read(path, None).view for name, path in dataset.bundled().items()}
    found = [_data(name, view.index.dataset) for name, view in views.items()]
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


def _data(name: str, whole: Dataset) -> DatasetData:
    about = whole.negotiation
    return {
        "dataset": name,
        "name": about.name,
        "summary": about.summary,
        "began": str(about.began),
        "record_ends": str(about.record_ends),
        "rounds": len(whole.rounds),
        "delegations": len(whole.delegations),
        "issues": len(whole.issues),
        "quotes": len(whole.quotes),
    }
