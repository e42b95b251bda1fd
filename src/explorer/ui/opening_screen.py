"""The frame of the main screen, seen at once and until the record has been read."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from explorer.errors import ExplorerError
from explorer.ui.framed_screen import FramedScreen
from explorer.ui.panes import PANES
from explorer.ui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from explorer.opening import Opened


class OpeningScreen(FramedScreen):
    """Reads the record off the thread that draws, and gives way to the main screen."""

    def __init__(self, read: Callable[[], Opened], show: Callable[[Opened], None]) -> None:
        super().__init__()
        self._read_record = read
        self._show = show

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        yield Static(classes="ribbon")
        with Horizontal(id="body"):
            with Vertical(id="stack"):
                for kind in PANES:
                    yield Static(classes="pane -open" if kind is PANES[0] else "pane")
            with Vertical(id="reading"):
                yield Static(classes="record")
                notes = Static(classes="notes")
                notes.border_title = Content("Notes")
                yield notes
        yield KeyLine(self.place)

    def begin(self) -> None:
        # The frame is seen at once, and what fills it a moment later.
        self.call_after_refresh(self._open)

    @work(thread=True)
    def _open(self) -> None:
        try:
            opened = self._read_record()
            import_module("explorer.ui.main_screen")  # here nothing waits for it
        except ExplorerError as error:
            self.app.call_from_thread(self.app.exit, error)
        else:
            self.app.call_from_thread(self._show, opened)
