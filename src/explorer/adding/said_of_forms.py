"""What is said of a form: the names of its fields, what is in them, and what is wrong with them."""

from __future__ import annotations

from explorer.adding import offers
from explorer.adding.filled_form import FilledForm, Part
from explorer.adding.form_fields import WITHIN, FormField, with_labels
from explorer.adding.form_kinds import FORM_KINDS
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line

_BEGINS = (
    "is needs must cannot lies has names cites leaves says belong belongs ends ended was may are"
).split()
"""Words that begin what is said of a field, whose name is then put ahead."""
_NEVER_WITH = ("quote", "milestone", "point", "measure", "figure")
"""What is added by itself and never along with something else."""
_NAME, _SHORT_NAME = 50, 40


def said_of(label: str, message: str) -> str:
    """What is wrong with a field, as a sentence that stands for itself."""
    message = with_labels(message)
    if message.split(" ", 1)[0] in _BEGINS:
        return labels.sentence(f"{label} {message}")
    return labels.sentence(message)


def label_of(form: FilledForm, place: tuple[int, str]) -> str:
    """What a field is called, with its part where it is of one that is added along."""
    number, key = place
    part = form.parts.get(number)
    if part is None:
        return key
    label = next((f.label for f in form.fields(part) if f.key == key), key)
    return label if part is form.main else f"{label} of the new {part.form.name}"


def heading(form: FilledForm, part: Part) -> str:
    """What stands above a part that is added for another."""
    whose = form.parts.get(part.origin[0]) if part.origin is not None else None
    goes_along = part.origin is not None and part.origin[1] == WITHIN and not part.form.is_record
    if part.origin is None or whose is None or goes_along:
        return "The post from which it speaks, if it is a person"
    return f"The new {part.form.name} for “{form.field(whose, part.origin[1]).label}”"


def called(form: FilledForm, name: str) -> str:
    """What to call a record, or a part of the form, that was chosen."""
    part = form.part_of(name)
    if part is not None:
        title = part.typed.get("name") or part.typed.get("title") or part.typed.get("publisher")
        return f"new: {labels.shortened(one_line(title or part.form.name), _SHORT_NAME)}"
    ref, index = Ref.parse(name), form.view.whole
    if ref not in index:
        return name
    return labels.shortened(offers.offer(form.view, index[ref]).label, _NAME)


def shown(form: FilledForm, part: Part, field: FormField) -> str:
    """What is in a field, in a line; nothing when it is empty."""
    if field.is_chosen and (names := form.chosen(part, field.key)):
        return ", ".join(called(form, name) for name in names)
    typed = form.typed(part, field.key)
    return one_line(dict(field.choices).get(typed, typed))


def may_be_new(field: FormField) -> tuple[str, ...]:
    """The kinds of record that may be added along, where one is chosen."""
    return tuple(kind for kind in field.kinds if kind in FORM_KINDS and kind not in _NEVER_WITH)


def later_than_the_record(form: FilledForm, *, is_apart: bool) -> str:
    """What is to be known where something became public after the record ends; else nothing."""
    negotiation = form.view.whole.dataset.negotiation
    day, ends = form.latest_day(), negotiation.recorded_until
    if day is None or day <= ends:
        return ""
    how = "ends on" if ends == negotiation.record_ends else "knows nothing after"
    so = f"This is later than the record, which {how} {labels.day(ends)}"
    return f"{so}." if is_apart else f"{so}; saving it moves the end to {labels.day(day)}."
