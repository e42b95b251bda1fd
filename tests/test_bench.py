"""What the measurements in `bench/` rest on: made-up data, counted repaints, verdicts."""

from __future__ import annotations

import os
import re
import sys
from contextlib import closing

import pytest

if sys.platform != "linux":
    pytest.skip("it measures on Linux", allow_module_level=True)

from command_list import commands
from emulator import Terminal
from explorer import dataset
from explorer.dataset.warning_checks import OF_GROUNDS
from explorer.notes import NoteStore
from made_up_notes import write_notes
from program import Program, ProgramError
from results import Results, quantile
from sections import BARE, EXPLORER
from synthetic import QUOTE_FILES, write_dataset
from table import of_targets
from targets import LARGE, SHIPPED, TARGETS, Target

FORKS = pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
"""Python warns of forking beside threads; the child only becomes the program."""
BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up") / "talks"
    write_dataset(folder, 300)
    return folder


def test_a_made_up_dataset_has_its_quotes_and_nothing_to_complain_of(made_up):
    checked, warnings = dataset.check(made_up)
    assert len(checked.quotes) == 300
    assert {warning.check for warning in warnings} <= set(OF_GROUNDS)


def test_its_quotes_lie_in_several_files(made_up):
    assert len(list(made_up.glob("quotes-*.toml"))) == QUOTE_FILES


def test_made_up_notes_are_notes_on_its_records(made_up, tmp_path):
    write_notes(tmp_path, made_up, 400)
    notes = NoteStore(tmp_path, "synthetic").load()
    assert len(notes.all()) == 400
    assert not notes.damaged


def test_an_update_counts_once_however_it_comes_in_pieces():
    terminal = Terminal(20, 3)
    output = BEGIN + b"\x1b[1;1Habc\x1b[2;1Hdef" + END
    for at in range(len(output)):
        terminal.feed(output[at : at + 1])
    assert terminal.repaints == 1


@pytest.mark.parametrize("drawn", [b"", b"\x1b[7m_"], ids=["nothing", "a cursor that blinks"])
def test_an_update_that_draws_next_to_nothing_is_no_repaint(drawn):
    terminal = Terminal(20, 3)
    terminal.feed(BEGIN + b"\x1b[2;2H" + drawn + END)
    assert terminal.repaints == 0


def test_what_is_drawn_again_as_it_stood_is_a_repaint_and_no_change():
    terminal = Terminal(20, 3)
    update = BEGIN + b"\x1b[1;1Habc" + END
    assert terminal.feed(update)
    assert not terminal.feed(update)
    assert terminal.repaints == 2


def test_an_update_shows_when_it_ends():
    terminal = Terminal(20, 3)
    assert not terminal.feed(BEGIN + b"\x1b[1;1Habc")
    assert terminal.feed(END)


ANSWERING = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"ready")
while (key := os.read(0, 1)) != b"q":
    os.write(1, b"\\x1b[?2026h" + key * 2 + b"\\x1b[?2026l")
"""


@FORKS
def test_what_a_key_brings_is_counted_from_outside():
    argv = [sys.executable, "-c", ANSWERING]
    with closing(Program(argv, os.environ, (20, 3))) as program:
        program.wait_for(re.compile("ready"))
        answer = program.press(b"x", calm=0.1)
        program.quit(b"q")
    assert (answer.repaints, answer.written) == (1, len(BEGIN + b"xx" + END))
    assert 0 < answer.first <= answer.last


@FORKS
def test_a_program_that_ends_before_it_is_ready_is_reported():
    argv = [sys.executable, "-c", "print('never mind')"]
    begun = closing(Program(argv, os.environ, (20, 3)))
    with begun as program, pytest.raises(ProgramError, match="never mind"):
        program.wait_for(re.compile("ready"))


def test_no_two_commands_have_one_name():
    names = [name for name, _ in commands()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 2.5), (1, 4)])
def test_a_quantile_lies_between_the_values(share, value):
    assert quantile([4, 1, 3, 2], share) == value


def results_of(**values):
    results = Results()
    for number in range(2):
        for program, measures in values.items():
            results.add(number, {program: [{name: [each[number]] for name, each in measures}]})
    return results


def test_a_ratio_is_taken_within_a_round():
    # The machine was ten times as slow in the second.
    results = results_of(bare=[("ready", (10, 100))], explorer=[("ready", (20, 200))])
    assert results.ratios(EXPLORER, BARE, "ready") == [2, 2]


@pytest.mark.parametrize(("size", "verdict"), [(SHIPPED, "OVER"), (LARGE, "ok")])
def test_a_target_is_judged_by_the_limit_of_its_size(size, verdict):
    results = results_of(bare=[("ready", (10, 10))], explorer=[("ready", (20, 20))])
    target = Target("ready", "ready", (1.5, 2.5, None), over=BARE)
    assert target.verdict(results, size) == verdict


def test_of_several_commands_the_worst_counts():
    results = results_of(explorer=[("jump: written", (1, 1)), ("zoom: written", (90, 70))])
    target = Target("written", "written", (40, 40, 40), commands=("jump", "zoom", "never given"))
    assert target.value(results) == 80
    assert target.verdict(results, SHIPPED) == "OVER"


def test_what_was_not_measured_is_neither_shown_nor_judged():
    results = results_of(explorer=[("exit", (5, 5))])
    assert not any(target.verdict(results, SHIPPED) for target in TARGETS)
    lines = list(of_targets([("shipped", SHIPPED, results)]))
    assert len(lines) == 1
