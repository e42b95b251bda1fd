"""What is drawn goes to the terminal, at once where it takes it."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

assert sys.platform != "win32", "Textual's own driver is used there"

_A_WHILE = 1.0


class Outlet:
    """Writes to a terminal; when it is gone `gone` is called, and nothing is raised.

    Textual's thread that writes would end with the first error, and the app then wait for
    it for good.
    """

    def __init__(self, file: TextIO | None, gone: Callable[[], None]) -> None:
        self._file = 2 if file is None else file.fileno()
        self._encoding = (file and file.encoding) or "utf-8"
        self._gone = gone
        self._is_there = True
        self._at_once: int | None = None
        """The same terminal, opened anew so that nothing waits for it: that it is read slowly
        must keep nobody from working, and what others opened is theirs."""
        self._rest = b""
        """The end of a text of which the terminal took the beginning."""
        self._handed = self._written = 0
        """How many texts the thread was given, and how many of them it has written."""

    def open_at_once(self) -> None:
        """Be able to write without waiting; where that cannot be, the thread writes all."""
        with suppress(OSError):
            flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY
            self._at_once = os.open(os.ttyname(self._file), flags)

    def close_at_once(self) -> None:
        """Undo `open_at_once`."""
        if self._at_once is not None:
            os.close(self._at_once)
            self._at_once = None

    def write_at_once(self, text: str) -> str | None:
        """Write what the terminal takes now; what the thread is to be given, None if nothing.

        That thread would get its turn 5 ms after the text, or when this one rests: the cursor
        would be seen to move when the record that it comes to has been made.
        """
        if self._at_once is not None and self._handed == self._written:
            data = text.encode(self._encoding, "replace")
            try:
                taken = os.write(self._at_once, data)
            except OSError:  # it takes none, or is gone: the thread will see
                taken = 0
            if taken == len(data):
                return None
            self._rest, text = data[taken:], ""
        self._handed += 1
        return text

    def write(self, text: str) -> None:
        """Write what the thread was given, and wait until the terminal takes it."""
        self.write_out(self._rest + text.encode(self._encoding, "replace"))
        self._rest = b""
        self._written += 1

    def write_out(self, data: bytes) -> None:
        """Write, and wait until the terminal takes it."""
        rest = memoryview(data)
        while rest and self._is_there:
            try:
                rest = rest[os.write(self._file, rest) :]
            except BlockingIOError:  # another program has left the terminal so
                select.select([], [self._file], [], _A_WHILE)
            except OSError:
                self._is_there = False
                self._gone()

    def flush(self) -> None:
        """All is written at once."""

    def fileno(self) -> int:
        return self._file
