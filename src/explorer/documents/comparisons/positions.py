"""What each delegation wants on each issue, and what changed between two dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from explorer.documents.comparisons import compared, on_the_table
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages import sides
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels
from explorer.record.model import Delegation, Issue, Position, Ref
from explorer.record.tables import without_empty
from explorer.view import View

Movement = Literal["", "added", "changed", "dropped"]

GLYPHS = {"added": "+", "changed": "~", "dropped": "–"}
"""Beside the word, for the eye that runs down a column."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one delegation wants on one issue."""

    delegation_id: str
    now: Position | None
    """None when nothing was stated."""
    movement: Movement = ""
    """What happened to it since the second date, when there is one."""
    was: Position | None = None
    """What it wanted at the second date, when that has changed since."""


@dataclass(frozen=True, slots=True)
class Row:
    """An issue with what each delegation wants."""

    issue: Issue
    held: tuple[Held, ...]
    """One for each column."""


def columns(view: View) -> tuple[Delegation, ...]:
    """The delegations that are compared: those chosen, or the sides and others with a position."""
    issues = view.index.dataset.issues
    stating = {
        slug for issue in issues for position in issue.positions for slug in position.delegation_ids
    }
    return compared.delegations(view, stating)


def rows(view: View, since: date | None = None) -> tuple[Row, ...]:
    """Every issue in the scope, in the order of the dataset."""
    before = view.at(since) if since is not None and since < view.as_of else None
    sides_shown = columns(view)
    issues = [view.index.issue(ref) for ref in compared.issues(view)]
    return tuple(
        Row(issue, tuple(_held(issue, before, side.id) for side in sides_shown)) for issue in issues
    )


def _held(issue: Issue, before: View | None, delegation: str) -> Held:
    now = issue.latest_positions.get(delegation)
    if now is None or before is None:
        return Held(delegation, now)
    then = before.index.issue(issue.ref) if issue.ref in before.index else None
    was = then.latest_positions.get(delegation) if then else None
    if was is not None and (was.text, was.withdrawn) == (now.text, now.withdrawn):
        return Held(delegation, now)
    if was is None or was.withdrawn:
        return Held(delegation, now, "dropped" if now.withdrawn else "added")
    # Whether it turned or was only put otherwise is for the reader to say: both are shown.
    return Held(delegation, now, "dropped" if now.withdrawn else "changed", was)


def as_data(view: View, question: Question = ALL) -> list[dict[str, Any]]:
    """The rows as plain values for JSON."""
    if question.otherwise:
        return on_the_table.as_data(view)
    return [
        {
            "issue": str(row.issue.ref),
            "status": row.issue.latest_status.state if row.issue.latest_status else None,
            "positions": {held.delegation_id: _as_data(held) for held in row.held},
        }
        for row in rows(view, question.since)
    ]


def _as_data(held: Held) -> dict[str, Any]:
    if held.now is None:
        return {"stated": False}
    return without_empty(
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
        }
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
    group = ""
    for row in listed:
        if row.issue.group != group:
            group = row.issue.group
            page.heading(group)
        status = row.issue.latest_status
        state = (BREAK, page.state(status.state)) if status else ()
        set_out(page, row, label=(page.name(row.issue.ref), *state))
    if page.blocks and not columns(view):
        page.add(Span("No delegation is recorded that could hold a position.", "muted"))
    page.list_sources()
    return page


def set_out(page: Sheet, row: Row, label: Sequence[Span] = ()) -> None:
    """What each delegation wants on an issue, side by side."""
    cells = [_cell(page, row.issue.ref, held) if held.now else None for held in row.held]
    asked = [page.index.delegation(held.delegation_id) for held in row.held]
    shown, lacking = sides.side_by_side(page, cells, asked, "not stated", row.issue.ref)
    page.row_of_cells(shown, label, lacking)


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
    yield from sides.standing_with(page, now, held.delegation_id)
    yield from page.marks(now)


def _before(page: Sheet, held: Held) -> Iterator[tuple[Span, ...]]:
    """What it wanted at the second date, when that was something else."""
    if held.was is not None:
        before = f"before, {labels.day(held.was.on)}: {held.was.text}"
        yield (Span(before, "muted"), *page.marks(held.was))
