"""How editors are told the line at which they are to open a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.ui.system.editor_at_line import at_line

FILE = Path("/talks/issues.toml")


@pytest.mark.parametrize(
    ("editor", "given"),
    [
        ("vi", "+7 /talks/issues.toml"),
        ("/usr/bin/vi", "+7 /talks/issues.toml"),
        ("vim", "+7 /talks/issues.toml"),
        ("vim.basic", "+7 /talks/issues.toml"),
        ("nvim.appimage", "+7 /talks/issues.toml"),
        ("nano", "+7,3 /talks/issues.toml"),
        ("emacs", "+7:3 /talks/issues.toml"),
        ("emacsclient", "+7:3 /talks/issues.toml"),
        ("hx", "/talks/issues.toml:7:3"),
        ("code", "--goto /talks/issues.toml:7:3"),
        ("Code.exe", "--goto /talks/issues.toml:7:3"),
        ("kate", "--line 7 --column 3 /talks/issues.toml"),
        ("my-own-script", "+7 /talks/issues.toml"),
        ("ed", "/talks/issues.toml"),
    ],
)
def test_an_editor_is_told_in_its_own_way(editor: str, given: str) -> None:
    command = at_line([editor], FILE, 7, 3)
    assert (command[0], " ".join(command[1:])) == (editor, given)


def test_what_stands_behind_the_editor_stays_there() -> None:
    assert at_line(["code", "--wait"], FILE, 7, 3)[:3] == ["code", "--wait", "--goto"]


def test_a_name_for_whichever_editor_is_installed_leads_to_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nano = tmp_path / "nano"
    nano.write_text("#!/bin/sh\n")
    nano.chmod(0o755)
    (tmp_path / "editor").symlink_to(nano)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert at_line(["editor"], FILE, 7, 3) == ["editor", "+7,3", str(FILE)]


def test_without_a_line_it_is_given_the_file_alone() -> None:
    assert at_line(["vim"], FILE, 0, 0) == ["vim", str(FILE)]


def test_without_a_column_it_opens_at_the_first() -> None:
    assert at_line(["nano"], FILE, 7, 0) == ["nano", "+7,1", str(FILE)]


def test_a_file_with_braces_in_its_name_is_one_like_any_other() -> None:
    odd = Path("/talks/{line}.toml")
    assert at_line(["hx"], odd, 7, 3) == ["hx", "/talks/{line}.toml:7:3"]
