"""What is drawn goes to the terminal at once, in order, and keeps nobody waiting."""

from __future__ import annotations

import os
import pty
import select
import tty
from contextlib import closing, contextmanager, suppress
from types import SimpleNamespace

from explorer.ui.system.outlet import Outlet

MORE_THAN_IT_TAKES = "Ω" * 5_000


class _Terminal:
    """Both ends of a terminal; what is `handed` over would be written by a thread."""

    def __init__(self):
        self._seen_by, self.file = pty.openpty()
        tty.setraw(self.file)
        self.is_gone = False
        self.outlet = Outlet(self._stream(), self._go)
        self.handed = []

    def _stream(self):
        return SimpleNamespace(fileno=lambda: self.file, encoding="utf-8")

    def _go(self):
        self.is_gone = True

    def write(self, text):
        left = self.outlet.write_at_once(text)
        if left is not None:
            self.handed.append(left)

    def seen(self):
        found = b""
        while select.select([self._seen_by], [], [], 0)[0]:
            found += os.read(self._seen_by, 65536)
        return found

    def hang_up(self):
        os.close(self._seen_by)

    def close(self):
        self.outlet.close_at_once()
        for file in (self._seen_by, self.file):
            with suppress(OSError):
                os.close(file)


@contextmanager
def a_terminal(*, is_opened=True):
    with closing(_Terminal()) as terminal:
        if is_opened:
            terminal.outlet.open_at_once()
        yield terminal


def test_what_the_terminal_takes_is_written_before_anything_else_is_done():
    with a_terminal() as terminal:
        terminal.write("a cursor moves")

        assert terminal.seen() == b"a cursor moves"
        assert terminal.handed == []


def test_a_terminal_that_is_not_read_keeps_nobody_waiting_and_gets_all_in_order():
    with a_terminal() as terminal:
        pieces = []
        while not terminal.handed:
            pieces.append(f"{len(pieces)}{MORE_THAN_IT_TAKES}")
            terminal.write(pieces[-1])
        shown = terminal.seen()
        terminal.write("next")

        assert len(terminal.handed) == 2
        for text in terminal.handed:
            terminal.outlet.write(text)
            shown += terminal.seen()
        terminal.write("at once again")
        shown += terminal.seen()

        assert shown.decode() == "".join((*pieces, "next", "at once again"))
        assert len(terminal.handed) == 2


def test_where_the_terminal_cannot_be_opened_anew_a_thread_writes_all():
    with a_terminal(is_opened=False) as terminal:
        terminal.write("a cursor moves")

        assert terminal.handed == ["a cursor moves"]


def test_what_is_no_terminal_is_not_opened_anew():
    reading, writing = os.pipe()
    with os.fdopen(reading), os.fdopen(writing, "w") as file:
        outlet = Outlet(file, lambda: None)
        outlet.open_at_once()

        assert outlet.write_at_once("a cursor moves") == "a cursor moves"


def test_of_a_terminal_that_is_gone_the_thread_says_so_and_raises_nothing():
    with a_terminal() as terminal:
        terminal.hang_up()
        terminal.write("a cursor moves")
        assert not terminal.is_gone

        for text in terminal.handed:
            terminal.outlet.write(text)

        assert terminal.is_gone


def test_what_others_opened_goes_on_waiting_for_the_terminal():
    with a_terminal() as terminal:
        assert os.get_blocking(terminal.file)
