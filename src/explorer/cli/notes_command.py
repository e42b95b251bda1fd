"""`explorer notes` and the commands that it has: what each takes, and what comes of it.

A command is one function and one entry in COMMANDS. It returns what `run` is to print.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.cli import notes_shapes, notes_sharing
from explorer.cli.arguments import Parser, choice, from_home
from explorer.cli.command_result import CommandResult
from explorer.cli.given_dataset import add_common, add_day_and_notes, add_json, open_notes
from explorer.cli.notes_shapes import (
    BackupData,
    ExportData,
    ListedNote,
    TagData,
    TransferData,
    UnreadNote,
)
from explorer.cli.output import print_file, print_json, say
from explorer.errors import UsageError
from explorer.notes import authors
from explorer.notes.tags import as_tag
from explorer.opening import trouble_with_placeholders
from explorer.record import clock
from explorer.record.labels import counted, day, shortened
from explorer.storage.file_extension import form_of
from explorer.text.folding import fold
from explorer.text.json_text import from_json
from explorer.text.sanitize import plain
from explorer.transfer import export, formats, importer, tag_list
from explorer.transfer.portable_note import as_data, portable, record_name

if TYPE_CHECKING:
    from explorer.notes import Note, NoteStore
    from explorer.transfer.transfer_report import TransferReport
    from explorer.view import View

Arguments = argparse.Namespace

_WORDS_SHOWN = 60
_MERGES = "What git runs to merge a note that two have changed; “notes share” sets it up."


SHAPES = notes_shapes.SHAPES


def add_arguments(parser: Parser) -> None:
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, known in COMMANDS.items():
        command = commands.add_parser(name, help=known.help, description=known.help)
        for names, options in known.arguments:
            command.add_argument(*names, **options)
        add_common(command)
    driver = commands.add_parser("merge-driver", description=_MERGES, is_listed=False)
    for name, letter in (("base", "O"), ("ours", "A"), ("theirs", "B")):
        driver.add_argument(name, metavar="FILE", type=Path, help=f"%%{letter} of git")
    driver.add_argument("name", metavar="NAME", nargs="?", help="%%P of git")
    # For the help alone: each command takes these itself.
    add_day_and_notes(parser)
    add_json(parser)


def run(args: Arguments) -> int:
    if args.command == "merge-driver":
        return notes_sharing.merge_driver(args)
    result = COMMANDS[args.command].run(*open_notes(args), args)
    if args.json:
        print_json(result.data)
    elif isinstance(result.text, bytes):
        print_file(result.text)
    elif result.text:
        print(plain(result.text))
    for line in result.said:
        say(line)
    return result.code


def _where(_: View, store: NoteStore, __: Arguments) -> CommandResult:
    return CommandResult(str(store.where), str(store.where))


def _list(view: View, _: NoteStore, args: Arguments) -> CommandResult:
    shown, copies = view.shown_notes(), view.shown_copies()
    no_tag = ""
    if args.tag is not None:
        if (tag := as_tag(args.tag)) is None:
            raise UsageError(f"“{args.tag}” cannot be a tag")
        no_tag = tag_list.unknown([*shown, *copies], tag)
        shown, copies = (tuple(n for n in notes if n.has_tag(tag)) for notes in (shown, copies))
    if args.author is not None:
        is_by = _by(view, [*shown, *copies], args.author)
        shown, copies = (tuple(filter(is_by, notes)) for notes in (shown, copies))
    if args.due:
        shown, copies = tag_list.due(shown, clock.today()), ()
    unread: list[UnreadNote] = [
        {
            "file": str(file.path),
            "record": str(file.ref) if file.ref else None,
            "unread": file.reason,
            "remedy": file.remedy,
        }
        for file in view.notes.damaged
    ]
    return _notes_not_shown(
        view,
        # What cannot be read is among the notes, so that whoever counts them sees it.
        [*_all_data(view, [*shown, *copies]), *unread],
        _table((note.ref, clock.day_of(note.changed), *_shown(view, note)) for note in shown),
        *[no_tag] * bool(no_tag),
        *(f"a second version: {copy.path}" for copy in copies),
    )


def _by(view: View, notes: Iterable[Note], name: str) -> Callable[[Note], bool]:
    """Whether a note is by somebody, who may be named by a part of their name.

    Raises UsageError when none is.
    """
    if authors.is_same(name, "me"):
        return lambda note: not note.others
    known = {view.notes.signed(note) for note in notes} - {""}
    meant = {author for author in known if fold(name) in fold(author)}
    if not meant:
        there = f"; there are {', '.join(sorted(known))}" if known else ""
        raise UsageError(f"no note is by “{name}”{there}")
    return lambda note: view.notes.signed(note) in meant


def _tags(view: View, _: NoteStore, __: Arguments) -> CommandResult:
    counts = tag_list.counted(view.shown_notes())
    data: list[TagData] = [{"tag": tag, "notes": number} for tag, number in counts]
    return _notes_not_shown(view, data, _table((f"#{tag}", number) for tag, number in counts))


def _due(view: View, _: NoteStore, __: Arguments) -> CommandResult:
    due = tag_list.due(view.shown_notes(), clock.today())
    rows = ((note.due, note.ref, *_shown(view, note)) for note in due)
    return _notes_not_shown(view, _all_data(view, due), _table(rows))


def _notes_not_shown(
    view: View, data: object, text: str | bytes = "", *said: str
) -> CommandResult:  # fmt: skip
    """A result that also says which notes are not in it."""
    hidden = len(view.notes.all()) - len(view.shown_notes())
    more = f"{hidden} more on records that were not public on {day(view.as_of)}" if hidden else ""
    missing = more if view.notes.all() else "There are no notes yet."
    unread = [
        f"cannot be read, left untouched: {file.path}: {file.reason}. {file.remedy}"
        for file in view.notes.damaged
    ]
    known = (missing, _hidden_by_choice(view), trouble_with_placeholders(view.notes))
    lines = [*filter(None, known), *unread]
    return CommandResult(data, text, (*lines, *said), 1 if unread else 0)


def _hidden_by_choice(view: View) -> str:
    """What is said of the notes of others that a person does not want to see."""
    if not view.notes.hides_others or not (others := len(view.notes.of_others())):
        return ""
    theirs = counted(others, "note of other people", "notes of other people")
    return f"{theirs} hidden, as the setting “others” says"


def _table(rows: Iterable[Sequence[object]]) -> str:
    return "\n".join("\t".join(map(str, row)) for row in rows)


def _shown(view: View, note: Note) -> tuple[str, str]:
    """The record of a note, and how its text begins."""
    is_there = view.index.current(note.ref) is not None
    record = record_name(view, note) if is_there else "no longer in the dataset"
    whose = f"{note.others}: " if note.others else ""
    return record, f"{whose}{shortened(' '.join(note.text.split()), _WORDS_SHOWN)}"


def _all_data(view: View, notes: Iterable[Note]) -> list[ListedNote]:
    return [{**as_data(portable(view, note)), "file": str(note.path)} for note in notes]


def _export(view: View, _: NoteStore, args: Arguments) -> CommandResult:
    target: Path | None = args.output
    is_json = args.format is None or ".json" in formats.named(args.format).extensions
    if args.json and not target and not is_json:
        raise UsageError("--json prints JSON; leave out --format, or --json")
    otherwise = "json" if args.json and target is None else "md"
    name = args.format or form_of(target, formats.written_as(), otherwise)
    data = export.export(view, name)
    if target is None:
        return _notes_not_shown(view, from_json(data.decode()) if args.json else None, data)
    export.save(target, data, force=args.force)
    number = len(export.notes_to_export(view).notes)
    about: ExportData = {"file": str(target), "format": name, "notes": number}
    result = _notes_not_shown(view, about)
    return replace(result, said=(f"Written to {target}", *result.said))


def _import(view: View, store: NoteStore, args: Arguments) -> CommandResult:
    report = importer.import_file(store, view, args.file, args.format)
    come = {*report.added, *report.kept_both}
    orphans = [n for n in replace(view, notes=store.load()).orphans() if n.path in come]
    number = counted(len(orphans), "is", "are")
    gone = [f"{number} on records that this dataset does not have"] if orphans else []
    return _of_report(report, *gone)


def _backup(view: View, store: NoteStore, args: Arguments) -> CommandResult:
    from explorer.notes import Drafts
    from explorer.transfer.backup import backup

    now = clock.here(datetime.now(UTC))
    name = f"{view.index.dataset.negotiation.id}-notes-{now:%Y-%m-%d-%H%M%S}.zip"
    done = backup(store, args.output or Path(name))
    said = [f"{counted(done.number, 'file')}, read back and found whole"]
    said += [f"cannot be read, and is not in it: {f.path}: {f.reason}" for f in done.left_out]
    if Drafts(store.where).are_there():
        said.append("What is being written and not saved yet is not in it.")
    data: BackupData = {
        "file": str(done.path),
        "files": done.number,
        "left_out": [{"file": str(f.path), "why": f.reason} for f in done.left_out],
    }
    return CommandResult(data, str(done.path), tuple(said), 1 if done.left_out else 0)


def _restore(_: View, store: NoteStore, args: Arguments) -> CommandResult:
    from explorer.transfer.backup import restore

    return _of_report(restore(store, args.file))


def _rename_tag(view: View, store: NoteStore, args: Arguments) -> CommandResult:
    report = tag_list.rename_everywhere(store, view.notes, args.old, args.new)
    no_tag = tag_list.unknown(view.notes.every_version(), as_tag(args.old.strip()) or args.old)
    return _of_report(report, *[no_tag] * bool(no_tag))


def _of_report(report: TransferReport, *said: str) -> CommandResult:
    data: TransferData = {
        "added": list(map(str, report.added)),
        "changed": list(map(str, report.changed)),
        "same": report.same,
        "kept_both": list(map(str, report.kept_both)),
        "refused": [{"what": one.what, "why": one.why} for one in report.refused],
        "not_taken": dict(report.left_out),
        "remarks": report.remarks,
    }
    beside = (f"kept beside: {path}" for path in report.kept_both)
    lines = (*beside, *map(str, report.refused), *report.warnings, *said)
    return CommandResult(data, report.summary, lines, 1 if report.refused else 0)


_Argument = tuple[tuple[str, ...], Mapping[str, Any]]


class _Command:
    def __init__(
        self,
        run: Callable[[View, NoteStore, Arguments], CommandResult],
        what: str,
        *arguments: _Argument,
    ) -> None:
        self.run, self.help, self.arguments = run, what, arguments


def _argument(*names: str, **options: Any) -> _Argument:
    return names, options


def _file(*names: str, what: str) -> _Argument:
    return _argument(*names, metavar="FILE", type=from_home, help=what)


def _format(known: Iterable[formats.NoteFormat], what: str) -> _Argument:
    return _argument("--format", **choice(*(one.name for one in known)), help=what)


COMMANDS: Mapping[str, _Command] = {
    "where": _Command(_where, "Say in which folder your notes are."),
    "list": _Command(
        _list,
        "List your notes, last changed first.",
        _argument("--tag", metavar="TAG", help="only those with this tag"),
        _argument("--due", action="store_true", help="only those to be looked at again"),
        _argument("--author", metavar="NAME", help="only those by this person; “me” for your own"),
    ),
    "tags": _Command(_tags, "List the tags, with the number of notes that have each."),
    "due": _Command(_due, "List the notes to be looked at again by today."),
    "export": _Command(
        _export,
        f"Write your notes as {formats.listing(formats.WRITTEN)}.",
        _file("-o", "--output", what="write it there"),
        _format(formats.WRITTEN, "else as the file’s name ends, or md"),
        _argument("--force", action="store_true", help="write over any file"),
    ),
    "import": _Command(
        _import,
        "Import notes, ours or another program’s; importing a file again adds nothing.",
        _file("file", what="what an export wrote, or another program"),
        _format(formats.FORMATS, "else as the file’s name ends, or as it begins"),
    ),
    "backup": _Command(
        _backup,
        "Write all notes to one file, byte for byte.",
        _file("-o", "--output", what="else named by dataset and time, here"),
    ),
    "restore": _Command(
        _restore,
        "Restore what a backup has and is not there.",
        _argument("file", metavar="ARCHIVE", type=from_home, help="what a backup wrote"),
    ),
    "rename-tag": _Command(
        _rename_tag,
        "Give a tag another name in all notes.",
        _argument("old", metavar="OLD", help="the tag, with # or without"),
        _argument("new", metavar="NEW", help="its new name; another tag's merges the two"),
    ),
    "share": _Command(
        notes_sharing.share,
        "Set up your notes to be shared by git; doing it again is harmless.",
        _argument("--author", metavar="NAME", help="sign your notes so, and keep it as a setting"),
        _argument(
            "--to",
            metavar="ADDRESS",
            dest="address",
            help="the empty repository where others find them",
        ),
        _argument(
            "--from", metavar="ADDRESS", dest="since", help="clone what others share from there"
        ),
    ),
    "sync": _Command(
        notes_sharing.sync_notes,
        "Commit your notes, fetch and merge those of others, and send yours, with git.",
        _argument("--join", action="store_true", help="merge also what was begun apart from here"),
    ),
}
