"""`explorer overlay`: what the reader added to a dataset that is not theirs to write to."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypedDict

from explorer import dataset
from explorer.cli.arguments import Parser, choice
from explorer.cli.given_dataset import (
    add_dataset,
    add_json,
    add_overlay,
    dataset_path,
    overlays_folder,
)
from explorer.cli.output import print_file, print_json, say
from explorer.dataset.overlay_contents import Item, ItemData, items, patch, tidy
from explorer.dataset.problems import Problem
from explorer.errors import ExplorerError, UsageError
from explorer.record.labels import counted, day, shortened
from explorer.storage import files
from explorer.text.json_types import FieldsOf
from explorer.text.sanitize import one_line, plain

_STATES = {
    None: "",
    "adopted": "the dataset has it now; “explorer overlay tidy” takes it out of here",
    "clash": "set aside: the dataset has another record with this id",
    "gone": "set aside: the dataset has no such record",
}
_LONGEST = 60


ProblemData = Annotated[dict[str, Any], FieldsOf(Problem)]


class OverlayData(TypedDict):
    """Where what was added is."""

    overlay: str


class ItemsData(OverlayData):
    """What was added."""

    items: list[ItemData]


class PatchData(OverlayData):
    """What would add it to the dataset."""

    patch: str
    """A unified diff; empty when there is nothing."""


class TidiedData(OverlayData):
    """What was taken out, since the dataset has the same."""

    taken_out: list[ItemData]


class OverlayChecked(OverlayData):
    """The problems and warnings of what was added."""

    dataset: str
    problems: list[ProblemData]
    warnings: list[ProblemData]
    aside: list[str]
    """What is set aside, each with why."""


SHAPES: Mapping[str, Any] = {
    "list": ItemsData,
    "diff": PatchData,
    "check": OverlayChecked,
    "tidy": TidiedData,
    "path": OverlayData,
}


def add_arguments(parser: Parser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = (
        "What you added to a dataset yourself, where the dataset is not yours to write to."
    )
    parser.epilog = (
        "  list    each record and entry, and whether the dataset has it by now (or no word)\n"
        "  diff    a patch for who keeps the dataset: “git apply” or “patch -p1” in its folder\n"
        "  check   the problems that keep what you added from being read\n"
        "  tidy    move to a trash what the dataset has now as you added it\n"
        "  path    the folder that holds it"
    )
    parser.add_argument(
        "what", metavar="WHAT", nargs="?", default="list", **choice(*_DONE), help=", ".join(_DONE)
    )
    add_overlay(parser)
    add_dataset(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    return _DONE[args.what](args)


def check(args: argparse.Namespace) -> int:
    """Name the problems of what was added, and what is set aside."""
    from explorer.dataset import overlay, read
    from explorer.dataset.validate import examine, validate_with

    path, own = _given(args)
    record, texts = read.texts(path, any_size=args.any_size), overlay.texts(own)
    data = {"dataset": str(path), "overlay": str(own), "problems": [], "warnings": [], "aside": []}
    try:
        _, aside = validate_with(record, texts, lambda _: None)
        _, found = examine(record, texts)
    except dataset.DatasetError as error:
        if args.json:
            print_json(data | {"problems": [problem.as_data() for problem in error.problems]})
        else:
            for problem in error.problems:
                print(plain("\n".join(problem.lines())))
            say(f"{counted(len(error.problems), 'problem')} in {own}")
        return 1
    warnings = [warning for warning in found if warning.file in texts]
    if args.json:
        said = [str(one) for one in aside]
        print_json(data | {"warnings": [one.as_data() for one in warnings], "aside": said})
        return 0
    for warning in warnings:
        print(plain("\n".join(warning.lines())))
    for one in aside:
        print(plain(str(one)))
    print(plain(f"{own}: no problems, {counted(len(warnings), 'warning')}."))
    return 0


def _list(args: argparse.Namespace) -> int:
    path, own = _given(args)
    found = items(path, own, any_size=args.any_size)
    if args.json:
        print_json({"overlay": str(own), "items": [item.as_data() for item in found]})
        return 0
    if not found:
        say(f"You have added nothing to this dataset yet; it would be in {own}")
    _print(found)
    return 0


def _print(found: Sequence[Item]) -> None:
    rows = [[str(i.ref), i.entry[0] if i.entry else "", str(i.day or "-")] for i in found]
    widths = [max((len(row[n]) for row in rows), default=0) for n in (0, 1, 2)]
    for (ref, entry, when), item in zip(rows, found, strict=True):
        said = shortened(one_line(_words(item)), _LONGEST)
        state = f"  [{_STATES[item.why]}]" if item.why else ""
        line = f"{ref:<{widths[0]}}  {entry:<{widths[1]}}  {when:<{widths[2]}}  {said}{state}"
        print(plain(line))


def _words(item: Item) -> str:
    """What says most of it."""
    keys = ("text", "name", "title", "words", "summary")
    return next((str(item.values[key]) for key in keys if item.values.get(key)), "")


def _diff(args: argparse.Namespace) -> int:
    path, own = _given(args)
    data = patch(path, own, any_size=args.any_size)
    left_out = [item for item in items(path, own, any_size=args.any_size) if item.why]
    if args.json:
        print_json({"overlay": str(own), "patch": data.decode("utf-8", "replace")})
    else:
        print_file(data)
    if left_out:
        number = counted(len(left_out), "addition is", "additions are")
        say(f"explorer: {number} left out; “explorer overlay” says why")
    elif not data:
        say("explorer: there is nothing to send")
    index = dataset.load(path, any_size=args.any_size, overlays=own.parent)
    if data and index.dataset.negotiation.own_until is not None:
        say(
            f"explorer: the record ends on {day(index.dataset.negotiation.record_ends)}, and some "
            "of this is later; who keeps it moves record_ends"
        )
    return 0


def _tidy(args: argparse.Namespace) -> int:
    path, own = _given(args)
    try:
        taken = tidy(path, own, any_size=args.any_size)
    except OSError as error:
        where = one_line(str(error.filename or own))
        raise ExplorerError(f"{where}: {files.explained(error, 'Nothing was changed.')}") from error
    if args.json:
        print_json({"overlay": str(own), "taken_out": [item.as_data() for item in taken]})
    elif not taken:
        print("There is nothing to tidy: the dataset has none of it yet.")
    else:
        _print(taken)
        number = counted(len(taken), "addition was", "additions were")
        print(
            plain(
                f"{number} taken out, for the dataset has the same; the files as they were lie "
                f"in {own / 'trash'}"
            )
        )
    return 0


def _path(args: argparse.Namespace) -> int:
    _, own = _given(args)
    if args.json:
        print_json({"overlay": str(own)})
    else:
        print(plain(str(own)))
    return 0


_DONE: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "diff": _diff,
    "check": check,
    "tidy": _tidy,
    "path": _path,
}


def _given(args: argparse.Namespace) -> tuple[Path, Path]:
    """The dataset, and the folder of what was added to it.

    Raises DatasetError, and UsageError when that is off.
    """
    path = dataset_path(args)
    overlays, _ = overlays_folder(args)
    if overlays is None:
        raise UsageError("what you add yourself is off; name a folder for it with --overlay DIR")
    index = dataset.load(path, any_size=args.any_size)
    from explorer.dataset import overlay

    return path, overlay.of(overlays, index.dataset.negotiation.id)
