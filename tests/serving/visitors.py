"""A real server of `explorer serve`, and visitors who speak to it as a page in a browser does."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pyte
from tests.conftest import HARBOUR, WARM_CACHE
from tests.terminal import PATIENCE, Screen, key

NOT_KNOWN = re.compile(rb"\x1b\[(\?2026\$p|>[^a-zA-Z]*[a-zA-Z])")
"""What pyte would draw."""


class Host:
    """Somebody who serves the app to others."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """End the server; its exit code, and what it said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said

    def apps(self) -> list[int]:
        """The processes of visitors that it runs."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        return [int(child) for child in children.read_text().split()]


@contextmanager
def serving(home: Path, *arguments: object, dataset: Path = HARBOUR) -> Iterator[Host]:
    """Serve on a port that is free, from a home of one's own."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": os.environ[WARM_CACHE],
        "XDG_STATE_HOME": str(home / "state"),
        "EXPLORER_NOTES": str(home / "my notes"),
        "EXPLORER_TODAY": "2032-06-30",
        "EDITOR": "touch /tmp/an-editor-was-started",
        "LANG": "C.UTF-8",
    }
    if "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
    process = subprocess.Popen(
        [sys.executable, "-m", "explorer", "serve", "--port", "0", *map(str, arguments), dataset],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, process.communicate()[1]
        yield Host(process, address)
    finally:
        if process.poll() is None:
            process.terminate()
        with suppress(ValueError):  # what it said was read
            process.communicate(timeout=PATIENCE)


class Visitor:
    """What a visitor's browser shows, and what is typed there."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, size: tuple[int, int]) -> None:
        self._socket = socket
        self._screen = Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.told: list[Any] = []
        """What the page was asked to do."""

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    async def press(self, *names: str) -> None:
        for name in names:
            await self.send(["stdin", key(name)])

    async def type(self, words: str) -> None:
        await self.send(["stdin", words])

    async def send(self, message: object) -> None:
        await self._socket.send_str(json.dumps(message))

    async def send_text(self, text: str) -> None:
        await self._socket.send_str(text)

    async def shows(self, expected: str) -> None:
        await self._until(lambda: expected in self.text, f"show {expected!r}")

    async def presses_until(self, name: str, expected: str) -> None:
        """Press a key until a text is shown: what is typed before the app is ready may be lost."""
        for _ in range(20):
            await self.press(name)
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE / 20):
                    while expected not in self.text:
                        self._heed(await self._socket.receive(), f"show {expected!r}")
                    return
        raise AssertionError(f"it did not show {expected!r}; it showed\n{self.text}")

    async def hides(self, words: str) -> None:
        await self._until(lambda: words not in self.text, f"take {words!r} off")

    async def is_asked(self, what: str) -> Any:
        """What the page was asked to do with this."""
        await self._until(lambda: any(t[0] == what for t in self.told), f"ask to {what}")
        return next(t[1] for t in self.told if t[0] == what)

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    self._heed(await self._socket.receive(), what)
        except TimeoutError:
            raise AssertionError(f"it did not {what}; it showed\n{self.text}") from None

    def _heed(self, message: aiohttp.WSMessage, what: str) -> None:
        if message.type is aiohttp.WSMsgType.BINARY:
            self._stream.feed(NOT_KNOWN.sub(b"", message.data))
        elif message.type is aiohttp.WSMsgType.TEXT:
            self.told.append(json.loads(message.data))
        else:
            raise AssertionError(f"it ended and did not {what}; it showed\n{self.text}")

    async def leave(self) -> None:
        await self._socket.close()


class Browsing:
    """One person's browser, which keeps the cookies it is given."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def opens(self, size: tuple[int, int] = (140, 40)) -> Visitor:
        async with self.session.get(self.address) as page:
            assert page.status == 200, await page.text()
        return await self.connects(size)

    async def connects(self, size: tuple[int, int] = (140, 40), **headers: str) -> Visitor:
        origin = self.address.partition("?")[0].rstrip("/")
        socket = await self.session.ws_connect(
            f"{origin}/ws?width={size[0]}&height={size[1]}", headers={"Origin": origin, **headers}
        )
        return Visitor(socket, (min(size[0], 500), size[1]))


@asynccontextmanager
async def browser(host: Host) -> AsyncIterator[Browsing]:
    """Somebody's browser."""
    browsing = Browsing(host.address)
    try:
        yield browsing
    finally:
        await browsing.session.close()
