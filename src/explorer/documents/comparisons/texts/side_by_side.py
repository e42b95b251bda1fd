"""Two texts set out clause by clause, with what differs in their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Required, TypedDict

from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.comparisons.texts.marked_words import Pieces
from explorer.documents.comparisons.texts.text_state import Absence, TextState
from explorer.documents.comparisons.texts.two_texts import (
    SIGNS,
    Relation,
    Row,
    TextsCompared,
    compared,
)
from explorer.documents.pages.text_page import NOT_READ, foreign
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels
from explorer.record.model import Clause
from explorer.record.tables import shaped
from explorer.text.json_types import DayText, RefText
from explorer.view import View

_LEAST = 36
"""Words in columns that are narrower are hard to set against one another."""
ADDED, REMOVED = ("{+", "+}"), ("{–", "–}")
"""What stands around words that one of two texts has alone. Not brackets: texts have these."""


def sheet(view: View, question: Question = ALL) -> Sheet:
    """The clauses of both side by side; in the other form only those that differ."""
    return set_out(view, question, compared(view, question))


def set_out(view: View, question: Question, found: TextsCompared | str) -> Sheet:
    """The same of a comparison that was made before."""
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
    yield from page.marks(text)


_HOW_FAR = {"whole": "whole", "part": "in part"}


def _summary(found: TextsCompared) -> Iterator[Span]:
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


def _silent(found: TextsCompared, state: TextState, row: Row) -> bool:
    """Whether a text is silent on what the other speaks of; a state is not: it has no clause."""
    return not found.of_one_text and state.absence(row.group.matters) == "silent"


def _say_how_marked(page: Sheet, found: TextsCompared) -> None:
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


def _cells(page: Sheet, found: TextsCompared, row: Row) -> Iterator[Cell]:
    for state, clauses in ((found.one, row.group.one), (found.other, row.group.other)):
        if clauses:
            again = row.relation == "the same" and state is found.other
            lines = [tuple(_statement(page, state, row, c, again=again)) for c in clauses]
        else:
            lines = [(_absence(found, state, row),)]
        short = "First" if state is found.one else "Second"
        yield Cell(found.head(state), lines[0], state.text.ref, tuple(lines[1:]), short)


def _absence(found: TextsCompared, state: TextState, row: Row) -> Span:
    if _silent(found, state, row):
        return Span("∅ silent", "warning")
    why = "not in it" if found.of_one_text else state.absence(row.group.matters)
    return Span(why, "muted")


def _statement(
    page: Sheet, state: TextState, row: Row, clause: Clause, *, again: bool
) -> Iterator[Span]:
    """A clause; the very words of the first text are not given again in the second."""
    yield Span(f"{clause.number}  ", "muted")
    if clause.name and row.group.matters:
        yield Span(f"{clause.name}: ", "strong")
    if again:
        yield Span("in the same words", "muted")
    elif clause.words:
        yield from _words_marked(row.words(clause), foreign(state.text))
    else:
        yield Span(NOT_READ, "muted")
    if clause.remark:
        yield Span(f" ({clause.remark})", "muted")
    yield from page.marks(clause)


def _words_marked(pieces: Pieces, language: str) -> Iterator[Span]:
    yield Span("“")
    for piece, fate in pieces:
        if fate == "same":
            yield Span(piece, language=language)
            continue
        words = piece.strip()
        before, after = ADDED if fate == "added" else REMOVED
        yield from (Span(" "),) if piece.startswith(" ") else ()
        yield Span(f"{before}{words}{after}", fate, language=language)
        yield from (Span(" "),) if piece.endswith(" ") else ()
    yield Span("”")


class ClauseData(TypedDict, total=False):
    """A clause of one of the two."""

    number: Required[str]
    name: str
    words: str
    only_here: list[str]
    """The words that the other has not."""
    remark: str
    issues: list[str]
    on: DayText


class ComparedRow(TypedDict, total=False):
    """What the two say on some matters."""

    matters: list[str]
    relation: Required[Relation]
    first: list[ClauseData]
    second: list[ClauseData]
    first_absence: Absence
    """What is known of the first saying nothing on it."""
    second_absence: Absence


class StateData(TypedDict):
    """One of the two that are compared."""

    text: RefText
    name: str
    on: DayText | None
    clauses: int
    brackets: int
    options: int


class ComparedData(TypedDict, total=False):
    """Which texts are compared, and how many rows there are of each sort."""

    first: Required[StateData]
    second: Required[StateData]
    counts: dict[str, int]


def as_data(view: View, question: Question = ALL) -> list[ComparedRow]:
    """The rows as plain values for JSON, less what is empty."""
    found = compared(view, question)
    if isinstance(found, str):
        return []
    return [
        _row_data(found, row)
        for row in found.rows
        if not (question.otherwise and row.relation == "the same")
    ]


def summary_data(found: TextsCompared) -> ComparedData:
    """Which texts are compared, and how many rows there are of each sort, for JSON."""
    return shaped(
        ComparedData,
        {
            "first": _state_data(found.one),
            "second": _state_data(found.other),
            "counts": dict(found.counts),
        },
    )


def _state_data(state: TextState) -> StateData:
    return {
        "text": str(state.text.ref),
        "name": state.text.name,
        "on": str(state.day) if state.day else None,
        "clauses": len(state.clauses),
        "brackets": state.brackets,
        "options": state.options,
    }


def _row_data(found: TextsCompared, row: Row) -> ComparedRow:
    data: dict[str, Any] = {"matters": row.group.matters, "relation": row.relation}
    sides = (("first", found.one, row.group.one), ("second", found.other, row.group.other))
    for name, state, clauses in sides:
        data[name] = [_clause_data(row, clause) for clause in clauses]
        if not clauses and not found.of_one_text:
            data[f"{name}_absence"] = state.absence(row.group.matters)
    return shaped(ComparedRow, data)


def _clause_data(row: Row, clause: Clause) -> ClauseData:
    alone = [piece.strip() for piece, fate in row.words(clause) if fate != "same"]
    return shaped(
        ClauseData,
        {
            "number": clause.number,
            "name": clause.name,
            "words": clause.words,
            "only_here": alone,
            "remark": clause.remark,
            "issues": list(clause.issue_ids),
            "on": str(clause.on) if clause.on else None,
        },
    )
