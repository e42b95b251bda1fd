"""The editor of a note. It stays open with every word until the words are on disk.

What is typed is kept as a draft about once a second, and at once when the terminal loses
the focus, the program is stopped or ended: after a crash it is offered back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Protocol, runtime_checkable

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from explorer.errors import NoteError
from explorer.notes import Draft, Drafts, Note, Saved, Words
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import kept, one_line, plain
from explorer.ui import commands
from explorer.ui.app_services import Waiting, app_services
from explorer.ui.dialogs.confirm import Answer, Ask
from explorer.ui.dialogs.dialog import Dialog, is_on_top
from explorer.ui.dialogs.dialog_commands import EDITOR, WRITING
from explorer.ui.widgets import visible_signs
from explorer.ui.widgets.line_input import LineInput

Save = Callable[[Words, Note | None], Saved]
"""Saves the words over the note they were made from, as it was read; None for a new one."""

_TYPED = ("Cf", "Co", "Zl", "Zp", "Zs")
"""Kinds of characters that keyboards have and that are not printable to Python."""
_HINT = "Markdown; #tags are recognised."
_DRAFT_EVERY = 1.0
"""Seconds between drafts."""
_PATIENCE = 5.0
"""Seconds after which who leaves is asked rather than kept waiting for a slow disk."""


@dataclass(frozen=True)
class Writing:
    """What is being written, and by what means."""

    ref: Ref
    title: str
    """What the record is called."""
    note: Note | None
    """The note it is to replace, as it was read; None for a new one."""
    words: Words
    """What the editor opens with: the note's own words, a draft, or what was merged."""
    save: Save
    saved: Callable[[Saved], None]
    """Is told of each save that reached the disk."""
    day: Callable[[str], date]
    """The day of the record that a person means; raises ValueError."""
    day_to_come: Callable[[str], date]
    """The day on their own calendar that a person means; raises ValueError."""
    drafts: Drafts | None
    kept: bool = True
    """Whether the words that it opens with are those on disk."""
    quoted: str = ""
    """The words of the record that the note is about, as far as they may be shown."""
    remark: str = ""
    """What is to be known before anything is written."""


@runtime_checkable
class Copying(Protocol):
    """Keeps what was copied last, to the letter."""

    @property
    def copied(self) -> str:
        """The text, as the editor has it."""


class NoteText(TextArea):
    """The text of the note. Escape leaves, so tab may write a tab and traps nobody.

    It holds every character that a note may have: see `stand_in`. Nothing is deleted in one
    stroke, beyond a letter, without a word on how to bring it back.
    """

    BINDINGS = commands.bindings(WRITING)
    takes_any_character = True
    """So that what is pasted is not filtered on its way."""

    def __init__(self, text: str) -> None:
        super().__init__(
            visible_signs.standing_in(text),
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="indent",
        )

    @property
    def text(self) -> str:
        """What is written."""
        return visible_signs.real(self.document.text)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(visible_signs.standing_in(value))

    def get_line(self, line_index: int) -> Text:
        return Text(visible_signs.shown(self.document.get_line(line_index)), end="", no_wrap=True)

    def edit(self, edit: Edit) -> EditResult:
        # Signs stay signs: they are what is cut and pasted.
        edit.text = visible_signs.standing_in(visible_signs.real(edit.text))
        return super().edit(edit)

    async def _on_key(self, event: Key) -> None:
        # Spaces other than the common one, joiners and marks are no less typed for being
        # such as Python would not print.
        typed = event.character or ""
        if len(typed) == 1 and not typed.isprintable() and unicodedata.category(typed) in _TYPED:
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(typed, *self.selection)

    def action_cut(self) -> None:
        """Cut what is selected; never a whole line that only holds the cursor."""
        if self.selection.is_empty:
            self.notify(
                "Nothing is selected, so nothing was cut. Shift and the arrows select, F6 the line."
            )
        else:
            super().action_cut()
            self.notify("Cut. Ctrl+Z brings it back, Ctrl+V puts it elsewhere.")

    def action_delete_word_left(self) -> None:
        self._deleting(super().action_delete_word_left)

    def action_delete_word_right(self) -> None:
        self._deleting(super().action_delete_word_right)

    def action_delete_to_start_of_line(self) -> None:
        self._deleting(super().action_delete_to_start_of_line)

    async def action_delete_to_end_of_line_or_delete_line(self) -> None:
        before = self.text
        await super().action_delete_to_end_of_line_or_delete_line()
        self._say_what_became_of(before)

    def action_delete_line(self) -> None:
        self._deleting(super().action_delete_line)

    def _deleting(self, delete: Callable[[], None]) -> None:
        before = self.text
        delete()
        self._say_what_became_of(before)

    def _say_what_became_of(self, before: str) -> None:
        if self.text == before:
            self.notify("There is nothing to delete here.")
        else:
            self.notify("Deleted. Ctrl+Z brings it back.")

    def action_undo(self) -> None:
        """Take back the last change."""
        before = self.text
        super().action_undo()
        if self.text == before:
            self.notify("There is nothing to take back.")

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        before = self.text
        super().action_redo()
        if self.text == before:
            self.notify("There is nothing to make again.")

    def action_paste(self) -> None:
        """Put in what was cut or copied last."""
        app = self.app
        assert isinstance(app, Copying), "the app keeps what is copied"
        if not app.copied:
            self.notify("Nothing was cut or copied here yet; your terminal’s own key pastes more.")
        elif pasted := self._replace_via_keyboard(app.copied, *self.selection):
            self.move_cursor(pasted.end_location)


class NoteEditor(Dialog[None]):
    """Writes one note."""

    PLACE = "editor"
    BINDINGS = commands.bindings(EDITOR, first=True)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]

    def __init__(self, writing: Writing) -> None:
        super().__init__()
        self.title = f"Note on {writing.title}"
        self._writing = writing
        self._note = writing.note
        """The note as it is on disk, as far as is known here."""
        opened = replace(writing.words, text=kept(writing.words.text))
        self._opened = opened
        self._kept = opened if writing.kept else replace(opened, text="")
        """The words that are on disk."""
        self._drafted: Words | None = None
        self._saving: Words | None = None
        """The words that are being saved."""
        self._next: Words | None = None
        """Those to be saved after them."""
        self._owed = ""
        """What is to be told of a save, once no other follows it."""
        self._failure = ""
        """Why the last save failed; in sight until another does not."""
        self._then: Callable[[], None] | None = None
        """What to do once everything is saved."""

    def body(self) -> ComposeResult:
        if self._writing.quoted:
            yield Static(f"“{one_line(self._writing.quoted)}”", id="quoted", markup=False)
        yield NoteText(self._opened.text)
        with Horizontal(id="days"):
            yield Static("Date", classes="day-label")
            yield _day_field("date", self._opened.date)
            yield Static("Review on", classes="day-label")
            yield _day_field("due", self._opened.due)
        with VerticalScroll(id="editor-told", can_focus=False):
            yield Static(_HINT, id="editor-status", markup=False)

    def on_mount(self) -> None:
        text = self.query_one(NoteText)
        text.move_cursor(text.document.end)
        if self._writing.remark:
            self._say(self._writing.remark, "warning")
        self.set_interval(_DRAFT_EVERY, self.keep_draft)

    # What is written.

    @property
    def text(self) -> str:
        return self.query_one(NoteText).text

    @property
    def words(self) -> Words:
        """What stands in the editor; a day that cannot be read stays as it was."""
        return replace(
            self._opened,
            text=self.text,
            date=self._day("date", self._opened.date),
            due=self._day("due", self._opened.due),
        )

    def _day(self, name: str, before: date | None) -> date | None:
        typed = self.query_one(f"#{name}", Input).value.strip()
        if not typed:
            return None
        try:
            return self._meant(name, typed)
        except ValueError:
            return before

    def _meant(self, name: str, typed: str) -> date:
        return (self._writing.day_to_come if name == "due" else self._writing.day)(typed)

    @property
    def _unread(self) -> str:
        """Why one of the days cannot be read; nothing when both can."""
        for field in self.query(Input):
            try:
                if field.value.strip():
                    self._meant(field.id or "", field.value)
            except ValueError as error:
                return str(error)
        return ""

    @property
    def unsaved(self) -> bool:
        """Whether there is anything that is not on disk."""
        return self.words != self._kept or bool(self._unread)

    @on(TextArea.Changed)
    def show_state(self) -> None:
        if self._saving is None:
            remark = self._writing.remark
            told = f"Not saved yet. {remark}".strip() if self.unsaved else remark or _HINT
            self._say(told, "warning" if remark else "")

    @on(Input.Changed)
    def show_day(self, event: Input.Changed) -> None:
        typed = event.value.strip()
        if not typed:
            self.show_state()
            return
        try:
            day = self._meant(event.input.id or "", typed)
        except ValueError as error:
            self._say(labels.sentence(str(error)), "warning")
        else:
            self._say(f"{day:%A}, {labels.day(day)}")

    def action_days(self) -> None:
        """Go to the note's own date, then to the day to look at it again, and back."""
        order = [self.query_one(NoteText), *self.query(Input)]
        here = next((n for n, field in enumerate(order) if field.has_focus), 0)
        self.set_focus(order[(here + 1) % len(order)])

    def action_submit(self) -> None:
        """Enter in a day goes on to the next field."""
        self.action_days()

    # Drafts.

    def keep_draft(self) -> None:
        """Keep what is unsaved, if it has changed since it was kept last."""
        if self._writing.drafts is not None and self.unsaved and self.words != self._drafted:
            self._drafted = self.words
            self._write_draft(self._draft())

    def _draft(self) -> Draft:
        note = self._note
        known = (note.id, note.digest) if note is not None else (None, None)
        return Draft(self._writing.ref, self.words, *known)

    @work(thread=True, group="drafts")
    def _write_draft(self, draft: Draft) -> None:
        """Off the interface thread: a disk may take its time."""
        assert self._writing.drafts is not None, "asked only when there are drafts"
        trouble = self._writing.drafts.keep(draft)
        if trouble is not None:
            self.app.call_from_thread(self._say, plain(str(trouble)), "warning")

    def keep_at_once(self) -> str:
        """Keep what is unsaved before the program stops or is ended; say where it is."""
        if self._writing.drafts is None or not self.unsaved or not self.text.strip():
            return ""
        self._drafted = self.words
        trouble = self._writing.drafts.keep(self._draft())
        if trouble is None:
            where = one_line(str(self._writing.drafts.place))
            return f"What you were writing is kept in {where}; the next start offers it."
        from explorer.storage.crash_report import rescued

        if (path := rescued(self.text)) is not None:
            return f"What you were writing is kept in {one_line(str(path))}."
        return plain(str(trouble))

    @work(thread=True, group="drafts")
    def _drop_draft(self) -> None:
        if self._writing.drafts is not None:
            self._writing.drafts.drop()

    # Saving.

    def action_save(self) -> None:
        if not self.text.strip():
            self._say("There is nothing to save. To delete a note, leave and press D.", "warning")
        elif reason := self._unread:
            self._say(f"Not saved: {reason}.", "warning")
        elif self._saving is not None:
            self._next = self.words
            self._say("Still saving…")
        elif not self.unsaved:
            self._say("Nothing has changed since the last save.")
        else:
            self._begin(self.words)

    def _begin(self, words: Words) -> None:
        self._saving, self._failure = words, ""
        self._say("Saving…")
        self._write(words)

    @work(thread=True)
    def _write(self, words: Words) -> None:
        """Off the interface thread: a disk may take its time."""
        try:
            saved = self._writing.save(words, self._note)
        except NoteError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            self.app.call_from_thread(self._wrote, words, saved)

    def _failed(self, error: NoteError) -> None:
        self._saving = self._next = None
        self._failure = f"{error.title}, and your words are still here. {plain(str(error))}"
        self._say("", "error")
        if self._then is not None:
            self._then = None
            self._ahead.drop()

    def _wrote(self, words: Words, saved: Saved) -> None:
        known = self._note.path if self._note is not None else None
        self._kept, self._note = words, saved.note
        self._writing.saved(saved)
        if saved.conflict is not None and saved.conflict != known:
            self._owed = (
                "The note had been changed elsewhere, so both are kept: yours is now "
                f"{one_line(saved.conflict.name)}, beside it. M merges them."
            )
        elif saved.remark:
            self._owed = plain(saved.remark)
        following, self._saving, self._next = self._next, None, None
        if following is not None and following != words:
            self._begin(following)
        elif self._then is not None and self.unsaved:
            self._begin(self.words)
        else:
            self._all_saved()

    def _all_saved(self) -> None:
        """No save is under way or asked for any more."""
        owed, self._owed = self._owed, ""
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

    def _say(self, words: str, tone: str = "") -> None:
        status = self.query_one("#editor-status", Static)
        if self._failure:  # which is more than what is said besides
            words, tone = f"{self._failure} {words}".strip(), "error"
        status.update(Content(words))
        for name in ("warning", "error", "success"):
            status.set_class(name == tone, f"-{name}")

    # Leaving.

    def action_leave(self) -> None:
        self.leave(self._close)

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` when nothing is unsaved, or once the person has said what to do."""
        if not is_on_top(self):
            return  # it is asked already
        is_to_be_saved = self.words == (self._next or self._saving) and not self._unread
        if is_to_be_saved:
            self._leave_once_saved(then)
        elif not self.unsaved or (self._note is None and not self.text.strip()):
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
            elif answer == "save" and self._unread:
                self._say(f"Not saved: {self._unread}.", "warning")
            elif answer == "save":
                if self._saving is None:
                    self._begin(self.words)
                else:
                    self._next = self.words
                self._leave_once_saved(then)

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


def _day_field(name: str, day: date | None) -> Input:
    return LineInput(day.isoformat() if day else "", placeholder="none", id=name)
