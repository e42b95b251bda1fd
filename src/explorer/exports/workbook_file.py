"""The tables as one Excel workbook, for whoever opens a spreadsheet by a double click.

There letters, days and numbers are what they are, whatever the language of the machine; a CSV may
be read in the wrong letters and into one column. No cell is a formula. Tables by which others are
joined are left out, and so are those without rows: lists stand in their cells, apart by commas.

The same record makes the same bytes. A workbook that another program has saved is no export any
more, so that what a person wrote into it is not written over.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import Any

from explorer.errors import ExportError
from explorer.exports import MADE_BY, sqlite_database, table_rows
from explorer.exports.exported import Exported
from explorer.exports.record_tables import Column, ColumnType, RecordTable, tables
from explorer.exports.table_rows import Cell, Row
from explorer.text.sanitize import one_line, plain

_MOST_ROWS = 1_048_576
_LONGEST = 32_767
"""What a sheet and a cell hold at most."""
_CUT = " … [cut here: a cell holds no more]"
_NO_XML = re.compile("[\ufffe\uffff]")
_DAY = "yyyy-mm-dd"
_WIDTHS: Mapping[ColumnType, int] = {"day": 12, "date": 12, "flag": 8, "whole": 8, "number": 12}
_NARROW, _WIDE = 24, 60
_FIRST_YEAR = 1900
_ABOUT = "docProps/core.xml"
_ORDER = {"[Content_Types].xml": 0, _ABOUT: 1}
"""What other programs look for first, and then what says whose it is."""
_OURS = f">{MADE_BY}</dc:creator>".encode()
_NEVER = (1980, 1, 1, 0, 0, 0)
"""The time of each file within, the first that there can be."""


def is_ours(beginning: bytes) -> bool:
    """Whether a workbook is as it was written here, by how its beginning is laid out."""
    return beginning.startswith(b"PK\x03\x04") and _OURS in beginning


def fill(exported: Exported, path: Path) -> None:
    """Write the workbook into an empty file. Raises ExportError when a sheet cannot hold all."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        _add_sheets(book, exported)
        _save(book, path)
    except BaseException as error:
        _abandon(book)
        # What writes XML has errors of its own, of a disk that is full too.
        if type(error).__module__.partition(".")[0] in ("lxml", "et_xmlfile", "openpyxl"):
            raise ExportError(
                f"the workbook could not be written: {one_line(str(error))}. It is put together in "
                f"{one_line(gettempdir())}, where there must be room for it"
            ) from error
        raise


def _add_sheets(book: Any, exported: Exported) -> None:
    view = exported.shown
    _add_sheet(book, _ABOUT_IT, sqlite_database.metadata(view))
    described = []
    for table in tables(with_notes=exported.with_notes):
        rows = iter(table_rows.rows_of(exported, table.name)) if not table.is_link else iter(())
        if (first := next(rows, None)) is not None:
            described.append(table)
            _add_sheet(book, table, chain((first,), rows))
    meanings = ((t.name, c.name, c.meaning) for t in described for c in t.columns)
    _add_sheet(book, _ITS_COLUMNS, meanings)
    about = book.properties
    about.creator, about.title = MADE_BY, plain(view.index.dataset.negotiation.name)
    about.created = about.modified = datetime.combine(view.as_of, time())


def _abandon(book: Any) -> None:
    """End what was begun of each sheet, which else complains once it is thrown away."""
    for sheet in book.worksheets:
        with suppress(Exception):  # whatever it is, it matters no more
            sheet.close()


def _add_sheet(book: Any, table: RecordTable, rows: Iterable[Row]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    for number, column in enumerate(table.columns, 1):
        width = _WIDTHS.get(column.type, _WIDE if column.is_prose else _NARROW)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_written(sheet, c.name, font=Font(bold=True)) for c in table.columns])
    number = 1
    for number, row in enumerate(rows, 2):
        if number > _MOST_ROWS:
            raise ExportError(
                f"{table.name} has more rows than a sheet of Excel holds; a database has room, "
                "such as talks.sqlite"
            )
        sheet.append([_cell(sheet, *each) for each in zip(table.columns, row, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{number}"


def _cell(sheet: Any, column: Column, value: Cell) -> Any:
    """A value as a cell holds it: a day as a day, a list in words, and text as text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if column.type in ("day", "date") and (day := _day(value)):
        return _written(sheet, day, number_format=_DAY)
    if column.type == "list":
        return _written(sheet, ", ".join(json.loads(value)))
    return _written(sheet, value)


def _day(value: str) -> date | None:
    """The day that a text is; None of a month or a year, and before Excel's own count begins."""
    day = date.fromisoformat(value) if len(value) == len("2025-10-26") else None
    return day if day is not None and day.year >= _FIRST_YEAR else None


def _written(sheet: Any, value: str | date, **look: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    is_text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, _fitting(value) if isinstance(value, str) else value)
    if is_text:
        cell.data_type = "s"  # whatever it begins with
    for name, what in look.items():
        setattr(cell, name, what)
    return cell


def _fitting(text: str) -> str:
    """Text that a cell can hold, and that says so where it could not hold all."""
    text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", plain(text))
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _save(book: Any, path: Path) -> None:
    """Save it with nothing of the clock in it, and what says whose it is near the beginning."""
    from openpyxl.writer.excel import ExcelWriter

    with TemporaryFile(dir=path.parent) as loose:
        with zipfile.ZipFile(loose, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            ExcelWriter(book, archive).save()
        with zipfile.ZipFile(loose) as archive, zipfile.ZipFile(path, "w") as made:
            names = archive.namelist()
            for name in sorted(names, key=lambda name: (_ORDER.get(name, 2), names.index(name))):
                info = zipfile.ZipInfo(name, _NEVER)
                info.file_size = archive.getinfo(name).file_size
                info.compress_type = zipfile.ZIP_STORED if name == _ABOUT else zipfile.ZIP_DEFLATED
                with archive.open(name) as part, made.open(info, "w") as there:
                    shutil.copyfileobj(part, there)


_ABOUT_IT = RecordTable(
    name="about",
    meaning="Of what it is, and as of which day.",
    columns=(Column(name="what", meaning=""), Column(name="text", meaning="")),
)
_ITS_COLUMNS = RecordTable(
    name="columns",
    meaning="What each column means.",
    columns=tuple(Column(name=name, meaning="") for name in ("table", "column", "words")),
)
