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
from collections.abc import Sequence
from pathlib import Path

from terminal import Terminal

QUIET = 0.06
"""Seconds without output after which an answer counts as complete."""
KEY_PATIENCE = 1.0
"""Seconds after which a key counts as not answered; it is then entered as this long."""
PATIENCE = 60.0
"""Seconds a program has to get ready, or to end."""
PIECE = 1024
"""Bytes drawn before looking for output again: to read late would be to time late."""


class ProgramError(Exception):
    """The program did not do what a measurement needs; the text says what."""


class EndedError(ProgramError):
    """It closed the terminal."""


class Program:
    """A running program. Times are those of `time.perf_counter`, taken as bytes are read."""

    def __init__(
        self, command: Sequence[str], environment: dict[str, str], size: tuple[int, int]
    ) -> None:
        columns, lines = size
        self.terminal = Terminal(columns, lines)
        self.first_paint: float | None = None
        self.written = 0
        """Bytes it wrote so far."""
        self._undrawn: deque[tuple[float, bytes]] = deque()
        self.started = time.perf_counter()
        self._pid, self._tty = pty.fork()
        if self._pid == 0:  # we are the child: become the program
            termios.tcsetwinsize(0, (lines, columns))
            os.execve(command[0], list(command), environment)

    def wait_for(self, pattern: re.Pattern[str]) -> float:
        """Wait until the pattern is on screen and output has stopped; the last change's time."""
        last = self.started
        while not pattern.search(self.terminal.text):
            if time.perf_counter() > self.started + PATIENCE:
                raise ProgramError(f"never showed {pattern.pattern!r}:\n{self.terminal.text}")
            last = max([last, *self.listen(QUIET)])
        return last

    def press(self, key: bytes) -> tuple[float, float]:
        """Press a key; seconds to the first and to the last change that it brings."""
        pressed = time.perf_counter()
        os.write(self._tty, key)
        while not (changes := self.listen(QUIET)):
            if time.perf_counter() > pressed + KEY_PATIENCE:
                return KEY_PATIENCE, KEY_PATIENCE
        return changes[0] - pressed, changes[-1] - pressed

    def listen(self, quiet: float, at_most: float = PATIENCE) -> list[float]:
        """Watch until no output has come for `quiet` seconds; when the screen changed."""
        changes = []
        began = heard = time.perf_counter()
        while (now := time.perf_counter()) < began + at_most:
            patience = 0.0 if self._undrawn else max(0.0, heard + quiet - now)
            if select.select([self._tty], [], [], patience)[0]:
                heard = self._read()
            elif self._undrawn:
                when, piece = self._undrawn.popleft()
                if self.terminal.feed(piece):
                    changes.append(when)
                    if self.first_paint is None and not self.terminal.blank:
                        self.first_paint = when
                if self.terminal.answers:
                    os.write(self._tty, self.terminal.answers.encode())
                    self.terminal.answers = ""
            else:
                break
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
        """Megabytes resident at the highest, summed over its processes."""
        texts = [Path(f"/proc/{pid}/status").read_text() for pid in self._processes()]
        return sum(int(kb) / 1024 for text in texts for kb in re.findall(r"VmHWM:\s+(\d+)", text))

    def cpu_time(self) -> float:
        """Seconds of CPU used by its processes, to the nanosecond."""
        # The clock of another process, made as clock_getcpuclockid(3) makes it.
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in self._processes())

    def _processes(self) -> list[int]:
        found = [self._pid]
        for pid in found:  # grows as we go: children, then theirs
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, task.read_text().split())
        return found

    def _read(self) -> float:
        try:
            data = os.read(self._tty, 65536)
        except OSError:  # how Linux says that the other end was closed
            raise EndedError(f"ended by itself:\n{self.terminal.text}") from None
        heard = time.perf_counter()
        self.written += len(data)
        self._undrawn.extend((heard, data[at : at + PIECE]) for at in range(0, len(data), PIECE))
        return heard
