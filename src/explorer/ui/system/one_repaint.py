"""A screen that is drawn once for all that a key changes.

A command moves the focus, changes classes, makes another page: each sends messages to
widgets, whose answers send more. Textual draws as soon as the first has come, lays out, draws
again, and once more when the widgets have found out how large they are now. Here the screen is
laid out and drawn when no message is left. What is to be seen before that says so by
`call_after_refresh`, and goes on only when it is.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.errors import NoWidget
from textual.events import Idle

from explorer.ui.system.cropped import CroppedCompositor

if TYPE_CHECKING:
    from textual.geometry import Offset, Region
    from textual.screen import Screen
    from textual.widget import Widget

    _Screen = Screen[Any]
else:
    _Screen = object  # as a second screen it would keep Textual from the styles of the first

_LONGEST = 200
"""How often we look before something is drawn though messages still come: no command sends
so many, but who holds a key is to see something meanwhile."""


_FRAME = 1 / 60
"""Seconds between two draws of a screen that does not come to rest: nobody sees more."""
_RESTLESS, _PAUSE = 5 * _LONGEST, 4 * _FRAME
"""Looks without a pause of so many seconds, after which there is one between any two."""
_IN_A_ROW = 6
"""So many follow at once: a key has one or two. On a screen with hardly any room, parts may
take turns to leave each other none."""


class Working(Protocol):
    """What is asked of the app."""

    @property
    def is_at_work(self) -> bool:
        """Whether any message waits that may change what is seen."""


class OneRepaint(_Screen):
    """See the module."""

    _looked: int = 0
    """How often we looked in vain since something was drawn."""
    _is_to_look: bool = False
    """Whether it is arranged that we look again whether to draw."""
    _drawn_at: float = 0
    _in_a_row: int = 0
    """How often it was drawn without a pause, and when last."""
    _looks: int = 0
    """How often it was looked at without a pause …"""
    _last_look_on: float = 0
    """… and when last. Parts that change each other's room for ever leave time to others."""
    _is_laid_out: bool = False
    """Whether what is to be drawn is laid out, and sent to those who must know."""

    def __init__(self, *args: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        self._compositor = CroppedCompositor()

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, Region]:
        """As Textual's; where nothing is, as in a window that has shrunk meanwhile, the screen."""
        try:
            return super().get_widget_at(x, y)
        except NoWidget:
            return self, self.region

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """As Textual's; what is taken off, and not gone from the screen yet, cannot be clicked."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        is_gone = widget is not None and widget is not self and widget.parent is None
        return (None, None) if is_gone else (widget, offset)

    async def _on_idle(self, event: Idle) -> None:
        event.prevent_default()
        is_changed = (
            self._layout_required
            or self._scroll_required
            or self._repaint_required
            or self._recompose_required
            or self._dirty_widgets
        )
        if is_changed and self.is_current and not self.app._batch_count:  # noqa: SLF001
            self._look_soon()
        else:
            await self._invoke_and_clear_callbacks()

    def _look_soon(self) -> None:
        if not self._is_to_look:
            self._is_to_look = True
            loop = asyncio.get_running_loop()
            if self._looks > _RESTLESS:
                loop.call_later(_FRAME, self._look)
            elif self._in_a_row < _IN_A_ROW:
                loop.call_soon(self._look)
            else:
                loop.call_at(self._drawn_at + _FRAME, self._look)

    def _look(self) -> None:
        """Lay out and draw, unless there is more to come."""
        self._is_to_look = False
        now = asyncio.get_running_loop().time()
        self._looks = self._looks + 1 if now - self._last_look_on < _PAUSE else 0
        self._last_look_on = now
        if not self.app.screen_stack or self._is_to_wait():  # the app may be leaving
            return
        if self._layout_required and self._repaint_required:
            # Textual would draw what is laid out anew, and then all of it once more.
            self._repaint_required = False
            self._dirty_widgets.add(self)
        self._on_timer_update()
        if self._is_laid_out:
            self._compositor_refresh()

    def _is_to_wait(self) -> bool:
        if self._looked == _LONGEST or not cast("Working", self.app).is_at_work:
            return False
        self._looked += 1
        self._look_soon()
        return True

    def _compositor_refresh(self) -> None:
        self._is_laid_out = True
        if self._is_to_wait():
            return
        self._is_laid_out = False
        self._looked = 0
        now = asyncio.get_running_loop().time()
        self._in_a_row = self._in_a_row + 1 if now - self._drawn_at < _FRAME else 0
        self._drawn_at = now
        super()._compositor_refresh()
        if self._callbacks:
            self.call_next(self._invoke_and_clear_callbacks)

    async def _invoke_and_clear_callbacks(self) -> None:
        """Call what is to be called once all is drawn; it is not while this is laid out only."""
        if not self._is_laid_out:
            await super()._invoke_and_clear_callbacks()
