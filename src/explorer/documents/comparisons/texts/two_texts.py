"""Two texts, or two states of one: which clauses belong together, and how they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Literal, NamedTuple

from explorer.documents.comparisons.question import Question
from explorer.documents.comparisons.texts.alignment import Group, aligned, aligned_states
from explorer.documents.comparisons.texts.likely_texts import likely
from explorer.documents.comparisons.texts.marked_words import Pieces, marked
from explorer.documents.comparisons.texts.text_state import TextState, state_of
from explorer.record import labels
from explorer.record.days import first_day
from explorer.record.model import Clause, Ref
from explorer.text.word_diff import words_in
from explorer.values import dataclass
from explorer.view import View

Relation = Literal[
    "the same",
    "the same as far as kept",
    "changed",
    "another order",
    "otherwise",
    "another language",
    "not read",
    "first only",
    "second only",
]

SIGNS: Mapping[Relation, tuple[str, str]] = {
    "the same": ("=", "in the same words"),
    "the same as far as kept": ("≃", "the same as far as kept"),
    "changed": ("~", "changed"),
    "another order": ("⇄", "in another order"),
    "otherwise": ("≢", "worded otherwise"),
    "another language": ("«", "in another language"),
    "not read": ("?", "not read word by word"),
    "first only": ("◂", "only in the first"),
    "second only": ("▸", "only in the second"),
}
"""A sign for the eye that runs down the column, and the words that say what it means."""

_SHARED = 12
"""Letters with which two names begin that are left out above their columns."""


@dataclass(frozen=True)
class TextsCompared:
    """Two texts and how their clauses stand to one another."""

    one: TextState
    other: TextState

    @property
    def of_one_text(self) -> bool:
        """Whether they are two states of one text."""
        return self.one.text.id == self.other.text.id

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The clauses in groups, in the order of the first text."""
        align = aligned_states if self.of_one_text else aligned
        groups = align(self.one.clauses, self.other.clauses)
        speak_alike = self.one.text.language == self.other.text.language
        return tuple(Row(group, speak_alike, self.of_one_text) for group in groups)

    @property
    def clauses(self) -> int:
        """How many clauses there are to compare."""
        return len(self.one.clauses) + len(self.other.clauses)

    def head(self, state: TextState) -> str:
        """What stands above the column of one of the two: where their names part."""
        if self.of_one_text:
            return f"As on {labels.day(state.read_on)}"
        both = zip(self.one.name, self.other.name, strict=False)
        alike = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], both))
        shared = alike.rpartition(" ")[0]
        rest = state.name.removeprefix(shared).strip()
        return f"… {rest}" if len(shared) > _SHARED else state.name

    @cached_property
    def counts(self) -> Mapping[Relation, int]:
        """How many rows there are of each sort, in the order of SIGNS."""
        counted = Counter(row.relation for row in self.rows)
        return {relation: counted[relation] for relation in SIGNS if counted[relation]}


@dataclass(frozen=True)
class Row:
    """Clauses on the same thing, and what differs."""

    group: Group
    speak_alike: bool
    """Whether both are in one language."""
    same_text: bool
    """Whether they are of two states of one text."""

    @cached_property
    def relation(self) -> Relation:
        """How the two stand to one another."""
        one, other = self.group.one, self.group.other
        if not (one and other):
            return "first only" if one else "second only"
        if not all(clause.words for clause in (*one, *other)):
            return "not read"
        return self._in_words if self.speak_alike else "another language"

    @property
    def _in_words(self) -> Relation:
        """How they stand to one another where the words of both can be compared."""
        pairs = [(a, b) for a, b in self._pairs if a and b]
        if not pairs:
            one, other = (_all_words(clauses) for clauses in (self.group.one, self.group.other))
            return "another order" if one == other else "otherwise"
        if len(pairs) < len(self._pairs) or any(
            fate != "same" for pieces in self._marked.values() for _, fate in pieces
        ):
            return "changed"
        same = all(_plain(one) == _plain(other) for one, other in pairs)
        return "the same" if same else "the same as far as kept"

    @cached_property
    def _pairs(self) -> Sequence[tuple[Clause | None, Clause | None]]:
        """Each clause with the one of the other text that is much like it."""
        if self.same_text and self.group.one and self.group.other:
            return ((self.group.one[0], self.group.other[0]),)
        return tuple(self.group.pairs())

    @cached_property
    def _marked(self) -> Mapping[int, Pieces]:
        """The words of each clause that is paired, by its identity."""
        found: dict[int, Pieces] = {}
        for one, other in self._pairs:
            if one and other and self.speak_alike:
                found[id(one)], found[id(other)] = marked(one.words, other.words)
        return found

    def words(self, clause: Clause) -> Pieces:
        """The words of a clause, marked against those of the one it is set beside."""
        return self._marked.get(id(clause), ((clause.words, "same"),))


def _all_words(clauses: Iterable[Clause]) -> list[str]:
    return sorted(word for clause in clauses for word in words_in(clause.words) if word.isalnum())


def _plain(clause: Clause) -> str:
    return " ".join(clause.words.split())


def compared(view: View, question: Question) -> TextsCompared | str:
    """The comparison that is asked for; or why there is none, as a sentence.

    A text of which no other is named is compared with the likeliest, the older of them first.
    """
    about = question.about
    if about is None:
        return "Two texts are compared, and none was named."
    if question.other is not None:
        return _of_two(
            view, Side(about, question.about_on), Side(question.other, question.other_on)
        )
    if about not in view.index:
        return _not_public(view, Side(about))
    found = next(iter(likely(view, about)), None)
    if found is None:
        return f"There is no other text to compare with {labels.title(view.index, about)}."
    return _of_two(view, *older_first(view, Side(about), Side(found.ref, found.on)))


class Side(NamedTuple):
    """A text that is compared, and the day on which it is read; None for that of the view."""

    ref: Ref
    day: date | None = None


def older_first(view: View, one: Side, other: Side) -> tuple[Side, Side]:
    """Two texts in the order in which they came to read as they do."""

    def age(side: Side) -> tuple[date, date]:
        return first_day(view.index.text(side.ref).issued), side.day or date.max

    return (other, one) if age(other) < age(one) else (one, other)


def _of_two(view: View, one: Side, other: Side) -> TextsCompared | str:
    states = [state_of(view, *side) for side in (one, other)]
    if states[0] is not None and states[1] is not None:
        return TextsCompared(states[0], states[1])
    return _not_public(view, one if states[0] is None else other)


def _not_public(view: View, side: Side) -> str:
    when = min(side.day, view.as_of) if side.day else view.as_of
    return f"{labels.title(view.index, side.ref)} was not public on {labels.day(when)}."
