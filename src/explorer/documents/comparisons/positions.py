"""What each delegation wants on each issue, and what changed between two dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from explorer.documents.comparisons import on_the_table
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels
from explorer.record.lists import side_by_side
from explorer.record.model import Day, Delegation, Issue, Position, Ref
from explorer.view import View

Movement = Literal["", "added", "changed", "dropped"]

GLYPHS = {"added": "+", "changed": "~", "dropped": "–"}
"""Beside the word, for the eye that runs down a column."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one delegation wants on one issue; without a text nothing was stated."""

    delegation_id: str
    text: str = ""
    on: Day | None = None
    speaker_id: str | None = None
    source_ids: tuple[str, ...] = ()
    withdrawn: bool = False
    movement: Movement = ""
    """What happened to it since the second date, when there is one."""
    was: str = ""
    """The words at the second date, when they have changed since."""
    was_on: Day | None = None
    was_source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An issue with what each delegation wants."""

    issue: Ref
    state: str
    held: tuple[Held, ...]
    """One for each column."""


def columns(view: View) -> tuple[Delegation, ...]:
    """The delegations that are compared: the parties, then others who took a position."""
    issues = view.index.dataset.issues
    stating = {position.delegation_id for issue in issues for position in issue.positions}
    return side_by_side(view.index, stating)


def rows(view: View, since: date | None = None) -> tuple[Row, ...]:
    """Every issue in the scope, in the order of the dataset."""
    before = view.at(since) if since is not None and since < view.today else None
    sides = columns(view)
    issues = [view.index.issue(ref) for ref in view.compared_issues()]
    return tuple(
        Row(
            issue.ref,
            issue.latest_status.state if issue.latest_status else "",
            tuple(_held(issue, before, side.id) for side in sides),
        )
        for issue in issues
    )


def _held(issue: Issue, before: View | None, delegation: str) -> Held:
    now = issue.latest_positions.get(delegation)
    if now is None:
        return Held(delegation)
    stated = Held(
        delegation, now.text, now.on, now.speaker_id, now.source_ids, withdrawn=now.withdrawn
    )
    if before is None:
        return stated
    then = before.index.issue(issue.ref) if issue.ref in before.index else None
    return _moved(stated, then.latest_positions.get(delegation) if then else None)


def _moved(now: Held, was: Position | None) -> Held:
    if was is not None and (was.text, was.withdrawn) == (now.text, now.withdrawn):
        return now
    if was is None or was.withdrawn:
        return replace(now, movement="dropped" if now.withdrawn else "added")
    # Whether it turned or was only put otherwise is for the reader to say: both are shown.
    movement: Movement = "dropped" if now.withdrawn else "changed"
    return replace(
        now, movement=movement, was=was.text, was_on=was.on, was_source_ids=was.source_ids
    )


def as_data(view: View, question: Question = ALL) -> list[dict[str, Any]]:
    """The rows as plain values for JSON."""
    if question.otherwise:
        return on_the_table.as_data(view)
    return [
        {
            "issue": str(row.issue),
            "status": row.state or None,
            "positions": {held.delegation_id: _as_data(held) for held in row.held},
        }
        for row in rows(view, question.since)
    ]


def _as_data(held: Held) -> dict[str, Any]:
    if not held.text:
        return {"stated": False}
    data: dict[str, Any] = {"stated": True, "text": held.text, "on": str(held.on)}
    if held.speaker_id:
        data["speaker"] = held.speaker_id
    if held.withdrawn:
        data["withdrawn"] = True
    if held.movement:
        data["movement"] = held.movement
    if held.was:
        data |= {"was": held.was, "was_on": str(held.was_on)}
    return data | {"sources": list(held.source_ids)}


def document(view: View, question: Question = ALL) -> Sheet:
    """The same as the sheet, issues by rounds in words."""
    return on_the_table.document(view) if question.otherwise else sheet(view, question)


def sheet(view: View, question: Question = ALL) -> Sheet:
    """The grid of issues by delegations; its other form is that of issues by rounds."""
    if question.otherwise:
        return on_the_table.sheet(view)
    since = question.since
    listed = rows(view, since)
    page = Sheet(view, f"Positions on {labels.day(view.today)}")
    if since is not None:
        page.title += f", and what changed since {labels.day(since)}"
        is_before = since < view.today
        page.add(_summary(listed) if is_before else labels.not_before(since, view.today))
    if not listed:
        page.add("No issue in the scope was public then.")
    group = ""
    for row in listed:
        issue = view.index.issue(row.issue)
        if issue.group != group:
            group = issue.group
            page.heading(group)
        state = (BREAK, Span(row.state, f"state:{row.state}")) if row.state else ()
        set_out(page, row, label=(page.name(row.issue), *state))
    if page.blocks and not columns(view):
        page.add(Span("No delegation is recorded that could hold a position.", "muted"))
    page.list_sources()
    return page


def set_out(page: Sheet, row: Row, label: Sequence[Span] = ()) -> None:
    """What each delegation wants on an issue, side by side."""
    page.row_of_cells((_cell(page, row.issue, held) for held in row.held), label)


def _summary(listed: Sequence[Row]) -> str:
    moved = [held.movement for row in listed for held in row.held if held.movement]
    if not moved:
        return "No position was added, changed or dropped."
    counts = (f"{moved.count(word)} {word}" for word in GLYPHS if word in moved)
    return f"Positions: {', '.join(counts)}."


def _cell(page: Sheet, issue: Ref, held: Held) -> Cell:
    side = page.index.delegation(held.delegation_id)
    return Cell(side.short, tuple(_said(page, held)), issue, tuple(_before(page, held)))


def _said(page: Sheet, held: Held) -> Iterator[Span]:
    if not held.text:
        yield Span("not stated", "muted")
        return
    if held.movement:
        yield Span(f"{GLYPHS[held.movement]} {held.movement} ", "warning")
    elif held.withdrawn:
        yield Span("dropped ", "warning")
    yield Span(held.text)
    if held.speaker_id:
        speaker = page.index.delegate(held.speaker_id)
        yield Span(f" {speaker.short},", "muted", speaker.ref, stop=False)
    if held.on is not None:
        yield Span(f" {labels.day(held.on)}", "muted")
    yield from page.marks(held.source_ids)


def _before(page: Sheet, held: Held) -> Iterator[tuple[Span, ...]]:
    """What it wanted at the second date, when that was something else."""
    if held.was and held.was_on is not None:
        before = f"before, {labels.day(held.was_on)}: {held.was}"
        yield (Span(before, "muted"), *page.marks(held.was_source_ids))
