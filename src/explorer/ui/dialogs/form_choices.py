"""What is offered in the fields of a form, and how what was chosen is called."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.adding import offers
from explorer.adding.filled_form import FilledForm, Part
from explorer.adding.form_fields import WITHIN, FormField
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.offers import Offers
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.folding import fold, matches, words_of
from explorer.text.sanitize import one_line
from explorer.ui.widgets.combobox import Entry

ADD = "+"
"""Stands for a record that is yet to be added, where one is chosen."""
_NEVER_WITH = ("quote", "milestone", "point")
"""What is added by itself and never along with something else."""


class FormChoices:
    """The entries of the comboboxes of a form."""

    def __init__(self, form: FilledForm, offered: Offers) -> None:
        self._form, self._offers = form, offered

    def heading(self, part: Part) -> str:
        """What stands above a part that is added for another."""
        whose = self._form.parts.get(part.origin[0]) if part.origin is not None else None
        if part.origin is None or whose is None or part.origin[1] == WITHIN:
            return "The post from which it speaks, if it is a person"
        label = self._form.field(whose, part.origin[1]).label
        return f"The new {part.form.name} for “{label}”; clear that to do without"

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
            for kind in field.kinds
            if kind in FORM_KINDS and kind not in _NEVER_WITH
        ]

    def label(self, name: str) -> str:
        """What to call a record, or a part of the form, that was chosen."""
        part = self._form.part_of(name)
        if part is not None:
            title = part.typed.get("name") or part.typed.get("title") or part.typed.get("publisher")
            return f"new: {labels.shortened(one_line(title or part.form.name), 40)}"
        ref, index = Ref.parse(name), self._form.view.whole
        if ref not in index:
            return name
        return labels.shortened(offers.offer(self._form.view, index[ref]).label, 50)
