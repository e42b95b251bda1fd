"""All tables as CSV, with a `datapackage.json` that says what they hold.

The description is a Frictionless Data Package: of each table its columns with their types and what
they mean, its key, and the tables that it names. The tables by which others are joined have a
folder of their own, so that the others are found at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import Any

from explorer.documents import coverage
from explorer.exports import MADE_BY, table_rows
from explorer.exports.csv_table import LINE_END, TableWriter
from explorer.exports.exported import Exported
from explorer.exports.record_tables import Column, ColumnType, RecordTable, key_of, tables
from explorer.record import labels
from explorer.storage import files
from explorer.text import urls
from explorer.text.json_text import as_json
from explorer.text.slugs import slug
from explorer.view import View

DESCRIPTION = "datapackage.json"
_LINKS = "links"
_LARGEST = 4 * 1024 * 1024
"""Bytes of a description, of which ours has a fortieth."""
_DAY = r"[12]\d{3}(-\d{2}(-\d{2})?)?"
_TYPES: Mapping[ColumnType, str] = {
    "text": "string",
    "day": "string",
    "date": "date",
    "flag": "boolean",
    "whole": "integer",
    "number": "number",
    "list": "array",
    "object": "object",
}
_PART = "A day, or a month or a year where no more is known."
_GUARD = (
    "A cell of text that a spreadsheet would take for a formula, since it begins with =, +, -, @, "
    "a tab or a line end, has an apostrophe before it, and so has one that begins with an "
    "apostrophe and such a sign; take it off to have the text."
)


def fill(exported: Exported, folder: Path) -> None:
    """Write every table and the description into an empty folder."""
    described = tables(with_notes=exported.with_notes)
    (folder / _LINKS).mkdir()
    with ExitStack() as opened:
        writers = {}
        for table in described:
            path = folder / path_of(table)
            file = opened.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers[table.name] = TableWriter(table, file)
        for name, row in table_rows.rows(exported):
            writers[name].add(row)
    text = as_json(package(exported.shown, described))
    (folder / DESCRIPTION).write_text(text, "utf-8", newline="\n")


def files_of(folder: Path) -> tuple[str, ...] | None:
    """The files of an export of ours that a folder has; None when it has none."""
    try:
        found = json.loads(files.read_limited(folder / DESCRIPTION, _LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("made_by") != MADE_BY:
        return None
    resources = found.get("resources")
    if not isinstance(resources, list):
        return None
    paths = [resource.get("path") for resource in resources if isinstance(resource, dict)]
    known = {path_of(table) for table in tables(with_notes=True)}
    # What is not called as one of ours is never touched, whatever the description says.
    return (*(path for path in paths if path in known), DESCRIPTION)


def path_of(table: RecordTable) -> str:
    """Where a table is within the folder."""
    path = PurePosixPath(_LINKS if table.is_link else "") / f"{table.name}.csv"
    return str(path)


def package(view: View, described: tuple[RecordTable, ...]) -> dict[str, Any]:
    """The description of the tables."""
    negotiation = view.index.dataset.negotiation
    return {
        "profile": "tabular-data-package",
        "name": negotiation.id,
        "title": negotiation.name,
        "description": "\n\n".join((negotiation.summary, *reach(view), _GUARD)),
        **({"licenses": [licence(negotiation.licence)]} if negotiation.licence else {}),
        "made_by": MADE_BY,
        "as_of": view.as_of.isoformat(),
        "resources": list(map(_resource, described)),
    }


def licence(said: str) -> dict[str, str]:
    """A licence as the description has it: by its name, or by where its text is."""
    if urls.why_not(said) is None:
        return {"path": said}
    is_name = re.fullmatch(r"[A-Za-z0-9._-]+", said)
    return {"name": said} if is_name else {"name": slug(said) or "other", "title": said}


def reach(view: View) -> Iterator[str]:
    """How far the record goes, and as of which day it is told."""
    negotiation = view.index.dataset.negotiation
    began, ends = labels.day(negotiation.began), labels.day(negotiation.record_ends)
    beyond = f"; {part}" if (part := coverage.beyond(view)) else ""
    yield f"The record from {began} to {ends}{beyond}, as of {labels.day(view.as_of)}."
    yield from negotiation.rules


def _resource(table: RecordTable) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": path_of(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": LINE_END, "header": True},
        "schema": {
            "fields": list(map(_field, table.columns)),
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign(column) for column in table.columns if column.names],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    if column.type == "day":
        constraints["pattern"] = _DAY
    part = _PART if column.type == "day" else ""
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": labels.sentence(column.name.replace("_", " ")).removesuffix("."),
        "description": " ".join(filter(None, (column.meaning, part))),
    }
    if column.type == "flag":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    return field | ({"constraints": constraints} if constraints else {})


def _foreign(column: Column) -> dict[str, Any]:
    key = key_of(column.names)
    return {"fields": column.name, "reference": {"resource": column.names, "fields": key}}
