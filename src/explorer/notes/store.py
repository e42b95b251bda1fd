"""The notes on one dataset on disk: what is saved is safe, and nobody's words are lost.

Each change is made in the same way. The new file is written beside its place and flushed;
under a lock that all explorers share, the note that stands there is compared with the one
that was read; then the new file is moved into its place and the folder flushed. What goes
away goes to the trash, and only after what takes its place is safe. Who may read and write
the note that was there may read and write the new one.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import file_format, file_names, file_versions, folder_contents, trash
from explorer.notes.collection import Notes
from explorer.notes.note import Anchor, Damaged, Note, Saved, Words
from explorer.notes.note_errors import NoteNotDeletedError, NoteNotMovedError, NoteNotRestoredError
from explorer.record.model import Ref
from explorer.storage import files
from explorer.text.sanitize import one_line

_TRIES = 100
"""How many names are tried for a new file, of which the second is hardly ever needed."""
_SETTLED = 2.0
"""Seconds after which a file that changes again has another time, on any disk."""

_Look = tuple[int, int, int, int]
"""What is known of a file without reading it."""


class NoteStore:
    """The notes on one dataset, on disk. Nothing is made there before the first save."""

    def __init__(
        self,
        folder: Path,
        dataset_key: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        # Once, so that neither a new working folder nor a changed link moves the notes.
        self._folder = Path(os.path.realpath(folder)) / file_names.folder_name(dataset_key)
        self._notes = self._folder / "notes"
        self._trash = self._folder / "trash"
        self._now = now
        self._seen: dict[Path, tuple[_Look, tuple[Note | Damaged, ...]]] = {}
        """What was read from files that can have changed since only by looking otherwise."""

    @property
    def where(self) -> Path:
        """The folder that holds the notes on this dataset."""
        return self._folder

    def path_of(self, ref: Ref) -> Path:
        """Where earlier versions put the first note on a record."""
        return self._notes / file_names.file_name(ref)

    # Reading.

    def load(self) -> Notes:
        """Read every note; a file that is not a note is listed as damaged.

        What a killed process left half-written is removed. Raises NoteError when the
        folder cannot be read; a missing one just has no notes.
        """
        self._seen = {}
        files.sweep(self._notes)
        files.sweep(self._trash)
        return self._gathered()

    def reload(self, notes: Notes) -> Notes:
        """The notes as they are on disk now: `notes` itself when nothing has changed.

        Cheap enough for each time a person comes back to the app: a file is read again
        only if it may have changed. Raises NoteError as `load` does.
        """
        found = self._gathered()
        return notes if found == notes else found

    def read(self, note_id: str) -> Note | Damaged | None:
        """One note as it is on disk now; None when there is none."""
        if not file_names.is_id(note_id):
            return None
        found = file_format.read(self._notes / f"{note_id}.toml")
        if found is None:
            with suppress(NoteError):  # its file may be called otherwise
                found = self._gathered().by_id(note_id)
        return found

    # Writing.

    def save(self, ref: Ref, words: Words, *, name: str, note: Note | None) -> Saved:
        """Save a note, and return only when it is safe on the disk.

        `note` is the one that the words were made from, as it was read; None for a new
        one, which gets a file of its own. If the file is no longer that note, it is left
        as it is and the words go beside it as a conflict copy: `Saved.conflict` says
        where. To go on writing to that copy, give `Saved.note` as the note. `name` is that
        of the record, for people who open the file.

        Raises NoteError when the words could not be written; the note on disk is then
        exactly what it was.
        """
        if note is None:
            return self._save_new(ref, words, name, created=None)
        place = self._notes / note.path.name
        written, data = self._composed(ref, words, name, place, note.created, note_id=note.id)
        written = replace(written, version_of=note.version_of, is_beside=note.is_beside)
        return self._put(written, data, note.digest, self._places_beside(written))

    def add(
        self,
        ref: Ref,
        words: Words,
        *,
        name: str,
        note_id: str = "",
        is_copy: bool = False,
        created: datetime | None = None,
        changed: datetime | None = None,
    ) -> Saved:
        """Write a note that comes from elsewhere, with the times it has there.

        It becomes the note of that id. Where one stands already it goes beside it as a
        conflict copy, and so does a copy. Without an id on its record it is a further note.
        Raises NoteError as `save` does; nothing that was there is changed.
        """
        own = file_names.is_on(note_id, ref)
        place = self._notes / (f"{note_id}.toml" if own else file_names.new_name(ref))
        written, data = self._composed(ref, words, name, place, created, changed=changed)
        elsewhere = self._places_beside(written) if own else self._further_places(ref)
        if own and is_copy:
            written = replace(written, path=next(elsewhere))
        return self._put(written, data, None, elsewhere)

    def resolve(self, note: Note | None, copy: Note, words: Words, *, name: str) -> Saved:
        """Save the words that were merged by hand from a note and a conflict copy.

        They take the note's place; None when it is gone, and they become the note again.
        Only then the copy goes to the trash. If the note has been changed once more, the
        merged words go beside it and the copy stays too.

        Where both are in one file, as git leaves a merge, that file goes to the trash first.

        Raises NoteError when they could not be written; both are then as they were.
        """
        if copy.is_side:
            return self._resolve_sides(copy, words, name)
        if note is not None:
            saved = self.save(note.ref, words, name=name, note=note)
        else:
            place = self._notes / f"{copy.id}.toml"
            written, data = self._composed(copy.ref, words, name, place, copy.created)
            saved = self._put(written, data, None, self._places_beside(written))
        return self._done_with(copy, saved) if saved.conflict is None else saved

    def move(self, note: Note, to: Ref, *, name: str, anchor: Anchor | None) -> Saved:
        """Attach a note to another record, whose `name` is told for people.

        It is written there as a new note first; then the old one goes to the trash. If it
        cannot, both stay and the remark says so. Conflict copies stay where they are.

        Raises NoteError when the note is no longer what was read, or may not be changed,
        or could not be written; it is then where it was.
        """
        if note.sealed:
            raise NoteNotMovedError(
                f"The note on {note.ref} was not moved, because {note.sealed}. {note.unsealing}"
            )
        try:
            is_still = file_format.holds(note.path, note.digest)
        except OSError as error:
            raise NoteNotMovedError(
                f"The note on {note.ref} was not moved: {_shown(note.path)} could not be read: "
                f"{files.why(error)}. It is where it was. {files.remedy(error)}"
            ) from error
        if not is_still:
            raise NoteNotMovedError(_changed_since(note, "moved"))
        words = replace(note.words, anchor=anchor)
        return self._done_with(note, self._save_new(to, words, name, created=note.created))

    def delete(self, note: Note) -> Path:
        """Move a note to the trash, and return where it is now.

        Raises NoteError when it is no longer the note that was read, is a link, or cannot be
        moved; it is then where it was.
        """
        if note.is_link:
            raise NoteNotDeletedError(
                f"The note on {note.ref} was not deleted: {_shown(note.path)} is a symbolic link, "
                "and the words are elsewhere. Remove the link, or the file that it leads to."
            )
        return self._move_to_trash(note)

    def discard(self, copy: Note) -> Path:
        """Move a conflict copy to the trash, and return where it is now.

        Raises NoteError as `delete` does, and when it is in one file with the note.
        """
        if copy.is_side:
            raise NoteNotDeletedError(
                f"{_shown(copy.path)} holds both sides of a git merge, and this is one of them. "
                f"{copy.unsealing}"
            )
        return self.delete(copy)

    def restore(self, trashed: Path) -> Saved:
        """Put back a note, or a conflict copy, from where `delete` said it went.

        Where another stands in its place it becomes a further note, or a further copy.
        Raises NoteError when it cannot be put back; it is then still in the trash.
        """
        trashed = self._trash / trashed.name
        note, data, changed = trash.read(trashed, self._notes)
        elsewhere = self._places_beside(note) if note.is_copy else self._further_places(note.ref)
        place, back = note.path, False
        try:
            files.folder_within(self._notes)
            access = files.access_in(self._notes)
            writing = files.temporary(self._notes, data, access=access, changed=changed)
            with writing as new, files.locked(self._folder):
                for place in islice(chain([note.path], elsewhere), _TRIES):
                    # It may be back already, if a power cut or a kill came in between.
                    if file_format.holds(place, note.digest) or files.name_new(new, place):
                        break
                else:
                    raise FileExistsError(errno.EEXIST, "every name for it is taken")
                back = True
                files.sync_folder(self._notes)
                # If it cannot be taken out of the trash, it is in both: nothing is lost.
                with suppress(OSError):
                    trashed.unlink(missing_ok=True)
                    files.sync_folder(self._trash)
        except OSError as error:
            if not back and not _landed(place, note.digest):
                raise NoteNotRestoredError(
                    f"The note on {note.ref} could not be put back from {_shown(trashed)}: "
                    f"{files.why(error)}. It is still there. {files.remedy(error)}"
                ) from error
            return Saved(replace(note, path=place), remark=_may_be_lost(place, error))
        return Saved(replace(note, path=place))

    def everything(self) -> tuple[dict[str, bytes], tuple[Damaged, ...]]:
        """Every note, conflict copy and deleted note, damaged or not, byte for byte.

        By their names in the folder, such as `notes/….toml`, all as they were at one moment.
        Then the files that could not be read, and why. Raises NoteError when there is no
        telling which there are.
        """
        return folder_contents.everything(self._folder)

    def changed(self, held: Iterable[str]) -> dict[str, int]:
        """When files of `everything` were changed last, in seconds as Unix counts them."""
        return folder_contents.changed(self._folder, held)

    def put_back(self, name: str, data: bytes, changed: int | None = None) -> Path | None:
        """Put a file from a backup where `everything` found it; say where it is now.

        None when that very file is there. Where another stands it goes beside it, as a
        conflict copy or one more deleted note, unless it is there too. Raises NoteError
        when it cannot be put back, or may not outlive a power cut; nothing is replaced.
        """
        return folder_contents.put_back(self._folder, name, data, self._now(), changed)

    # How a file gets into its place, and out of it.

    def _save_new(self, ref: Ref, words: Words, name: str, created: datetime | None) -> Saved:
        further = self._further_places(ref)
        written, data = self._composed(ref, words, name, next(further), created)
        return self._put(written, data, None, further)

    def _resolve_sides(self, side: Note, words: Words, name: str) -> Saved:
        written, data = self._composed(side.ref, words, name, side.path, side.created)
        kept = self._trash / file_names.trash_name(
            side.path, file_format.whole_seconds(self._now())
        )
        try:
            files.folder_within(self._trash)
            trash.keep_copy(side.path, kept)
        except OSError as error:
            raise _not_saved(side, error) from error
        saved = self._put(written, data, side.digest, self._places_beside(written), is_merged=True)
        return saved if saved.conflict else replace(saved, gone=side, trash=kept)

    def _composed(
        self,
        ref: Ref,
        words: Words,
        name: str,
        place: Path,
        created: datetime | None,
        *,
        changed: datetime | None = None,
        note_id: str = "",
    ) -> tuple[Note, bytes]:
        changed = changed or self._now()
        return file_format.compose(
            ref,
            words,
            name=name,
            created=created or changed,
            changed=changed,
            path=place,
            note_id=note_id,
        )

    def _put(
        self,
        note: Note,
        data: bytes,
        base: str | None,
        elsewhere: Iterator[Path],
        *,
        is_merged: bool = False,
    ) -> Saved:
        """Write a note over the one with the digest `base`, or as a new one for None.

        When something else stands in its place it goes elsewhere.
        """
        place, moved = note.path, False
        try:
            files.folder_within(self._notes)
            changed = note.changed.timestamp()
            writing = files.temporary(
                self._notes, data, access=self._access(note, base), changed=changed
            )
            with writing as new, files.locked(self._folder):
                # Looked at last, to leave a program without the lock the least room.
                if self._is_still(note, base, is_merged=is_merged):
                    new.replace(place)
                else:
                    tried = elsewhere if base is not None else chain([place], elsewhere)
                    for place in islice(tried, _TRIES):
                        if files.name_new(new, place):
                            break
                    else:
                        raise FileExistsError(errno.EEXIST, "every name for it is taken")
                moved = True
            files.sync_folder(self._notes)
        except OSError as error:
            # Some disks fail after the deed: those words must not conflict with themselves.
            if not moved and not _landed(place, note.digest):
                raise _not_saved(note, error) from error
            remark = _may_be_lost(place, error)
        else:
            remark = ""
        went_elsewhere, note = place != note.path, replace(note, path=place)
        if not note.is_copy or not (went_elsewhere or file_names.is_copy(place)):
            return Saved(note, remark=remark)
        return Saved(note, place, self.read(note.id), remark)

    def _access(self, note: Note, base: str | None) -> files.Access:
        """Who may read and write a note once it is there. Raises OSError."""
        if base is not None:
            with suppress(OSError):  # gone, or a folder now
                return files.access_of(note.path)
        return files.access_in(self._notes)

    def _is_still(self, note: Note, base: str | None, *, is_merged: bool) -> bool:
        """Whether what stands in a note's place is what it was made from, and may go."""
        # Whatever the digest says: through a link we would replace we know not what.
        if note.path.is_symlink():
            raise NoteError(
                f"The note on {note.ref} was not saved: {_shown(note.path)} is a symbolic link. "
                "Put the file itself in its place, then save again."
            )
        if base is None:
            return False
        found = file_format.read(note.path)
        if not isinstance(found, Note):
            return False
        if found.digest != base:
            # The same words are no loss: a save that seemed to fail is being done again.
            same = (found.words, found.created) == (note.words, note.created)
            return same and not found.sealed
        if found.sealed and not (found.is_side and is_merged):
            raise NoteError(
                f"The note on {note.ref} was not saved over {_shown(note.path)}, because "
                f"{found.sealed}. {found.unsealing}"
            )
        return True

    def _further_places(self, ref: Ref) -> Iterator[Path]:
        while True:
            yield self._notes / file_names.new_name(ref)

    def _places_beside(self, note: Note) -> Iterator[Path]:
        while True:
            yield self._notes / file_names.copy_name(note.id, note.changed)

    def _done_with(self, gone: Note, saved: Saved) -> Saved:
        """After a save, put what it was made from into the trash, or remark that it stays."""
        stays = f"{_shown(gone.path)} stays as it was."
        if saved.remark:  # a power cut might take the new one
            return replace(saved, remark=f"{saved.remark} {stays}")
        try:
            trash = self._move_to_trash(gone)
        except NoteError as error:
            return replace(saved, remark=f"The note is written, but {stays} {error}")
        return replace(saved, gone=gone, trash=trash)

    def _move_to_trash(self, note: Note) -> Path:
        path = self._notes / note.path.name
        trashed = self._trash / file_names.trash_name(path, file_format.whole_seconds(self._now()))
        moved = False
        try:
            files.folder_within(self._trash)
            with files.locked(self._folder):
                if not file_format.holds(path, note.digest):
                    raise NoteNotDeletedError(_changed_since(note, "deleted"))
                path.rename(trashed)
                moved = True
                # The new place first: a power cut between the two may leave it in both.
                files.sync_folder(self._trash)
                files.sync_folder(self._notes)
                trash.lay_by(trashed)
        except OSError as error:
            # Once moved, the worst that can come is that a power cut brings it back.
            if not moved and not os.path.lexists(trashed):
                raise NoteNotDeletedError(
                    f"The note on {note.ref} could not be moved from {_shown(path)} to the trash: "
                    f"{files.why(error)}. It is where it was. {files.remedy(error)}"
                ) from error
        return trashed

    # What is known of the files.

    def _gathered(self) -> Notes:
        try:
            paths = folder_contents.listed(self._notes)
        except OSError as error:
            raise folder_contents.not_read(self._notes, error) from error
        known, self._seen = self._seen, {}
        return file_versions.gathered(found for path in paths for found in self._found(path, known))

    def _found(
        self, path: Path, known: dict[Path, tuple[_Look, tuple[Note | Damaged, ...]]]
    ) -> tuple[Note | Damaged, ...]:
        """What is in a file, read only if it may have changed since it was last read."""
        # Looked at before it is read: if it changes in between, it will look otherwise.
        look = _look(path)
        if look is not None and path in known and known[path][0] == look:
            found = known[path][1]
        else:
            found = file_format.versions(path)
        if look is not None and found and _is_settled(look):
            self._seen[path] = (look, found)
        return found


def _landed(place: Path, digest: str) -> bool:
    """Whether a file is in its place in spite of an error, as far as can be seen."""
    with suppress(OSError):
        return file_format.holds(place, digest)
    return False


def _look(path: Path) -> _Look | None:
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):  # which tells nothing of the file it leads to
            return None
        return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    return None


def _is_settled(look: _Look) -> bool:
    """Whether a change to come would be seen without reading the file."""
    _, changed, touched, _ = look
    return max(changed, touched) < time.time_ns() - _SETTLED * 1e9


def _shown(path: Path) -> str:
    return one_line(str(path))


def _changed_since(note: Note, done: str) -> str:
    return (
        f"The note on {note.ref} was not {done}: {_shown(note.path)} has been changed or "
        "removed since it was read. Look at it again first."
    )


def _not_saved(note: Note, error: OSError) -> NoteError:
    return NoteError(
        f"The note on {note.ref} could not be written to {_shown(note.path)}: "
        f"{files.why(error)}. What was saved before is unchanged. {files.remedy(error)}"
    )


def _may_be_lost(place: Path, error: OSError) -> str:
    return (
        f"The note is written to {_shown(place)}, but it may not outlive a power cut: "
        f"{files.why(error)}. {files.remedy(error)}"
    )
