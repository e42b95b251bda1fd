"""Waiting for what the app has to do, and for no length of time: the same on any machine.

Textual's pilot waits until the process has been idle for a while, which takes long, takes
longer on a busy machine, and may come too early there. Here the event loop is asked instead.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

from textual._compositor import Compositor
from textual.screen import Screen
from textual.worker import WorkerCancelled

from explorer.ui.app import ExplorerApp
from explorer.ui.widgets.reader import Reader

PATIENCE = 120.0
"""Seconds before an app that comes to no rest is called a failure."""


async def settled(app: ExplorerApp) -> None:
    """Until nothing is under way: no message waits, no worker is at work, all is laid out."""
    deadline = time.monotonic() + PATIENCE
    while app.is_running and app.screen_stack:
        await idle()
        screen = app.screen
        if any(not worker.is_finished for worker in app.workers):
            with suppress(WorkerCancelled):  # as it is when the screen it works for is left
                await app.workers.wait_for_complete()
        elif getattr(app, "_resize_timer", None) is not None:  # before 8.2.8 there is none
            app._check_resize()  # which would be done a moment later
        elif _is_to_be_refreshed(screen):
            screen._on_timer_update()
        elif below := [other for other in app.screen_stack if other._callbacks]:
            below[0]._on_timer_update()  # something opened over it before it was refreshed
        elif app.animator._animations:
            await app.animator.wait_until_complete()
        elif app.ahead._wait is not None or app.ahead._is_releasing:
            await asyncio.sleep(0.005)  # it looks by a timer of its own
        elif not _lays_out_more(screen):
            return
        assert time.monotonic() < deadline, "the app comes to rest"


async def idle(*_: float) -> None:
    """Until nothing can go on without time, a thread or another process."""
    loop: Any = asyncio.get_running_loop()
    await asyncio.sleep(0)
    while loop._ready:
        await asyncio.sleep(0)


def _is_to_be_refreshed(screen: Screen[Any]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _lays_out_more(screen: Screen[Any]) -> bool:
    """Lay out what lies below the edge, as happens a moment later; whether there was any."""
    readers = [(reader, reader.virtual_size) for reader in screen.query(Reader)]
    return any(reader.laid_out and reader.virtual_size != size for reader, size in readers)


@contextmanager
def without_clocks() -> Iterator[None]:
    """Let the pilot wait as above, and the screen be laid out when the pilot has waited.

    What is laid out is drawn when somebody looks: nobody sees the frames in between.
    """
    draw = Compositor.render_update

    def draw_for_somebody(compositor: Compositor, full: bool = False, **how: Any) -> object:
        compositor._dirty_regions.clear()
        return draw(compositor, full, **how) if full else None

    with (
        patch("textual.app.wait_for_idle", idle),
        patch("textual.pilot.wait_for_idle", idle),
        patch("textual.screen.UPDATE_PERIOD", PATIENCE),
        patch.object(Compositor, "render_update", draw_for_somebody),
    ):
        yield
