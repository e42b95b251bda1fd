"""Who holds which position on which issue, and what became of it since another day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from explorer.documents.comparisons import compared
from explorer.record.model import Delegation, Issue, Position
from explorer.values import dataclass
from explorer.view import View

Movement = Literal["", "added", "changed", "dropped"]


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
    if was is not None and _asks(was) == _asks(now):
        return Held(delegation, now)
    if was is None or was.withdrawn:
        return Held(delegation, now, "dropped" if now.withdrawn else "added")
    # Whether it turned or was only put otherwise is for the reader to say: both are shown.
    return Held(delegation, now, "dropped" if now.withdrawn else "changed", was)


def _asks(position: Position) -> tuple[str, str | None, bool]:
    """What a position comes to, however it was said and by whom."""
    return position.text, position.stance, position.withdrawn
