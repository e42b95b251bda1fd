"""The record in full: its page, with links the keyboard can reach."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from explorer import wording
from explorer.model import Ref
from explorer.page import Page, page
from explorer.ui import commands, paint
from explorer.ui.layout import LINK, STOP, Layout
from explorer.ui.lines import Lines
from explorer.view import View

_WIDEST = 96
"""Lines longer than this are tiring to read; wider panes leave the rest empty."""


class RecordPage(Lines):
    """The page of the selected record. Moving goes from link to link, scrolling between."""

    BINDINGS = commands.bindings(commands.RECORD)

    view: var[View | None] = var(None)
    selected: var[Ref | None] = var(None)

    @dataclass
    class Followed(Message):
        """A link was followed to this record."""

        ref: Ref

    class Left(Message):
        """The person wants to go back to the pane."""

    def __init__(self) -> None:
        super().__init__(id="record")
        self._page: Page | None = None
        self._layout: Layout | None = None
        self.stop = 0
        """Which link the keyboard is on."""

    def watch_view(self) -> None:
        """Another scope or another note changes nothing here; another dataset would."""
        if self._page is None:
            self._open()

    def watch_selected(self) -> None:
        self.stop = 0
        self._open()
        self.scroll_to(y=0, animate=False)

    def _open(self) -> None:
        if self.view is not None and self.selected is not None:
            self._page = page(self.view, self.selected)
            self._lay_out()

    def _lay_out(self) -> None:
        """Lay out what is seen first, and the rest once that is on screen."""
        if self._page is None or not self.size.width:
            return
        kind = wording.KIND_NAMES[self._page.ref.kind]
        fits = cell_len(f"{kind} · {self._page.title}") <= self.room - 4
        self.border_title = Content(f"{kind} · {self._page.title}" if fits else kind)
        width = min(self.room - 2, _WIDEST)
        layout = self._layout = Layout(self._page, width, self.look, titled=not fits)
        layout.reach(self.tall)
        self.set_length(layout.length)
        self.refresh()
        self.call_after_refresh(self._finish, layout)

    def _finish(self, layout: Layout) -> None:
        if layout is self._layout:
            layout.finish()
            self.correct_length(layout.length)

    @property
    def laid_out(self) -> Layout:
        """The whole page on lines."""
        assert self._layout is not None, "nothing is asked of a page before it is shown"
        self._finish(self._layout)
        return self._layout

    def restyle(self, look: paint.Look) -> None:
        super().restyle(look)
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out on the new width, keeping the link or else the place in sight."""
        before = max(self.virtual_size.height, 1)
        top = self.top
        self._lay_out()
        if self._layout is None:
            return
        if self.has_focus and self.stop:
            self._show_stop()
        elif top:
            self.scroll_to(y=top * len(self.laid_out.lines) // before, animate=False)

    def line(self, number: int) -> Text:
        assert self._layout is not None, "there are no lines before there is a page"
        self._layout.reach(number + 1)
        if number >= len(self._layout.lines):
            return Text()
        return Text(" ") + self._layout.lines[number]

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
        return stops[self.stop] if self.stop < len(stops) else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources cited on the page, in the order of their marks."""
        if self.selected is not None and self.selected.kind == "source":
            return (self.selected.id,)
        return tuple(self._page.cited) if self._page else ()

    def restore(self, stop: int, top: float) -> None:
        """Put the link cursor and the scroll back where they were."""
        self.stop = stop
        self.scroll_to(y=top, animate=False)
        self.refresh()

    def _show_stop(self) -> None:
        first, last = self.laid_out.stop_lines[self.stop]
        self.show_line(first, min(last, first + self.tall - 1))
        self.refresh()

    def _visible(self, stop: int) -> bool:
        first, last = self.laid_out.stop_lines[stop]
        top = round(self.scroll_target_y)
        return first < top + self.tall and last >= top

    def action_next_link(self) -> None:
        """To the next link when it is in sight or near, otherwise down a line."""
        self._step(1)

    def action_previous_link(self) -> None:
        self._step(-1)

    def _step(self, way: int) -> None:
        stops = self.laid_out.stops
        following = self.stop + way
        if stops and not self._visible(self.stop):
            # The page was scrolled away from the link: take up the first one in sight.
            seen = [stop for stop in range(len(stops)) if self._visible(stop)]
            if seen:
                self.stop = seen[0] if way > 0 else seen[-1]
                self.refresh()
                return
        if 0 <= following < len(stops):
            first, last = self.laid_out.stop_lines[following]
            top = round(self.scroll_target_y)
            if top - 1 <= first and last <= top + self.tall:
                self.stop = following
                self._show_stop()
                return
        self.scroll_relative(y=way, animate=False)

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
