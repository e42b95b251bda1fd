"""A backup of all notes on a dataset in one file, and restoring it.

What is being written and not saved yet is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import Damaged, NoteStore, folder_contents
from explorer.text.sanitize import one_line
from explorer.transfer import archive
from explorer.transfer.output_file import read_file, write_file
from explorer.transfer.transfer_report import TransferReport

_NOT_MADE = "The backup was not made"
_NOT_RESTORED = "The backup was not restored"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, read again and found to be whole."""

    path: Path
    number: int
    """How many files are in it."""
    left_out: tuple[Damaged, ...] = ()
    """Files that could not be read, and so are not in it."""


def backup(store: NoteStore, target: Path) -> Backup:
    """Put every note, conflict copy and deleted note into a new file, byte for byte.

    The same notes make the same bytes. Raises UsageError when something has that name, and
    NoteError.
    """
    held, changed, left_out = folder_contents.everything(store.where)
    if not held:
        raise NoteError(f"There is nothing to back up in {_shown(store.where)} yet.", _NOT_MADE)
    try:
        packed = archive.packed(archive.Unpacked(store.where.name, held, changed))
    except ValueError as error:
        raise NoteError(f"The backup was not made: {error}.", _NOT_MADE) from error
    write_file(target, packed, _NOT_MADE, instead="give another name")
    return Backup(target, len(held), left_out)


def restore(store: NoteStore, source: Path) -> TransferReport:
    """Restore what a backup holds and is not there.

    The whole of it is looked at first; nothing is written unless all is as it should be. What
    is there with the same bytes stays; where a file says something else, the one from the
    backup goes beside it as a conflict copy. Each file is safe on the disk before the next
    one is begun, so that after a crash or an error it goes on where it ended.

    Raises UsageError when there is no such file, and NoteError.
    """
    data = read_file(source, archive.LIMIT, _NOT_RESTORED)
    try:
        kept = archive.unpacked(data)
    except ValueError as error:
        why = f"Nothing was restored from {_shown(source)}: {error}."
        raise NoteError(why, _NOT_RESTORED) from error
    if kept.dataset != store.where.name:
        raise NoteError(
            f"Nothing was restored: {_shown(source)} holds notes on another dataset, "
            f"“{one_line(kept.dataset)}”, and these are those on “{store.where.name}”.",
            _NOT_RESTORED,
        )
    report = TransferReport()

    def put_back(name: str) -> None:
        data, changed = kept.files[name], kept.changed.get(name)
        path = folder_contents.put_back(store.where, name, data, changed)
        if path is None:
            report.same += 1
        else:
            (report.added if path == store.where / name else report.kept_both).append(path)

    report.do_each(sorted(kept.files), put_back, name=str)
    return report


def _shown(path: Path) -> str:
    return one_line(str(path))
