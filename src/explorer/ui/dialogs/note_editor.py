"""The editor of a note. It stays open with every word until the words are on disk.

What is typed is kept as a draft about once a second, and at once when the terminal loses
the focus, the program is stopped or ended: after a crash it is offered back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.widgets import Input, Static, TextArea

from explorer.errors import NoteError
from explorer.notes import Note, Saved, Words
from explorer.record import labels
from explorer.text.sanitize import one_line
from explorer.ui import commands, key_words
from explorer.ui.app_services import Waiting, app_services
from explorer.ui.dialogs.confirm import Answer, Confirm
from explorer.ui.dialogs.day_fields import DayFields
from explorer.ui.dialogs.dialog import Dialog, is_on_top
from explorer.ui.dialogs.dialog_commands import EDITOR
from explorer.ui.dialogs.note_writing import DraftKeeper, Saving, Writing
from explorer.ui.widgets.note_text import NoteText

_HINT = "Markdown; #tags are recognised."
_LEAST = Size(32, 9)
"""Room that is worth writing in."""
_DAYS_ABREAST = 52
"""In less room the days of a note stand below one another."""
_DRAFT_EVERY = 1.0
"""Seconds between drafts."""
_PATIENCE = 5.0
"""Seconds after which who leaves is asked rather than kept waiting for a slow disk."""


class NoteEditor(Dialog[None]):
    """Writes one note."""

    PLACE = "editor"
    BINDINGS = commands.bindings(EDITOR, "editor", first=True)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]

    def __init__(self, writing: Writing, place: Callable[[], Region]) -> None:
        """`place` says where the note will stand, as far as that is on the screen."""
        super().__init__()
        self.title = f"{'Answer' if writing.answered else 'Note'} on {writing.title}"
        self._quoted, self._remark = writing.quoted, writing.remark
        self._answered = writing.answered
        self._drafts = DraftKeeper(writing)
        self._saving = Saving(writing)
        self._days = DayFields(
            {"date": self._saving.opened.date, "due": self._saving.opened.due},
            {"date": writing.day, "due": writing.day_to_come},
        )
        self._place = place
        self._then: Callable[[], None] | None = None
        """What to do once everything is saved."""

    def body(self) -> ComposeResult:
        if self._answered:
            yield Static(f"To {one_line(self._answered)}", id="answered", markup=False)
        elif self._quoted:
            yield Static(f"“{one_line(self._quoted)}”", id="quoted", markup=False)
        yield NoteText(self._saving.opened.text)
        yield self._days
        with VerticalScroll(id="status-scroller", can_focus=False):
            yield Static(_HINT, id="editor-status", markup=False)

    def on_mount(self) -> None:
        text = self.query_one(NoteText)
        text.move_cursor(text.document.end)
        if self._remark:
            self._say(self._remark, "warning")
        self.set_interval(_DRAFT_EVERY, self.keep_draft)

    def on_resize(self) -> None:
        """Stand where the note will, if there is room to write: elsewhere the edge has some."""
        place, frame = self._place(), self.query_one(".dialog")
        has_room = place.width >= _LEAST.width and place.height >= _LEAST.height
        self.set_class(has_room, "-in-place")
        self.set_class(has_room and place.width < _DAYS_ABREAST, "-slim")
        if has_room:
            frame.styles.offset = place.offset
            frame.styles.width, frame.styles.height = place.size
        else:
            for rule in ("offset", "width", "height"):
                frame.styles.clear_rule(rule)

    # What is written.

    @property
    def text(self) -> str:
        return self.query_one(NoteText).text

    @property
    def words(self) -> Words:
        """What stands in the editor; a day that cannot be read stays as it was."""
        date, due = self._days.day("date"), self._days.day("due")
        return replace(self._saving.opened, text=self.text, date=date, due=due)

    @property
    def unsaved(self) -> bool:
        """Whether there is anything that is not on disk."""
        return self.words != self._saving.on_disk or bool(self._days.problem)

    @on(TextArea.Changed)
    def show_state(self) -> None:
        if self._saving.under_way is None:
            state = f"Not saved yet. {self._remark}".strip() if self.unsaved else self._remark
            self._say(state or _HINT, "warning" if self._remark else "")

    @on(Input.Changed)
    def show_day(self, event: Input.Changed) -> None:
        try:
            day = self._days.read(event.input.id or "")
        except ValueError as error:
            self._say(labels.sentence(str(error)), "warning")
            return
        if day is None:
            self.show_state()
        else:
            self._say(f"{day:%A}, {labels.day(day)}")

    def action_days(self) -> None:
        """Go to the note's own date, then to the day to look at it again, and back."""
        order = [self.query_one(NoteText), *self.query(Input)]
        here = next((n for n, field in enumerate(order) if field.has_focus), 0)
        there = order[(here + 1) % len(order)]
        self.set_focus(there)
        names = {"date": "the note’s date", "due": "the day to look at it again"}
        if name := names.get(there.id or ""):
            on = key_words.cap("dates", "editor")
            save = key_words.cap("save", "editor")
            self._say(f"This is {name}. {on} goes on, and back to the words; {save} saves.")
        else:
            self.show_state()

    def action_submit(self) -> None:
        """Enter in a day goes on to the next field."""
        self.action_days()

    def _say(self, words: str, tone: str = "") -> None:
        status = self.query_one("#editor-status", Static)
        if self._saving.failure:  # which is more than what is said besides
            words, tone = f"{self._saving.failure} {words}".strip(), "error"
        status.update(Content(words))
        for name in ("warning", "error", "success"):
            status.set_class(name == tone, f"-{name}")

    # Drafts.

    def keep_draft(self) -> None:
        """Keep what is unsaved, if it has changed since it was kept last."""
        words = self.words
        if self.unsaved and words != self._drafts.last:
            self._drafts.last = words
            self._write_draft(words, self._saving.note)

    @work(thread=True, group="drafts")
    def _write_draft(self, words: Words, note: Note | None) -> None:
        """Off the interface thread: a disk may take its time."""
        if trouble := self._drafts.keep(words, note):
            self.app.call_from_thread(self._say, trouble, "warning")

    def keep_at_once(self) -> str:
        """Keep what is unsaved before the program stops or is ended; say where it is."""
        if not self.unsaved or not self.text.strip():
            return ""
        return self._drafts.keep_at_once(self.words, self._saving.note)

    def _drop_draft(self) -> None:
        # The app does it: work of the editor would end with it, perhaps before it has begun.
        self.app.run_worker(self._drafts.drop, thread=True, group="drafts")

    # Saving.

    def action_save(self) -> None:
        if not self.text.strip():
            self._say("There is nothing to save. To delete a note, leave and press D.", "warning")
        elif reason := self._days.problem:
            self._say(f"Not saved: {reason}.", "warning")
        elif self._saving.under_way is None and not self.unsaved:
            self._say("Nothing has changed since the last save.")
        else:
            self._save(self.words)

    def _save(self, words: Words) -> None:
        is_now = self._saving.begin(words) is not None
        self._say("Saving…" if is_now else "Still saving…")
        if is_now:
            self._write(words)

    @work(thread=True)
    def _write(self, words: Words) -> None:
        """Off the interface thread: a disk may take its time."""
        try:
            saved = self._saving.write(words)
        except NoteError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            self.app.call_from_thread(self._wrote, words, saved)

    def _failed(self, error: NoteError) -> None:
        self._saving.failed(error)
        self._say("", "error")
        if self._then is not None:
            self._then = None
            self._ahead.drop()

    def _wrote(self, words: Words, saved: Saved) -> None:
        if (following := self._saving.wrote(words, saved)) is not None:
            self._say("Saving…")
            self._write(following)
        elif self._then is not None and self.unsaved:
            self._save(self.words)
        else:
            self._all_saved()

    def _all_saved(self) -> None:
        """No save is under way or asked for any more."""
        owed = self._saving.owed()
        then, self._then = self._then, None
        if not self.unsaved:
            self._drop_draft()
        if then is not None:
            then()
            self._ahead.let_go()
        elif owed:
            self._say(owed, "warning")
        else:
            self._say("Not saved yet." if self.unsaved else "Saved.", "success")

    # Leaving.

    def action_leave(self) -> None:
        self.leave(self._close)

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` when nothing is unsaved, or once the person has said what to do."""
        if not is_on_top(self):
            return  # it is asked already
        if self.words == self._saving.last and not self._days.problem:
            self._leave_once_saved(then)
        elif not self.unsaved or (self._saving.note is None and not self.text.strip()):
            self._drop_draft()
            then()
        else:
            self._ask(then)

    @property
    def _ahead(self) -> Waiting:
        return app_services(self).ahead

    def _leave_once_saved(self, then: Callable[[], None]) -> None:
        """Leave when the words are on disk; what is typed meanwhile is not for the note."""
        self._then = then
        self._ahead.hold()
        self.set_timer(_PATIENCE, partial(self._wait_no_longer, then))

    def _wait_no_longer(self, then: Callable[[], None]) -> None:
        if self._then is then:
            self._then = None
            self._ahead.drop()
            self._ask(then)

    def _ask(self, then: Callable[[], None]) -> None:
        def answered(answer: str | None) -> None:
            if answer == "discard":
                self._drop_draft()
                then()
            elif answer == "save" and self._days.problem:
                self._say(f"Not saved: {self._days.problem}.", "warning")
            elif answer == "save":
                self._save(self.words)
                self._leave_once_saved(then)

        self.app.push_screen(
            Confirm(
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
