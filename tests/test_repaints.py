"""What a key costs the terminal: one repaint for a command, of what is to look otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person, Terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")

BEGINS = "\x1b[?2026h"
MOST = 40_000
"""Bytes of any one command."""
MOST_OF_A_CURSOR_KEY = 8_000
COMMANDS = (
    ("2", "Delegation · Northport"),
    ("4", "Quote · Harbour"),
    ("1", "Round · Chart room"),
    ("p", "Positions on 30 Jun 2032"),
    ("[", "Positions on 9 Jun 2032"),
    ("{", "Positions on 8 Jun 2032"),
    ("}", "Positions on 9 Jun 2032"),
    ("0", "Positions on 30 Jun 2032"),
    ("escape", "1 Rounds 4"),
    ("f", "In force on 30 Jun 2032"),
    ("f", "1 Rounds 4"),
    ("t", "Figures in % on 30 Jun 2032"),
    ("right", "North 20%"),
    ("t", "1 Rounds 4"),
    ("c", "Changes, 9–30 Jun 2032"),
    ("c", "1 Rounds 4"),
    ("[", "as of 9 Jun 2032"),
    ("{", "as of 8 Jun 2032"),
    ("0", "record ends 30 Jun 2032 ·"),
    ("3", "Issue · "),
    ("space", "Scope: "),
    ("escape", "Issue · "),
    ("z", "Issues"),
    ("z", "Rounds"),
)
"""Each with what is to be seen then."""


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "home")


def repaints(terminal: Terminal) -> list[str]:
    """All that was drawn so far, each time for itself."""
    return terminal.output.split(BEGINS)[1:]


def press(terminal: Terminal, name: str, shows: str) -> list[str]:
    """Press a key; what was drawn until it shows what it is to show."""
    before = len(repaints(terminal))
    terminal.press(name)
    terminal.wait_until(
        lambda: len(repaints(terminal)) > before and shows in terminal.text, f"show {shows!r}"
    )
    return repaints(terminal)[before:]


@pytest.fixture(params=[(140, 40), (80, 24)], ids=["140x40", "80x24"])
def terminal(request: pytest.FixtureRequest, person: Person) -> Iterator[Terminal]:
    with person.opens(HARBOUR, size=request.param) as terminal:
        terminal.wait_for("Chart room")
        press(terminal, "p", "Positions")
        press(terminal, "escape", "1 Rounds 4")  # so nothing is left to do of the start
        yield terminal


def test_each_command_draws_once_and_little(terminal: Terminal) -> None:
    for name, shows in COMMANDS:
        drawn = press(terminal, name, shows)
        assert len(drawn) == 1, f"{name} draws once"
        assert len(drawn[0].encode()) <= MOST


def test_a_cursor_key_moves_the_cursor_and_then_shows_the_record(terminal: Terminal) -> None:
    press(terminal, "4", "Quote")
    for shows in ("I know those rocks", "It can go in steps", "Nobody has asked"):
        cursor, record = press(terminal, "down", f"▎ “{shows}")
        assert len(cursor) < len(record)
        assert len((cursor + record).encode()) <= MOST_OF_A_CURSOR_KEY


KEYS = (
    *("down", "up", "1", "2", "3", "4", "tab", "enter", "p", "f", "c", "t", "a"),
    *("[", "]", "{", "}", "0", "space", "z", "pagedown", "pageup", "g", "G", "H", "L", "i"),
)


def test_what_is_seen_is_what_would_be_seen_if_it_were_drawn_anew(terminal: Terminal) -> None:
    chance = Random(1)
    for _ in range(8):
        terminal.press(*chance.choices(KEYS, k=12))
        press(terminal, "question_mark", "Esc closes")  # all before it is done then
        terminal.press("escape")
        terminal.wait_until_gone("Esc closes")
        seen = terminal.screen
        press(terminal, "ctrl+l", "The screen was drawn anew.")
        assert terminal.screen[:-1] == seen[:-1], "all but the last line, which says so"


def test_the_notes_come_and_go_with_no_more_repaints_than_the_record(terminal: Terminal) -> None:
    press(terminal, "4", "Quote")
    assert len(press(terminal, "n", "Note on")) == 1, "the editor, with the record beside it"
    terminal.type("Mine own")
    terminal.press("ctrl+s")
    terminal.wait_for("Saved.")
    press(terminal, "escape", "Notes")
    for name, shows, gone in (("down", "▎ “I know", True), ("up", "Mine own", False)):
        drawn = press(terminal, name, shows)
        assert len(drawn) <= 2, "the cursor, and then the record with or without its notes"
        assert ("─ Notes " not in terminal.text) is gone
