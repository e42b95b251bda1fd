"""Back and forward, as browsers have them."""

from __future__ import annotations

import dataclasses
from dataclasses import field

from explorer.documents.comparisons.question import Question
from explorer.record.model import Ref
from explorer.ui.panes.pane_stack import StackState
from explorer.ui.widgets.reader import Spot
from explorer.values import dataclass
from explorer.view import Scope


@dataclass(frozen=True, slots=True)
class Viewed:
    """A full-screen view: what it was asked, and where one was in it."""

    name: str
    question: Question
    spot: Spot


@dataclass(frozen=True, slots=True)
class Place:
    """Everything needed to see again what was seen."""

    selected: Ref
    focus: str
    """Name of the pane, `record` or `notes` that had the focus, beneath a view as well."""
    scope: Scope
    panes: StackState
    record: Spot
    """Where one was in the record …"""
    notes: Spot
    """… and in its notes."""
    viewed: Viewed | None = None
    """The full-screen view that was open."""


@dataclasses.dataclass
class History:
    """The places left behind, and those gone back from."""

    _behind: list[Place] = field(default_factory=list)
    _ahead: list[Place] = field(default_factory=list)

    def leave(self, place: Place) -> None:
        """Remember a place on going somewhere new."""
        self._behind.append(place)
        self._ahead.clear()

    def back(self, here: Place) -> Place | None:
        """The place before, None when there is none; `here` becomes the way forward."""
        return _step(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """The place that was gone back from."""
        return _step(self._ahead, self._behind, here)


def _step(source: list[Place], target: list[Place], here: Place) -> Place | None:
    if not source:
        return None
    target.append(here)
    return source.pop()
