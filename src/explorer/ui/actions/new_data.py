"""Showing a record that was read anew, in the place of what is seen.

Where the person is, what narrows it, what is open and what was left behind stay. A record
that has another id now is followed by what it says it was called formerly.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from explorer import opening
from explorer.record import labels
from explorer.record.filter_texts import FilterTexts
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.ui.actions.screen import RecordScreen
from explorer.view import View


class Remembers(Protocol):
    """What remembers records by their names."""

    def follow(self, now: Callable[[Ref], Ref]) -> None:
        """Call them as they are called now."""


class NewData:
    """Replaces the record that a screen shows."""

    def __init__(self, screen: RecordScreen, *remembering: Remembers) -> None:
        self._screen = screen
        self._remembering = remembering
        self._gone: Ref | None = None
        """A record that has gone from the files while it was shown …"""
        self._stand_in: Ref | None = None
        """… and the one that is shown in its place."""

    def show(self, index: Index, texts: FilterTexts | None = None, said: str = "") -> None:
        """Show a whole record in the place of the one before, at once and in one repaint.

        `texts` were read beforehand, by another thread: see `opening`. `said` is what a
        person is told of it, before what became of what they look at.
        """
        screen, before, was = self._screen, self._screen.view, self._screen.selected
        now = partial(opening.now, index)
        for each in self._remembering:
            each.follow(now)
        view = opening.renewed(before, index, texts)
        selected, notes = now(was), screen.reading.notes.spot
        if selected != was:
            screen.reading.record.follow(selected)
        screen.view, lost = view, ""
        if selected in view.index:
            screen.selected = selected
        else:
            lost = self._stand_in_for(selected, before)
        if self._gone is not None and self._gone in view.index:
            if screen.selected == self._stand_in:
                screen.selected = self._gone
            self._gone = self._stand_in = None
        if selected != was and screen.selected == selected:
            screen.reading.notes.restore(notes)
        screen.follow_cursor()
        if not screen.reading.go_on_marking():
            screen.reading.end_marking()
            lost = "The words that you were marking have changed."
        if lost:
            screen.notify(f"{said} {lost}".strip(), severity="warning", markup=False)
        elif said:
            screen.notify(said, markup=False)

    def _stand_in_for(self, gone: Ref, before: View) -> str:
        """Show the nearest record, and say so."""
        screen, index = self._screen, self._screen.view.index
        title = labels.title(before.index, gone) if gone in before.index else gone.id
        kind = labels.KIND_NAMES[gone.kind]
        is_later = gone in screen.view.whole
        where = "was not public yet" if is_later else "is not in the files any more"
        self._gone = gone
        self._stand_in = screen.current or index.dataset.negotiation.ref
        screen.selected = self._stand_in
        return f"{kind} {title} {where}; this is the nearest."
