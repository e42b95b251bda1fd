"""What happened in a run, for a report of a fault: commands, how long they took, and errors.

Nobody's words are in it: no note, no search, nothing that is typed. Without `begin` nothing
is written and next to nothing done.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer.text.sanitize import plain

_LOG = logging.getLogger("explorer")
_LOG.addHandler(logging.NullHandler())  # else errors would be printed where nobody asked for a log
_LINE = "%(asctime)s.%(msecs)03d %(levelname)s %(message)s"


class _Plain(logging.Formatter):
    """Lines without signs that would do something to a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))


def begin(path: Path) -> None:
    """Write from now on at the end of a file, which is made for this user alone. Raises OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(_Plain(_LINE, "%Y-%m-%d %H:%M:%S"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


def note(what: str, *about: object) -> None:
    """Write a line, in which each “%s” is one of the others."""
    _LOG.info(what, *about)


def failed(error: BaseException) -> None:
    """Write an error with where it came from."""
    _LOG.error("%s", type(error).__name__, exc_info=error)


@contextmanager
def timed(what: str, *about: object) -> Iterator[None]:
    """Write how long something took, when it is over or has failed."""
    began = time.perf_counter()
    try:
        yield
    finally:
        _LOG.info(f"{what}, %.0f ms", *about, 1000 * (time.perf_counter() - began))
