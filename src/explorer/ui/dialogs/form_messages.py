"""What a form says of what was typed in it: under its fields, and below all of them."""

from __future__ import annotations

from collections.abc import Container, Sequence

from explorer.adding import said_of_forms
from explorer.adding.candidate import Candidate, Duplicate
from explorer.adding.filled_form import ID, MISSING, FilledForm
from explorer.adding.said_of_forms import said_of
from explorer.record import labels
from explorer.ui import key_words
from explorer.ui.dialogs.form_row import FormRow
from explorer.ui.widgets.combobox import Combobox
from explorer.ui.widgets.form_line import FormLine

_NAMED = 4
"""Fields still to be filled in that are named."""


class FormMessages:
    """Puts into words how a form stands."""

    def __init__(self, form: FilledForm, *, is_apart: bool = False) -> None:
        """`is_apart` says that it goes to the person's own additions."""
        self._form, self._is_apart = form, is_apart

    def say_in(
        self, rows: Sequence[FormRow], here: FormRow | None, found: Candidate, *, is_tried: bool
    ) -> None:
        """Say under each field what is wrong with it, and how it is understood where one is.

        What is missing is said once the person has tried to save it.
        """
        same = {duplicate.place: duplicate for duplicate in found.duplicates}
        for row in rows:
            problem = found.problems.get(row.place, "")
            if problem == MISSING:
                problem = "This is needed" if is_tried else ""
            self._say_of(row, problem, same.get(row.place), is_here=row is here)

    def _say_of(self, row: FormRow, problem: str, same: Duplicate | None, *, is_here: bool) -> None:
        # Who is still typing the name of something is not told that it is none.
        if is_here and isinstance(row.editor, Combobox) and row.editor.is_open:
            problem = ""
        if same is not None and not problem:
            problem = (
                f"{labels.sentence(same.message)} {key_words.cap('go-to-it', 'form')} goes there"
            )
        row.say(problem, self._understood(row) if is_here else "")
        row.set_class(is_here, "-here")
        if row.field.key == ID and isinstance(row.editor, FormLine):
            made = self._form.id_of(self._form.parts[row.number])
            if row.editor.placeholder != made:
                row.editor.placeholder = made

    def _understood(self, row: FormRow) -> str:
        """The day that is meant, or the id that is made."""
        part = self._form.parts[row.number]
        if row.field.key == ID:
            return f"It will be {part.form.name}:{self._form.id_of(part)}."
        if row.field.typed_as not in ("day", "date"):
            return ""
        try:
            day = self._form.value(part, row.field)
        except ValueError:
            return ""
        if day is None:
            return ""
        weekday = f"{day:%A}, " if hasattr(day, "weekday") else ""
        return f"{weekday}{labels.day(day)}"

    def standing(self, found: Candidate) -> str:
        """What must be filled in still, or that nothing must."""
        if not found.problems:
            return key_words.said("ready: {form:save} saves")
        missing = [self._label(place) for place in found.missing]
        if not missing:
            return "something is wrong still"
        rest = " …" if missing[_NAMED:] else ""
        return f"still needed: {', '.join(missing[:_NAMED])}{rest}"

    def warning(
        self, found: Candidate, shown: Container[tuple[int, str]], *, is_tried: bool
    ) -> str:
        """What is wrong with a field that is not on the screen, or to be known of all."""
        for place, problem in found.problems.items():
            if place not in shown and (problem != MISSING or is_tried):
                return said_of(self._label(place), problem)
        return said_of_forms.later_than_the_record(self._form, is_apart=self._is_apart)

    def first(self, found: Candidate) -> str:
        """The first thing that is wrong, and how many more are."""
        place, problem = next(iter(found.problems.items()))
        more = len(found.problems) - 1
        rest = f" And {labels.counted(more, 'other field')}." if more else ""
        return f"{said_of(self._label(place), problem)}{rest}"

    def _label(self, place: tuple[int, str]) -> str:
        return said_of_forms.label_of(self._form, place)
