"""What each delegation wants on each issue, and what changed between two dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, Required, TypedDict

from explorer.documents.comparisons import coalitions, on_the_table, position_orders
from explorer.documents.comparisons.coalitions import Group
from explorer.documents.comparisons.on_the_table import OnTheTableRow
from explorer.documents.comparisons.position_orders import Taken
from explorer.documents.comparisons.positions_held import Held, Movement, Row, columns, rows
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages import sides
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels
from explorer.record.model import Delegation
from explorer.record.tables import shaped
from explorer.text.json_types import DayText, RefText
from explorer.values import dataclass
from explorer.view import View

__all__ = ["Held", "Row", "as_data", "columns", "document", "rows", "set_out", "sheet"]

GLYPHS = {"added": "+", "changed": "~", "dropped": "–"}
"""Beside the word, for the eye that runs down a column."""


class PositionData(TypedDict, total=False):
    """What one side wants."""

    stated: Required[bool]
    """Whether the side said anything; if not, there is no other key."""
    text: str
    stance: str
    words: str
    quote: str
    """The quote that says so, by id."""
    with_: list[str]
    """Who else holds it, by id."""
    count: int
    """How many hold it, where they are not all named."""
    departs_from: str
    """The delegation from whose line it departs."""
    divided: Literal[True]
    on: DayText
    speaker: str
    withdrawn: Literal[True]
    movement: Movement
    """What became of it since the second date, when one was given."""
    was: str
    was_on: DayText
    sources: list[str]
    own: Literal[True]


class PositionsRow(TypedDict):
    """An issue, with what each side wants."""

    issue: RefText
    status: str | None
    positions: dict[str, PositionData]
    """By the id of the delegation."""


def as_data(view: View, question: Question = ALL) -> list[PositionsRow] | list[OnTheTableRow]:
    """The rows as plain values for JSON."""
    if question.otherwise:
        return on_the_table.as_data(view)
    listed = rows(view, question.since)
    if question.order:
        listed = tuple(_foremost_first(view, listed, question.order))
    positions: list[PositionsRow] = [
        {
            "issue": str(row.issue.ref),
            "status": row.issue.latest_status.state if row.issue.latest_status else None,
            "positions": {held.delegation_id: _as_data(held) for held in row.held},
        }
        for row in listed
    ]
    return positions


def _foremost_first(view: View, listed: Sequence[Row], order: str) -> Iterator[Row]:
    """The rows sorted, and those who hold something in each sorted like its positions."""
    for row, taken in position_orders.ordered(view, listed, order):
        holding = [held for each in taken for held in each.held]
        yield Row(row.issue, (*holding, *(held for held in row.held if held.now is None)))


def _as_data(held: Held) -> PositionData:
    if held.now is None:
        return {"stated": False}
    return shaped(
        PositionData,
        {
            "stated": True,
            "text": held.now.text,
            "stance": held.now.stance,
            "words": held.now.words,
            "quote": held.now.quote_id,
            "with": [slug for slug in held.now.delegation_ids if slug != held.delegation_id],
            "count": held.now.count,
            "departs_from": held.now.departs_from_id,
            "divided": held.now.divided or None,
            "on": held.now.on,
            "speaker": held.now.speaker_id,
            "withdrawn": held.now.withdrawn or None,
            "movement": held.movement,
            "was": held.was.text if held.was else None,
            "was_on": held.was.on if held.was else None,
            "sources": held.now.source_ids,
            "own": held.now.own or None,
        },
    )


def document(view: View, question: Question = ALL) -> Sheet:
    """The same as the sheet, issues by rounds in words."""
    return on_the_table.document(view) if question.otherwise else sheet(view, question)


def sheet(view: View, question: Question = ALL) -> Sheet:
    """The grid of issues by delegations; its other form is that of issues by rounds."""
    if question.otherwise:
        return on_the_table.sheet(view)
    since = question.since
    listed = rows(view, since)
    page = Sheet(view, f"Positions on {labels.day(view.as_of)}")
    if since is not None:
        page.title += f", and what changed since {labels.day(since)}"
        is_before = since < view.as_of
        page.add(_summary(listed) if is_before else labels.not_before(since, view.as_of))
    if not listed:
        page.add("No issue in the scope was public then.")
    if question.by_coalition:
        page.title += ", by coalition"
    if question.order:
        page.title += f", {position_orders.NAMES[question.order]}"
    grouped = coalitions.groups(view, columns(view)) if question.by_coalition else ()
    if listed and any(group.coalition for group in grouped):
        coalitions.say_who_belongs(page, grouped)
        if question.order or not listed[0].issue.group:  # no heading follows
            page.add(kind="blank")
    elif listed and question.by_coalition:
        page.add(Span(coalitions.NONE, "muted"))
    _Table(page, question.order, _filled(listed, grouped), grouped).set_out(listed)
    if page.blocks and not columns(view):
        page.add(Span("No delegation is recorded that could hold a position.", "muted"))
    page.list_sources()
    return page


def _filled(listed: Sequence[Row], grouped: Sequence[Group]) -> frozenset[str]:
    """The columns in which there is something, by the ids of delegations or the names of groups."""
    stating = {held.delegation_id for row in listed for held in row.held if held.now}
    if not grouped:
        return frozenset(stating)
    return frozenset(group.name for group in grouped if stating & set(group.ids))


_NO_LINE = "no line of its own"


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows in the order that was asked for, with the columns that was asked for."""

    page: Sheet
    order: str
    filled: Collection[str]
    grouped: Sequence[Group]

    def set_out(self, listed: Sequence[Row]) -> None:
        """All rows, under the headings of their groups unless they are sorted otherwise."""
        if self.order:
            for row, taken in position_orders.ordered(self.page.view, listed, self.order):
                self._set_out(row, taken)
            return
        group = ""
        for row in listed:
            if row.issue.group != group:
                group = row.issue.group
                self.page.heading(group)
            self._set_out(row, position_orders.taken(row.held))

    def _set_out(self, row: Row, taken: Sequence[Taken]) -> None:
        page, status = self.page, row.issue.latest_status
        state = (BREAK, page.state(status.state)) if status else ()
        label = (page.name(row.issue.ref), *state)
        if self.grouped:
            self._by_coalition(row, taken, label)
        elif self.order and sides.are_many(row.held):
            cells = [_taken(page, row, each, counts=self.order == "holders") for each in taken]
            lacking = sides.lacking(page, _without(page, row), "not stated")
            page.row_of_cells(cells, label, lacking, least=sides.LIST)
        else:
            set_out(page, row, label, self.filled)

    def _by_coalition(self, row: Row, taken: Sequence[Taken], label: Sequence[Span]) -> None:
        page, cells = self.page, []
        held = {each.delegation_id: each for each in row.held}
        for group in self.grouped:
            own = held.get(group.coalition.id) if group.coalition else None
            said = _said(page, own) if own and own.now else None
            members = {member.id for member in group.members}
            beneath = []
            for each in taken:
                if of := [one for one in each.held if one.delegation_id in members]:
                    slugs = [one.delegation_id for one in of]
                    beneath.append((slugs, _said(page, of[0], beside=slugs)))
            cell = coalitions.cell(page, group, said, beneath, row.issue.ref, nothing=_NO_LINE)
            if cell or group.name in self.filled:
                cells.append(cell or Cell(group.name, ()))
        page.row_of_cells(cells, label, sides.lacking(page, _without(page, row), "not stated"))


def _without(page: Sheet, row: Row) -> list[Delegation]:
    return [page.index.delegation(held.delegation_id) for held in row.held if held.now is None]


def _taken(page: Sheet, row: Row, each: Taken, *, counts: bool) -> Cell:
    """A position with all who hold it, under the first of them."""
    first, *others = each.held
    short = page.index.delegation(first.delegation_id).short
    head = f"{short} +{len(others)}" if others else short
    head = f"{each.holders} · {head}" if counts else head
    return Cell(head, tuple(_said(page, first)), row.issue.ref, tuple(_before(page, first)))


def set_out(
    page: Sheet, row: Row, label: Sequence[Span] = (), filled: Collection[str] = ()
) -> None:
    """What each delegation wants on an issue, side by side.

    `filled` are those who have something in another row of the table.
    """
    cells = [_cell(page, row, held) if held.now else None for held in row.held]
    asked = [page.index.delegation(held.delegation_id) for held in row.held]
    shown, lacking = sides.side_by_side(
        page, cells, asked, what="not stated", link=row.issue.ref, filled=filled
    )
    if label:
        page.row_of_cells(shown, label, lacking)
        return
    if shown:
        page.row_of_cells(shown)
    for line in lacking:
        page.add(*line)


def _summary(listed: Sequence[Row]) -> str:
    moved = [held.movement for row in listed for held in row.held if held.movement]
    if not moved:
        return "No position was added, changed or dropped."
    counts = (f"{moved.count(word)} {word}" for word in GLYPHS if word in moved)
    return f"Positions: {', '.join(counts)}."


def _cell(page: Sheet, row: Row, held: Held) -> Cell:
    side = page.index.delegation(held.delegation_id)
    said, before = tuple(_said(page, held)), tuple(_before(page, held))
    return Cell(side.short, said, row.issue.ref, before, joint=_joint(page, row, held))


def _joint(page: Sheet, row: Row, held: Held) -> tuple[str, tuple[Span, ...]] | None:
    """The names of all in the row who hold it as this one does, and what they say together."""
    alike = [
        other.delegation_id
        for other in row.held
        if other.now is held.now and (other.movement, other.was) == (held.movement, held.was)
    ]
    if not alike[1:]:
        return None
    return labels.sides(page.index, alike), tuple(_said(page, held, beside=alike))


def _said(page: Sheet, held: Held, beside: Collection[str] = ()) -> Iterator[Span]:
    """What it wants; those beside whom it is named already are not named again."""
    now = held.now
    if now is None:
        return
    if held.movement:
        yield Span(f"{GLYPHS[held.movement]} {held.movement} ", "warning")
    elif now.withdrawn:
        yield Span("dropped ", "warning")
    yield from sides.demand(now)
    if now.speaker_id:
        speaker = page.index.delegate(now.speaker_id)
        yield Span(f" {speaker.short},", "muted", speaker.ref, stop=False)
    yield Span(f" {labels.day(now.on)}", "muted")
    yield from sides.standing_with(page, now, held.delegation_id, *beside)
    yield from page.marks(now)


def _before(page: Sheet, held: Held) -> Iterator[tuple[Span, ...]]:
    """What it wanted at the second date, when that was something else."""
    if held.was is not None:
        stance = f"{held.was.stance}: " if held.was.stance else ""
        before = f"before, {labels.day(held.was.on)}: {stance}{held.was.text}"
        yield (Span(before, "muted"), *page.marks(held.was))
