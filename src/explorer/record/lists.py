"""Records in the order in which a person looks them over: in the panes, on pages, in tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from explorer.record import labels, model
from explorer.record.days import Day, first_day
from explorer.record.index import Index
from explorer.record.model import AnyRecord, Ref
from explorer.record.numbering import Refs


def listed_under(kind: str) -> str:
    """The kind of the list that has records of a kind: delegates stand below their delegation."""
    return "delegation" if kind == "delegate" else kind


def listed(index: Index, kind: str) -> Refs:
    """All records of a list, in its order."""
    match kind:
        case "round":
            rounds = index.refs("round")
            return rounds.sorted(lambda ref: index.round(ref).opens, reverse=True)
        case "delegation":
            return index.refs_to(_people(index))
        case "quote":
            return index.newest_quotes()
        case _:
            return index.refs(kind)


def _people(index: Index) -> Iterator[Ref]:
    """Each delegation ahead of its delegates, and outsiders last."""
    for delegation in index.refs("delegation"):
        yield delegation
        for ref in index.naming(delegation, "delegate"):
            if index.delegate(ref).latest_side_id == delegation.id:
                yield ref
    yield from (d.ref for d in index.dataset.delegates if not d.latest_side_id)


def with_their_delegation(index: Index, kept: Sequence[Ref]) -> Iterator[Ref]:
    """Put back a delegation that was left out though delegates of it were kept."""
    above: Ref | None = None
    for ref in kept:
        slug = index.delegate(ref).latest_side_id if ref.kind == "delegate" else None
        own = Ref("delegation", slug) if slug else ref
        if slug and own != above:
            yield own
        above = own
        yield ref


def quotes_by_date(index: Index, refs: Sequence[Ref]) -> Refs:
    """Quotes, those said last first, and of one day those published last."""
    return index.newest_quotes(index.refs_to(refs))


def in_order(index: Index, refs: Sequence[Ref]) -> Sequence[Ref]:
    """Records of one kind, oldest first; those without a day keep the files' order."""

    def day(ref: Ref) -> date:
        when = own_day(index[ref])
        return first_day(when) if when else date.min

    return sorted(refs, key=day) if refs and refs[0].kind in _HAVE_A_DAY else refs


_HAVE_A_DAY = ("milestone", "round", "text", "point", "conflict")
"""Kinds whose records happen on a day, and are not said or published."""


def own_day(record: AnyRecord) -> Day | None:
    """The day a record happens, for the kinds that have one and are not said or published."""
    match record:
        case model.Milestone():
            return record.falls_on
        case model.Round():
            return record.starts
        case model.Text():
            return record.issued
        case model.Point() | model.Conflict():
            return record.on
        case _:
            return None


def side_by_side(index: Index, others: Collection[str]) -> tuple[model.Delegation, ...]:
    """The delegations that are compared: those asked, then of the others those that are named."""
    listed, asked = index.dataset.delegations, asked_ids(index)
    first = (one for one in listed if one.id in asked)
    return (*first, *(one for one in listed if one.id not in asked and one.id in others))


def asked_ids(index: Index) -> frozenset[str]:
    """The sides whose silence means something.

    A coalition is asked only when it speaks for members that are no delegations of the record.
    """
    listed = index.dataset.delegations
    known = {one.id for one in listed if one.is_side}
    return frozenset(
        one.id
        for one in listed
        if one.is_side and not any(member.delegation_id in known for member in one.members)
    )


def words(index: Index, ref: Ref) -> Iterator[str]:
    """What a filter finds a record by beside its id, its title and its days."""
    match record := index[ref]:
        case model.Round():
            yield from (record.city, record.country, record.venue, record.meeting)
        case model.Delegate():
            yield from (record.name, record.native_name)
            yield from (role.title for role in record.roles)
            for side in record.side_ids:
                yield index.delegation(side).name
        case model.Issue():
            yield from (record.group, record.summary)
            if status := record.latest_status:
                yield status.state
        case model.Quote():
            yield from (record.text, record.original, record.where, record.to, record.form)
            yield index.delegate(record.speaker_id).name
            yield labels.day(record.day)
