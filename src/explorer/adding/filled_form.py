"""A form as it is filled in: what was typed, what that means, and what it would add.

It has parts: what is added, and what is added with it because the record does not know it yet,
such as the source of a quote. Records are chosen by reference, parts by their number.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from explorer.adding import record_ids, typed_values
from explorer.adding.form_fields import WITHIN, FormField, fields_of
from explorer.adding.form_kinds import FORM_KINDS, FormKind
from explorer.dataset.appending import Addition
from explorer.record import labels
from explorer.record.days import Day, last_day
from explorer.record.model import KINDS, Ref
from explorer.text.slugs import slug
from explorer.view import View

_NEW = "new"
"""Stands for the kind in the name of a record that is added with another."""


@dataclasses.dataclass(slots=True)
class Part:
    """One record or entry that is to be added, as far as it is filled in."""

    form: FormKind
    number: int
    origin: tuple[int, str] | None = None
    """The part, and the field of it, for which this one is added."""
    typed: dict[str, str] = dataclasses.field(default_factory=dict)
    chosen: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """What was chosen in a field: references, or the names of other parts."""
    id: str = ""
    """The id that was typed; empty where one is made."""

    @property
    def name(self) -> str:
        """What stands for it where records are chosen."""
        return f"{_NEW}:{self.number}"

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed or chosen in it, beyond what it began with."""
        typed = {key: text for key, text in self.typed.items() if text.strip()}
        chosen = {key for key, names in self.chosen.items() if names and key != WITHIN}
        return (
            not chosen
            and not self.id
            and all(self.form.usual.get(key) == text for key, text in typed.items())
        )


class FilledForm:
    """A form and its parts. What was typed is kept as it was typed."""

    def __init__(self, view: View, form: FormKind) -> None:
        self.view = view
        self.parts: dict[int, Part] = {}
        self.memory: dict[Any, Any] = {}
        """What was found out about the record once, for all copies."""
        self.add_part(form)

    @property
    def main(self) -> Part:
        """What is added; the other parts are added for it."""
        return next(iter(self.parts.values()))

    def copied(self) -> FilledForm:
        """The same as it is now, for another thread."""
        other = copy.copy(self)
        other.parts = {
            number: dataclasses.replace(part, typed=dict(part.typed), chosen=dict(part.chosen))
            for number, part in self.parts.items()
        }
        return other

    # Parts.

    def add_part(self, form: FormKind, origin: tuple[int, str] | None = None) -> Part:
        """Begin something that is to be added too, for a field of another part."""
        number = max(self.parts, default=0) + 1
        part = self.parts[number] = Part(form, number, origin, dict(form.usual))
        if form.with_it:
            entry = self.add_part(FORM_KINDS[form.with_it], (number, WITHIN))
            entry.chosen[WITHIN] = (part.name,)
        return part

    def remove_part(self, number: int) -> None:
        """Add that part no more, nor what was to be added for it."""
        gone = self.parts.pop(number)
        for part in list(self.parts.values()):
            if part.origin is not None and part.origin[0] == number:
                self.remove_part(part.number)
            for key, names in part.chosen.items():
                part.chosen[key] = tuple(name for name in names if name != gone.name)

    def part_of(self, name: str) -> Part | None:
        """The part that a chosen name stands for; None when it is a record."""
        kind, _, number = name.partition(":")
        return self.parts.get(int(number)) if kind == _NEW and number.isdecimal() else None

    @property
    def needed(self) -> list[Part]:
        """The parts that are added; an entry that goes with a record may be left empty."""
        return [p for p in self.parts.values() if not (self._goes_with(p) and p.is_untouched)]

    def _goes_with(self, part: Part) -> bool:
        return part.origin is not None and part.origin[1] == WITHIN

    # Fields.

    def fields(self, part: Part) -> list[FormField]:
        """The fields of a part; what is clear from another part is not asked for."""
        fields = fields_of(part.form, self.view.whole.dataset.negotiation)
        if part.origin is None:
            return list(fields)
        hidden = (WITHIN,) if self._goes_with(part) else ()
        return [
            dataclasses.replace(f, is_first=False, required=False) if f.key == "sources" else f
            for f in fields
            if f.key not in hidden
        ]

    def field(self, part: Part, key: str) -> FormField:
        """One field of a part."""
        negotiation = self.view.whole.dataset.negotiation
        return next(f for f in fields_of(part.form, negotiation) if f.key == key)

    def typed(self, part: Part, key: str) -> str:
        """What was typed in a field, or in the one that it says the same as."""
        other = part.form.same_as.get(key, "")
        return part.typed.get(key, "") or (part.typed.get(other, "") if other else "")

    def chosen(self, part: Part, key: str) -> tuple[str, ...]:
        """What was chosen in a field; what goes with a part rests on the same sources."""
        names = part.chosen.get(key, ())
        if (
            not names
            and key == "sources"
            and part.origin is not None
            and part.form.name != "source"
        ):
            names = self.main.chosen.get(key, ())
        return tuple(name for name in names if name != part.name)

    def value(self, part: Part, field: FormField) -> Any:
        """The value of a field, None when it has none. Raises ValueError as `value_of` does."""
        if not field.is_chosen:
            return typed_values.value_of(field, self.typed(part, field.key), self._rounds)
        if part.typed.get(field.key, "").strip():
            words = labels.shortened(" ".join(part.typed[field.key].split()), 40)
            raise ValueError(f"“{words}” is not chosen; ↓ and Enter choose, or add what is new")
        refs = tuple(self.ref(name) for name in self.chosen(part, field.key))
        if not refs:
            return None
        if field.key == WITHIN:
            return refs[0]
        return tuple(ref.id for ref in refs) if field.typed_as == "records" else refs[0].id

    def ref(self, name: str) -> Ref:
        """The record that a chosen name stands for, be it one that is yet to be added."""
        part = self.part_of(name)
        return Ref(part.form.name, self.id_of(part)) if part is not None else Ref.parse(name)

    @cached_property
    def _rounds(self) -> Mapping[str, date]:
        """The days that rounds may be named for."""
        index = self.view.index
        return {labels.title(index, r.ref): r.closes for r in index.dataset.rounds}

    # What it comes to.

    def problems(self) -> dict[tuple[int, str], str]:
        """What is wrong with what was typed, and what is missing, by part and field."""
        found: dict[tuple[int, str], str] = {}
        for part in self.needed:
            if part.id and self._is_taken(part, self.id_of(part)):
                found[part.number, ID] = f"another {part.form.name} has this id"
            for field in self.fields(part):
                try:
                    if self.value(part, field) is None and field.required:
                        found[part.number, field.key] = MISSING
                except ValueError as error:
                    found[part.number, field.key] = str(error)
        return found

    def values(self, part: Part) -> dict[str, Any]:
        """What a part says, by the keys of its table. Raises ValueError."""
        fields = fields_of(part.form, self.view.whole.dataset.negotiation)
        values = {f.key: value for f in fields if (value := self.value(part, f)) is not None}
        values.pop(WITHIN, None)
        values = {key: value for key, value in values.items() if value is not False}
        return {"id": self.id_of(part), **values} if part.form.is_record else values

    def additions(self) -> list[Addition]:
        """What is to be added, records before entries. Raises ValueError while it is not whole."""
        in_order = sorted(self.needed, key=lambda part: not part.form.is_record)
        return [Addition(p.form.name, self.values(p), self.within(p)) for p in in_order]

    @property
    def subject(self) -> Ref:
        """The record that is added, or that gets a new entry. Raises ValueError without one."""
        return self.within(self.main) or self.ref(self.main.name)

    @property
    def refs(self) -> list[Ref]:
        """The records that were chosen."""
        names = (n for part in self.needed for names in part.chosen.values() for n in names)
        return [Ref.parse(name) for name in names if not name.startswith(_NEW)]

    def within(self, part: Part) -> Ref | None:
        """The record that an entry belongs to. Raises ValueError when none is chosen."""
        if part.form.is_record:
            return None
        found = self.value(part, self.field(part, WITHIN))
        if not isinstance(found, Ref):
            raise ValueError(MISSING)
        return found

    def id_of(self, part: Part) -> str:
        """The id that a record will have."""
        typed = slug(part.id)
        return typed or record_ids.made_of(
            self._pieces(part), f"{part.form.name}-{part.number}", lambda s: self._is_taken(part, s)
        )

    def _pieces(self, part: Part) -> Iterator[str]:
        has_day = False
        for key in part.form.id_from:
            field = self.field(part, key)
            try:
                if field.is_chosen:
                    names = self.chosen(part, key)[:1]
                    yield from (self.ref(name).id for name in names)
                    continue
                value = typed_values.value_of(field, self.typed(part, key), self._rounds)
            except ValueError:
                continue
            if field.typed_as == "day":
                if value and not has_day:
                    has_day = True
                    yield str(value)
            elif value:
                yield record_ids.first_words(str(value))

    def _is_taken(self, part: Part, slug: str) -> bool:
        kind = part.form.name
        others = (p for p in self.parts.values() if p.form is part.form and p.number < part.number)
        return self.view.whole.current(Ref(kind, slug)) is not None or any(
            self.id_of(other) == slug for other in others
        )

    def latest_day(self) -> date | None:
        """The latest day on which something of it became public, as far as that can be read."""
        keys = ("known", "announced", "published", "on", "starts")
        days: list[date] = []
        for part in self.needed:
            if part.form.name == "source":
                continue  # a page may be later than the record
            known = [day for key in keys if (day := self._day(part, key))]
            days += [last_day(day) for day in known[:1]]
        return max(days, default=None)

    def _day(self, part: Part, key: str) -> Day | None:
        negotiation = self.view.whole.dataset.negotiation
        field = next((f for f in fields_of(part.form, negotiation) if f.key == key), None)
        try:
            day: Day | None = self.value(part, field) if field is not None else None
        except ValueError:
            return None
        return day

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed."""
        return all(part.is_untouched for part in self.parts.values())

    # As a draft.

    def as_data(self) -> dict[str, Any]:
        """The form as plain values, to be kept."""
        return {
            "parts": [
                {
                    "kind": part.form.name,
                    "number": part.number,
                    "origin": list(part.origin) if part.origin else None,
                    "typed": dict(part.typed),
                    "chosen": {key: list(names) for key, names in part.chosen.items()},
                    "id": part.id,
                }
                for part in self.parts.values()
            ]
        }

    @classmethod
    def of_data(cls, view: View, data: Mapping[str, Any]) -> FilledForm:
        """The form that was kept. Raises ValueError, KeyError or TypeError when it is none."""
        rows = data["parts"]
        form = cls(view, FORM_KINDS[rows[0]["kind"]])
        form.parts = {}
        for row in rows:
            origin = row.get("origin")
            part = Part(
                FORM_KINDS[row["kind"]],
                int(row["number"]),
                (int(origin[0]), str(origin[1])) if origin else None,
                {str(key): str(text) for key, text in row["typed"].items()},
                {str(k): tuple(map(str, names)) for k, names in row["chosen"].items()},
                str(row["id"]),
            )
            form.parts[part.number] = part
        for part in form.parts.values():  # what was chosen may have gone from the record
            for key, names in part.chosen.items():
                part.chosen[key] = tuple(name for name in names if form._is_there(name))
        return form

    def _is_there(self, name: str) -> bool:
        if self.part_of(name) is not None:
            return True
        kind, _, slug = name.partition(":")
        return kind in KINDS and Ref(kind, slug) in self.view.whole


ID = "id"
MISSING = "is needed"
"""What is said of a field that must be filled in and is not."""
