"""Tables as spreadsheets save them, and files that only seem to be some."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from explorer.intake import incoming, table_files
from explorer.intake.incoming import IntakeError


def read(data, name="t.csv", sheet=""):
    raw = data if isinstance(data, bytes) else data.encode()
    file = incoming.understood(name, raw, "." + name.rpartition(".")[2])
    return table_files.read(file, sheet)


PLAIN = "Quote,Who\n“Ja”,Norén\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").encode("utf-8-sig"),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace(",", "\t").encode("utf-16-le"),
        PLAIN.encode("cp1252"),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        ("Quotes of June,\n,\n" + PLAIN).encode(),
        PLAIN.replace("\n", ",,\n").encode() + b",,,\n\n",
    ],
)
def test_a_table_is_read_however_it_was_saved(data):
    table = read(data)
    assert table.heads == ("Quote", "Who")
    (row,) = table.rows
    assert row.cells == ("“Ja”", "Norén")


def test_a_file_that_is_not_utf_8_says_so():
    assert "Windows-1252" in read(PLAIN.encode("cp1252")).remark


def test_rows_have_the_numbers_of_the_spreadsheet_and_cells_may_have_several_lines():
    table = read('Quote;Who\n"a\nb; ""c""";x\n;\nd;y\n')
    assert [(row.place, row.cells[0]) for row in table.rows] == [
        ("row 2", 'a\nb; "c"'),
        ("row 4", "d"),
    ]


def test_heads_that_are_empty_or_there_twice_have_names_of_their_own():
    assert read("Date,Date,,x\n1,2,3,4\n").heads == ("Date", "Date (2)", "column 3", "x")


def test_nothing_acts_that_stands_in_a_cell():
    table = read(b"Quote,Who\n\"'=1+1\",\x1b[31mred\x1b[0m\x00\n#REF!,=cmd|' /C calc'!A0\n")
    assert [row.cells for row in table.rows] == [
        ("=1+1", "red␀"),
        ("", "=cmd|' /C calc'!A0"),
    ]


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "t.csv", "it is empty"),
        (b"\xef\xbb\xbf\n\n", "t.csv", "it is empty"),
        (b"Quote,Who\n", "t.csv", "no rows below"),
        (b'Quote,Who\n"never closed,Ada\nmore,Reed\n', "t.csv", "near line 3.*quotation mark"),
        (b"x" * 2_000_000 + b",y\n", "t.csv", "near line 1: field larger"),
        (b"PK\x03\x04nothing", "t.xlsx", "damaged, or no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1", "t.xls", "old Excel; save it as .xlsx"),
        (b"PK\x03\x04", "t.ods", "LibreOffice"),
        (b"\x89PNG\r\n", "t.csv", "no text"),
        (b"Quote,Who\n" + b"a,b\n" * 20_001, "t.csv", "more than 20,000 rows"),
    ],
)
def test_what_is_no_table_is_refused_with_why(data, name, why):
    with pytest.raises(IntakeError, match=why):
        read(data, name)


def workbook(*rows, formats=(), title="Zitate", others=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cell, shown in formats:
        book.active[cell].number_format = shown
    for other in others:
        book.create_sheet(other).append(["x"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_says_days_and_numbers_as_they_are_shown():
    data = workbook(
        ["Quote", "Day", "Month", "Rate", "Tonnes", "Sure"],
        [
            "a",
            datetime(2032, 6, 1, 12),  # noqa: DTZ001 -- of no zone
            date(2032, 6, 1),
            0.145,
            1234.5,
            True,
        ],
        formats=[("B2", "dd.mm.yyyy"), ("C2", "mmm-yy"), ("D2", "0.0%")],
    )
    (row,) = read(data, "t.xlsx").rows
    assert row.cells == ("a", "2032-06-01", "2032-06", "14.5%", "1234.5", "yes")


def test_of_several_sheets_one_is_read_and_the_others_named():
    data = workbook(["Quote"], ["a"], others=["Alt"])
    assert "Alt (--sheet NAME)" in read(data, "t.xlsx").remark
    with pytest.raises(IntakeError, match="no sheet “Neu”; there is Zitate, Alt"):
        read(data, "t.xlsx", "Neu")


def test_a_cell_far_away_costs_nothing():
    book = openpyxl.Workbook()
    book.active.append(["Quote"])
    book.active.append(["a"])
    book.active["XFD1048576"] = "far"
    file = io.BytesIO()
    book.save(file)
    assert [row.cells[0] for row in read(file.getvalue(), "t.xlsx").rows] == ["a"]


def test_a_cover_is_passed_over_for_the_sheet_with_rows():
    book = openpyxl.Workbook()
    book.active.append(["Trade talks"])
    for row in (["Quote", "Who"], ["A.", "B"]):
        (book["Quotes"] if "Quotes" in book else book.create_sheet("Quotes")).append(row)
    data = io.BytesIO()
    book.save(data)
    file = incoming.understood("t.xlsx", data.getvalue(), ".xlsx")
    table = table_files.read(file)
    assert (table.heads, [row.cells for row in table.rows]) == (("Quote", "Who"), [("A.", "B")])
    assert "it is the sheet “Quotes”; beside it there is Sheet" in table.remark
    assert table_files.sheets(file) == ("Quotes", "Sheet")
