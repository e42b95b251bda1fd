"""How a statement is supported: by how many sources, of which kind, and of whose word.

A statement is a record, or an entry within one that has its own sources. What is weak about
its ground is said here once, for the view of evidence, its command and `explorer check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, get_args

from explorer.record import model
from explorer.record.index import Index
from explorer.record.model import AnyRecord, AnyTable, Delegation, Source
from explorer.record.tables import entries
from explorer.values import dataclass

Weakness = Literal["weak", "one-sided", "secondary", "single", "unarchived"]
WEAKNESSES: tuple[Weakness, ...] = get_args(Weakness)
"""Every weakness, the gravest first."""

SENTENCES: Mapping[Weakness, str] = {
    "weak": "rests on weak sources alone",
    "one-sided": "rests on one side’s word alone",
    "secondary": "rests on secondary sources alone",
    "single": "rests on one source alone",
    "unarchived": "rests on pages without an archived copy",
}
"""What is said of a statement that has it."""

_FIRST_HAND = ("primary", "organisation")
"""Types of sources in which a party or an organisation speaks for itself."""
_NO_STATEMENTS = (model.Source, model.Conflict, model.Variant, model.Version, model.Part)
"""What says nothing by itself: it is a ground, or sets grounds against one another."""


Path = tuple[tuple[str, int], ...]
"""The fields and places that lead to an entry of a record; empty for the record itself."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A record or an entry within one, which has sources of its own."""

    record: AnyRecord
    table: AnyTable
    """The record itself, or the entry."""
    path: Path = ()


def statements(record: AnyRecord) -> Iterator[Statement]:
    """What a record says: itself, and then the entries within it that have their own sources."""
    if isinstance(record, _NO_STATEMENTS):
        return
    if record.source_ids:
        yield Statement(record, record)
    yield from _within(record, record, ())


def statement_at(record: AnyRecord, path: Path) -> Statement:
    """The statement that stands at the end of a path in a record."""
    table: AnyTable = record
    for field, place in path:
        table = getattr(table, field)[place]
    return Statement(record, table, path)


def _within(record: AnyRecord, table: AnyTable, path: Path) -> Iterator[Statement]:
    for field, place, entry in entries(table):
        if isinstance(entry, _NO_STATEMENTS):
            continue
        way = (*path, (field, place))
        if entry.source_ids:
            yield Statement(record, entry, way)
        yield from _within(record, entry, way)


def grounds(table: AnyTable) -> tuple[str, ...]:
    """The ids of all sources that a statement rests on, each once.

    Words printed elsewhere too rest on those pages as well, and a point on the accounts of
    those who affirm it.
    """
    ids: tuple[str, ...] = () if isinstance(table, model.Part) else table.source_ids
    match table:
        case model.Quote():
            ids += tuple(slug for variant in table.variants for slug in variant.source_ids)
        case model.Account():
            ids = table.grounds
        case model.Point():
            affirmed = (a for a in table.latest_accounts.values() if a.stance == "affirms")
            ids += tuple(slug for account in affirmed for slug in account.grounds)
    return tuple(dict.fromkeys(ids))


def is_first_hand(source: Source) -> bool:
    """Whether somebody speaks for themselves in it: a party, or an organisation."""
    return source.type in _FIRST_HAND


def is_one(sources: Sequence[Source]) -> bool:
    """Whether they are one source: one page, or copies of what one publisher wrote."""
    if len(sources) == 1:
        return True
    origins = {source.carries or source.publisher for source in sources}
    originals = sum(not source.carries for source in sources)
    return len(origins) == 1 and originals <= 1


class Grounds:
    """Weighs the statements of a dataset, as it was on a day."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def weaknesses(self, statement: Statement) -> tuple[Weakness, ...]:
        """What is weak about the ground of a statement, the gravest first."""
        sources = [self._index.source(slug) for slug in grounds(statement.table)]
        if not sources:
            return ()
        found: list[Weakness] = []
        if all(source.reliability == "weak" for source in sources):
            found.append("weak")
        if self.only_side(statement) is not None:
            found.append("one-sided")
        if not any(map(is_first_hand, sources)):
            found.append("secondary")
        if is_one(sources):
            found.append("single")
        if any(source.address for source in sources) and not any(s.archived for s in sources):
            found.append("unarchived")
        return tuple(found)

    def addresses(self, statement: Statement) -> Iterator[str]:
        """The sources of a statement that are pages, which can be archived."""
        return (s for s in grounds(statement.table) if self._index.source(s).address)

    def only_side(self, statement: Statement) -> str | None:
        """The delegation on whose word alone a statement rests that is not its own to make.

        What a side says, wants or does itself, it knows best; what it says of others, or of
        what was agreed with them, is its word.
        """
        sides = {self.side(slug) for slug in grounds(statement.table)}
        if len(sides) != 1 or (side := sides.pop()) is None:
            return None
        own = set(self._own(statement))
        with_members = own.union(*(self._members.get(slug, ()) for slug in own))
        return None if side in with_members else side

    def side(self, source_id: str) -> str | None:
        """The delegation whose word a source is, if it is one side's.

        Where the source does not say so itself: the one whose account or text it is. A copy may
        be of what several issued, and says nothing of that.
        """
        source = self._index.source(source_id)
        sides = {source.delegation_id} if source.delegation_id else set()
        if not sides and source.type == "primary" and not source.carries:
            sides = {*self._given_as.get(source_id, ())}
        side = sides.pop() if len(sides) == 1 else None
        return side if side and self._index.delegation(side).is_side else None

    @cached_property
    def _given_as(self) -> Mapping[str, set[str]]:
        """The delegations whose account or text each source is, by the source."""
        found: dict[str, set[str]] = {}
        for point in self._index.dataset.points:
            for account in point.accounts:
                if account.document_id:
                    found.setdefault(account.document_id, set()).add(account.delegation_id)
        for text in self._index.dataset.texts:
            for slug in text.source_ids:
                found.setdefault(slug, set()).update(text.issuer_ids)
        return found

    @cached_property
    def _members(self) -> Mapping[str, set[str]]:
        """The members of each coalition, which speak for it."""
        return {
            side.id: {m.delegation_id for m in side.members if m.delegation_id}
            for side in self._index.dataset.delegations
        }

    def _own(self, statement: Statement) -> Iterator[str]:
        """The delegations of whose own words, wishes or acts a statement is."""
        for table in (statement.record, statement.table):
            match table:
                case Delegation():
                    yield table.id
                case model.Delegate():
                    yield from table.side_ids
                case model.Quote():
                    yield from filter(None, (table.for_id, self._side_of(table)))
                case model.Text():
                    yield from table.issuer_ids
                case model.OneSided() | model.Position():
                    yield from table.delegation_ids
                case (
                    model.Measure()
                    | model.Figure()
                    | model.FigureValue()
                    | model.Account()
                    | model.Outcome()
                    | model.Member()
                    | model.Role()
                ) if table.delegation_id:
                    yield table.delegation_id

    def _side_of(self, quote: model.Quote) -> str | None:
        return self._index.delegate(quote.speaker_id).side_id_on(quote.day)
