"""`explorer settings`: where they are, what holds and why, and every mistake."""

from __future__ import annotations

import json
import stat

import pytest

from explorer.cli import main
from explorer.storage import folders


@pytest.fixture
def path():
    return folders.config_folder() / "settings.toml"


@pytest.fixture
def write(path):
    def written(text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return written


def test_without_a_file_it_says_where_it_would_be(path, capsys, monkeypatch):
    for name in ("VISUAL", "EDITOR", "TEXTUAL_THEME", "EXPLORER_GLYPHS"):
        monkeypatch.delenv(name, raising=False)
    assert main(["settings"]) == 0
    assert capsys.readouterr().out == (
        f"{path} is not there; “explorer settings --edit” makes it.\n"
        "\n"
        "theme       textual-dark  default\n"
        "glyphs      by itself     default\n"
        "start       last          default\n"
        "date_order  asked for     default\n"
        "editor      none          default\n"
        "author      none          default\n"
        "also        none          default\n"
        "others      shown         default\n"
        "counts      false         default\n"
        "linear      false         default\n"
        "wrap        by itself     default\n"
        "keys        as they come  default\n"
    )


def test_each_value_is_shown_with_where_it_is_from(write, capsys, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "vim")
    write('theme = "nord"\n[keys]\nsearch = ["ctrl+g", "/"]\nfilter = []\n')
    assert main(["settings"]) == 0
    out = capsys.readouterr().out
    assert "theme        nord       file" in out
    assert "environment, EDITOR" in out
    assert "keys.search  ctrl+g  /  file" in out
    assert "keys.filter  no key     file" in out


def test_a_mistake_is_shown_with_its_line_and_all_else_holds(write, path, capsys):
    write('them = "nord"\nstart = "issues"\n')
    assert main(["settings"]) == 1
    said = capsys.readouterr()
    assert f"{path}:1:1: error: them is no setting" in said.err
    assert "^^^^ did you mean theme?" in said.err
    assert "issues" in said.out


def test_for_programs_it_is_json(write, path, capsys):
    write('theme = "nord"\n[keys.in.record]\nfollow = "enter"\n')
    assert main(["settings", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["path"] == str(path)
    assert data["exists"] is True
    assert data["settings"]["theme"] == {
        "value": "nord",
        "from": "file",
        "default": "textual-dark",
    }
    (follow,) = (k for k in data["keys"] if (k["place"], k["command"]) == ("record", "follow"))
    assert (follow["keys"], follow["from"]) == (["enter"], "file")
    assert data["problems"] == []


def test_the_example_changes_nothing_and_each_of_its_lines_may_be_set(write, capsys):
    assert main(["settings", "--example"]) == 0
    example = capsys.readouterr().out
    write(example)
    assert main(["settings"]) == 0
    assert "file\n" not in capsys.readouterr().out
    lines = example.splitlines()
    set_all = "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines)
    write(set_all)
    assert main(["settings"]) == 0, capsys.readouterr().err


def test_the_editor_gets_the_file_which_is_made_first(path, tmp_path, capsys, monkeypatch):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf \'theme = "nord"\\n\' > "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(editor))
    assert main(["settings", "--edit"]) == 0
    assert path.read_text() == 'theme = "nord"\n'
    assert "nord" in capsys.readouterr().out


def test_without_an_editor_it_says_where_the_file_is(path, capsys, monkeypatch):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    assert main(["settings", "--edit"]) == 2
    assert str(path) in capsys.readouterr().err
    assert path.exists()


def test_the_keys_in_force_are_listed_by_place(write, capsys):
    write('[keys]\nsearch = "f5"\n')
    assert main(["settings", "--keys"]) == 0
    out = capsys.readouterr().out
    assert "[keys.in.record]  In the record" in out
    assert "  search        f5 " in out
