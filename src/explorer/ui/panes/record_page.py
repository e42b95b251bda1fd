"""The record in full."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.events import MouseDown, MouseMove
from textual.reactive import var

from explorer.documents.front import front_page
from explorer.documents.news_words import SIGNS
from explorer.documents.pages import Longest, page_to_read
from explorer.record import labels, lists
from explorer.record.model import Ref
from explorer.ui import commands, key_words, style
from explorer.ui.panes import PANES
from explorer.ui.widgets.frame_title import set_title
from explorer.ui.widgets.reader import Reader, around
from explorer.view import View


def _rest(kind: str, left: int) -> str:
    """What is said where a list ends early."""
    listing = next((pane for pane in PANES if pane.kind == lists.listed_under(kind)), None)
    scope, search = key_words.cap("scope"), key_words.cap("search")
    way = f"{search} finds them by words"
    if listing:
        way = f"{scope}, then {key_words.cap(listing.name)}, lists them all"
    return f"… and {labels.tally(kind, left)} more: {way}."


_LONGEST = Longest(200, _rest)
"""Who wants more than so many rows wants to narrow them too, which a pane does."""


class RecordPage(Reader):
    """The page of the selected record."""

    BINDINGS = commands.bindings(commands.RECORD, "record")
    WIDEST = 96  # longer lines are tiring to read

    selected: var[Ref | None] = var(None)

    def __init__(self) -> None:
        super().__init__("record")
        self.add_class("record", update=False)
        self._fits = True
        self._opened: Ref | None = None
        """The record whose page is read."""
        self._pressed: tuple[int, int] | None = None

    def watch_view(self, before: View | None, view: View | None) -> None:
        """Another scope or another note changes nothing here; another day does."""
        if before is None or view is None or before.index is not view.index:
            self._open()
        elif before.news is not view.news:
            self.lay_out()  # its title says what is new

    def watch_selected(self) -> None:
        self._open()

    def follow(self, ref: Ref) -> None:
        """The record that is read has another name now: where one is in it stays."""
        self._opened = ref

    def _open(self) -> None:
        if self.view is None or self.selected is None or self.selected not in self.view.index:
            return
        self._opened, before = self.selected, self._opened
        is_whole = self.selected.kind == "negotiation"
        page = (
            front_page(self.view, _LONGEST)
            if is_whole
            else page_to_read(self.view, self.selected, _LONGEST)
        )
        if self._opened == before:
            self.show_again(page)
        else:
            self.show(page)

    def lay_out(self) -> None:
        if self.sheet is not None and self._opened is not None:
            kind = labels.KIND_NAMES[self._opened.kind]
            if self.sheet.view.is_disputed(self._opened):
                kind = f"{style.CONFLICT_MARK} {kind}"
            if self.view is not None and (
                fate := self.view.news.mark_of(self._opened, self.view.index)
            ):
                kind = f"{SIGNS[fate]} {fate} · {kind}"
            self._fits = cell_len(f"{kind} · {self.sheet.title}") <= self.room - 4
            set_title(self, Content(f"{kind} · {self.sheet.title}" if self._fits else kind))
        super().lay_out()

    def is_titled(self) -> bool:
        return not self._fits

    @property
    def sources(self) -> tuple[str, ...]:
        if self.selected is not None and self.selected.kind == "source":
            return (self.selected.id,)
        return super().sources

    def action_mark(self) -> None:
        """Mark words, from the link the keyboard is on or else from the top."""
        here = self.here
        seen = here is not None and self._is_seen(here)
        around(self).mark((here.first, here.left) if here and seen else (self.top, 0))

    def _cell(self, event: MouseDown | MouseMove) -> tuple[int, int] | None:
        place = event.get_content_offset(self)
        return (place.y + self.top, place.x - 1) if place is not None else None

    def on_mouse_down(self, event: MouseDown) -> None:
        self._pressed = self._cell(event)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Dragging over words marks them."""
        cell = self._cell(event) if event.button else None
        if cell is None:
            self._pressed = None
        elif self._pressed is not None and cell != self._pressed:
            around(self).mark(self._pressed, cell)
            self._pressed = None
