"""What actions need of the screen that the records stand on, whichever screen that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from textual.app import App
from textual.notifications import SeverityLevel
from textual.timer import Timer
from textual.worker import Worker, WorkType

from explorer.record.model import Ref
from explorer.ui.panes.record_and_notes import Reading
from explorer.ui.widgets.reader import Reader
from explorer.view import View


class RecordScreen(Protocol):
    """Holds what is seen and which record is shown."""

    view: View
    """What is seen; another one is shown at once."""
    selected: Ref
    """The record that is shown."""
    reading: Reading
    """The record in full, and its notes."""

    @property
    def app(self) -> App[Any]: ...

    @property
    def is_current(self) -> bool:
        """Whether nothing is open over it."""

    @property
    def is_free(self) -> bool:
        """Whether nothing is open, and nobody is typing."""

    @property
    def current(self) -> Ref | None:
        """The record under the cursor of the open pane."""

    @property
    def subject(self) -> Ref:
        """The record that a command is about: under the cursor of a view, or else shown."""

    @property
    def place(self) -> str:
        """The place whose keys apply: pane, record, notes, filter, or a view's name."""

    @property
    def reader(self) -> Reader:
        """What is read: the view that covers the panes, or else the record."""

    @property
    def viewing(self) -> str:
        """The name of the view that covers the panes, if one does."""

    @property
    def shows_notes(self) -> bool:
        """Whether there is room for the notes on the screen now."""

    def follow_cursor(self) -> None:
        """Show the record under the cursor now, should word of it still be on the way."""

    def go(self, ref: Ref) -> None:
        """Show a record, remembering where the person was."""

    def go_into(self, name: str) -> None:
        """Put the focus on a pane, on the `record` or on the `notes`."""

    def interrupt(self) -> None:
        """Something has opened by itself: what is being typed is not meant for it."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something in the last line."""

    def run_worker(
        self,
        work: WorkType[Any],
        *,
        group: str = "default",
        exclusive: bool = False,
        thread: bool = False,
    ) -> Worker[Any]:
        """Run something beside what is drawn."""

    def watch(
        self, obj: Any, attribute_name: str, callback: Callable[..., None], init: bool = True
    ) -> None:
        """Call something whenever something is another."""

    def set_timer(self, delay: float, callback: Callable[[], None] | None = None) -> Timer:
        """Call something later."""

    def set_interval(self, interval: float, callback: Callable[[], None] | None = None) -> Timer:
        """Call something again and again."""
