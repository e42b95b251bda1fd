"""Notes into the program: those of an export, ours or another's.

What comes in twice is there once, and nothing that was there is replaced or lost.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from explorer.errors import NoteError
from explorer.notes import Note, Notes, NoteStore, Words, file_format, file_names
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.storage import files
from explorer.text.sanitize import one_line
from explorer.transfer.annotation import Pages, no_pages
from explorer.transfer.export import FORMS, Format
from explorer.transfer.formats import (
    csv_notes,
    hypothesis,
    json_notes,
    markdown_notes,
    web_annotations,
)
from explorer.transfer.outcome import Outcome, Tally, ends_it
from explorer.transfer.output_file import bytes_of
from explorer.transfer.parsed_notes import Read
from explorer.transfer.portable_note import Foreign
from explorer.transfer.transfer_errors import NotesNotImportedError

LIMIT = 64 * 1024 * 1024
"""Most bytes of a file that is imported."""
_START = 4096
"""Bytes in which a file shows what it is."""

_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|fbclid|[dgy]clid|gad_source|msclkid|twclid|igshid|mc_[ce]id)(?:=|$)",
    re.IGNORECASE,
)
"""What links in feeds, mails and posts add to an address, to know where a reader comes from."""

_ENDINGS: Mapping[str, Format] = {ending: form for ending, form in FORMS.items() if form != "json"}
"""Endings that say the format; what ends in .json may be in several."""


def load(path: Path) -> bytes:
    """The bytes of a file to import.

    Raises UsageError when there is none, and NotesNotImportedError.
    """
    try:
        return bytes_of(path, LIMIT)
    except OSError as error:
        raise NotesNotImportedError(
            f"{one_line(str(path))} could not be read: {files.why(error)}."
        ) from error


def format_of(path: Path, data: bytes) -> Format:
    """The format of a file, by the end of its name, else by how it begins."""
    if (ending := path.suffix.lower()) in _ENDINGS:
        return _ENDINGS[ending]
    start = data[:_START].decode(errors="replace").removeprefix("\N{BYTE ORDER MARK}").lstrip()
    if ending == ".json" or start.startswith(("{", "[")):
        return "jsonld" if '"@context"' in start else "json"
    return "md" if start.startswith(("<", "#")) else "csv"


def read(data: bytes, is_in: Format, *, name: str = "the file", pages: Pages = no_pages) -> Read:
    """The notes in a file; `name` is what a person calls it.

    `pages` are the web pages that are records, for notes of programs that annotate pages.
    Raises NotesNotImportedError, with the lines or rows that are not right: then nothing of
    the file is to be imported.
    """
    try:
        return _understood(_decoded(data), is_in, pages)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = f"line {line} is not UTF-8 text; save it as UTF-8"
    except RecursionError:
        why = "it is nested too deeply"
    except (ValueError, OverflowError) as error:
        why = "\n".join(one_line(line) for line in str(error).split("\n"))
    raise NotesNotImportedError(f"Nothing was imported from {one_line(name)}: {why}")


def pages_of(index: Index) -> Pages:
    """The web pages that are sources in a dataset."""
    by_address = {_page(source.address): source.ref for source in index.dataset.sources}
    by_address.pop("", None)
    return lambda address: by_address.get(_page(address))


def _page(address: str) -> str:
    """What makes an address that of a page, however it was copied."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = parts.netloc.casefold().removeprefix("www.")
    # Each part as it stands, for what is only known to a server may be in any order and form.
    asked = [part for part in parts.query.split("&") if part and not _TRACKING.match(part)]
    query = f"?{'&'.join(asked)}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if parts.scheme in ("http", "https") else ""


def _decoded(data: bytes) -> str:
    """What a spreadsheet or an editor saved as Unicode. Raises UnicodeDecodeError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode().removeprefix("\N{BYTE ORDER MARK}")


def _understood(text: str, is_in: Format, pages: Pages) -> Read:
    match is_in:
        case "md":
            return markdown_notes.understood(text)
        case "csv":
            return csv_notes.understood(text)
        case "json":
            whole = json_notes.parsed(text)
            if hypothesis.is_export(whole):
                return hypothesis.understood(whole, pages)
            if web_annotations.is_annotations(whole):
                return web_annotations.understood(whole, pages)
            return json_notes.understood(whole)
        case "jsonld":
            return web_annotations.understood(json_notes.parsed(text), pages)


def take_in(store: NoteStore, notes: Notes, foreign: Sequence[Foreign]) -> Outcome:
    """Write each note that is not there yet, with the times it has.

    A note is known by its id. If it says something else here, the other words go beside it
    as a conflict copy; if it was created at another time, it is another note that happens to
    have that id, and stays one. A note without an id is known by its words and the time it
    was created. Notes on records that the dataset does not have are written all the same.

    Each note is safe on the disk before the next one is begun, so that after a crash or an
    error the same import goes on where it ended.
    """
    known, tally = _Known(notes), Tally()
    tally.not_taken = foreign.not_taken if isinstance(foreign, Read) else {}
    for number, note in enumerate(map(_cleaned, foreign), 1):
        if note.dataset and file_names.folder_name(note.dataset) != store.where.name:
            why = f"it is a note on another dataset, “{one_line(note.dataset)}”"
            tally.refuse(_place_of(note), why)
        elif known.has(note):
            tally.same += 1
        else:
            try:
                _add(store, known, note, tally)
            except NoteError as error:
                tally.refuse(_place_of(note), str(error))
                if ends_it(error):
                    tally.refuse_rest(map(_place_of, foreign[number:]))
                    break
    return tally.outcome()


class _Known:
    """The notes and conflict copies that are there, with those written since."""

    def __init__(self, notes: Notes) -> None:
        self._standing: dict[str, Note] = {}
        self._taken = {file_names.id_of(file.path) for file in notes.damaged}
        self._by_id: defaultdict[str, set[Words]] = defaultdict(set)
        self._by_time: set[tuple[Ref, Words, datetime | None]] = set()
        for note in notes.notes.values():
            self.add(note)
        for copies in notes.copies.values():
            for copy in copies:
                self.add(copy)

    def add(self, note: Note) -> None:
        if not note.is_copy:
            self._standing[note.id] = note
            self._taken.add(note.id)
        self._by_id[note.id].add(note.words)
        # Also without a time, for what comes from where times are not known.
        self._by_time |= {(note.ref, note.words, time) for time in (note.created, None)}

    def has(self, note: Foreign) -> bool:
        """Whether its words are there, in a place that is its own."""
        if not _has_own_id(note) or self.is_another(note):
            return (note.ref, note.words, note.created) in self._by_time
        return (note.is_copy or self.is_taken(note)) and note.words in self._by_id[note.id]

    def is_another(self, note: Foreign) -> bool:
        """Whether a note has its id that is not the same note."""
        standing = self._standing.get(note.id)
        return standing is not None and note.created not in (standing.created, None)

    def is_taken(self, note: Foreign) -> bool:
        """Whether something stands where its id says that it belongs."""
        return _has_own_id(note) and note.id in self._taken


def _add(store: NoteStore, known: _Known, note: Foreign, tally: Tally) -> None:
    was_taken = known.is_taken(note)
    saved = store.add(
        note.ref,
        note.words,
        name=note.name,
        note_id="" if known.is_another(note) else note.id,
        is_copy=note.is_copy,
        created=note.created,
        changed=note.changed,
    )
    beside = not note.is_copy and (was_taken or saved.conflict is not None)
    (tally.kept_both if beside else tally.added).append(saved.note.path)
    known.add(saved.note)
    if saved.remark:
        tally.remarks.append(saved.remark)


def _has_own_id(note: Foreign) -> bool:
    return file_names.is_on(note.id, note.ref)


def _cleaned(note: Foreign) -> Foreign:
    """A note as it will be read back."""
    times = (note.created, note.changed)
    created, changed = (time and file_format.whole_seconds(time) for time in times)
    return replace(note, words=file_format.cleaned(note.words), created=created, changed=changed)


def _place_of(note: Foreign) -> str:
    return note.place or f"the note on {note.ref}"
