"""The command line: open the app, or print what it knows without a screen.

Results go to stdout, everything else to stderr. Exit codes: 0 fine, 1 problems found,
2 wrong use.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer import __version__, dataset, files
from explorer.errors import ExplorerError, NoteError, UsageError
from explorer.plain import plain

if TYPE_CHECKING:
    from explorer.notes import Notes, NoteStore
    from explorer.opening import Opened
    from explorer.view import View

Arguments = argparse.Namespace


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows “?” for the rest
    try:
        try:
            return _dispatch(given)
        finally:
            if sys.stdout is not None:  # as it is after “>&-”
                sys.stdout.flush()
    except ExplorerError as error:
        print(plain(f"explorer: {error}"), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe left early, as `head` does; there is nobody to tell.
        _abandon_output()
        return 0
    except OSError as error:
        _abandon_output()
        print(
            plain(f"explorer: the output could not be written: {files.why(error)}"), file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        return 130


def _dispatch(given: Sequence[str]) -> int:
    if given and given[0] in _SUBCOMMANDS:
        return _run(given[0], given[1:])
    return _open(_opening().parse_args(given))


def _abandon_output() -> None:
    """Let Python end without trying once more to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _opening() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<8} {what}" for name, (_, _, what) in _SUBCOMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="explorer",
        description="Explore a negotiation and annotate it. Opens the US–China trade talks, "
        "or any dataset you name.",
        epilog=f"without a screen (each has its own --help and --json):\n{commands}\n\n"
        "environment:\n  EXPLORER_NOTES  folder of your notes, as --notes\n"
        "  NO_COLOR        any value: no colours",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("dataset", nargs="?", type=Path, help="folder of TOML files, or one file")
    parser.add_argument("--go", metavar="REF", help="show this record first, e.g. issue:taiwan")
    _add_notes(parser)
    parser.add_argument("--version", action="version", version=f"explorer {__version__}")
    return parser


def _add_notes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--notes", metavar="DIR", type=Path, help="folder of your notes")


def _notes_folder(args: Arguments) -> Path:
    """Where notes are: the option, then the environment, then the user's data folder."""
    if args.notes is not None:
        return Path(args.notes)
    named = os.environ.get("EXPLORER_NOTES")
    return Path(named) if named else files.data_folder() / "notes"


def _open(args: Arguments) -> int:
    path = _dataset_path(args)
    shown = _ref(args.go) if args.go else None
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise UsageError(
            "the app needs a terminal, and input or output is not one. Without a screen use "
            "“explorer list issues”, “explorer show issue:rare-earths” or “explorer --help”."
        )

    # What starting makes is kept to the end; looking through it for garbage is waste.
    gc.disable()
    from explorer.opening import read
    from explorer.ui.app import ExplorerApp

    def reading() -> Opened:
        try:
            return read(path, _notes_folder(args))
        finally:
            gc.freeze()
            gc.enable()

    app = ExplorerApp(reading, shown)
    error = app.run()
    if error is not None:
        raise error
    return app.return_code or 0


def _ref(text: str) -> Any:
    from explorer.model import Ref

    try:
        return Ref.parse(text)
    except ValueError as error:
        raise UsageError(str(error)) from None


# Commands without a screen.


def _run(name: str, given: Sequence[str]) -> int:
    run, configure, what = _SUBCOMMANDS[name]
    parser = argparse.ArgumentParser(prog=f"explorer {name}", description=what)
    configure(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    return run(parser.parse_args(given))


def _with_dataset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dataset", metavar="PATH", type=Path, help="instead of the shipped one")
    _add_notes(parser)


def _configure_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dataset", nargs="?", type=Path, help="folder of TOML files, or one file")


def _check(args: Arguments) -> int:
    path = _dataset_path(args)
    try:
        checked = dataset.load(path, cached=False)
    except dataset.DatasetError as error:
        if args.json:
            _print_json({"dataset": str(path), "problems": [p.as_data() for p in error.problems]})
        else:
            for problem in error.problems:
                print(plain(str(problem)))
            print(plain(f"{dataset.counted(error.problems)} in {path}"), file=sys.stderr)
        return 1
    counts = {kind: len(checked.of(kind)) for kind in _kinds() if checked.of(kind)}
    if args.json:
        _print_json({"dataset": str(path), "problems": [], "records": counts})
    else:
        from explorer.wording import tally

        name = checked.negotiation.name
        print(f"{name}: no problems. {', '.join(tally(k, n) for k, n in counts.items())}.")
    return 0


def _configure_list(parser: argparse.ArgumentParser) -> None:
    names = ", ".join([*_plural_kinds(), "…"][:3])
    parser.add_argument("kind", metavar="KIND", help=f"what to list: {names} or another kind")
    _with_dataset(parser)


def _list(args: Arguments) -> int:
    from explorer.wording import title

    kinds = _plural_kinds()
    kind = kinds.get(args.kind, args.kind)
    if kind not in _kinds():
        near = _nearest(args.kind, kinds)
        hint = f"; did you mean “{near}”?" if near else f"; there are {', '.join(kinds)}"
        raise UsageError(f"there is no kind “{args.kind}”{hint}")
    view, _ = _view(args)
    refs = view.index.refs(kind)
    if args.json:
        _print_json([_record(view, ref) for ref in refs])
    else:
        width = max((len(str(ref)) for ref in refs), default=0)
        for ref in refs:
            print(f"{ref!s:<{width}}  {title(view.index, ref)}")
    return 0


def _configure_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="a record, e.g. round:kuala-lumpur")
    _with_dataset(parser)


def _show(args: Arguments) -> int:
    from explorer.page import as_text, page

    view, _ = _view(args)
    ref = _ref(args.ref)
    ref = view.index.current(ref) or ref
    if ref not in view.index:
        near = _nearest(ref.id, [other.id for other in view.index.refs(ref.kind)])
        hint = f"; did you mean {ref.kind}:{near}?" if near else ""
        raise UsageError(f"there is no {ref} in this dataset{hint}")
    if args.json:
        _print_json(_record(view, ref))
    else:
        print(as_text(page(view, ref)))
        if (note := view.note(ref)) is not None:
            print(f"\nYOUR NOTE\n{note.text}")
    return 0


def _configure_notes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("where", "list"), help="their folder, or each of them")
    _with_dataset(parser)


def _notes(args: Arguments) -> int:
    view, store = _view(args)
    if args.what == "where":
        _print_json(str(store.where)) if args.json else print(plain(str(store.where)))
        return 0
    if args.json:
        _print_json(_notes_data(view.notes))
    else:
        _print_notes(view)
    for damaged in view.notes.damaged:
        print(
            plain(f"cannot be read, left untouched: {damaged.path}: {damaged.reason}"),
            file=sys.stderr,
        )
    return 1 if view.notes.damaged else 0


def _print_notes(view: View) -> None:
    from explorer.wording import shortened, title

    for note in view.notes.all():
        ref = view.index.current(note.ref)
        name = title(view.index, ref) if ref else "no longer in the dataset"
        words = shortened(" ".join(note.text.split()), 60)
        print(f"{note.ref}\t{note.changed:%Y-%m-%d}\t{name}\t{words}")
    if not view.notes.all():
        print("There are no notes yet.", file=sys.stderr)


def _notes_data(notes: Notes) -> list[dict[str, Any]]:
    listed = [*notes.all(), *(copy for copies in notes.copies.values() for copy in copies)]
    return [
        {
            "record": str(note.ref),
            "created": note.created.isoformat(),
            "changed": note.changed.isoformat(),
            "tags": list(note.tags),
            "text": note.text,
            "file": str(note.path),
            "conflict_copy": note.is_copy,
        }
        for note in listed
    ]


def _view(args: Arguments) -> tuple[View, NoteStore]:
    from explorer.opening import read

    opened = read(_dataset_path(args), _notes_folder(args))
    if opened.store is None:
        raise NoteError(opened.trouble)
    return opened.view, opened.store


def _dataset_path(args: Arguments) -> Path:
    path: Path = args.dataset or dataset.shipped()
    try:
        there = path.exists()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {files.why(error)}") from error
    if not there:
        near = _nearest(str(path), _SUBCOMMANDS)
        hint = f"; did you mean the command “{near}”?" if near else ""
        raise UsageError(f"there is no such file or folder: {path}{hint}")
    return path


def _nearest(word: str, known: Iterable[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")


def _kinds() -> Mapping[str, Any]:
    from explorer.model import KINDS

    return KINDS


def _plural_kinds() -> Mapping[str, str]:
    from explorer.model import PLURALS

    return {plural: kind for kind, plural in PLURALS.items()}


def _record(view: View, ref: Any) -> dict[str, Any]:
    from explorer.model import as_data

    data = {"ref": str(ref), **as_data(view.index[ref])}
    note = view.note(ref)
    return data | ({"note": note.text} if note else {})


def _print_json(value: Any) -> None:
    import json

    print(plain(json.dumps(value, ensure_ascii=False, indent=2)))


_Run = Callable[[Arguments], int]
_Configure = Callable[[argparse.ArgumentParser], None]

_SUBCOMMANDS: Mapping[str, tuple[_Run, _Configure, str]] = {
    "check": (_check, _configure_check, "Check a dataset and name every problem, with its line."),
    "list": (_list, _configure_list, "List the records of a kind: issues, rounds, quotes …"),
    "show": (_show, _configure_show, "Print a record in full, with its sources and your note."),
    "notes": (_notes, _configure_notes, "Say where your notes are, or list them."),
}
