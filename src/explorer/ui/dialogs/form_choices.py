"""What is offered in the fields of a form, and how what was chosen is called."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.adding import said_of_forms
from explorer.adding.filled_form import FilledForm, Part
from explorer.adding.form_fields import WITHIN, FormField
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.offers import Offers
from explorer.record import labels
from explorer.text.folding import fold, matches, words_of
from explorer.text.sanitize import one_line
from explorer.ui.widgets.combobox import Entry

ADD = "+"
"""Stands for a record that is yet to be added, where one is chosen."""


class FormChoices:
    """The entries of the comboboxes of a form."""

    def __init__(self, form: FilledForm, offered: Offers) -> None:
        self._form, self._offers = form, offered

    def heading(self, part: Part) -> str:
        """What stands above a part that is added for another."""
        is_chosen = part.origin is not None and (part.form.is_record or part.origin[1] != WITHIN)
        more = "; clear that to do without" if is_chosen else ""
        return f"{said_of_forms.heading(self._form, part)}{more}"

    def entries(self, part: Part, field: FormField, typed: str) -> Sequence[Entry]:
        """What goes with what was typed in a field; the names of records must have been read."""
        if not field.is_chosen:
            known = [Entry(value, name) for value, name in field.choices]
            words = words_of(typed)
            if any(entry.label == typed for entry in known):
                return known  # it is chosen already
            found = [each for each in known if matches(words, fold(each.label))]
            return sorted(found, key=lambda e: not fold(e.label).startswith(" ".join(words)))
        chosen = part.chosen.get(field.key, ())
        found = [
            Entry(each.name, each.label, each.detail)
            for each in self._offers.found(field.kinds, typed)
            if each.name not in chosen
        ]
        return [*found, *self._additions(field, typed)]

    def _additions(self, field: FormField, typed: str) -> list[Entry]:
        """That a record may be added which is not there yet."""
        words = labels.shortened(one_line(typed), 40)
        return [
            Entry(f"{ADD}{kind}", f"+ Add {FORM_KINDS[kind].title}", f"“{words}”" if words else "")
            for kind in said_of_forms.may_be_new(field)
        ]

    def label(self, name: str) -> str:
        """What to call a record, or a part of the form, that was chosen."""
        return said_of_forms.called(self._form, name)
