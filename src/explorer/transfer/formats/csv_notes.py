"""Notes as CSV (RFC 4180, UTF-8): for spreadsheets, a row for each note.

A spreadsheet takes a cell that begins with `=` and the like for a formula, which could act.
Such a cell gets an apostrophe before it, which reading takes off again. One that begins with
an apostrophe that could be taken for such a guard gets one more.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice

from explorer.text.sanitize import one_line
from explorer.transfer.import_file import MOST_NOTES, ImportFile, ParsedNotes, RawNote, parse_all
from explorer.transfer.portable_note import ANCHOR_KEYS, KEYS, NotesToExport, PortableNote, as_data
from explorer.transfer.spreadsheet_dates import day_in, month_comes_first, time_in

_ANCHORS = {f"anchor_{key}": key for key in ANCHOR_KEYS}
COLUMNS = (
    "dataset",
    *(column for key in KEYS for column in (_ANCHORS if key == "anchor" else (key,))),
)
_DAYS, _TIMES = ("date", "due"), ("created", "changed")
_TRUE = ("true", "1", "yes", "x", "wahr", "ja", "vrai", "oui", "verdadero", "vero", "waar")
_FALSE = ("false", "0", "no", "", "falsch", "nein", "faux", "non", "falso", "onwaar")
_DELIMITERS = ",;\t|"
_EXCEL_SAYS = re.compile("sep=(.)", re.IGNORECASE)
_BLANK = re.compile(r"[\s-]+")
_SPARE = 2
"""Rows more than there may be, so that it is seen that there are more."""
_LONGEST_CELL = 16 * 1024 * 1024
_ACTING = "=+\\-@\t\r\n\0＝＋－＠"
_TO_GUARD = re.compile(f"[{_ACTING}]|'[{_ACTING}']")
_GUARDED = re.compile(f"'[{_ACTING}']")


def recognizes(file: ImportFile) -> bool:
    """Whether its first line names columns of ours."""
    delimiter, text = _delimiter_of(file.text)
    return not {"record", "text"}.isdisjoint(_names_in(_first_line(text).split(delimiter)))


def write(export: NotesToExport) -> str:
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(map(guarded, _row(note, export.dataset)) for note in export.notes)
    return file.getvalue()


def read(file: ImportFile) -> ParsedNotes:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    delimiter, text = _delimiter_of(file.text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = _names_in(next(rows, []))
        _check(head)
        return parse_all(_notes(head, list(islice(rows, MOST_NOTES + _SPARE))), "")
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from None


def _delimiter_of(text: str) -> tuple[str, str]:
    """What stands between cells, and the text without the line in which Excel says so."""
    first, _, rest = text.partition("\n")
    if found := _EXCEL_SAYS.fullmatch(first.strip()):
        return found[1], rest

    def number(delimiter: str) -> int:
        return sum(name in COLUMNS for name in _names_in(_first_line(text).split(delimiter)))

    return max(_DELIMITERS, key=number), text


def _first_line(text: str) -> str:
    return text.partition("\n")[0].rstrip("\r").replace('"', "")


def _names_in(cells: Sequence[str]) -> list[str]:
    """The names of columns as we write them: “Anchor exact” is `anchor_exact`."""
    return [_BLANK.sub("_", one_line(cell).casefold().strip()) for cell in cells]


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _TO_GUARD.match(cell) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _row(note: PortableNote, dataset: str) -> Iterator[str]:
    anchor = {} if note.words.anchor is None else asdict(note.words.anchor)
    data = as_data(note) | {column: anchor.get(key) for column, key in _ANCHORS.items()}
    data |= {"dataset": dataset, "tags": " ".join(note.tags)}
    for column in COLUMNS:
        value = data[column]
        yield str(value).lower() if isinstance(value, bool) else str(value or "")


def _check(head: Sequence[str]) -> None:
    if not head:
        raise ValueError("it is empty")
    if missing := [name for name in ("record", "text") if name not in head]:
        raise ValueError(f"line 1: there is no column “{missing[0]}”")
    for name in head:
        if name in COLUMNS and head.count(name) > 1:
            raise ValueError(f"line 1: the column “{name}” is there twice")


def _notes(head: Sequence[str], rows: Sequence[list[str]]) -> Iterator[RawNote]:
    days = [n for n, name in enumerate(head) if name in (*_DAYS, *_TIMES)]
    month_first = month_comes_first(cells[n] for cells in rows for n in days if n < len(cells))
    for number, cells in enumerate(rows, 2):
        place = f"row {number}"
        if not any(map(str.strip, cells)):  # as spreadsheets leave them at the end
            continue
        if any(map(str.strip, cells[len(head) :])):
            yield RawNote(place, ValueError(f"it has {len(cells)} cells, and the head {len(head)}"))
            continue
        named = list(zip(head, map(unguarded, cells), strict=False))
        ours = {name: cell for name, cell in named if name in COLUMNS}
        dataset = ours.pop("dataset", "")
        try:
            data = _data_of(ours, month_first=month_first)
            yield RawNote(place, data, dataset, tuple(_other_columns(named)))
        except ValueError as error:
            yield RawNote(place, error)


def _other_columns(named: Sequence[tuple[str, str]]) -> Iterator[str]:
    for number, (name, cell) in enumerate(named, 1):
        if name not in COLUMNS and cell.strip():
            yield f"the column “{name}”" if name else f"column {number}, which has no name"


def _data_of(row: Mapping[str, str], *, month_first: bool | None) -> dict[str, object]:
    data: dict[str, object] = {key: row.get(key) for key in KEYS}
    for key in ("done", "conflict_copy"):
        data[key] = _truth(key, row.get(key, ""))
    for keys, read_day in ((_DAYS, day_in), (_TIMES, time_in)):
        for key in keys:
            try:
                data[key] = read_day(row.get(key, "").strip(), month_first=month_first)
            except ValueError as error:
                raise ValueError(f"“{key}” {error}") from None
    anchor = {key: row.get(column, "") for column, key in _ANCHORS.items()}
    return data | {"anchor": anchor if any(anchor.values()) else None}


def _truth(key: str, cell: str) -> bool:
    word = cell.strip().casefold()  # spreadsheets write TRUE, in the language of their reader
    if word not in (*_TRUE, *_FALSE):
        raise ValueError(f"“{key}” is neither true nor false")
    return word in _TRUE
