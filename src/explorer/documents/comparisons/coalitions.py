"""Parties by coalition: who belonged to which on the day, and what stands beneath each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from explorer.documents.sheet import Cell, Sheet, Span
from explorer.record import labels
from explorer.record.days import first_day, last_day
from explorer.record.model import Delegation, Member, Ref
from explorer.values import dataclass
from explorer.view import View

NONE = "No coalition is recorded on this day: each side stands by itself."
_OTHERS = "In no coalition"


@dataclass(frozen=True, slots=True)
class Group:
    """A coalition with those compared who belonged to it on the day; or those of none."""

    coalition: Delegation | None
    members: tuple[Delegation, ...]

    @property
    def name(self) -> str:
        """What stands above its column."""
        return self.coalition.short if self.coalition else _OTHERS

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the coalition itself and of those who belong to it."""
        return tuple(one.id for one in (self.coalition, *self.members) if one)


def there_are(view: View) -> bool:
    """Whether a coalition was public on the day."""
    return any(one.type == "coalition" for one in view.index.dataset.delegations)


def groups(view: View, compared: Sequence[Delegation]) -> tuple[Group, ...]:
    """The coalitions of those compared, and last those who are in none.

    Who belongs to several stands in each of them.
    """
    found: list[Group] = []
    for coalition in view.index.dataset.delegations:
        if coalition.type != "coalition":
            continue
        slugs = {m.delegation_id for m in coalition.members if belongs(m, view.as_of)}
        members = tuple(one for one in compared if one.id in slugs)
        if members or coalition in compared:
            found.append(Group(coalition, members))
    placed = {slug for group in found for slug in group.ids}
    rest = tuple(one for one in compared if one.id not in placed)
    return (*found, Group(None, rest)) if rest else tuple(found)


def belongs(member: Member, day: date) -> bool:
    """Whether a member is one on a day."""
    has_joined = member.since is None or first_day(member.since) <= day
    return has_joined and (member.until is None or day <= last_day(member.until))


def say_who_belongs(page: Sheet, listed: Sequence[Group]) -> None:
    """A line for each coalition: its members on the day, those it shares, and who has left it."""
    for group in listed:
        if group.coalition is None:
            continue
        spans: list[Span] = []
        left: list[Member] = []
        cited = []
        for member in group.coalition.members:
            cited.append(member)
            if belongs(member, page.view.as_of):
                spans += [Span(", ")] if spans else []
                spans += _named(page, member)
                spans += _also(listed, group, member.delegation_id)
            elif member.until and last_day(member.until) < page.view.as_of:
                left.append(member)
        for member in left:
            spans += [Span("; ")] if spans else []
            spans += _named(page, member)
            when = f" {labels.day(member.until)}" if member.until else ""
            spans.append(Span(f" left{when}", "warning"))
        if not spans:
            spans.append(Span("no member is recorded on this day", "muted"))
        ref = group.coalition.ref
        page.add(*spans, *page.marks(*cited), kind="row", label=(page.name(ref, text=group.name),))


def _named(page: Sheet, member: Member) -> Iterator[Span]:
    if member.delegation_id:
        side = page.index.delegation(member.delegation_id)
        yield Span(side.short, "link", side.ref, stop=False)
    else:
        yield Span(labels.member(page.index, member))


def _also(listed: Iterable[Group], here: Group, slug: str | None) -> Iterator[Span]:
    others = [
        group.name
        for group in listed
        if group is not here and group.coalition and any(one.id == slug for one in group.members)
    ]
    if others:
        yield Span(f" (also {', '.join(others)})", "muted")


Statement = tuple[Sequence[str], Iterable[Span]]
"""The ids of those who say the same, and what they say."""


def cell(
    page: Sheet,
    group: Group,
    own: Iterable[Span] | None,
    beneath: Iterable[Statement],
    link: Ref,
    *,
    nothing: str,
) -> Cell | None:
    """What a coalition says itself, and beneath it what its members do; None for nothing.

    `nothing` stands for what only its members say.
    """
    said_itself = tuple(own) if own is not None else None  # first, for its sources to come first
    lines = tuple(
        (Span(f"{labels.sides(page.index, slugs)}: ", "strong"), *said) for slugs, said in beneath
    )
    if said_itself is not None:
        return Cell(group.name, said_itself, link, lines)
    if not lines:
        return None
    if group.coalition is not None:
        return Cell(group.name, (Span(nothing, "muted"),), link, lines)
    first, *rest = lines
    return Cell(group.name, first, link, tuple(rest))
