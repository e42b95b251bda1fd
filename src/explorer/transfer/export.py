"""Notes out of the program, in the format that a person asks for.

The same notes give the same bytes. What goes out is what the view shows: of a record that
was not public on its day, neither name nor notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from explorer.notes import Note
from explorer.record.labels import title
from explorer.storage import files
from explorer.transfer.formats import csv_notes, json_notes, markdown_notes, web_annotations
from explorer.transfer.output_file import not_written, place_new, refuse_no_file
from explorer.transfer.portable_note import Foreign, of
from explorer.transfer.transfer_errors import NotesNotExportedError
from explorer.view import View

Format = Literal["md", "csv", "json", "jsonld"]

FORMATS: tuple[Format, ...] = ("md", "csv", "json", "jsonld")
FORMS: Mapping[str, Format] = {
    ".md": "md",
    ".markdown": "md",
    ".csv": "csv",
    ".json": "json",
    ".jsonld": "jsonld",
}
"""The formats by how a file's name ends."""


def gathered(view: View) -> tuple[Foreign, ...]:
    """The notes that the view shows, with their conflict copies.

    By record in the order of the dataset, those on records it does not have last; on each
    record the oldest first, and a copy after the note that it stands beside.
    """
    copies = (copy for copies in view.notes.copies.values() for copy in copies)
    shown = [*view.shown_notes(), *(copy for copy in copies if view.shows(copy))]
    places = {record.ref: place for place, record in enumerate(view.index.dataset.records())}

    def order(note: Note) -> tuple[object, ...]:
        current = view.index.current(note.ref)
        place = len(places) if current is None else places[current]
        whose = view.notes.by_id(note.id) or note
        return (place, str(note.ref), whose.created, note.id, note.is_copy, note.path.name)

    return tuple(_outgoing(view, note) for note in sorted(shown, key=order))


def as_json(notes: Sequence[Foreign], dataset: str) -> str:
    """As JSON of our own: the plainest."""
    return json_notes.written(notes, dataset)


def as_jsonld(notes: Sequence[Foreign], dataset: str) -> str:
    """As a collection of W3C Web Annotations."""
    return web_annotations.written(notes, dataset)


def as_csv(notes: Sequence[Foreign], dataset: str) -> str:
    """As CSV for spreadsheets, with the line ends that RFC 4180 asks for."""
    return csv_notes.written(notes, dataset)


def as_markdown(notes: Sequence[Foreign], dataset: str, heading: str = "") -> str:
    """As Markdown to be read; `heading` is the name of what the notes are on."""
    return markdown_notes.written(notes, dataset, heading)


def export(view: View, to: Format) -> bytes:
    """The file of the notes that the view shows."""
    notes, negotiation = gathered(view), view.index.dataset.negotiation
    match to:
        case "md":
            text = as_markdown(notes, negotiation.id, negotiation.name)
        case "csv":
            text = as_csv(notes, negotiation.id)
        case "json":
            text = as_json(notes, negotiation.id)
        case "jsonld":
            text = as_jsonld(notes, negotiation.id)
    return text.encode()


def save(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write an export, for this user only; with `force` over what stands there.

    Raises TakenError when something does, and NotesNotExportedError.
    """
    try:
        if force:
            refuse_no_file(path)
            files.replace_file(path, data)
        else:
            place_new(path, data, otherwise="--force writes over it")
    except OSError as error:
        raise NotesNotExportedError(not_written(path, error)) from error


def _outgoing(view: View, note: Note) -> Foreign:
    current = view.index.current(note.ref)
    name = note.name if current is None else title(view.index, current)
    return of(note, name=name, dataset=view.index.dataset.negotiation.id)
