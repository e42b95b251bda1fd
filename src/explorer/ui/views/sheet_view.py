"""What the full-screen views share: a sheet made of the view, and a cursor in two directions."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content

from explorer.model import Ref
from explorer.page import Sheet
from explorer.ui.layout import Stop
from explorer.ui.reader import Reader
from explorer.view import View


class SheetView(Reader):
    """Made anew whenever the day, the scope or a parameter of its own changes."""

    NAME: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(self.NAME)
        self.about: Ref | None = None
        """The record that was shown when the view was opened."""

    def made(self, view: View) -> Sheet:
        """The sheet for a view."""
        raise NotImplementedError

    def told(self) -> str:
        """What the lower border says of the entry under the cursor."""
        return ""

    def _show_stop(self) -> None:
        super()._show_stop()
        self.border_subtitle = Content(self.told())

    def on_show(self) -> None:
        self.renew()

    def watch_view(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Make the sheet anew, when it can be seen."""
        if self.view is not None and self.display and self.is_mounted:
            before = self.link if self._layout is not None else None
            sheet = self.made(self.view)
            self.border_title = Content(sheet.title)
            self.show(sheet)
            links = [stop.link for stop in self.laid_out.stops] if self._layout else []
            if before is not None and links[self.stop : self.stop + 1] != [before]:
                self.stop = links.index(before) if before in links else 0
                self._show_stop() if links else None
            self.border_subtitle = Content(self.told())

    def action_below(self) -> None:
        self._move(down=1)

    def action_above(self) -> None:
        self._move(down=-1)

    def action_left(self) -> None:
        self._move(right=-1)

    def action_right(self) -> None:
        self._move(right=1)

    def _move(self, *, down: int = 0, right: int = 0) -> None:
        """To the nearest link in a direction; scroll when that is not near."""
        stops = self.laid_out.stops
        if not stops:
            self.scroll_relative(y=down, animate=False)
            return
        if not self._is_seen(stops[self.stop]) and self._take_up(down or right):
            return
        here = stops[self.stop]
        following = _sideways(stops, here, right) if right else _below(stops, here, down)
        if following is not None and (right or self._is_near(following) or self._is_tall(here)):
            self.stop = stops.index(following)
            self._show_stop()
        elif down:
            self.scroll_relative(y=down, animate=False)

    def _is_tall(self, here: Stop) -> bool:
        """Whether an entry fills the screen and its end is in sight: go on from there."""
        top = round(self.scroll_target_y)
        return here.first <= top and here.last <= top + self.tall


def _below(stops: list[Stop], here: Stop, way: int) -> Stop | None:
    """The next row's link that begins nearest to the column of this one."""
    if way > 0:
        row = min((s.first for s in stops if s.first > here.first), default=None)
    else:
        row = max((s.first for s in stops if s.first < here.first), default=None)
    beside = [stop for stop in stops if stop.first == row]
    return min(beside, key=lambda stop: abs(stop.left - here.left), default=None)


def _sideways(stops: list[Stop], here: Stop, way: int) -> Stop | None:
    """The next link in the same row."""
    row = [stop for stop in stops if stop.first == here.first]
    place = row.index(here) + way
    return row[place] if 0 <= place < len(row) else None
