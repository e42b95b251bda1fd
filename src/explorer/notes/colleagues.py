"""Other people's notes beside the reader's own: shown with their name, and never changed.

They are in the reader's own folder, where several share it, or in the folder of a colleague,
which is only ever read: nothing is locked, tidied or written there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import authors, file_names
from explorer.notes.collection import Notes
from explorer.notes.file_versions import KnownFiles
from explorer.notes.note import Damaged, Note
from explorer.text.sanitize import one_line

_ANSWERED = "It can be answered."


class Others:
    """Says whose each note is, and reads the folders of colleagues."""

    def __init__(self, author: str, own: Path, also: Sequence[Path], dataset_key: str) -> None:
        """`own` is the reader's folder of the notes on this dataset, `author` their name."""
        self.author = authors.cleaned(author)
        self.trouble: tuple[str, ...] = ()
        """What became of the folders that were to be read, a sentence each."""
        places = (_place(folder, dataset_key) for folder in also)
        self._folders = {
            place: _Folder(folder, place)
            for folder, place in zip(also, places, strict=True)
            if place != Path(os.path.realpath(own)) / "notes"
        }

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders of colleagues that hold notes on the dataset."""
        return tuple(self._folders)

    def has_more_than(self, number: int) -> bool:
        """Whether a colleague may have more notes than that."""
        with suppress(NoteError):
            return any(one.known.has_more_than(number) for one in self._folders.values())
        return False

    def joined(self, own: Notes) -> Notes:
        """The reader's own notes, with those of others known as theirs, and of colleagues."""
        said = _Whose(self.author)
        notes = {note_id: said.of(note) for note_id, note in own.notes.items()}
        copies = {key: tuple(map(said.of, group)) for key, group in own.copies.items()}
        damaged, trouble = list(own.damaged), []
        for folder in self._folders.values():
            try:
                found = folder.notes()
            except NoteError as error:
                trouble.append(str(error))
                continue
            _put_in(notes, [folder.named(note) for note in found.notes.values()])
            damaged += folder.in_theirs(found.damaged)
        self.trouble = tuple(trouble)
        return replace(own, notes=notes, copies=copies, damaged=tuple(damaged), owner=self.author)

    def marked(self, note: Note) -> Note:
        """A note of the reader's own folder, known as another's if it is."""
        return _Whose(self.author).of(note)


def _put_in(known: dict[str, Note], theirs: Iterable[Note]) -> None:
    """Put the notes of a colleague among those that are known.

    One that is here as well, as in a copy of this folder, is the one that is here, unless it is
    another's and theirs is newer. One that only has the name of a note here, as the first notes
    on a record once all had, gets another here.
    """
    names: dict[str, str] = {}
    for note in theirs:
        here = known.get(note.id)
        if here is not None and (here.ref, here.created) != (note.ref, note.created):
            names[note.id] = file_names.id_elsewhere(note.path, note.ref)
    for note in theirs:
        own = replace(note, answers=names.get(note.answers, note.answers))
        if note.id in names:
            own = replace(own, version_of=names[note.id])
        here = known.get(own.id)
        if here is None or (here.others and here.changed < own.changed):
            known[own.id] = own


class _Whose:
    """Whose notes are; each name is compared once."""

    def __init__(self, author: str) -> None:
        self._author = author
        self._own: dict[str, bool] = {"": True}

    def of(self, note: Note) -> Note:
        name = note.author
        if name not in self._own:
            self._own[name] = bool(self._author) and authors.is_same(name, self._author)
        if self._own[name]:
            return note
        if note.sealed:  # for a reason of its own
            return replace(note, others=name)
        return replace(note, others=name, sealed=f"it is {name}’s", unsealing=_ANSWERED)


class _Folder:
    """The notes in the folder of a colleague."""

    def __init__(self, given: Path, place: Path) -> None:
        self._given = one_line(str(given))
        self._place = place
        self._name = _name_of(given, place)
        self.known = KnownFiles(place)

    def notes(self) -> Notes:
        """What is there now. Raises NoteError when it cannot be read, or is not there."""
        if not os.path.lexists(self._place):
            raise NoteError(
                f"The notes of a colleague are left out: there is no folder {self._given}, or "
                "none with notes on this dataset in it."
            )
        return self.known.notes()

    def named(self, note: Note) -> Note:
        name = note.author or self._name
        sealed = f"it is {name}’s, in {self._given}, which is only read here"
        return replace(note, others=name, sealed=sealed, unsealing=_ANSWERED)

    def in_theirs(self, damaged: Iterable[Damaged]) -> list[Damaged]:
        remedy = f"It is in {self._given}, which is only read here: who keeps it can mend it."
        return [replace(file, ref=None, remedy=remedy) for file in damaged]


def _place(folder: Path, dataset_key: str) -> Path:
    """Where the notes on a dataset are in a folder that was named; it may be any above them."""
    folder = Path(os.path.realpath(folder))
    below = file_names.folder_name(dataset_key)
    is_there: Callable[[Path], bool] = os.path.isdir
    ways = (folder / below / "notes", folder / "notes")
    found = next(filter(is_there, ways), None)
    if found is None and folder.name == "notes" and any(folder.glob("*.toml")):
        return folder
    return found or ways[0]


def _name_of(given: Path, place: Path) -> str:
    """What a colleague is called who does not say: as their folder."""
    skipped = {"notes", place.parent.name if place.name == "notes" else ""}
    there = Path(os.path.realpath(given))
    names = (part for part in (there.name, *(p.name for p in there.parents)) if part)
    name = next((part for part in names if part not in skipped), there.name)
    return authors.cleaned(name) or "a colleague"
