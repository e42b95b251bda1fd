"""Which program takes a copied text, on each system, and what it is given."""

import base64
import os
import sys

import pytest

from explorer.desktop import clipboard

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts of the shell")
TEXT = "“Our charts” — 关税\nand more"
NAMES = ("pbcopy", "powershell", "powershell.exe", "wl-copy", "xclip", "xsel")
NO_DESKTOP = (
    *("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TERMUX_VERSION"),
    *("SSH_CONNECTION", "SSH_TTY"),
)


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """All of them are there; each keeps what it is given, and the locale that it has."""
    for name in NAMES:
        script = tmp_path / name
        script.write_text('#!/bin/sh\necho "$LC_CTYPE" >"$0.locale"\n/bin/cat >"$0.given"\n')
        script.chmod(0o755)
    for name in NO_DESKTOP:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def given(programs):
    """Which program got what; of Windows' own what its script makes of it."""
    [taken] = programs.glob("*.given")
    data = taken.read_bytes()
    if taken.name.startswith("powershell"):
        data = base64.b64decode(data, validate=True)
    return taken.stem, data.decode()


@pytest.mark.parametrize(
    ("system", "variables", "name"),
    [
        ("linux", {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "wl-copy"),
        ("linux", {"DISPLAY": ":0"}, "xclip"),
        ("freebsd14", {"DISPLAY": ":0"}, "xclip"),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, "powershell.exe"),
        ("linux", {"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"}, "xclip"),
        ("darwin", {}, "pbcopy"),
    ],
)
def test_each_desktop_has_a_program_that_gets_every_letter(
    programs, monkeypatch, system, variables, name
):
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(sys, "platform", system)
    assert clipboard.taken_by(TEXT) == name
    assert given(programs) == (name, TEXT)
    monkeypatch.undo()


def test_on_macos_the_text_is_utf_8_whatever_the_locale(programs, monkeypatch):
    monkeypatch.setenv("LC_CTYPE", "C")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert clipboard.taken_by(TEXT) == "pbcopy"
    assert (programs / "pbcopy.locale").read_text() == "UTF-8\n"


def test_windows_is_given_letters_that_no_code_page_can_spoil():
    [windows] = [p for p in clipboard.PROGRAMS if p.system == "win32"]
    assert windows.as_base64
    assert "UTF8.GetString" in windows.command[-1]


def test_without_a_desktop_or_over_ssh_no_program_takes_it(programs, monkeypatch):
    assert clipboard.taken_by(TEXT) is None
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert clipboard.taken_by(TEXT) is None
