"""Rows of a table, and entries of a library, as what they would add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from explorer.adding import library_entry, typed_values
from explorer.adding.form_fields import WITHIN, YES_OR_NO, FormField, fields_of
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.library_entry import Entry
from explorer.intake import cell_values, column_map, head_words
from explorer.intake.batch import Batch, Outcome, Reason, pieces
from explorer.intake.cell_values import TwoWaysError, habits_of
from explorer.intake.column_map import ID, SOURCE, ColumnMap
from explorer.intake.record_names import UnknownNameError
from explorer.intake.table_files import Row, Table
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.folding import fold
from explorer.text.sanitize import one_line
from explorer.text.slugs import slug

_LABEL = 60
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class RowReader:
    """Reads the rows of a table by its column map, into a batch."""

    def __init__(self, batch: Batch, table: Table, columns: ColumnMap) -> None:
        self._batch, self._table, self._columns = batch, table, columns
        self._form = FORM_KINDS[columns.kind]
        self._fields = column_map.targets(columns.kind, batch.view.whole.dataset.negotiation)
        self._places = {
            target: number
            for number, head in enumerate(table.heads)
            if (target := columns.columns.get(head))
        }
        days = (c for name in self._typed_as("day", "date") for c in self._cells(name))
        numbers = (c for name in self._typed_as("number") for c in self._cells(name))
        self._habits = habits_of(days, numbers, columns.habits, exact=table.exact)
        self._meant = {fold(name): slug for name, slug in columns.meant.items()}
        self._fixed = {
            **column_map.usual_of(self._form),
            **{f"{SOURCE}{k}": v for k, v in column_map.usual_of(FORM_KINDS["source"]).items()},
            **columns.fixed,
        }

    def _typed_as(self, *how: str) -> Iterator[str]:
        return (name for name, one in self._fields.items() if one.typed_as in how)

    def _cells(self, name: str) -> Iterator[str]:
        if (place := self._places.get(name)) is not None:
            yield from self._table.column(place)

    def read_all(self) -> None:
        """Put every row into the batch."""
        for row in self._table.rows:
            self._read(row)

    def _read(self, row: Row) -> None:
        outcome = Outcome(self._table.name, row.place, row.number)
        values: dict[str, Any] = {}
        within: Ref | None = None
        for name, one in self._fields.items():
            if name.startswith(SOURCE) or name == "sources":
                continue
            try:
                value = self._value(row, name, one)
            except ValueError as error:
                outcome.refuse(self._reason(name, error, self._said(row, name)))
                continue
            if name == WITHIN:
                within = value
            elif value is not None and value is not False:
                values[name] = value
        self._say_the_same(row, values)
        if "sources" in self._fields:
            self._add_sources(row, outcome, values)
        self._take_day_of_source(outcome, values)
        for name, one in self._fields.items():
            said = within if name == WITHIN else values.get(name)
            names = (name, self._form.same_as.get(name, name))
            if one.required and said is None and not self._is_refused(outcome, *names):
                outcome.refuse(self._missing(name, one))
        self._put(row, outcome, values, within)

    def _say_the_same(self, row: Row, values: dict[str, Any]) -> None:
        for key, other in self._form.same_as.items():
            if key not in values and other in values and not self._said(row, key):
                values[key] = values[other]

    def _take_day_of_source(self, outcome: Outcome, values: dict[str, Any]) -> None:
        """Words without a day became public with the page that has them, when that bears one."""
        if self._columns.kind != "quote" or "published" in values or not values.get("sources"):
            return
        if self._is_refused(outcome, "said", "published"):
            return
        day = self._batch.day_of_source(values["sources"][0])
        if day is not None:
            values["published"] = day
            outcome.remarks.append("of the day of its source")

    def _put(self, row: Row, outcome: Outcome, values: dict[str, Any], within: Ref | None) -> None:
        outcome.label = _label(values, within)
        kind = self._columns.kind
        if self._form.is_record and not outcome.why:
            typed = self._said(row, ID)
            written = typed if re.fullmatch(r"[a-z0-9-]+", typed) else slug(typed)
            if typed and (why := self._batch.why_not_id(kind, written or typed, values)):
                outcome.refuse(Reason(why, ID, self._columns.column_of(ID)))
            values = {"id": written or self._batch.new_id(kind, pieces(kind, values)), **values}
        if outcome.why:
            self._batch.outcomes.append(outcome)
        else:
            self._batch.put(outcome, kind, values, within)

    @staticmethod
    def _is_refused(outcome: Outcome, *names: str) -> bool:
        """Whether something is wrong with a field already; with a source, by any of its own."""
        fields = {reason.field for reason in outcome.why}
        is_source = "sources" in names and any(field.startswith(SOURCE) for field in fields)
        return not fields.isdisjoint(names) or is_source

    def _missing(self, name: str, one: FormField) -> Reason:
        column = self._columns.column_of(name)
        if column:
            return Reason("is empty", name, column)
        known = (
            f": {', '.join(said for _, said in one.choices[:8])}"
            if one.choices and not one.is_open
            else ""
        )
        shown = column_map.called(self._columns.kind, name)
        return Reason(f"“{shown}” is needed{known}", name, ask="value")

    def _reason(self, name: str, error: ValueError, said: str) -> Reason:
        column = self._columns.column_of(name)
        match error:
            case UnknownNameError():
                return Reason(str(error), name, column, "name", error.said)
            case TwoWaysError():
                return Reason(str(error), name, column, error.ask)
        if self._fields[name].typed_as == "choice" and self._fields[name].choices != YES_OR_NO:
            return Reason(str(error), name, column, "name", one_line(said))
        return Reason(str(error), name, column)

    # Cells.

    def _cell(self, row: Row, name: str) -> str:
        place = self._places.get(name)
        return row.cells[place] if place is not None else ""

    def _said(self, row: Row, name: str) -> str:
        """What a row says in a field, or what every row does."""
        return self._cell(row, name) or self._fixed.get(name, "")

    def _value(self, row: Row, name: str, one: FormField) -> Any:
        """The value of a field; None where nothing is said. Raises ValueError."""
        said = self._said(row, name)
        if not said.strip():
            return None
        if one.is_chosen:
            return self._named(one, said)
        return _value(one, self._typed(one, said))

    def _typed(self, one: FormField, said: str) -> str:  # noqa: PLR0911 -- a line for each
        """A cell as somebody would type it into the field. Raises ValueError."""
        match one:
            case FormField(typed_as="day" | "date"):
                return cell_values.day(said, self._habits.order)
            case FormField(typed_as="number"):
                return cell_values.number(said, self._habits.decimal)
            case FormField(choices=choices) if choices == YES_OR_NO:
                return cell_values.yes_or_no(said)
            case FormField(key="language"):
                return library_entry.language_code(said) or said
            case FormField(typed_as="choice"):
                return self._meant.get(fold(said.strip())) or head_words.meant(one.key, said)
            case FormField(key="address") if said.lower().startswith("www."):
                return f"https://{said}"
            case _:
                return said

    def _named(self, one: FormField, said: str) -> Any:
        names, kinds = self._batch.names, one.kinds
        if one.typed_as == "records":
            refs = names.several(kinds, said, self._meant)
            return tuple(ref.id for ref in refs)
        ref = names.of(kinds, self._meant.get(fold(said.strip()), said))
        return ref if one.key == WITHIN else ref.id

    # Sources.

    def _add_sources(self, row: Row, outcome: Outcome, values: dict[str, Any]) -> None:
        """What a row rests on: sources that are there, or one that it brings along."""
        found: list[str] = []
        said, address = self._said(row, "sources"), self._said(row, f"{SOURCE}address")
        # Either column may hold what belongs in the other.
        if _ADDRESS.match(said.strip()) and not address:
            said, address = "", said
        elif address.strip() and not _ADDRESS.match(address.strip()):
            said, address = f"{said}; {address}" if said.strip() else address, ""
        name = "sources" if said.strip() else f"{SOURCE}address"
        try:
            if said.strip():
                found += self._named(self._fields["sources"], said)
            name = f"{SOURCE}address" if address.strip() else name
            found += [ref.id for ref in self._sources_at(row, outcome, address)]
        except ValueError as error:
            if self._columns.column_of(name) == "":
                name = next((n for n in ("sources", f"{SOURCE}address") if n in self._places), name)
            outcome.refuse(self._reason(name, error, said))
            return
        if found:
            values["sources"] = tuple(dict.fromkeys(found))

    def _sources_at(self, row: Row, outcome: Outcome, said: str) -> Iterator[Ref]:
        """The sources at the addresses of a row. Raises ValueError."""
        addresses = [part.rstrip(",;") for part in said.split() if part.strip(",;")]
        for address in addresses[1:] and addresses:
            known = self._batch.known_source({"address": address})
            if known is None:
                raise ValueError(
                    f"of several addresses each must be a source already; {_cut(address)} is none"
                )
            self._batch.wants(outcome, known)
            yield known
        if addresses[1:]:
            return
        typed = {
            name.removeprefix(SOURCE): text
            for name in self._fields
            if name.startswith(SOURCE)
            and (text := self._said(row, name))
            and name in {*self._places, *self._columns.fixed}
        }
        if not typed and not addresses:
            return
        typed = dict(typed)
        if addresses:
            typed["address"] = self._typed(self._fields[f"{SOURCE}address"], addresses[0])
            if known := self._batch.known_source(typed):
                self._batch.wants(outcome, known)
                yield known
                return
        if not addresses and not typed.get("title") and not typed.get("publisher"):
            return
        yield self._new_source(outcome, typed)

    def _new_source(self, outcome: Outcome, typed: Mapping[str, str]) -> Ref:
        """A source that the record does not have, of what the row says. Raises ValueError."""
        known = self._batch.pages.completed(typed)
        for key, usual in column_map.usual_of(FORM_KINDS["source"]).items():
            known.setdefault(key, self._fixed.get(f"{SOURCE}{key}", usual))
        fields = fields_of(FORM_KINDS["source"], self._batch.view.whole.dataset.negotiation)
        if host := host_of(known):
            known["publisher"] = host
            outcome.remarks.append(_BY_HOST)
        lacking = [one.key for one in fields if one.required and not known.get(one.key, "").strip()]
        if lacking:
            page = known.get("address", "")
            what = f"the record has no source {_cut(page)}" if page else "it is no source yet"
            names = " and ".join(f"“{SOURCE}{key}”" for key in lacking)
            raise ValueError(f"{what}; with {names} it would come along")
        values: dict[str, Any] = {}
        for one in fields:
            if not (text := known.get(one.key, "")).strip():
                continue
            try:
                value = _value(one, self._typed(one, text))
            except ValueError as error:
                raise ValueError(f"“{SOURCE}{one.key}”: {error}") from None
            if value is not None and value is not False:
                values[one.key] = value
        return self._batch.source(outcome, values)


def put_entries(
    batch: Batch, name: str, entries: Iterator[Entry], fixed: Mapping[str, str]
) -> None:
    """Put the entries of a library into a batch, each as a source."""
    fields = fields_of(FORM_KINDS["source"], batch.view.whole.dataset.negotiation)
    for number, entry in enumerate(entries, 1):
        outcome = Outcome(name, entry.place, number)
        if entry.trouble:
            outcome.refuse(Reason(entry.trouble))
            batch.outcomes.append(outcome)
            continue
        _put_entry(batch, outcome, entry, fields, fixed)


def _put_entry(
    batch: Batch,
    outcome: Outcome,
    entry: Entry,
    fields: tuple[FormField, ...],
    fixed: Mapping[str, str],
) -> None:
    known = batch.pages.completed({k: v for k, v in entry.fields.items() if k != "type"})
    said = {**column_map.usual_of(FORM_KINDS["source"]), **fixed, **dict(entry.fields), **known}
    if host := host_of(said):
        said["publisher"] = host
        outcome.remarks.append(_BY_HOST)
    values: dict[str, Any] = {}
    for one in fields:
        text = said.get(one.key, "")
        try:
            if one.typed_as in ("day", "date") and text:
                text = cell_values.day(text, "")
            value = _value(one, text) if text.strip() else None
        except ValueError as error:
            outcome.refuse(Reason(f"{one.label}: {error}", one.key))
            continue
        if value is None and one.required:
            message = f"it says no {one.label.lower()}"
            outcome.refuse(Reason(message, one.key, ask="value"))
        elif value is not None and value is not False:
            values[one.key] = value
    outcome.label = _label(values, None)
    key = (
        slug(entry.key)
        if re.fullmatch(r"[\w.:+/-]*[A-Za-z][\w.:+-]*", entry.key) and "//" not in entry.key
        else ""
    )
    if not outcome.why:
        if key and (why := batch.why_not_id("source", key, values)):
            outcome.refuse(Reason(why, ID))
        values = {"id": key or batch.new_id("source", pieces("source", values)), **values}
    if outcome.why:
        batch.outcomes.append(outcome)
    else:
        batch.put(outcome, "source", values)


def _value(one: FormField, typed: str) -> Any:
    """The value of what would be typed. Raises ValueError."""
    if one.typed_as in ("day", "date"):  # these are written as the record has them
        is_whole = len(typed) == len("2025-10-26")
        if one.typed_as == "date" and not is_whole:
            raise ValueError(f"“{typed}” is no whole day; write it as 2025-10-26")
        return date.fromisoformat(typed) if is_whole else typed
    return typed_values.value_of(one, typed, {})


def _label(values: Mapping[str, Any], within: Ref | None) -> str:
    """What a row is, in a few words."""
    words = next((str(values[k]) for k in ("name", "title", "text") if values.get(k)), "")
    said = f"{values['number']}, {words}" if "number" in values else words
    who = values.get("speaker") or (within.id if within is not None else "")
    return one_line(labels.shortened(one_line(f"{who}: {said}" if who else str(said)), _LABEL))


def host_of(source: Mapping[str, str]) -> str:
    """Who published a page that says so by its address alone; nothing where more is known."""
    if source.get("publisher", "").strip() or not source.get("title", "").strip():
        return ""
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", source.get("address", ""), re.IGNORECASE)
    return found[1].lower() if found else ""


_BY_HOST = "the publisher is that of the address"


def _cut(text: str) -> str:
    return labels.shortened(one_line(text), 70)
