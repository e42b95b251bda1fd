"""The commands that begin with `explorer notes`: what each takes, and what it tells.

A command is one function, one that adds its arguments, and one line in COMMANDS. It returns
what is to be printed, and prints nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from explorer.cli.arguments import choice
from explorer.errors import UsageError
from explorer.record import clock

if TYPE_CHECKING:
    from explorer.notes import Damaged, Note, NoteStore
    from explorer.transfer.export import Format
    from explorer.transfer.outcome import Outcome
    from explorer.view import View

Arguments = argparse.Namespace

_WORDS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a command."""

    data: Any
    """For `--json`."""
    text: str | bytes = ""
    """Without it; bytes are a file."""
    said: tuple[str, ...] = ()
    """What is no result."""
    code: int = 0


def configure(
    parser: argparse.ArgumentParser, with_dataset: Callable[..., None]
) -> None:  # fmt: skip
    """Add the commands, each with the options that all commands take, before it or after."""
    with_dataset(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (_, add_arguments, what) in COMMANDS.items():
        command = commands.add_parser(name, help=what, description=what)
        add_arguments(command)
        with_dataset(command, default=argparse.SUPPRESS)
        # What was said before the command is not to be unsaid.
        command.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="print JSON"
        )


def run(view: View, store: NoteStore, args: Arguments) -> Told:
    """Do what was asked. Raises ExplorerError."""
    command, _, _ = COMMANDS[args.command]
    return command(view, store, args)


def _no_arguments(_: argparse.ArgumentParser) -> None:
    pass


def _where(_: View, store: NoteStore, __: Arguments) -> Told:
    return Told(str(store.where), str(store.where))


# Looking.


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tag", metavar="TAG", help="only those with this tag")
    parser.add_argument("--due", action="store_true", help="only those to be looked at again")


def _list(view: View, _: NoteStore, args: Arguments) -> Told:
    from explorer.notes.tags import as_tag
    from explorer.transfer import tag_list

    shown = list(view.shown_notes())
    beside = list(view.shown_copies())
    no_tag = ""
    if args.tag is not None:
        if (tag := as_tag(args.tag)) is None:
            raise UsageError(f"“{args.tag}” cannot be a tag")
        no_tag = tag_list.unknown([*shown, *beside], tag)
        shown, beside = ([n for n in notes if n.has_tag(tag)] for notes in (shown, beside))
    if args.due:
        shown, beside = list(tag_list.due(shown, clock.today())), []
    lines = [
        "\t".join(
            (str(note.ref), f"{clock.day_of(note.changed)}", _named(view, note), _begun(note))
        )
        for note in shown
    ]
    said, code = _left_out(view)
    said += [no_tag] if no_tag else []
    if beside:
        said += [f"a second version: {copy.path}" for copy in beside]
    data = [_as_data(view, note) for note in [*shown, *beside]]
    data += [_as_unread(file) for file in view.notes.damaged]
    return Told(data, "\n".join(lines), tuple(said), code)


def _tags(view: View, _: NoteStore, __: Arguments) -> Told:
    from explorer.transfer import tag_list

    counted = tag_list.counted(view.shown_notes())
    said, code = _left_out(view)
    return Told(
        [{"tag": tag, "notes": number} for tag, number in counted],
        "\n".join(f"#{tag}\t{number}" for tag, number in counted),
        tuple(said),
        code,
    )


def _due(view: View, _: NoteStore, __: Arguments) -> Told:
    from explorer.transfer import tag_list

    due = tag_list.due(view.shown_notes(), clock.today())
    lines = ("\t".join((f"{n.due}", str(n.ref), _named(view, n), _begun(n))) for n in due)
    said, code = _left_out(view)
    return Told([_as_data(view, note) for note in due], "\n".join(lines), tuple(said), code)


def _left_out(view: View) -> tuple[list[str], int]:
    """What is said of notes that are not told, and the exit code."""
    from explorer.record.labels import day

    said = []
    hidden = len(view.notes.all()) - len(view.shown_notes())
    if not view.notes.all():
        said.append("There are no notes yet.")
    elif hidden:
        said.append(f"{hidden} more on records that were not public on {day(view.today)}")
    damaged = view.notes.damaged
    said += [
        f"cannot be read, left untouched: {file.path}: {file.reason}. {file.remedy}"
        for file in damaged
    ]
    return said, 1 if damaged else 0


def _as_unread(file: Damaged) -> dict[str, Any]:
    """A file that cannot be read, among the notes: so that whoever counts them sees it."""
    return {
        "file": str(file.path),
        "record": str(file.ref) if file.ref else None,
        "unread": file.reason,
        "remedy": file.remedy,
    }


def _as_data(view: View, note: Note) -> dict[str, Any]:
    from explorer.transfer.portable_note import as_data, of

    told = of(note, name=_name(view, note), dataset=view.index.dataset.negotiation.id)
    return {**as_data(told), "file": str(note.path)}


def _name(view: View, note: Note) -> str:
    from explorer.record.labels import title

    ref = view.index.current(note.ref)
    return title(view.index, ref) if ref else note.name


def _named(view: View, note: Note) -> str:
    return _name(view, note) if view.index.current(note.ref) else "no longer in the dataset"


def _begun(note: Note) -> str:
    from explorer.record.labels import shortened

    return shortened(" ".join(note.text.split()), _WORDS_SHOWN)


# Out.


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write it there")
    parser.add_argument(
        "--format",
        **choice("md", "csv", "json", "jsonld"),
        help="Markdown, CSV, JSON or W3C Web Annotations; else as the file’s name ends, or md",
    )
    parser.add_argument("--force", action="store_true", help="write over any file")


def _export(view: View, _: NoteStore, args: Arguments) -> Told:
    from explorer.storage.file_extension import form_of
    from explorer.transfer import export
    from explorer.transfer.formats.json_notes import parsed

    target: Path | None = args.output
    if args.json and not target and args.format not in (None, "json", "jsonld"):
        raise UsageError("--json prints JSON; leave out --format, or --json")
    otherwise = "json" if args.json and target is None else "md"
    to = cast("Format", args.format or form_of(target, export.FORMS, otherwise))
    data = export.export(view, to)
    said, code = _left_out(view)
    if target is None:
        return Told(parsed(data.decode()) if args.json else None, data, tuple(said), code)
    export.save(target, data, force=args.force)
    number = len(export.gathered(view))
    told = {"file": str(target), "format": to, "notes": number}
    return Told(told, "", (f"Written to {target}", *said), code)


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="else named by dataset and time, here"
    )


def _backup(view: View, store: NoteStore, args: Arguments) -> Told:
    from explorer.notes import Drafts
    from explorer.record.labels import counted
    from explorer.transfer.backup import backup

    now = clock.here(datetime.now(UTC))
    name = f"{view.index.dataset.negotiation.id}-notes-{now:%Y-%m-%d-%H%M%S}.zip"
    made = backup(store, args.output or Path(name))
    said = [f"{counted(made.number, 'file')}, read back and found whole"]
    said += [f"cannot be read, and is not in it: {f.path}: {f.reason}" for f in made.left_out]
    if Drafts(store.where).are_there():
        said.append("What is being written and not saved yet is not in it.")
    data = {
        "file": str(made.path),
        "files": made.number,
        "left_out": [{"file": str(f.path), "why": f.reason} for f in made.left_out],
    }
    return Told(data, str(made.path), tuple(said), 1 if made.left_out else 0)


# In.


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="what an export wrote, or another program"
    )
    parser.add_argument(
        "--format",
        **choice("md", "csv", "json", "jsonld"),
        help="else as the file’s name ends, or as it begins",
    )


def _import(view: View, store: NoteStore, args: Arguments) -> Told:
    from explorer.record.labels import counted
    from explorer.transfer import importer

    data = importer.load(args.file)
    is_in = args.format or importer.format_of(args.file, data)
    pages = importer.pages_of(view.whole)
    foreign = importer.read(data, is_in, name=str(args.file), pages=pages)
    outcome = importer.take_in(store, view.notes, foreign)
    come = {*outcome.added, *outcome.kept_both}
    orphans = [n for n in replace(view, notes=store.load()).orphans() if n.path in come]
    told = _of_outcome(outcome)
    if orphans:
        gone = f"{counted(len(orphans), 'is', 'are')} on records that this dataset does not have"
        told = replace(told, said=(*told.said, gone))
    return told


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="what a backup wrote")


def _restore(_: View, store: NoteStore, args: Arguments) -> Told:
    from explorer.transfer.backup import restore

    return _of_outcome(restore(store, args.file))


def _rename_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="the tag, with # or without")
    parser.add_argument("new", metavar="NEW", help="its new name; another tag's merges the two")


def _rename(view: View, store: NoteStore, args: Arguments) -> Told:
    from explorer.notes.tags import as_tag
    from explorer.transfer import tag_list

    told = _of_outcome(tag_list.rename_everywhere(store, view.notes, args.old, args.new))
    copies = (copy for copies in view.notes.copies.values() for copy in copies)
    no_tag = tag_list.unknown([*view.notes.all(), *copies], as_tag(args.old.strip()) or args.old)
    return replace(told, said=(*told.said, no_tag)) if no_tag else told


def _of_outcome(outcome: Outcome) -> Told:
    def shown(paths: Iterable[Path]) -> list[str]:
        return [str(path) for path in paths]

    data = {
        "added": shown(outcome.added),
        "changed": shown(outcome.changed),
        "same": outcome.same,
        "kept_both": shown(outcome.kept_both),
        "refused": [{"what": one.what, "why": one.why} for one in outcome.refused],
        "not_taken": dict(outcome.not_taken),
        "remarks": list(outcome.remarks),
    }
    said = tuple(_said(outcome))
    return Told(data, outcome.summary, said, 1 if outcome.refused else 0)


def _said(outcome: Outcome) -> Iterator[str]:
    yield from (f"kept beside: {path}" for path in outcome.kept_both)
    yield from map(str, outcome.refused)
    if outcome.not_taken:
        yield outcome.told_of_not_taken
    yield from dict.fromkeys(outcome.remarks)


_Run = Callable[["View", "NoteStore", Arguments], Told]
_Configure = Callable[[argparse.ArgumentParser], None]

COMMANDS: Mapping[str, tuple[_Run, _Configure, str]] = {
    "where": (_where, _no_arguments, "Say in which folder your notes are."),
    "list": (_list, _list_arguments, "List your notes, last changed first."),
    "tags": (_tags, _no_arguments, "List the tags, with the number of notes that have each."),
    "due": (_due, _no_arguments, "List the notes to be looked at again by today."),
    "export": (_export, _export_arguments, "Write your notes as Markdown, CSV or JSON."),
    "import": (
        _import,
        _import_arguments,
        "Take in notes, ours or another program’s; twice is once.",
    ),
    "backup": (_backup, _backup_arguments, "Write all notes to one file, byte for byte."),
    "restore": (_restore, _restore_arguments, "Put back what a backup has and is not there."),
    "rename-tag": (_rename, _rename_arguments, "Give a tag another name in all notes."),
}
