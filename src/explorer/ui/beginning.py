"""What is shown first: a record that was named, where the person was, or what they have set."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Protocol

from explorer import opening, settings
from explorer.documents import coverage
from explorer.documents.comparisons import COMPARISONS
from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import key_words, left_place, view_commands
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.current_place import Places
from explorer.ui.history import Place
from explorer.ui.left_place import Left
from explorer.ui.panes import PANES
from explorer.view import View

_PANES = tuple(kind.name for kind in PANES)


class MainScreen(RecordScreen, Protocol):
    """The screen, as far as a beginning needs it."""

    def action_jump(self, name: str) -> None:
        """Go to a pane."""

    def action_view(self, name: str) -> None:
        """Open a view."""

    def set_class(self, add: bool, *class_names: str) -> object:
        """Set a class of the screen, or take it off."""

    def has_class(self, *class_names: str) -> bool:
        """Whether the screen has a class."""


class Beginning:
    """Shows what is first, and knows what is left.

    That is the front page, unless a person has come back or set something else.
    """

    def __init__(
        self, screen: MainScreen, places: Places, shown: Ref | None, left: Left | None
    ) -> None:
        """`shown` is the record that was named, `left` is where the person was."""
        self._screen = screen
        self._places = places
        self._shown = shown
        self._left = left

    def first(self, view: View) -> Ref:
        """The record that is shown first, as far as it is known before anything is."""
        asked = self._shown or (self._left.place.selected if self._left else None)
        if asked is not None and asked in view.index:
            return asked
        front = view.index.dataset.negotiation.ref
        rows = view.rows(PANES[0].kind) if settings.read().value("start") in _PANES else ()
        return next(iter(rows), front)

    def left(self) -> tuple[View, Left]:
        """What is seen and what is open, to come back to at another start."""
        is_zoomed = self._screen.has_class("-zoomed")
        return self._screen.view, left_place.of(self._places.here(), zoomed=is_zoomed)

    def begin(self, pane: str) -> None:
        """Show what was named or where the person was, else the front page or what they set."""
        asked = coverage.asked(self._screen.view)
        if self._shown is not None:
            self._screen.go(self._shown)
        elif self._left is not None and _is_whole(self._left.place):
            self._come_back(self._left)
        else:
            self._start(pane)
        if asked:
            self._screen.notify(asked, markup=False)

    def _start(self, pane: str) -> None:
        start = settings.read().value("start")
        absent = view_commands.absent(self._screen.view.whole.refs)
        views = {view_commands.slug_of(c): c.name for c in COMPARISONS if c not in absent}
        if start in _PANES:
            self._screen.go_into(pane)
            if start != pane:
                self._screen.action_jump(str(start))
        else:
            self._screen.go(self._screen.view.index.dataset.negotiation.ref)
        if start in views:
            self._screen.action_view(views[str(start)])
        self._places.history.forget()

    def _come_back(self, left: Left) -> None:
        screen = self._screen
        day_said = screen.view.scope.as_of
        place = left.place.following(partial(opening.now, screen.view.whole))
        screen.set_class(left.zoomed, "-zoomed")
        self._places.restore(self._there(place))
        if screen.view.scope.as_of not in (None, day_said):
            day, key = labels.day(screen.view.as_of), key_words.cap("last-day")
            screen.notify(f"As when you left, this is {day}; {key} goes to the last day.")

    def _there(self, place: Place) -> Place:
        """The place, without a view that is about records which are gone."""
        whole = self._screen.view.whole
        viewed = place.viewed
        if viewed is not None:
            asked = (viewed.question.about, viewed.question.other, *viewed.question.beside)
            comparison = next((c for c in COMPARISONS if c.name == viewed.name), None)
            named: list[Ref] = [ref for ref in asked if ref is not None]
            gone = any(ref not in whole for ref in named)
            absent = comparison is None or comparison in view_commands.absent(whole.refs)
            is_empty = comparison is not None and comparison.is_its_own and not named
            if gone or absent or is_empty or viewed.name == "news":  # which is another by now
                return replace(place, viewed=None)
        return place


def _is_whole(place: Place) -> bool:
    """Whether a place names the panes that there are."""
    stack = place.panes
    is_known = stack.active in _PANES and place.focus in (*_PANES, "record", "notes")
    return is_known and set(stack.panes) == set(_PANES)
