"""Notes as JSON: the plainest of the formats, and ours alone.

{"format": "explorer-notes", "version": 1, "dataset": "…", "notes": [{"id": …}, …]}
"""

from __future__ import annotations

from explorer.text.json_text import as_json, check_version
from explorer.text.sanitize import one_line
from explorer.transfer.import_file import ImportFile, ParsedNotes, RawNote, parse_all
from explorer.transfer.portable_note import NotesToExport, as_data

FORMAT = "explorer-notes"
VERSION = 1
_HEAD = ("format", "version", "dataset", "notes")


def recognizes(file: ImportFile) -> bool:
    """Whether it is JSON at all: formats that are more than that are asked before."""
    return file.text.lstrip().startswith(("{", "["))


def write(export: NotesToExport) -> str:
    head = {"format": FORMAT, "version": VERSION, "dataset": export.dataset}
    return as_json(head | {"notes": [as_data(note) for note in export.notes]})


def read(file: ImportFile) -> ParsedNotes:
    whole = file.json
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ValueError(f"it does not say that its format is “{FORMAT}”")
    check_version(whole.get("version"), VERSION)
    dataset, listed = whole.get("dataset"), whole.get("notes")
    if not isinstance(dataset, str) or not isinstance(listed, list):
        raise ValueError("it has no “dataset” with “notes”")
    notes = (RawNote(f"note {number}", note) for number, note in enumerate(listed, 1))
    left_out = (f"“{one_line(key)}” of the file" for key in whole if key not in _HEAD)
    return parse_all(notes, dataset, left_out)
