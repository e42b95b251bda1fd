"""The dataset, the notes and the day that are asked for, and the view they make."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import dataset
from explorer.cli.arguments import Parser, choice, from_home
from explorer.cli.output import say
from explorer.errors import NoteError, UsageError
from explorer.storage import files, folders
from explorer.text.folding import fold
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.notes import NoteStore
    from explorer.opening import Opened
    from explorer.view import View


_LIKE = 0.65
"""How like a name must be to be meant: any word may be that of a folder that is not there."""


def add_json(parser: Parser, *formats: str) -> None:
    """What every command takes that prints anything, and the formats of a document."""
    only_one = parser.add_mutually_exclusive_group()
    only_one.add_argument("--json", action="store_true", help="print the data as JSON")
    if formats:
        only_one.add_argument(
            "--format",
            **choice(*formats),
            help="print text, Markdown, a web page or JSON; this JSON holds the sentences with "
            "their sources, --json the data behind them",
        )


def add_dataset(parser: Parser) -> None:
    """A dataset, which may be named last or with an option; after all other words."""
    parser.add_argument(
        "dataset",
        metavar="DATASET",
        nargs="?",
        action="append",
        default=argparse.SUPPRESS,
        help="a folder of TOML files, one file, or the name of one that comes with explorer",
    )
    parser.add_argument(
        "--dataset",
        metavar="PATH",
        action="append",
        help="the same as DATASET, before the command or after it",
    )
    parser.add_argument(
        "--any-size",
        action="store_true",
        help="read the dataset however large its files are",
    )


def add_day_and_notes(parser: Parser, *, with_to: bool = False) -> None:
    """What the app and every command take that look at a dataset."""
    only_one = parser.add_mutually_exclusive_group()
    only_one.add_argument(
        "--as-of", metavar="DATE", help="show only what was public then: a day or a round"
    )
    if with_to:
        only_one.add_argument("--to", metavar="DATE", help="the same as --as-of")
    parser.add_argument("--notes", metavar="DIR", type=from_home, help="the folder of your notes")
    parser.add_argument(
        "--also",
        metavar="FOLDER",
        type=from_home,
        action="append",
        default=[],
        help="a colleague’s folder of notes, shown beside yours; may be given several times",
    )
    add_overlay(parser)


def add_overlay(parser: Parser) -> None:
    """Where what the reader added is."""
    parser.add_argument(
        "--overlay",
        metavar="DIR|off",
        help="the folder of what you add to datasets yourself; “off” leaves it out",
    )


def add_common(parser: Parser, *formats: str, with_to: bool = False) -> None:
    """What every command takes that looks at a dataset, after its own arguments."""
    add_day_and_notes(parser, with_to=with_to)
    add_dataset(parser)
    add_json(parser, *formats)


def dataset_path(args: argparse.Namespace, commands: Iterable[str] = ()) -> Path:
    """The dataset that was named, or the one that comes with the program.

    Raises UsageError when there is none, which names the one of these commands that may have
    been meant, or when two are named.
    """
    named: list[str] = args.dataset or []
    path = from_home(named[-1]) if named else dataset.shipped()
    if not os.path.lexists(path) and str(path) in (ours := dataset.bundled()):
        path = ours[str(path)]
    if named[1:]:
        raise UsageError(f"two datasets are named; leave out {path} or --dataset")
    try:
        there = path.exists()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {files.why(error)}") from error
    if not there and path.is_symlink():
        raise UsageError(f"{path} is a symbolic link that leads nowhere or in a circle")
    if not there:
        near = _meant(str(path), commands)
        what = "dataset" if near in dataset.bundled() else "command"
        names = "“explorer help” names the commands, " if path.name == str(path) else ""
        new = f"; {names}“explorer new FOLDER” makes a dataset of your own" if commands else ""
        hint = f"; did you mean the {what} “{near}”?" if near else new
        raise UsageError(f"there is no such file or folder: {path}{hint}")
    return path


def _meant(typed: str, commands: Iterable[str]) -> str:
    """The command or the dataset that comes along that may be meant; nothing when none is."""
    ours, word = dataset.bundled(), fold(typed)
    of_name = [name for name in ours if word and f"-{word}" in f"-{name}"]
    return of_name[0] if len(of_name) == 1 else nearest(word, (*commands, *ours), _LIKE)


def notes_folder(args: argparse.Namespace) -> Path | None:
    """Where notes are: the option, then the environment, then the user's data folder.

    None when the user has none.
    """
    if args.notes is not None:
        return Path(args.notes)
    if named := os.environ.get("EXPLORER_NOTES"):
        return from_home(named)
    try:
        return folders.data_folder() / "notes"
    except OSError:
        return None


def overlays_folder(args: argparse.Namespace) -> tuple[Path | None, bool]:
    """Where what the reader added to datasets is, and whether that was asked for.

    The option, then the environment, then the user's data folder; None when it is off, or the
    user has none.
    """
    named = getattr(args, "overlay", None) or os.environ.get("EXPLORER_OVERLAY")
    if named:
        return (None if named == "off" else from_home(named)), named != "off"
    try:
        return folders.data_folder() / "overlays", False
    except OSError:
        return None, False


def open_record(args: argparse.Namespace, *, with_notes: bool = True) -> View:
    """What was asked for; says on stderr what must be known of its day, and of notes."""
    from explorer.documents import coverage
    from explorer.opening import trouble_with_additions

    opened = _opened(args)
    if opened.store is None and with_notes:
        say(f"explorer: {opened.trouble}")
    if trouble := trouble_with_additions(opened.view.whole):
        say(f"explorer: {trouble}")
    say(coverage.asked(opened.view))
    say(coverage.age(opened.view))
    return opened.view


def open_notes(args: argparse.Namespace) -> tuple[View, NoteStore]:
    """The view, and where its notes are kept. Raises NoteError when they are off."""
    opened = _opened(args)
    if opened.store is None:
        raise NoteError(opened.trouble)
    from explorer.documents import coverage

    say(coverage.asked(opened.view))
    return opened.view, opened.store


def _opened(args: argparse.Namespace) -> Opened:
    from explorer.opening import read

    to = getattr(args, "to", None)
    overlays, is_asked = overlays_folder(args)
    opened = read(
        dataset_path(args),
        notes_folder(args),
        args.as_of if to is None else to,
        also=args.also,
        option="--as-of" if to is None else "--to",
        any_size=args.any_size,
        overlays=overlays,
        is_overlay_asked=is_asked,
    )
    for trouble in opened.store.others.trouble if opened.store else ():
        say(f"explorer: {one_line(trouble)}")
    return opened
