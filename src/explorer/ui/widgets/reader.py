"""A sheet to read: text and tables with links that keyboard and mouse can reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, cast

from rich.text import Text
from textual.events import Click
from textual.reactive import var
from textual.widget import Widget

from explorer.documents.pages import Sheet
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.ui.widgets.layout import Across, Layout, Stop
from explorer.ui.widgets.note_marks import NotedWords
from explorer.ui.widgets.sheet_lines import SheetLines, overlaps
from explorer.ui.widgets.sheet_text import LINK
from explorer.values import dataclass
from explorer.view import View


class Around(Protocol):
    """What a widget asks of the screen that it stands on.

    It is asked at once and not by a message: the next key, which may come in the same
    moment, is meant for where this one leads.
    """

    def is_at_beginning(self) -> bool:
        """Whether there is nothing to go back to."""

    def go(self, ref: Ref, day: date | None = None) -> None:
        """Show a record, perhaps as it was on a day."""

    def read(self) -> None:
        """Go into the record shown."""

    def leave_record(self) -> None:
        """Go back to where one was before."""

    def show_keys(self) -> None:
        """Show the keys of where the person is, as far as they do anything now."""

    def mark(self, start: tuple[int, int], end: tuple[int, int] | None = None) -> None:
        """Mark words of the record, from a line and column and perhaps to another."""

    def action_do(self, deed: str) -> None:
        """Do what one of the actions does, by its name."""


def around(widget: Widget) -> Around:
    """The screen that a widget of the main screen stands on."""
    return cast("Around", widget.screen)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a sheet somebody is."""

    stop: int = 0
    """The link the keyboard is on, by its number."""
    top: float = 0
    """How far it is scrolled …"""
    room: int = 0
    """… in lines of so many cells."""
    link: Ref | None = None
    """The record that the link names."""
    key: str = ""
    """What is pointed at in a drawing above the sheet, by a key of its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where in a sheet somebody is, by what stands there, to be there in another sheet too."""

    layout: Layout
    stop: int
    top: int
    tall: int


_NO_SECTIONS = "This has no sections."


@dataclass(frozen=True, slots=True)
class _Section:
    """The section that was gone to last: the last ones cannot be scrolled to the top."""

    laid_out: Layout
    top: int
    """How far all was scrolled then."""
    last: int
    """The line of its name."""


class Reader(SheetLines):
    """Moving goes from link to link, scrolling between. Children say what there is to read.

    There is a layout at any moment, of what is read at that moment: before the first sheet
    it is empty, and before the first place on the screen it is as wide as may be (see
    `Lines`). When the place turns out otherwise, what the keyboard is on stays in sight.
    """

    WIDEST = 10_000
    """Wider panes leave the rest empty."""

    across: Across | None = None
    """How the cells of tables stand that do not fit side by side; None: below one another."""

    noted: tuple[NotedWords, ...] = ()
    """What notes are on, which is marked."""

    view: var[View | None] = var(None)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._section: _Section | None = None
        self._came_from: tuple[Standing, int, int] | None = None
        """Where the person moved to last, and where that has brought them in the sheet now."""

    def is_titled(self) -> bool:
        """Whether the title stands among the lines, and not on the border."""
        return False

    def lead(self, width: int) -> Sequence[Text]:  # noqa: ARG002 -- children use it
        """What stands above the sheet as it is, in lines of so many cells."""
        return ()

    def show(self, sheet: Sheet) -> None:
        """Read another sheet, from its top."""
        self.end_finding()
        self.sheet = sheet
        self.stop = 0
        self.lay_out()
        self.scroll_to(y=0, animate=False)

    @property
    def standing(self) -> Standing:
        """Where the person moved to last."""
        stop, top = self.stop, round(self.scroll_target_y)
        if self._came_from is not None and self._came_from[1:] == (stop, top):
            return self._came_from[0]
        return Standing(self._layout, stop, top, self._laid_out_for[1])

    def show_again(self, sheet: Sheet | None, was: Standing | None = None) -> None:
        """Read what is the same sheet in another form: of another day, or in other lines.

        The keyboard stays on its entry, at the height where it is seen, or goes to the
        nearest that is still there, until it is there again. Who has not moved stays at the top.
        Who comes back to a sheet comes back to where they were.
        """
        was = was or self.standing
        self._be_there(sheet, was)
        self._came_from = (was, self.stop, round(self.scroll_target_y))

    def _be_there(self, sheet: Sheet | None, was: Standing) -> None:
        before, top, tall = was.layout, was.top, was.tall
        self.stop = was.stop
        was_at_end = top > 0 and top + tall >= before.length
        seen = [n for n, stop in enumerate(before.stops) if overlaps(stop, top, tall)]
        was_seen = self.stop in seen
        stays = self.stop if was_seen or not seen else seen[0]
        self.sheet = sheet
        self.lay_out()
        if not (self.stop or top):
            self.scroll_to(y=0, animate=False)
            return
        self.stop = self._layout.nearest(before, self.stop)
        now = self._layout.stop(self._layout.nearest(before, stays)) if top and seen else None
        if was_at_end:
            self.scroll_to(y=self.laid_out.length, animate=False)
        elif now is not None:
            top += now.first - before.stops[stays].first
            self._reach(top + self.tall)
            self.scroll_to(y=top, animate=False)
        elif top:
            lines = self.laid_out.length
            self.scroll_to(y=top * lines // max(before.length, 1), animate=False)
        if self.stop and was_seen:
            self._show_stop()

    def lay_out(self) -> None:
        """Lay out what is seen; the rest when somebody goes there."""
        width = max(min(self.room - 2, self.WIDEST), 1)
        lead, titled = self.lead(width), self.is_titled()
        self._layout = Layout(
            self.sheet,
            width,
            self.look,
            titled=titled,
            lead=lead,
            across=self.across,
            noted=self.noted,
        )
        self._laid_out_for = (self.room, self.tall)
        self.text_changed()
        self._reach(self.top + self.tall)
        self.refresh()

    def watch_scroll_y(self, before: float, now: float) -> None:
        super().watch_scroll_y(before, now)
        self._reach(round(now) + self.tall)

    def on_resize(self) -> None:
        """Lay out for the new place, keeping the link or else what is in sight."""
        if (self.room, self.tall) != self._laid_out_for:
            self.show_again(self.sheet)

    @property
    def idle(self) -> tuple[str, ...]:
        """Its commands of which there is nothing to do them with."""
        return ()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    @property
    def link(self) -> Ref | None:
        """The link the keyboard is on."""
        return self.here.link if self.here is not None else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources cited, in the order of their marks."""
        if self.sheet is None:
            return ()
        self.sheet.finish()
        return tuple(self.sheet.cited)

    @property
    def spot(self) -> Spot:
        """Where the person is, to come back to."""
        return Spot(self.stop, self.scroll_target_y, self.room, self.link)

    def way_back(self) -> Callable[[], None]:
        spot = self.spot
        return lambda: self.restore(spot)

    def restore(self, spot: Spot) -> None:
        """Put the link cursor and the scroll back where they were."""
        self.stop = self._stop_at(spot)
        self._reach(round(spot.top) + self.tall)
        self.scroll_to(y=spot.top, animate=False)
        if spot.room != self.room or self.stop != spot.stop:  # other lines stand there now
            self._show_stop()
        self.refresh()

    def _stop_at(self, spot: Spot) -> int:
        """The link that is at a spot: on another day the same may stand elsewhere."""
        here = self._layout.stop(spot.stop)
        if here is not None and (spot.link is None or here.link == spot.link):
            return spot.stop
        same = [n for n, (link, _) in enumerate(self._layout.entries()) if link == spot.link]
        last = max(len(self._layout.stops) - 1, 0)
        return min(same, key=lambda n: abs(n - spot.stop), default=min(spot.stop, last))

    def action_next_link(self) -> None:
        """To the next link when it is in sight or near, otherwise down a line."""
        self._step(1)

    def action_previous_link(self) -> None:
        self._step(-1)

    def _step(self, way: int) -> None:
        self._reach(round(self.scroll_target_y) + self.tall + 1)
        stops, here = self._layout.stops, self.here
        following = self.stop + way
        # When the page was scrolled away from the link, take up the first one in sight.
        if here is not None and not self._is_seen(here) and self._take_up(way):
            return
        if 0 <= following < len(stops) and self._is_near(stops[following]):
            self.stop = following
            self._show_stop()
            return
        self.scroll_relative(y=way, animate=False)

    def _take_up(self, way: int) -> bool:
        seen = [n for n, stop in enumerate(self._layout.stops) if self._is_seen(stop)]
        if seen:
            self.stop = seen[0] if way > 0 else seen[-1]
            self.refresh()
        return bool(seen)

    def _is_near(self, stop: Stop) -> bool:
        top = round(self.scroll_target_y)
        return top - 1 <= stop.first and stop.last <= top + self.tall

    def action_page_down(self) -> None:
        self._reach(round(self.scroll_target_y) + 2 * self.tall)
        super().action_page_down()

    def action_section(self, way: int) -> None:
        """To the next section, or the one before, with the keyboard on what is first in it."""
        layout, top = self.laid_out, round(self.scroll_target_y)
        here = self._section
        at = here.last if here is not None and here.laid_out is layout and here.top == top else top
        others = [line for line in layout.sections if (line > at if way > 0 else line < at)]
        if not others:
            which = "last" if way > 0 else "first"
            self.notify(f"This is the {which} section." if layout.sections else _NO_SECTIONS)
            return
        line, before = others[0] if way > 0 else others[-1], (self.stop, top)
        self.scroll_to(y=line, animate=False)
        self._section = _Section(layout, round(self.scroll_target_y), line)
        inside = (n for n, stop in enumerate(layout.stops) if stop.first >= line)
        self.stop = next(inside, self.stop)
        self.refresh()
        if (self.stop, round(self.scroll_target_y)) == before:
            name = one_line(layout.lines[line].plain).rstrip(" ─")
            self.notify(f"{name}: in sight, with nothing in it to go to.")

    def action_first(self) -> None:
        self.stop = 0
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def action_last(self) -> None:
        self.stop = max(len(self.laid_out.stops) - 1, 0)
        self.scroll_to(y=self.virtual_size.height, animate=False)
        self.refresh()

    def action_follow(self) -> None:
        if self.link is not None:
            around(self).go(self.link)
        else:
            self.notify("There is nothing to go to here.")

    def action_leave(self) -> None:
        around(self).leave_record()

    def on_click(self, event: Click) -> None:
        text = event.style.meta.get(LINK)
        if text:
            around(self).go(Ref.parse(text))
