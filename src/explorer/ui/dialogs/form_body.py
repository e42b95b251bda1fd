"""The fields of a form on the screen, part by part, and what is chosen and pasted in them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from explorer.adding import bibliography, known_pages
from explorer.adding.filled_form import ID, FilledForm, Part
from explorer.adding.form_fields import FormField
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.offers import Offers
from explorer.record import labels
from explorer.text.sanitize import one_line
from explorer.ui.dialogs.form_choices import ADD, FormChoices
from explorer.ui.dialogs.form_row import Editor, FormRow
from explorer.ui.widgets.combobox import Combobox, Entry
from explorer.ui.widgets.form_line import FormLine, FormText

_ID_FIELD = FormField(
    ID, "Id", "line", False, "Its lasting name; made of the rest unless you type one.", True
)


class _PartBox(Vertical):
    """The fields of one part."""

    def __init__(self, part: Part) -> None:
        super().__init__(classes="form-part")
        self.part = part
        self.shows_all = False


class FormBody(VerticalScroll, can_focus=False):
    """Fills in a form. Whoever holds it hears of each change."""

    class Changed(Message):
        """Something was typed, chosen or taken back."""

    def __init__(self, form: FilledForm, offered: Offers) -> None:
        super().__init__()
        self.form, self.offers = form, offered
        self._choices = FormChoices(form, offered)

    def compose(self) -> ComposeResult:
        for part in self.form.parts.values():
            yield from self._part(part)

    def _part(self, part: Part) -> ComposeResult:
        box = _PartBox(part)
        with box:
            if part.origin is not None:
                yield Static(self._choices.heading(part), classes="form-heading", markup=False)
            for field in self._asked(part):
                yield self._row(part, field)
            if part.form.is_record and part.origin is None:
                yield self._row(part, _ID_FIELD)

    def _row(self, part: Part, field: FormField) -> FormRow:
        return FormRow(part.number, field, self._editor(part, field))

    def _editor(self, part: Part, field: FormField) -> Editor:
        pasted = partial(self._pasted, part, field)
        typed = part.id if field.key == ID else part.typed.get(field.key, "")
        if field.is_chosen or field.choices:
            return Combobox(
                partial(self._entries, part, field),
                many=field.typed_as == "records",
                pasted=pasted,
            )
        if field.typed_as == "words":
            return FormText(typed)
        other = part.form.same_as.get(field.key)
        as_other = f"as {self.form.field(part, other).label}, unless typed" if other else ""
        return FormLine(typed, placeholder=as_other, pasted=pasted)

    def on_mount(self) -> None:
        for row in self.rows:
            self._show(row)

    @property
    def rows(self) -> list[FormRow]:
        """The fields that are on the screen, from the top."""
        # What was taken off may be on the screen a moment longer.
        return [row for row in self.query(FormRow) if row.number in self.form.parts]

    def _of(self, editor: object) -> FormRow | None:
        """The field that is filled in there."""
        return next((row for row in self.rows if row.editor is editor), None)

    def row(self, number: int, key: str) -> FormRow | None:
        """The field of a part, if it is on the screen."""
        return next((row for row in self.rows if row.place == (number, key)), None)

    @property
    def focused(self) -> FormRow | None:
        """The field that the person is in."""
        return next((row for row in self.rows if row.line.has_focus), None)

    def keep_in_sight(self) -> None:
        """Scroll to the field that the person is in, with what it offers."""
        if (row := self.focused) is not None:
            editor = row.editor
            for part in editor.in_sight if isinstance(editor, Combobox) else (row, row.line):
                part.scroll_visible(animate=False, immediate=True)

    def _show(self, row: FormRow) -> None:
        """Have a combobox show what is chosen in its field."""
        part = self.form.parts.get(row.number)
        if part is None or not isinstance(row.editor, Combobox):
            return
        typed = part.typed.get(row.field.key, "")
        if row.field.is_chosen:
            names = part.chosen.get(row.field.key, ())
            row.editor.show_chosen(list(map(self._choices.label, names)), typed)
        else:
            typed = dict(row.field.choices).get(typed, typed)  # “English” for “en”
            row.editor.show_chosen((), typed)

    # What is offered.

    def _entries(self, part: Part, field: FormField, typed: str) -> Sequence[Entry]:
        if field.is_chosen and not self.offers.are_read(field.kinds):
            self._read(part, field)
            return [Entry("", "Looking …")]
        return self._choices.entries(part, field, typed)

    @work(thread=True, group="names")
    def _read(self, part: Part, field: FormField) -> None:
        for kind in field.kinds:
            self.offers.read(kind)
        self.app.call_from_thread(self._offer_again, part.number, field.key)

    def _offer_again(self, number: int, key: str) -> None:
        row = self.row(number, key) if self.is_attached else None
        if row is not None and row.line.has_focus and isinstance(row.editor, Combobox):
            row.editor.offer()

    # What is chosen.

    def take(self, row: FormRow, entry: Entry) -> bool:
        """Choose an entry in a field; whether the person is done with the field."""
        part, field = self.form.parts[row.number], row.field
        if not entry.name:
            return False
        if not field.is_chosen:
            part.typed[field.key] = entry.label
        elif entry.name.startswith(ADD):
            self._add(row, entry.name.removeprefix(ADD))
            return False
        else:
            self._choose(part, field, entry.name)
        self._show(row)
        if isinstance(row.editor, Combobox):
            row.editor.offer() if row.editor.many else row.editor.close()
        self.post_message(self.Changed())
        return field.typed_as != "records"

    def _choose(self, part: Part, field: FormField, name: str) -> None:
        before = part.chosen.get(field.key, ())
        if field.typed_as == "records":
            part.chosen[field.key] = (*before, name)
        else:
            for gone in before:
                self._drop(gone)
            part.chosen[field.key] = (name,)
        part.typed[field.key] = ""

    def _drop(self, name: str) -> None:
        """Let go of a part that is not meant any more."""
        part = self.form.part_of(name)
        if part is None:
            return
        self.form.remove_part(part.number)
        for box in self.query(_PartBox):
            if box.part.number not in self.form.parts:
                box.remove()

    def _add(self, row: FormRow, kind: str, fields: dict[str, str] | None = None) -> None:
        """Add a record with this one, because it is not there yet."""
        part, field = self.form.parts[row.number], row.field
        typed = part.typed.get(field.key, "")
        if kind == "source" and fields is None:
            fields = known_pages.typed(self.form.view, typed)
        new = self.form.add_part(FORM_KINDS[kind], row.place)
        self._choose(part, field, new.name)
        if fields is not None:
            new.typed |= fields
        elif typed.strip():
            new.typed["title" if kind == "source" else "name"] = one_line(typed)
        self._show(row)
        if isinstance(row.editor, Combobox):
            row.editor.close()
        boxes = list(self.query(_PartBox))
        after = next(box for box in boxes if box.part is part)
        made = [p for p in self.form.parts.values() if p.number >= new.number]
        for each in reversed(made):
            self._mount_part(each, after)
        self.post_message(self.Changed())
        self.call_after_refresh(self._go_to_first_empty, new.number)

    def _mount_part(self, part: Part, after: _PartBox) -> None:
        box = _PartBox(part)
        rows = [self._row(part, field) for field in self._asked(part)]
        heading = Static(self._choices.heading(part), classes="form-heading", markup=False)
        box.compose_add_child(heading)
        for row in rows:
            box.compose_add_child(row)
        self.mount(box, after=after)
        for row in rows:
            self.call_after_refresh(self._show, row)

    def _asked(self, part: Part) -> list[FormField]:
        # What is filled in is not to be out of sight.
        filled = {key for of in (part.typed, part.chosen) for key, said in of.items() if said}
        return [f for f in self.form.fields(part) if f.is_first or f.key in filled]

    def _go_to_first_empty(self, number: int) -> None:
        rows = [row for row in self.rows if row.number == number]
        part = self.form.parts.get(number)
        empty = (row for row in rows if part and not part.typed.get(row.field.key))
        if (row := next(empty, rows[0] if rows else None)) is not None:
            row.line.focus()

    @on(Combobox.Taken)
    def _take_clicked(self, event: Combobox.Taken) -> None:
        event.stop()
        if (row := self._of(event.box)) is None:
            return
        if self.take(row, event.entry):
            self.screen.focus_next()
        elif row.is_attached and not event.entry.name.startswith(ADD):
            row.line.focus()

    @on(Combobox.TakenBack)
    def _take_back(self, event: Combobox.TakenBack) -> None:
        event.stop()
        if (row := self._of(event.box)) is None:
            return
        part = self.form.parts[row.number]
        names = part.chosen.get(row.field.key, ())
        if event.place < len(names):
            self._drop(names[event.place])
            part.chosen[row.field.key] = names[: event.place] + names[event.place + 1 :]
        self._show(row)
        row.line.focus()
        event.box.offer()
        self.post_message(self.Changed())

    # What is typed and pasted.

    @on(Combobox.Typed)
    def _typed_in_box(self, event: Combobox.Typed) -> None:
        event.stop()
        if (row := self._of(event.box)) is None:
            return
        part, field = self.form.parts[row.number], row.field
        typed, is_empty = event.box.typed, not event.box.line.value
        if field.typed_as == "record" and (typed or is_empty):
            for name in part.chosen.get(field.key, ()):  # it is not meant any more
                self._drop(name)
            part.chosen[field.key] = ()
        part.typed[field.key] = typed
        self.post_message(self.Changed())

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        field = event.input if isinstance(event, Input.Changed) else event.text_area
        if (row := self._of(field)) is None:
            return
        part = self.form.parts[row.number]
        typed = field.value if isinstance(field, Input) else field.text
        if row.field.key == ID:
            part.id = typed
        else:
            part.typed[row.field.key] = typed
        self.post_message(self.Changed())

    def _pasted(self, part: Part, field: FormField, text: str) -> bool:
        """Take a source that was pasted: as one to choose, or for the fields of a new one."""
        is_choice = field.kinds == ("source",)
        is_line = part.form.name == "source" and field.key in ("title", "publisher", "address")
        if not (is_choice or is_line) or not bibliography.looks_like(text):
            return False
        row = self.row(part.number, field.key)
        if row is None:
            return False
        try:
            found = known_pages.completed(self.form.view, bibliography.read(text))
        except ValueError as error:
            self.notify(labels.sentence(str(error)), severity="warning")
            return False
        if is_choice:
            there = known_pages.of_address(self.form.view, found.get("address", ""))
            if there is not None:
                self.take(row, Entry(str(there), ""))
                self.notify("This page is a source of the record already; it is chosen.")
            else:
                self._add(row, "source", found)
        else:
            self.fill(part, found)
        return True

    def fill(self, part: Part, found: dict[str, str]) -> None:
        """Put what is known of a source into its fields, as far as they are empty."""
        for key, text in found.items():
            if key in ("address", "title") or not part.typed.get(key) or key in part.form.usual:
                part.typed[key] = text
        for row in self.rows:
            if row.number == part.number:
                typed = part.typed.get(row.field.key, "")
                with suppress(AttributeError):
                    if isinstance(row.editor, FormLine) and row.field.key != ID:
                        row.editor.value = typed
                self._show(row)
        self.post_message(self.Changed())

    async def show_all(self, row: FormRow) -> int:
        """Show the fields of a part that are not asked for first; how many there are."""
        part = self.form.parts[row.number]
        shown = {each.field.key for each in self.rows if each.number == part.number}
        more = [field for field in self.form.fields(part) if field.key not in shown]
        box = next(box for box in self.query(_PartBox) if box.part is part)
        rows = [self._row(part, field) for field in more]
        if rows:
            await box.mount_all(rows)
            for each in rows:
                self._show(each)
            rows[0].line.focus()
        return len(rows)
