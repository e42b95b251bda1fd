"""The record as one SQLite database, for Datasette and whatever asks questions in SQL.

Tables, columns and keys are those of `record_tables`; each is declared with what it means behind
it, so that a schema that is printed explains itself. What has words to read has a full-text index
(FTS5) of its name with `_fts`, which Datasette finds by itself. The same record makes the same
bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from explorer.errors import ExportError
from explorer.exports import MADE_BY, csv_package, table_rows
from explorer.exports.exported import Exported
from explorer.exports.record_tables import (
    CITATIONS,
    RECORDS,
    Column,
    ColumnType,
    RecordTable,
    key_of,
    tables,
)
from explorer.exports.table_rows import Cell, Row
from explorer.exports.word_parts import with_parts
from explorer.text.sanitize import one_line
from explorer.view import View

_OURS = 0x45585052
"""The `application_id` of our databases, “EXPR”; drawn once."""
_VERSION = 1
_MAGIC, _PLACE_OF_ID = b"SQLite format 3\0", 68
_TYPES: dict[ColumnType, str] = {"flag": "INTEGER", "whole": "INTEGER", "number": "NUMERIC"}
_BATCH = 2000
_TOKENS = "porter unicode61 remove_diacritics 2"


def is_ours(beginning: bytes) -> bool:
    """Whether a database was written here, by what it says of itself in its head."""
    own = beginning[_PLACE_OF_ID : _PLACE_OF_ID + 4]
    return beginning.startswith(_MAGIC) and own == _OURS.to_bytes(4, "big")


def fill(exported: Exported, path: Path) -> None:
    """Write the database into an empty file. Raises ExportError."""
    described = tables(with_notes=exported.with_notes)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            _write(exported, described, database)
    except sqlite3.Error as error:
        raise ExportError(f"the database could not be written: {one_line(str(error))}") from error


def _write(
    exported: Exported, described: Sequence[RecordTable], database: sqlite3.Connection
) -> None:
    # The file is thrown away should this be cut short: it needs no journal, and no order.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "page_size = 4096"):
        database.execute(f"PRAGMA {pragma}")
    database.execute(f"PRAGMA application_id = {_OURS}")
    database.execute(f"PRAGMA user_version = {_VERSION}")
    database.execute("BEGIN")
    database.execute(_METADATA)
    database.executemany("INSERT INTO metadata VALUES (?, ?)", metadata(exported.shown))
    database.execute(_COLUMNS)
    database.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", _described(described))
    for table in described:
        database.execute(created(table))
    _add_rows(exported, described, database)
    database.create_function("with_parts", 1, with_parts, deterministic=True)
    for table in described:
        for statement in (*_indexes(table), *_full_text(table)):
            database.execute(statement)
    database.execute("COMMIT")
    database.execute("PRAGMA optimize")


def _add_rows(
    exported: Exported, described: Sequence[RecordTable], database: sqlite3.Connection
) -> None:
    inserts = {
        table.name: f"INSERT INTO {quoted(table.name)} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: E501, S608
        for table in described
    }
    rows = table_rows.rows(exported)
    while batch := list(islice(rows, _BATCH)):
        by_table: dict[str, list[Row]] = {}
        for name, row in batch:
            by_table.setdefault(name, []).append(row)
        for name, of_table in by_table.items():
            database.executemany(inserts[name], of_table)


def created(table: RecordTable) -> str:
    """The statement that makes a table, each column with what it means."""
    lines = [*(_declared(table, column) for column in table.columns), *_keys(table)]
    # A comma belongs before the words behind a column.
    body = "\n".join(
        f"  {said}{',' if number < len(lines) else ''}{f' -- {meaning}' if meaning else ''}"
        for number, (said, meaning) in enumerate(lines, 1)
    )
    return f"CREATE TABLE {quoted(table.name)} ( -- {table.meaning}\n{body}\n)"


def _declared(table: RecordTable, column: Column) -> tuple[str, str]:
    is_key = table.key == (column.name,)
    parts = (
        quoted(column.name),
        _TYPES.get(column.type, "TEXT"),
        "PRIMARY KEY" if is_key else "",
        "NOT NULL" if column.required else "",
    )
    return " ".join(filter(None, parts)), column.meaning


def _keys(table: RecordTable) -> Iterator[tuple[str, str]]:
    if len(table.key) > 1:
        yield f"PRIMARY KEY ({', '.join(map(quoted, table.key))})", ""
    for column in table.columns:
        if column.names:
            named = f"{quoted(column.names)} ({quoted(key_of(column.names))})"
            yield f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {named}", ""


def _indexes(table: RecordTable) -> Iterator[str]:
    """An index for each column that names rows of another table, to be asked from there."""
    for column in table.columns:
        if column.names and column.name != table.key[0]:
            name = quoted(f"{table.name}_by_{column.name}")
            yield f"CREATE INDEX {name} ON {quoted(table.name)} ({quoted(column.name)})"


def _full_text(table: RecordTable) -> Iterator[str]:
    columns = [quoted(column.name) for column in table.columns if column.is_prose]
    if table.name in (RECORDS, CITATIONS) or not columns:
        return
    listed, index = ", ".join(columns), quoted(f"{table.name}_fts")
    content = f"content={quoted(table.name)}, tokenize='{_TOKENS}'"
    yield f"CREATE VIRTUAL TABLE {index} USING fts5 ({listed}, {content})"
    words = ", ".join(f"with_parts({column})" for column in columns)
    yield f"INSERT INTO {index} (rowid, {listed}) SELECT rowid, {words} FROM {quoted(table.name)}"  # noqa: S608


def metadata(view: View) -> Iterator[tuple[str, Cell]]:
    """What the database is of, a row each."""
    negotiation = view.index.dataset.negotiation
    yield "made_by", MADE_BY
    yield "dataset", negotiation.id
    yield "title", negotiation.name
    yield "summary", negotiation.summary
    yield "began", negotiation.began.isoformat()
    yield "record_ends", negotiation.record_ends.isoformat()
    yield "as_of", view.as_of.isoformat()
    yield "licence", negotiation.licence or None
    yield "reach", next(csv_package.reach(view))


def _described(described: Sequence[RecordTable]) -> Iterator[Row]:
    for table in described:
        for column in table.columns:
            yield table.name, column.name, column.type, column.meaning, column.names or None


def quoted(name: str) -> str:
    """A name as SQL has it, whatever word it is."""
    return '"' + name.replace('"', '""') + '"'


_METADATA = 'CREATE TABLE metadata ("key" TEXT PRIMARY KEY, "value" TEXT)'
_COLUMNS = (
    "CREATE TABLE columns (\n"
    '  "table_name" TEXT NOT NULL,\n  "column_name" TEXT NOT NULL,\n'
    '  "type" TEXT NOT NULL, -- text, day (or a month or a year), date, flag, whole, number; '
    "list and object are JSON\n"
    '  "meaning" TEXT,\n  "names" TEXT, -- the table whose row it names\n'
    '  PRIMARY KEY ("table_name", "column_name")\n)'
)
