"""What was on the table in which round, and where it stood when the round was over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypedDict, get_args

from explorer.documents.comparisons import compared
from explorer.documents.sheet import Sheet, Span
from explorer.documents.time_axis import along, before_rows, placed, scale
from explorer.record import labels
from explorer.record.days import last_day
from explorer.record.model import Ref, Round, State
from explorer.text.json_types import RefText
from explorer.values import dataclass
from explorer.view import View

ABSENT = Span("⋅", "rule")
_WIDE, _TIGHT, _FEW = 3, 2, 15
"""Cells for each round, of which there may be many: 80 columns hold them all."""

_ROOMY = 6
"""Cells for each at most, where there is more room than that."""
_WHOLE = 5
"""Cells that a year of four digits needs, or a month of three letters, with a blank after it."""
_LINE, _APART = 60, 3
"""Cells of a line of what signs mean where no room is said, and between them."""
_SHARED = 4
"""On the time axis at most one round in so many shares the cell of another."""

_ORDER = get_args(State)
"""The states from the first to the last."""

_NONE = "No round had been held by then, or none of what is in the scope was on its table."


@dataclass(frozen=True, slots=True)
class Row:
    """An issue and the state it was left in by each round that had it on the table."""

    issue: Ref
    states: Mapping[Ref, str]


UNTOLD = "raised"
"""The state of an issue that was on the table before any status was given for it."""


def rounds(view: View) -> tuple[Ref, ...]:
    """The rounds that are held, oldest first."""
    held = [r for r in view.index.dataset.rounds if not view.is_to_come(r)]
    return tuple(r.ref for r in sorted(held, key=lambda r: r.opens))


def rows(view: View) -> tuple[Row, ...]:
    """Every issue in the scope that was on the table in a round."""
    listed = (
        Row(issue, {r: state for r in rounds(view) if (state := _state(view, issue, r))})
        for issue in compared.issues(view)
    )
    return tuple(row for row in listed if row.states)


def _state(view: View, issue: Ref, this_round: Ref) -> str:
    held = view.index.round(this_round)
    points = map(view.index.point, view.index.naming(this_round, "point"))
    if issue.id not in {*held.issue_ids, *(slug for point in points for slug in point.issue_ids)}:
        return ""
    statuses = view.index.issue(issue).statuses
    stood = [status.state for status in statuses if last_day(status.on) <= held.closes]
    return stood[-1] if stood else UNTOLD


class OnTheTableRow(TypedDict):
    """An issue, and where it stood in which round."""

    issue: RefText
    rounds: dict[str, str]
    """The issue's status there, by the reference of the round."""


def as_data(view: View) -> list[OnTheTableRow]:
    """The rows as plain values for JSON."""
    return [
        {"issue": str(row.issue), "rounds": {str(r): state for r, state in row.states.items()}}
        for row in rows(view)
    ]


def document(view: View) -> Sheet:
    """A line for each issue, with the rounds it was on the table in."""
    page = _begun(view)
    for row in rows(view):
        spans: list[Span] = []
        for this_round, state in row.states.items():
            spans += (*((Span("; "),) if spans else ()), page.name(this_round))
            spans.append(Span(f" ({state})"))
        page.add(*spans, kind="row", label=(page.name(row.issue),))
    return page


def _begun(view: View) -> Sheet:
    page = Sheet(view, f"On the table, round by round, to {labels.day(view.as_of)}")
    if not rows(view):
        page.add(_NONE)
    return page


def fitting(view: View, room: int | None, first: int = 0) -> range:
    """Which of the rounds have room beside the names of the issues, from the first to be shown.

    The last are shown with as many before them as there is room for.
    """
    columns, listed = rounds(view), rows(view)
    if room is None:
        return range(len(columns))
    label = _label(view, listed, room)
    widths = _widths(list(map(view.index.round, columns)))
    last = len(columns)
    while last > 0 and sum(widths[first:last]) > room - label:
        if sum(widths[first : last - 1]) <= room - label or last - 1 == first:
            last -= 1
            break
        last -= 1
    while first > 0 and sum(widths[first - 1 : last]) <= room - label:
        first -= 1
    return range(first, max(last, first + 1))


def _label(view: View, listed: Sequence[Row], room: int) -> int:
    """The cells that the names of the issues take."""
    return before_rows((labels.title(view.index, row.issue) for row in listed), room)


def _widths(columns: Sequence[Round]) -> list[int]:
    """The cells that each round needs, its number and a gap among them."""
    least = _WIDE if len(columns) <= _FEW else _TIGHT
    return [max(least, len(r.number) + 1) for r in columns]


def _spread(widths: Sequence[int], room: int) -> list[int]:
    """The cells of each round where there is room for more than it needs."""
    more = max((room - sum(widths)) // len(widths), 0)
    return [max(width, min(width + more, _ROOMY)) for width in widths]


def sheet(view: View, room: int | None = None, first: int = 0) -> Sheet:
    """Issues down, rounds across; a glyph shows where the issue stood after the round.

    In a room of so many cells only those rounds are there that fit, from the first to be shown.
    """
    page = _begun(view)
    listed, every = rows(view), list(map(view.index.round, rounds(view)))
    if not listed:
        return page
    seen = fitting(view, room, first)
    columns = every[seen.start : seen.stop]
    widths = _widths(every)[seen.start : seen.stop]
    if room is not None:
        widths = _spread(widths, room - _label(view, listed, room))
    is_whole = min(widths) >= _WHOLE
    year, letters = ("%Y", 3) if is_whole else ("%y", 1)
    years = _once(columns, lambda r: r.opens.strftime(year), "%y")
    months = _once(columns, lambda r: labels.MONTHS[r.opens.month - 1][:letters], "%y%m")
    for label, heads in (("Year", years), ("Month", months)):
        line = "".join(f"{head:<{width}}" for head, width in zip(heads, widths, strict=True))
        page.add(line.rstrip(), kind="row", label=(Span(label, "label"),))
    numbers: list[Span] = []
    for this_round, width in zip(columns, widths, strict=True):
        number = this_round.number or "∙"
        numbers += [Span(number, "link", this_round.ref), Span(" " * (width - len(number)))]
    which = "" if len(seen) == len(every) else f" {seen.start + 1}–{seen.stop} of {len(every)}"
    page.add(*numbers[:-1], kind="row", label=(Span(f"Round{which}", "label"),))
    for row in listed:
        spans: list[Span] = []
        for this_round, width in zip(columns, widths, strict=True):
            state = row.states.get(this_round.ref)
            glyph = page.state(state, this_round.ref, sign=True) if state else ABSENT
            spans += [glyph, Span(" " * (width - 1))]
        page.add(*spans[:-1], kind="row", label=(page.name(row.issue),))
    _explain(page, listed, room)
    return page


def _explain(page: Sheet, listed: Sequence[Row], room: int | None) -> None:
    """What the signs mean."""
    view = page.view
    page.add(kind="blank")
    page.add("A sign: where the issue stood after the round; a dot: not on the table.")
    met = {state for row in listed for state in row.states.values()}
    meanings = partial(view.index.dataset.negotiation.meaning, "state")
    ordered = sorted(met, key=lambda state: (_ORDER.index(meanings(state)), state))
    for states in _in_lines(ordered, room or _LINE):
        page.add(*(span for state in states for span in (page.state(state), Span(" " * _APART))))


def inset(view: View, room: int) -> int:
    """The cells before the time axis, which the names of the issues take; 0 without an axis.

    It has one where few of the rounds would share a cell of it.
    """
    listed, every = rows(view), rounds(view)
    if not listed:
        return 0
    before = _label(view, listed, room)
    cells = {of_cell.cell for of_cell in placed(view, scale(view, room - before))}
    crowded = (len(every) - len(cells)) * _SHARED > len(every)
    return 0 if crowded else before


def on_axis(view: View, room: int) -> Sheet:
    """Issues down and time across, to the scale of the ribbon above, which begins at the inset.

    Rounds of one cell share a sign, which is that of the last of them.
    """
    page = _begun(view)
    before, listed = inset(view, room), rows(view)
    on = scale(view, room - before)
    of_cells = placed(view, on)
    numbers: dict[int, Span] = {}
    for each in of_cells:
        role = "warning" if each.is_to_come else "link"
        numbers[each.cell] = Span(each.sign, role, each.rounds[-1])
    page.add(*along(numbers, on.width), kind="row", label=(Span("Round", "label"),))
    today = {on.cell(view.as_of): Span("│", "rule")}
    for row in listed:
        signs = dict(today)
        for each in of_cells:
            if each.is_to_come:
                continue
            last = next((ref for ref in reversed(each.rounds) if ref in row.states), None)
            signs[each.cell] = page.state(row.states[last], last, sign=True) if last else ABSENT
        page.add(*along(signs, on.width), kind="row", label=(page.name(row.issue),))
    _explain(page, listed, room)
    return page


def sharing(view: View, width: int, of_round: Ref) -> tuple[Ref, ...]:
    """The rounds in the cell of one on a time axis of so many cells, itself among them."""
    on = scale(view, width)
    return next(each.rounds for each in placed(view, on) if of_round in each.rounds)


def _in_lines(states: Sequence[str], room: int) -> Iterator[list[str]]:
    """States on lines, none of which is broken within one."""
    line: list[str] = []
    for state in states:
        sign = 2
        taken = sum(len(other) + sign + _APART for other in line)
        if line and taken + len(state) + sign > room:
            yield line
            line = []
        line.append(state)
    if line:
        yield line


def meaning(page: Sheet, issue: Ref | None, of_round: Ref | None) -> tuple[Span, ...]:
    """What a sign stands for, since when it was so, and after which round.

    Of a round alone its name and days; of an issue alone how it stands now.
    """
    view = page.view
    after = None
    if of_round is not None and issue is not None and of_round not in rounds(view):
        issue = None  # it is to come
    if of_round is not None:
        held = view.index.round(of_round)
        after = f"{labels.title(view.index, of_round)}, {view.days_of(held)}"
    if issue is None:
        return (Span(after),) if after else ()
    until = view.index.round(of_round).closes if of_round is not None else view.as_of
    stood = [s for s in view.index.issue(issue).statuses if last_day(s.on) <= until]
    said: tuple[Span, ...] = (Span(f"{UNTOLD}, with no status given by then"),)
    if stood:
        since = stood[-1]
        for status in reversed(stood):
            if status.state != since.state:
                break
            since = status
        said = (page.state(since.state), Span(f" since {labels.day(since.on)}"))
    return (*said, Span(f", after {after}", "muted")) if after else said


def _once(columns: Sequence[Round], part: Callable[[Round], str], whole: str) -> Iterator[str]:
    """A part of each round's date, and nothing where the whole is that of the round before."""
    before = ""
    for this_round in columns:
        now = this_round.opens.strftime(whole)
        yield part(this_round) if now != before else ""
        before = now
