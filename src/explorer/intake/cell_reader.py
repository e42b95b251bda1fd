"""What a cell of a row says in the field that its column is, or what every row says there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from explorer.adding import library_entry, typed_values
from explorer.adding.form_fields import WITHIN, YES_OR_NO, FormField
from explorer.adding.form_kinds import FORM_KINDS
from explorer.intake import cell_values, choice_words, inexact_numbers, spans, targets
from explorer.intake.batch import Batch, Reason
from explorer.intake.cell_values import TwoWaysError, habits_of
from explorer.intake.column_map import ColumnMap
from explorer.intake.record_names import UnknownNameError
from explorer.intake.table_files import Row, Table
from explorer.intake.targets import SOURCE
from explorer.text.folding import fold
from explorer.text.sanitize import one_line

_LONG = ("line", "words")
"""Fields that hold words of any kind."""


class LackingError(ValueError):
    """Something cannot come along as long as a field says nothing."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class CellReader:
    """Reads the cells of a table by its column map."""

    def __init__(self, batch: Batch, table: Table, columns: ColumnMap) -> None:
        self._batch, self._table, self._columns = batch, table, columns
        form = FORM_KINDS[columns.kind]
        self.fields = targets.targets(columns.kind, batch.view.whole.dataset.negotiation)
        self._places = {
            target: number
            for number, head in enumerate(table.heads)
            if (target := columns.columns.get(head))
        }
        days = (c for name in self._typed_as("day", "date") for c in self._cells(name))
        numbers = (c for name in self._typed_as("number") for c in self._cells(name))
        self._habits = habits_of(days, numbers, columns.habits, exact=table.exact)
        self.meant = {fold(name): slug for name, slug in columns.meant.items()}
        self.fixed = {
            **targets.usual_of(form),
            **{f"{SOURCE}{k}": v for k, v in targets.usual_of(FORM_KINDS["source"]).items()},
            **columns.fixed,
        }

    def _typed_as(self, *how: str) -> Iterator[str]:
        return (name for name, one in self.fields.items() if one.typed_as in how)

    def _cells(self, name: str) -> Iterator[str]:
        if (place := self._places.get(name)) is not None:
            yield from self._table.column(place)

    def column_of(self, name: str) -> str:
        """The head of the column of a field; nothing when none holds it."""
        return self._columns.column_of(name)

    def is_said_by_table(self, name: str) -> bool:
        """Whether a column, or somebody for all rows, says a field; not what is usual."""
        return name in self._places or name in self._columns.fixed

    def _days(self, row: Row, name: str) -> str:
        """The day in a cell of first or last days that holds both; nothing when it does not."""
        if name not in ("starts", "ends") or not {"starts", "ends"} <= set(self.fields):
            return ""
        place = self._places.get("starts")
        if place is None or (name == "ends" and "ends" in self._places):
            return ""
        found = spans.days(row.cells[place], self._habits.order)
        return found[name == "ends"] if found else ""

    def _amount(self, row: Row, name: str) -> str:
        """What the cell of a number says of a field: it may be a range, or say “about”."""
        prefix, key = name[: -len(name.rpartition(".")[2])], name.rpartition(".")[2]
        place = self._places.get(f"{prefix}number")
        is_of_it = key == "number" or (key in ("up_to", "at") and name not in self._places)
        if place is None or not is_of_it or f"{prefix}up_to" not in self.fields:
            return ""
        found = inexact_numbers.amount(row.cells[place], self._habits.decimal)
        return str(getattr(found, key)) if found is not None else ""

    def is_in_cell(self, row: Row, name: str) -> bool:
        """Whether a row itself says a field, and not every row."""
        place = self._places.get(name)
        cell = row.cells[place] if place is not None else ""
        return bool(cell) and not self._is_nothing(name, cell)

    def said(self, row: Row, name: str) -> str:
        """What a row says in a field, or what every row does; “n/a” and its like say nothing."""
        place = self._places.get(name)
        cell = row.cells[place] if place is not None else ""
        if cell and self._is_nothing(name, cell):
            cell = ""
        return cell or self.fixed.get(name, "")

    def _is_nothing(self, name: str, cell: str) -> bool:
        one = self.fields.get(name)
        if one is None or one.typed_as in _LONG:
            return cell_values.is_nothing(cell, in_words=True)
        if not cell_values.is_nothing(cell):
            return False
        if one.choices:
            return fold(cell.strip()) not in {fold(word) for pair in one.choices for word in pair}
        return not (one.is_chosen and self._batch.names.is_known(one.kinds, cell))

    def value(self, row: Row, name: str) -> Any:
        """The value of a field; None where nothing is said. Raises ValueError."""
        part = self._days(row, name) or self._amount(row, name)
        said, one = part or self.said(row, name), self.fields[name]
        if not said.strip():
            return None
        if one.is_chosen:
            return self.named(one, said)
        return value_of(one, self.typed(one, said))

    def typed(self, one: FormField, said: str) -> str:  # noqa: PLR0911 -- a line for each
        """A cell as somebody would type it into the field. Raises ValueError."""
        match one:
            case FormField(typed_as="day" | "date"):
                if spans.is_span(said):
                    raise ValueError(f"“{said[:40]}” are several days; write the one that is meant")
                return cell_values.day(said, self._habits.order)
            case FormField(typed_as="number"):
                return cell_values.number(said, self._habits.decimal)
            case FormField(choices=choices) if choices == YES_OR_NO:
                return cell_values.yes_or_no(said)
            case FormField(key="language"):
                return library_entry.language_code(said) or said
            case FormField(typed_as="choice"):
                return self.meant.get(fold(said.strip())) or choice_words.meant(one.key, said)
            case FormField(key="address") if said.lower().startswith("www."):
                return f"https://{said}"
            case _:
                return said

    def named(self, one: FormField, said: str) -> Any:
        """The record that is named, or the ids of the records. Raises ValueError."""
        names, kinds = self._batch.names, one.kinds
        if one.typed_as == "records":
            return tuple(ref.id for ref in names.several(kinds, said, self.meant))
        ref = names.of(kinds, self.meant.get(fold(said.strip()), said))
        return ref if one.key == WITHIN else ref.id

    # Reasons.

    def missing(self, name: str) -> Reason:
        """Why a row is refused that does not say what is needed."""
        one = self.fields[name]
        if column := self.column_of(name):
            is_alike = one.is_chosen or bool(one.choices)  # which may be the same in many rows
            return Reason("is empty", name, column, ask="value" if is_alike else "")
        known = (
            f": {', '.join(said for _, said in one.choices[:8])}"
            if one.choices and not one.is_open
            else ""
        )
        kind = self._columns.kind
        other = FORM_KINDS[kind].same_as.get(name, "")
        either = f"“{other}” or " if other else ""
        shown = targets.called(kind, name)
        return Reason(f"{either}“{shown}” is needed{known}", other or name, ask="value")

    def reason(self, name: str, error: ValueError, said: str) -> Reason:
        """Why a row is refused of which a cell cannot be read."""
        column = self.column_of(name)
        match error:
            case UnknownNameError():
                return Reason(str(error), name, column, "name", error.said)
            case TwoWaysError():
                return Reason(str(error), name, column, error.ask)
            case LackingError():
                return Reason(str(error), error.field, column, "value")
        one = self.fields[name]
        if one.typed_as == "choice" and one.choices != YES_OR_NO:
            return Reason(str(error), name, column, "name", one_line(said))
        return Reason(str(error), name, column)


def value_of(one: FormField, typed: str) -> Any:
    """The value of what would be typed. Raises ValueError."""
    if one.typed_as in ("day", "date"):  # these are written as the record has them
        is_whole = len(typed) == len("2025-10-26")
        if one.typed_as == "date" and not is_whole:
            raise ValueError(f"“{typed}” is no whole day; write it as 2025-10-26")
        return date.fromisoformat(typed) if is_whole else typed
    return typed_values.value_of(one, typed, {})
