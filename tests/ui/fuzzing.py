"""What somebody does who presses anything, anywhere, at once: made from a seed, played, told.

Events are posted without waiting for one another, as they come when keys arrive in one
write, a paste ends in a command or a window is dragged to another size; only now and then
the app gets the time to settle. Nothing here leaves the folders of the test.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from textual.events import (
    AppBlur,
    AppFocus,
    Event,
    Key,
    MouseDown,
    MouseMove,
    MouseScrollDown,
    MouseScrollUp,
    MouseUp,
    Paste,
    Resize,
)
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot

from explorer.ui import commands
from explorer.ui.app import ExplorerApp
from explorer.ui.main_screen import MainScreen
from explorer.ui.opening_screen import OpeningScreen
from explorer.ui.panes.record_page import RecordPage
from explorer.ui.widgets.key_line import KeyLine
from explorer.ui.widgets.reader import Reader

CHARACTERS = {
    "space": " ",
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "equals_sign": "=",
    "number_sign": "#",
    "minus": "-",
    "quotation_mark": '"',
    "colon": ":",
    "full_stop": ".",
    "enter": "\r",
    "tab": "\t",
}
"""What a key types whose name is longer than a character."""
BY_CHARACTER = {character: name for name, character in CHARACTERS.items()}

COMMANDS = tuple(
    dict.fromkeys(
        key
        for _, listed in commands.PLACES.values()
        for command in listed
        for key in command.keys.split(",")
    )
)
OTHERS = (
    *("f1", "f5", "delete", "ctrl+a", "ctrl+c", "ctrl+k", "ctrl+left", "ctrl+v", "ctrl+w"),
    *("ctrl+x", "ctrl+y", "ctrl+z", "shift+down", "shift+left", "ctrl+end", "ctrl+home", "w"),
)
SIZES = (
    *((1, 1), (2, 1), (1, 30), (5, 3), (9, 60), (20, 4), (30, 8), (40, 12), (60, 1), (60, 20)),
    *((75, 16), (76, 15), (80, 24), (119, 31), (120, 32), (140, 40), (200, 60)),
)
PASTES = (
    *("", "toll", "two\nlines", "a\tb", "\x1b[31m\x07\x00", "譚慧蘭", "e\u0301\u200b\u202e" * 9),
    *("-toll", "speaker:", '"', "tag:x", "2031-02-30", "+9999999999d", "~", "long " * 400),
)
PHRASES = (
    *("pG", "ph", "fj", "cj", "ch", "pp", "pa\x1b", "tl", "ak", "pr\x1b", "psmadrid\r", "csx\x1b"),
    *("nwords\x13\x1b", "nwords\x1b", "nx\x1by", "n#tag \x13\x1b", "vvllln", "vjjvkn", "Nj\r"),
    *("/the\r", "/zzz\x1b", "stoll\r", "szzz\r", 's"\x1b', "=today\r", "=+7d\r", "=zz\x1b"),
    *("\x10theme\r\r", "\x10export\rx.md\r", "\x10picture\r", "\x10zzz\r\x1b", "\x10\x1b"),
    *("Dy", "Dn", "u", "e", "x", "M", "Aj\r", "oj\x1b", "o\r", "yt", "yn", "bx\r", "b\x1b"),
    *("\x10import rec\r…in.ris\r…jj\r…s…", "\x10import rec\r…in.csv\r…j\rj\r…kkk\r…s…"),
    *("\x10import rec\r…in.csv\r…k", "\x10export the\r…j\rout\r…", "\x10export the\r…\x1b"),
    *(
        "\x10export the\rjjjj\r…\r…y",
        "\x10hide\r",
        "Or",
        "OO",
        "R…my answer\x13…\x1b",
        "Ill",
        "I\r\rq",
    ),
    *("/harb\r..,\x1b", "N/ne\r.\x1b", "?/key\r,\x1b", "p/the\r...q", "!/a\r\r", "wlhr\r", "W\r"),
    *("+s…", "+q…\t\t", "q…q…", "zq", "iq", "\x10add a\r…\x1b", "dj\r…", "dw…", "tj\rr", "Tl\r"),
    *("  ", "0[]", "[p]", "i\r", "HHLL", "1234", "Nr\x1b", "?j\x1b", "zz", "\r\r\r", "z\tz"),
)
"""What opens, types, answers and closes: keys by themselves seldom get so far.

At “…” they wait until what they have opened is there.
"""
_PHRASE_KEYS = {"\r": "enter", "\x1b": "escape", "\x13": "ctrl+s", "\x10": "ctrl+p", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done, in words that also make it."""

    what: str
    details: tuple[object, ...]

    def __str__(self) -> str:
        return f"{self.what} {' '.join(map(repr, self.details))}"


def acts(seed: int) -> Iterator[tuple[Act, ...]]:
    """Bursts without end, the same for the same seed."""
    dice = random.Random(seed)
    while True:
        yield tuple(act for _ in range(dice.randint(1, 6)) for act in _some(dice))


def _some(dice: random.Random) -> Iterator[Act]:
    match dice.choices(tuple(_WEIGHTS), tuple(_WEIGHTS.values()))[0]:
        case "key":
            yield from (_key(k) for k in dice.choices(COMMANDS, k=dice.randint(1, 8)))
        case "phrase":
            for c in dice.choice(PHRASES):
                yield Act("rest", ()) if c == "…" else _key(_named(c))
        case "held":
            yield from [_key(dice.choice(HELD))] * dice.randint(10, 60)
        case "file":
            yield Act("file", (dice.randrange(1000),))
        case "other":
            yield _key(dice.choice(OTHERS))
        case "mouse":
            yield from _mouse(dice)
        case "size":
            yield Act("size", dice.choice(SIZES))
        case "paste":
            yield Act("paste", (dice.choice(PASTES),))
        case _:
            yield Act("focus", (dice.random() < 0.5,))


_WEIGHTS = {
    "key": 30,
    "phrase": 25,
    "other": 4,
    "mouse": 14,
    "size": 8,
    "paste": 3,
    "held": 2,
    "file": 3,
    "focus": 1,
}
"""How often each kind of thing is done."""
HELD = ("j", "k", "down", "up", "l", "h", "right", "tab", "pagedown", "J", "H", "L", "]", "[", "p")
"""Keys that somebody holds down."""


def _key(name: str) -> Act:
    return Act("key", (name,))


def _named(character: str) -> str:
    return _PHRASE_KEYS.get(character) or BY_CHARACTER.get(character, character)


def _mouse(dice: random.Random) -> Iterator[Act]:
    """A click, a drag or the wheel, somewhere in a share of the screen's width and height."""
    place = (dice.random(), dice.random())
    match dice.choice(("click", "click", "double", "drag", "wheel", "move", "down", "up")):
        case "click":
            yield from (Act("down", place), Act("up", place))
        case "double":
            yield from (Act("down", place), Act("up", place)) * 2
        case "drag":
            other = (dice.random(), dice.random())
            yield from (Act("down", place), Act("drag", other), Act("up", other))
        case "wheel":
            yield from (Act(dice.choice(("wheel down", "wheel up")), place),) * 3
        case alone:
            yield Act(alone, place)


_MOUSE = {
    "down": (MouseDown, 1),
    "up": (MouseUp, 1),
    "drag": (MouseMove, 1),
    "move": (MouseMove, 0),
    "wheel down": (MouseScrollDown, 0),
    "wheel up": (MouseScrollUp, 0),
}


def key_of(name: str) -> Key:
    """The event of a key by its name, or by what it types."""
    if len(name) == 1:
        return Key(_character_to_key(name), name)
    return Key(name, CHARACTERS.get(name))


def event_of(act: Act, size: Size) -> Event | None:
    """The event that a terminal of a size sends for it; None for what is no event."""
    match act.what, act.details:
        case (("rest" | "file"), _):
            return None
        case "key", (str() as name,):
            return key_of(name)
        case "size", (int() as width, int() as height):
            return Resize(Size(width, height), Size(width, height))
        case "paste", (str() as text,):
            return Paste(text)
        case "focus", (bool() as gained,):
            return AppFocus() if gained else AppBlur()
        case what, (float() as across, float() as down):
            kind, button = _MOUSE[what]
            x, y = int(across * size.width), int(down * size.height)
            return kind(None, x, y, 0, 0, button, False, False, False, x, y)
    raise ValueError(act)


Opened = tuple[ExplorerApp, AbstractAsyncContextManager[Pilot[object]]]


class Player:
    """Does what a seed says, and opens the app again when a key has ended it."""

    def __init__(
        self, seed: int, opens: Callable[[], Opened], disturb: Callable[[int], object]
    ) -> None:
        """`disturb` changes a file as another program would, one of many by a number."""
        self._seed = seed
        self._disturb = disturb
        self._bursts = acts(seed)
        self._opens = opens
        self._count = 0
        self._last: deque[str] = deque(maxlen=100)

    async def play(self, events: int) -> None:
        """Do so many things; a failure tells the seed, and what was done last."""
        try:
            while self._count < events:
                app, running = self._opens()
                async with running as pilot:
                    await self._play(app, pilot, events)
        except BaseException as error:
            told = "\n".join(self._last)
            error.add_note(f"Seed {self._seed}, after {self._count} events. The last:\n{told}")
            raise

    async def _play(self, app: ExplorerApp, pilot: Pilot[object], events: int) -> None:
        self._last.append("(the app is opened)")
        for number, burst in enumerate(self._bursts):
            for act in burst:
                await self._do(act, app, pilot)
            self._count += len(burst)
            self._last.append("(it settles)")
            await self._rest(app, pilot)
            if not app.is_running or app._exit:
                assert not app.return_code, "it ended well"
                return
            if number % _OFTEN == 0 or self._count >= events:
                await settle(app, pilot)
                if app._exception is not None:
                    raise app._exception
                if app.is_running and not app._exit:
                    assert_consistent(app)
            if self._count >= events:
                return

    async def _do(self, act: Act, app: ExplorerApp, pilot: Pilot[object]) -> None:
        event = event_of(act, app.size)
        self._last.append(str(act))
        if isinstance(event, Resize) and app._driver is not None:
            app._driver._size = event.size
        if event is not None:
            app.post_message(event)
        elif act.what == "rest":
            await self._rest(app, pilot)
        else:
            self._disturb(int(str(act.details[0])))
            app.post_message(AppFocus())  # the person comes back from there

    async def _rest(self, app: ExplorerApp, pilot: Pilot[object]) -> None:
        await pause(app, pilot)
        if app._exception is not None:
            raise app._exception


_OFTEN = 5
"""Bursts after which it is looked whether everything is as it should be."""


async def pause(app: ExplorerApp, pilot: Pilot[object]) -> None:
    """Until no message waits, or the app has ended: then messages wait for ever."""
    waiting = asyncio.ensure_future(pilot.pause(0))
    while not waiting.done() and not (app._exit and not app.is_running):
        await asyncio.wait({waiting}, timeout=0.01)
    if waiting.done():
        await waiting
    else:
        waiting.cancel()


async def settle(app: ExplorerApp, pilot: Pilot[object]) -> None:
    """Until no message waits and no worker is at work."""
    for _ in range(3):
        await pause(app, pilot)
        while any(not worker.is_finished for worker in app.workers):
            await pilot.pause(0.01)


def assert_consistent(app: ExplorerApp) -> None:
    """Focus, key line, title and record are those of one place."""
    app.screen._compositor.render_strips()  # whatever it came to can be drawn
    main = app.screen_stack[0]
    if not isinstance(main, MainScreen):
        assert isinstance(main, OpeningScreen), "a file was wrong when it was opened"
        return
    if app.screen is main and app.app_focus and main.view is not None:
        assert main.focused is not None, "something has the focus"
        assert main.query_one(KeyLine)._place == main.place
        if main.viewing:
            assert main.focused.id == main.viewing, "the view that is open has the focus"
    assert main.views.display == bool(main.viewing) != main.query_one("#body").display
    record = main.query_one(RecordPage)
    if main.view is not None and main.selected is not None:
        assert main.selected in main.view.index
        assert record._opened == main.selected
    for reader in main.query(Reader):
        assert reader.stop == 0 or reader.stop < len(reader.laid_out.stops)
