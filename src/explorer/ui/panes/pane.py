"""What the four panes share: a title with a count, a list of records and a filter."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var

from explorer.documents import news_words
from explorer.text.folding import words_of
from explorer.ui import key_words
from explorer.ui.panes import PaneKind
from explorer.ui.panes.record_list import RecordList
from explorer.ui.widgets.frame_title import set_title
from explorer.view import View

_FRAME = 8
"""Cells that the frame takes beside a title."""


class Pane(Vertical):
    """A numbered pane, which lists the records of its kind."""

    view: var[View | None] = var(None)
    words: var[str] = var("")
    """The filter as typed."""

    def __init__(self, kind: PaneKind) -> None:
        super().__init__(id=kind.name, classes="pane")
        self.kind = kind
        self._is_reading = False
        """Whether what filters look through is being read."""

    def compose(self) -> ComposeResult:
        yield RecordList(self.kind.painter)

    @property
    def list(self) -> RecordList:
        return self.query_one(RecordList)

    def watch_view(self) -> None:
        self._fill()

    def watch_words(self) -> None:
        self._fill()

    def _fill(self) -> None:
        if self.view is None or not self.is_mounted:
            return
        if self.words and self.view.texts.is_needed(self.view.whole, self.kind.kind):
            self._read_texts()  # the rows follow
            return
        rows = self.view.rows(self.kind.kind, words_of(self.words))
        self.list.show(self.view, rows, self._reason_for_nothing())
        shown, total = self.view.counted(self.kind.kind, rows), self.view.total(self.kind.kind)
        count = str(total) if shown == total else f"{shown} of {total}"
        words = f" /{self.words}" if self.words else ""
        number = f"{self.kind.number} {self.kind.title} "
        room = self.size.width - len(number) - len(count) - _FRAME
        new = news_words.of_kind(self.view, self.kind.kind, rows, room)
        count = f"{count} · {new}" if new else count
        set_title(self, Content.assemble(number, (count, "not bold"), (words, "$text-accent")))
        self.set_class(not rows, "-empty")

    def _read_texts(self) -> None:
        """Have what filters look through read off the thread that draws, once."""
        view, kind = self.view, self.kind.kind
        if view is None or self._is_reading or not view.texts.is_needed(view.whole, kind):
            return
        self._is_reading = True

        def read() -> None:
            view.texts.read(view.whole, kind)
            self.app.call_from_thread(self._have_read)

        self.run_worker(read, thread=True)

    def _have_read(self) -> None:
        self._is_reading = False
        if self.words:
            self._fill()
            self._show_current()

    def _reason_for_nothing(self) -> str:
        if self.words:
            return f"Nothing has “{self.words}”. Esc clears."
        if self.view is not None and self.view.scope.chosen:
            return "None in scope; Esc widens it."
        if self.view is not None and self.view.scope.as_of is not None:
            return f"None yet; {key_words.cap('last-day')} goes to the last day."
        return f"None recorded; {key_words.cap('about')} shows all."

    @property
    def is_filtering(self) -> bool:
        """Whether a filter is being typed."""
        return self.has_class("-filtering")

    async def type_filter(self) -> None:
        """Open the line in which a filter is typed, and go there."""
        from explorer.ui.panes.filter_input import FilterInput

        self._read_texts()  # so that the first key finds them, or the second
        if not self.is_filtering:
            self.add_class("-filtering")
            await self.mount(FilterInput(self))
        self.screen.set_focus(self.query_one(FilterInput))

    def narrow(self, words: str) -> None:
        """Show what has the words typed so far."""
        if words != self.words:
            self.words = words
            self._show_current()

    def _show_current(self) -> None:
        if self.list.current is not None:
            self.post_message(RecordList.Highlighted(self.list.current))

    def move(self, rows: int) -> None:
        """Move the list’s cursor while a filter is typed."""
        self.list.cursor += rows

    async def end_filter(self) -> None:
        """Typing is over; the words stay."""
        self.screen.set_focus(self.list)
        self.remove_class("-filtering")
        await self.query("FilterInput").remove()
