"""Text that is typed never becomes commands.

Over a slow line, and with quick fingers, the keys of whole words arrive before the field is
there that they are meant for. They wait for it. When it does not come they are dropped, and
so is what is typed on in one go: the person hears of it, and nothing of it is run.

Keys that come before there is a screen wait for it, and those behind a key that leaves a
note wait until it is saved.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.containers import VerticalScroll
from textual.events import Event, Key, Paste
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from explorer.ui import key_words
from explorer.ui.app_services import app_services
from explorer.ui.messages import Messages
from explorer.ui.widgets.lines import Lines

_TICK = 0.01
_GRACE = 100
"""Ticks to wait for a field of which nothing is seen yet."""
_PERHAPS = 10
"""Ticks after which what might have opened one has not."""
_PATIENCE = 1000
"""Ticks to wait for one that is being opened."""
_BURST = 0.4
"""Seconds between two keys, at most, of somebody who types on without having read."""
_READ = (Lines, OptionList, VerticalScroll)
"""Lists and pages, which take no text."""
_DROPPED = "What you typed ahead was not run."


class TypingAhead:
    """Stands between the keyboard and the app."""

    def __init__(self, app: App[Any], pass_on: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._pass_on = pass_on
        self._held: list[Key | Paste] | None = []
        """Keys typed, and text pasted, before what they are meant for is there."""
        self._is_starting = True
        """Whether there is no screen yet."""
        self._is_holding = True
        """Whether they wait until `let_go`."""
        self._is_releasing = False
        """Whether what waited is being passed on."""
        self._wait: _Wait | None = None
        """What is waited for."""
        self._is_dropping = False
        """Whether keys are dropped as long as they are typed in one go."""
        self._last = 0.0
        """When the last key was pressed."""
        self._is_typing = False
        """Whether it was one that writes."""

    def keeps(self, event: Event) -> bool:
        """Whether a key or a pasted text waits, or is dropped, and is not to be passed on."""
        if not isinstance(event, (Key, Paste)):
            return False
        gap, self._last = event.time - self._last, event.time
        self._is_typing = _is_text(event)
        if self._held is not None:
            if self._leaves_before_start(event):
                return False
            self._held.append(event)
            return True
        if self._is_dropping:
            self._is_dropping = gap < _BURST and _is_text(event)
            if self._is_dropping:
                self._say_dropped()
        return self._is_dropping

    @property
    def is_starting(self) -> bool:
        """Whether there is nothing yet to be clicked or acted on."""
        return self._is_starting

    @property
    def _messages(self) -> Messages:
        return app_services(self._app).messages

    def _leaves_before_start(self, event: Key | Paste) -> bool:
        """Whether nobody has to wait, for instance for a disk that does not answer."""
        if not self._is_starting or not isinstance(event, Key) or event.key not in _leaving():
            return False
        return not self._held or not _is_text(event)  # else it may belong to a word

    def hold(self) -> None:
        """Let all that is typed wait until `let_go`."""
        self._held = self._held or []
        self._is_holding = True

    def let_go(self) -> None:
        """What was waited for is there: pass on what is typed."""
        self._is_starting = self._is_holding = False
        if self._wait is None:
            self._app.run_worker(self._release(), group="typing ahead")

    def drop(self) -> None:
        """What was waited for will not be there: what was typed meanwhile is not meant for this."""
        self._is_holding = False
        self._drop()

    def begin(self, action: str = "") -> None:
        """An action is about to open something to type in: let what comes wait for it.

        Without the name of the action it may open nothing as well.
        """
        app = self._app
        self._held = self._held or []
        self._is_dropping = False
        self._wait = _Wait(app.screen_stack, app.focused, self._messages.told, action)
        app.set_timer(_TICK, partial(self._look, self._wait, 1))

    def done(self, action: str) -> None:
        """An action is done; if it was to open something and only said why not, none will come."""
        if self._wait is not None and self._wait.action == action:
            self._wait.is_done = True
            if self._is_refused(self._wait):
                self._drop()

    def interrupt(self) -> None:
        """A question comes up by itself: what is being typed is no answer to it."""
        if self._held and self._wait is None:
            self._drop()
        self._is_dropping = self._is_typing

    def refuse(self, event: Key) -> None:
        """A key that writes is no command here; then what is typed on with it is none either."""
        self._is_dropping = _is_text(event)

    def _is_refused(self, wait: _Wait) -> bool:
        app = self._app
        is_same = app.screen in wait.screens and not self._is_open(wait)
        return is_same and wait.is_done and self._messages.told > wait.told

    def _is_open(self, wait: _Wait) -> bool:
        """Whether the focus has come to something that is no list and no page to read."""
        focused = self._app.focused
        return (
            focused is not None
            and focused is not wait.focused
            and (not isinstance(focused, _READ) or focused.has_class("marker"))
        )

    def _look(self, wait: _Wait, ticks: int) -> None:
        """Pass on what waits once a field has the focus, or drop it when none will."""
        if not self._app.screen_stack or wait is not self._wait:
            return  # the app has ended, or something else is waited for
        is_opening = self._app.screen not in wait.screens
        is_nothing = not wait.action and not is_opening and ticks > _PERHAPS
        if self._is_open(wait) or is_nothing:
            self._wait = None
            self._app.run_worker(self._release(), group="typing ahead")
        elif self._is_refused(wait) or ticks > (_PATIENCE if is_opening else _GRACE):
            self._drop()
        else:
            self._app.set_timer(_TICK, partial(self._look, wait, ticks + 1))

    async def _release(self) -> None:
        if self._is_releasing:
            return
        self._is_releasing = True
        try:
            while self._held and not self._is_waiting:  # a key may open yet another field
                event = self._held.pop(0)
                self._is_dropping = self._is_dropping and _is_text(event)
                if self._is_dropping:
                    self._say_dropped()
                else:
                    await self._pass_on(event)
        finally:
            self._is_releasing = False
        if not self._is_waiting:
            self._held = None

    @property
    def _is_waiting(self) -> bool:
        return self._wait is not None or self._is_holding

    def _drop(self) -> None:
        self._is_dropping = True
        if self._held:
            self._say_dropped()
        self._held = self._wait = None

    def _say_dropped(self) -> None:
        now = self._messages.now
        shown = now.words if now is not None else ""
        if _DROPPED not in shown:
            self._app.notify(f"{shown} {_DROPPED}".strip(), severity="warning")


@dataclass(eq=False)
class _Wait:
    """What is waited for, and how things were before."""

    screens: Sequence[Screen[Any]]
    focused: Widget | None
    told: int
    """How many messages had been told."""
    action: str
    is_done: bool = False


def _leaving() -> list[str]:
    """Keys that need no screen to act on."""
    return key_words.of("quit").key_names


def _is_text(event: Key | Paste) -> bool:
    return isinstance(event, Paste) or event.is_printable
