"""What the command line prints without a screen; each command has a twin with `--json`.

A command is one function, one that adds its arguments, and one line in SUBCOMMANDS.
Results go to stdout, everything else to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer import dataset
from explorer.cli.arguments import Parser, choice, nearest, one_of
from explorer.errors import NoteError, UsageError
from explorer.storage import files, folders
from explorer.text.sanitize import plain, spelled_out

if TYPE_CHECKING:
    from explorer.documents.sheet import Sheet
    from explorer.notes import NoteStore
    from explorer.opening import Opened
    from explorer.search import Results
    from explorer.view import View

Arguments = argparse.Namespace


def add_common(parser: argparse.ArgumentParser, **default: Any) -> None:
    """What the app and every command that reads a dataset take; `default` is for each."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="only what was public then: a day or a round",
        **default,
    )
    parser.add_argument("--notes", metavar="DIR", type=Path, help="folder of your notes", **default)


def notes_folder(args: Arguments) -> Path | None:
    """Where notes are: the option, then the environment, then the user's data folder.

    None when the user has none.
    """
    if args.notes is not None:
        return Path(args.notes)
    if named := os.environ.get("EXPLORER_NOTES"):
        return Path(named)
    try:
        return folders.data_folder() / "notes"
    except OSError:
        return None


def ref_of(text: str) -> Any:
    """The reference a person typed. Raises UsageError when it is none."""
    from explorer.record.model import Ref
    from explorer.text.folding import fold

    kind, colon, slug = fold(text.strip()).partition(":")  # ids have neither case nor accents
    known = _kind_of(kind)
    if colon and slug and known is None and (near := nearest(kind, _kinds())):
        raise UsageError(f"there is no kind “{kind}”; did you mean {near}:{slug}?")
    try:
        return Ref.parse(f"{known or kind}{colon}{slug.strip()}")
    except ValueError:
        raise UsageError(f"“{text}” is not a reference such as issue:rare-earths") from None


def run(name: str, given: Sequence[str]) -> int:
    """Run a command of SUBCOMMANDS and return its exit code."""
    run, _, _ = SUBCOMMANDS[name]
    return run(parser_of(name).parsed(given))


def parser_of(name: str) -> Parser:
    """What reads the arguments of a command of SUBCOMMANDS."""
    _, configure, what = SUBCOMMANDS[name]
    parser = Parser(prog=f"explorer {name}", description=what)
    configure(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _with_dataset(parser: argparse.ArgumentParser, **default: Any) -> None:
    parser.add_argument(
        "--dataset",
        metavar="PATH",
        type=Path,
        help="instead of the shipped one; it may be named last, without --dataset",
        **default,
    )
    add_common(parser, **default)


def _configure_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dataset", nargs="?", type=Path, help="folder of TOML files, or one file")
    parser.add_argument("--strict", action="store_true", help="exit with 1 on warnings too")


def _check(args: Arguments) -> int:
    path = dataset_path(args)
    try:
        checked, warnings = dataset.check(path)
    except dataset.DatasetError as error:
        if args.json:
            problems = [problem.as_data() for problem in error.problems]
            _print_json({"dataset": str(path), "problems": problems, "warnings": []})
        else:
            for problem in error.problems:
                print(plain(str(problem)))
            print(plain(f"{dataset.counted(error.problems)} in {path}"), file=sys.stderr)
        return 1
    counts = {kind: len(checked.of(kind)) for kind in _kinds() if checked.of(kind)}
    if args.json:
        told = [warning.as_data() for warning in warnings]
        _print_json({"dataset": str(path), "problems": [], "warnings": told, "records": counts})
    else:
        from explorer.record.labels import counted, tally

        for warning in warnings:
            print(plain(f"warning: {warning}"))
        name = checked.negotiation.name
        found = f"no problems, {counted(len(warnings), 'warning')}" if warnings else "no problems"
        print(plain(f"{name}: {found}. {', '.join(tally(k, n) for k, n in counts.items())}."))
    return 1 if warnings and args.strict else 0


def _configure_list(parser: argparse.ArgumentParser) -> None:
    names = ", ".join([*_plural_kinds(), "…"][:3])
    parser.add_argument("kind", metavar="KIND", help=f"what to list: {names} or another kind")
    _with_dataset(parser)


def _list(args: Arguments) -> int:
    from explorer.record.labels import title

    kinds = _plural_kinds()
    kind = _kind_of(args.kind)
    if kind is None:
        near = nearest(args.kind.casefold(), kinds)
        hint = f"; did you mean “{near}”?" if near else f"; there are {', '.join(kinds)}"
        raise UsageError(f"there is no kind “{args.kind}”{hint}")
    view = _record_view(args)
    refs = view.index.refs(kind)
    if args.json:
        _print_json([_record(view, ref) for ref in refs])
    else:
        width = max((len(str(ref)) for ref in refs), default=0)
        for ref in refs:
            print(f"{ref!s:<{width}}  {title(view.index, ref)}")
    return 0


def _configure_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "refs", metavar="REF", nargs="+", help="a record, e.g. round:kuala-lumpur, or several"
    )
    parser.add_argument(
        "--cite", **choice("text", "markdown", "csl-json"), help="print its citation instead"
    )
    _with_dataset(parser)


def _show(args: Arguments) -> int:
    view = _record_view(args)
    refs = list(dict.fromkeys(_there(view, text) for text in args.refs))
    if args.cite:
        _print_citations(view, refs, args)
    elif args.json:
        shown = [_record(view, ref) for ref in refs]
        _print_json(shown if refs[1:] else shown[0])
    else:
        print("\n\n\n".join(_shown(view, ref) for ref in refs))
    return 0


def _shown(view: View, ref: Any) -> str:
    from explorer.documents.pages import as_text, page

    notes = (f"\nYOUR NOTE\n{plain(note.text)}" for note in view.notes_on(ref))
    return "\n".join((as_text(page(view, ref)), *notes))


def _print_citations(view: View, refs: Sequence[Any], args: Arguments) -> None:
    from explorer.documents.citation import citations

    if args.json and args.cite != "csl-json":  # which is JSON already
        data = [{"ref": str(ref), "citation": citations(view, [ref], args.cite)} for ref in refs]
        _print_json(data if refs[1:] else data[0])
    else:
        print(plain(citations(view, refs, args.cite)))


def _there(view: View, text: str, kinds: Container[str] = ()) -> Any:
    """The record that was typed, by its reference or by an id that is its alone.

    An id that records of several kinds have means one of these `kinds`, if any of them is.
    Raises UsageError when the view has none, or several.
    """
    if ":" not in text:
        return _by_id(view, text, kinds)
    ref = ref_of(text)
    ref = view.index.current(ref) or ref
    if ref in view.index:
        return ref
    if view.whole.current(ref) is not None:
        from explorer.record.labels import day

        raise UsageError(f"{ref} was not public on {day(view.today)}")
    near = nearest(ref.id, [other.id for other in view.index.refs(ref.kind)])
    hint = f"; did you mean {ref.kind}:{near}?" if near else ""
    raise UsageError(f"there is no {ref} in this dataset{hint}")


def _by_id(view: View, text: str, kinds: Container[str] = ()) -> Any:
    from explorer.record.model import Ref
    from explorer.text.folding import fold

    slug = fold(text.strip())
    found = [ref for kind in _kinds() if (ref := view.index.current(Ref(kind, slug)))]
    if not found:
        found = [ref for ref, _, name in view.names if name == slug]
    found = [ref for ref in found if ref.kind in kinds] or found
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(map(str, found))
        raise UsageError(f"“{text}” may be {several}; say which")
    refs = [record.ref for record in view.index.dataset.records()]
    near = [str(ref) for ref in refs if slug and slug in ref.id][:3]
    near = near or [str(ref) for ref in refs if ref.id == nearest(slug, [r.id for r in refs])]
    hint = "; a reference is written issue:rare-earths"
    hint = f"; did you mean {' or '.join(near)}?" if near else hint
    raise UsageError(f"no record is called “{text}”{hint}")


# What sets sides and days against one another.


def _configure_positions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", metavar="DATE", help="tell what moved since that day")
    parser.add_argument("--by-round", action="store_true", help="what was on the table when")
    _with_dataset(parser)


def _positions(args: Arguments) -> int:
    from explorer.documents.comparisons import on_the_table, positions
    from explorer.documents.comparisons.question import Question

    view = _record_view(args)
    if args.by_round and args.since is not None:
        raise UsageError("--by-round tells of all rounds; leave out --since")
    if args.by_round and not args.json:
        print(plain(on_the_table.as_text(view)))
        return 0
    since = _since(view, args.since, "--since", until=args.as_of)
    question = Question(since=since, otherwise=args.by_round)
    if args.json:
        _print_compared(view, positions.as_data(view, question))
    else:
        _print_sheet(positions.sheet(view, question))
    return 0


def _configure_accounts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ref", metavar="REF", nargs="?", help="a round, an issue or a point; else all"
    )
    _with_dataset(parser)


def _accounts(args: Arguments) -> int:
    from explorer.documents.comparisons import COMPARISONS, accounts
    from explorer.documents.comparisons.question import Question

    view = _record_view(args)
    kinds = next(c.about for c in COMPARISONS if c.name == "accounts")
    about = None if args.ref is None else _there(view, args.ref, kinds)
    if about is not None and about.kind not in kinds:
        raise UsageError(
            f"accounts are of what was said to be agreed in a round, on an issue or on a point, "
            f"and {about} is none of these; for example “explorer accounts round:kuala-lumpur”"
        )
    if args.json:
        _print_compared(view, accounts.as_data(view, Question(about)))
    else:
        _print_sheet(accounts.sheet(view, Question(about)))
    return 0


def _measures(args: Arguments) -> int:
    from explorer.documents.comparisons import in_force

    view = _record_view(args)
    if args.json:
        _print_compared(view, in_force.as_data(view))
    else:
        _print_sheet(in_force.sheet(view))
    return 0


def _rates(args: Arguments) -> int:
    from explorer.documents.comparisons import rates

    view = _record_view(args)
    if args.json:
        _print_compared(view, rates.as_data(view))
    else:
        _print_sheet(rates.sheet(view))
    return 0


def _configure_changes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="since", metavar="DATE", help="from when; else the round before"
    )
    parser.add_argument("--to", metavar="DATE", help="until when; the same as --as-of")
    _with_dataset(parser)


def _changes(args: Arguments) -> int:
    from explorer.documents.comparisons import changes
    from explorer.documents.comparisons.question import Question

    view = _view(args)
    if args.to is not None:
        if args.as_of is not None:
            raise UsageError("--to and --as-of both say until when; leave out one of them")
        view = view.at(_day(view, args.to, "--to"))
    _say_what_is_known(view)
    since = _since(view, args.since, "--from", until=args.to if args.as_of is None else args.as_of)
    if args.json:
        _print_compared(view, changes.as_data(view, Question(since=since)))
    else:
        _print_sheet(changes.sheet(view, Question(since=since)))
    return 0


def _day(view: View, said: str, option: str) -> Any:
    """The day that was said. Raises UsageError when it is none."""
    try:
        return view.day_said(said)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def _since(view: View, said: str | None, option: str, *, until: str | None) -> Any:
    """The day since which is asked, when one was said; `until` is what was said of the other.

    Raises UsageError when it is not before the other: that nothing happened in between would
    be untrue.
    """
    if said is None:
        return None
    if until is not None and _day(view, said, option) >= (view.asked or view.today):
        raise _not_before(view, said, option)
    return _day_covered(view, said, option)


def _not_before(view: View, said: str, option: str) -> UsageError:
    from explorer.record.labels import day

    last, meant = view.asked or view.today, _day(view, said, option)
    same = "" if meant == last else f", and {day(meant)} is after it"
    return UsageError(f"{option}: it must be before {day(last)}, the as-of date{same}")


def _day_covered(view: View, said: str, option: str) -> Any:
    """The day that was said, or else the nearest that is covered, which is told on stderr."""
    from explorer.record.labels import day

    meant = _day(view, said, option)
    if view.covers(meant):
        return meant
    nearest_day = view.at(meant).today
    told = f"{option}: {day(meant)} is not covered; {day(nearest_day)} is taken for it."
    print(plain(told), file=sys.stderr)
    return nearest_day


def _print_compared(view: View, rows: list[dict[str, Any]]) -> None:
    from explorer.documents import coverage

    _print_json({**coverage.as_data(view), "rows": rows})


def _print_sheet(sheet: Sheet) -> None:
    from explorer.documents.pages import as_text

    print(plain(f"{sheet.title}\n\n{as_text(sheet).lstrip()}"))


# One search over everything.


def _configure_search(parser: argparse.ArgumentParser) -> None:
    from explorer.search import KINDS, filters

    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    narrowing = "\n".join(f"  {name + ':':<12} {what}" for name, what in filters().items())
    parser.epilog = (
        "All words must occur, the last one perhaps only begun. What has quotation marks or a\n"
        "minus in it is best put into single quotes as a whole: '\"some kind of\" deferral' has\n"
        "the phrase in it, and 'tariff -fentanyl' has not the second word.\n\n"
        f"A name and a colon narrow it:\n{narrowing}"
    )
    parser.add_argument("words", metavar="WORDS", nargs="+", help="what to look for")
    known = ", ".join(KINDS)
    parser.add_argument(
        "--kind",
        action="append",
        type=_found_kind,
        metavar="KIND",
        help=f"only these, and may be given again: {known}",
    )
    parser.add_argument(
        "--limit", metavar="N", type=_number, default=200, help="most to list (200)"
    )
    _with_dataset(parser)


def _found_kind(text: str) -> str:
    from explorer.search import KINDS

    return _kind_of(text) or one_of(*KINDS)(text)


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None
    if number < 0:
        raise argparse.ArgumentTypeError(f"“{text}” is less than 0")
    return number


def _search(args: Arguments) -> int:
    from contextlib import closing

    from explorer.documents import coverage
    from explorer.search import Engine, as_data

    view = _record_view(args)
    # First, because the words may end in a phrase that is not closed.
    typed = [*(f"kind:{kind}" for kind in args.kind or ()), *args.words]
    with closing(Engine(view)) as engine:
        found = engine.search(" ".join(typed), args.limit)
    if args.json:
        _print_json(coverage.as_data(view) | as_data(found))
    else:
        _print_found(found)
    if found.trouble:
        print(plain(f"explorer: {found.trouble}"), file=sys.stderr)
    return 2 if found.is_refused else 0


def _print_found(found: Results) -> None:
    from explorer.record.labels import counted

    widest = max((len(str(hit.ref)) for hit in found.hits), default=0)
    for hit in found.hits:
        snippet = "".join(piece for piece, _ in hit.snippet)
        day = str(hit.day) if hit.day else "-"
        print(plain(f"{hit.ref!s:<{widest}}  {hit.kind}  {day}  {snippet}"))
    if not found.total and not found.is_refused:
        print("Nothing was found.", file=sys.stderr)
    elif more := found.total - len(found.hits):
        told = counted(more, "more is found", "more are found")
        print(f"{told}; --limit says how many are listed", file=sys.stderr)


# To take along.


def _configure_brief(parser: argparse.ArgumentParser) -> None:
    for kind in ("issue", "round"):
        parser.add_argument(
            f"--{kind}",
            metavar="SLUG",
            nargs="+",
            action="extend",
            default=[],
            help=f"only this {kind}, or these",
        )
    parser.add_argument("--since", metavar="DATE", help="tell what moved and was said since")
    parser.add_argument("--without-notes", action="store_true", help="leave out your notes")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write it there, not to the screen"
    )
    parser.add_argument(
        "--format",
        **choice("md", "html"),
        help="else as the file’s name ends, or Markdown",
    )
    parser.add_argument("--force", action="store_true", help="write over any file")
    _with_dataset(parser)


def _brief(args: Arguments) -> int:
    from explorer.documents import briefing
    from explorer.storage.file_extension import form_of

    if args.json and args.output:
        raise UsageError("--json prints to the screen; leave out -o, or --json")
    to = args.format or form_of(args.output, briefing.FORMS, "md")
    view = _record_view(args, with_notes=not args.without_notes)
    since = _since(view, args.since, "--since", until=args.as_of)
    if since is not None and since >= view.today:
        raise _not_before(view, args.since, "--since")
    made = briefing.brief(
        view,
        issues=[_there(view, f"issue:{slug.removeprefix('issue:')}") for slug in args.issue],
        rounds=[_there(view, f"round:{slug.removeprefix('round:')}") for slug in args.round],
        since=since,
        with_notes=not args.without_notes,
    )
    if args.json:
        _print_json(briefing.as_data(made))
        return 0
    text = briefing.as_html(made) if to == "html" else briefing.as_markdown(made)
    if args.output is None:
        print(plain(text), end="")
    else:
        briefing.save(args.output, text, force=args.force)
        print(plain(f"Written to {args.output}"), file=sys.stderr)
    return 0


# Notes.


def _configure_notes(parser: argparse.ArgumentParser) -> None:
    from explorer.cli import notes_commands

    notes_commands.configure(parser, _with_dataset)


def _notes(args: Arguments) -> int:
    from explorer.cli import notes_commands

    told = notes_commands.run(*_view_and_store(args), args)
    if args.json:
        _print_json(told.data)
    elif isinstance(told.text, bytes):
        _print_bytes(told.text)
    elif told.text:
        print(plain(told.text))
    for line in told.said:
        print(plain(line), file=sys.stderr)
    return told.code


def _record_view(args: Arguments, *, with_notes: bool = True) -> View:
    """The view that was asked for; says on stderr what must be known of its day."""
    view = _view(args, with_notes=with_notes)
    _say_what_is_known(view)
    return view


def _view(args: Arguments, *, with_notes: bool = True) -> View:
    """What was asked for; without notes when they are off, which is said on stderr."""
    opened = _opened(args)
    if opened.store is None and with_notes:
        print(plain(f"explorer: {opened.trouble}"), file=sys.stderr)
    return opened.view


def _view_and_store(args: Arguments) -> tuple[View, NoteStore]:
    """The same for what cannot do without notes. Raises NoteError when they are off."""
    opened = _opened(args)
    if opened.store is None:
        raise NoteError(opened.trouble)
    return opened.view, opened.store


def _opened(args: Arguments) -> Opened:
    from explorer.opening import read

    return read(dataset_path(args), notes_folder(args), args.as_of)


def _say_what_is_known(view: View) -> None:
    from explorer.documents import coverage

    known = coverage.told(view) if view.one_sided is not None else ""
    for line in (coverage.asked(view), known):
        if line:
            print(plain(line), file=sys.stderr)


def dataset_path(args: Arguments) -> Path:
    """The dataset that was named, or the one that comes with the program."""
    path: Path = args.dataset or dataset.shipped()
    try:
        there = path.exists()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {files.why(error)}") from error
    if not there and path.is_symlink():
        raise UsageError(f"{path} is a symbolic link that leads nowhere or in a circle")
    if not there:
        near = nearest(str(path), SUBCOMMANDS)
        hint = f"; did you mean the command “{near}”?" if near else ""
        raise UsageError(f"there is no such file or folder: {path}{hint}")
    return path


def _kinds() -> Mapping[str, Any]:
    from explorer.record.model import KINDS

    return KINDS


def _kind_of(word: str) -> str | None:
    """The kind that a person means, in the singular or the plural and in any case."""
    meant = word.strip().casefold()
    kind = _plural_kinds().get(meant, meant)
    return kind if kind in _kinds() else None


def _plural_kinds() -> Mapping[str, str]:
    from explorer.record.model import PLURALS

    return {plural: kind for kind, plural in PLURALS.items()}


def _record(view: View, ref: Any) -> dict[str, Any]:
    from explorer.record.model import as_data

    data = {"ref": str(ref), **as_data(view.index[ref])}
    notes = [note.text for note in view.notes_on(ref)]
    return data | ({"notes": notes} if notes else {})


def _print_json(value: Any) -> None:
    import json

    print(spelled_out(json.dumps(value, ensure_ascii=False, indent=2), json=True))


def _print_bytes(data: bytes) -> None:
    """A file, to the byte: no line end of it is changed on the way. A terminal is no file."""
    if sys.stdout.isatty():
        print(plain(data.decode()), end="")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


_Run = Callable[[Arguments], int]
_Configure = Callable[[argparse.ArgumentParser], None]

SUBCOMMANDS: Mapping[str, tuple[_Run, _Configure, str]] = {
    "check": (_check, _configure_check, "Check a dataset and name every problem, with its line."),
    "list": (_list, _configure_list, "List the records of a kind: issues, rounds, quotes …"),
    "show": (_show, _configure_show, "Print a record in full, with its sources and your note."),
    "positions": (
        _positions,
        _configure_positions,
        "Say what each side wants on every issue, and what moved.",
    ),
    "accounts": (
        _accounts,
        _configure_accounts,
        "Say what each side says was agreed, and where one is silent.",
    ),
    "measures": (_measures, _with_dataset, "Say what is in force, suspended or only threatened."),
    "rates": (_rates, _with_dataset, "Say both sides’ tariff rates and what they are made of."),
    "changes": (
        _changes,
        _configure_changes,
        "Say what changed since the round before, or between two dates.",
    ),
    "search": (
        _search,
        _configure_search,
        "Look for words in everything that was public and in your notes.",
    ),
    "brief": (_brief, _configure_brief, "Write a footnoted briefing, as Markdown or HTML."),
    "notes": (_notes, _configure_notes, "List, export, import and back up your notes."),
}
