"""A table as CSV (RFC 4180, UTF-8), for spreadsheets and whatever reads tables.

A spreadsheet takes a cell that begins with `=` and the like for a formula. One of text gets an
apostrophe before it, as in the CSV of notes, which `csv_notes.unguarded` takes off again. Numbers
and days are left as they are: a number acts on nothing, and would be none with it. A line ends in
a newline alone, so that version control shows what changed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from explorer.exports import table_rows
from explorer.exports.exported import Exported
from explorer.exports.record_tables import Column, RecordTable, tables
from explorer.exports.table_rows import Cell, Row
from explorer.transfer.formats.csv_notes import guarded

LINE_END = "\n"
_ROWS = 500
"""How many rows are one piece."""


def pieces(exported: Exported) -> Iterator[str]:
    """The one table that is asked for."""
    table = next(t for t in tables(with_notes=True) if t.name == exported.table)
    written = io.StringIO(newline="")
    writer = TableWriter(table, written)
    for number, row in enumerate(table_rows.rows_of(exported, table.name), 1):
        writer.add(row)
        if number % _ROWS == 0:
            yield _taken(written)
    yield _taken(written)


def is_ours(beginning: bytes) -> bool:
    """Whether its first line is the head of one of our tables."""
    line = beginning.partition(b"\n")[0]
    return any(line == head(table).encode() for table in tables(with_notes=True))


def head(table: RecordTable) -> str:
    """The first line of a table, less its end: names that need no quotation marks."""
    return ",".join(column.name for column in table.columns)


class TableWriter:
    """Writes the rows of one table."""

    def __init__(self, table: RecordTable, to: TextIO) -> None:
        self._columns: Sequence[Column] = table.columns
        self._rows = csv.writer(to, lineterminator=LINE_END)
        self._rows.writerow(column.name for column in table.columns)

    def add(self, row: Row) -> None:
        """Write a row."""
        self._rows.writerow(map(_cell, row, self._types))

    @property
    def _types(self) -> Iterable[str]:
        return (column.type for column in self._columns)


def _cell(value: Cell, type_: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if type_ == "text" and isinstance(value, str) else str(value)


def _taken(written: io.StringIO) -> str:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text
