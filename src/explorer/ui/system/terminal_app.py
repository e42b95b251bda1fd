"""An app in its terminal: ended from outside or by an error, stopped, lending it, copying."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

from textual._compositor import CompositorUpdate
from textual.app import App, ScreenStackError, SuspendNotSupported
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed

from explorer.errors import ExplorerError
from explorer.storage.crash_report import CrashError, crash
from explorer.text.sanitize import one_line, plain
from explorer.ui.system import job_control
from explorer.ui.system.drawn import Drawn
from explorer.ui.system.holds_words import HoldsWords
from explorer.ui.system.reach import Reach

if TYPE_CHECKING:
    from textual.driver import Driver


_GONE = (NoMatches, ScreenStackError)
"""What is raised by whoever looks for something that leaving has taken away."""
_AROUND_COPIED, _LEAST_COPIED = 16, 20
"""Cells about what was copied where that is said, and those that it has at least."""


@contextmanager
def _keys_for_others() -> Iterator[None]:
    """What Ctrl+C sends to all programs of a console does not end this one meanwhile.

    For where no driver of ours sees to it, as on Windows.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _cause(error: Exception) -> BaseException:
    return error.error if isinstance(error, WorkerFailed) else error


class TerminalApp(App[ExplorerError]):
    """Keeps what is being written, and puts the terminal right, whatever happens."""

    def __init__(self) -> None:
        super().__init__()
        self.crash: CrashError | None = None
        """What a person is told when an error ended the app."""
        self._is_ended = False
        """Whether something from outside ended the app."""
        self.last_words = ""
        """What is said once the screen is left."""
        self._copied = ("", "")
        """What the clipboard shows, and the text it was copied from."""
        self._drawn = Drawn()
        self._is_acting = False
        self.reach = Reach()
        """What may be done on the machine that the app runs on."""

    def get_driver_class(self) -> type[Driver]:
        chosen = super().get_driver_class()
        if sys.platform != "win32":
            from textual.drivers.linux_driver import LinuxDriver

            from explorer.ui.system.terminal_driver import TerminalDriver

            return TerminalDriver if chosen is LinuxDriver else chosen
        return chosen

    def end_by(self, number: int) -> None:
        """Leave as a program does that was ended by a signal: words safe, terminal put right."""
        if (editor := self.editor()) is not None:
            editor.keep_at_once()
        self._is_ended = True
        self.exit(return_code=128 + number)

    def fail(self, error: Exception) -> None:
        """End because of an error that came up where Textual does not see it."""
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's last resort, which would print a traceback: keep it in a file instead."""
        # In the middle of something, which then finds half of it gone.
        if self._is_ended or (self._exit and isinstance(_cause(error), _GONE)):
            self._close_messages_no_wait()
            return
        self._return_code = 1
        if self._exception is None:  # which the tests are told of
            self._exception = error
            self._exception_event.set()
        if self.crash is None:  # what fails after it is a consequence
            self.crash = crash(_cause(error), self._words_kept())
        self._close_messages_no_wait()

    def failed_in_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What was called by the loop itself raised an error, which nobody would see."""
        error = context.get("exception")
        if isinstance(error, Exception) and "handle" in context and self._running:
            self._handle_exception(error)
        else:
            loop.default_exception_handler(context)

    def _words_kept(self) -> str:
        """Keep what is being written, and say where it is; nothing when nothing is."""
        try:
            editor = self.editor()
            return editor.keep_at_once() if editor is not None else ""
        except Exception:  # noqa: BLE001 -- the editor itself may be what failed
            return "What was being written was kept a second ago; the next start offers it."

    # The terminal in other hands.

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """As Textual's, but whatever happens meanwhile, the app comes back to its screen."""
        driver = self._driver
        if driver is None or not driver.can_suspend:
            raise SuspendNotSupported("this terminal cannot be given to another program")
        self._suspend_signal()
        if (editor := self.editor()) is not None:
            editor.keep_at_once()  # now, as the program may be stopped before the signal is heard
        driver.suspend_application_mode()
        try:
            with (
                self.batch_update(),  # nothing is drawn
                driver.no_automatic_restart(),
                redirect_stdout(sys.__stdout__),
                redirect_stderr(sys.__stderr__),
            ):
                yield
        finally:
            if self._running and not self._exit:
                driver.resume_application_mode()
                self._resume_signal()
                self.repaint()

    @contextmanager
    def lend_terminal(self) -> Iterator[None]:
        """Let another program have the terminal; how it leaves it does not matter."""
        with self.suspend(), getattr(self._driver, "lent", _keys_for_others)():
            yield

    def action_suspend_process(self) -> None:
        """Stop, and give the terminal back to the shell until it says to go on."""
        if not job_control.shell_waits():
            self.notify("There is no shell to go back to: explorer was not started from one.")
            return
        try:
            with self.suspend():
                job_control.stop_job()
        except SuspendNotSupported as error:
            self.notify(f"explorer cannot stop here: {error}.")

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, and say what it was."""
        from explorer.record.labels import shortened

        self.send_to_clipboard(text)
        room = max(self.size.width - _AROUND_COPIED, _LEAST_COPIED)
        self.notify(f"Copied: “{shortened(one_line(text), room)}”")

    def send_to_clipboard(self, text: str) -> None:
        """Copy a text, of which the terminal gets what it may; the editor has all of it."""
        super().copy_to_clipboard(plain(text))
        self._copied = (self.clipboard, text)

    @property
    def copied(self) -> str:
        """What was copied last, to the letter, unless something else has been since."""
        shown, text = self._copied
        return text if shown == self.clipboard else self.clipboard

    def action_repaint(self) -> None:
        """Draw everything anew because the person says so."""
        self.repaint()
        self.notify("The screen was drawn anew.")

    def repaint(self) -> None:
        """Draw everything anew: what the terminal shows is not what was drawn last."""
        self._drawn.forget()
        self.refresh(layout=True)

    @property
    def is_at_work(self) -> bool:
        """Whether any message waits that may change what is seen."""
        return self._is_acting or any(
            node.message_queue_size for node in (self, *self._registry) if node.is_running
        )

    async def _dispatch_message(self, message: Message) -> None:
        self._is_acting = True
        try:
            await super()._dispatch_message(message)
        finally:
            self._is_acting = False

    def on_resize(self) -> None:
        self._drawn.forget()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate):
            renderable = self._drawn.changes(renderable)
        super()._display(screen, renderable)

    def editor(self) -> HoldsWords | None:
        """The editor or form that is open, if one is."""
        return next((s for s in self.screen_stack if isinstance(s, HoldsWords)), None)
