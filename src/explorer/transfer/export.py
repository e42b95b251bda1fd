"""Notes out of the program, in the format that a person asks for.

The same notes give the same bytes. What goes out is what the view shows: of a record that
was not public on its day, neither name nor notes.
"""

from __future__ import annotations

from pathlib import Path

from explorer.notes import Note
from explorer.transfer import formats
from explorer.transfer.output_file import write_file
from explorer.transfer.portable_note import NotesToExport, portable
from explorer.view import View


def notes_to_export(view: View) -> NotesToExport:
    """The notes that the view shows, with their conflict copies.

    By record in the order of the dataset, those on records it does not have last; on each
    record the oldest first, and a copy after the note that it stands beside.
    """
    places = {ref: place for place, ref in enumerate(view.index.everything())}

    def order(note: Note) -> tuple[object, ...]:
        current = view.index.current(note.ref)
        place = len(places) if current is None else places[current]
        original = view.notes.by_id(note.id) or note
        return (place, str(note.ref), original.created, note.id, note.is_copy, note.path.name)

    shown = sorted([*view.shown_notes(), *view.shown_copies()], key=order)
    negotiation = view.index.dataset.negotiation
    notes = tuple(portable(view, note) for note in shown)
    return NotesToExport(negotiation.id, negotiation.name, notes)


def export(view: View, format_name: str) -> bytes:
    """The file of the notes that the view shows."""
    return formats.named(format_name).load().write(notes_to_export(view)).encode()


def save(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write an export, for this user only; with `force` over what stands there.

    Raises TakenError when something does, and NoteError.
    """
    failed, instead = "The notes were not exported", "--force writes over it"
    write_file(path, data, failed, instead=instead, force=force)
