"""Moments as the reader's own calendar and clock show them.

Files keep moments in UTC. A person wrote a note on the day that their calendar showed, so
every day of a moment that is shown, sorted by or searched for comes through here.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def here(moment: datetime) -> datetime:
    """A moment on the reader's clock, with the summer time that held at that moment."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment  # so far off that no calendar knows it


def day_of(moment: datetime) -> date:
    """The day of a moment on the reader's calendar."""
    return here(moment).date()


PINNED = "EXPLORER_TODAY"
"""The variable of the environment that says which day it is, so that output can be repeated."""


def today() -> date:
    """The day it is for the reader, or is to be taken for it."""
    return pinned() or day_of(datetime.now(UTC))


def pinned() -> date | None:
    """The day that the environment says it is; None when it says none, or what is no day."""
    try:
        return date.fromisoformat(os.environ.get(PINNED, ""))
    except ValueError:
        return None
