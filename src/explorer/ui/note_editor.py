"""The editor of a note. It stays open with every word until the words are on disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from explorer.errors import NoteError
from explorer.notes import Note, Saved
from explorer.plain import one_line, plain
from explorer.ui import commands
from explorer.ui.ask import Answer, Ask
from explorer.ui.key_line import KeyLine
from explorer.ui.paint import Look


class Save(Protocol):
    """Saves a text that was made from the note with the digest `base`."""

    def __call__(
        self, text: str, *, base: str | None, created: datetime | None, copy: Path | None
    ) -> Saved: ...


_HINT = "Markdown; #tags are recognised."


class NoteText(TextArea):
    """The text of the note. Escape leaves, so tab may write a tab and traps nobody."""

    def __init__(self, text: str) -> None:
        super().__init__(
            plain(text), soft_wrap=True, show_line_numbers=False, tab_behavior="indent"
        )


class NoteEditor(ModalScreen[None]):
    """Writes the note on one record. `saved` is told of each save that reached the disk."""

    BINDINGS = commands.bindings(commands.EDITOR, first=True)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]

    def __init__(
        self, name: str, note: Note | None, save: Save, saved: Callable[[Saved], None], look: Look
    ) -> None:
        super().__init__()
        self._keys = KeyLine("editor")
        self._keys.look = look
        self._title = name
        self._save = save
        self._saved = saved
        self._base = note.digest if note else None
        self._created = note.created if note else None
        self._kept = plain(note.text) if note else ""
        self._copy: Path | None = None
        """The conflict copy that is written to, once the note itself is another's."""
        self._saving = False
        self._then: Callable[[], None] | None = None
        """What to do once everything is saved."""

    def compose(self) -> ComposeResult:
        with Vertical(id="editor", classes="dialog"):
            yield NoteText(self._kept)
            yield Static(_HINT, id="editor-status", markup=False)
        yield self._keys

    def on_mount(self) -> None:
        editor = self.query_one("#editor")
        editor.border_title = Content(f"Note on {self._title}")
        text = self.query_one(NoteText)
        text.move_cursor(text.document.end)
        text.focus()

    @property
    def text(self) -> str:
        return self.query_one(NoteText).text

    @property
    def unsaved(self) -> bool:
        """Whether there are words that are not on disk."""
        return self.text != self._kept

    @on(TextArea.Changed)
    def show_state(self) -> None:
        if not self._saving:
            self._say("Not saved yet." if self.unsaved else _HINT)

    @on(KeyLine.Clicked)
    async def run_clicked(self, event: KeyLine.Clicked) -> None:
        await self.run_action(event.command.action)

    def action_save(self) -> None:
        # By way of the text, so that letters typed before this key are in it.
        self.query_one(NoteText).call_later(self._save_now)

    def _save_now(self) -> None:
        if self._saving:
            self._say("Still saving…")
        elif not self.text.strip():
            self._say("There is nothing to save. To delete a note, leave and press D.", "warning")
        elif not self.unsaved:
            self._say("Nothing has changed since the last save.")
        else:
            self._begin()

    def _begin(self) -> None:
        self._saving = True
        self._say("Saving…")
        self._write(self.text)

    @work(thread=True)
    def _write(self, text: str) -> None:
        """Off the interface thread: a disk may take its time."""
        try:
            saved = self._saved_as(text)
        except NoteError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            self.app.call_from_thread(self._wrote, text, saved)

    def _saved_as(self, text: str) -> Saved:
        return self._save(text, base=self._base, created=self._created, copy=self._copy)

    def save_at_once(self) -> None:
        """Save what is unsaved before the program is ended from outside."""
        if self.unsaved and self.text.strip():
            with suppress(NoteError):  # there is nobody left to tell
                self._saved_as(self.text)

    def _failed(self, error: NoteError) -> None:
        self._saving, self._then = False, None
        self._say(f"{error.title}, and your words are still here. {plain(str(error))}", "error")

    def _wrote(self, text: str, saved: Saved) -> None:
        self._saving = False
        self._kept = text
        self._base, self._created = saved.note.digest, saved.note.created
        self._copy, known = saved.conflict, self._copy
        self._saved(saved)
        if self._then is not None and self.unsaved:
            self._begin()
        elif self._then is not None:
            self._then()
        elif saved.conflict is not None and saved.conflict != known:
            self._say(
                "The note had been changed elsewhere, so both are kept: yours is now "
                f"{one_line(saved.conflict.name)}, beside it.",
                "warning",
            )
        elif saved.remark:
            self._say(plain(saved.remark), "warning")
        else:
            self._say("Not saved yet." if self.unsaved else "Saved.", "success")

    def _say(self, words: str, tone: str = "") -> None:
        status = self.query_one("#editor-status", Static)
        status.update(Content(words))
        for name in ("warning", "error", "success"):
            status.set_class(name == tone, f"-{name}")

    def action_leave(self) -> None:
        self.leave(self._close)

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` when nothing is unsaved, or once the person has said what to do."""
        self.query_one(NoteText).call_later(self._leave_now, then)

    def _leave_now(self, then: Callable[[], None]) -> None:
        if not self.unsaved:
            then()
            return

        def answered(answer: str | None) -> None:
            if answer == "discard":
                then()
            elif answer == "save":
                self._then = then
                if not self._saving:
                    self._begin()

        self.app.push_screen(
            Ask(
                "This note has words that are not saved.",
                "",
                Answer("save", "s", "Save"),
                Answer("discard", "d", "Discard"),
                Answer("stay", "w", "Go on writing"),
            ),
            answered,
        )

    def _close(self) -> None:
        self.dismiss()
