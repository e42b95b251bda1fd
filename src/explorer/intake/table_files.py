"""Rows of a spreadsheet: CSV and TSV as Excel and LibreOffice write them, and Excel workbooks."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import islice

from explorer.adding.typed_values import clean
from explorer.intake.incoming import Incoming
from explorer.text.sanitize import one_line
from explorer.transfer.formats.csv_notes import unguarded
from explorer.values import dataclass

MOST_ROWS = 20_000
"""More rows than somebody looks through; a table with more is to be divided."""
_MOST_COLUMNS = 200
_LONGEST_CELL = 1024 * 1024
_LARGEST_SHEET = 128 * 1024 * 1024
"""Most bytes of a workbook once it is unpacked."""
_DELIMITERS = ",;\t|"
_EXCEL_SAYS = re.compile(r"\A\s*sep=(.)\r?\n", re.IGNORECASE)
_LOOKED_AT = 50
"""Rows by which is seen what stands between cells, and where the head is."""
_TOO_WIDE = (
    "it has {cells} cells and the head has {heads}; what divides cells stands in words, which "
    "belong in quotation marks then"
)
_ERRORS = ("#N/A", "#NV", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    place: str
    """Where it stands: “row 12”."""
    number: int
    """The same by which rows are chosen."""
    cells: tuple[str, ...]
    trouble: str = ""
    """Why it cannot be read; then its cells may stand in wrong columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with a head."""

    name: str
    """Of the file."""
    heads: tuple[str, ...]
    """What stands above each column, each once."""
    rows: tuple[Row, ...]
    exact: bool = False
    """Whether days and numbers are written in one way in every language, as in workbooks."""
    remark: str = ""

    def column(self, number: int) -> Iterator[str]:
        """What stands in a column, less empty cells and rows that cannot be read."""
        sound = (row.cells[number] for row in self.rows if not row.trouble)
        return (cell for cell in sound if cell.strip())


def read(file: Incoming, sheet: str = "") -> Table:
    """The table of a file. Raises IntakeError."""
    if file.format == "xlsx":
        return _workbook(file, sheet)
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(islice(_csv_rows(file.text), MOST_ROWS + _LOOKED_AT))
    except csv.Error as error:
        why, line = error.args
        if "field limit" in why or "unexpected end" in why or "expected after" in why:
            why = f"{why}; is a quotation mark missing?"
        raise file.refused(f"near line {line}: {why}") from None
    finally:
        csv.field_size_limit(limit)
    return _table(file, rows, exact=False, remark=file.remark)


def _csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows by their numbers in a spreadsheet. Raises csv.Error with the line."""
    said = _EXCEL_SAYS.match(text)  # a line that Excel itself does not show
    delimiter = said[1] if said else _delimiter_of(text)
    body = io.StringIO(text[said.end() :] if said else text, newline="")
    reader = csv.reader(body, delimiter=delimiter, strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        line = reader.line_num + (1 if said else 0)
        raise csv.Error(str(error), line) from None


def _delimiter_of(text: str) -> str:
    """What stands between cells: what makes the most rows of the same length."""

    def regular(delimiter: str) -> tuple[int, int]:
        lines = io.StringIO(text[: 256 * 1024], newline="")
        try:
            rows = list(islice(csv.reader(lines, delimiter=delimiter), _LOOKED_AT))
        except csv.Error:
            return 0, 0
        lengths = Counter(len(row) for row in rows if any(map(str.strip, row)))
        length, number = max(lengths.items(), key=lambda of: (of[0] > 1, of[1], of[0]))
        return (number if length > 1 else 0), length

    return max(_DELIMITERS, key=regular) if text.strip() else ","


def _table(
    file: Incoming, rows: Iterable[tuple[int, Sequence[str]]], *, exact: bool, remark: str = ""
) -> Table:
    filled = [(number, cells) for number, cells in rows if any(map(str.strip, cells))]
    if not filled:
        raise file.refused("it has no rows")
    start = _head_of([cells for _, cells in filled[:_LOOKED_AT]])
    heads = _named(filled[start][1], filled[start + 1 :])
    body = filled[start + 1 :]
    if len(body) > MOST_ROWS:
        raise file.refused(f"it has more than {MOST_ROWS:,} rows; divide it into several files")
    if not body:
        raise file.refused("it has a row of heads and no rows below it")
    # Of a table whose rows are wider all along, only the last head is missing.
    own = _width(filled[start][1])
    wide = [number for number, cells in body if _width(cells) > own]
    broken = set() if exact or len(wide) * 2 > len(body) else set(wide)
    made = tuple(
        Row(
            f"row {number}",
            number,
            _cells(cells, len(heads)),
            _TOO_WIDE.format(cells=_width(cells), heads=own) if number in broken else "",
        )
        for number, cells in body
    )
    return Table(file.name, heads, made, exact, remark)


def _head_of(rows: Sequence[Sequence[str]]) -> int:
    """Which row names the columns: the first that is as wide as most, below any title."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = sorted(widths)[len(widths) // 2]
    return next((n for n, width in enumerate(widths) if width * 2 > usual), 0)


def _named(heads: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[str, ...]:
    """What each column is called, each by another name, as far as there is anything in them."""
    wide = min(max(_width(cells) for cells in (heads, *(of for _, of in rows))), _MOST_COLUMNS)
    found: list[str] = []
    for number in range(wide):
        said = one_line(heads[number]) if number < len(heads) else ""
        name, again = said or f"column {number + 1}", 1
        while name in found:
            again += 1
            name = f"{said} ({again})"
        found.append(name)
    return tuple(found)


def _width(cells: Sequence[str]) -> int:
    return max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _cells(cells: Sequence[str], wide: int) -> tuple[str, ...]:
    said = [_cleaned(cell) for cell in cells[:wide]]
    return (*said, *[""] * (wide - len(said)))


def _cleaned(cell: str) -> str:
    text = unguarded(clean(cell)).strip()
    return "" if text in _ERRORS else text


# Excel.


def _opened(file: Incoming, sheet: str) -> tuple[str, list[tuple[int, Sequence[str]]], list[str]]:
    """A sheet with its rows, and the names of the others that have any. Raises IntakeError."""
    import warnings
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _LARGEST_SHEET:
                raise file.refused("it is too large once it is unpacked")
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise file.refused("it is damaged, or no Excel workbook") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it does not keep is not needed
        try:
            return _sheet(file, sheet)
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError, EOFError) as error:
            why = "it cannot be read; save it again, or as “CSV UTF-8”"
            raise file.refused(why) from error
        except Exception as error:
            if type(error).__module__.startswith(("openpyxl", "xml")):
                raise file.refused("it is no Excel workbook, or has a password") from error
            raise


def _workbook(file: Incoming, sheet: str) -> Table:
    name, rows, others = _opened(file, sheet)
    beside = f"; beside it there is {', '.join(map(one_line, others))}" if others else ""
    remark = f"it is the sheet “{one_line(name)}”{beside} (--sheet NAME)" if others else ""
    return _table(file, rows, exact=True, remark=remark)


def _sheet(file: Incoming, sheet: str) -> tuple[str, list[tuple[int, Sequence[str]]], list[str]]:
    """The name of a sheet, its rows, and the names of the other sheets that have any."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False)
    try:
        names = [one.title for one in book.worksheets]
        if sheet and sheet not in names:
            known = ", ".join(map(one_line, names))
            raise file.refused(f"it has no sheet “{one_line(sheet)}”; there is {known}")
        if sheet:
            return sheet, _rows_of(file, book[sheet]), []
        starts = {name: _rows_of(file, book[name], _LOOKED_AT) for name in names}
        filled = [name for name in names if starts[name]] or names[:1]
        name = next((name for name in filled if _is_like_a_table(starts[name])), filled[0])
        return name, _rows_of(file, book[name]), [other for other in filled if other != name]
    finally:
        book.close()


def _is_like_a_table(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Whether it has columns and rows, and is no cover with a title."""
    wide = [cells for _, cells in rows if sum(map(bool, cells)) > 1]
    return len(wide) > 1


def sheets(file: Incoming) -> Sequence[str]:
    """The names of the sheets of a workbook that have anything; of another file none."""
    if file.format != "xlsx":
        return ()
    name, _, others = _opened(file, "")
    return (name, *others)


def _rows_of(file: Incoming, sheet: object, first: int = 0) -> list[tuple[int, Sequence[str]]]:
    """The rows of a sheet that hold anything, or the first so many of them."""
    found: list[tuple[int, Sequence[str]]] = []
    # A cell far below or to the right, formatted by a slip, would make millions of empty ones.
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS)  # type: ignore[attr-defined]
    empty = 0
    for number, row in enumerate(rows, 1):
        cells = [_as_text(one.value, one) for one in row]
        while cells and not cells[-1]:
            cells.pop()
        empty = 0 if cells else empty + 1
        if cells:
            found.append((number, cells))
        if empty > MOST_ROWS or (first and len(found) >= first):
            break
        if len(found) > MOST_ROWS + 1:
            raise file.refused(f"it has more than {MOST_ROWS:,} rows; divide it into several files")
    return found


def _as_text(value: object, cell: object) -> str:
    """A value as it is shown, days and numbers in one way whatever the language."""
    shown_as = str(getattr(cell, "number_format", "") or "")
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():  # of which a moment is one
            shown = re.sub(r'"[^"]*"|\[.*?\]|\\.', "", shown_as).lower()
            return f"{value:%Y-%m}" if "y" in shown and "d" not in shown else f"{value:%Y-%m-%d}"
        case int() | float():
            is_share = "%" in shown_as
            return f"{_plain_number(value * 100)}%" if is_share else _plain_number(value)
    return value.isoformat() if isinstance(value, time) else str(value)


def _plain_number(value: float) -> str:
    exact = round(value, 10)
    return str(int(exact)) if float(exact).is_integer() else repr(exact)
