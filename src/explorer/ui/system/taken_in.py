"""Waiting until a widget has taken in what was sent to it."""

from __future__ import annotations

import asyncio

from textual.widget import Widget


async def taken_in(widget: Widget) -> None:
    """Return once a widget has dealt with all that waits for it, or is there no more."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    if widget.is_running and widget.call_later(_finish, done):
        # A widget that ends meanwhile leaves what waits for it, and nobody waits with it.
        await asyncio.wait({done, widget.task}, return_when=asyncio.FIRST_COMPLETED)


def _finish(done: asyncio.Future[None]) -> None:
    done.set_result(None)
