"""Offering back what was being written when the program was ended."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from explorer.notes import Draft, Note
from explorer.record import clock, labels
from explorer.text.sanitize import plain
from explorer.text.word_diff import difference
from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import RECOVER, SCROLLING
from explorer.ui.dialogs.merge import paired
from explorer.ui.style import Look
from explorer.ui.widgets.lines import Lines


class _Words(Lines):
    """What was being written, with what is new in it."""

    BINDINGS = commands.bindings(SCROLLING)

    def __init__(self, draft: Draft, note: Note | None, look: Look) -> None:
        super().__init__()
        self.look = look
        self._draft, self._note = draft, note
        self._lines: list[Text] = []

    def line(self, number: int) -> Text:
        return self._lines[number]

    def on_resize(self) -> None:
        text = Text()
        own = self._note.text if self._note else ""
        for was, now in paired(plain(own), plain(self._draft.words.text)):
            for words, fate in difference(was, now):
                shown = f"[–{words.strip()}–] " if fate == "removed" else words
                text.append(shown, {"same": "", "added": "found", "removed": "muted"}[fate])
            text.append("\n")
        self._lines = self.look.wrap(text, self.room)
        self.set_length(len(self._lines))
        self.refresh()


class Recover(Dialog[str]):
    """Returns `take up`, `discard`, or `later`."""

    PLACE = "recover"
    BINDINGS = commands.bindings(RECOVER)

    def __init__(
        self, title: str, draft: Draft, note: Note | None, others: int, look: Look
    ) -> None:
        super().__init__()
        self._title, self._draft, self._others = title, draft, others
        self._note = note
        self._words = _Words(draft, note, look)

    def compose(self) -> ComposeResult:
        with Vertical(id="recover", classes="dialog") as dialog:
            dialog.border_title = Content("Words that were not saved")
            kept = clock.here(self._draft.kept) if self._draft.kept else None
            when = f" on {labels.day(kept.date())} at {kept:%H:%M}" if kept else ""
            more = f" {self._others} more after this." if self._others else ""
            what = "change to a note" if self._note else "note"
            told = f"A {what} on {self._title} was being written{when} when it was ended.{more}"
            yield Static(told, id="recover-told", markup=False)
            yield self._words
        yield self.keys

    def on_mount(self) -> None:
        self._words.focus()

    def action_choose(self, which: str) -> None:
        self.dismiss(which)
