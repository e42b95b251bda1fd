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
from typing import Any

from explorer.exchange.foreign import ANCHOR_KEYS, KEYS, Foreign, as_data
from explorer.exchange.reading import Telling, found_in
from explorer.plain import one_line

_ANCHORS = {f"anchor_{key}": key for key in ANCHOR_KEYS}
COLUMNS = (
    "dataset",
    *(column for key in KEYS for column in (_ANCHORS if key == "anchor" else (key,))),
)
_LONGEST_CELL = 16 * 1024 * 1024
_ACTING = "=+\\-@\t\r\n\0＝＋－＠"
_TO_GUARD = re.compile(f"[{_ACTING}]|'[{_ACTING}']")
_GUARDED = re.compile(f"'[{_ACTING}']")


def written(notes: Sequence[Foreign], dataset: str) -> str:
    """The text of the file, with a head."""
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows(map(guarded, _row(note, dataset)) for note in notes)
    return file.getvalue()


def understood(text: str) -> list[Foreign]:
    """The notes that a file tells of. Raises ValueError, naming each that is not one."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [one_line(cell).casefold() for cell in next(rows, [])]
        _check(head)
        return found_in(_tellings(head, rows), "")
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from None


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _TO_GUARD.match(cell) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _row(note: Foreign, dataset: str) -> Iterator[str]:
    data = as_data(note)
    data |= {"dataset": dataset, "tags": " ".join(data["tags"])}
    anchor = data["anchor"] or {}
    data |= {column: anchor.get(key) for column, key in _ANCHORS.items()}
    for column in COLUMNS:
        value = data[column]
        yield str(value).lower() if isinstance(value, bool) else value or ""


def _check(head: Sequence[str]) -> None:
    if not head:
        raise ValueError("it is empty")
    if missing := [name for name in ("record", "text") if name not in head]:
        raise ValueError(f"line 1: there is no column “{missing[0]}”")
    for name in head:
        if name not in COLUMNS:
            raise ValueError(f"line 1: the column “{name}” is not known here")
        if head.count(name) > 1:
            raise ValueError(f"line 1: the column “{name}” is there twice")


def _tellings(head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[Telling]:
    for number, cells in enumerate(rows, 2):
        place = f"row {number}"
        if not any(cells):  # as spreadsheets leave them at the end
            continue
        if len(cells) > len(head):
            yield Telling(place, ValueError(f"it has {len(cells)} cells, and the head {len(head)}"))
            continue
        told = dict(zip(head, map(unguarded, cells), strict=False))
        dataset = told.pop("dataset", "")
        try:
            yield Telling(place, _as_data(told), dataset)
        except ValueError as error:
            yield Telling(place, error)


def _as_data(told: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {key: told.get(key) for key in KEYS}
    for key in ("done", "conflict_copy"):
        data[key] = _truth(key, told.get(key, ""))
    anchor = {key: told.get(column, "") for column, key in _ANCHORS.items()}
    return data | {"tags": None, "anchor": anchor if any(anchor.values()) else None}


def _truth(key: str, cell: str) -> bool:
    said = cell.strip().casefold()  # spreadsheets write TRUE
    if said not in ("true", "false", ""):
        raise ValueError(f"its “{key}” is neither true nor false")
    return said == "true"
