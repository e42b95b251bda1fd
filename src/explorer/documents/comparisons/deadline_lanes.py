"""Deadlines on the time axis: of each the days that were set, with an arrow for every move."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents import due_days
from explorer.documents.comparisons import deadlines
from explorer.documents.comparisons.question import Question
from explorer.documents.due_days import Due, Moved
from explorer.documents.sheet import Sheet, Span
from explorer.documents.time_axis import GAP, Scale, along, before_rows, scale
from explorer.record import labels
from explorer.record.days import first_day
from explorer.record.model import Ref
from explorer.text.cells import width
from explorer.view import View

_SHARE, _LEAST = 3, 24
"""Names take at most this part of the room, and so many cells in any case."""
_BEFORE = "◦"
"""A day that was set and moved."""
_LATER, _EARLIER = "►", "◄"
_TO_COME, _PASSED, _UNSET, _DROPPED = "▵", "?", "…", "∅"
_OUTCOMES = {
    **dict.fromkeys(("missed", "not carried out"), ("✗", "state-disputed")),
    "dropped": (_DROPPED, "state-paused"),
    "carried out in part": ("◒", "state-agreed"),
}
_DONE = ("✓", "state-agreed")
_MEANINGS = (
    (_TO_COME, "warning", "to come"),
    (_PASSED, "warning", "passed, outcome not recorded"),
    (*_DONE, "met or done"),
    ("✗", "state-disputed", "missed"),
    ("◒", "state-agreed", "in part"),
    (_DROPPED, "state-paused", "dropped"),
    (_UNSET, "warning", "yet to be set"),
    (_BEFORE, "muted", "set before"),
    (_LATER, "muted", "moved"),
)


def inset(view: View, question: Question, room: int) -> int:
    """The cells before the axis, which the names take; 0 when there are none."""
    dues = _all(view, question)
    names = (_name(view, each, room) for each in dues)
    return before_rows(names, room) if dues else 0


def _name(view: View, this: Due, room: int) -> str:
    """Its name, cut where it would take too much of the room from the axis."""
    name, longest = labels.title(view.index, this.ref), max(room // _SHARE, _LEAST)
    if width(name) <= longest:
        return name
    while width(name) >= longest:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _all(view: View, question: Question) -> list[Due]:
    return [each for dues in deadlines.listed(view, question).values() for each in dues]


def sheet(view: View, question: Question, room: int) -> Sheet:
    """The same deadlines as in the list, in the same order, each a line to the ribbon's scale."""
    page = Sheet(view, deadlines.title("Deadlines on the time axis", view, question))
    before = inset(view, question, room)
    on = scale(view, room - before)
    drawn: set[str] = set()
    for state, dues in deadlines.listed(view, question).items():
        if dues:
            page.heading(deadlines.heading(state, dues))
        for each in dues:
            lane = _lane(view, on, each)
            drawn |= {span.text for span in lane.values()}
            name = page.name(each.ref, text=_name(view, each, room))
            # Every section has the axis in the same columns.
            fill = Span(" " * (before - GAP - width(name.text)))
            page.add(*along(lane, on.width), kind="row", label=(name, fill))
    page.add(kind="blank")
    meanings = [(s, role, means) for s, role, means in _MEANINGS if s in drawn]
    said = (span for s, role, means in meanings for span in (Span(s, role), Span(f" {means}  ")))
    page.add(*said)
    return page


def _lane(view: View, on: Scale, this: Due) -> dict[int, Span]:
    """The signs of a deadline by their cells."""
    lane = {on.cell(view.as_of): Span("│", "rule")}
    for moved in this.moved:
        if moved.before is not None:
            _move(lane, on, moved)
    if lane[on.cell(view.as_of)].text == "─":
        lane[on.cell(view.as_of)] = Span("┼", "muted")
    last = this.moved[-1].before if this.when is None and this.moved else this.when
    if last is None:
        return lane
    cell = on.cell(first_day(last))
    sign, role = _sign(view, this)
    if this.when is None:
        cell = min(cell + 2, on.width - 1)
    lane[cell] = Span(sign, role)
    for words in _words(view, this):
        for first in (cell + 2, cell - len(words) - 1):
            cells = range(first - 1, first + len(words) + 1)
            if first >= 0 and cells.stop - 1 <= on.width and not lane.keys() & {*cells} - {cell}:
                lane[first] = Span(words, "muted")
                return lane
    return lane


def _words(view: View, this: Due) -> Iterator[str]:
    """What stands beside the sign, in more and in fewer words."""
    when = labels.day(this.when) if this.when is not None else ""
    yield ", ".join(filter(None, (when, due_days.stands(view, this))))
    yield when


def _sign(view: View, this: Due) -> tuple[str, str]:
    """What came of it."""
    if this.outcome:
        return _OUTCOMES.get(this.outcome, _DONE)
    if this.when is None:
        return _UNSET, "warning"
    is_ahead = due_days.state(view, this) == "ahead"
    return (_TO_COME if is_ahead else _PASSED), "warning"


def _move(lane: dict[int, Span], on: Scale, moved: Moved) -> None:
    """An arrow from the day before to the one that was set for it."""
    before = on.cell(first_day(moved.before)) if moved.before else 0
    to = on.cell(first_day(moved.to)) if moved.to else min(before + 2, on.width - 1)
    way = 1 if to >= before else -1
    for cell in range(before + way, to, way):
        lane[cell] = Span("─", "muted")
    if abs(to - before) > 1:
        lane[to - way] = Span(_LATER if way > 0 else _EARLIER, "muted")
    lane[before] = Span(_BEFORE, "muted")


def said(view: View, question: Question, number: int) -> list[tuple[Span, ...]]:
    """In words what is drawn in a line, by its number: when it is due, and how it was moved."""
    this = _all(view, question)[number]
    stands = due_days.stands(view, this)
    role = "warning" if due_days.state(view, this) == "passed" else "strong"
    when = f"  {labels.day(this.when)} · {this.what}{' · ' if stands else ''}"
    name = Span(labels.title(view.index, this.ref))
    lines: list[tuple[Span, ...]] = [(name, Span(when, "muted"), Span(stands, role))]
    for moved in this.moved:
        days = f"{labels.day(moved.before)} → {labels.day(moved.to)}"
        text = f"  moved {labels.day(moved.by.on)}. "
        lines.append((Span(days, "strong"), Span(text, "muted"), Span(moved.by.text)))
    return lines


def refs(view: View, question: Question) -> list[Ref]:
    """What the lines are of."""
    return [each.ref for each in _all(view, question)]
