"""What the full-screen views share: a sheet made of the view, and a cursor in two directions."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from textual.content import Content

from explorer.documents.pages import Sheet
from explorer.documents.sheet import Span
from explorer.record.model import Ref
from explorer.ui.widgets.layout import Stop
from explorer.ui.widgets.reader import Reader, around
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view is asked besides the day and the scope."""

    about: Ref | None = None
    """The record that was shown when the view was opened."""
    since: date | None = None
    """The second date, when there is one."""
    otherwise: bool = False
    """Whether it shows what its own key changes to: all accounts, positions by round."""


class SheetView(Reader):
    """Made anew whenever the day, the scope or what it is asked changes."""

    NAME: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(self.NAME)
        self.asked = Asked()
        self._answered: Hashable = None
        """What the sheet that is read answers."""
        self._leads = True
        """Whether there is anything to go to."""

    def made(self, view: View) -> Sheet:
        """The sheet for a view."""
        raise NotImplementedError

    def question(self, view: View) -> Hashable:  # noqa: ARG002 -- children use it
        """What the sheet answers: an answer to something else is read from its top."""
        return replace(self.asked, about=None)

    def about_now(self, about: Ref | None) -> Asked:
        """What it is asked when it is opened again, about a record."""
        return replace(self.asked, about=about)

    def lead_on(self, view: View) -> str:
        """Which keys lead on from a sheet with nothing in it."""
        if view.chosen:
            return "Esc goes back to the panes; Esc again takes the last record off the scope."
        if view.scope.as_of is not None:
            return "] goes on to the next round, 0 to the last day covered."
        return "Esc goes back to the panes; i tells what the record has."

    @property
    def idle(self) -> tuple[str, ...]:
        """Its actions of which there is nothing to do them with."""
        return () if self._leads else ("follow",)

    def told(self) -> str:
        """What the lower border says of the entry under the cursor."""
        return ""

    def look_at(self, view: View, asked: Asked | None = None) -> None:
        """Look at another view of the negotiation, perhaps with another question."""
        self.set_reactive(SheetView.view, view)
        self.asked = asked or self.asked
        self.renew()

    def ask(self, asked: Asked) -> None:
        """Ask something else."""
        self.asked = asked
        self.renew()

    def renew(self) -> None:
        """Make the sheet anew."""
        if self.view is None:
            return
        sheet = self.made(self.view)
        self._leads = any(
            block.cells or _leads((*block.label, *block.spans)) for block in sheet.blocks
        )
        if not self._leads:
            sheet.add(Span(self.lead_on(self.view), "muted"))
        around(self).show_keys()
        self.border_title = Content(sheet.title)
        answered, self._answered = self._answered, self.question(self.view)
        if answered == self._answered:
            self.show_again(sheet)
        else:
            self.show(sheet)
        self.border_subtitle = Content(self.told())

    def _show_stop(self) -> None:
        super()._show_stop()
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
        stops, here = self.laid_out.stops, self.here
        if here is None:
            self.scroll_relative(y=down, animate=False)
            return
        if not self._is_seen(here) and self._take_up(down or right):
            return
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


def _leads(spans: tuple[Span, ...]) -> bool:
    return any(span.link is not None for span in spans)


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
