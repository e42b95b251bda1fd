"""Which column of a table is which field: guessed by heads and values, and corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cache, cached_property
from types import MappingProxyType

from explorer.adding.form_fields import WITHIN, FormField, fields_of
from explorer.adding.form_kinds import FORM_KINDS
from explorer.errors import UsageError
from explorer.intake import (
    cell_values,
    choice_words,
    head_words,
    inexact_numbers,
    kind_words,
    spans,
)
from explorer.intake.cell_values import Habits
from explorer.intake.record_names import RecordNames
from explorer.intake.table_files import Table
from explorer.intake.targets import ID, SOURCE, called, target_named, targets, usual_of
from explorer.record.model import Negotiation
from explorer.text.folding import fold
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line
from explorer.values import dataclass
from explorer.view import View

_NOTHING: Mapping[str, str] = MappingProxyType({})
_LOOKED_AT = 60
"""Values of a column by which is seen what it holds."""
_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_LONG = 40
_EXACT, _WITHIN_HEAD, _LEAST = 100, 55, 30
_SURE = 4
"""How likely a kind must be: else somebody is asked."""
_WHOLE = 8
"""What it weighs that all is there that a kind needs."""


class UnknownKindError(UsageError):
    """It cannot be seen what the rows of a table are."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a row is, and which column holds what."""

    kind: str
    """The kind of record or entry that each row is."""
    columns: Mapping[str, str]
    """The field of each column by its head; nothing for one that is left out."""
    fixed: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """What fields say in every row in which no column does."""
    meant: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """The id that is meant by a name which the record does not know, by the folded name."""
    habits: Habits = field(default_factory=Habits)

    def column_of(self, name: str) -> str:
        """The head of the column of a field; nothing when none holds it."""
        return next((head for head, target in self.columns.items() if target == name), "")


def guessed(table: Table, view: View, names: RecordNames, kind: str = "") -> ColumnMap:
    """What the columns of a table seem to be. Raises UsageError when its kind cannot be seen."""
    guess = _Guess(table, view, names)
    if kind:
        return ColumnMap(kind, guess.columns(kind)[0])
    found = [(guess.likeness(one), one) for one in kind_words.FIRST]
    best, likely = max(found, key=lambda of: (of[0], -kind_words.FIRST.index(of[1])))
    is_told_otherwise = guess.told_by_name and likely not in guess.told_by_name
    if best >= _SURE and is_told_otherwise:
        raise UnknownKindError(
            f"{table.name}: its rows look like {FORM_KINDS[likely].title} each, and its name "
            f"speaks of something else; say with --as {likely}, or what else they are"
        )
    if best < _SURE:
        raise UnknownKindError(
            f"{table.name}: what its rows are cannot be seen from its heads "
            f"({', '.join(table.heads[:8])}). Its first row is to name the columns; say with --as "
            f"what the rows are: {', '.join(kind_words.FIRST)}"
        )
    return ColumnMap(likely, guess.columns(likely)[0])


class _Guess:
    """How well each column goes with each field."""

    def __init__(self, table: Table, view: View, names: RecordNames) -> None:
        self._table, self._names = table, names
        self._negotiation = view.whole.dataset.negotiation
        self._values = [
            list(dict.fromkeys(c for c, _ in zip(table.column(n), range(_LOOKED_AT), strict=False)))
            for n in range(len(table.heads))
        ]
        self._heads = [_words(head) for head in table.heads]
        self._shares: dict[tuple[int, str], float] = {}

    def likeness(self, kind: str) -> float:
        """How well the whole table goes with a kind; nothing and less when it does not."""
        columns, scores = self.columns(kind)
        mapped = {target: scores[head] for head, target in columns.items() if target}
        needed = [self._covered(kind, one, mapped) for one in self._needed(kind)]
        others = sum(
            bool(self._values[number]) and not columns[head]
            for number, head in enumerate(self._table.heads)
        )
        optional = sum(0.5 for target in mapped if not target.startswith(SOURCE))
        # A kind that needs much is no likelier than one that needs little.
        whole = _WHOLE * sum(needed) / len(needed)
        return whole + optional - others + self._told_by_words(kind)

    def _needed(self, kind: str) -> list[FormField]:
        form = FORM_KINDS[kind]
        fields = fields_of(form, self._negotiation)
        return [one for one in fields if one.required and one.key != "sources"]

    def _covered(self, kind: str, one: FormField, mapped: Mapping[str, float]) -> float:
        """How surely a field that is needed is there, from 1 to -1."""
        form = FORM_KINDS[kind]
        if one.key in mapped:
            return 1 if mapped[one.key] >= _WITHIN_HEAD else 0.6
        if form.same_as.get(one.key, "") in mapped:
            return 1
        if one.key in usual_of(form):
            return 0.5
        # Form or standing is the same for many a table, and easily said for all of it.
        return -0.35 if one.typed_as == "choice" else -1

    def _told_by_words(self, kind: str) -> float:
        """How surely a head, or the name of the file, says what the rows are."""
        telling = kind_words.TELLING.get(kind, (kind,))
        # The id of a milestone stands in the rows of what belongs to one.
        heads = [words.split() for words in self._heads if not words.endswith(" id")]
        in_heads = any(word in words for words in heads for word in telling)
        return 2 * in_heads + 1.5 * (kind in self.told_by_name)

    @cached_property
    def told_by_name(self) -> Sequence[str]:
        """What the name of the file says that the rows are, perhaps what no rows can be."""
        name = _words(re.split(r"[/\\]", self._table.name)[-1].rpartition(".")[0]).split()
        told = [
            kind
            for kind in kind_words.FIRST
            if any(word.startswith(kind_words.TELLING.get(kind, (kind,))) for word in name)
        ]
        return told + [word for word in name if word.startswith(kind_words.NO_ROWS)]

    def columns(self, kind: str) -> tuple[dict[str, str], dict[str, float]]:
        """The field of each column, and how sure that is."""
        known = targets(kind, self._negotiation)
        scored = [
            (score, -place, number, name)
            for number in range(len(self._heads))
            for place, (name, one) in enumerate({**known, ID: None}.items())
            if (score := self._score(kind, number, name, one)) >= _LEAST
        ]
        columns = dict.fromkeys(self._table.heads, "")
        sure = dict.fromkeys(self._table.heads, 0.0)
        for score, _, number, name in sorted(scored, reverse=True):
            head = self._table.heads[number]
            if not columns[head] and name not in columns.values():
                columns[head], sure[head] = name, score
        return columns, sure

    def _score(self, kind: str, number: int, name: str, one: FormField | None) -> float:
        head = _by_head(self._heads[number], _known_words(kind, name, one))
        if one is None:
            return head if head == _EXACT and self._share(number, "slug") == 1 else 0
        value = self._by_values(number, name, one)
        own = 0 if name.startswith(SOURCE) else 4
        # Without a word for it a column is only what is needed, or what names records or pages.
        same_as = FORM_KINDS[kind].same_as
        is_needed = name in same_as.values() or (one.required and name not in same_as)
        is_plain = is_needed or one.is_chosen or name.endswith("address")
        return head + value + own if head or (value > 0 and is_plain) else 0

    def _by_values(self, number: int, name: str, one: FormField) -> float:  # noqa: PLR0911 -- a line for each
        """How well the values of a column go with a field."""
        if not self._values[number]:
            return 0
        if name.endswith("address"):
            share = self._share(number, "address")
            return 70 * share if share else -100
        if one.is_chosen:
            if self._share(number, "digits") == 1:
                return 0  # rows are counted more often than rounds are named by their numbers
            share = self._share(number, "names", one.kinds)
            return 40 * share if share > 0.5 else 15 * share - (30 if not share else 0)  # noqa: PLR2004
        if one.typed_as in ("day", "date"):
            share = self._share(number, "day")
            return 28 * share if share > 0.5 else -100  # noqa: PLR2004
        if one.typed_as == "number":
            share = self._share(number, "number")
            return 20 * share if share > 0.5 else -100  # noqa: PLR2004
        if one.typed_as == "choice":
            return self._by_choices(number, one)
        if self._share(number, "address") > 0.5 or self._share(number, "day") > 0.5:  # noqa: PLR2004
            return -60
        is_words = name in ("text", "words", "original", "summary")
        long = self._share(number, "long")
        return 33 * long if is_words else -20 * long

    def _by_choices(self, number: int, one: FormField) -> float:
        known = [fold(word) for pair in one.choices for word in pair]
        values = [fold(choice_words.meant(one.key, value)) for value in self._values[number]]
        if one.key == "language":
            values = [value[:2] if re.match(r"[a-z]{2}[-_]", value) else value for value in values]
        fit = sum(any(word.startswith(value) for word in known) for value in values) / len(values)
        few = 20 if fit == 1 and len(values) < _LOOKED_AT / 2 and max(map(len, values)) > 1 else 0
        return fit * 20 + few - 10 if fit > 0.3 else -60  # noqa: PLR2004

    def _share(self, number: int, what: str, kinds: Sequence[str] = ()) -> float:
        """The share of the values of a column that are such."""
        key = (number, f"{what} {' '.join(kinds)}")
        if key not in self._shares:
            values = self._values[number]
            fit = sum(self._is(value, what, kinds) for value in values)
            self._shares[key] = fit / len(values) if values else 0
        return self._shares[key]

    def _is(self, value: str, what: str, kinds: Sequence[str]) -> bool:  # noqa: PLR0911 -- a line for each
        match what:
            case "address":
                return _ADDRESS.match(value.strip()) is not None
            case "day":
                return cell_values.is_day(value) or spans.days(value, "day") is not None
            case "number":
                is_amount = inexact_numbers.amount(value, "point") is not None
                return is_amount or cell_values.is_number(value)
            case "digits":
                return value.strip().rstrip(".").isdecimal()
            case "long":
                return len(value) > _LONG
            case "slug":
                return re.fullmatch(r"[A-Za-z0-9][\w.:-]*", value.strip()) is not None
            case _:
                return self._names.is_known(kinds, value)


@cache
def _known_words(kind: str, name: str, one: FormField | None) -> tuple[str, ...]:
    label = fold(one.label) if one is not None else ID
    ids = [f"{owner} id" for owner in FORM_KINDS[kind].within if name == WITHIN]
    return tuple(map(_words, (label, *head_words.words_for(kind, name), *ids)))


def _words(head: str) -> str:
    """A head as it is compared: “Source_URL*” and “sourceUrl” as “source url”."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", head)
    kept = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", apart)
    folded = fold(kept if kept.strip() else apart)
    return " ".join(re.sub(r"[^\w'/?]+|_", " ", folded).split())


def _by_head(head: str, known: Sequence[str]) -> float:
    """How well a head goes with the words for a field."""
    if head in known:
        return _EXACT - min(known.index(head), 30) / 3  # the likelier words stand first
    words = head.split()
    inside = [word for word in known if len(word) > 3 and f" {word} " in f" {head} "]  # noqa: PLR2004
    if inside and len(words) <= 4:  # noqa: PLR2004
        return _WITHIN_HEAD + max(map(len, inside)) / 4 - 4 * len(words)
    return 0


def with_given(
    guess: ColumnMap, table: Table, negotiation: Negotiation, given: Mapping[str, str]
) -> ColumnMap:
    """A map with what somebody says of columns instead. Raises UsageError."""
    columns = dict(guess.columns)
    by_head = {fold(head): head for head in table.heads}
    for said, name in given.items():
        head = by_head.get(fold(said.strip()))
        if head is None:
            near = nearest(fold(said), by_head)
            hint = f"did you mean “{by_head[near]}”?" if near else ""
            there = hint or f"there are {', '.join(f'“{one}”' for one in table.heads)}"
            raise UsageError(f"there is no column “{one_line(said)}”; {there}")
        target = target_named(guess.kind, name, negotiation)
        for other, mapped in columns.items():
            if target and mapped == target and other not in _given_heads(given, by_head):
                columns[other] = ""  # which was only guessed
        columns[head] = target
    twice = next((t for t in columns.values() if t and list(columns.values()).count(t) > 1), "")
    if twice:
        both = " and ".join(f"“{head}”" for head, target in columns.items() if target == twice)
        raise UsageError(f"{both} cannot both be “{called(guess.kind, twice)}”")
    return replace(guess, columns=columns)


def _given_heads(given: Mapping[str, str], by_head: Mapping[str, str]) -> list[str]:
    return [by_head.get(fold(said.strip()), "") for said in given]
