"""The app in a real browser: what is drawn there, what is typed there, and what it asks for."""

from __future__ import annotations

import asyncio

import pyte
import pytest
from tests.programs import program

pytest.importorskip("textual_serve", reason="explorer[web] is not installed here")
playwright = pytest.importorskip(
    "playwright.async_api", reason="playwright, which drives a browser, is not installed here"
)

from tests.serving.visitors import NOT_KNOWN, serving  # noqa: E402
from tests.terminal import PATIENCE, Screen  # noqa: E402


class Drawn:
    """What the page is sent to draw, which is no text on it."""

    def __init__(self, page, size=(200, 60)):
        self._screen = Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        page.on("websocket", lambda socket: socket.on("framereceived", self._heed))

    def _heed(self, frame):
        if isinstance(frame, bytes):
            self._stream.feed(NOT_KNOWN.sub(b"", frame))

    async def shows(self, words):
        async with asyncio.timeout(PATIENCE):
            while words not in "\n".join(self._screen.display):
                await asyncio.sleep(0.05)


async def test_it_is_drawn_hears_keys_and_asks_nobody_else_for_anything(tmp_path):
    chromium = program("chromium", "chromium-browser", "google-chrome")
    asked, faults = [], []
    with serving(tmp_path) as host:
        async with playwright.async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = await browser.new_page(viewport={"width": 1300, "height": 800})
            page.on("request", lambda request: asked.append(request.url))
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            drawn = Drawn(page)
            await page.goto(host.address)
            await drawn.shows("Harbour talks")
            await page.wait_for_selector("body.-first-byte")
            await page.keyboard.press("p")
            await drawn.shows("Positions")
            await page.keyboard.press("Escape")
            await drawn.shows("1 Rounds")
            assert await page.evaluate("document.fonts.check(\"16px 'Roboto Mono'\")")
            await page.keyboard.press("Control+q")
            await page.wait_for_selector("text=Open it again")
            assert not await page.locator(".keys").is_visible()

            small = {"width": 390, "height": 844}
            phone = await browser.new_page(viewport=small, is_mobile=True, has_touch=True)
            drawn = Drawn(phone, (47, 36))
            await phone.goto(host.address)
            await drawn.shows("Negotiation")
            await phone.tap("text=All")
            await drawn.shows("A command, or any record")
            await phone.tap("text=Esc")
            await drawn.shows("Negotiation")
            focus = "[document.activeElement.className, document.activeElement.inputMode]"
            assert await phone.evaluate(focus) == ["xterm-helper-textarea", "none"]
            await phone.tap("text=abc")
            assert await phone.evaluate(focus) == ["xterm-helper-textarea", "text"]
            bar = await phone.locator(".keys").bounding_box()
            assert bar["y"] + bar["height"] <= small["height"]
            assert (await phone.locator(".xterm-screen").bounding_box())["height"] <= bar["y"]
            await browser.close()
    assert not faults
    assert [url for url in asked if not url.startswith((host.address, "data:"))] == []
