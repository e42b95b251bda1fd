"""The form in which something is added to the record. It stays open with every word until saved.

What is typed is checked as one goes, off the thread that draws, and kept as a draft about
once a second: after a crash it is offered back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Static

from explorer.adding.candidate import Candidate, examined
from explorer.adding.filled_form import FilledForm
from explorer.adding.kept_forms import KeptForm, KeptForms
from explorer.adding.offers import Offers
from explorer.documents.pages import page
from explorer.errors import ExplorerError
from explorer.record.model import Ref
from explorer.text.sanitize import plain
from explorer.ui import commands
from explorer.ui.dialogs.confirm import Answer, Confirm
from explorer.ui.dialogs.dialog import Dialog, is_on_top
from explorer.ui.dialogs.dialog_commands import FORM, FORM_MOVES
from explorer.ui.dialogs.form_body import FormBody
from explorer.ui.dialogs.form_choices import ADD
from explorer.ui.dialogs.form_messages import FormMessages
from explorer.ui.dialogs.form_row import FormRow
from explorer.ui.widgets.combobox import Combobox
from explorer.ui.widgets.sheet_preview import SheetPreview

_DRAFT_EVERY = 1.0
"""Seconds between drafts."""
_SAVING = "It is being saved; the form closes by itself when it is."


@dataclass(frozen=True)
class Adding:
    """What the form is about, and by what means."""

    form: FilledForm
    offers: Offers
    save: Callable[[FilledForm], str]
    """Adds it to the record, for another thread; where that is, in words. Raises ExplorerError."""
    kept: KeptForms
    left: KeptForm | None = None
    """The draft that it was taken up from."""
    is_apart: bool = False
    """Whether it goes to the person's own additions, and not into the dataset."""


@dataclass(frozen=True)
class Added:
    """How the form was left."""

    ref: Ref | None = None
    """The record that was added, or has a new entry."""
    chosen: tuple[Ref, ...] = ()
    """The records that were chosen for it."""
    where: str = ""
    """Where it was added, in words."""
    go: Ref | None = None
    """A record that the person went to instead."""
    is_other: bool = False
    """Whether something else is to be added."""


class AddForm(Dialog[Added]):
    """Adds one thing, with what it needs."""

    PLACE = "form"
    BINDINGS = [
        *commands.bindings(FORM, "form", first=True),
        *commands.bindings(FORM_MOVES, "form"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]

    def __init__(self, adding: Adding) -> None:
        super().__init__()
        self._adding, self._form = adding, adding.form
        where = ", to your own additions" if adding.is_apart else ""
        self.title = f"Add {self._form.main.form.title}{where}"
        self._body = FormBody(self._form, adding.offers)
        self._messages = FormMessages(self._form, is_apart=adding.is_apart)
        self._preview = SheetPreview()
        self._found = Candidate({})
        self._is_tried = False
        """Whether the person has asked for it to be saved: then what is missing is said."""
        self._is_examining = self._is_stale = False
        self.is_saving = False
        self._failure = self._meaning = ""
        self._status = ("", "?")
        """What is said of the form as a whole."""
        self._last_kept: dict[str, Any] = self._form.as_data()
        self._begun_with = self._last_kept

    def body(self) -> ComposeResult:
        with Horizontal(id="form-halves"):
            yield self._body
            yield self._preview
        yield Static(id="form-status", markup=False)
        yield Static(id="form-help", markup=False)

    def on_mount(self) -> None:
        self._examine()
        first = next((row for row in self._body.rows if not self._is_filled(row)), None)
        if first is not None:
            first.line.focus()
        self.set_interval(_DRAFT_EVERY, self.keep_draft)
        if self._adding.left is not None:
            self._adopt(self._adding.left)

    def _is_filled(self, row: FormRow) -> bool:
        part, key = self._form.parts[row.number], row.field.key
        return bool(part.typed.get(key) or part.chosen.get(key))

    @property
    def idle(self) -> tuple[str, ...]:
        return () if self._found.duplicates else ("existing",)

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """As Textual's, which would scroll before it is known what stands where."""
        super().set_focus(widget, scroll_visible and widget is None, from_app_focus)

    # What is said.

    @on(DescendantFocus)
    def _explain(self) -> None:
        self._say_all()

    def _say_all(self) -> None:
        """Say what is wrong, what is missing, and what the field is for."""
        row = self._body.focused
        meaning = row.field.meaning.replace("`", "") if row is not None else ""
        if meaning != self._meaning:
            self._meaning = meaning
            self.query_one("#form-help", Static).update(Content(meaning))
        self._messages.say_in(self._body.rows, row, self._found, is_tried=self._is_tried)
        self._say_status()
        self.key_line.show(self.PLACE, self.idle)
        if row is not None:  # what is said may have moved it
            self.call_after_refresh(self._body.keep_in_sight)

    def _say_status(self) -> None:
        if self.is_saving:
            words, tone = "Saving …", ""
        elif self._failure:
            words, tone = self._failure, "error"
        else:
            shown = {row.place for row in self._body.rows}
            words = self._messages.warning(self._found, shown, is_tried=self._is_tried)
            tone = "warning"
        standing = self._messages.standing(self._found)
        if (words, standing) == self._status:
            return
        self._status = (words, standing)
        status = self.query_one("#form-status", Static)
        status.update(Content(words))
        status.display = bool(words)
        for name in ("warning", "error"):
            status.set_class(name == tone, f"-{name}")
        self.query_one(".dialog").border_subtitle = Content(standing)

    # Checking as one goes.

    @on(FormBody.Changed)
    def _changed(self) -> None:
        self._failure = ""
        self._examine()

    def _examine(self) -> None:
        """Look at it off this thread; what is typed meanwhile is looked at afterwards."""
        if self._is_examining:
            self._is_stale = True
            return
        self._is_examining, self._is_stale = True, False
        self._look_at(self._form.copied())

    @work(thread=True, group="examine")
    def _look_at(self, form: FilledForm) -> None:
        found = examined(form)
        if not self.app._exit:  # noqa: SLF001 -- nobody is there to hear of it
            self.app.call_from_thread(self._looked_at, found)

    def _looked_at(self, found: Candidate) -> None:
        self._is_examining = False
        if not self.query("#form-status"):
            return  # it was closed meanwhile
        self._found = found
        if found.preview is not None and found.shown is not None:
            self._preview.show(page(found.preview, found.shown))
        else:
            self._preview.show(None, "How it will read stands here once nothing is missing.")
        self._say_all()
        if self._is_stale:
            self._examine()

    # Keys.

    def action_submit(self) -> None:
        """Enter takes what the cursor is on, or else goes on to the next field."""
        row = self._body.focused
        if row is not None and isinstance(row.editor, Combobox):
            entry = row.editor.highlighted
            if entry is not None and not self._body.take(row, entry):
                return
        self.focus_next()

    def action_offers(self, way: int) -> None:
        """Move among what is offered, or to the next field."""
        row = self._body.focused
        if row is not None and isinstance(row.editor, Combobox):
            row.editor.move(way)
        elif way > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_onward(self) -> None:
        """Tab takes what typing has found, and goes on."""
        row = self._body.focused
        if row is not None and isinstance(row.editor, Combobox) and row.editor.typed.strip():
            entry = row.editor.highlighted
            if entry is not None and not entry.name.startswith(ADD):
                self._body.take(row, entry)
        self.focus_next()

    def action_backward(self) -> None:
        self.focus_previous()

    async def action_more(self) -> None:
        """Show the fields that are not asked for first."""
        row = self._body.focused or self._body.rows[0]
        if not await self._body.show_all(row):
            self.notify("All fields are shown.")

    def action_preview(self) -> None:
        """Show how it will read, where there is no room for both."""
        self.toggle_class("-preview")
        if self.has_class("-preview") and not self.has_class("-wide"):
            self.notify("This is how it will read. F2 goes back to the form.")

    def action_existing(self) -> None:
        """Go to the record that says the same already."""
        if not self._found.duplicates:
            self.notify("Nothing in the record says the same.")
            return
        ref = self._found.duplicates[0].ref
        self.leave(lambda: self._done(Added(go=ref)))

    def action_kind(self) -> None:
        """Add something else instead."""
        self.leave(lambda: self._done(Added(is_other=True)))

    # Saving.

    def action_save(self) -> None:
        self._is_tried = True
        if _must_wait(self):
            return
        self.is_saving = True
        self._say_status()
        self._save(self._form.copied())

    @work(thread=True, group="save")
    def _save(self, form: FilledForm) -> None:
        """Off the interface thread: the whole dataset is checked, and a disk may take its time."""
        found = examined(form)
        if found.problems:
            self.app.call_from_thread(self._not_saved, "", found)
            return
        try:
            where = self._adding.save(form)
        except ExplorerError as error:
            self.app.call_from_thread(self._not_saved, plain(str(error)), found)
        else:
            self._adding.kept.drop()
            self.app.call_from_thread(self._done, Added(form.subject, tuple(form.refs), where))

    def _not_saved(self, why: str, found: Candidate) -> None:
        self.is_saving = False
        self._failure = f"Not saved, and what you typed is still here: {why}" if why else ""
        self._looked_at(found)
        if not why:
            first = next((row for row in self._body.rows if row.place in found.problems), None)
            if first is not None:
                first.line.focus()
            self.notify(f"Not saved yet: {self._messages.first(found)}", severity="warning")

    # Drafts, and leaving.

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not saved."""
        is_changed = self._adding.left is not None or self._form.as_data() != self._begun_with
        return is_changed and not self._form.is_untouched

    def keep_draft(self) -> None:
        """Keep what was typed, if it has changed since it was kept last."""
        data = self._form.copied().as_data()
        if self.unsaved and data != self._last_kept:
            self._last_kept = data
            self._write_draft(data)

    @work(thread=True, group="drafts")
    def _adopt(self, left: KeptForm) -> None:
        """Keep a draft as this session's own, and only then let go of the old file."""
        if trouble := self._adding.kept.keep(left.data):
            self.app.call_from_thread(self.notify, trouble, severity="warning")
        else:
            self._adding.kept.taken(left)

    @work(thread=True, group="drafts")
    def _write_draft(self, data: dict[str, Any]) -> None:
        if trouble := self._adding.kept.keep(data):
            self.app.call_from_thread(self.notify, trouble, severity="warning")

    def keep_at_once(self) -> str:
        """Keep what was typed before the program stops or is ended; say where it is."""
        if not self.unsaved:
            return ""
        trouble = self._adding.kept.keep(self._form.as_data())
        return trouble or (
            f"What you were adding is kept in {self._adding.kept.where()}; + takes it up again."
        )

    def action_leave(self) -> None:
        row = self._body.focused
        if row is not None and isinstance(row.editor, Combobox) and row.editor.typed:
            row.editor.line.value = ""
            return
        self.leave(lambda: self._done(Added()))

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` when nothing is unsaved, or once the person has said what to do."""
        if not is_on_top(self) or _must_wait(self):
            return
        if not self.unsaved:
            self._drop(then)
            return

        def answered(answer: str | None) -> None:
            if answer == "discard":
                self._drop(then)
            elif answer == "save":
                self.action_save()

        self.app.push_screen(
            Confirm(
                "What you typed is not saved.",
                "",
                Answer("save", "s", "Save"),
                Answer("discard", "d", "Discard"),
                Answer("stay", "w", "Go on writing"),
            ),
            answered,
        )

    def _drop(self, then: Callable[[], None]) -> None:
        self.app.run_worker(self._adding.kept.drop, thread=True, group="drafts")
        then()

    def _done(self, added: Added) -> None:
        self.dismiss(added)


def _must_wait(form: AddForm) -> bool:
    """Whether a form is being saved, which is then said."""
    if form.is_saving:
        form.notify(_SAVING)
    return form.is_saving
