"""What the commands of `explorer notes` print as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypedDict

from explorer.cli.notes_sharing import ShareData
from explorer.sharing.sync_report import SyncData
from explorer.text.json_types import RefText
from explorer.transfer.portable_note import NoteData


class ListedNote(NoteData):
    """A note, with the file that holds it."""

    file: str


class UnreadNote(TypedDict):
    """A file among the notes that cannot be read."""

    file: str
    record: RefText | None
    unread: str
    """Why not."""
    remedy: str


class TagData(TypedDict):
    """A tag, with the number of notes that have it."""

    tag: str
    notes: int


class ExportedNotes(TypedDict):
    """Notes as JSON has them, which import reads again."""

    format: Literal["explorer-notes"]
    version: Literal[1]
    dataset: str
    notes: list[NoteData]


class ExportData(TypedDict):
    """The file that the notes were written to, with `-o`."""

    file: str
    format: str
    notes: int


class RefusedData(TypedDict):
    """What was not taken, and why."""

    what: str
    why: str


class TransferData(TypedDict):
    """What became of notes that were to be taken in or changed."""

    added: list[str]
    """Files of notes."""
    changed: list[str]
    same: int
    """How many were there already."""
    kept_both: list[str]
    refused: list[RefusedData]
    not_taken: dict[str, int]
    """What notes have no field for, with how often it occurs."""
    remarks: list[str]


class LeftOutFile(TypedDict):
    """A file that is not in a backup."""

    file: str
    why: str


class BackupData(TypedDict):
    """The backup that was made."""

    file: str
    files: int
    left_out: list[LeftOutFile]


SHAPES: Mapping[str, Any] = {
    "where": str,
    "list": list[ListedNote | UnreadNote],
    "tags": list[TagData],
    "due": list[ListedNote],
    "export": ExportedNotes | ExportData,
    "import": TransferData,
    "backup": BackupData,
    "restore": TransferData,
    "rename-tag": TransferData,
    "share": ShareData,
    "sync": SyncData,
}
