"""Showing the screen itself to who is new to it: what stands where, and with which keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from explorer.ui import newcomer
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.tour_stops import STOPS

Place = TypeVar("Place")


class Screen(RecordScreen, Protocol):
    """The screen, as far as it is shown."""

    def set_class(self, add: bool, *class_names: str) -> object:
        """Set a class of the screen, or take it off."""

    def has_class(self, *class_names: str) -> bool:
        """Whether the screen has a class."""


class Places(Protocol[Place]):
    """Where the person is, and the way back there."""

    def here(self) -> Place:
        """All that is needed to come back."""

    def close_view(self) -> None:
        """Show the panes again, if a view covers them."""

    def restore(self, place: Place) -> None:
        """See again what was seen."""


class TourActions:
    """Leads from one part of the screen to the next, and back to where the person was."""

    def __init__(self, screen: Screen, places: Places[Any]) -> None:
        self._screen = screen
        self._places = places

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"tour": self.begin}

    def begin(self) -> None:
        """Show the screen, from its first part on."""
        from explorer.ui.dialogs.tour import Tour

        screen, here = self._screen, self._places.here()
        is_zoomed = screen.has_class("-zoomed")

        def ended(_: None) -> None:
            screen.set_class(is_zoomed, "-zoomed")
            self._places.restore(here)
            screen.reading.record.open_anew()

        newcomer.is_shown_round()
        self._places.close_view()
        screen.set_class(False, "-zoomed")
        screen.app.push_screen(Tour(STOPS, screen.go_into), ended)
