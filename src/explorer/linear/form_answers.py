"""What is answered in a field of a form: words, a day, a choice, or records by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from explorer.adding import bibliography, known_pages, said_of_forms
from explorer.adding.filled_form import FilledForm, Part
from explorer.adding.form_fields import FormField
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.library_entry import ADDRESS
from explorer.adding.offers import Offer, Offers
from explorer.linear.spoken import in_words
from explorer.record import labels
from explorer.record.model import KINDS, Ref
from explorer.text.folding import fold, words_of
from explorer.text.sanitize import kept, one_line

_MOST = 9
"""Records that are offered at once; more words find the others."""
_MOST_CHOICES = 12
"""Choices that are numbered; of more the beginning is typed."""
_OF_SOURCE = ("publisher", "title", "address")
"""Fields of a source in which all of it may be pasted."""
_BEGINS_ENTRY = re.compile(r"@\w+\s*[{(]|\{|\[\s*(\{|$)|TY {1,2}-|https?://\S+$", re.IGNORECASE)
"""A title may well begin with “[Update]”."""
_ENTRY_ENDS = re.compile(r"^ER {2}-", re.MULTILINE)

Say = Callable[..., None]


class FormAnswers:
    """Takes answers, and knows what is offered to be chosen by its number."""

    def __init__(self, form: FilledForm, offers: Offers, say: Say) -> None:
        self._form, self._offers, self._say = form, offers, say
        self._numbered: list[tuple[str, Callable[[], None]]] = []
        """What numbers choose now."""
        self._lines: list[str] = []
        """An entry of a reference manager, as far as it has come."""
        self.added: Part | None = None
        """A part that the last answer began."""

    @property
    def is_open(self) -> bool:
        """Whether more is awaited before the field has an answer."""
        return bool(self._numbered or self._lines)

    @property
    def asks(self) -> str:
        """What is awaited."""
        return "the entry goes on, Enter ends it" if self._lines else "which number"

    def begin(self) -> None:
        """Another field is asked for."""
        self._numbered, self._lines, self.added = [], [], None

    def take(self, part: Part, field: FormField, line: str) -> bool:
        """Take an answer; whether it is one. What is none says what would be."""
        self.added = None
        typed = line.strip()
        is_of_source = part.form.name == "source" and field.key in _OF_SOURCE
        is_source = field.kinds == ("source",) or is_of_source
        if self._lines or (is_source and _BEGINS_ENTRY.match(typed)):
            return self._entry(part, field, typed)
        if not field.is_chosen:
            return self._value(part, field, typed)
        if not typed:
            was_asked, self._numbered = bool(self._numbered), []
            return not was_asked  # who finds nothing among them may type other words
        if typed.isdecimal() and self._numbered:
            return self._by_number(int(typed[:9]))
        self._numbered = []
        return self._named(part, field, typed)

    # Words, days and choices.

    def _value(self, part: Part, field: FormField, typed: str) -> bool:
        before = part.typed.get(field.key, "")
        choice = int(typed[:9]) if typed.isdecimal() and field.typed_as == "choice" else 0
        if 1 <= choice <= len(field.choices) <= _MOST_CHOICES:
            typed = field.choices[choice - 1][1]
        part.typed[field.key] = kept(typed)
        try:
            value = self._form.value(part, field)
        except ValueError as error:
            part.typed[field.key] = before
            self._say(said_of_forms.said_of(field.label, one_line(str(error))))
            return False
        if value is not None and field.typed_as in ("day", "date"):
            weekday = f"{value:%A}, " if hasattr(value, "weekday") else ""
            self._say(f"{weekday}{labels.day(value)}.")
        elif field.typed_as == "choice":
            known = dict(field.choices)
            said = {True: "yes", False: "no"}.get(value, str(value))
            part.typed[field.key] = known.get(said, typed)
            if fold(known.get(said, said)) != fold(typed):
                self._say(f"{known.get(said, said)}.")
        return True

    def choices(self, field: FormField) -> list[str]:
        """What may be chosen in a field, a line each; of very many that there are."""
        if not field.choices:
            return []
        if len(field.choices) > _MOST_CHOICES:
            return ["Type its beginning, such as “Chin” for Chinese."]
        named = enumerate((name for _, name in field.choices), start=1)
        return [f"{number}. {name}" for number, name in named]

    # Records.

    def offer(self, part: Part, field: FormField, typed: str = "") -> bool:
        """Number the records that words may mean; whether there are any."""
        found = self._found(part, field, typed)
        self._numbered = [
            (_line(one), partial(self._choose, part, field, one.name)) for one in found
        ]
        words = labels.shortened(one_line(typed), 40)
        for kind in said_of_forms.may_be_new(field):
            called = f", “{words}”" if words else ""
            new = f"It is not here: add {FORM_KINDS[kind].title}{called}"
            self._numbered.append((new, partial(self._add, part, field, kind, typed)))
        for number, (line, _) in enumerate(self._numbered, start=1):
            self._say(f"{number}. {line}")
        return bool(self._numbered)

    def _found(self, part: Part, field: FormField, typed: str) -> Sequence[Offer]:
        chosen = part.chosen.get(field.key, ())
        found = [one for one in self._offers.found(field.kinds, typed) if one.name not in chosen]
        if len(found) > _MOST and typed:
            self._say(f"{len(found)} or more; the first {_MOST} follow, more words find others.")
        return found[:_MOST]

    def _named(self, part: Part, field: FormField, typed: str) -> bool:
        """Choose what is meant without a doubt; else number what may be."""
        if (ref := self._reference(field, typed)) is not None:
            self._choose(part, field, str(ref))
            return True
        found = self._offers.found(field.kinds, typed)
        exact = [one for one in found if fold(one.label) == " ".join(words_of(typed))]
        if len(exact or found) == 1:
            self._choose(part, field, (exact or found)[0].name)
            return True
        if not found:
            self._say(f"No {' or '.join(field.kinds)} is called “{labels.shortened(typed, 40)}”.")
        self.offer(part, field, typed)
        return False

    def _reference(self, field: FormField, typed: str) -> Ref | None:
        kind, colon, slug = typed.partition(":")
        refs = [Ref(kind, slug)] if colon else [Ref(each, typed) for each in field.kinds]
        there = (self._form.view.index.current(r) for r in refs if r.kind in KINDS)
        return next((ref for ref in there if ref is not None and ref.kind in field.kinds), None)

    def _by_number(self, number: int) -> bool:
        if not 1 <= number <= len(self._numbered):
            self._say(f"There is no {number}; the numbers go from 1 to {len(self._numbered)}.")
            return False
        numbered, self._numbered = self._numbered, []
        numbered[number - 1][1]()
        return True

    def _choose(self, part: Part, field: FormField, name: str) -> None:
        before = part.chosen.get(field.key, ())
        part.typed[field.key] = ""
        if field.typed_as == "records":
            part.chosen[field.key] = (*(each for each in before if each != name), name)
        else:
            self.clear(part, field)
            part.chosen[field.key] = (name,)
        self._say(f"{in_words(said_of_forms.called(self._form, name))}.")

    def clear(self, part: Part, field: FormField) -> None:
        """Empty a field; a part that was added for it is not added."""
        self._numbered, self._lines = [], []
        part.typed[field.key] = ""
        for name in part.chosen.pop(field.key, ()):
            if (gone := self._form.part_of(name)) is not None:
                self._form.remove_part(gone.number)

    # What is not there yet.

    def _add(self, part: Part, field: FormField, kind: str, typed: str) -> None:
        new = self._form.add_part(FORM_KINDS[kind], (part.number, field.key))
        if typed:
            new.typed["title" if kind == "source" else "name"] = one_line(typed)
        self._choose(part, field, new.name)
        self.added = new

    def _entry(self, part: Part, field: FormField, typed: str) -> bool:
        """A source as it was pasted: an address, or an entry that may have several lines."""
        self._lines.append(typed)
        text = "\n".join(self._lines)
        if typed and not _is_whole(text):
            return False
        self._lines = []
        view = self._form.view
        try:
            found = known_pages.completed(view, bibliography.read(text))
        except ValueError as error:
            self._say(labels.sentence(one_line(str(error))))
            return False
        if not field.is_chosen:
            return self._fill(part, field, found)
        there = known_pages.of_address(view, found.get("address", ""))
        if there is not None:
            self._say("This page is a source of the record already.")
            self._choose(part, field, str(there))
            return True
        new = self._form.add_part(FORM_KINDS["source"], (part.number, field.key))
        new.typed |= found
        self._choose(part, field, new.name)
        self.added = new
        return True

    def _fill(self, part: Part, field: FormField, found: Mapping[str, str]) -> bool:
        """Put what is known of a source into its fields; whether this one has an answer now."""
        for key, text in found.items():
            if key in ("address", "title") or not part.typed.get(key) or key in part.form.usual:
                part.typed[key] = text
        named = [each.label for each in self._form.fields(part) if each.key in found]
        self._say(f"Filled in: {', '.join(named)}.")
        return bool(part.typed.get(field.key))


def _is_whole(text: str) -> bool:
    """Whether an entry has come to its end."""
    if ADDRESS.fullmatch(text):
        return True
    if text.lstrip().startswith(("@", "{", "[")):
        return all(text.count(a) <= text.count(b) for a, b in ("{}", "[]"))
    return _ENTRY_ENDS.search(text) is not None


def _line(offer: Offer) -> str:
    detail = "" if offer.detail in offer.label else offer.detail
    return in_words(", ".join(filter(None, (offer.label, detail))))
