"""What a briefing is about: its issues and rounds, and whose words it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.documents.comparisons import accounts
from explorer.record import labels
from explorer.record.model import Ref
from explorer.view import Scope, View

_NAMED = 3
"""The most issues that the title names."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What a briefing covers."""

    view: View
    issues: tuple[Ref, ...]
    rounds: tuple[Ref, ...]
    others: tuple[Ref, ...]
    """People and other records in the scope, which narrow what was said."""
    quotes: tuple[Ref, ...]
    """Quotes in the scope: then only these were said."""
    in_short: bool
    """Whether nothing was named, so that every issue is told in short."""

    def on(self, *chosen: Ref) -> View:
        """A view of what belongs with these records alone."""
        return self.view.within(replace(self.view.scope, chosen=chosen))

    def said_on(self, issue: Ref) -> tuple[Ref, ...]:
        """The quotes on an issue, newest first."""
        found = self.on(issue, *self.rounds, *self.others).rows("quotes")
        return tuple(ref for ref in found if not self.quotes or ref in self.quotes)

    def points_on(self, issue: Ref) -> tuple[accounts.PointRow, ...]:
        """The points on an issue that came of the rounds, newest first."""
        return accounts.rows(self.on(issue, *self.rounds), issue)

    @property
    def where(self) -> str:
        """“ — Lantern Isle”, for headings of what is told of the rounds alone."""
        names = ", ".join(" ".join(self.view.index[ref].name.split()) for ref in self.rounds)
        return f" — {names}" if names else ""

    @property
    def subject(self) -> str:
        """What it is about, for the title."""
        index = self.view.index
        if self.in_short:
            return "all issues"
        names = [labels.title(index, ref) for ref in self.issues]
        told = ", ".join(names) if len(names) <= _NAMED else f"{len(names)} issues"
        at = ", ".join(labels.title(index, ref) for ref in self.rounds)
        by = ", ".join(labels.title(index, ref) for ref in (*self.others, *self.quotes))
        return " — ".join(part for part in (told, at, by) if part)


def covered(view: View, issues: Sequence[Ref], rounds: Sequence[Ref]) -> Covered:
    """The issues and rounds that were named, else those chosen, else every issue in short.

    Where only rounds were named or chosen, the issues are those on their table and those
    that something was said to be agreed on; where only other records were chosen, those
    that belong with them. Raises KeyError when the view has no such record.
    """
    for ref in (*issues, *rounds):
        view.index[ref]  # or there is nothing to tell
    named = bool(issues or rounds)
    chosen = view.chosen
    of_issues = tuple(issues) if named else _of_kind(chosen, "issue")
    of_rounds = tuple(rounds) if named else _of_kind(chosen, "round")
    others = tuple(ref for ref in chosen if ref.kind not in ("issue", "round", "quote"))
    quotes = _of_kind(chosen, "quote")
    in_short = not (of_issues or of_rounds or others or quotes)
    if not of_issues:
        scope = Scope((*of_rounds, *others, *quotes), view.scope.as_of)
        of_issues = _issues_in(view.within(scope))
    else:
        of_issues = tuple(ref for ref in view.index.refs("issue") if ref in of_issues)
    return Covered(view, of_issues, tuple(dict.fromkeys(of_rounds)), others, quotes, in_short)


def _of_kind(refs: Sequence[Ref], kind: str) -> tuple[Ref, ...]:
    return tuple(ref for ref in refs if ref.kind == kind)


def _issues_in(view: View) -> tuple[Ref, ...]:
    """The issues in a scope, with those of the points in it."""
    index = view.index
    of_points = {
        Ref("issue", point.issue_id) for point in index.dataset.points if view.in_scope(point.ref)
    }
    return tuple(ref for ref in index.refs("issue") if view.in_scope(ref) or ref in of_points)
