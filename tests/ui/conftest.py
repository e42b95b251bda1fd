"""The app as the tests of the interface drive it: real files, real keys."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from rich.cells import cell_len
from tests.conftest import WARM_CACHE
from tests.ui.fuzzing import key_of
from tests.ui.settling import settled, without_clocks
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.events import Paste
from textual.pilot import Pilot

from explorer.notes import NoteStore
from explorer.opening import Opened, read
from explorer.record.model import Ref
from explorer.ui.app import ExplorerApp
from explorer.ui.main_screen import MainScreen
from explorer.ui.messages import Message, Messages
from explorer.ui.panes.pane import Pane
from explorer.ui.panes.record_list import RecordList
from explorer.ui.panes.record_page import RecordPage


class Heard(Messages):
    """Messages, of which all that were told are known."""

    def __init__(self, show: Callable[[Message | None], None]) -> None:
        super().__init__(show)
        self.heard: list[Message] = []

    def tell(self, message: Message) -> None:
        self.heard.append(message)
        super().tell(message)


@dataclass
class Person:
    """Somebody at the keyboard, and what they see."""

    app: ExplorerApp
    pilot: Pilot[object]

    async def press(self, *keys: str) -> None:
        """Press keys, each when nothing is left to do of the one before."""
        for name in keys:
            self.app.post_message(key_of(name))
            await self.settle()

    async def click(self, words: str, times: int = 1) -> None:
        """Click on the first place on the screen where some words stand."""
        row = next(n for n, line in enumerate(self.screen) if words in line)
        left = cell_len(self.screen[row].partition(words)[0])
        await self.pilot.click(offset=(left, row), times=times)
        await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys that arrive in one write: none waits for what the one before does."""
        for name in keys:
            self.app.post_message(key_of(name))
        await self.settle()

    async def type(self, words: str) -> None:
        await self.press(*words)

    async def type_text(self, text: str) -> None:
        """Put a longer text where one types, as pasting does."""
        self.app.post_message(Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Until nothing is under way: no message waiting, no worker at work."""
        await settled(self.app)

    @property
    def main(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def shown(self) -> str:
        """The reference of the record that is shown."""
        return str(self.main.selected)

    @property
    def record(self) -> RecordPage:
        return self.main.query_one(RecordPage)

    def rows(self, pane: str) -> list[str]:
        return [str(ref) for ref in self.list(pane).rows]

    def list(self, pane: str) -> RecordList:
        return self.pane(pane).list

    def row_text(self, pane: str, row: int) -> str:
        """A row of a pane as it is painted."""
        listed = self.list(pane)
        return listed.line(listed.line_of(row)).plain

    def pane(self, name: str) -> Pane:
        return self.main.query_one(f"#{name}", Pane)

    def title(self, pane: str) -> str:
        return str(self.pane(pane).border_title)

    @property
    def said(self) -> str:
        """All that was told so far in the last line, the newest last."""
        return "\n".join(message.words for message in self.app.messages.heard)

    @property
    def told(self) -> str:
        """What is told in the last line now; nothing when it shows the keys."""
        now = self.app.messages.now
        return now.words if now is not None else ""

    @property
    def screen(self) -> list[str]:
        """The lines on the screen, as text."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.ljust(width) for strip in strips[:height]]

    @property
    def seen(self) -> str:
        return "\n".join(self.screen)


Open = Callable[..., AbstractAsyncContextManager[Person]]


def begin_with_main_screen(app: ExplorerApp, opened: Opened, shown: Ref | None) -> None:
    def main() -> MainScreen:
        app._base = MainScreen(opened, shown)
        app._base.fit(app.size)
        return app._base

    app.get_default_screen = main  # type: ignore[method-assign]


async def begin_in_the_rounds(person: Person) -> None:
    """Go from the front page to the first pane, as if that had been set as the start."""
    if isinstance(person.app.screen, MainScreen) and person.main.place == "record":
        person.main.action_jump("rounds")
        person.main.places.history.forget()
        await person.settle()


@pytest.fixture(scope="session", autouse=True)
def _styles_read_once() -> Iterator[None]:
    """Hundreds of apps share what their styles come to, and would each read them anew."""
    parse = Stylesheet._parse_rules
    known: dict[Hashable, list[RuleSet]] = {}

    def parse_once(sheet: Stylesheet, css: str, **how: Any) -> list[RuleSet]:
        key = (css, *how.values(), *sheet._variables.items())
        if key not in known:
            known[key] = parse(sheet, css, **how)
        return known[key]

    with patch.object(Stylesheet, "_parse_rules", parse_once):
        yield


@pytest.fixture(autouse=True)
def _with_warm_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ[WARM_CACHE])


@pytest.fixture(autouse=True)
def _nothing_comes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes of others are read when a test says so, or sets this otherwise."""
    monkeypatch.setattr("explorer.notes.folder_watch.EVERY", 3600.0)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with without_clocks():
        yield


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "my notes"


@pytest.fixture
def store(notes: Path) -> NoteStore:
    return NoteStore(notes, "harbour-talks")


@pytest.fixture
def explorer(harbour: Path, notes: Path) -> Open:
    """Open the app on the harbour talks.

    It begins with the main screen, as if all had been read at once, unless the opening screen
    is asked for: two screens take almost twice as long, and look the same from then on.
    """

    @asynccontextmanager
    async def opened(
        *,
        size: tuple[int, int] = (140, 40),
        go: str = "",
        path: Path = harbour,
        opening: bool = False,
        many_notes_later: bool = False,
        front: bool = False,
        **how: Any,
    ) -> AsyncIterator[Person]:
        """`how` is what reading is told besides.

        It begins in the rounds, where most of what is tried here is; at the `front` page on
        demand.
        """
        shown = Ref.parse(go) if go else None
        reading = partial(read, path, notes, many_notes_later=many_notes_later, **how)
        app = ExplorerApp(reading, shown)
        app.messages = Heard(app._show_message)
        if not opening:
            begin_with_main_screen(app, reading(), shown)
        async with app.run_test(size=size) as pilot:
            person = Person(app, pilot)
            await person.settle()
            if not (go or front):
                await begin_in_the_rounds(person)
            yield person

    return opened
