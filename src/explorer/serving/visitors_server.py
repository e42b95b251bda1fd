"""The server: a page, and behind it a process for each visitor, as many as there are places.

A page of another site, open in the same browser, may not speak to it: the host that is asked
for has to be this one, and a socket has to come from its own page.
"""

from __future__ import annotations

import asyncio
import html
import ipaddress
import json
import secrets
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web
from textual_serve.server import Server

from explorer.serving.listening import Listening
from explorer.serving.visitor_homes import VisitorHomes, is_token, new_token
from explorer.serving.visitor_process import VisitorProcess
from explorer.values import dataclass

_HERE = Path(__file__).parent
_YEAR = 365 * 24 * 3600
_LARGEST = 1 << 20
"""Bytes of one message: what is pasted comes in one."""
_CELLS = {"width": (20, 500), "height": (5, 200)}
"""How small and how large a window may say that it is."""
_IN_LINE = 20
"""How many may wait for each place."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Nothing is loaded from elsewhere, and no other page shows this one inside itself."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is served, and to whom."""

    told: Mapping[str, Any]
    """What each process is to know, but for where its visitor's folders are."""
    title: str
    places: int
    public: str = ""
    """The address by which a proxy makes it known, if one does."""


class VisitorsServer(Server):
    """Serves one dataset."""

    def __init__(
        self,
        served: Served,
        listening: Listening,
        homes: VisitorHomes,
        say: Callable[[str], None],
    ) -> None:
        super().__init__("explorer", title=served.title, port=listening.port)
        self._served, self._listening, self._homes, self._say = served, listening, homes, say
        self._places = asyncio.Semaphore(served.places)
        self._waiting = 0
        self._key = new_token() if homes.kept == "mine" else ""
        self._ended = asyncio.Event()
        self._sockets: set[web.WebSocketResponse] = set()

    @property
    def address(self) -> str:
        """What to open; for the host's own notes with a key that only the host is shown."""
        where = self._served.public or self._listening.address
        return f"{where}?key={self._key}" if self._key else where

    async def run(self, ready: Callable[[], None]) -> None:
        """Serve until somebody ends it; then end all visits."""
        runner = web.AppRunner(await self._make_app(), handle_signals=False, access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, self._listening.socket).start()
            self._heed_signals()
            ready()
            await self._ended.wait()
        finally:
            await asyncio.gather(*(socket.close() for socket in set(self._sockets)))
            await runner.cleanup()

    def _heed_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            with suppress(NotImplementedError, AttributeError):  # Windows has its own way
                loop.add_signal_handler(getattr(signal, name), self._ended.set)

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded])
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.get("/page/{name}", self._file_of_page),
                web.static("/static", self.statics_path),
            ]
        )
        return app

    # Who may ask for what.

    @web.middleware
    async def _guarded(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        if not self._is_for_us(request.host):
            raise web.HTTPForbidden(text="This is served under another name.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    def _is_for_us(self, host: str) -> bool:
        """Whether a browser asked for this server by a name that is its own.

        Else the page of another site could have its name lead here, and read what is shown.
        """
        if self._served.public:
            return host.lower() == urlsplit(self._served.public).netloc.lower()
        if not self._listening.is_loopback:
            return True  # it cannot know how others call it
        name = (urlsplit(f"//{host}").hostname or "").lower()
        with suppress(ValueError):
            return ipaddress.ip_address(name).is_loopback
        return name in ("localhost", self._listening.host.lower())

    def _is_from_our_page(self, request: web.Request) -> bool:
        origin = request.headers.get("Origin", "")
        return urlsplit(origin).netloc.lower() == request.host.lower()

    @property
    def _cookie(self) -> str:
        return f"explorer-visitor-{self._listening.port}"

    def _token(self, request: web.Request) -> str:
        """The name by which a visitor is known here; empty for who is not."""
        token = request.cookies.get(self._cookie, "")
        if self._key:
            return token if secrets.compare_digest(token.encode(), self._key.encode()) else ""
        return token if is_token(token) else ""

    # The page.

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page that the terminal is drawn on."""
        token = self._token(request)
        given = request.query.get("key", "")
        if self._key and secrets.compare_digest(given.encode(), self._key.encode()):
            response: web.StreamResponse = web.HTTPFound("./")
            token = self._key
        elif self._key and not token:
            raise web.HTTPForbidden(
                text="These are somebody’s own notes. Open the address that explorer printed.\n"
            )
        else:
            response = web.Response(text=self._page(request), content_type="text/html")
        response.set_cookie(
            self._cookie,
            token or new_token(),
            max_age=_YEAR,
            httponly=True,
            samesite="Lax",
            secure=self._served.public.startswith("https:"),
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers.update(_HEADERS)
        return response

    def _page(self, request: web.Request) -> str:
        size = request.query.get("fontsize", "")
        is_kept = self._homes.kept != "off"
        filled = {
            "title": html.escape(self._served.title),
            "font_size": size if size.isdecimal() and 6 <= int(size[:4]) <= 60 else "16",  # noqa: PLR2004
            "kept": "What you wrote is kept." if is_kept else "",
        }
        page = (_HERE / "visitors_page.html").read_text("utf-8")
        for name, text in filled.items():
            page = page.replace(f"@{name}@", text)
        return page

    async def _file_of_page(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in ("visitors_page.css", "visitors_page.js"):
            raise web.HTTPNotFound
        return web.FileResponse(_HERE / name, headers=_HEADERS)

    # The visit.

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A visit, from its page's socket: it waits for a place, and then is shown the app."""
        token = self._token(request)
        if not token or not self._is_from_our_page(request):
            raise web.HTTPForbidden(text="Open the page first.\n")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LARGEST)
        visit = _Visit(socket, {name: request.query.get(name) for name in _CELLS})
        await socket.prepare(request)
        self._sockets.add(socket)
        reading = asyncio.create_task(visit.read())
        try:
            if await self._has_place(visit, reading):
                try:
                    await self._visit(visit, token, reading)
                finally:
                    self._places.release()
        finally:
            reading.cancel()
            self._sockets.discard(socket)
            with suppress(ConnectionError, RuntimeError):
                await socket.close()
        return socket

    async def _has_place(self, visit: _Visit, reading: asyncio.Task[None]) -> bool:
        """Wait for a place, as long as the visitor does."""
        if self._waiting >= _IN_LINE * self._served.places:
            await visit.show("Too many are waiting already. Come back later.")
            await asyncio.wait([reading], timeout=5)
            return False
        place = asyncio.create_task(self._places.acquire())
        await asyncio.sleep(0)
        if not place.done():
            are = "place is" if self._served.places == 1 else f"{self._served.places} places are"
            await visit.show(f"The {are} taken. It goes on here as soon as one is free.")
        self._waiting += 1
        try:
            await asyncio.wait([place, reading], return_when=asyncio.FIRST_COMPLETED)
        except BaseException:
            place.cancel()
            raise
        finally:
            self._waiting -= 1
        if reading.done():
            if place.done():
                self._places.release()
            place.cancel()
            return False
        return True

    async def _visit(self, visit: _Visit, token: str, reading: asyncio.Task[None]) -> None:
        try:
            with self._homes.home(token) as home:
                process = VisitorProcess(
                    self._told(home),
                    self._say,
                    write_bytes=visit.socket.send_bytes,
                    write_str=visit.socket.send_str,
                    close=visit.socket.close,
                    download_manager=self.download_manager,
                )
                await process.start(visit.cells["width"], visit.cells["height"])
                visit.process = process
                try:
                    await asyncio.wait([reading])
                finally:
                    visit.process = None
                    await process.stop()
        except OSError as error:
            self._say(f"a visitor could not be let in: {error.strerror or error}")
            await visit.show("There is no room for another visitor on the server.")

    def _told(self, home: Path | None) -> Mapping[str, Any]:
        told = {**self._served.told, "home": str(home or "")}
        if home is not None and self._homes.kept == "apart":
            told |= {"notes": str(home / "notes"), "overlays": str(home / "data" / "overlays")}
        return told


class _Visit:
    """What a visitor's browser sends, of which nothing is taken for granted."""

    def __init__(self, socket: web.WebSocketResponse, said: Mapping[str, str | None]) -> None:
        self.socket = socket
        self.process: VisitorProcess | None = None
        self.cells = {"width": 80, "height": 24}
        self._resize({n: int(s) for n, s in said.items() if s and s.isdecimal() and len(s) < 9})  # noqa: PLR2004

    def _resize(self, size: Mapping[str, Any]) -> None:
        for name, (least, most) in _CELLS.items():
            cells = size.get(name)
            if isinstance(cells, int):
                self.cells[name] = min(max(cells, least), most)

    async def show(self, words: str) -> None:
        """Show a line where the app would be."""
        with suppress(ConnectionError, RuntimeError):
            await self.socket.send_bytes(f"\x1b[2J\x1b[H\r\n  {words}\r\n".encode())

    async def read(self) -> None:
        """Heed what comes, until the visitor leaves."""
        async for message in self.socket:
            if message.type != WSMsgType.TEXT:
                continue
            with suppress(ValueError, RecursionError, ConnectionError, RuntimeError):
                await self._heed(json.loads(message.data))

    async def _heed(self, said: object) -> None:
        match said:
            case ["stdin", str(typed)] if self.process is not None:
                await self.process.send_bytes(typed.encode("utf-8", "replace"))
            case ["resize", dict(size)]:
                self._resize(size)
                if self.process is not None:
                    await self.process.set_terminal_size(self.cells["width"], self.cells["height"])
            case ["ping", str(when)]:
                await self.socket.send_json(["pong", when[:40]])
            case ["focus"] if self.process is not None:
                await self.process.focus()
            case ["blur"] if self.process is not None:
                await self.process.blur()
