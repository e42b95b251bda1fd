"""Notes into the program: those of an export, ours or another's.

Importing a file again adds nothing, and nothing that was there is replaced or lost.
"""

from __future__ import annotations

import codecs
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import Note, Notes, NoteStore, Words, file_format, file_names
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.transfer import formats
from explorer.transfer.import_file import ImportFile, ParsedNotes, SourcePages, source_pages
from explorer.transfer.output_file import read_file
from explorer.transfer.portable_note import PortableNote
from explorer.transfer.transfer_report import TransferReport
from explorer.view import View

LIMIT = 64 * 1024 * 1024
"""Most bytes of a file that is imported."""
_NOT_IMPORTED = "The file was not imported"


def import_file(
    store: NoteStore, view: View, path: Path, format_name: str | None = None
) -> TransferReport:
    """Import the notes of a file; its format is found out unless it is given.

    Raises UsageError when there is no such file, and NoteError.
    """
    data = read_file(path, LIMIT, _NOT_IMPORTED)
    coming = parse(data, path, format_name, pages=source_pages(view.whole))
    return import_notes(store, view.notes, coming)


def parse(
    data: bytes, path: Path, format_name: str | None = None, *, pages: SourcePages
) -> ParsedNotes:
    """The notes in a file, which has that name.

    `pages` are the web pages that are records, for notes of programs that annotate pages.
    Raises NoteError, with the lines or rows that are not right: then nothing of the file is
    to be imported.
    """
    extension = path.suffix if format_name is None else formats.named(format_name).extensions[0]
    try:
        file = ImportFile(_decoded(data), pages)
        return formats.recognized(file, extension.lower()).load().read(file)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = f"line {line} is not UTF-8 text; save it as UTF-8"
    except RecursionError:
        why = "it is nested too deeply"
    except (ValueError, OverflowError) as error:
        why = "\n".join(one_line(line) for line in str(error).split("\n"))
    raise NoteError(f"Nothing was imported from {one_line(str(path))}: {why}", _NOT_IMPORTED)


def _decoded(data: bytes) -> str:
    """What a spreadsheet or an editor saved as Unicode. Raises UnicodeDecodeError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode().removeprefix("\N{BYTE ORDER MARK}")


def import_notes(store: NoteStore, notes: Notes, coming: Sequence[PortableNote]) -> TransferReport:
    """Write each note that is not there yet, with the times it has.

    A note is known by its id. If it says something else here, the other words go beside it
    as a conflict copy; if it was created at another time, it is another note that happens to
    have that id, and stays one. A note without an id is known by its words and the time it
    was created. Notes on records that the dataset does not have are written all the same.

    Each note is safe on the disk before the next one is begun, so that after a crash or an
    error the same import goes on where it ended.
    """
    known, report = _KnownNotes(notes, store), TransferReport()
    report.left_out = coming.left_out if isinstance(coming, ParsedNotes) else {}

    def add(note: PortableNote) -> None:
        if note.dataset and file_names.folder_name(note.dataset) != store.where.name:
            why = f"it is a note on another dataset, “{one_line(note.dataset)}”"
            report.refuse(_place_of(note), why)
        elif known.has(note):
            report.same += 1
        else:
            _add(store, known, note, report)

    report.do_each([_cleaned(note) for note in coming], add, name=_place_of)
    return report


class _KnownNotes:
    """The notes and conflict copies that are there, with those written since."""

    def __init__(self, notes: Notes, store: NoteStore) -> None:
        self._standing: dict[str, Note] = {}
        self._taken = {file_names.id_of(file.path) for file in notes.damaged}
        self._by_id: defaultdict[str, set[Words]] = defaultdict(set)
        self._by_time: set[tuple[Ref, Words, datetime | None]] = set()
        for note in notes.every_version():
            if note.path.parent == store.where / "notes":  # and not with a colleague
                self.add(note)

    def add(self, note: Note) -> None:
        if not note.is_copy:
            self._standing[note.id] = note
            self._taken.add(note.id)
        self._by_id[note.id].add(note.words)
        # Also without a time, for what comes from where times are not known.
        self._by_time |= {(note.ref, note.words, time) for time in (note.created, None)}

    def has(self, note: PortableNote) -> bool:
        """Whether its words are there, in a place that is its own."""
        if not _has_own_id(note) or self.is_another(note):
            return (note.ref, note.words, note.created) in self._by_time
        return (note.is_copy or self.is_taken(note)) and note.words in self._by_id[note.id]

    def is_another(self, note: PortableNote) -> bool:
        """Whether a note has its id that is not the same note."""
        standing = self._standing.get(note.id)
        return standing is not None and note.created not in (standing.created, None)

    def is_taken(self, note: PortableNote) -> bool:
        """Whether something stands where its id says that it belongs."""
        return _has_own_id(note) and note.id in self._taken


def _add(store: NoteStore, known: _KnownNotes, note: PortableNote, report: TransferReport) -> None:
    was_taken = known.is_taken(note)
    saved = store.add(
        note.ref,
        note.words,
        name=note.name,
        note_id="" if known.is_another(note) else note.id,
        is_copy=note.is_copy,
        created=note.created,
        changed=note.changed,
        author=note.author,
    )
    beside = not note.is_copy and (was_taken or saved.conflict is not None)
    (report.kept_both if beside else report.added).append(saved.note.path)
    known.add(saved.note)
    if saved.remark:
        report.remarks.append(saved.remark)


def _has_own_id(note: PortableNote) -> bool:
    return file_names.is_on(note.id, note.ref)


def _cleaned(note: PortableNote) -> PortableNote:
    """A note as it will be read back."""
    times = (note.created, note.changed)
    created, changed = (time and file_format.whole_seconds(time) for time in times)
    return replace(note, words=file_format.cleaned(note.words), created=created, changed=changed)


def _place_of(note: PortableNote) -> str:
    return note.place or f"the note on {note.ref}"
