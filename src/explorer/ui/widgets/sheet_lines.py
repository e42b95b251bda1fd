"""The lines of a sheet with the link that the keyboard is on, and what is found in them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from rich.text import Text
from textual.strip import Strip

from explorer.documents.pages import Sheet
from explorer.ui.widgets.findable_lines import Findable
from explorer.ui.widgets.layout import Layout, Stop
from explorer.ui.widgets.passages import Match, Passage
from explorer.ui.widgets.reading_order import passages_of, stop_at
from explorer.ui.widgets.sheet_text import is_marked


class SheetLines(Findable):
    """Laid out as far as somebody looks."""

    FIRST_COLUMN = 1

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.sheet: Sheet | None = None
        self._layout = Layout(None, 1, self.look, titled=True)
        self._laid_out_for: tuple[int, int] = (0, 0)
        """The room and the height that the layout is for."""
        self.stop = 0
        """Which link the keyboard is on; the first when there is none."""

    def _reach(self, lines: int) -> None:
        """Lay out so many lines at least, and know better how many there are."""
        self._layout.reach(lines)
        self.set_length(self._layout.length)

    @property
    def laid_out(self) -> Layout:
        """The whole sheet on lines."""
        self._layout.finish()
        self.set_length(self._layout.length)
        return self._layout

    def line(self, number: int) -> Text:
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
                if s.style and is_marked(s.style.meta, self.stop)
                else s
                for s in strip
            ],
            strip.cell_length,
        )

    @property
    def here(self) -> Stop | None:
        """Where the keyboard is; nowhere in a sheet without links."""
        return self._layout.stop(self.stop)

    def _show_stop(self) -> None:
        if (here := self.here) is not None:
            # Below the heads of its table, which stay at the top.
            over = 1 if self._layout.heads_over(here.first) is not None else 0
            self.show_line(here.first - over, min(here.last, here.first + self.tall - 1 - over))
        self.refresh()

    def _is_seen(self, stop: Stop) -> bool:
        return overlaps(stop, round(self.scroll_target_y), self.tall)

    # What is found in it.

    def passages(self) -> Iterator[Passage]:
        return passages_of(self.laid_out)

    def text_line(self, number: int) -> int:
        """None, where the heads of a table stand over it at the top."""
        heads = self._layout.heads_over(number) if number == self.top else None
        return number if heads is None else -1

    @property
    def origin(self) -> int:
        here = self.here
        return here.first if here is not None and self.stop and self._is_seen(here) else self.top

    def reach(self, match: Match) -> None:
        """Have the words in sight, with the keyboard on what they are part of."""
        stop = stop_at(self.laid_out, *match.places[0][:2])
        self.bring_in_sight(match)
        if stop is not None:
            self.stop = stop
            self._show_stop()
        over = 1 if self._layout.heads_over(match.first) is not None else 0
        self.show_line(match.first - over, min(match.last, match.first + self.tall - 1 - over))
        self.refresh()

    def take_in_stop(self, stop: int, nth: int) -> Match:
        """Be at the how manieth of those that stand in a stop, which is in sight now."""
        here, found = self.laid_out.stop(stop), self.found
        inside = [
            number
            for number in range(len(found))
            if here is not None
            and here.first <= found[number].first <= here.last
            and stop_at(self.laid_out, *found[number].places[0][:2]) == stop
        ]
        if inside:
            self._at = inside[min(nth, len(inside) - 1)]
        return found[self._at]


def overlaps(stop: Stop, top: int, tall: int) -> bool:
    """Whether any of a stop is in sight."""
    return stop.first < top + tall and stop.last >= top
