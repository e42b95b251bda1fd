"""The database: its keys hold, its words are found, and Datasette opens it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

import pytest
from tests.exports.asking import CONFERENCE, HOSTILE, of_records, ran, view_of, write

from explorer import dataset
from explorer.errors import ExportError
from explorer.exports import record_tables, sqlite_database
from explorer.exports.exported import Exported


@pytest.fixture
def ask(view, tmp_path):
    """Asks the database of the invented record a question in SQL."""
    path = write(view, "sqlite", tmp_path / "talks.sqlite")

    def ask(question, *given):
        with closing(sqlite3.connect(path)) as database:
            return database.execute(question, given).fetchall()

    return ask


def asked(path, question):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchall()


@pytest.mark.parametrize("name", ["harbour", "conference", "us-china-trade", "iran-nuclear-talks"])
def test_every_key_of_another_table_leads_to_a_row(view, tmp_path, name):
    paths = {"conference": CONFERENCE, **dataset.bundled()}
    view = view if name == "harbour" else view_of(paths[name])
    path = write(view, "sqlite", tmp_path / "talks.sqlite")

    assert asked(path, "PRAGMA foreign_key_check") == []
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    assert asked(path, "SELECT count(*) FROM quotes") == [(len(view.index.dataset.quotes),)]


@pytest.mark.parametrize("day", [date(2031, 2, 19), date(2031, 3, 4), date(2032, 1, 18)])
def test_they_hold_on_an_earlier_day(view, tmp_path, day):
    path = write(view.at(day), "sqlite", tmp_path / "then.sqlite")

    assert asked(path, "PRAGMA foreign_key_check") == []
    assert asked(path, "SELECT value FROM metadata WHERE key = 'as_of'") == [(day.isoformat(),)]
    assert asked(path, f"SELECT count(*) FROM records WHERE public > '{day}'") == [(0,)]


def test_the_keys_are_declared_for_who_lists_them(ask):
    declared = {
        (table.name, column.name, column.names, record_tables.key_of(column.names))
        for table in record_tables.tables()
        for column in table.columns
        if column.names
    }
    found = {
        (name, key[3], key[2], key[4])
        for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")
        for key in ask(f"PRAGMA foreign_key_list('{name}')")
    }
    assert found == declared


def test_a_schema_that_is_printed_says_what_each_column_means(ask):
    ((schema,),) = ask("SELECT sql FROM sqlite_master WHERE name = 'quotes'")
    ((meaning,),) = ask(
        "SELECT meaning FROM columns WHERE table_name = 'quotes' AND column_name = 'said'"
    )

    assert f'"said" TEXT, -- {meaning}' in schema
    assert meaning.startswith("Day they were said")


@pytest.mark.parametrize("table", ["quotes", "issue_positions", "text_clauses", "texts", "sources"])
def test_words_are_found_by_their_stem_in_the_rows_that_have_them(ask, table):
    text = "title" if table == "sources" else "name" if table == "texts" else "words"
    text = "text" if table in ("quotes", "issue_positions") else text
    said = ask(f"SELECT rowid, {text} FROM {table} WHERE {text} LIKE '% %' LIMIT 1")
    ((rowid, words),) = said
    word = max("".join(c if c.isalpha() else " " for c in words).split(), key=len)

    found = ask(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?", f'"{word}"')
    assert (rowid,) in found


def test_an_index_of_words_outlives_a_vacuum(view, tmp_path):
    path = write(view, "sqlite", tmp_path / "talks.sqlite")
    question = (
        "SELECT q.id FROM quotes_fts f JOIN quotes q ON q.rowid = f.rowid "
        "WHERE quotes_fts MATCH 'toll' ORDER BY q.id"
    )
    before = asked(path, question)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("VACUUM")

    assert before
    assert asked(path, question) == before


def test_what_cites_a_source_is_one_question(ask, view):
    source = view.index.dataset.quotes[0].source_ids[0]
    cited = ask("SELECT ref FROM citations WHERE source_id = ?", source)

    assert (str(view.index.dataset.quotes[0].ref),) in cited


def test_text_is_as_it_is_for_a_database_runs_no_formula(view, tmp_path):
    from dataclasses import replace

    quotes = [
        replace(view.index.dataset.quotes[0], id=f"hostile-{n}", text=text)
        for n, text in enumerate(("'); DROP TABLE quotes; --", *HOSTILE))
    ]
    path = write(of_records(view, quotes=tuple(quotes)), "sqlite", tmp_path / "talks.sqlite")

    found = asked(path, "SELECT text FROM quotes WHERE id LIKE 'hostile-%'")
    assert [text for (text,) in found] == [quote.text for quote in quotes]


def test_a_kind_without_records_is_an_empty_table(dataset_of, tmp_path):
    path = write(view_of(dataset_of()), "sqlite", tmp_path / "talks.sqlite")

    assert asked(path, "SELECT count(*) FROM quotes") == [(0,)]
    assert asked(path, "SELECT count(*) FROM quotes_fts") == [(0,)]


def test_the_same_record_makes_the_same_bytes_in_another_process(harbour, tmp_path):
    made = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.sqlite"
        subprocess.run(
            [sys.executable, "-m", "explorer", "export", path, harbour],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        made.append(path.read_bytes())

    assert made[0] == made[1]


def test_datasette_opens_it_with_its_keys_and_finds_words(view, tmp_path):
    path = write(view, "sqlite", tmp_path / "talks.sqlite")

    (found,) = (
        table
        for table in json.loads(ran("datasette", path, "--get", "/talks.json"))["tables"]
        if table["name"] == "quotes"
    )
    assert found["fts_table"] == "quotes_fts"
    assert {"column": "speaker_id", "other_table": "delegates", "other_column": "id"} in (
        found["foreign_keys"]["outgoing"]
    )
    said = json.loads(
        ran("datasette", path, "--get", "/talks/quotes.json?_search=toll&_shape=array")
    )
    assert said
    assert all("toll" in json.dumps(row).casefold() for row in said)


def test_another_database_is_none_of_ours(view, tmp_path):
    ours = write(view, "sqlite", tmp_path / "ours.sqlite")
    with closing(sqlite3.connect(tmp_path / "theirs.sqlite")) as database:
        database.execute("CREATE TABLE quotes (id TEXT)")

    assert sqlite_database.is_ours(ours.read_bytes()[:4096])
    assert not sqlite_database.is_ours((tmp_path / "theirs.sqlite").read_bytes()[:4096])
    assert not sqlite_database.is_ours(b"")


def test_a_file_that_is_no_database_is_said_in_words(view, tmp_path):
    (tmp_path / "x").write_bytes(b"not a database at all" * 100)

    with pytest.raises(ExportError, match="not a database"):
        sqlite_database.fill(Exported(view), tmp_path / "x")
