"""Whole journeys through the real program in a real terminal, as a person makes them."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person, Terminal, assert_left_clean, rows_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "home")


def left_on_the_shells_screen(terminal: Terminal) -> str:
    """What was written after the alternate screen was left, without control sequences."""
    return re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", terminal.output.rpartition("\x1b[?1049l")[2])


def write_a_note(terminal: Terminal, words: str) -> None:
    """Write a note on the record shown, save it and leave the editor."""
    terminal.press("n")
    terminal.wait_for("Note on ")
    terminal.type(words)
    terminal.wait_for(words)
    terminal.press("ctrl+s")
    terminal.wait_for("Saved")
    terminal.press("escape")
    terminal.wait_until_gone("Note on ")


def quit_with(terminal: Terminal, key: str) -> None:
    terminal.press(key)
    assert terminal.wait_for_end() == 0
    assert_left_clean(terminal)
    assert left_on_the_shells_screen(terminal).strip() == ""


def note_files(person: Person) -> list[Path]:
    return sorted(person.notes.glob("*/notes/*"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_person_opens_reads_filters_notes_and_leaves(person: Person) -> None:
    words = "Ask the crane drivers. #watch"
    with person.opens_anew(HARBOUR) as terminal:
        terminal.wait_for("1 Rounds 4")
        assert "Tide Hall" in "\n".join(rows_of(terminal, "1 Rounds"))
        assert "“Our charts" in "\n".join(rows_of(terminal, "4 Quotes 10"))

        terminal.press("4")
        terminal.wait_for("Quote · ")
        terminal.press("slash")
        terminal.wait_for("words to find")
        terminal.type("noren")
        found = terminal.wait_for(re.compile(r"4 Quotes \d+ of 10 /noren"))
        terminal.press("enter")
        terminal.wait_until(lambda: "/ Filter" in terminal.screen[-1], "go back to the list")
        count = int(found.split()[2])
        assert 0 < count < 10
        terminal.wait_until(
            lambda: len([row for row in rows_of(terminal, found) if "──" not in row]) == count,
            "list as many quotes as it says",
        )

        terminal.press("escape")
        terminal.wait_for("4 Quotes 10 ─")

        terminal.press("3")
        terminal.wait_for("Issue · Tolls and the truce")
        terminal.press("down")
        terminal.wait_for("Issue · Cranes")
        write_a_note(terminal, words)
        terminal.wait_for(re.compile(r"Cranes.*✎"))
        terminal.wait_for("Ask the crane")
        quit_with(terminal, "ctrl+q")

    (file,) = note_files(person)
    assert mode(file) == 0o600
    assert {mode(folder) for folder in (file.parent, file.parents[1], person.notes)} == {0o700}
    kept = tomllib.loads(file.read_text("utf-8"))
    assert kept["record"] == "issue:cranes"
    assert kept["text"].strip() == words

    with person.opens_anew(HARBOUR) as terminal:
        terminal.wait_for("3 Issues 5")
        terminal.wait_for("Issue · Cranes")  # where they were
        terminal.wait_for(re.compile(r"Cranes.*✎"))
        terminal.wait_for("#watch")
        terminal.wait_for("Ask the crane")
        quit_with(terminal, "ctrl+q")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["80x24", "60x20"])
def test_record_and_note_are_within_reach_in_a_small_window(
    person: Person, size: tuple[int, int]
) -> None:
    with person.opens(HARBOUR, size=size) as terminal:
        terminal.wait_for("Negotiation · Harbour talks")
        terminal.press("1")
        terminal.wait_for("1 Rounds 4")
        terminal.wait_for("3 Issues 5")
        terminal.press("3")
        terminal.wait_until(lambda: "Cranes" in terminal.text, "open the issues")
        terminal.press("down")
        terminal.press("enter")
        terminal.wait_for("Issue · Cranes")
        terminal.wait_for("◌ raised since")
        write_a_note(terminal, "Too small? #watch")
        terminal.wait_for("Too small?")
        terminal.press("h")
        terminal.wait_for(re.compile(r"Cranes.*✎"))
        assert all(len(line) <= size[0] for line in terminal.screen)
        quit_with(terminal, "ctrl+q")
    (file,) = note_files(person)
    assert tomllib.loads(file.read_text("utf-8"))["text"].strip() == "Too small? #watch"


def test_the_record_stays_while_the_window_changes_size(person: Person) -> None:
    with person.opens(HARBOUR, "--go", "issue:dredging") as terminal:
        terminal.wait_for("Issue · Dredging the channel")
        terminal.resize(60, 20)
        terminal.wait_until(
            lambda: terminal.screen[3].startswith("╭─ Issue · Dredging the channel"),
            "show the record alone",
        )
        terminal.wait_for("It is to be")
        terminal.resize(140, 40)
        terminal.wait_until(
            lambda: (
                terminal.screen[3].startswith("╭─ 1 Rounds")
                and "╭─ Issue · Dredging the channel" in terminal.screen[3]
            ),
            "show panes and record beside each other",
        )
        terminal.wait_for("It is to be")
        terminal.wait_for("4 Quotes 10")
        quit_with(terminal, "ctrl+q")


def test_a_broken_dataset_is_explained_line_by_line(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    first = folder / "negotiation.toml"
    first.write_text(
        '[negotiation]\nid = "ferry"\nname = "Ferry"\nsummary = "A ferry."\n'
        'began = 2031-01-01\nrecord_ends = 2031-12-31\nsources = ["gazzette"]\ncolor = "red"\n'
    )
    second = folder / "sources.toml"
    second.write_text(
        '[[source]]\nid = "gazette"\npublisher = "Gazette"\ntitle = "Ferry"\ntype = "pres"\n'
    )
    third = folder / "zones.toml"
    third.write_text('# a comment\n[[zone]]\nid = "pier"\n')
    with person.opens(folder) as terminal:
        terminal.wait_for("Not opened yet: 4 problems")
        terminal.press("q")
        assert terminal.wait_for_end() == 1
        assert_left_clean(terminal)
        said = left_on_the_shells_screen(terminal)
    assert "negotiation.toml:8" in said
    assert "unknown key “color”" in said
    assert "sources.toml:5" in said
    assert "press" in said
    assert "zones.toml:2" in said
    assert "unknown table “zone”" in said
    assert f"4 problems in {folder}" in said


def test_a_problem_between_records_is_explained_too(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "ferry.toml"
    file.write_text(
        '[negotiation]\nid = "ferry"\nname = "Ferry"\nsummary = "A ferry."\n'
        'began = 2031-01-01\nrecord_ends = 2030-12-31\nsources = ["gazzette"]\n\n'
        '[[source]]\nid = "gazette"\npublisher = "Gazette"\ntitle = "Ferry"\ntype = "press"\n'
        'address = "javascript:alert(1)"\n'
    )
    with person.opens(file) as terminal:
        terminal.wait_for("Not opened yet: 3 problems")
        terminal.press("escape")
        assert terminal.wait_for_end() == 1
        assert_left_clean(terminal)
        said = left_on_the_shells_screen(terminal)
    for line in (6, 7, 14):
        assert f"ferry.toml:{line}" in said
    assert "the record ends before it begins" in said
    assert "gazzette" in said
    assert "cannot be opened" in said
    assert f"3 problems in {file}" in said


def test_without_a_terminal_it_says_what_to_use(person: Person) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "explorer", str(HARBOUR)],
        env=person.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "needs a terminal" in done.stderr
    assert "explorer list issues" in done.stderr
    assert "explorer --help" in done.stderr


@pytest.fixture
def colourless(tmp_path: Path) -> Person:
    return Person(tmp_path / "home", NO_COLOR="1")


def test_without_colour_words_and_the_marked_row_are_there_to_go_by(colourless: Person) -> None:
    with colourless.opens(HARBOUR) as terminal:
        terminal.wait_for("3 Issues 5")
        terminal.press("3")
        terminal.wait_for("✗ disputed")
        terminal.wait_for("◌ raised")
        terminal.wait_for("Issue · Tolls and the truce")
        cranes = terminal.position("Cranes")
        before = terminal.attributes(*cranes)
        terminal.press("down")
        terminal.wait_until(
            lambda: terminal.attributes(*cranes) != before, "mark the row under the cursor"
        )
        quit_with(terminal, "ctrl+q")


def test_no_color_means_no_colour_at_all(colourless: Person) -> None:
    with colourless.opens(HARBOUR) as terminal:
        terminal.wait_for("3 Issues 5")
        terminal.press("3")
        terminal.wait_for("✗ disputed")
        terminal.press("n")
        terminal.wait_for("Note on Tolls")
        terminal.type("#watch")
        terminal.wait_for("Not saved yet.")
        terminal.press("ctrl+s")
        terminal.wait_for("Saved")
        terminal.press("escape")
        terminal.wait_until_gone("Note on ")
        terminal.press("question_mark")
        terminal.wait_for("Esc closes")
        terminal.press("escape")
        terminal.wait_until_gone("Esc closes")
        quit_with(terminal, "ctrl+q")
        assert colours_in(terminal.output) == set()


def test_colours_are_there_when_nobody_objects(person: Person) -> None:
    with person.opens(HARBOUR) as terminal:
        terminal.wait_for("3 Issues 5")
        quit_with(terminal, "ctrl+q")
        assert colours_in(terminal.output)


def colours_in(output: str) -> set[str]:
    """The SGR sequences that set a colour."""
    colours = {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}
    return {
        found[0]
        for found in re.finditer(r"\x1b\[([0-9;:]*)m", output)
        if colours & {int(number) for number in re.split("[;:]", found[1]) if number}
    }


@pytest.fixture
def unsaved(person: Person) -> Iterator[Terminal]:
    """A note half written, and the question that Ctrl+Q asks then."""
    with person.opens(HARBOUR, "--go", "issue:cranes") as terminal:
        terminal.wait_for("Issue · Cranes")
        terminal.press("n")
        terminal.wait_for("Note on Cranes")
        terminal.type("Half a thou")
        terminal.wait_for("Not saved yet.")
        terminal.press("ctrl+q")
        terminal.wait_for("This note has words that are not saved.")
        yield terminal


def test_quitting_with_unsaved_words_asks_and_may_be_taken_back(
    person: Person, unsaved: Terminal
) -> None:
    unsaved.press("w")
    unsaved.wait_until_gone("words that are not saved.")
    unsaved.type("ght")
    unsaved.wait_for("Half a thought")
    assert note_files(person) == []


def test_quitting_with_unsaved_words_may_discard_them(person: Person, unsaved: Terminal) -> None:
    quit_with(unsaved, "d")
    assert note_files(person) == []


def test_quitting_with_unsaved_words_may_save_them(person: Person, unsaved: Terminal) -> None:
    unsaved.press("s")
    unsaved.wait_until(lambda: unsaved.ended or "✎" in unsaved.text, "save the note")
    (file,) = note_files(person)
    assert tomllib.loads(file.read_text("utf-8"))["text"].strip() == "Half a thou"


def test_quitting_with_unsaved_words_quits_once_they_are_saved(unsaved: Terminal) -> None:
    unsaved.press("s")
    unsaved.wait_until(lambda: unsaved.ended or "✎" in unsaved.text, "save the note")
    assert unsaved.ended


def test_words_typed_at_once_after_the_slash_are_filtered_by(person: Person) -> None:
    with person.opens(HARBOUR) as terminal:
        terminal.wait_for("Negotiation · Harbour talks")
        terminal.press("1")
        terminal.wait_for("Round · Chart room")
        terminal.send("/quay")
        terminal.wait_for("1 Rounds 0 of 4 /quay")
