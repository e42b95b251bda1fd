"""A sheet to read: text and tables with links that keyboard and mouse can reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.segment import Segment
from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.timer import Timer

from explorer.model import Ref
from explorer.page import Sheet
from explorer.ui import paint
from explorer.ui.layout import LINK, STOP, Layout, Stop
from explorer.ui.lines import Lines
from explorer.view import View

_SOON = 0.1
"""Seconds after which a person is taken to stay on a sheet, and not to step through many."""


class Reader(Lines):
    """Moving goes from link to link, scrolling between. Children say what there is to read."""

    WIDEST = 10_000
    """Wider panes leave the rest empty."""

    view: var[View | None] = var(None)

    @dataclass
    class Followed(Message):
        """A link was followed to this record."""

        ref: Ref

    class Left(Message):
        """The person wants to go back to the pane."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.sheet: Sheet | None = None
        self._layout: Layout | None = None
        self._rest: Timer | None = None
        """What lays out the rest of the sheet when the person stays."""
        self.stop = 0
        """Which link the keyboard is on."""

    def is_titled(self) -> bool:
        """Whether the title stands among the lines, and not on the border."""
        return False

    def lead(self, width: int) -> Sequence[Text]:  # noqa: ARG002 -- children use it
        """What stands above the sheet as it is, in lines of so many cells."""
        return ()

    def show(self, sheet: Sheet) -> None:
        """Read another sheet, from where one was."""
        self.sheet = sheet
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out what is seen first, and the rest once that is on screen."""
        if self.sheet is None or not self.size.width:
            return
        titled = self.is_titled()
        width = min(self.room - 2, self.WIDEST)
        lead = self.lead(width)
        layout = self._layout = Layout(self.sheet, width, self.look, titled=titled, lead=lead)
        layout.reach(self.top + self.tall)
        self.set_length(layout.length)
        self.refresh()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_SOON, partial(self._finish, layout))

    def _finish(self, layout: Layout) -> None:
        if layout is self._layout:
            layout.finish()
            self.correct_length(layout.length)
            self.stop = min(self.stop, max(len(layout.stops) - 1, 0))

    @property
    def laid_out(self) -> Layout:
        """The whole sheet on lines."""
        assert self._layout is not None, "nothing is asked of a sheet before it is shown"
        self._finish(self._layout)
        return self._layout

    def restyle(self, look: paint.Look) -> None:
        super().restyle(look)
        self.lay_out()

    def on_resize(self) -> None:
        """Lay out on the new width, keeping the link or else the place in sight."""
        before = max(self.virtual_size.height, 1)
        top = self.top
        self.lay_out()
        if self._layout is None:
            return
        if self.has_focus and self.stop:
            self._show_stop()
        elif top:
            self.scroll_to(y=top * len(self.laid_out.lines) // before, animate=False)

    def line(self, number: int) -> Text:
        assert self._layout is not None, "there are no lines before there is a sheet"
        self._layout.reach(number + 1)
        if number >= len(self._layout.lines):
            return Text()
        heads = self._layout.heads_over(number) if number == self.top else None
        return Text(" ") + (heads if heads is not None else self._layout.lines[number])

    def marked(self, _number: int, strip: Strip) -> Strip:
        if not self.has_focus:
            return strip
        here = self.look.styles["cursor"]
        return Strip(
            [
                Segment(s.text, s.style + here, s.control)
                if s.style and s.style.meta.get(STOP) == self.stop
                else s
                for s in strip
            ],
            strip.cell_length,
        )

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    @property
    def link(self) -> Ref | None:
        """The link the keyboard is on."""
        stops = self.laid_out.stops if self._layout else ()
        return stops[self.stop].link if self.stop < len(stops) else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources cited, in the order of their marks."""
        return tuple(self.sheet.cited) if self.sheet else ()

    def restore(self, stop: int, top: float) -> None:
        """Put the link cursor and the scroll back where they were."""
        self.stop = stop
        self.scroll_to(y=top, animate=False)
        self.refresh()

    def _show_stop(self) -> None:
        here = self.laid_out.stops[self.stop]
        # Below the heads of its table, which stay at the top.
        over = 1 if self.laid_out.heads_over(here.first) is not None else 0
        self.show_line(here.first - over, min(here.last, here.first + self.tall - 1 - over))
        self.refresh()

    def _is_seen(self, stop: Stop) -> bool:
        top = round(self.scroll_target_y)
        return stop.first < top + self.tall and stop.last >= top

    def action_next_link(self) -> None:
        """To the next link when it is in sight or near, otherwise down a line."""
        self._step(1)

    def action_previous_link(self) -> None:
        self._step(-1)

    def _step(self, way: int) -> None:
        stops = self.laid_out.stops
        following = self.stop + way
        # When the page was scrolled away from the link, take up the first one in sight.
        if stops and not self._is_seen(stops[self.stop]) and self._take_up(way):
            return
        if 0 <= following < len(stops) and self._is_near(stops[following]):
            self.stop = following
            self._show_stop()
            return
        self.scroll_relative(y=way, animate=False)

    def _take_up(self, way: int) -> bool:
        seen = [n for n, stop in enumerate(self.laid_out.stops) if self._is_seen(stop)]
        if seen:
            self.stop = seen[0] if way > 0 else seen[-1]
            self.refresh()
        return bool(seen)

    def _is_near(self, stop: Stop) -> bool:
        top = round(self.scroll_target_y)
        return top - 1 <= stop.first and stop.last <= top + self.tall

    def action_page_down(self) -> None:
        self.scroll_relative(y=self.tall - 1, animate=False)

    def action_page_up(self) -> None:
        self.scroll_relative(y=1 - self.tall, animate=False)

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
            self.post_message(self.Followed(self.link))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def on_click(self, event: Click) -> None:
        text = event.style.meta.get(LINK)
        if text:
            self.post_message(self.Followed(Ref.parse(text)))
