"""Which program opens an address, on each system."""

import os
import sys

import pytest

from explorer.desktop import browser

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts of the shell")
ADDRESS = "https://example.org/talks?day=1&x=%20#end"


@pytest.fixture
def programs(tmp_path, monkeypatch):
    for name in ("open", "wslview", "xdg-open", "termux-open-url"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TERMUX_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("system", "variable", "name"),
    [
        ("darwin", "HOME", "open"),
        ("linux", "DISPLAY", "xdg-open"),
        ("openbsd7", "WAYLAND_DISPLAY", "xdg-open"),
        ("linux", "WSL_DISTRO_NAME", "wslview"),
        ("linux", "TERMUX_VERSION", "termux-open-url"),
    ],
)
def test_each_desktop_has_a_program(programs, monkeypatch, system, variable, name):
    monkeypatch.setenv(variable, "set")
    monkeypatch.setattr(sys, "platform", system)
    assert browser.program() == str(programs / name)


def test_without_a_desktop_the_address_is_to_be_copied(programs, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert browser.opened(ADDRESS) == ("there is no desktop browser here; copy the address instead")


def test_windows_opens_it_itself_and_nothing_that_is_no_address(monkeypatch):
    opened = []
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert browser.opened(ADDRESS) is None
    for other in ("file:///C:/Windows/System32/calc.exe", "calc.exe", "C:\\x.bat"):
        assert browser.opened(other)
    assert opened == [ADDRESS]
