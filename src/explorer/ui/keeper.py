"""Keeps where a person is when they leave, and finds it at the next start.

Loaded before the first screen; what it needs of the record is only loaded with that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from explorer import settings
from explorer.settings.setting_table import LAST

if TYPE_CHECKING:
    from explorer.ui.left_place import Left
    from explorer.view import View


class Keeper:
    """Keeps the place in a negotiation, by the negotiation."""

    def __init__(self, *, fresh: bool = False, on_day: bool = False) -> None:
        """`fresh` is for who begins anew, `on_day` for who has said on which day."""
        self._is_fresh = fresh or settings.read().value("start") != LAST
        self._on_day = on_day

    def found(self, view: View) -> Left | None:
        """Where the negotiation of a view was left; on the day of the view if that was said."""
        from explorer.ui import left_place

        left = None if self._is_fresh else left_place.read(_id(view))
        if left is None or not self._on_day:
            return left
        scope = replace(left.place.scope, as_of=view.scope.as_of)
        return replace(left, place=replace(left.place, scope=scope))

    def keep(self, view: View, left: Left) -> None:
        """Keep where it is left."""
        from explorer.ui import left_place

        left_place.write(_id(view), left)


def _id(view: View) -> str:
    return view.whole.dataset.negotiation.id
