"""What a briefing is about: its issues and rounds, and whose words are in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from explorer.documents.comparisons import accounts
from explorer.record import clauses, labels, lists
from explorer.record.model import Clause, Ref, Text, refs
from explorer.values import dataclass
from explorer.view import Scope, View

_NAMED = 3
"""The most issues that the title names."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a briefing is about."""

    view: View
    issues: tuple[Ref, ...]
    rounds: tuple[Ref, ...]
    others: tuple[Ref, ...]
    """People and other records in the scope, which narrow what was said."""
    quotes: tuple[Ref, ...]
    """Quotes in the scope: then only these were said."""
    in_short: bool
    """Whether nothing was named, so that it has every issue in short."""
    since: date | None
    """The day after which it has what moved and was said; None for all."""

    def on(self, *chosen: Ref) -> View:
        """A view of what belongs with these records alone."""
        return self.view.within(replace(self.view.scope, chosen=chosen))

    def said_on(self, issue: Ref, *, ever: bool = False) -> tuple[Ref, ...]:
        """The quotes on an issue, newest first; `ever` for those before `since` too."""
        found = self.on(issue, *self.rounds, *self.others).rows("quote")
        public = self.view.timeline.public
        return tuple(
            ref
            for ref in found
            if (not self.quotes or ref in self.quotes)
            and (ever or self.since is None or public(ref) > self.since)
        )

    def clauses_on(self, issue: Ref) -> tuple[tuple[Text, Clause], ...]:
        """The clauses on an issue of the texts in the scope, those of the newest text first."""
        index, day = self.view.index, self.view.as_of
        scope = self.on(issue, *self.rounds)
        found = [ref for ref in index.naming(issue, "text") if scope.in_scope(ref)]
        texts = [index.text(ref) for ref in reversed(lists.in_order(index, tuple(found)))]
        return tuple(
            (text, clause)
            for text in texts
            for clause in clauses.standing(text, day)
            if issue.id in clause.issue_ids
        )

    def points_on(self, issue: Ref) -> tuple[accounts.Row, ...]:
        """The points on an issue that came of the rounds, newest first."""
        return accounts.rows(self.on(issue, *self.rounds), issue)

    @property
    def where(self) -> str:
        """“ — Lantern Isle”, for headings of what concerns the rounds alone."""
        names = ", ".join(labels.bare_title(self.view.index, ref) for ref in self.rounds)
        return f" — {names}" if names else ""

    @property
    def title(self) -> str:
        """What it is about, in a line."""
        index = self.view.index
        if self.in_short:
            return "all issues"
        names = [labels.title(index, ref) for ref in self.issues]
        on = ", ".join(names) if len(names) <= _NAMED else f"{len(names)} issues"
        at = ", ".join(labels.title(index, ref) for ref in self.rounds)
        by = ", ".join(labels.title(index, ref) for ref in (*self.others, *self.quotes))
        return " — ".join(part for part in (on, at, by) if part)


def subject_of(
    view: View, issues: Sequence[Ref], rounds: Sequence[Ref], since: date | None = None
) -> Subject:
    """The issues and rounds that were named, else those chosen, else every issue in short.

    Where only rounds were named or chosen, the issues are those on their table and those
    that something was said to be agreed on; where only other records were chosen, those
    that belong with them. Raises KeyError when the view has no such record.
    """
    for ref in (*issues, *rounds):
        view.index[ref]
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
    return Subject(
        view,
        of_issues,
        tuple(dict.fromkeys(of_rounds)),
        others,
        quotes,
        in_short,
        since if since is not None and since < view.as_of else None,
    )


def _of_kind(refs: Sequence[Ref], kind: str) -> tuple[Ref, ...]:
    return tuple(ref for ref in refs if ref.kind == kind)


def _issues_in(view: View) -> tuple[Ref, ...]:
    """The issues in a scope, with those of the points in it."""
    index = view.index
    of_points = {
        ref
        for point in index.dataset.points
        if view.in_scope(point.ref)
        for ref in refs("issue", point.issue_ids)
    }
    return tuple(ref for ref in index.refs("issue") if view.in_scope(ref) or ref in of_points)
