"""One visitor's app: a process of its own, which ends with the visit, whatever happens."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from textual_serve.app_service import AppService

from explorer.storage import processes
from explorer.text.sanitize import one_line

_LONGEST = 20_000
"""Bytes that an app may say to the host."""
_PATIENCE = 5.0
"""Seconds in which an app keeps what is being written, and leaves."""
_OF_THE_HOST = ("EXPLORER_", "TEXTUAL", "SSH_")
_HOST_ONLY = {"DISPLAY", "WAYLAND_DISPLAY", "EDITOR", "VISUAL", "NO_COLOR", "FORCE_COLOR"}
_TODAY = "EXPLORER_TODAY"


class VisitorProcess(AppService):
    """Runs the app as textual-serve does, but with no shell, and never for longer than wanted."""

    def __init__(self, told: Mapping[str, Any], say: Callable[[str], None], **given: Any) -> None:
        """`told` is what the process is to know; `say` says to the host what it says."""
        super().__init__("explorer", **given)
        self._say = say
        self._command = [sys.executable, "-P", "-m", "explorer.cli.visitor_app", json.dumps(told)]

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """The host's, without what the host has set for itself."""
        ours = {
            name: value
            for name, value in super()._build_environment(width, height).items()
            if name == _TODAY or not (name.startswith(_OF_THE_HOST) or name in _HOST_ONLY)
        }
        return ours | {
            "TEXTUAL_FPS": "60",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLORTERM": "truecolor",
            "TERM": "xterm-256color",
            "PYTHONIOENCODING": "utf-8",
            "LC_ALL": "C.UTF-8",
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
            # Ctrl+C is for the server, which then ends it in good order.
            **processes.APART,
        )
        self._stdin = process.stdin
        # The host hears at once what an app has to say, and not after the visit on stdout.
        said, process.stderr = process.stderr, asyncio.StreamReader()
        process.stderr.feed_eof()
        assert said is not None, "it is a pipe"
        self._hearing = asyncio.create_task(self._hear(said))
        return process

    async def _hear(self, said: asyncio.StreamReader) -> None:
        """Pass on what an app says; what is too much is read, or it would wait for ever."""
        heard = 0
        while data := await said.read(4096):
            heard += len(data)
            if heard <= _LONGEST:
                for line in data.decode("utf-8", "replace").splitlines():
                    self._say(one_line(line).removeprefix("explorer: "))

    async def run(self) -> None:
        """Run the app to its end, of which the visitor is told."""
        try:
            with suppress(ConnectionError, RuntimeError):  # the visitor is gone
                await super().run()
        finally:
            with suppress(ConnectionError, RuntimeError):
                await self.remote_close()

    async def stop(self) -> None:
        """End the app: asked first, then made to."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(super().stop(), _PATIENCE)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 0.5)
        if process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                processes.end(process)
            await process.wait()
