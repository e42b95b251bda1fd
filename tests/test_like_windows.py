"""The program where it finds of Python, of files and of programs what Windows has, and no more.

There is no Windows here: `like_windows` says what is like it and what is not. Some of the tests of
other rooms are made to pass there as well.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "explorer"
LIKE_WINDOWS = Path(__file__).parent / "like_windows"
ONLY_UNIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
THERE = {"ui/system/terminal_driver.py", "ui/system/terminal_input.py"}
"""The modules that are for terminals of Unix alone, and say so where they begin."""
AS_WELL = {
    "ui": (
        "tests/ui/test_writing.py::test_a_note_is_written_saved_shown_and_there_the_next_day",
        "tests/ui/test_writing.py::test_a_note_changed_meanwhile_by_another_is_kept_beside_ours",
        "tests/ui/test_writing.py::test_a_note_is_deleted_only_after_a_yes_and_goes_to_the_trash",
        "tests/ui/test_writing.py::test_what_is_being_written_is_kept_when_the_program_is_ended",
        "tests/ui/test_own_editor.py::test_what_an_editor_writes_is_saved",
        "tests/ui/test_live_reload.py::test_what_is_saved_is_seen_and_said",
    ),
    "notes": (
        "tests/notes/test_drafts.py::test_a_draft_is_there_until_it_is_taken",
        "tests/notes/test_drafts.py::test_a_closed_session_may_begin_anew",
        "tests/notes/test_notes.py::test_a_deleted_note_is_in_the_trash_as_it_was",
        "tests/linear/test_linear_noting.py::test_a_note_is_written_line_by_line_and_ended_by_a_dot",
        "tests/sharing/test_sync.py::test_changes_to_different_lines_and_days_are_one_note",
        "tests/sharing/test_sync.py::test_a_change_goes_before_a_deletion",
        "tests/serving/test_serving.py::test_each_visitor_writes_apart_and_finds_it_again",
    ),
}
"""Tests of other rooms, of what somebody would mind most."""

COMMANDS = """
import json, sys
from explorer.cli import main
for words in json.loads(sys.argv[1]):
    code = main(words)
    assert code == 0, (words, code)
from explorer.desktop import browser
assert browser.opened("https://example.org/talks?a=1&b=2") is None
from explorer.text import urls
print("done")
"""


def like_windows(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process that finds what Windows has, with a home in that folder."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "EXPLORER_", "COVERAGE", "PYTEST_"))
    }
    return own | {"PYTHONPATH": str(LIKE_WINDOWS), "USERPROFILE": str(folder), **more}


def test_every_command_does_its_work_in_an_old_code_page_of_windows(
    tmp_path: Path, harbour
) -> None:
    """The folders are those of Windows, and what is written there can be moved and removed."""
    dataset, out = str(harbour), tmp_path / "out"
    out.mkdir()
    commands = [
        ["list", "issues", dataset],
        ["show", "issue:tolls", dataset],
        ["check", dataset],
        ["search", "toll", dataset],
        ["brief", "--issue", "tolls", "-o", str(out / "brief.md"), dataset],
        ["export", str(out / "tables"), "--format", "csv", dataset],
        ["export", str(out / "tables"), "--format", "csv", dataset],
        ["export", str(out / "talks.sqlite"), "--format", "sqlite", dataset],
        ["export", str(out / "talks.sqlite"), "--format", "sqlite", dataset],
        ["publish", str(out / "site"), dataset],
        ["publish", str(out / "site"), dataset],
        ["new", str(out / "own talks")],
        ["check", str(out / "own talks")],
        ["doctor", dataset],
    ]
    places = {name: str(tmp_path / name) for name in ("LOCALAPPDATA", "APPDATA")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", COMMANDS, json.dumps(commands)],
        env=like_windows(
            tmp_path,
            PYTHONIOENCODING="cp1252",
            LIKE_WINDOWS_STARTED=str(tmp_path / "started"),
            **places,
        ),
        capture_output=True,
        text=True,
        encoding="cp1252",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr
    assert done.stdout.endswith("done\n")
    assert "that of Windows" in done.stdout
    assert f'explorer check "{out / "own talks"}"' in done.stdout
    assert (tmp_path / "started").read_text("utf-8") == "https://example.org/talks?a=1&b=2"
    assert (tmp_path / "LOCALAPPDATA" / "explorer").is_dir()
    left = [path.name for path in out.rglob(".explorer-*")]
    assert not left, "nothing unfinished may stay, which open files would make it do there"


@pytest.mark.parametrize("tests", AS_WELL.values(), ids=AS_WELL)
def test_tests_of_other_rooms_pass_there_as_well(tmp_path: Path, tests: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=like_windows(tmp_path),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# What only Unix has stays where it is; that all else is there everywhere the types say, which
# are checked for each system.


def test_modules_that_only_unix_has_are_imported_where_nothing_else_needs_them() -> None:
    found = {
        str(path.relative_to(SOURCE).as_posix())
        for path in SOURCE.rglob("*.py")
        if _imported(path) & ONLY_UNIX
    }
    assert found == THERE | {"storage/files.py"}, "the last does without"
    for name in THERE:
        assert 'assert sys.platform != "win32"' in (SOURCE / name).read_text("utf-8")


def test_the_system_is_asked_for_in_the_one_way_that_the_types_know() -> None:
    asked = [
        path
        for path in SOURCE.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("os.name", "platform.system("))
    ]
    assert not asked


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return found | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
