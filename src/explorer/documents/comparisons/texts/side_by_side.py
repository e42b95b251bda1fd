"""Two texts set out clause by clause, with what differs in their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.comparisons.texts.alignment import Group, aligned, aligned_states
from explorer.documents.comparisons.texts.likely_texts import likely
from explorer.documents.comparisons.texts.marked_words import Pieces, marked
from explorer.documents.comparisons.texts.text_state import TextState, state_of
from explorer.documents.pages.text_page import NOT_READ
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels
from explorer.record.days import first_day
from explorer.record.model import Clause, Ref
from explorer.record.tables import without_empty
from explorer.text.word_diff import words_in
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
    "the same as far as kept": ("≈", "the same as far as kept"),
    "changed": ("~", "changed"),
    "another order": ("⇄", "in another order"),
    "otherwise": ("≠", "worded otherwise"),
    "another language": ("↔", "in another language"),
    "not read": ("?", "not read word by word"),
    "first only": ("◂", "only in the first"),
    "second only": ("▸", "only in the second"),
}
"""A sign for the eye that runs down the column, and the words that say what it means."""

_LEAST = 36
"""Words in columns that are narrower are hard to set against one another."""
_SHARED = 12
"""Letters with which two names begin that are left out above their columns."""
ADDED, REMOVED = ("{+", "+}"), ("{–", "–}")
"""What stands around words that one of two texts has alone. Not brackets: texts have these."""


@dataclass(frozen=True)
class Comparison:
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

    def head(self, state: TextState) -> str:
        """What stands above the column of one of the two: where their names part."""
        if self.of_one_text:
            return f"As on {labels.day(state.read_on)}"
        both = zip(self.one.name, self.other.name, strict=False)
        alike = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], both))
        shared = alike.rpartition(" ")[0]
        rest = state.name.removeprefix(shared).strip()
        return f"… {rest}" if len(shared) > _SHARED else state.name

    @property
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


def compared(view: View, question: Question) -> Comparison | str:
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


def _of_two(view: View, one: Side, other: Side) -> Comparison | str:
    states = [state_of(view, *side) for side in (one, other)]
    if states[0] is not None and states[1] is not None:
        return Comparison(states[0], states[1])
    return _not_public(view, one if states[0] is None else other)


def _not_public(view: View, side: Side) -> str:
    when = min(side.day, view.as_of) if side.day else view.as_of
    return f"{labels.title(view.index, side.ref)} was not public on {labels.day(when)}."


def sheet(view: View, question: Question = ALL) -> Sheet:
    """The clauses of both side by side; in the other form only those that differ."""
    found = compared(view, question)
    page = Sheet(view, "Texts compared")
    if isinstance(found, str):
        page.add(found)
        return page
    page.title = f"{found.one.name} – {found.other.name}"
    for place, state in (("First", found.one), ("Second", found.other)):
        page.facts((place, tuple(_introduced(page, state))))
    page.add(kind="blank")
    page.add(*_summary(found))
    _say_how_marked(page, found)
    page.add(kind="blank")
    rows = [row for row in found.rows if not (question.otherwise and row.relation == "the same")]
    for row in rows:
        page.row_of_cells(_cells(page, found, row), _label(row), least=_LEAST)
    if not rows:
        page.add("They do not differ." if found.rows else "No clause of either is kept here.")
    page.list_sources()
    return page


def _introduced(page: Sheet, state: TextState) -> Iterator[Span]:
    text = state.text
    yield page.name(text.ref, text=state.name)
    by = labels.sides(page.index, text.issuer_ids)
    read = "all its words are here" if text.file else f"read {_HOW_FAR[text.read]}"
    language = labels.language(text.language) if text.language != "en" else ""
    facts = (text.type, by, labels.day(text.issued), language, read)
    yield Span(f"  {' · '.join(filter(None, facts))}", "muted")
    yield from page.marks(text.source_ids)


_HOW_FAR = {"whole": "whole", "part": "in part"}


def _summary(found: Comparison) -> Iterator[Span]:
    """How many rows there are of each sort, what one is silent on, and what is left open."""
    counts = (f"{number} {SIGNS[relation][1]}" for relation, number in found.counts.items())
    passages = labels.counted(len(found.rows), "passage")
    yield Span(f"{passages}: {', '.join(counts)}." if found.rows else "")
    for state, lacking in ((found.one, "second only"), (found.other, "first only")):
        silent = [
            row for row in found.rows if row.relation == lacking and _silent(found, state, row)
        ]
        if silent:
            on = ", ".join(dict.fromkeys(m for row in silent for m in row.group.matters))
            yield Span(" ")
            yield Span(
                f"∅ {state.name} is silent on {labels.counted(len(silent), 'matter')}: {on}.",
                "warning",
            )
    for what, one, other in (
        ("brackets", found.one.brackets, found.other.brackets),
        ("options", found.one.options, found.other.options),
    ):
        if one or other:
            yield Span(f" {what.capitalize()}: {one} → {other}.", "strong")


def _silent(found: Comparison, state: TextState, row: Row) -> bool:
    """Whether a text is silent on what the other speaks of; a state is not: it has no clause."""
    return not found.of_one_text and state.absence(row.group.matters) == "silent"


def _say_how_marked(page: Sheet, found: Comparison) -> None:
    if "changed" in found.counts:
        gone, new = "words".join(REMOVED), "words".join(ADDED)
        page.add(
            Span(gone, "removed"),
            Span(" only the first has, ", "muted"),
            Span(new, "added"),
            Span(" only the second.", "muted"),
        )


def _label(row: Row) -> tuple[Span, ...]:
    clauses = (*row.group.one, *row.group.other)
    named = ", ".join(row.group.matters) or next((c.name for c in clauses if c.name), "")
    sign, words = SIGNS[row.relation]
    role = "warning" if row.relation in ("changed", "another order", "otherwise") else "muted"
    return (Span(named or clauses[0].number, "strong"), BREAK, Span(f"{sign} {words}", role))


def _cells(page: Sheet, found: Comparison, row: Row) -> Iterator[Cell]:
    for state, clauses in ((found.one, row.group.one), (found.other, row.group.other)):
        if clauses:
            again = row.relation == "the same" and state is found.other
            lines = [tuple(_statement(page, row, c, again=again)) for c in clauses]
        else:
            lines = [(_absence(found, state, row),)]
        short = "First" if state is found.one else "Second"
        yield Cell(found.head(state), lines[0], state.text.ref, tuple(lines[1:]), short)


def _absence(found: Comparison, state: TextState, row: Row) -> Span:
    if _silent(found, state, row):
        return Span("∅ silent", "warning")
    why = "not in it" if found.of_one_text else state.absence(row.group.matters)
    return Span(why, "muted")


def _statement(page: Sheet, row: Row, clause: Clause, *, again: bool) -> Iterator[Span]:
    """A clause; the very words of the first text are not given again in the second."""
    yield Span(f"{clause.number}  ", "muted")
    if clause.name and row.group.matters:
        yield Span(f"{clause.name}: ", "strong")
    if again:
        yield Span("in the same words", "muted")
    elif clause.words:
        yield from _words_marked(row.words(clause))
    else:
        yield Span(NOT_READ, "muted")
    if clause.remark:
        yield Span(f" ({clause.remark})", "muted")
    yield from page.marks(clause.source_ids)


def _words_marked(pieces: Pieces) -> Iterator[Span]:
    yield Span("“")
    for piece, fate in pieces:
        if fate == "same":
            yield Span(piece)
            continue
        words = piece.strip()
        before, after = ADDED if fate == "added" else REMOVED
        yield from (Span(" "),) if piece.startswith(" ") else ()
        yield Span(f"{before}{words}{after}", fate)
        yield from (Span(" "),) if piece.endswith(" ") else ()
    yield Span("”")


def as_data(view: View, question: Question = ALL) -> list[dict[str, Any]]:
    """The rows as plain values for JSON, less what is empty."""
    found = compared(view, question)
    if isinstance(found, str):
        return []
    return [
        _row_data(found, row)
        for row in found.rows
        if not (question.otherwise and row.relation == "the same")
    ]


def summary_data(found: Comparison) -> dict[str, Any]:
    """Which texts are compared, and how many rows there are of each sort, for JSON."""
    return without_empty(
        {
            "first": _state_data(found.one),
            "second": _state_data(found.other),
            "counts": dict(found.counts),
        }
    )


def _state_data(state: TextState) -> dict[str, Any]:
    return {
        "text": str(state.text.ref),
        "name": state.text.name,
        "on": str(state.day) if state.day else None,
        "clauses": len(state.clauses),
        "brackets": state.brackets,
        "options": state.options,
    }


def _row_data(found: Comparison, row: Row) -> dict[str, Any]:
    data: dict[str, Any] = {"matters": row.group.matters, "relation": row.relation}
    sides = (("first", found.one, row.group.one), ("second", found.other, row.group.other))
    for name, state, clauses in sides:
        data[name] = [_clause_data(row, clause) for clause in clauses]
        if not clauses and not found.of_one_text:
            data[f"{name}_absence"] = state.absence(row.group.matters)
    return without_empty(data)


def _clause_data(row: Row, clause: Clause) -> dict[str, Any]:
    alone = [piece.strip() for piece, fate in row.words(clause) if fate != "same"]
    return without_empty(
        {
            "number": clause.number,
            "name": clause.name,
            "words": clause.words,
            "only_here": alone,
            "remark": clause.remark,
            "issues": list(clause.issue_ids),
            "on": str(clause.on) if clause.on else None,
        }
    )
