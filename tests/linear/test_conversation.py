"""The loop around a visit: in a pipe, in a real terminal, and where there are no signs."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person

from explorer.linear.conversation import Conversation, Ends, usual_width, wrapped
from explorer.linear.line_commands import COMMANDS
from explorer.text.cells import width

posix = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")


def talk(visits, typed, *, is_asked=False):
    reader, out = visits(), io.StringIO()
    Conversation(reader.visit, Ends(io.StringIO(typed), out, is_asked)).run()
    return out.getvalue()


def piped(typed, **environment):
    return subprocess.run(
        [sys.executable, "-m", "explorer", "--linear", str(HARBOUR)],
        input=typed.encode(),
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_what_is_typed_in_a_script_is_shown_behind_its_prompt(visits):
    said = talk(visits, "rounds\nq\nissues\n")
    assert "\nCommand: rounds\nRounds.\n4 rounds.\n" in said
    assert "issues" not in said.split("Command: q")[1]


def test_the_end_of_a_script_ends_the_visit(visits):
    assert talk(visits, "rounds").endswith("Command: \n")


def test_a_note_that_a_script_does_not_end_is_kept_as_a_draft(visits):
    assert "It is kept as a draft" in talk(visits, "go cranes\nn\nWho lifts what?")
    reader = visits()
    assert "Who lifts what?" in reader.heard


def test_a_long_answer_waits_for_enter_where_somebody_types_and_nowhere_else(visits, monkeypatch):
    monkeypatch.setenv("LINES", "10")
    assert "Enter for more" not in talk(visits, "q\n")
    said = talk(visits, "\n\n\n\n\n\nrounds\nq\n", is_asked=True)
    assert "Enter for more, or a command: " in said
    stopped = talk(visits, "rounds\nq\n", is_asked=True)
    assert "Your notes: none" not in stopped  # what was typed there was a command
    assert "Rounds." in stopped


def test_lines_are_as_wide_as_is_set_and_addresses_stay_whole(visits, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    said = talk(visits, "go tolls\no\nq\n")
    long = [line for line in said.split("\n") if width(line) > 40]
    assert all("http" in line or " " not in line.strip() for line in long)
    monkeypatch.setenv("COLUMNS", "0")
    assert any(len(line) > 90 for line in talk(visits, "go tolls\nq\n").split("\n"))


def test_the_width_is_set_by_a_command_and_kept(visits):
    said = talk(visits, "wrap 30\ngo tolls\nq\n").split("go tolls")[1]
    assert max(map(width, said.split("\n"))) <= 60
    assert "broken at 30 characters" in talk(visits, "wrap\nq\n").replace("\n", " ")
    assert "Say a number from 20 on" in talk(visits, "wrap 3\nwrap off\nq\n").replace("\n", " ")


@pytest.mark.parametrize("said", ["", "wide", "-3"])
def test_a_width_that_is_none_is_eighty(said):
    assert usual_width({"COLUMNS": said}.get) >= 80


def test_chinese_is_broken_where_there_is_room():
    lines = list(wrapped("1. “" + "关于海峡会谈的通告" * 8 + "” it says", 20))
    assert max(map(width, lines)) <= 20
    assert "".join(lines).count("关") == 8


def test_all_that_is_typed_has_a_deed(visits):
    reader = visits()
    Conversation(reader.visit, Ends(io.StringIO(""), io.StringIO(), is_asked=False))
    assert {command.action for command in COMMANDS} == reader.visit.session.deeds.keys()


# The real program.


def test_a_script_is_answered_without_textual_and_without_an_escape():
    done = piped("go cranes\nn\nWho lifts what?\n.\nnotes\nq\n")
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert "Saved. The note is on Issue: Cranes." in done.stdout.decode()


def test_where_there_are_no_signs_it_speaks_ascii():
    done = piped("go tolls\nq\n", PYTHONIOENCODING="ascii")
    assert done.stdout.isascii()
    assert b'"' in done.stdout


def test_bytes_that_are_no_text_end_nothing():
    done = subprocess.run(
        [sys.executable, "-m", "explorer", "--linear", str(HARBOUR)],
        input=b"\xff\xfe\x00\x1b[2J\ngo cranes\nn \xff\n.\nq\n",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"Saved." in done.stdout


def test_a_reader_of_the_pipe_that_leaves_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-m", "explorer", "--linear", str(HARBOUR)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        _, errors = process.communicate(b"rounds\n" * 50)
    assert b"Traceback" not in errors


def test_it_starts_without_the_screen():
    code = (
        "import sys, io; from explorer.cli import main; sys.stdin = io.StringIO('i\\nq\\n'); "
        f"main(['--linear', {str(HARBOUR)!r}]); "
        "loaded = {module.partition('.')[0] for module in sys.modules}; "
        "print(sorted(loaded & {'textual', 'rich', 'pydantic'}))"
    )
    piped("q\n")  # so that the dataset was checked before
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[-2] == "[]"


@posix
def test_a_terminal_that_prints_lines_alone_is_asked_line_by_line(tmp_path):
    person = Person(tmp_path / "home")
    person.environment["TERM"] = "dumb"
    person.environment.pop("EXPLORER_GLYPHS", None)
    with person.opens_anew(HARBOUR) as terminal:
        terminal.wait_for("Command:")
        terminal.type("go cranes\n")
        terminal.wait_for("Who may lift what")
        terminal.type("n\n")
        terminal.wait_for("Note:")
        terminal.type("Who lifts what?\n")
        terminal.send("\x04")
        terminal.wait_for("Saved.")
        terminal.type("quit\n")
        terminal.wait_for_end()
        assert "\x1b" not in terminal.output
        assert terminal.output.isascii()


def is_waiting(pid):
    """Whether a process does nothing; where the system does not say so, after a while it does."""
    if (told := Path(f"/proc/{pid}/stat")).exists():
        return told.read_text().rpartition(") ")[2].startswith("S")
    return True


@posix
def test_ctrl_c_keeps_what_is_being_written_and_twice_leaves(tmp_path):
    person = Person(tmp_path / "home")
    person.environment["TERM"] = "dumb"
    with person.opens_anew(HARBOUR) as terminal:
        terminal.wait_for("Command:")
        terminal.type("n\n")
        terminal.wait_for("Note:")
        terminal.type("Who lifts what?\n")
        terminal.wait_for("what?\nNote:")
        # Python does not hear what comes between its prompt and its waiting; no person is so quick.
        terminal.wait_until(lambda: is_waiting(terminal.pid), "it waits for a line")
        terminal.send("\x03")
        terminal.wait_for(re.compile(r"kept as a draft[^C]*Command:"))
        terminal.wait_until(lambda: is_waiting(terminal.pid), "it waits for a command")
        terminal.send("\x03")
        terminal.wait_for(re.compile(r"once more leaves[^C]*Command:"))
        terminal.wait_until(lambda: is_waiting(terminal.pid), "it waits for a command")
        terminal.send("\x03")
        terminal.wait_for_end()
    drafts = [path.read_text("utf-8") for path in person.home.rglob("draft.toml")]
    assert "Who lifts what?" in "".join(drafts)


@posix
def test_who_comes_back_to_it_is_asked_again(tmp_path):
    person = Person(tmp_path / "home")
    person.environment["TERM"] = "dumb"
    with person.opens_anew(HARBOUR) as terminal:
        terminal.wait_for("Command:")
        terminal.type("n\n")
        terminal.wait_for("Note:")
        terminal.wait_until(lambda: is_waiting(terminal.pid), "it waits for a line")
        terminal.signal(signal.SIGSTOP)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("Note:\nNote:")
        terminal.type("Who lifts what?\n.\n")
        terminal.wait_for("Saved.")


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_a_kill_loses_no_line_that_was_typed(tmp_path, number):
    person = Person(tmp_path / "home")
    person.environment["TERM"] = "dumb"
    with person.opens_anew(HARBOUR) as terminal:
        terminal.wait_for("Command:")
        terminal.type("n\n")
        terminal.wait_for("Note:")
        terminal.type("Who lifts what?\n")
        terminal.wait_for("what?\nNote:")
        terminal.signal(number)
        terminal.wait_for_end()
    with person.opens_anew(HARBOUR) as terminal:
        terminal.wait_for("was being written")
        terminal.type("take\n")
        terminal.wait_for("1. Who lifts what?")
        terminal.type(".\n")
        terminal.wait_for("Saved.")


def test_keys_that_move_elsewhere_leave_nothing_behind(visits, monkeypatch):
    monkeypatch.setenv("LINES", "100")
    said = talk(visits, "\x1b[A\nro\x1b[Dunds\nq\n", is_asked=True)
    assert "Arrows and other keys do nothing here" in said
    assert "4 rounds." in said
    assert "\x1b" not in said


def test_a_run_of_chinese_begins_on_the_line_that_has_begun():
    lines = list(wrapped("Clause 2: “" + "关于海峡会谈的通告" * 8 + "”", 40))
    assert width(lines[0]) > 30
    assert max(map(width, lines)) <= 40
