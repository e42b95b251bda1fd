"""Back and forward, as browsers have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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

    def following(self, now: Callable[[Ref], Ref]) -> Place:
        """The same, with records as they are called now."""
        viewed = self.viewed
        return replace(
            self,
            selected=now(self.selected),
            scope=self.scope.following(now),
            panes=self.panes.following(now),
            viewed=viewed and replace(viewed, question=viewed.question.following(now)),
        )


class History:
    """The places left behind, and those gone back from."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    @property
    def is_behind(self) -> bool:
        """Whether there is anything to go back to."""
        return bool(self._behind)

    def leave(self, place: Place) -> None:
        """Remember a place on going somewhere new."""
        self._behind.append(place)
        self._ahead.clear()

    def forget(self) -> None:
        """Begin anew."""
        self._behind.clear()
        self._ahead.clear()

    def follow(self, now: Callable[[Ref], Ref]) -> None:
        """Call the records of all places as they are called now."""
        for places in (self._behind, self._ahead):
            places[:] = [place.following(now) for place in places]

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
