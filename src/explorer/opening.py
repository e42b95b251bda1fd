"""Reading a dataset and the notes on it: what a first view is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from explorer import dataset
from explorer.errors import NoteError, UsageError
from explorer.notes import Notes, NoteStore
from explorer.plain import one_line, plain
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read: the first view, and where its notes are kept."""

    view: View
    store: NoteStore | None
    """None when the folder of notes cannot be read."""
    trouble: str = ""
    """What the person should be told about the notes."""


def read(path: Path, notes_folder: Path, as_of: str = "") -> Opened:
    """Read a dataset and the notes on it, as of a day that a person said.

    Raises DatasetError, and UsageError when that is no day.
    """
    opened = _read(path, notes_folder)
    if not as_of:
        return opened
    try:
        return replace(opened, view=opened.view.at(opened.view.day_said(as_of)))
    except ValueError as error:
        raise UsageError(f"--as-of: {error}") from None


def _read(path: Path, notes_folder: Path) -> Opened:
    from explorer.index import Index

    index = Index(dataset.load(path))
    store = NoteStore(notes_folder, index.dataset.negotiation.id)
    try:
        notes = store.load()
    except NoteError as error:
        return Opened(View(index, Notes()), None, plain(str(error)))
    if not notes.damaged:
        return Opened(View(index, notes), store)
    paths = "\n".join(one_line(str(file.path)) for file in notes.damaged)
    trouble = f"Some files among the notes cannot be read; they are left untouched:\n{paths}"
    return Opened(View(index, notes), store, trouble)
