"""The day since which a command is to look, beside the day of the view."""

from __future__ import annotations

from datetime import date

from explorer.cli.output import say
from explorer.errors import UsageError
from explorer.record import labels
from explorer.view import View


def day_of(view: View, typed: str, option: str) -> date:
    """The day that was typed after an option. Raises UsageError when it is none."""
    try:
        return view.day_said(typed)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def since_of(view: View, typed: str | None, option: str, *, until: str | None) -> date | None:
    """The day since which is asked; `until` is what was typed of the other day, if anything.

    A day that is not covered becomes the nearest that is, which is said on stderr. Raises
    UsageError when it is not before the other day that was typed: that nothing happened in
    between would be untrue.
    """
    if typed is None:
        return None
    day = day_of(view, typed, option)
    if until is not None and day >= (view.asked or view.today):
        raise not_before(view, typed, option)
    if view.covers(day):
        return day
    covered = view.at(day).today
    say(f"{option}: {labels.day(day)} is not covered; {labels.day(covered)} is taken for it.")
    return covered


def not_before(view: View, typed: str, option: str) -> UsageError:
    """That the day since which is asked is not before the day of the view."""
    day, last = day_of(view, typed, option), view.asked or view.today
    same = "" if day == last else f", and {labels.day(day)} is after it"
    return UsageError(f"{option}: it must be before {labels.day(last)}, the as-of date{same}")
