"""Keys that reach a real terminal in one write, as over a slow line or from a macro."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person, assert_left_clean

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")


def test_a_view_and_keys_for_it_in_one_write_act_one_after_another(tmp_path: Path) -> None:
    with Person(tmp_path / "home").opens(HARBOUR, size=(80, 16)) as terminal:
        terminal.wait_for("Chart room")
        terminal.send("pG")
        terminal.wait_for("Positions on")
        terminal.wait_for("[2]")  # the last of its sources
        for write, shown in (
            ("pph", "Positions on"),
            ("fj", "In force on"),
            ("cjch", "1 Rounds"),
            ("cj", "Changes, "),
            ("ch", "1 Rounds"),
            ("akGgl[[[", "Accounts: "),
            ("tlhG{{{", "Tariff rates on"),
            ("t0pt", "Tariff rates on"),
            ("t3jj\r\rpa", "Accounts: "),
        ):
            terminal.send(write)
            terminal.wait_for(shown)
        terminal.send("a1")
        terminal.wait_for("1 Rounds")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)
