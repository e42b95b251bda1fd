"""The terminal is given back whatever happens: stopped, hung up, crashed, sent any bytes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyte
import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person, Terminal, assert_left_clean

from explorer.notes import NoteStore, Words
from explorer.record.model import Ref

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")

TOLLS = ("--go", "issue:tolls")
BYTES = b"\x1b[M \x8e%\xff\xfe\x80\x00\xe2\x82\x1b[97:65;2u\x1b[<0;99999999999999999;5M\xc3"


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path / "home")


def drafts(person: Person) -> str:
    """All that is kept of what was not saved, wherever it is."""
    return "".join(path.read_text("utf-8") for path in person.home.rglob("draft.toml"))


def write_note(person: Person, text: str) -> None:
    store = NoteStore(person.notes, "harbour-talks")
    store.save(Ref("issue", "tolls"), Words(text), name="Tolls", note=None)


def note_text(person: Person) -> str:
    (note,) = NoteStore(person.notes, "harbour-talks").load().all()
    return note.text


def begin_a_note(terminal: Terminal, words: str) -> None:
    terminal.press("n")
    terminal.wait_for("Note on ")
    terminal.type(words)
    terminal.wait_for(words)


def script(person: Person, body: str) -> None:
    """Let the person's own editor be a script that does this to the file, “$1”."""
    path = person.home / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    person.environment["EDITOR"] = str(path)


# The terminal of the tests.


def test_the_screen_is_drawn_as_pyte_draws_it() -> None:
    written = (
        "plain \x1b[1;38;2;10;200;30mbold \x1b[48;5;17m│ ─ ◉ ✎\x1b[0m 談判 e\u0301 \x1b[7mend\x1b[m"
        "\x1b[3;5H" + "long " * 9 + "\x1b[2;38Hwraps\x1b[4h\x1b[1;3Hput in\x1b[4l\x1b[5;1Hlast"
    )
    script = f"import os; os.write(1, {written.encode()!r})"
    argv = [sys.executable, "-c", script]
    with Terminal(argv, {"TERM": "xterm"}, size=(40, 8)) as terminal:
        terminal.wait_for_end()
        seen = terminal.screen
        looks = [terminal.attributes(column, 0) for column in range(40)]
    other = pyte.Screen(40, 8)
    pyte.Stream(other).feed(written)
    assert seen == [line.rstrip() for line in other.display]
    assert looks == [
        {name: look for name, look in other.buffer[0][column]._asdict().items() if name != "data"}
        for column in range(40)
    ]


# Bytes.


def test_bytes_that_are_no_text_end_nothing(person: Person) -> None:
    with person.opens(HARBOUR) as terminal:
        terminal.wait_until(lambda: "\x1b[?1049h" in terminal.output, "begin")
        terminal.send_bytes(BYTES)
        terminal.wait_for("Negotiation · Harbour talks")
        terminal.send_bytes(BYTES)
        terminal.press("question_mark")
        terminal.wait_for("Esc closes")
        terminal.send_bytes(BYTES)
        terminal.press("escape")
        terminal.wait_until_gone("Esc closes")
        begin_a_note(terminal, "before")
        terminal.send_bytes(BYTES)
        terminal.type(" and after")
        terminal.wait_for("before and after")
        terminal.press("ctrl+s")
        terminal.wait_for("Saved.")
        terminal.press("escape")
        terminal.wait_until_gone("Note on ")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)
    assert note_text(person) == "before and after"


def test_it_is_seen_when_what_goes_wrong_is_written_to_a_file(person: Person) -> None:
    run = f"exec {sys.executable} -m explorer {HARBOUR} 2>errors"
    with Terminal(["sh", "-c", run], person.environment, cwd=person.home) as terminal:
        terminal.wait_for("Negotiation · Harbour talks")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert (person.home / "errors").read_text() == ""


def test_who_looks_in_for_the_first_time_gets_out_by_the_key_that_is_shown(person: Person) -> None:
    with person.opens(HARBOUR) as terminal:
        terminal.wait_for("q Quit")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)


# A terminal that goes away, and signals.


@pytest.mark.parametrize(
    ("state", "how"),
    [
        *((state, "hang up") for state in ("loading", "panes", "view", "editor", "outside")),
        *((state, signal.SIGTERM) for state in ("loading", "editor", "outside")),
        *((state, signal.SIGQUIT) for state in ("panes", "outside")),
    ],
)
def test_whatever_ends_the_terminal_ends_the_program(person: Person, state: str, how: str) -> None:
    write_note(person, "saved")
    # An editor that neither a hang-up nor a key ends.
    script(person, "trap '' HUP; printf 'typed outside' > \"$1\"; echo ready; exec sleep 60")
    with person.opens(HARBOUR, *TOLLS) as terminal:
        if state == "loading":
            terminal.wait_until(lambda: "\x1b[?1049h" in terminal.output, "begin")
        else:
            terminal.wait_for("saved")
        if state == "view":
            terminal.press("p")
            terminal.wait_for("Positions on")
        elif state == "editor":
            begin_a_note(terminal, "not saved yet")
        elif state == "outside":
            terminal.press("e")
            terminal.wait_for("ready")
        if how == "hang up":
            terminal.hang_up()
            number = signal.SIGHUP
        elif state == "outside" and how == signal.SIGQUIT:
            terminal.signal(how)  # is the editor's, like Ctrl+C
            number = signal.SIGTERM
            terminal.signal(number)
        else:
            number = how
            terminal.signal(number)
            terminal.signal(number)  # as impatient people do
        assert terminal.wait_for_exit() == 128 + number
        if how != "hang up" and state != "outside":
            assert_left_clean(terminal)
    expected = {"editor": "not saved yet", "outside": "typed outside"}.get(state, "")
    assert expected in drafts(person)
    assert note_text(person) == "saved"


def test_a_terminal_that_nobody_reads_does_not_keep_it_alive(person: Person) -> None:
    with person.opens(HARBOUR) as terminal:
        terminal.wait_for("Negotiation · Harbour talks")
        begin_a_note(terminal, "said before it stalled")
        terminal.wait_until(lambda: "said before it stalled" in drafts(person), "a draft")
        # Until the pipe to the terminal is full, and whoever draws has to wait.
        terminal.send_bytes(b"x" * 200 + b"\x0c\x1b[D\x1b[C" * 400)
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_for_exit(reading=False) == 128 + signal.SIGTERM
    assert "said before it stalled" in drafts(person)


# Stopped, and continued.


@pytest.fixture
def in_shell(person: Person):
    """The app, opened by a person in a shell with job control."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    person.environment["PS1"] = "shell> "
    with Terminal(["bash", "--norc", "-i"], person.environment, cwd=person.home) as terminal:
        terminal.wait_for("shell>")
        terminal.type(f"{sys.executable} -m explorer {HARBOUR} {' '.join(TOLLS)}\n")
        yield terminal


def wait_until_stopped(terminal: Terminal) -> None:
    terminal.wait_for("Stopped")
    terminal.type("printf '\\033[H\\033[2J'\n")  # away with what the app had drawn
    terminal.wait_until(lambda: terminal.text.strip() == "shell>", "clear the screen")


def pid_of_app(shell: Terminal) -> int:
    """The only program that the shell has started and that has not ended."""
    ps = ["ps", "-A", "-o", "pid=,ppid="]
    listed = subprocess.run(ps, check=True, capture_output=True, text=True).stdout.splitlines()
    (pid,) = (pid for pid, parent in map(str.split, listed) if int(parent) == shell.pid)
    return int(pid)


def is_stopped(pid: int) -> bool:
    ps = ["ps", "-o", "stat=", "-p", str(pid)]
    return "T" in subprocess.run(ps, check=True, capture_output=True, text=True).stdout


def test_the_key_for_it_stops_the_app_and_fg_brings_it_back(in_shell: Terminal) -> None:
    in_shell.wait_for("Issue · Tolls")
    in_shell.press("ctrl+z")
    wait_until_stopped(in_shell)
    in_shell.resize(100, 30)
    in_shell.type("fg\n")
    in_shell.wait_for("Issue · Tolls")
    # Above the line of keys, in which something may be told.
    in_shell.wait_until(lambda: in_shell.screen[28].startswith("╰"), "fill the smaller window")
    in_shell.press("question_mark")  # over a dialog too
    in_shell.wait_for("Esc closes")
    in_shell.press("ctrl+z")
    wait_until_stopped(in_shell)
    in_shell.type("bg\n")  # where it may not draw, and stops again
    in_shell.wait_for(re.compile(r"-m explorer [^>]*\s&"))
    in_shell.wait_until(lambda: is_stopped(pid_of_app(in_shell)), "stop it")
    in_shell.type("\n")  # which the shell tells at its next prompt
    wait_until_stopped(in_shell)
    in_shell.type("fg\n")
    in_shell.wait_for("Esc closes")
    in_shell.press("escape")
    in_shell.wait_until_gone("Esc closes")
    in_shell.press("ctrl+q")
    in_shell.wait_for("shell>")
    in_shell.type("echo code $?\n")
    in_shell.wait_for("code 0")


def test_a_stop_from_outside_keeps_the_words_and_comes_back(
    in_shell: Terminal, person: Person
) -> None:
    in_shell.wait_for("Issue · Tolls")
    begin_a_note(in_shell, "half a thought")
    os.kill(pid_of_app(in_shell), signal.SIGTSTP)
    wait_until_stopped(in_shell)
    assert "half a thought" in drafts(person)
    in_shell.type("fg\n")
    in_shell.wait_for("half a thought")
    pid = pid_of_app(in_shell)
    os.kill(pid, signal.SIGSTOP)  # of which the app knows nothing
    while not is_stopped(pid):
        in_shell.give_up_frame()
    in_shell.give_up_frame()
    wait_until_stopped(in_shell)
    in_shell.type("fg\n")
    in_shell.wait_for("half a thought")
    in_shell.type(" and the rest")
    in_shell.wait_for("half a thought and the rest")
    in_shell.press("ctrl+s")
    in_shell.wait_for("Saved.")
    in_shell.press("escape")
    in_shell.wait_until_gone("Note on ")
    in_shell.press("ctrl+q")
    in_shell.wait_for("shell>")
    in_shell.type("echo code $?\n")
    in_shell.wait_for("code 0")
    assert note_text(person) == "half a thought and the rest"


def test_without_a_shell_to_go_back_to_it_says_so_and_goes_on(person: Person) -> None:
    with person.opens(HARBOUR) as terminal:
        terminal.wait_for("Negotiation · Harbour talks")
        terminal.press("ctrl+z")
        terminal.wait_for("no shell to go back to")
        terminal.signal(signal.SIGTSTP)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)


# Another editor.


def test_whatever_an_editor_does_the_app_comes_back_and_says_what_happened(
    person: Person,
) -> None:
    """In one run, as what one editor leaves behind might only hurt the next."""
    write_note(person, "first words")
    script(person, "exit 0")
    editor = Path(person.environment["EDITOR"])
    with person.opens(HARBOUR, *TOLLS) as terminal:
        terminal.wait_for("first words")
        for body, told in (
            ("kill -9 $$", "was ended by SIGKILL"),
            ('rm "$1"', "its file is gone"),
            (
                'printf strange > "$1"; stty raw -echo; printf "\\033(0\\033[5;8r\\033[4h"',
                "strange",
            ),
            ('printf "another\\n" > "$1.new"; mv "$1.new" "$1"', "another"),
        ):
            editor.write_text(f"#!/bin/sh\n{body}\n")
            terminal.press("e")
            terminal.wait_for(told)
            terminal.wait_for("1 Rounds")
        editor.unlink()
        terminal.press("e")
        terminal.wait_for("there is no program")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)
    assert note_text(person) == "another"


def test_what_is_wrong_with_the_files_is_mended_in_that_editor_and_seen_at_once(
    person: Person, tmp_path: Path
) -> None:
    talks = Path(shutil.copytree(HARBOUR, tmp_path / "talks"))
    issues = talks / "issues.toml"
    whole = issues.read_text("utf-8")
    script(person, 'echo "at $1"; sed "s/grupp/group/" "$2" > "$2.new"; mv "$2.new" "$2"; read _')
    with person.opens(talks, "--go", "issue:cranes") as terminal:
        terminal.wait_for("Who may lift what")
        issues.write_text(whole.replace("group", "grupp", 1), "utf-8")
        terminal.wait_for("✗ 1 problem in the files: ! lists it.")
        terminal.press("!")
        terminal.wait_for(re.compile(r"issues\.toml:9"))
        terminal.press("e")
        terminal.wait_for("at +9")
        terminal.press("enter")
        terminal.wait_for("No problems are left: what is shown is what the files say.")
        terminal.press("escape")
        terminal.wait_until_gone("No problems")
        issues.write_text(whole.replace("Who may lift what", "Who may carry what"), "utf-8")
        terminal.wait_for("Who may carry what")
        assert "in the files:" not in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert_left_clean(terminal)


# An error nobody expected.


def opens_with(person: Person, fault: str) -> Terminal:
    """Open the app with a fault in it."""
    run = f"import sys\n{fault}\nfrom explorer import cli\nsys.exit(cli.main(sys.argv[1:]))"
    argv = [sys.executable, "-c", run, str(HARBOUR), *TOLLS]
    return Terminal(argv, person.environment, cwd=person.home)


IN_A_KEY = """
from explorer.ui.main_screen import MainScreen
MainScreen.action_about = lambda self: 1 / 0
"""
IN_THE_EDITOR = """
from explorer.ui.dialogs.note_editor import NoteEditor
NoteEditor.action_days = lambda self: {}["\\x1b[31mred"]
"""
IN_A_WORKER = """
from explorer.ui.main_screen import MainScreen
MainScreen.action_about = lambda self: self.run_worker(lambda: 1 / 0, thread=True)
"""
IN_THE_LOOP = """
from explorer.ui.main_screen import MainScreen
import asyncio
def fail(self): asyncio.get_running_loop().call_soon(lambda: 1 / 0)
MainScreen.action_about = fail
"""
IN_THE_INPUT = """
from explorer.ui.system.terminal_driver import TerminalDriver
def fail(self, message): raise ZeroDivisionError
TerminalDriver.process_message = fail
"""
IN_DRAWING = """
from explorer.ui.main_screen import MainScreen
from explorer.ui.widgets.heading import Title
def about(self):
    Title.render = lambda self: 1 / 0
    self.query_one(Title).refresh(layout=True)
MainScreen.action_about = about
"""
AT_THE_START = """
from explorer.ui.main_screen import MainScreen
MainScreen.compose = lambda self: 1 / 0
"""
BEFORE_IT = """
from explorer import opening
opening.read = lambda *_, **__: 1 / 0
"""


@pytest.mark.parametrize(
    "fault",
    [IN_A_KEY, IN_A_WORKER, IN_THE_LOOP, IN_THE_INPUT, IN_DRAWING, AT_THE_START, BEFORE_IT],
    ids=["key", "worker", "loop", "input", "drawing", "start", "before"],
)
def test_after_an_error_the_terminal_is_given_back_and_a_report_written(
    person: Person, fault: str
) -> None:
    with opens_with(person, fault) as terminal:
        if "action_about" in fault:
            terminal.wait_for("Issue · Tolls")
        if fault not in (AT_THE_START, BEFORE_IT):
            terminal.press("i")
        assert terminal.wait_for_end() == 1
        assert_left_clean(terminal)
        assert "Please report it" in terminal.output
        assert re.search(r"explorer \S+, Textual \S+, Python \S+, \S+", terminal.output)
        assert "ZeroDivisionError" in terminal.output
    (report,) = person.home.glob("data/explorer/reports/*")
    assert "ZeroDivisionError" in report.read_text()
    assert "Traceback" in report.read_text()


def test_an_error_while_writing_keeps_the_words_and_says_where(person: Person) -> None:
    (person.home / "data").write_text("a file where the folder of reports should be")
    with opens_with(person, IN_THE_EDITOR) as terminal:
        terminal.wait_for("Issue · Tolls")
        begin_a_note(terminal, "every word of this")
        terminal.press("ctrl+o")
        assert terminal.wait_for_end() == 1
        assert_left_clean(terminal)
        told = terminal.output[terminal.output.rindex("\x1b[?1004l") :]
        (place,) = re.findall(r"is kept in (\S.*?); the next start", told)
        assert "every word of this" in Path(place).read_text()
        (report,) = re.findall(r"this file: (\S+)", told)
        assert "KeyError" in Path(report).read_text()
        assert "\x1b[31m" not in told
    shutil.rmtree(Path(report).parent)
