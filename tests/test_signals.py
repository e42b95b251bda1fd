"""Ended from outside, the program leaves the terminal as it found it, and loses no words."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person, Terminal, assert_left_clean

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT,
        pytest.param(
            signal.SIGTERM,
        ),
    ],
)
def test_the_terminal_is_left_clean(tmp_path: Path, number: signal.Signals) -> None:
    with Person(tmp_path / "home").opens_anew(HARBOUR) as terminal:
        terminal.wait_for("Negotiation · Harbour talks")
        terminal.signal(number)
        terminal.wait_for_end()
        assert_left_clean(terminal)


def begin_a_note(terminal: Terminal, words: str) -> None:
    terminal.wait_for("Negotiation · Harbour talks")
    terminal.press("n")
    terminal.wait_for("Note on ")
    terminal.type(words)
    terminal.wait_for(words)


def drafts(person: Person) -> str:
    files = person.home.rglob("draft.toml")  # outside the folder of notes
    return "".join(path.read_text("utf-8") for path in files)


def offered_back(person: Person, words: str) -> None:
    """The next start offers the words, and they can be saved."""
    with person.opens(HARBOUR) as terminal:
        terminal.wait_for("Words that were not saved")
        terminal.wait_for(words)
        terminal.press("r")
        terminal.wait_for("Note on ")
        terminal.press("ctrl+s")
        terminal.wait_for("Saved.")
        terminal.press("escape")
        terminal.wait_until_gone("Note on ")
        terminal.press("ctrl+q")
        terminal.wait_for_end()
    assert drafts(person) == ""
    (note,) = person.notes.glob("*/notes/*.toml")
    assert words in note.read_text("utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_being_written_when_it_was_ended_is_offered_back(
    tmp_path: Path, number: signal.Signals
) -> None:
    person = Person(tmp_path / "home")
    with person.opens(HARBOUR) as terminal:
        begin_a_note(terminal, "every letter of this")
        terminal.signal(number)
        assert terminal.wait_for_end() == 128 + number
        assert_left_clean(terminal)
    assert "every letter of this" in drafts(person)
    offered_back(person, "every letter of this")


def test_what_was_kept_before_a_kill_is_offered_back(tmp_path: Path) -> None:
    person = Person(tmp_path / "home")
    with person.opens(HARBOUR) as terminal:
        begin_a_note(terminal, "kept once a second")
        terminal.wait_until(lambda: "kept once a second" in drafts(person), "a draft")
        terminal.type(" and lost")
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_end()
    offered_back(person, "kept once a second")


def test_a_terminal_that_hangs_up_loses_no_words(tmp_path: Path) -> None:
    person = Person(tmp_path / "home")
    with person.opens(HARBOUR) as terminal:
        begin_a_note(terminal, "said before the line went dead")
        terminal.hang_up()
        terminal.wait_for_end()
    assert "said before the line went dead" in drafts(person)
