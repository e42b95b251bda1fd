"""A program in a real pseudo-terminal, driven by keys and watched as a person would.

`Terminal` starts it, answers what it asks of a terminal, and keeps both the screen that
its output draws and the bytes themselves. Nothing here sleeps for luck: `wait_for` looks
at each complete frame until it shows what is expected, and says what it showed instead.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte
from tests import fork_server
from tests.conftest import WARM_CACHE

PATIENCE = 20.0
"""Seconds before something that does not happen is called a failure."""

_KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "space": " ",
    "slash": "/",
    "question_mark": "?",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
}

_CONTROL = re.compile(r"\x1b\[([<=>?]?)([0-9;:]*)([ $]?)([@-~])")
_UNFINISHED = re.compile(r"\x1b(?:\[[<=>?]?[0-9;:]*[ $]?)?$")
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f]+")
_NARROW = re.compile("[ -~\u2010-\u2027\u2190-\u21ff\u2400-\u25fc]+")
"""Signs of one column each: letters of ASCII, dashes, arrows, lines and boxes."""

_ANSWERS = {
    "c": "\x1b[?62;22c",  # what are you? A VT220 with colours
    "0c": "\x1b[?62;22c",
    ">c": "\x1b[>1;10;0c",
    ">0c": "\x1b[>1;10;0c",
    ">q": "\x1bP>|test\x1b\\",  # name and version
    ">0q": "\x1bP>|test\x1b\\",
    "5n": "\x1b[0n",  # all well?
    "?u": "\x1b[?0u",  # the kitty keyboard protocol: known, nothing switched on
    "?2026$p": "\x1b[?2026;2$y",  # synchronised updates: known, off
}


def key(name: str) -> str:
    """What a terminal sends for a key named as Textual names it."""
    if name.startswith("ctrl+") and len(name) == len("ctrl+x"):
        return chr(ord(name[-1]) & 0x1F)
    return _KEYS[name] if len(name) > 1 else name


class Screen(pyte.Screen):
    """As pyte's, but what is drawn and looked like most is not worked out again and again."""

    def __init__(self, columns: int, lines: int) -> None:
        self._cells: dict[Any, _Cells] = {}
        self._looks: dict[tuple[Any, str], Any] = {}
        super().__init__(columns, lines)

    def draw(self, data: str) -> None:
        cursor = self.cursor
        end = cursor.x + len(data)
        if end > self.columns or not _NARROW.fullmatch(data) or pyte.modes.IRM in self.mode:
            super().draw(data)
            return
        if cursor.attrs not in self._cells:
            self._cells[cursor.attrs] = _Cells(cursor.attrs)
        cells = map(self._cells[cursor.attrs].__getitem__, data)
        self.buffer[cursor.y].update(zip(range(cursor.x, end), cells, strict=True))
        self.dirty.add(cursor.y)
        cursor.x = end

    def look(self, numbers: str) -> None:
        """Draw with these colours and weights from now on, given as they are written."""
        known = (self.cursor.attrs, numbers)
        if known not in self._looks:
            self.select_graphic_rendition(*(int(n or 0) for n in re.split("[;:]", numbers)))
            self._looks[known] = self.cursor.attrs
        self.cursor.attrs = self._looks[known]


class _Cells(dict[str, Any]):
    """The signs drawn with one look, each made once."""

    def __init__(self, look: Any) -> None:
        self._look = look

    def __missing__(self, sign: str) -> Any:
        self[sign] = self._look._replace(data=sign)
        return self[sign]


class Terminal:
    """A running program and the terminal it runs in. Leaving the `with` block ends it."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (140, 40),
        cwd: Path | None = None,
        spawn: Callable[..., Any] = fork_server.spawn,
    ) -> None:
        columns, lines = size
        self.raw = bytearray()
        """Every byte the program wrote."""
        self._screen = Screen(columns, lines)
        self._lines: list[str] = []
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._unfinished = ""
        self._updating = False
        self._ended = False
        self._process = spawn(argv, env, size, cwd)
        self._process.delayafterclose = 0
        self.modes_before = self.modes
        """How the terminal was set when the program got it, before it could change that."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # What is seen.

    @property
    def screen(self) -> list[str]:
        """The lines on screen, without the blanks at their ends."""
        changed, columns = self._screen.dirty, range(self._screen.columns)
        del self._lines[self._screen.lines :]
        self._lines += [""] * (self._screen.lines - len(self._lines))
        for number in changed & set(range(self._screen.lines)):
            cells = self._screen.buffer[number]
            # The cell beside a wide character is empty.
            self._lines[number] = "".join(cells[column].data for column in columns).rstrip()
        changed.clear()
        return self._lines.copy()

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen)

    @property
    def output(self) -> str:
        """Every byte the program wrote, as text."""
        return self.raw.decode("utf-8", "replace")

    @property
    def modes(self) -> list[Any]:
        """How the terminal is set now: echo, line by line or raw (see termios)."""
        # Asked at the near end, which on Linux and macOS answers for the far one.
        modes = termios.tcgetattr(self._process.fd)
        modes[3] &= ~getattr(termios, "PENDIN", 0)  # the kernel's own, comes and goes
        return modes

    @property
    def pid(self) -> int:
        """The number of the program's process."""
        pid: int = self._process.pid
        return pid

    @property
    def ended(self) -> bool:
        """Whether the program has closed the terminal."""
        return self._ended

    def attributes(self, column: int, line: int) -> dict[str, object]:
        """How the character at a place looks: colours, bold, reverse …"""
        look = self._screen.buffer[line][column]._asdict()
        del look["data"]
        return look

    def position(self, text: str) -> tuple[int, int]:
        """Column and line, from 0, at which a text stands on screen."""
        line = next(number for number, line in enumerate(self.screen) if text in line)
        return self.screen[line].index(text), line

    # What is done.

    def press(self, *keys: str) -> None:
        """Press keys, named as Textual names them: "down", "ctrl+s", "n".

        Wait for what escape does before pressing more: the next key, coming at once, would
        be read as that key with Alt.
        """
        for name in keys:
            self.send(key(name))

    def type(self, text: str) -> None:
        """Type a text."""
        self.send(text.replace("\n", "\r"))

    def paste(self, text: str) -> None:
        """Paste a text, marked as pasted the way terminals mark it."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def click(self, column: int, line: int) -> None:
        """Click at a place, counted from 0."""
        self.send(f"\x1b[<0;{column + 1};{line + 1}M\x1b[<0;{column + 1};{line + 1}m")

    def send(self, text: str) -> None:
        """Send text to the program as it is."""
        os.write(self._process.fd, text.encode())

    def send_bytes(self, data: bytes) -> None:
        """Send what is no text."""
        while data:
            data = data[os.write(self._process.fd, data) :]

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size; the program is told as terminals tell it."""
        self._screen.resize(lines, columns)
        self._process.setwinsize(lines, columns)

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._process.kill(number)

    def hang_up(self) -> None:
        """Close the terminal, as a line that goes dead does."""
        self._process.fileobj.close()
        self._process.closed = True
        self._ended = True

    # What is waited for.

    def wait_for(self, expected: str | re.Pattern[str]) -> str:
        """Wait until the screen shows a text, or matches a pattern; the text matched."""
        pattern = re.compile(re.escape(expected)) if isinstance(expected, str) else expected
        self.wait_until(lambda: pattern.search(self.text), f"show {pattern.pattern!r}")
        found = pattern.search(self.text)
        assert found is not None
        return found[0]

    def wait_until_gone(self, text: str) -> None:
        """Wait until a text is no longer on screen."""
        self.wait_until(lambda: text not in self.text, f"take {text!r} off the screen")

    def wait_until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until a complete frame meets a condition."""
        deadline = time.monotonic() + PATIENCE
        while self._updating or not condition():
            left = deadline - time.monotonic()
            if self._ended or left <= 0:
                why = "ended and did not" if self._ended else "did not"
                raise AssertionError(f"it {why} {what}; the screen was\n{self.text}")
            self._read(min(left, 0.1))

    def give_up_frame(self) -> None:
        """Look at what is there, for a program that was stopped in the middle of drawing."""
        self._read(0.1)
        self._updating = False

    def wait_for_end(self) -> int:
        """Wait until the program has ended; its exit code, or a signal's number below 0."""
        deadline = time.monotonic() + PATIENCE
        while not self._ended and (left := deadline - time.monotonic()) > 0:
            self._read(left)
        while self._process.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"it did not end; the screen was\n{self.text}")
            select.select([], [], [], 0.01)
        status: int | None = self._process.exitstatus
        return -self._process.signalstatus if status is None else status

    def wait_for_exit(self, *, reading: bool = True) -> int:
        """The same when something else may hold the terminal longer, or nobody reads it."""
        deadline = time.monotonic() + PATIENCE
        while self._process.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"it did not end; the screen was\n{self.text}")
            if reading and not self._ended:
                self._read(0.05)
            else:
                select.select([], [], [], 0.05)
        status: int | None = self._process.exitstatus
        return -self._process.signalstatus if status is None else status

    def close(self) -> None:
        """End the program, by force if it still runs, and let go of the terminal."""
        if self._process.isalive():
            self._process.kill(signal.SIGKILL)
            self._process.wait()
        self._process.close()

    def _read(self, patience: float) -> None:
        """Take in the output there is, if any comes before the patience ends."""
        wait = max(patience, 0)
        text = self._unfinished
        # As much as there is at once: to look at the screen costs more than to draw it.
        while not self._ended and select.select([self._process.fd], [], [], wait)[0]:
            try:
                data = os.read(self._process.fd, 65536)
            except OSError:  # how Linux says that the far end was closed
                data = b""
            self._ended = not data
            self.raw += data
            text += self._decoder.decode(data)
            wait = 0
        cut = _UNFINISHED.search(text)
        self._unfinished = cut[0] if cut else ""
        at, text = 0, text.removesuffix(self._unfinished)
        for control in _CONTROL.finditer(text):
            self._draw(text[at : control.start()])
            self._draw(self._heed(control))
            at = control.end()
        self._draw(text[at:])
        self._updating = self._updating and not self._ended

    def _draw(self, text: str) -> None:
        """Draw plain text at once; all else is read sign by sign, which takes much longer."""
        if self._stream._taking_plain_text and _PLAIN.fullmatch(text):
            self._screen.draw(text)
        elif text:
            self._stream.feed(text)

    def _heed(self, control: re.Match[str]) -> str:
        """Do what is asked most, answer a question, drop what pyte would draw, pass on the rest."""
        prefix, numbers, middle, final = control.groups()
        if final in "mH" and not prefix and not middle:
            if final == "m":
                self._screen.look(numbers)
            else:
                self._screen.cursor_position(*(int(n or 0) for n in numbers.split(";")))
            return ""
        asked = control[0].removeprefix("\x1b[")
        if asked in ("?2026h", "?2026l"):
            self._updating = final == "h"
        elif asked == "6n":
            at = self._screen.cursor
            self.send(f"\x1b[{at.y + 1};{at.x + 1}R")
        elif asked in _ANSWERS:
            self.send(_ANSWERS[asked])
        elif middle == "$" and final == "p":
            self.send(f"\x1b[{prefix}{numbers};0$y")  # any other mode: unknown
        elif not middle and (not prefix or (prefix == "?" and final in "hl")):
            return control[0]
        return ""


class Person:
    """Somebody with a home of their own, who opens explorer in a terminal."""

    def __init__(self, home: Path, **environment: str) -> None:
        home.mkdir(exist_ok=True)
        self.home = home
        self.notes = home / "my notes"
        self.environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": os.environ[WARM_CACHE],
            "XDG_STATE_HOME": str(home / "state"),
            "EXPLORER_NOTES": str(self.notes),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            **environment,
        }
        if "PYTHONPATH" in os.environ:  # to try the tests on another copy of the program
            self.environment["PYTHONPATH"] = os.environ["PYTHONPATH"]

    def opens(self, *arguments: object, size: tuple[int, int] = (140, 40)) -> Terminal:
        """Open explorer with these arguments."""
        given = [*map(str, arguments)]
        return Terminal(given, self.environment, size, self.home, fork_server.start)

    def opens_anew(self, *arguments: object) -> Terminal:
        """The same by `python -m explorer`, which takes a third of a second longer."""
        argv = [sys.executable, "-m", "explorer", *map(str, arguments)]
        return Terminal(argv, self.environment, cwd=self.home)


OFF_AT_THE_END = ("1000", "1002", "1003", "1004", "1005", "1006", "1015", "1016", "1049", "2004")
"""Mouse, focus reports, alternate screen, marked pastes: none of a shell's."""
ON_AT_THE_END = ("7", "25")
"""Line wrap and the cursor."""


def assert_left_clean(terminal: Terminal) -> None:
    """The terminal is as the shell gave it, and nothing is left on the shell's screen."""
    modes = dict(re.findall(r"\x1b\[\?(\d+)([hl])", terminal.output))
    assert modes.get("1049") == "l", "it left the alternate screen"
    assert {mode: modes[mode] for mode in OFF_AT_THE_END if modes.get(mode) == "h"} == {}
    assert {mode: modes[mode] for mode in ON_AT_THE_END if modes.get(mode) == "l"} == {}
    pushed = re.findall(r"\x1b\[>\d+u", terminal.output)
    assert len(pushed) == terminal.output.count("\x1b[<u"), "it gave the keyboard back"
    assert terminal.modes == terminal.modes_before, "the terminal is cooked again"
    assert "Traceback" not in terminal.output


def rows_of(terminal: Terminal, title: str) -> list[str]:
    """The rows seen in the pane whose title begins so."""
    column, top = terminal.position(title)
    column = terminal.screen[top].rindex("╭", 0, column)
    rows = []
    for line in terminal.screen[top + 1 :]:
        if line[column] == "╰":
            break
        rows.append(line[column + 1 : line.index("│", column + 1)].strip(" ▁▂▃▄▅▆▇█"))
    return [row for row in rows if row]
