"""One program under a pseudo-terminal: start it, press keys, watch, end it. Linux only."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import termios
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from emulator import Terminal

DOWN, UP = b"\x1b[B", b"\x1b[A"
QUIET = 0.1
"""Seconds without output after which an answer counts as complete."""
KEY_PATIENCE = 3.0
"""Seconds after which a key counts as not answered; it is then entered as this long."""
CALM_SHARE = 0.02
"""It is calm when it takes no more than this share of a core."""
PATIENCE = 300.0
"""Seconds a program has to get ready, or to end."""
PIECE = 1024
"""Bytes drawn before looking for output again: to read late would be to time late."""
PAUSE = 0.002
"""Seconds without output after which we draw what was read; before that we would hold it up."""


class ProgramError(Exception):
    """The program did not do what a measurement needs; the text says what."""


class EndedError(ProgramError):
    """It closed the terminal."""


@dataclass(frozen=True)
class Answer:
    """What came of a key: when the screen changed first and last, and what it took."""

    first: float
    last: float
    cpu: float
    written: int
    repaints: int


class Program:
    """A running program. Times are those of `time.perf_counter`, taken as bytes are read."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int]
    ) -> None:
        columns, lines = size
        self.terminal = Terminal(columns, lines)
        self.first_paint: float | None = None
        self.changes: list[float] = []
        """When the screen changed."""
        self.written = 0
        """Bytes it wrote so far."""
        self._undrawn: deque[tuple[float, bytes]] = deque()
        self._memory: dict[int, int] = {}
        self.started = time.perf_counter()
        self._pid, self._tty = pty.fork()
        if self._pid == 0:  # we are the child: become the program
            termios.tcsetwinsize(0, (lines, columns))
            os.execve(command[0], list(command), dict(environment))

    def wait_for(
        self, pattern: re.Pattern[str], quiet: float = QUIET, at_most: float = PATIENCE
    ) -> float:
        """Wait until the pattern is on screen and output has stopped; the last change's time."""
        while not pattern.search(self.terminal.text):
            if time.perf_counter() > self.started + at_most:
                raise ProgramError(f"never showed {pattern.pattern!r}:\n{self.terminal.text}")
            self.listen(quiet)
            self.peak_memory()  # of processes that may be gone at the end
        return self.changes[-1]

    def press(self, key: bytes, *, quiet: float = QUIET, calm: float = 0.0) -> Answer:
        """Press a key and watch until it has been quiet, and then calm, for so many seconds."""
        cpu, written, repaints = self.cpu_time(), self.written, self.terminal.repaints
        if self.terminal.is_application and key in (UP, DOWN):
            key = key.replace(b"[", b"O")
        pressed = time.perf_counter()
        os.write(self._tty, key)
        changes = self.listen(quiet)
        while not changes and time.perf_counter() < pressed + KEY_PATIENCE:
            changes = self.listen(quiet)
        if calm:
            changes += self.calm_down(calm)
        changes = changes or [pressed + KEY_PATIENCE]
        return Answer(
            first=changes[0] - pressed,
            last=changes[-1] - pressed,
            cpu=self.cpu_time() - cpu,
            written=self.written - written,
            repaints=self.terminal.repaints - repaints,
        )

    def listen(self, quiet: float, at_most: float = PATIENCE) -> list[float]:
        """Watch until no output has come for `quiet` seconds; when the screen changed."""
        changes = []
        began = heard = time.perf_counter()
        while (now := time.perf_counter()) < began + at_most:
            patience = heard + (PAUSE if self._undrawn else quiet) - now
            if select.select([self._tty], [], [], max(0.0, patience))[0]:
                heard = self._read()
            elif self._undrawn:
                when, piece = self._undrawn.popleft()
                if self.terminal.feed(piece):
                    changes.append(when)
                    self.changes.append(when)
                    if self.first_paint is None and not self.terminal.blank:
                        self.first_paint = when
                if self.terminal.answers:
                    os.write(self._tty, self.terminal.answers.encode())
                    self.terminal.answers = ""
            else:
                break
        return changes

    def calm_down(self, calm: float) -> list[float]:
        """Watch until it takes hardly any CPU for so long; when the screen changed meanwhile."""
        changes: list[float] = []
        began, cpu, idle = time.perf_counter(), self.cpu_time(), False
        while not idle and time.perf_counter() < began + PATIENCE:
            changes += self.listen(calm, at_most=calm)
            cpu, before = self.cpu_time(), cpu
            idle = cpu - before < CALM_SHARE * calm
        return changes

    def quit(self, key: bytes) -> float:
        """Press the key that ends it; seconds until the process is gone."""
        pressed = time.perf_counter()
        os.write(self._tty, key)
        try:
            self.listen(PATIENCE)
        except EndedError:
            code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            took = time.perf_counter() - pressed
            self._pid = 0
            if code:
                raise ProgramError(f"ended with exit code {code}") from None
            return took
        raise ProgramError(f"did not end after its key:\n{self.terminal.text}")

    def close(self) -> None:
        """Let go of it, by force if it still runs."""
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._tty)

    def peak_memory(self) -> float:
        """Megabytes resident at the highest, summed over the processes seen so far."""
        for pid in self._processes():
            if found := re.search(r"VmHWM:\s+(\d+)", _proc(pid, "status")):
                self._memory[pid] = int(found[1])
        return sum(self._memory.values()) / 1024

    def cpu_time(self) -> float:
        """Seconds of CPU used by its processes, to the nanosecond, and by those that ended."""
        return sum(map(_cpu_time, self._processes()))

    def _processes(self) -> list[int]:
        found = [self._pid]
        for pid in found:  # grows as we go: children, then theirs
            for task in Path(f"/proc/{pid}/task").glob("*"):
                found += map(int, _proc(pid, f"task/{task.name}/children").split())
        return found

    def _read(self) -> float:
        try:
            data = os.read(self._tty, 65536)
        except OSError:  # how Linux says that the other end was closed
            for _, piece in self._undrawn:
                self.terminal.feed(piece)
            raise EndedError(f"ended by itself:\n{self.terminal.text}") from None
        heard = time.perf_counter()
        self.written += len(data)
        self._undrawn.extend((heard, data[at : at + PIECE]) for at in range(0, len(data), PIECE))
        return heard


def _cpu_time(pid: int) -> float:
    try:
        # The clock of another process, made as clock_getcpuclockid(3) makes it.
        own = time.clock_gettime((~pid << 3) | 2)
    except OSError:  # it has ended
        return 0.0
    ended = _proc(pid, "stat").rpartition(")")[2].split()[13:15]
    return own + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")


def _proc(pid: int, name: str) -> str:
    """What the system says of a process; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8")
    except OSError:
        return ""
