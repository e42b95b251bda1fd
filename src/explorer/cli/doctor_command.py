"""`explorer doctor`: what a report of a fault needs to say, and nothing private.

No path, no name of a user, of a dataset of somebody's own or of a note is in it: it is made to
be pasted where everybody reads it.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from explorer import __version__, dataset
from explorer.cli.arguments import Parser, from_home
from explorer.cli.given_dataset import (
    add_dataset,
    add_json,
    add_overlay,
    dataset_path,
    notes_folder,
    overlays_folder,
)
from explorer.cli.output import print_json
from explorer.errors import ExplorerError
from explorer.storage import crash_report, folders
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.dataset.problems import Problem

Rows = list[tuple[str, str]]

_EXTRA = "; extra == "
"""What stands behind a package that only an extra of ours wants."""
_SHOWN_EXTRA = "web"
_VARIABLES = (
    *("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "LANG", "LC_ALL", "LC_CTYPE"),
    *("NO_COLOR", "PYTHONUTF8", "EXPLORER_GLYPHS", "EXPLORER_TODAY"),
)
"""Those that change what is drawn; none of them says who somebody is."""
_AROUND = {"TMUX": "tmux", "STY": "screen", "SSH_CONNECTION": "ssh", "WSL_DISTRO_NAME": "WSL"}
_MOST_FILES = 100_000
"""So many files of a folder are counted."""


# By the names that are printed, of which some are two words.
DoctorData = TypedDict(
    "DoctorData",
    {
        "program": dict[str, str],
        "terminal": dict[str, str],
        "other programs": dict[str, str],
        "folders": dict[str, str],
        "settings": dict[str, str],
        "dataset": dict[str, str],
        "notes": dict[str, str],
        "wrong": list[str],
    },
)
DoctorData.__doc__ = "What a report of a fault needs, by its labels, and what is wrong."
SHAPE = DoctorData


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "Paste it into a report. It names versions, the terminal, and of folders and the dataset "
        "only how large and how sound they are. Exit code 1 when something is wrong."
    )
    parser.add_argument("--notes", metavar="DIR", type=from_home, help="the folder of your notes")
    add_overlay(parser)
    add_dataset(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    wrong: list[str] = []
    sections = {
        "program": _program(wrong.append),
        "terminal": _terminal(),
        "other programs": _programs(),
        "folders": _folders(args, wrong.append),
        "settings": _settings(wrong.append),
        "dataset": _dataset(args, wrong.append),
        "notes": _notes(args, wrong.append),
    }
    if args.json:
        print_json({**{name: dict(rows) for name, rows in sections.items()}, "wrong": wrong})
    else:
        print("\n".join(_lines(sections, wrong)))
    return 1 if wrong else 0


def _lines(sections: Mapping[str, Rows], wrong: list[str]) -> Iterator[str]:
    width = max(len(label) for rows in sections.values() for label, _ in rows)
    for name, rows in sections.items():
        yield name.upper()
        for label, value in rows:
            yield f"  {label:<{width}}  {value}"
    yield ""
    yield from (f"✗ {what}" for what in wrong)
    if not wrong:
        yield "✓ Nothing is wrong that can be seen from here."


def _program(wrong: Callable[[str], None]) -> Rows:
    from importlib import metadata

    rows = [("explorer", __version__), ("Python", _python()), ("system", _system())]
    for package, is_extra in _packages():
        try:
            rows.append((package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            rows.append(
                (package, f"not here; of the extra “{_SHOWN_EXTRA}”" if is_extra else "none")
            )
            if not is_extra:
                wrong(f"The package {package}, which explorer needs, is not installed.")
    return [*rows, ("SQLite", _sqlite()), ("reports of crashes", _crashes())]


def _packages() -> Iterator[tuple[str, bool]]:
    """The packages that are used, and whether it is only an extra that wants them."""
    from importlib import metadata

    try:
        wanted = metadata.requires("explorer") or []
    except metadata.PackageNotFoundError:  # it runs from a folder, without being installed
        wanted = []
    for each in wanted:
        name = re.match(r"[\w.-]+", each)
        extra = each.replace("'", '"').partition(_EXTRA)[2].strip('" ')
        if name is not None and extra in ("", _SHOWN_EXTRA):
            yield name[0], bool(extra)


def _crashes() -> str:
    """How many there are, and when the last one was: its file can be attached."""
    found: list[str] = []
    with suppress(OSError):
        found = sorted(path.name for path in crash_report.reports())
    if not found:
        return "none"
    return f"{len(found)}, the last one {found[-1]}"


def _python() -> str:
    return f"{platform.python_version()} ({platform.python_implementation()})"


def _system() -> str:
    return one_line(platform.platform())


def _sqlite() -> str:
    import sqlite3

    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return f"{sqlite3.sqlite_version}, {'with' if 'ENABLE_FTS5' in options else 'without'} FTS5"


def _terminal() -> Rows:
    from explorer import settings
    from explorer.text.plain_signs import wanted

    size = shutil.get_terminal_size((0, 0))
    encoding = getattr(sys.stdout, "encoding", None) or "none"
    streams = {"input": sys.stdin, "output": sys.stdout}
    ends = [name for name, stream in streams.items() if stream is not None and stream.isatty()]
    around = [name for variable, name in _AROUND.items() if os.environ.get(variable)]
    rows = [
        ("size", _size(size)),
        ("is one", " and ".join(ends) or "neither input nor output"),
        ("encoding", encoding),
        ("within", ", ".join(around) or "nothing known"),
    ]
    with suppress(OSError, RuntimeError):
        rows.append(("signs", wanted(str(settings.read().origin("glyphs")[0]), encoding)))
    set_ = ((name, os.environ.get(name)) for name in _VARIABLES)
    return rows + [(name, one_line(value)[:60]) for name, value in set_ if value is not None]


def _size(size: os.terminal_size) -> str:
    if not size.columns:
        return "unknown"
    return f"{size.columns}×{size.lines}" if size.lines else f"{size.columns} columns"


def _programs() -> Rows:
    from explorer import settings
    from explorer.desktop import browser, clipboard
    from explorer.notes import edited_file

    try:
        command = edited_file.editor(settings.editor())
        editor = Path(command[0]).name
    except edited_file.EditorError:
        editor = "none found"
    rows = [("editor", editor)]
    for what, names in (
        ("browser", {program: None for _, program, _ in browser.PROGRAMS}),
        ("clipboard", {program.command[0]: None for program in clipboard.PROGRAMS}),
        ("git", {"git": None}),
    ):
        found = ", ".join(filter(shutil.which, names)) or "none found"
        is_own = what == "browser" and sys.platform == "win32"
        rows.append((what, "that of Windows" if is_own else found))
    return rows


def _folders(args: argparse.Namespace, wrong: Callable[[str], None]) -> Rows:
    overlays, _ = overlays_folder(args)
    found: dict[str, Path | None] = {"notes": notes_folder(args), "own additions": overlays}
    for name, place in (
        ("settings", folders.config_folder),
        ("drafts and what was seen", folders.state_folder),
        ("cache", folders.cache_folder),
    ):
        try:
            found[name] = place()
        except (OSError, RuntimeError):
            found[name] = None
    rows = []
    for name, folder in found.items():
        rows.append((name, _folder(folder)))
        if folder is None and not (name == "own additions" and args.overlay == "off"):
            wrong(f"There is no place for the folder of {name}: this user has no home folder.")
        elif folder is not None and not folders.can_write(folder):
            wrong(f"The folder of {name} cannot be written to.")
    return rows


def _folder(folder: Path | None) -> str:
    """How large a folder is and for whom, without its name."""
    if folder is None:
        return "none"
    if not folder.is_dir():
        return "is made when it is needed" if not folder.exists() else "is no folder"
    files, size = 0, 0
    for root, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if name != ".git"]
        for name in names:
            with suppress(OSError):
                size += (Path(root) / name).lstat().st_size
        files += len(names)
        if files > _MOST_FILES:
            break
    said = [f"{files:,} file{'s' * (files != 1)}", _bytes(size)]
    with suppress(OSError):
        said.append(f"mode {folder.stat().st_mode & 0o7777:o}")
    said += ["a link"] * folder.is_symlink() + ["with git"] * (folder / ".git").exists()
    return ", ".join([*said, *([] if folders.can_write(folder) else ["cannot be written"])])


def _bytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} KB"  # noqa: PLR2004


def _settings(wrong: Callable[[str], None]) -> Rows:
    from explorer.settings import SETTINGS
    from explorer.ui.settings_check import check

    checked = check()
    found = checked.settings
    rows = [("file", "there" if found.data else "none")]
    for setting in SETTINGS:
        origin = found.origin(setting.name)[1]
        if origin != "default":
            rows.append((setting.name, "set in the file" if origin == "file" else "set outside"))
    if changed := len(checked.keymap.changed):
        rows.append(("keys", f"{changed} changed"))
    if checked.problems:
        wrong("The settings have mistakes: “explorer settings” shows them.")
    return rows


def _dataset(args: argparse.Namespace, wrong: Callable[[str], None]) -> Rows:
    from explorer.dataset.problems import DatasetError
    from explorer.record.model import PLURALS

    path = None
    try:
        path = dataset_path(args)
        own = {place.resolve(): name for name, place in dataset.bundled().items()}
        name = own.get(path.resolve(), "one’s own")
        found, warnings = dataset.check(path, any_size=args.any_size)
    except DatasetError as error:
        wrong("The dataset has problems: “explorer check” shows them.")
        return [("name", name), ("problems", _counted(error.problems))]
    except ExplorerError:
        is_there = path is not None
        wrong(
            "The dataset cannot be read: “explorer check” says why."
            if is_there
            else "There is no dataset where you said."
        )
        return [("name", "none that can be read" if is_there else "none")]
    files = [path] if path.is_file() else sorted(path.glob("*.toml"))
    size = sum(file.stat().st_size for file in files)
    records = Counter(r.ref.kind for r in found.records() if r.ref.kind in PLURALS)
    counts = ", ".join(f"{many} {PLURALS[kind]}" for kind, many in records.most_common())
    return [
        ("name", name),
        ("files", f"{len(files)}, {_bytes(size)}"),
        ("records", counts or "none"),
        ("warnings", _counted(warnings) or "none"),
    ]


def _notes(args: argparse.Namespace, wrong: Callable[[str], None]) -> Rows:
    """How many notes there are, and how sound; none of their words."""
    from explorer import opening

    overlays, is_asked = overlays_folder(args)
    with suppress(ExplorerError, OSError):
        opened = opening.read(
            dataset_path(args),
            notes_folder(args),
            any_size=args.any_size,
            overlays=overlays,
            is_overlay_asked=is_asked,
        )
        additions = opened.view.whole.additions
        if additions is not None and additions.trouble:
            wrong("What you added yourself has problems: “explorer overlay check” shows them.")
        if opened.store is None:
            wrong("Notes are off: their folder cannot be used.")
            return [("own", "off")]
        notes = opened.view.notes
        others = len(notes.of_others())
        rows = [
            ("own", str(len(notes.notes) - others)),
            ("of others", str(others)),
            ("second versions", str(sum(map(len, notes.copies.values())))),
            ("not on this machine yet", str(len(notes.elsewhere))),
            ("cannot be read", str(len(notes.damaged))),
        ]
        if notes.damaged:
            wrong("Files among the notes cannot be read: “explorer notes list” names them.")
        return [row for row in rows if row[1] != "0"] or [("own", "none")]
    return [("own", "not looked for")]


def _counted(problems: Iterable[Problem]) -> str:
    """How many there are of each check, by its lasting name."""
    found = Counter(problem.check for problem in problems)
    return ", ".join(f"{many} {check}" for check, many in found.most_common())
