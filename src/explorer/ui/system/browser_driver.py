"""The terminal of a visitor, whose browser shows it: the server sends keys, and gets the screen."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from textual.drivers.web_driver import WebDriver
from textual.events import MouseEvent
from textual.message import Message

from explorer.storage import processes

_LARGEST = 10_000
"""Cells that no window has: some widgets would count the cells up to there."""


class Ended(Protocol):
    """What the driver asks of the app."""

    def end_by(self, number: int) -> None: ...


class BrowserDriver(WebDriver):
    """Ends the app, with its words safe, when the visitor or the server is gone."""

    def __init__(self, app: Any, **given: Any) -> None:
        super().__init__(app, **given)
        self._explorer: Ended = app

    def start_application_mode(self) -> None:
        self._loop = asyncio.get_running_loop()
        super().start_application_mode()

    def run_input_thread(self) -> None:
        super().run_input_thread()
        # It ends when the app does, or when nobody is there any more who sends anything.
        if not self.exit_event.is_set():
            self._end()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        if packet_type == "quit":
            self._end()
        else:
            super().on_meta(packet_type, payload)

    def process_message(self, message: Message) -> None:
        if not isinstance(message, MouseEvent) or max(message.x, message.y) <= _LARGEST:
            super().process_message(message)

    def _end(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._explorer.end_by, processes.HANG_UP)
