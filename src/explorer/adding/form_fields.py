"""The fields of a form, read off the model: key, what it takes, what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from explorer.adding.form_kinds import FORM_KINDS, FormKind
from explorer.dataset import describe
from explorer.record import labels
from explorer.record.model import BUILT_IN_WORDS, Negotiation
from explorer.values import dataclass

WITHIN = "within"
"""The field that names the record to which an entry belongs; it is no key of the entry."""
_NEVER = ("id", "formerly", "file", "copy")
"""Keys that no form asks for: an id is made, and the others are of files."""
_WORDS = ("text", "summary", "original", "words", "remark", "next_step")
"""Keys that hold more than a line."""
_LABELS: Mapping[tuple[str, str] | str, str] = {
    ("quote", "text"): "Words",
    ("quote", "to"): "To whom",
    ("quote", "for"): "Spoken for",
    ("move", "to"): "New day",
    ("delegation", "members"): "Members",
    "on": "Day",
    "starts": "First day",
    "ends": "Last day",
    "described": "No headline",
    "native_name": "In own script",
    "known": "Public from",
}
"""What a key is called where it would puzzle as it is."""
_MEANINGS: Mapping[tuple[str, str] | str, str] = {
    ("source", "title"): "Its headline, or our description of it where it has none.",
    "sources": "Choose the sources that say so, or paste the address of a page or its entry in "
    "CSL-JSON, BibTeX or RIS.",
}
"""What a key means where the words for a person who writes a file would puzzle."""
_PLAIN = {
    "text": "line",
    "date": "date",
    "date, month or year": "day",
    "true or false": "choice",
    "number": "number",
    "list of text": "list",
}
"""How what a key takes is typed."""
_NEAR = (("milestone", "on"), ("round", "starts"), ("round", "ends"))
"""Keys whose days may be past or to come."""
_KEY = re.compile("`([a-z_]+)`")
YES_OR_NO = (("yes", "yes"), ("no", "no"))


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form."""

    key: str
    """The key of the table, as a person writes it."""
    label: str
    typed_as: str
    """line, words, day, date, number, list, choice, record or records."""
    required: bool
    meaning: str
    is_first: bool
    """Whether it is asked for before “more”."""
    kinds: tuple[str, ...] = ()
    """The kinds of record that it may name."""
    choices: tuple[tuple[str, str], ...] = ()
    """What may be chosen: as the record says it, and as it is called."""
    is_open: bool = False
    """Whether something else may be said as well."""
    is_near: bool = False
    """Whether a day without its year is the nearest one, be it past or to come."""

    @property
    def is_chosen(self) -> bool:
        """Whether records are chosen in it."""
        return self.typed_as in ("record", "records")


def fields_of(form: FormKind, negotiation: Negotiation) -> tuple[FormField, ...]:
    """The fields of a form, those that are asked for first in front."""
    own = tuple((key, tuple(getattr(negotiation, f"{key}s"))) for key in BUILT_IN_WORDS)
    return _fields_of(form.name, own)


@cache
def _fields_of(name: str, own: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[FormField, ...]:
    form = FORM_KINDS[name]
    keys = {key.name: key for key in describe.keys_of(form.table) if key.name not in _NEVER}
    order = [*form.first, *(other for other in keys if other not in form.first)]
    fields = [_field(form, keys[key], dict(own)) for key in order]
    if form.within:
        meaning = f"The {' or '.join(map(_called, form.within))} that it belongs to."
        label = "Of" if form.within[1:] else _called(form.within[0]).capitalize()
        fields.insert(0, FormField(WITHIN, label, "record", True, meaning, True, form.within))
    return tuple(fields)


def with_labels(message: str) -> str:
    """What is said of a table, with the names of fields in the place of keys."""
    return _KEY.sub(lambda found: f"“{_label(found[1])}”", message)


def _label(key: str) -> str:
    return _LABELS.get(key) or key.replace("_", " ").capitalize()


def _called(kind: str) -> str:
    return "point" if kind == "point" else labels.KIND_NAMES[kind].lower()


def _field(form: FormKind, key: describe.Key, own: Mapping[str, tuple[str, ...]]) -> FormField:
    name = key.name
    kinds: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    is_open = False
    typed_as = _PLAIN.get(key.value, "line")
    if key.value.startswith("one of: "):
        typed_as, choices = "choice", _same(key.value.removeprefix("one of: ").split(", "))
    elif key.value == "true or false":
        choices = YES_OR_NO
    elif key.value.endswith((" id", " ids")):
        typed_as = "records" if key.value.endswith(" ids") else "record"
        kinds = (key.value.rpartition(" ")[0],)
    elif name in own:
        typed_as, choices = "choice", _same((*BUILT_IN_WORDS[name], *own[name]))
    elif name == "language":
        typed_as, choices, is_open = "choice", tuple(labels.languages().items()), True
    elif name in _WORDS:
        typed_as = "words"
    return FormField(
        name,
        _LABELS.get((form.name, name)) or _label(name),
        typed_as,
        key.required,
        _MEANINGS.get((form.name, name)) or _MEANINGS.get(name) or key.meaning,
        name in form.first,
        kinds,
        choices,
        is_open,
        (form.name, name) in _NEAR,
    )


def _same(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, word) for word in words)
