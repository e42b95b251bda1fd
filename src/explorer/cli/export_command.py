"""`explorer export`: the record, for spreadsheets, databases and reference managers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict

from explorer.cli.arguments import Parser, choice, from_home
from explorer.cli.given_dataset import add_common, open_record
from explorer.cli.output import print_json, say
from explorer.cli.references import record_of
from explorer.cli.tidy_ending import ends_tidily
from explorer.dataset.bundled import bundled
from explorer.errors import UsageError
from explorer.exports import export_formats
from explorer.exports.export_formats import FORMATS, OUTPUT, ExportFormat
from explorer.exports.record_tables import NOTES
from explorer.text.json_types import DateText
from explorer.text.sanitize import one_line, plain


def add_arguments(parser: Parser) -> None:
    path = parser.add_argument(
        "path",
        metavar="OUT",
        help="the file or folder to write, whose name says in which format; “-” prints it",
    )

    class InsteadOfPath(argparse.Action):
        """What is named with an option need not be named without."""

        def __call__(self, _: Any, namespace: Any, values: Any, __: str | None = None) -> None:
            namespace.output = values
            path.required = False

    parser.add_argument(
        "-o", "--output", metavar="OUT", action=InsteadOfPath, help="the same as OUT"
    )
    endings = "; ".join(_with_endings(known) for known in FORMATS)
    parser.add_argument(
        "--format", **choice(*(known.name for known in FORMATS)), help=f"one of {endings}"
    )
    parser.add_argument(
        "--table", metavar="TABLE", help="one table as CSV, such as quotes or issue_positions"
    )
    parser.add_argument(
        "--scope",
        metavar="REF",
        action="append",
        default=[],
        help="only what belongs with this record; several are a scope, as in the app",
    )
    parser.add_argument(
        "--with-notes", action="store_true", help="your notes too, which else stay with you"
    )
    parser.add_argument("--force", action="store_true", help="write over what has that name")
    add_common(parser)


class WrittenData(TypedDict):
    """What was written; `--format jsonl` writes the record itself as JSON."""

    path: str
    format: str
    as_of: DateText


SHAPE = WrittenData


def run(args: argparse.Namespace) -> int:
    """Write it, or print it. Raises UsageError, ExportError."""
    path = _path(args)
    if args.json and path == OUTPUT:
        raise UsageError("--json says what was written; for the record as JSON say --format jsonl")
    known, table = export_formats.chosen(path, args.format, args.table)
    if args.scope and not known.is_scoped:
        raise UsageError(
            f"{known.label} is of the whole record, for its tables lead to one another; leave out "
            "--scope, or say with --table which one you want"
        )
    if args.with_notes and known.has_notes == "never":
        raise UsageError(f"{known.label} has no place for notes; leave out --with-notes")
    from explorer.exports import write_export
    from explorer.exports.exported import Exported

    with_notes = args.with_notes or known.has_notes == "always" or table == NOTES
    view = open_record(args, with_notes=with_notes)
    scope = tuple(record_of(view, said) for said in args.scope)
    view = view.within(replace(view.scope, chosen=scope)) if scope else view
    exported = Exported(view, with_notes=with_notes, table=table)
    if path == OUTPUT:
        _print(write_export.pieces(known, exported))
    else:
        with ends_tidily():
            write_export.write(known, exported, from_home(path), force=args.force)
        say(f"Written to {path}")
        if args.json:
            print_json({"path": path, "format": known.name, "as_of": view.as_of.isoformat()})
    return 0


def _path(args: argparse.Namespace) -> str:
    given = args.path if args.output is None else args.output
    if not given:
        raise UsageError("OUT is empty; name a file or a folder, such as talks.sqlite")
    if args.output is None:
        if not (args.dataset or args.force) and _is_dataset(given):
            raise UsageError(
                f"{one_line(given)} is a dataset; say before it where to write it, such as "
                f"“explorer export talks.sqlite {one_line(given)}”"
            )
    elif args.path is not None:  # with -o, the word that is left names the dataset
        args.dataset = [*(args.dataset or []), args.path]
    return str(given)


def _is_dataset(word: str) -> bool:
    """Whether a word names what is to be read, where one is due that names what is written."""
    path = Path(word)
    if not os.path.lexists(path):
        return word in bundled()
    is_folder = path.is_dir() and not (path / "datapackage.json").exists()
    return path.suffix == ".toml" or (is_folder and any(path.glob("*.toml")))


def _with_endings(known: ExportFormat) -> str:
    endings = ", ".join(filter(None, known.endings))
    return f"{known.name} ({known.what}{f': {endings}' if endings else ''})"


def _print(pieces: Iterable[bytes]) -> None:
    """Print a file to the byte; a terminal gets no character that would make it act."""
    if sys.stdout.isatty():
        for piece in pieces:
            sys.stdout.write(plain(piece.decode()))
        return
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
