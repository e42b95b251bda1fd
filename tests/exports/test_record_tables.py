"""The tables that are read off the model: nothing is missing, and every key leads somewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import get_args

import pytest
from tests.exports.asking import view_of

from explorer.exports import record_tables, table_rows
from explorer.exports.exported import Exported
from explorer.record.model import KINDS, UNWRITTEN, AnyEntry

TABLES = record_tables.tables(with_notes=True)
BY_NAME = {table.name: table for table in TABLES}


def made_tables():
    waiting = [record_tables.of_kind(kind) for kind in KINDS]
    while waiting:
        made = waiting.pop()
        waiting += made.inner
        yield made


def test_every_field_of_every_table_of_the_model_goes_out():
    seen = set()
    for made in made_tables():
        seen.add(made.of)
        columns = {column.name for column in made.table.columns}
        within = {inner.field for inner in made.inner}
        for field in fields(made.of):
            parts = {f"{field.name}_address", f"{field.name}_on"}
            there = field.name in columns | within or parts <= columns
            assert there or field.name in UNWRITTEN, (made.table.name, field.name)
    assert seen == {*KINDS.values(), *get_args(AnyEntry)}


def test_no_two_tables_and_no_two_columns_of_one_have_a_name():
    assert len(BY_NAME) == len(TABLES)
    for table in TABLES:
        names = [column.name.casefold() for column in table.columns]
        assert len(names) == len(set(names)), table.name


def test_every_table_and_every_column_says_what_it_means():
    for table in TABLES:
        assert table.meaning.endswith((".", "…")), table.name
        for column in table.columns:
            assert column.meaning.endswith((".", "…")), (table.name, column.name)


def test_every_key_of_another_table_is_the_key_of_one():
    for table in TABLES:
        assert set(table.key) <= {column.name for column in table.columns}
        for column in table.columns:
            if column.names:
                assert BY_NAME[column.names].key == (record_tables.key_of(column.names),)


def test_each_list_of_ids_has_a_table_to_join_by():
    assert {"quote_issues", "round_leads", "issue_position_delegations", "text_replies_to"} <= {
        table.name for table in TABLES if table.is_link
    }


def of_rows(view, name):
    return [row for table, row in table_rows.rows(Exported(view)) if table == name]


def columns(view, table, *names):
    places = [[c.name for c in BY_NAME[table].columns].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in of_rows(view, table)]


def test_a_row_has_a_cell_for_each_column_and_a_key_of_its_own(view):
    keys = Counter()
    for name, row in table_rows.rows(Exported(view)):
        table = BY_NAME[name]
        assert len(row) == len(table.columns)
        cells = dict(zip((column.name for column in table.columns), row, strict=True))
        keys[name, *(cells[part] for part in table.key)] += 1
        assert all(cells[c.name] is not None for c in table.columns if c.required)
    assert max(keys.values()) == 1


def test_a_row_within_a_record_is_named_by_its_day_and_keeps_its_key_when_one_comes_before(view):
    fees = next(issue for issue in view.index.dataset.issues if len(issue.statuses) > 1)
    before = [key for (key,) in columns(view, "issue_statuses", "id") if key.startswith(fees.id)]

    day = view.at(fees.statuses[0].on)
    assert before[0] == f"{fees.id}.{fees.statuses[0].on}"
    assert columns(day, "issue_statuses", "id")[0] in [(key,) for key in before]


def test_rows_of_one_day_are_told_apart_by_a_number(shipped_view):
    keys = [key for (key,) in columns(shipped_view, "round_outcomes", "id")]

    assert "call-january-2025.2025-01-17" in keys
    assert "call-january-2025.2025-01-17.2" in keys


def test_what_cites_a_source_is_one_table_with_the_record_and_the_row(view):
    cited = columns(view, "citations", "source_id", "ref", "table_name", "row_id")
    quote = view.index.dataset.quotes[0]

    assert (quote.source_ids[0], str(quote.ref), "quotes", quote.id) in cited
    assert any(table == "issue_positions" for _, _, table, _ in cited)


@pytest.mark.parametrize("table", ["quotes", "quote_issues", "records", "citations", "notes"])
def test_one_table_by_itself_has_the_same_rows(view, table):
    assert list(table_rows.rows_of(Exported(view), table)) == of_rows(view, table)


def test_a_kind_without_records_has_no_rows_and_its_tables_stay(dataset_of):
    view = view_of(dataset_of())

    assert of_rows(view, "quotes") == []
    assert "quotes" in BY_NAME
