"""The record in full."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, MouseDown, MouseMove
from textual.reactive import var

from explorer.documents.front import front_page
from explorer.documents.news_words import SIGNS
from explorer.documents.pages import Longest, page_to_read
from explorer.notes import Anchor
from explorer.record import labels, lists
from explorer.record.model import Ref
from explorer.ui import commands, key_words, newcomer, style
from explorer.ui.panes import PANES
from explorer.ui.widgets.frame_title import set_title
from explorer.ui.widgets.note_marks import NOTE, NotedWords, noted_words, to_be_noted
from explorer.ui.widgets.reader import Reader, around
from explorer.ui.widgets.sheet_text import LINK
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

    def __init__(self, show_note: Callable[[str], None]) -> None:
        """`show_note` goes to a note on the record, by its id."""
        super().__init__("record")
        self.add_class("record", update=False)
        self._fits = True
        self._opened: Ref | None = None
        """The record whose page is read."""
        self._pressed: tuple[int, int] | None = None
        self._show_note = show_note
        self._written_on: NotedWords | None = None
        """Words that a note is being written on."""

    def watch_view(self, before: View | None, view: View | None) -> None:
        """Another scope changes nothing here; another day does, and a note on its words."""
        if before is None or view is None or before.index is not view.index:
            self._open()
        elif before.notes is not view.notes and self._is_noted_anew():
            self.show_again(self.sheet)
        elif before.news is not view.news:
            if self._is_front():
                self._open()
            else:
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
        self._is_noted_anew()
        page = (
            front_page(self.view, _LONGEST, newcomer.how_to_go_on())
            if self._is_front()
            else page_to_read(self.view, self.selected, _LONGEST)
        )
        if self._opened == before:
            self.show_again(page)
        else:
            self.show(page)

    def open_anew(self) -> None:
        """Make the page anew, as there is something else to say on it."""
        self._open()

    def _is_front(self) -> bool:
        """Whether the front page is read, which is that of the negotiation."""
        return self.selected is not None and self.selected.kind == "negotiation"

    def _is_noted_anew(self) -> bool:
        """See which words carry a note; whether others do than before."""
        if self.view is None or self._opened is None:
            return False
        before, self.noted = self.noted, noted_words(self.view, self._opened)
        if self._written_on and all(a.words != self._written_on.words for a in self.noted):
            self.noted = (*self.noted, self._written_on)
        return self.noted != before

    @property
    def link(self) -> Ref | None:
        """The record that the link names which the keyboard is on; a note is none."""
        link = super().link
        return None if link is not None and link.kind == NOTE else link

    def action_follow(self) -> None:
        """Go where the link leads: to a record, or to the note on the words."""
        here = self.here
        if here is not None and here.link.kind == NOTE:
            self._show_note(here.link.id)
        else:
            super().action_follow()

    def on_click(self, event: Click) -> None:
        kind, _, note = str(event.style.meta.get(LINK, "")).partition(":")
        if kind == NOTE:
            event.prevent_default()
            self._show_note(note)

    def write_on(self, anchor: Anchor | None) -> None:
        """Mark words while a note is written on them, and have them in sight; None ends that."""
        if self.view is None or self._opened is None:
            return
        written = self._written_on
        self._written_on = to_be_noted(self.view, self._opened, anchor) if anchor else None
        if self._is_noted_anew():
            self.show_again(self.sheet)
        if anchor:
            self._show_written_on()
        elif written:  # from where the keyboard leads to what was written
            saved = [noted.id for noted in self.noted if noted.words == written.words]
            self.show_words_of(saved[-1] if saved else "")

    def _show_written_on(self) -> None:
        there = [stop for stop in self.laid_out.stops if stop.link == Ref(NOTE, "")]
        if there:
            ahead = 1 if self.tall > there[0].last - there[0].first + 1 else 0
            self.show_line(max(there[0].first - ahead, 0), there[0].last)

    def on_resize(self) -> None:
        """Keep in sight what a note is being written on."""
        if self._written_on:
            self.call_later(self._show_written_on)  # when it is laid out for the new room

    def show_words_of(self, note_id: str) -> bool:
        """Put the keyboard on the words that a note is on; whether they are marked."""
        links = [stop.link for stop in self.laid_out.stops]
        if Ref(NOTE, note_id) not in links:
            return False
        self.stop = links.index(Ref(NOTE, note_id))
        self._show_stop()
        return True

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
    def idle(self) -> tuple[str, ...]:
        return () if self._leads_out else (commands.QUIT_FRONT.action,)

    @property
    def _leads_out(self) -> bool:
        """Whether the way back from here is out of the program: nothing was seen before."""
        return self._is_front() and not self.is_finding and around(self).is_at_beginning()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == commands.QUIT_FRONT.action and not self._leads_out:
            return False
        return super().check_action(action, parameters)

    async def action_quit_front(self) -> None:
        await self.app.run_action(commands.QUIT.action, self.screen)

    @property
    def sources(self) -> tuple[str, ...]:
        if self.selected is not None and self.selected.kind == "source":
            return (self.selected.id,)
        return super().sources

    def action_mark(self) -> None:
        """Mark words, from the link that the keyboard was moved to or else from the top."""
        here = self.here if self.stop else None
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
