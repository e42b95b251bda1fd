"""A tour of the screen: a part of it in full light, and beside it what it is and its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.text import Text
from textual._context import visible_screen_stack
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.geometry import NULL_REGION, Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from explorer.ui import commands, key_words
from explorer.ui.app_services import app_services, keys_shown
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import TOUR
from explorer.ui.style import fitted
from explorer.ui.tour_stops import Stop

_WIDTHS = (52, 44, 36)
"""Cells of the box: as many as there is room for."""
_AROUND = Size(4, 2)
"""Cells of the frame and of the blanks within it."""
_FRAME = str.maketrans("╭╮╰╯─│", "┏┓┗┛━┃")


class Tour(Dialog[None]):
    """Any key that is not its own leaves it."""

    PLACE = "tour"
    BINDINGS = commands.bindings(TOUR, "tour", first=True)

    def __init__(self, stops: Sequence[Stop], go: Callable[[str], None]) -> None:
        """`go` puts the focus somewhere on the screen below, by a name."""
        super().__init__()
        self._stops, self._go = stops, go
        self._number = 0
        self._began_at = Size()
        self._lit, self._words = _Lit(), _Words()

    @property
    def _below(self) -> Screen[Any]:
        return self.app.screen_stack[0]

    def compose(self) -> ComposeResult:
        yield self._lit
        yield from super().compose()

    def body(self) -> ComposeResult:
        yield self._words

    def on_mount(self) -> None:
        self._began_at = self.app.size
        self.call_after_refresh(self._show)

    def on_resize(self, event: Resize) -> None:
        """What stands below is only laid out for another size when it is on top again."""
        if event.size != self._began_at:
            again = key_words.cap("tour")
            self.notify(f"The window has another size now; {again} shows you round again.")
            self.dismiss(None)

    def action_step(self, way: int) -> None:
        """Go to the next part or the one before; beyond the last one the tour is over."""
        if self._number + way == len(self._stops):
            self.dismiss(None)
        elif self._number + way < 0:
            self.notify("This is where it begins.")
        else:
            self._number += way
            self._show()

    def action_help(self) -> None:
        self.dismiss(None)

    def on_key(self, event: Key) -> None:
        event.stop()
        self.dismiss(None)

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_step(1)

    def _show(self) -> None:
        if not self.query(".dialog"):
            return  # it was left at once
        stop, below = self._stops[self._number], self._below
        part = _part(below, stop)
        if not part and stop.place:
            self._go(stop.place)
            below._refresh_layout()  # noqa: SLF001 -- it is not drawn while this stands over it
            part = _part(below, stop)
        self._lit.show(below, part)
        words = self._with_keys(stop.words)
        self._words.show(words)
        frame = self.query_one(".dialog")
        frame.border_title = Content(stop.title)
        frame.border_subtitle = Content(f"{self._number + 1} of {len(self._stops)}")
        there = self._place(part, words)
        frame.styles.offset = there.offset
        frame.styles.width, frame.styles.height = there.size
        self.refresh()

    def _with_keys(self, words: str) -> Text:
        """What is said, with the keys in force in the place of the commands that are named."""
        said = Text()
        for piece, is_key in key_words.pieces(words):
            said.append(keys_shown(self, piece) if is_key else piece, "key" if is_key else None)
        return said

    def _place(self, part: Region, words: Text) -> Region:
        """Where the words stand: beside the part, as wide as they may, or else at the bottom."""
        look = app_services(self).look
        room = Region(0, 0, self.size.width, self.size.height - 1)  # less the line of keys
        widths = [width for width in _WIDTHS if width < room.width] or [room.width]
        boxes = [
            Size(w, len(look.wrap(words, max(w - _AROUND.width, 1))) + _AROUND.height)
            for w in widths
        ]
        beside = (there for box in boxes for there in _beside(part, box, room))
        for there in beside if part else ():
            if room.contains_region(there):
                return there
        box = boxes[0]
        left, top = (room.width - box.width) // 2, max(room.height - box.height - 1, 0)
        return Region(left, top, *box)


class _Lit(Widget):
    """A part of the screen below, as it stands there, with a heavier frame if it has one."""

    def __init__(self) -> None:
        super().__init__(id="lit")
        self._below: Screen[Any] | None = None
        self._part = NULL_REGION
        self._strips: Sequence[Strip] = ()

    def show(self, below: Screen[Any], part: Region) -> None:
        """Show a part of a screen."""
        self._below, self._part = below, part
        self.display = bool(part)
        self.styles.offset = part.offset
        self.styles.width, self.styles.height = part.size
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._below is not None:
            # Each screen takes the one below it from this, and the tour comes after this part.
            before = visible_screen_stack.set([])
            self._strips = self._below._compositor.render_strips()  # noqa: SLF001 -- as it is drawn
            visible_screen_stack.reset(before)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        part = self._part
        if part.y + y >= len(self._strips):
            return Strip.blank(part.width)
        line = self._strips[part.y + y].crop(part.x, part.right)
        return Strip([s if s.control else type(s)(s.text.translate(_FRAME), s.style) for s in line])


class _Words(Widget):
    """What is said of the part."""

    def __init__(self) -> None:
        super().__init__(id="tour-words")
        self._said = Text()

    def show(self, words: Text) -> None:
        """Say something else."""
        self._said = words
        self.refresh()

    def render_line(self, y: int) -> Strip:
        look, width = app_services(self).look, self.size.width
        lines = look.wrap(self._said, width)
        line = fitted(lines[y] if y < len(lines) else Text(), width)
        return Strip(look.segments(line), width).apply_style(self.rich_style)


def _part(screen: Screen[Any], stop: Stop) -> Region:
    """Where a part of a screen stands; nowhere when there is no room for it."""
    for widget in screen.query(stop.part):
        if widget.display and widget.region.intersection(screen.region):
            return widget.region.intersection(screen.region)
    return NULL_REGION


def _beside(part: Region, box: Size, room: Region) -> Iterator[Region]:
    """The places on the four sides of a part."""
    middle = part.y + max((part.height - box.height) // 2, 0)
    left = min(part.x + 2, room.width - box.width - 1)
    yield Region(part.right + 1, middle, *box)
    yield Region(part.x - box.width - 1, middle, *box)
    yield Region(left, part.bottom + 1, *box)
    yield Region(left, part.y - box.height - 1, *box)
