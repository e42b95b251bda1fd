"""The terminal on Unix: Textual's own driver, without what it takes for granted.

That input is text and ends only with the app, that what is written is read, that who had
the terminal meanwhile left it as it was, that a program is only stopped in a way it sees.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from textual.drivers.linux_driver import LinuxDriver
from textual.events import MouseEvent, Resize
from textual.message import Message

assert sys.platform != "win32", "Textual's own driver is used there"

from explorer.ui.system import job_control  # noqa: E402 -- some of these are not there
from explorer.ui.system.outlet import Outlet  # noqa: E402
from explorer.ui.system.shutdown import Ending  # noqa: E402
from explorer.ui.system.terminal_input import TerminalInput  # noqa: E402

_AS_FOUND = (
    "\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1004l"
    "\x1b[?7h\x1b[?25h"
)
"""Marked pastes, mouse and focus off; line wrap and cursor on."""
_OURS_OFF = f"\x1b[?2026l{_AS_FOUND}\x1b[<u\x1b[?1049l\x1b[?25h"
_OURS_ON = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
_OTHERS_OFF = f"{_AS_FOUND}\x1b[r\x1b(B\x0f\x1b[4l\x1b[?1l\x1b[?5l\x1b[?6l\x1b>\x1b[0m"
"""The same, and all else that another program may leave: margins, line drawing, insertion,
keys of applications, reverse colours, the origin of places, looks."""
_UPDATE_BEGINS, _UPDATE_ENDS = "\x1b[?2026h", "\x1b[?2026l"
_FARTHEST = 10_000


class Ended(Protocol):
    """What the driver asks of the app."""

    def end_by(self, number: int) -> None: ...

    def action_suspend_process(self) -> None: ...

    def repaint(self) -> None: ...

    def fail(self, error: Exception) -> None: ...


class TerminalDriver(LinuxDriver):
    """Draws on a terminal and reads from it, and always gives it back."""

    def __init__(self, app: Any, **given: Any) -> None:
        super().__init__(app, **given)
        self._explorer: Ended = app
        self._is_on = False
        """Whether the terminal shows the app now."""
        self._is_continued = False
        """Whether the program was continued since the terminal began to show the app."""
        self._input: TerminalInput | None = None
        self._update = ""
        """What was drawn of an update that is not complete."""
        self._ending = Ending(app.end_by, self._give_back_at_once)
        self._ending.watch()
        drawn_on = next(
            (s for s in (sys.__stderr__, sys.__stdout__) if s is not None and s.isatty()),
            sys.__stderr__,
        )
        self._file: Any = Outlet(drawn_on, self._is_gone)

    # Showing the app, and giving the terminal back.

    def start_application_mode(self) -> None:
        if self._is_on or not self._has_terminal():
            return
        self._is_on = True
        self._is_continued = False
        self._file.open_at_once()
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self._input = TerminalInput(self.fileno, self._heard, self._is_gone)
            self._input.start()
        except BaseException:
            self.stop_application_mode()
            self.close()
            raise

    def stop_application_mode(self) -> None:
        if self._is_on:
            try:
                super().stop_application_mode()
            finally:
                self._is_on = False
                self._file.close_at_once()

    def close(self) -> None:
        super().close()
        self._writer_thread = None

    def write(self, data: str) -> None:
        """Write a text; an update in one piece, with what begins and ends it."""
        if data == _UPDATE_BEGINS or self._update:
            self._update += data
            if data != _UPDATE_ENDS:
                return
            data, self._update = self._update, ""
        if self._is_on and self._writer_thread is not None:
            left = self._file.write_at_once(data)
            if left is not None:
                super().write(left)

    def _has_terminal(self) -> bool:
        """Whether the terminal is this job's; in the background, wait until it is."""
        while True:
            try:
                # Changes nothing, but stops a program of the background as the system does it.
                modes = termios.tcgetattr(self.fileno)
                termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
            except termios.error as error:
                if error.args[0] == errno.EINTR:  # continued, perhaps in the background again
                    continue
                self._is_gone()
                return False
            return True

    def _give_back_at_once(self) -> None:
        """Leave the terminal as it was found, without waiting: the process is to end."""
        if not self._is_on:
            return
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError):
            at_once = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY
            os.write(os.open(os.ttyname(self.fileno), at_once), _OURS_OFF.encode())

    # What is typed.

    def _run_input_thread(self) -> None:
        """Textual's own thread reads nothing; TerminalInput does."""

    def disable_input(self) -> None:
        if self._input is not None:
            signal.signal(signal.SIGWINCH, signal.SIG_DFL)
            self._disable_mouse_support()
            self._input.stop()
            self._input = None
            with suppress(termios.error):
                termios.tcflush(self.fileno, termios.TCIFLUSH)

    def _heard(self, message: Message) -> None:
        if self._loop.is_closed():
            return
        if isinstance(message, Resize) and not self._in_band_window_resize:
            return  # nobody asked for this report, and the window itself is asked
        if isinstance(message, MouseEvent) and max(message.x, message.y) > _FARTHEST:
            return  # no window is so large, and some widgets would count the cells up to there
        try:
            self.process_message(message)
        except Exception as error:  # noqa: BLE001 -- in a thread, where nobody else would see it
            with suppress(RuntimeError):  # the app has ended
                self._loop.call_soon_threadsafe(self._explorer.fail, error)

    def _is_gone(self) -> None:
        self._ending.ask(signal.SIGHUP)

    # Stopping for a while.

    def _sigtstp_application(self, *_: Any) -> None:
        if self._is_on:
            self._loop.call_soon_threadsafe(self._explorer.action_suspend_process)
        else:
            job_control.stop_alone()  # with the program that has the terminal

    def _sigcont_application(self, *_: Any) -> None:
        self._is_continued = True
        self._loop.call_soon_threadsafe(self._continued)

    def _continued(self) -> None:
        """Come back after a stop that nobody could see coming; the shell had the terminal."""
        if not (self._is_on and self._is_continued and self._has_terminal()):
            return
        # Not by way of how it was before: what is typed meanwhile would be lost.
        with suppress(termios.error):
            modes = termios.tcgetattr(self.fileno)
            modes[tty.LFLAG] = self._patch_lflag(modes[tty.LFLAG])
            modes[tty.IFLAG] = self._patch_iflag(modes[tty.IFLAG])
            modes[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
        self.write(_OURS_ON)
        self._enable_mouse_support()
        self._explorer.repaint()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Another program has the terminal meanwhile; whatever it does to it is put right."""
        self._ending.keys_are_for_others = True
        try:
            yield
        finally:
            self._take_back()
            self._ending.keys_are_for_others = False

    def _take_back(self) -> None:
        with suppress(OSError):
            for file in range(3):  # these are the same to all programs that were given them
                os.set_blocking(file, True)
        with suppress(OSError):
            if not _is_alive(os.tcgetpgrp(self.fileno)):
                before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
                try:
                    os.tcsetpgrp(self.fileno, os.getpgrp())
                finally:
                    signal.signal(signal.SIGTTOU, before)
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        self._file.write_out(_OTHERS_OFF.encode())


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError, ValueError):
        return True
    return True
