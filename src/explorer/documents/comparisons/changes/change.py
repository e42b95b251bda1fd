"""One change, and the words and signs for the kinds there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from explorer.record import model
from explorer.record.days import Day, last_day
from explorer.record.model import AnyRecord, Ref
from explorer.values import dataclass
from explorer.view import View

Kind = Literal[
    "added",
    "stands",
    "position",
    "dropped",
    "account",
    "step",
    "value",
    "taken back",
    "moved",
    "kept",
    "begun",
    "held",
    "outcome",
    "evidence",
    "result",
    "role",
    "member",
    "version",
    "variant",
    "clause",
    "taken out",
    "changed",
    "known",
]

SIGNS: Mapping[Kind, tuple[str, str]] = {
    "added": ("+", "new"),
    "stands": ("~", "status"),
    "position": ("~", "position"),
    "dropped": ("✗", "dropped"),
    "account": ("~", "account"),
    "step": ("→", "step"),
    "value": ("→", "value"),
    "taken back": ("✗", "taken back"),
    "moved": ("→", "moved"),
    "kept": ("~", "date said again"),
    "begun": ("→", "begun"),
    "held": ("✓", "held"),
    "outcome": ("+", "outcome"),
    "evidence": ("+", "evidence"),
    "result": ("✓", "deadline"),
    "role": ("~", "role"),
    "member": ("+", "member"),
    "version": ("+", "version"),
    "variant": ("+", "other printing"),
    "clause": ("~", "clause"),
    "taken out": ("–", "taken out"),
    "changed": ("~", "changed"),
    "known": ("+", "now known"),
}
"""A sign for the eye that runs down the column, and the word that says what it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that became public, or that is said otherwise than before."""

    ref: Ref
    """The record to go to."""
    kind: Kind
    """What sort of change it is; `added` is a new record, or a first position on an issue."""
    on: Day
    """The day it happened, was said or was done."""
    known: Day | None = None
    """The day it became public, when that is another one."""
    issue_ids: tuple[str, ...] = ()
    """The issues it concerns, of those in the scope; it is listed under the first."""
    field: str = ""
    """The table or field of the record that changed; empty for a record that is new."""
    delegation_ids: tuple[str, ...] = ()
    """Whose act, account, position or person it is."""
    was: str = ""
    """What `now` stands against; empty when nothing was there."""
    now: str = ""
    """The state, stage, date, stance or wording it has now."""
    text: str = ""
    """What happened, in our own words; in theirs where marked as a quotation."""
    source_ids: tuple[str, ...] = ()
    own: bool = False
    """Whether a reader added it."""

    @property
    def group(self) -> Ref | str:
        """The issue it is listed under, or the heading of what concerns none."""
        if self.issue_ids:
            return Ref("issue", self.issue_ids[0])
        return _GROUPS.get(self.ref.kind, "Elsewhere")


_GROUPS = {"round": "Rounds", "delegation": "Delegations", "delegate": "Delegations"}
OTHER_GROUPS = ("Rounds", "Delegations", "Elsewhere")
"""The headings that follow the issues."""


def change_in(
    view: View,
    record: AnyRecord,
    kind: Kind,
    on: Day,
    table: model.Record | model.Entry,
    *,
    was: str = "",
    now: str = "",
    text: str = "",
    field: str = "",
) -> Change:
    """A change that a table of the record says: one of its entries, or the record itself."""
    known = table.published if isinstance(table, model.Quote) else table.known
    sources = table.grounds if isinstance(table, model.Account) else table.source_ids
    issues = _issue_ids(view, record)
    if isinstance(table, model.Clause):
        sources = sources or record.source_ids
        issues = iter(table.issue_ids) if table.issue_ids else issues
    return Change(
        ref=record.ref,
        kind=kind,
        on=on,
        # What is only announced may bear the day on which its result is to be known.
        known=known if known and known != on and last_day(known) <= view.as_of else None,
        issue_ids=tuple(dict.fromkeys(issues)),
        field=field,
        delegation_ids=_sides(table) or _sides(record),
        was=was,
        now=now,
        text=text,
        source_ids=tuple(dict.fromkeys(sources)),
        own=table.own or record.own,
    )


def _sides(table: model.Record | model.Entry) -> tuple[str, ...]:
    """The delegations whose a record or an entry is."""
    slug: str | None = None
    match table:
        case model.Position():
            return table.delegation_ids
        case model.Text():
            return table.issuer_ids
        case model.Delegate():
            slug = table.latest_side_id
        case (
            model.Measure()
            | model.Figure()
            | model.FigureValue()
            | model.Account()
            | model.Outcome()
            | model.Role()
        ):
            slug = table.delegation_id
    return (slug,) if slug else ()


def _issue_ids(view: View, record: AnyRecord) -> Iterator[str]:
    match record:
        case model.Issue():
            yield record.id
        case model.Point():
            yield from record.issue_ids
        case model.Conflict():
            yield from (ref.id for ref in record.touches if ref.kind == "issue")
            for ref in record.touches:
                yield from _issue_ids(view, view.index[ref])
        case model.Quote() | model.Measure() | model.Figure() | model.Milestone():
            yield from record.issue_ids
        case model.Text():
            yield from record.issue_ids
            for clause in record.clauses:
                yield from clause.issue_ids
