"""The Excel workbook: read back by the library that reads those of other programs."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError
from tests.exports.asking import HOSTILE, of_records, write

from explorer.errors import ExportError, TakenError
from explorer.exports import workbook_file
from explorer.exports.record_tables import tables


def sheets(path):
    book = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows()) for sheet in book}


def cells(path, table):
    """The rows of a sheet as cells by the names of the columns."""
    head, *rows = sheets(path)[table]
    return [{name.value: cell for name, cell in zip(head, row, strict=True)} for row in rows]


@pytest.fixture
def book(view, tmp_path):
    return write(view, "xlsx", tmp_path / "talks.xlsx")


def test_there_is_a_sheet_for_each_table_that_has_rows_and_two_that_explain(view, book):
    found = sheets(book)

    assert next(iter(found)) == "about"
    assert list(found)[-1] == "columns"
    order = [table.name for table in tables()]
    assert [name for name in order if name in found] == list(found)[1:-1]
    assert {"records", "quotes", "issue_positions", "citations"} <= set(found)
    assert not any(table.name in found for table in tables() if table.is_link)
    assert len(found["quotes"]) == len(view.index.dataset.quotes) + 1
    about = {row[0].value: row[1].value for row in found["about"]}
    assert about["as_of"] == view.as_of.isoformat()
    meanings = {(row[0].value, row[1].value): row[2].value for row in found["columns"]}
    assert meanings["quotes", "said"].startswith("Day they were said")


def test_days_are_days_numbers_numbers_and_lists_are_words(view, book):
    quote = view.index.dataset.quotes[0]
    row = cells(book, "quotes")[0]
    assert row["published"].value == datetime.combine(quote.published, datetime.min.time())
    assert row["published"].number_format == "yyyy-mm-dd"
    assert row["issue_ids"].value == ", ".join(quote.issue_ids)
    assert row["own"].value is False

    figure = view.index.dataset.figures[0]
    assert cells(book, "figure_values")[0]["number"].value == figure.values[0].number
    months = [s for s in view.index.dataset.sources if isinstance(s.published, str)]
    by_id = {row["id"].value: row for row in cells(book, "sources")}
    assert months
    assert by_id[months[0].id]["published"].value == months[0].published


def test_no_cell_is_a_formula_and_text_is_as_it_is(view, tmp_path):
    quotes = [
        replace(view.index.dataset.quotes[0], id=f"hostile-{n}", text=text)
        for n, text in enumerate((*HOSTILE, "\x1b[31mred", "bad \ufffe", "#N/A", "00123"))
    ]
    path = write(of_records(view, quotes=tuple(quotes)), "xlsx", tmp_path / "talks.xlsx")

    assert not any(c.data_type == "f" for rows in sheets(path).values() for r in rows for c in r)
    texts = [row["text"].value for row in cells(path, "quotes")]
    assert texts == [*HOSTILE, "␛[31mred", "bad \ufffd", "#N/A", "00123"]


def test_text_that_is_longer_than_a_cell_is_cut_and_says_so(view, tmp_path):
    quote = replace(view.index.dataset.quotes[0], text="word " * 8000)
    path = write(of_records(view, quotes=(quote,)), "xlsx", tmp_path / "talks.xlsx")

    (row,) = cells(path, "quotes")
    assert len(row["text"].value) == 32_767
    assert row["text"].value.endswith("[cut here: a cell holds no more]")


def test_a_sheet_that_cannot_hold_all_is_an_error_and_no_file(view, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_file, "_MOST_ROWS", 20)

    with pytest.raises(ExportError, match=r"records has more rows than a sheet .* talks\.sqlite"):
        write(view, "xlsx", tmp_path / "talks.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at", ["_save", "_cell"])
def test_what_fails_on_the_way_says_so_and_nothing_else(view, tmp_path, monkeypatch, at):
    def fails(*_):
        raise OSError(28, "No space left on device")

    complaints = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    monkeypatch.setattr(workbook_file, at, fails)
    with pytest.raises(ExportError, match="the disk is full"):
        write(view, "xlsx", tmp_path / "talks.xlsx")
    gc.collect()
    assert complaints == []
    assert list(tmp_path.iterdir()) == []


def test_what_its_library_cannot_do_is_said_in_words(view, tmp_path, monkeypatch):
    def fails(*_):
        raise IllegalCharacterError("no room")

    monkeypatch.setattr(workbook_file, "_save", fails)
    with pytest.raises(ExportError, match="the workbook could not be written: no room"):
        write(view, "xlsx", tmp_path / "talks.xlsx")


def test_what_was_not_public_is_not_there(view, tmp_path):
    then = view.at(date(2031, 6, 1))
    found = sheets(write(then, "xlsx", tmp_path / "talks.xlsx"))

    assert len(found["quotes"]) < len(view.index.dataset.quotes)
    assert len(found["records"]) < len(list(view.index.everything()))


def test_the_same_record_makes_the_same_bytes_and_is_known_again(view, book, tmp_path):
    again = write(view, "xlsx", tmp_path / "again.xlsx")

    assert again.read_bytes() == book.read_bytes()
    write(view, "xlsx", book)


def test_a_workbook_that_another_program_saved_is_not_written_over(view, book):
    changed = load_workbook(book)
    changed["quotes"]["A1"] = "mine"
    changed.save(book)
    before = book.read_bytes()

    with pytest.raises(TakenError):
        write(view, "xlsx", book)
    assert book.read_bytes() == before


def test_notes_have_a_sheet_when_they_are_asked_for(with_note, tmp_path):
    without, along = (
        sheets(write(with_note, "xlsx", tmp_path / f"{w}.xlsx", with_notes=w)) for w in (0, 1)
    )

    assert "notes" not in without
    head, row = along["notes"]
    values = {name.value: cell.value for name, cell in zip(head, row, strict=True)}
    assert (values["ref"], values["text"], values["tags"]) == (
        "issue:tolls",
        "=Mine. #a #b",
        "a, b",
    )


@pytest.fixture
def with_note(harbour, tmp_path):
    from explorer.notes import NoteStore, Words
    from explorer.opening import read
    from explorer.record.model import Ref

    store = NoteStore(tmp_path / "notes", "harbour-talks")
    store.save(Ref("issue", "tolls"), Words("=Mine. #a #b"), name="Tolls", note=None)
    return read(harbour, tmp_path / "notes", None).view
