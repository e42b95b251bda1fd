"""What is asked for, and the records that go out for it.

All records come from a `View`: of what was not public on its day there is nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from explorer.record.index import Index
from explorer.record.lists import listed_under
from explorer.record.model import KINDS, PLURALS, AnyRecord, Ref
from explorer.record.tables import class_of, entry_fields, with_fields
from explorer.transfer.export import notes_to_export
from explorer.transfer.portable_note import PortableNote
from explorer.values import dataclass
from explorer.view import View

_PEOPLE = ("delegate", "delegation")


@dataclass(frozen=True)
class Exported:
    """What goes out. Its scope is that of the view, for the formats that can have one."""

    view: View
    with_own: bool = True
    """Whether what the reader added goes along, marked as that."""
    with_notes: bool = False
    """Whether the reader's notes go along, where a format is not of notes alone."""
    table: str = ""
    """The one table that is asked for, of a format that has tables."""

    def records(self, kind: str) -> Iterator[AnyRecord]:
        """The records of a kind, in the order of the dataset, each made when it is its turn."""
        for record in self.view.index.dataset.of(kind):
            if self._has(record):
                yield record if self.with_own else _without_own(record)

    @cached_property
    def shown(self) -> View:
        """The view, as if the reader had added nothing where that does not go along.

        It is for what is worked out of several records, such as what falls due. It has no
        quotes, which are many and of which nothing is worked out.
        """
        if self.with_own:
            return self.view
        whole = self.view.whole.dataset
        less: dict[str, Any] = {
            PLURALS[kind]: tuple(_without_own(r) for r in whole.of(kind) if not r.own)
            for kind in PLURALS.keys() - {"quote"}
        }
        less |= {"negotiation": _without_own(whole.negotiation), "quotes": ()}
        return View(Index(replace(whole, **less)), self.view.notes, reader=self.view.reader).at(
            self.view.as_of
        )

    def everything(self) -> Iterator[AnyRecord]:
        """All records, kind by kind."""
        for kind in KINDS:
            yield from self.records(kind)

    def sources(self) -> Iterator[Ref]:
        """The sources that go out: within a scope, those that its records rest on."""
        index = self.view.index
        if not self.view.chosen:
            yield from (source.ref for source in self.records("source"))
            return
        found = {slug for record in self.everything() for slug in self._cited(record)}
        for ref in index.refs("source"):
            if ref in found and (self.with_own or not index.source(ref).own):
                yield ref

    def notes(self) -> Iterator[PortableNote]:
        """The notes that go out, if they were asked for."""
        if self.with_notes:
            for note in notes_to_export(self.view).notes:
                current = self.view.index.current(note.ref)
                if not self.view.chosen or (current is not None and self.in_scope(current)):
                    yield note

    def _cited(self, record: AnyRecord) -> Iterator[Ref]:
        if record.kind in _PEOPLE and record.ref not in self.view.chosen:
            return  # what says which posts they held bears on nothing that is in the scope
        yield from (record.ref,) if record.kind == "source" else ()
        yield from self.view.index.named_in(record.ref, "source")

    def _has(self, record: AnyRecord) -> bool:
        return (self.with_own or not record.own) and self.in_scope(record.ref)

    def in_scope(self, ref: Ref) -> bool:
        """Whether a record is one of those chosen, or belongs with them; all do without any.

        A list of which records were chosen has no others, unlike in a pane, where one may be
        added to them.
        """
        chosen = self._chosen
        if not chosen:
            return True
        if ref.kind == "negotiation":
            return False
        if listed_under(ref.kind) in chosen:
            return ref in self.view.chosen
        return self.view.in_scope(ref)

    @cached_property
    def _chosen(self) -> frozenset[str]:
        return frozenset(listed_under(ref.kind) for ref in self.view.chosen)


def _without_own(record: AnyRecord) -> AnyRecord:
    """The record less the entries that the reader added to it, and the day that these reach to."""
    fields: dict[str, object] = {
        name: tuple(entry for entry in getattr(record, name) if not getattr(entry, "own", False))
        for name in entry_fields(class_of(record))
    }
    if record.kind == "negotiation":
        fields["own_until"] = None
    return with_fields(record, fields)
