"""What is seen while web pages are written: how many there are, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static
from textual.worker import get_current_worker

from explorer.errors import ExplorerError
from explorer.ui import commands, key_words
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import PUBLISHING

if TYPE_CHECKING:
    from explorer.edition import Progress, Published

_EACH = 20
"""Pages from one word on them to the next."""


class PublishingDialog(Dialog["Published | ExplorerError"]):
    """Returns what was written, or why nothing was; None when it was stopped."""

    PLACE = "publishing"
    BINDINGS = commands.bindings(PUBLISHING, "publishing", first=True)

    def __init__(self, publish: Callable[[Progress], Published]) -> None:
        super().__init__()
        self.title = "Publishing"
        self.sub_title = key_words.said("{publishing:stop} stops it")
        self._publish = publish

    def body(self) -> ComposeResult:
        yield Static("Looking at what there is …", id="pages", markup=False)
        yield Static(
            "An edition that is there stays as it is until the new one is whole.",
            classes="hint",
            markup=False,
        )

    def on_mount(self) -> None:
        self.run_worker(self._write, thread=True)

    def _write(self) -> None:
        """Write them; for a thread to do, which ends with the dialog."""
        worker = get_current_worker()

        def progress(pages: int) -> None:
            if worker.is_cancelled:
                raise _StoppedError
            if pages % _EACH == 0:
                self.app.call_from_thread(self._show, pages)

        result: Published | ExplorerError
        try:
            result = self._publish(progress)
        except _StoppedError:
            return
        except ExplorerError as error:
            result = error
        if not worker.is_cancelled:
            self.app.call_from_thread(self.dismiss, result)

    def _show(self, pages: int) -> None:
        if self.is_mounted:
            self.query_one("#pages", Static).update(f"{pages:,} pages …")


class _StoppedError(Exception):
    """The person wants no more of it."""
