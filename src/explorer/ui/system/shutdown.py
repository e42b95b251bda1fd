"""Ended from outside: the app is asked to leave, and made to when it does not.

A signal must end the program even when the thread that draws waits for a terminal that
nobody reads, or for a disk. So signals are not left to the event loop: a thread of their
own asks the app to leave and, if the program is still there later, ends it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Event, Thread
from types import FrameType

assert sys.platform != "win32", "these signals are not there, and Textual's own driver is used"

_PATIENCE = 2.0
"""Seconds for the words to be kept, and as many for leaving in good order."""
_KEYS = (signal.SIGINT, signal.SIGQUIT)
"""What a terminal sends for keys, to all programs that have it."""
_ENDS = (*_KEYS, signal.SIGTERM, signal.SIGHUP)


class Ending:
    """Waits for what ends the program from outside: a signal, a terminal that is gone."""

    def __init__(self, leave: Callable[[int], None], at_last: Callable[[], None]) -> None:
        """`leave` is called in the loop that runs now, with the number of the signal.

        `at_last` puts right what it can without waiting, before the process is ended by
        force; it is called from another thread.
        """
        self._leave = leave
        self._at_last = at_last
        self._loop = asyncio.get_running_loop()
        # The one queue that a handler may use in whatever it interrupts.
        self._asked: SimpleQueue[int] = SimpleQueue()
        self._left = Event()
        self.keys_are_for_others = False
        """Whether another program has the terminal, so that its keys do not end this one."""

    def watch(self) -> None:
        """Begin; in the main thread, as it sets handlers of signals."""
        for number in _ENDS:
            signal.signal(number, self._signalled)
        Thread(target=self._run, name="ending", daemon=True).start()

    def ask(self, number: int) -> None:
        """End the program as if by this signal; from anywhere."""
        self._asked.put(number)

    def _signalled(self, number: int, _: FrameType | None) -> None:
        if not (self.keys_are_for_others and number in _KEYS):
            self.ask(number)

    def _run(self) -> None:
        number = self._asked.get()
        with suppress(RuntimeError):  # the loop is closed: it is leaving already
            self._loop.call_soon_threadsafe(self._leave_by, number)
            self._left.wait(_PATIENCE)
        time.sleep(_PATIENCE)
        self._at_last()
        os._exit(128 + number)

    def _leave_by(self, number: int) -> None:
        try:
            self._leave(number)
        finally:
            self._left.set()
