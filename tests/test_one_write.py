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
            ("tlhG{{{", "Figures in % on"),
            ("t0pt", "Figures in % on"),
            ("t3jj\r\rpa", "Accounts: "),
        ):
            terminal.send(write)
            terminal.wait_for(shown)
        terminal.send("a1")
        terminal.wait_for("1 Rounds")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)


@pytest.mark.parametrize("key", ["1", "3", "\t", "\x1b[Z", "p"])
def test_a_key_written_as_the_program_starts_waits_for_the_screen(tmp_path: Path, key: str) -> None:
    with Person(tmp_path / "home").opens(HARBOUR) as terminal:
        terminal.wait_until(lambda: "\x1b[?1049h" in terminal.output, "take the screen")
        terminal.send(key)
        terminal.wait_for("Positions on" if key == "p" else "Chart room")
        terminal.send("\x11")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)


def test_words_and_keys_that_delete_and_save_in_one_write_act_in_turn(tmp_path: Path) -> None:
    person = Person(tmp_path / "home")
    with person.opens(HARBOUR) as terminal:
        terminal.wait_for("Chart room")
        terminal.send("n")
        terminal.wait_for("Note on")
        terminal.send("old words\x15alpha beta\x17\x13more\x13")
        terminal.wait_for("Saved.")
        terminal.press("escape")
        terminal.wait_until_gone("Note on")
        terminal.send("\x11")
        assert terminal.wait_for_end() == 0
    (path,) = person.notes.rglob("*.toml")
    assert "alpha more" in path.read_text(encoding="utf-8")
