"""What differs between two plain forms of a record: its fields, and the entries within it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from explorer.seen.plain_form import PlainForm
from explorer.text.word_diff import ALIKE, likeness
from explorer.values import dataclass

_WHO = ("delegation", "delegations", "speaker", "by", "name", "number", "measure", "quote")
_WHEN = ("on", "since", "starts", "to")
_WHAT = ("state", "stage", "stance", "standing", "outcome", "shows", "function")
_MOST = 40
"""Entries of one table that are set against one another by their words."""
_LONGEST = 1_500
"""Letters of an entry by which its words are compared."""
_MAYBE = 0.4
"""Entries that share less of their words than this, in any order, are not alike."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else; None where it said, or says, nothing."""

    key: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that came, went, or says something else."""

    table: str
    was: PlainForm | None
    now: PlainForm | None
    fields: tuple[FieldChange, ...] = ()
    """What it says otherwise."""
    entries: tuple[EntryChange, ...] = ()
    """What came, went or changed of the tables within it."""


@dataclass(frozen=True, slots=True)
class FormChanges:
    """All that differs."""

    fields: tuple[FieldChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()


def changes_between(was: PlainForm, now: PlainForm) -> FormChanges:
    """What differs between two forms, in the order of the fields."""
    fields: list[FieldChange] = []
    entries: list[EntryChange] = []
    for key in dict.fromkeys((*now, *was)):
        old, new = was.get(key), now.get(key)
        if old == new:
            continue
        if is_table(old) or is_table(new):
            entries += _entries(key, old or [], new or [])
        else:
            fields.append(FieldChange(key, old, new))
    return FormChanges(tuple(fields), tuple(entries))


def is_table(value: Any) -> bool:
    """Whether a value is a list of entries."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _entries(table: str, were: Sequence[Any], are: Sequence[Any]) -> Iterator[EntryChange]:
    """The entries of a table that differ, as they stand now; where those are gone, at the end."""
    old = [entry for entry in were if isinstance(entry, dict)]
    new: list[PlainForm] = []
    for entry in are:
        if entry in old:
            old.remove(entry)
        elif isinstance(entry, dict):
            new.append(entry)
    partners = _matched(old, new)
    for place, now in enumerate(new):
        was = old[partners[place]] if place in partners else None
        if was is None:
            yield EntryChange(table, None, now)
        else:
            within = changes_between(was, now)
            yield EntryChange(table, was, now, within.fields, within.entries)
    matched = set(partners.values())
    for place, was in enumerate(old):
        if place not in matched:
            yield EntryChange(table, was, None)


def _matched(old: Sequence[PlainForm], new: Sequence[PlainForm]) -> dict[int, int]:
    """For new entries the old ones that they seem to be, those most alike first.

    One is another's if it is of the same day and the same side, or if its words are much alike:
    its place in the list says nothing, nor does a corrected day.
    """
    if max(len(old), len(new)) > _MOST:
        return _of_one_mark(old, new)
    were, are = [_Compared.of(entry) for entry in old], [_Compared.of(entry) for entry in new]
    scores = [
        (score, -there, -here)
        for here, now in enumerate(are)
        for there, was in enumerate(were)
        if (score := now.likeness(was))
    ]
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, there, here in sorted(scores, reverse=True):
        if -here not in partners and -there not in taken:
            partners[-here] = -there
            taken.add(-there)
    return partners


def _of_one_mark(old: Sequence[PlainForm], new: Sequence[PlainForm]) -> dict[int, int]:
    """The same by day and side alone, where there are too many to compare their words."""
    left: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(old):
        left[repr(_of(entry, (*_WHO, *_WHEN)))].insert(0, place)
    marks = ((place, repr(_of(entry, (*_WHO, *_WHEN)))) for place, entry in enumerate(new))
    return {place: left[mark].pop() for place, mark in marks if left[mark]}


@dataclass(frozen=True, slots=True)
class _Compared:
    """An entry, as far as it is compared with others."""

    marks: tuple[list[Any], ...]
    """Its side, its day, and how things stand by it."""
    words: str
    counts: Counter[str]

    @classmethod
    def of(cls, entry: PlainForm) -> _Compared:
        words = _words(entry)
        marks = tuple(_of(entry, keys) for keys in (_WHO, _WHEN, _WHAT))
        return cls(marks, words, Counter(words.split()))

    def likeness(self, other: _Compared) -> float:
        """How likely it is another that was corrected; nought when it is not."""
        same = [mine == its for mine, its in zip(self.marks, other.marks, strict=True)]
        both = (self.counts & other.counts).total()
        most = self.counts.total() + other.counts.total()
        alike = 0.0
        if all(same[:2]) or 2 * both > _MAYBE * most:  # to compare word for word takes longer
            alike = likeness(self.words, other.words)
        if not (all(same[:2]) or alike > ALIKE):
            return 0.0
        return alike + sum(same) / 2


def _of(entry: PlainForm, keys: Sequence[str]) -> list[Any]:
    return [entry.get(key) for key in keys]


def _words(entry: PlainForm) -> str:
    return " ".join(value for value in entry.values() if isinstance(value, str))[:_LONGEST]
