"""`explorer completions`, tried in the shells themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import ptyprocess
import pytest
from tests.programs import program

from explorer.cli import main
from explorer.cli.completions_command import SHELLS, completions


@pytest.fixture
def script(tmp_path):
    def written(shell, name):
        path = tmp_path / name
        path.write_text(completions(shell), "utf-8")
        return path

    return written


@pytest.fixture
def installed(monkeypatch):
    """The program where shells find it, for they ask it what there is."""
    folder = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def bash(script, *words):
    """What bash offers for the last of some words."""
    typed = " ".join(words).replace(" : ", ":")
    asked = (
        f"source {script}; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
        f"COMP_LINE='{typed}'; "
        f'COMP_POINT=${{#COMP_LINE}}; _shtab_explorer; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    return run(program("bash"), "--norc", "-c", asked).split()


def test_bash_completes_commands_options_and_kinds(script):
    path = script("bash", "explorer")
    assert bash(path, "explorer", "che") == ["check"]
    assert "--strict" in bash(path, "explorer", "check", "--st")
    assert "measures" in bash(path, "explorer", "list", "mea")
    assert "import" in bash(path, "explorer", "notes", "imp")


@pytest.mark.usefixtures("installed")
def test_bash_completes_records_days_and_datasets(script):
    path = script("bash", "explorer")
    assert bash(path, "explorer", "show", "kuala") == ["kuala-lumpur"]
    assert bash(path, "explorer", "show", "issue", ":", "tari") == ["tariffs"]
    assert "madrid" in bash(path, "explorer", "list", "rounds", "--as-of", "mad")
    assert "soybeans" in bash(path, "explorer", "brief", "--issue", "soy")
    assert "iran-nuclear-talks" in bash(path, "explorer", "ira")
    assert "iran-nuclear-talks" in bash(path, "explorer", "check", "ira")


@pytest.mark.usefixtures("installed")
def test_fish_completes_records_days_and_datasets(script):
    path = script("fish", "explorer.fish")
    assert fish(path, "explorer show kuala") == ["kuala-lumpur"]
    assert fish(path, "explorer show issue:tari") == ["issue:tariffs"]
    assert fish(path, "explorer list rounds --as-of mad") == ["madrid"]
    assert "iran-nuclear-talks" in fish(path, "explorer ira")
    assert "iran-nuclear-talks" in fish(path, "explorer check ira")


def fish(script, typed):
    out = run(program("fish"), "--no-config", "-c", f"source {script}; complete -C '{typed}'")
    return [line.partition("\t")[0] for line in out.splitlines()]


def test_fish_completes_commands_options_and_kinds(script):
    path = script("fish", "explorer.fish")
    assert "check" in fish(path, "explorer che")
    assert "--strict" in fish(path, "explorer check --st")
    assert "measures" in fish(path, "explorer list mea")


@pytest.mark.usefixtures("installed")
def test_zsh_completes_commands_options_and_records(script, tmp_path):
    script("zsh", "_explorer")
    shell = ptyprocess.PtyProcessUnicode.spawn(
        [program("zsh"), "-f"],
        env={**os.environ, "TERM": "dumb", "PS1": "$ "},
        dimensions=(24, 200),
    )
    try:
        setup = f"fpath=({tmp_path} $fpath); autoload -Uz compinit; compinit -u -D; print re'ady'\n"
        shell.write(setup)
        _until(shell, "ready")
        shell.write("explorer che\t")
        _until(shell, "explorer check")
        shell.write("--stri\t")
        _until(shell, "--strict")
        shell.write("\x15explorer show kuala\t")
        _until(shell, "kuala-lumpur")
        shell.write("--as-of mad\t")
        _until(shell, "madrid")
        shell.write("\x15explorer ira\t")
        _until(shell, "iran-nuclear-talks")
    finally:
        shell.close(force=True)


def _until(shell, words):
    """Wait for words; where they do not come, the time of the whole test runs out."""
    text = ""
    while words not in text:
        text += shell.read()


def test_files_and_folders_are_completed_where_they_are_asked_for(script, tmp_path):
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks.csv").write_text("")
    path = script("bash", "explorer")
    asked = bash(path, "explorer", "notes", "import", str(tmp_path / "tal"))
    assert str(tmp_path / "talks.csv") in asked
    assert bash(path, "explorer", "--notes", str(tmp_path / "tal")) == [str(tmp_path / "talks")]


def test_another_shell_is_refused_with_those_there_are(capsys):
    assert main(["completions", "tcsh"]) == 2
    assert "bash, zsh and fish" in capsys.readouterr().err


def test_every_shell_is_printed(capsys):
    for shell in SHELLS:
        assert main(["completions", shell]) == 0
        assert "explorer" in capsys.readouterr().out
