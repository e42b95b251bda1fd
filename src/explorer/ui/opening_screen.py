"""The frame of the main screen, seen at once and until the record has been read."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from explorer.dataset.problems import DatasetError
from explorer.dataset.progress import Stopped
from explorer.errors import ExplorerError
from explorer.ui import key_words
from explorer.ui.framed_screen import FramedScreen
from explorer.ui.panes import PANES
from explorer.ui.widgets.blank import Column, Row
from explorer.ui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from explorer.dataset.progress import Progress
    from explorer.opening import Opened
    from explorer.ui.actions.mending import Mending

_SOON = 0.6
"""Seconds that nobody minds to wait without a word."""
_ONCE = "Only new and changed files take this long; {} leaves."


class OpeningScreen(FramedScreen):
    """Reads the record off the thread that draws, and gives way to the main screen."""

    def __init__(
        self,
        read: Callable[[], Opened],
        show: Callable[[Opened], None],
        progress: Progress | None = None,
    ) -> None:
        super().__init__()
        self._read_record = read
        self._show = show
        self._progress = progress
        self._mending: Mending | None = None
        if progress is not None:
            progress.say = self._say

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        yield Static(classes="ribbon")
        with Row(id="body"):
            with Column(id="stack"):
                for kind in PANES:
                    yield Static(classes="pane -open" if kind is PANES[0] else "pane")
            with Column(id="reading"):
                yield Static(classes="record")
                notes = Static(classes="notes")
                notes.border_title = Content("Notes")
                yield notes
        yield KeyLine(self.place)

    def begin(self) -> None:
        self._began = time.monotonic()
        # The frame is seen at once, and what fills it a moment later.
        self.call_after_refresh(self._open)

    @work(thread=True)
    def _open(self) -> None:
        try:
            opened = self._read_record()
            import_module("explorer.ui.main_screen")  # here nothing waits for it
        except ExplorerError as error:
            self.app.call_from_thread(self._failed, error)
        except Stopped:
            pass
        else:
            self.app.call_from_thread(self._show, opened)

    def _failed(self, error: ExplorerError) -> None:
        """Let what can be mended in a file be mended; else leave, and say what is wrong."""
        files = error.files if isinstance(error, DatasetError) else None
        if not isinstance(error, DatasetError) or not files or not _can_be_mended(error):
            self.app.exit(error)
            return
        from explorer.ui.actions.mending import Mending

        self._mending = Mending(self, files, self.app.exit, self._open_again)
        self._mending.begin(error)

    def _open_again(self) -> None:
        self._open()

    def _say(self, words: str) -> None:
        """Say what is being done, from any thread; those who need not wait see nothing of it."""
        said = Content(f" {words} …  {_ONCE.format(key_words.cap('quit'))}")
        if time.monotonic() - self._began > _SOON:
            self.app.call_later(self.query_one("#title", Static).update, said)

    def on_unmount(self) -> None:
        # Nobody waits any more, and without this the program would.
        if self._mending is not None:
            self._mending.close()
        if self._progress is not None:
            self._progress.stop()


def _can_be_mended(error: DatasetError) -> bool:
    """Whether any problem stands on a line of a file, where an editor opens."""
    return any(problem.line for problem in error.problems)
