"""What can be found: each record, each dated statement within one, and each note."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from explorer.notes import Note
from explorer.notes.tags import keys_of
from explorer.record import clock, labels, model
from explorer.record.days import Day, first_day
from explorer.record.index import Index
from explorer.record.lists import own_day
from explorer.record.model import AnyRecord, AnyTable, DatedEntry, Ref
from explorer.record.tables import class_of, entries, references, tables_in, toml_name
from explorer.search.table_texts import chosen_words, texts_of
from explorer.text.folding import fold
from explorer.text.sanitize import plain
from explorer.values import dataclass
from explorer.view import View

STATEMENTS = {
    "statuses": "Status",
    "positions": "Position",
    "steps": "Step",
    "clauses": "Clause",
    "values": "Value",
    "accounts": "Account",
    "outcomes": "Outcome",
    "evidence": "Evidence",
    "moves": "Move",
    "results": "Deadline",
}
"""The tables within records whose entries, having words and a day, are found by themselves."""
Statement = DatedEntry | model.Clause
"""Such an entry."""

KINDS: Mapping[str, str] = {
    **labels.KIND_NAMES,
    **{toml_name(table): name for table, name in STATEMENTS.items()},
    "note": "Note",
}
"""Every kind of thing that can be found, with its name."""

_LOOSE = {"against_id", "related_ids"}
"""Fields that name what something touches, though it does not belong there."""
_NAMED = ("negotiation", "round", "delegation", "delegate", "issue", "measure")
"""Kinds of record that people call by a name; others have a few words as a heading."""
_FILTERED = {"delegation", "issue", "round", "source"}
"""Kinds of record that are filters by their own name."""
_BELONGING = {"delegation", "issue", "round"}
"""Kinds of record that what is said within another belongs to as well."""
_CALLED_THE_SAME = ("negotiation", "delegation", "delegate", "issue", "quote", "source")
"""Kinds that have one name on all days, or, as sources, are not called by it elsewhere."""
_OWN = {"kind", "has", "tag", "author"}
"""Filters that a note does not agree with because its record does."""
ME = "me"
"""How the reader names themselves as the author of notes."""
_SPOKEN = (model.Quote, model.Position, model.FigureValue)
"""Tables that say who spoke."""
Texts = tuple[str, ...]
"""Texts on a line each. No phrase runs on from one to the next."""
Trait = tuple[str, str]
"""The name of a filter, and the id that it must name to keep something."""


class Place(NamedTuple):
    """Where a document comes from, by which it is made again when it is shown."""

    record: int
    """The number of the record; -1 for none."""
    entry: int = 0
    """Which statement within it, from 1; 0 for the record itself."""
    note_id: str = ""


_NOWHERE = Place(-1)


@dataclass(frozen=True, slots=True)
class Document:
    """What is found as one, and what it is found by."""

    ref: Ref
    """The record it leads to."""
    kind: str
    """One of KINDS."""
    title: str
    day: Day | None
    names: Texts
    """What it goes by, when people call it by a name."""
    heading: Texts
    """What it is headed by otherwise."""
    texts: Texts
    """Its own words."""
    about: Texts
    """In a word or two, what it is and what it concerns."""
    unseen: Texts
    """What else those are called, and its day: it is found by them, and they are not shown."""
    traits: frozenset[Trait]
    """What filters keep it."""
    note_id: str = ""
    place: Place = _NOWHERE
    own: bool = False
    """Whether a reader added it."""

    @property
    def shown(self) -> Texts:
        """What is shown a piece of where it was found."""
        return (*self.texts, *self.about)


def documents(view: View, besides: Collection[int] | None = None) -> Iterator[Document]:
    """All that can be found in a view.

    With `besides` the records with these numbers and the notes, where all else is known.
    """
    make = Documents(view)
    notes = _notes(view)
    everything = view.index.everything()
    for number, ref in zip(everything.numbers, everything, strict=True):
        is_asked = besides is None or number in besides
        written = notes.pop(ref, []) if notes else []
        if not is_asked and not written:
            continue
        record = view.index[ref]
        own = make.record(number, record, _marks(view, written))
        if is_asked:
            yield own
            yield from make.statements(own, record)
        yield from (make.note(note, own.ref, own) for note in written)
    for ref, orphans in notes.items():
        yield from (make.note(note, ref, None) for note in orphans)


def otherwise(view: View) -> frozenset[int]:
    """The records of which the whole record does not say what can be found on the day.

    They were not public, or looked otherwise, or name one that was called otherwise.
    """
    unsettled = view.index.unsettled()
    then, in_the_end = Documents(view), Documents(view.at(None))
    found = set(unsettled)
    for number in unsettled:
        if view.index.has_number(number):
            ref = view.index.ref(number)
            if ref.kind not in _CALLED_THE_SAME and then.called(ref) != in_the_end.called(ref):
                found.update(view.index.ever_naming(number))
    return frozenset(found)


def noted(view: View) -> dict[Trait, set[int]]:
    """The records that filters keep because of notes on them, by number."""
    found: dict[Trait, set[int]] = {}
    for ref, notes in _notes(view).items():
        number = view.index.number(ref)
        if number is not None:
            for trait in _marks(view, notes):
                found.setdefault(trait, set()).add(number)
    return found


def _notes(view: View) -> dict[Ref, list[Note]]:
    """The notes that are shown, by the record they are on now."""
    by_ref: dict[Ref, list[Note]] = {}
    for note in view.shown_notes():
        by_ref.setdefault(view.index.current(note.ref) or note.ref, []).append(note)
    return by_ref


def _marks(view: View, notes: list[Note]) -> frozenset[Trait]:
    """What filters keep a record, its statements or a note because of notes."""
    tags = {("tag", tag) for note in notes for tag in keys_of(note.tags)}
    signed = {("author", fold(view.notes.signed(note)) or ME) for note in notes}
    signed |= {("author", ME) for note in notes if not note.others}
    return frozenset({("has", "note"), *tags, *signed}) if notes else frozenset()


class Documents:
    """Makes documents of the records of a view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.index: Index = view.index
        self._names: dict[Ref, Texts] = {}
        self._titles: dict[Ref, str] = {}

    def at(self, place: Place) -> Document:
        """The document that has a place, as it is shown: what filters keep it is not known."""
        if place.note_id:
            note = self.view.notes.notes[place.note_id]
            ref = self.index.current(note.ref)
            own = self._of(place.record, ref) if ref else None
            return self.note(note, ref or note.ref, own)
        own = self._of(place.record, self.index.ref(place.record))
        if not place.entry:
            return own
        statements = self.statements(own, self.index[own.ref])
        return next(islice(statements, place.entry - 1, None), own)

    def called(self, ref: Ref) -> tuple[object, ...]:
        """All that others say of a record that they name."""
        return (self._title(ref), self._label(ref), self._called(ref))

    def _of(self, number: int, ref: Ref) -> Document:
        return self.record(number, self.index[ref], frozenset())

    def record(self, number: int, record: AnyRecord, marks: frozenset[Trait]) -> Document:
        """The record with those of its entries that are not found by themselves."""
        own = [e for _, _, e in entries(record) if not isinstance(e, Statement)]
        tables: list[AnyTable] = [record, *own]
        named = list(dict.fromkeys(ref for table in tables for ref in self._named(table)))
        day, called = self._day(record), self._called(record.ref)
        return Document(
            ref=record.ref,
            kind=record.kind,
            title=self._title(record.ref),
            day=day,
            names=called if record.kind in _NAMED else (),
            heading=() if record.kind in (*_NAMED, "quote") else called,
            texts=_lines(text for table in tables for text in texts_of(table)),
            about=self._about(record, named),
            unseen=self._unseen(named, day, record.id),
            traits=frozenset(
                {("kind", record.kind), *self._traits(tables, [record.ref, *named]), *marks}
            ),
            place=Place(number),
            own=record.own,
        )

    def statements(self, own: Document, record: AnyRecord) -> Iterator[Document]:
        """The entries of a record that are found by themselves; they belong where it does."""
        marks = {trait for trait in own.traits if trait[0] in ("has", "tag")}
        stated = (e for e in entries(record) if isinstance(e[2], Statement))
        for count, (table, _, entry) in enumerate(stated, 1):
            assert isinstance(entry, Statement), "only such are among them"
            kind, day = toml_name(table), entry.on or own.day
            tables, heading = list(tables_in(entry)), self._heading(record, entry)
            own_names = [ref for table in tables for ref in self._named(table)]
            has_issue = any(ref.kind == "issue" for ref in own_names)
            belongs = (
                ref
                for ref in self._named(record)
                if ref.kind in _BELONGING
                # A clause is not on all that its text is on.
                and not (has_issue and ref.kind == "issue" and record.kind == "text")
            )
            named = list(dict.fromkeys((record.ref, *own_names, *belongs)))
            yield Document(
                ref=record.ref,
                kind=kind,
                title=labels.marked(entry, f"{own.title} – {heading}"),
                day=day,
                names=(),
                heading=(heading,) if isinstance(entry, model.FigureValue) else (),
                texts=_lines(text for table in tables for text in texts_of(table)),
                about=self._about(entry, named),
                unseen=self._unseen(named, day),
                traits=frozenset({("kind", kind), *self._traits([entry], named), *marks}),
                place=Place(own.place.record, count),
                own=entry.own,
            )

    def note(self, note: Note, ref: Ref, own: Document | None) -> Document:
        """A note, which belongs where its record does; `own` is that record, if it is there."""
        belongs = {trait for trait in own.traits if trait[0] not in _OWN} if own else set()
        anchor = self.view.anchor(note)
        return Document(
            ref=ref,
            kind="note",
            title=own.title if own else str(ref),
            day=note.date or clock.day_of(note.changed),
            names=(),
            heading=(),
            texts=_lines([plain(note.text), plain(anchor.exact) if anchor else ""]),
            about=(own.title if own else str(ref), *([note.others] if note.others else ())),
            unseen=(*own.names, *own.heading) if own else (),
            traits=frozenset({("kind", "note"), *belongs, *_marks(self.view, [note])}),
            note_id=note.id,
            place=Place(own.place.record if own else -1, 0, note.id),
        )

    def _named(self, table: AnyTable) -> Iterator[Ref]:
        """Where a record or entry belongs and whom it names; after a person, their delegation."""
        for field, ref in references(table):
            if field not in _LOOSE:
                yield ref
                if ref.kind == "delegate" and (slug := self.index.delegate(ref).latest_side_id):
                    yield Ref("delegation", slug)
        if isinstance(table, model.Conflict):
            yield from table.touches

    def _traits(self, tables: Iterable[AnyTable], named: Iterable[Ref]) -> Iterator[Trait]:
        for table in tables:
            if isinstance(table, _SPOKEN) and table.speaker_id:
                yield "speaker", table.speaker_id
            if isinstance(table, model.Quote):
                yield "form", table.form
        # Of people only who spoke: the others were named, or in the room.
        yield from ((ref.kind, ref.id) for ref in named if ref.kind in _FILTERED)

    def _about(self, table: AnyTable, named: list[Ref]) -> Texts:
        chosen = (getattr(table, field) for field in chosen_words(class_of(table)))
        names = (self._label(ref) for ref in named if ref.kind != "source")
        return tuple(dict.fromkeys(filter(None, (*chosen, *names))))

    def _unseen(self, named: list[Ref], day: Day | None, *more: str) -> Texts:
        kinds = ("source", "quote")
        names = (name for ref in named if ref.kind not in kinds for name in self._called(ref))
        return (*names, *((labels.day(day),) if day else ()), *more)

    def _title(self, ref: Ref) -> str:
        if ref not in self._titles:
            self._titles[ref] = labels.title(self.index, ref)
        return self._titles[ref]

    def _label(self, ref: Ref) -> str:
        """What to call a record in passing."""
        is_side = ref.kind == "delegation"
        return self.index.delegation(ref).short if is_side else self._title(ref)

    def _called(self, ref: Ref) -> Texts:
        """All that a record is called."""
        if ref not in self._names:
            match record := self.index[ref]:
                case model.Source():
                    names = [record.publisher, record.carries]
                case model.Delegate():
                    names = [record.name, record.short, record.native_name]
                case model.Delegation():
                    names = [record.name, record.short]
                case model.Quote():
                    names = []
                case _:
                    names = [record.name]
            if ref.kind != "source":
                names = [self._title(ref), *names, ref.id]
            self._names[ref] = tuple(dict.fromkeys(filter(None, names)))
        return self._names[ref]

    def _heading(self, record: AnyRecord, entry: Statement) -> str:
        """What to call an entry beside its record."""
        match entry:
            case model.FigureValue():
                assert isinstance(record, model.Figure), "which alone has values"
                return labels.value(entry, record.unit)
            case model.Status(state=word) | model.Step(stage=word) | model.TextStep(stage=word):
                return word
            case model.Clause():
                return " ".join(filter(None, (entry.number, entry.name)))
            case model.Account():
                silent = "is " if entry.stance == "silent" else ""
                return f"{self.index.delegation(entry.delegation_id).short} {silent}{entry.stance}"
            case model.Move():
                return f"moved to {labels.day(entry.to)}"
            case _:
                return self._heading_of_other(entry)

    def _heading_of_other(
        self, entry: model.Evidence | model.DeadlineResult | model.Position | model.Outcome
    ) -> str:
        match entry:
            case model.Evidence():
                return entry.shows or "evidence"
            case model.DeadlineResult():
                return entry.outcome
            case model.Position():
                return labels.sides(self.index, entry.delegation_ids)
        by = entry.delegation_id
        return self.index.delegation(by).short if by else "given jointly"

    def _day(self, record: AnyRecord) -> Day | None:
        """The day a record is listed under: that of what happened, or when it first came up."""
        match record:
            case model.Quote():
                return record.day
            case model.Source():
                return record.published
            case model.Round() if self.view.is_to_come(record):
                return record.first_set
            case model.Issue() | model.Measure() | model.Figure():
                dated = (e for _, _, e in entries(record) if isinstance(e, DatedEntry))
                return min((entry.on for entry in dated), key=first_day, default=None)
            case _:
                return own_day(record)


def _lines(texts: Iterable[str]) -> Texts:
    """Each text on one line, without those that say nothing."""
    return tuple(line for text in texts if (line := " ".join(text.split())))
