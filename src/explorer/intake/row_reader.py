"""Rows of a table as what they would add."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from explorer.adding.form_fields import WITHIN, fields_of
from explorer.adding.form_kinds import FORM_KINDS
from explorer.intake import targets
from explorer.intake.batch import Batch, Outcome, Reason, label_of, pieces
from explorer.intake.cell_reader import CellReader
from explorer.intake.column_map import ColumnMap
from explorer.intake.row_sources import RowSources
from explorer.intake.table_files import Row, Table
from explorer.intake.targets import ID, SOURCE
from explorer.record import clock
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import Ref
from explorer.text.folding import fold
from explorer.text.slugs import slug

_PERCENT = ("percent", "per cent", "pct", "prozent", "pour cent", "por ciento", "百分比")


@dataclasses.dataclass(slots=True)
class _Said:
    """What a row says, as far as it could be read."""

    values: dict[str, Any]
    entry: dict[str, Any]
    """What it says of the entry that comes along with its record."""
    has_entry: bool
    within: Ref | None = None
    """The record that an entry belongs to."""


class RowReader:
    """Reads the rows of a table by its column map, into a batch."""

    def __init__(self, batch: Batch, table: Table, columns: ColumnMap) -> None:
        self._batch, self._table, self._kind = batch, table, columns.kind
        self._form = FORM_KINDS[columns.kind]
        self._cells = CellReader(batch, table, columns)
        self._fields = self._cells.fields
        self._sources = RowSources(batch, self._cells)
        self._prefix = f"{self._form.with_it}." if self._form.with_it else ""
        negotiation = batch.view.whole.dataset.negotiation
        self._own = [n for n in self._fields if not n.startswith(SOURCE) and n != "sources"]
        self._needed = [name for name, one in self._fields.items() if one.required]
        self._needed_of_entry = [
            targets.entry_key(self._form, one.key)
            for one in (
                fields_of(FORM_KINDS[self._form.with_it], negotiation) if self._prefix else ()
            )
            if one.required and one.key not in (WITHIN, "sources")
        ]

    def read_all(self) -> None:
        """Put every row into the batch."""
        for row in self._table.rows:
            self._read(row)

    def _read(self, row: Row) -> None:
        outcome = Outcome(self._table.name, row.place, row.number)
        if row.trouble:
            outcome.label = label_of({"text": next(filter(None, row.cells), "")}, None)
            outcome.refuse(Reason(row.trouble))
            self._batch.refused(outcome)
            return
        said = self._said(row, outcome)
        if "sources" in self._fields:
            self._sources.add(row, outcome, said.values)
        if self._prefix and said.has_entry and said.within is None:
            said.within = self._owner(row, said.values)
            self._refuse_other_unit(outcome, said)
        self._take_days_of_source(outcome, said)
        self._refuse_missing(outcome, said)
        outcome.label = label_of({**said.entry, **said.values}, said.within)
        if not outcome.why:
            self._put(row, outcome, said)
        if outcome.why:
            self._batch.refused(outcome)

    def _said(self, row: Row, outcome: Outcome) -> _Said:
        cells, said = self._cells, _Said({}, {}, has_entry=False)
        for name in self._own:
            is_of_entry = bool(self._prefix) and name.startswith(self._prefix)
            if is_of_entry and cells.is_in_cell(row, name):
                said.has_entry = True
            try:
                value = cells.value(row, name)
            except ValueError as error:
                outcome.refuse(cells.reason(name, error, cells.said(row, name)))
                continue
            if name == WITHIN:
                said.within = value
            elif value is not None and value is not False:
                if is_of_entry:
                    said.entry[name.removeprefix(self._prefix)] = value
                else:
                    said.values[name] = value
        for key, other in self._form.same_as.items():
            if key not in said.values and other in said.values and not cells.said(row, key):
                said.values[key] = said.values[other]
        return said

    # A record with an entry that comes along.

    def _owner(self, row: Row, values: Mapping[str, Any]) -> Ref | None:
        """The record that the entry of a row belongs to, if the record or the table has it."""
        typed = slug(self._cells.said(row, ID))
        if typed and self._batch.is_taken(Ref(self._kind, typed)):
            return Ref(self._kind, typed)
        return self._batch.names.only((self._kind,), str(values.get("name", "")))

    def _refuse_other_unit(self, outcome: Outcome, said: _Said) -> None:
        """Tonnes are not added to what is counted in percent."""
        unit = said.values.get("unit")
        if said.within is None or not unit:
            return
        known = str(self._batch.value_of(said.within, "unit") or "")
        if _unit(known) != _unit(unit):
            message = f"“{said.within.id}” is counted in {known}, and this in {unit}"
            outcome.refuse(Reason(message, "unit", self._cells.column_of("unit")))

    # Days.

    def _take_days_of_source(self, outcome: Outcome, said: _Said) -> None:
        """What is not said of days, as far as the page on which a row rests bears one."""
        values = said.values
        if not values.get("sources") or self._is_refused(outcome, "on", "said", "published"):
            return
        day = self._batch.day_of_source(values["sources"][0])
        if day is None:
            return
        if self._kind == "quote" and "published" not in values:
            values["published"] = day
            outcome.remarks.append("of the day of its source")
            return
        of = said.entry if said.has_entry else values
        prefix = self._prefix if said.has_entry else ""
        key = next((k for k in ("announced", "known") if f"{prefix}{k}" in self._fields), "")
        on: Day | None = of.get("on") or of.get("starts")
        if not key or on is None or not {"announced", "known"}.isdisjoint(of):
            return
        is_ahead = first_day(on) > (last_day(day) if key == "announced" else clock.today())
        if is_ahead and last_day(day) <= clock.today():
            of[key] = day
            outcome.remarks.append(f"{key} on the day of its source")

    # What is missing, and what comes in.

    def _refuse_missing(self, outcome: Outcome, said: _Said) -> None:
        is_entry_alone = said.has_entry and said.within is not None
        for name in () if is_entry_alone else self._needed:
            value = said.within if name == WITHIN else said.values.get(name)
            names = (name, self._form.same_as.get(name, name))
            if value is None and not self._is_refused(outcome, *names):
                outcome.refuse(self._cells.missing(name))
        for name in self._needed_of_entry if said.has_entry else ():
            is_there = name.removeprefix(self._prefix) in said.entry
            if not is_there and not self._is_refused(outcome, name):
                outcome.refuse(self._cells.missing(name))
        has_sources = said.values.get("sources") or self._is_refused(outcome, "sources")
        if is_entry_alone and not has_sources:
            outcome.refuse(self._cells.missing("sources"))

    @staticmethod
    def _is_refused(outcome: Outcome, *names: str) -> bool:
        """Whether something is wrong with a field already; with a source, by any of its own."""
        fields = {reason.field for reason in outcome.why}
        is_source = "sources" in names and any(field.startswith(SOURCE) for field in fields)
        return not fields.isdisjoint(names) or is_source

    def _put(self, row: Row, outcome: Outcome, said: _Said) -> None:
        values, within = said.values, said.within
        if self._form.is_record and (within is None or not said.has_entry):
            if (slug_ := self._id(row, outcome, values)) is None:
                return
            values = {"id": slug_, **values}
        if not said.has_entry:
            self._batch.put(outcome, self._kind, values, within)
            return
        if within is None:
            within = self._batch.along(outcome, self._kind, values)
            outcome.remarks.append(f"a new {self._kind}")
        entry = {**said.entry, "sources": values["sources"]}
        self._batch.put(outcome, self._form.with_it, entry, within)

    def _id(self, row: Row, outcome: Outcome, values: Mapping[str, Any]) -> str | None:
        """The id of a new record; None when it may not have that which is written."""
        typed = self._cells.said(row, ID)
        written = typed if re.fullmatch(r"[a-z0-9-]+", typed) else slug(typed)
        if typed and (why := self._batch.why_not_id(self._kind, written or typed, values)):
            outcome.refuse(Reason(why, ID, self._cells.column_of(ID)))
            return None
        return written or self._batch.new_id(self._kind, pieces(self._kind, values))


def _unit(said: str) -> str:
    folded = fold(said.strip())
    return "%" if folded in map(fold, _PERCENT) else folded
