"""Ending on request: what is half written is taken away before."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP")  # Windows knows no SIGHUP
_SIGNALS = tuple(signal.Signals[name] for name in _NAMES if hasattr(signal, name))
_CODE = 128
"""What shells add to the number of a signal that ended a program."""


@contextmanager
def ends_tidily() -> Iterator[None]:
    """Meanwhile whoever ends the program lets it tidy up, as Ctrl+C does.

    Else a signal ends it on the spot, and a folder that is half written stays. One that is
    ignored, as under `nohup`, stays ignored.
    """
    changed = []
    if threading.current_thread() is threading.main_thread():
        changed = [each for each in _SIGNALS if signal.getsignal(each) is signal.SIG_DFL]
    for each in changed:
        signal.signal(each, _end)
    try:
        yield
    finally:
        for each in changed:
            signal.signal(each, signal.SIG_DFL)


def _end(number: int, _: FrameType | None) -> None:
    sys.exit(_CODE + number)
