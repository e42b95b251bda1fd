"""The notes on one dataset on disk: what is saved is safe, and nobody's words are lost.

Each change is made in the same way. The new file is written beside its place and flushed;
under a lock that all explorers share, the note that stands there is compared with the one
that was read; then the new file is moved into its place and the folder flushed. What goes
away goes to the trash, and only after what takes its place is safe. Who may read and write
the note that was there may read and write the new one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import file_format, file_names, trash
from explorer.notes.colleagues import Others
from explorer.notes.collection import Notes
from explorer.notes.file_versions import KnownFiles
from explorer.notes.note import Anchor, Damaged, Note, Saved, Words
from explorer.notes.note_errors import (
    NOT_DELETED,
    NOT_MOVED,
    changed_since,
    not_ones_own,
    not_saved,
)
from explorer.notes.writing import Placed, place_note
from explorer.record.model import Ref
from explorer.storage import files
from explorer.text.sanitize import one_line


class NoteStore:
    """The notes on one dataset, on disk. Nothing is made there before the first save."""

    def __init__(
        self,
        folder: Path,
        dataset_key: str,
        *,
        author: str = "",
        also: Sequence[Path] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`author` signs what is written; `also` are folders of colleagues, which are read."""
        # Once, so that neither a new working folder nor a changed link moves the notes.
        self._folder = Path(os.path.realpath(folder)) / file_names.folder_name(dataset_key)
        self._notes = self._folder / "notes"
        self._trash = self._folder / "trash"
        self._now = now
        self._known = KnownFiles(self._notes)
        self.others = Others(author, self._folder, also, dataset_key)
        """Whose notes are, and those of colleagues."""

    @property
    def where(self) -> Path:
        """The folder that holds the notes on this dataset."""
        return self._folder

    def path_of(self, ref: Ref) -> Path:
        """Where earlier versions put the first note on a record."""
        return self._notes / file_names.file_name(ref)

    def signed_as(self, author: str) -> NoteStore:
        return NoteStore(self._folder.parent, self._folder.name, author=author, now=self._now)

    # Reading.

    def load(self) -> Notes:
        """Read every note; a file that is not a note is listed as damaged.

        What a killed process left half-written is removed. Raises NoteError when the
        folder cannot be read; a missing one just has no notes.
        """
        self._known.forget()
        files.sweep(self._notes)
        files.sweep(self._trash)
        return self.others.joined(self._known.notes())

    def has_more_than(self, number: int) -> bool:
        """Whether there may be more notes than that. Raises NoteError as `load` does."""
        return self._known.has_more_than(number) or self.others.has_more_than(number)

    def reload(self, notes: Notes) -> Notes:
        """The notes as they are on disk now: `notes` itself when nothing has changed.

        Cheap: a file is read again only if it may have changed. Raises NoteError as `load` does.
        """
        found = self.others.joined(self._known.notes())
        found = replace(found, hides_others=notes.hides_others)
        return notes if found == notes else found

    def read(self, note_id: str) -> Note | Damaged | None:
        """One note as it is on disk now; None when there is none."""
        if not file_names.is_id(note_id):
            return None
        found = file_format.read(self._notes / f"{note_id}.toml")
        if found is None:
            with suppress(NoteError):  # its file may be called otherwise
                found = self._known.notes().by_id(note_id)
        return self.others.marked(found) if isinstance(found, Note) else found

    # Writing.

    def save(
        self,
        ref: Ref,
        words: Words,
        *,
        name: str,
        note: Note | None,
        changed: datetime | None = None,
    ) -> Saved:
        """Save a note, and return only when it is safe on the disk.

        `note` is the one that the words were made from, as it was read; None for a new
        one, which gets a file of its own. If the file is no longer that note, it is left
        as it is and the words go beside it as a conflict copy: `Saved.conflict` says
        where. To go on writing to that copy, give `Saved.note` as the note. `name` is that
        of the record, for people who open the file; `changed` is when it was, if not now.

        Raises NoteError when the words could not be written, or it is another's note; the note
        on disk is then exactly what it was.
        """
        if note is None:
            return self._save_new(ref, words, name, created=None)
        if note.others:
            raise not_ones_own(note, "saved")
        place = self._notes / note.path.name
        written, data = self._composed(
            ref, words, name, place, note.created, changed=changed, like=note
        )
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
        author: str = "",
    ) -> Saved:
        """Write a note that comes from elsewhere, with the times and the author it has there.

        It becomes the note of that id. Where one stands already it goes beside it as a
        conflict copy, and so does a copy. Without an id on its record it is a further note.
        Raises NoteError as `save` does; nothing that was there is changed.
        """
        own = file_names.is_on(note_id, ref)
        place = self._notes / (f"{note_id}.toml" if own else file_names.new_name(ref))
        written, data = self._composed(
            ref, words, name, place, created, changed=changed, author=author
        )
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

        Raises NoteError when they could not be written, or are another's; both are then as they
        were.
        """
        if copy.others:
            raise not_ones_own(copy, "saved")
        if copy.is_side:
            return self._resolve_sides(copy, words, name)
        if note is not None:
            saved = self.save(note.ref, words, name=name, note=note)
        else:
            place = self._notes / f"{copy.id}.toml"
            written, data = self._composed(
                copy.ref, words, name, place, copy.created, author=copy.author
            )
            saved = self._put(written, data, None, self._places_beside(written))
        return self._done_with(copy, saved) if saved.conflict is None else saved

    def move(self, note: Note, to: Ref, *, name: str, anchor: Anchor | None) -> Saved:
        """Attach a note to another record, whose `name` is kept for people.

        It is written there as a new note first; then the old one goes to the trash. If it
        cannot, both stay and the remark says so. Conflict copies stay where they are.

        Raises NoteError when the note is no longer what was read, or may not be changed,
        or could not be written; it is then where it was.
        """
        if note.sealed:
            why = f"The note on {note.ref} was not moved, because {note.sealed}. {note.unsealing}"
            raise NoteError(why, NOT_MOVED)
        _refuse_changed(note)
        words = replace(note.words, anchor=anchor)
        saved = self._save_new(to, words, name, created=note.created, author=note.author)
        return self._done_with(note, saved)

    def delete(self, note: Note) -> Path:
        """Move a note to the trash, and return where it is now.

        Raises NoteError when it is no longer the note that was read, is a link or another's, or
        cannot be moved; it is then where it was.
        """
        if note.others:
            raise not_ones_own(note, "deleted", NOT_DELETED)
        if note.is_link:
            raise NoteError(
                f"The note on {note.ref} was not deleted: {_shown(note.path)} is a symbolic link, "
                "and the words are elsewhere. Remove the link, or the file that it leads to.",
                NOT_DELETED,
            )
        return self._move_to_trash(note)

    def discard(self, copy: Note) -> Path:
        """Move a conflict copy to the trash, and return where it is now.

        Raises NoteError as `delete` does, and when it is in one file with the note.
        """
        if copy.is_side:
            raise NoteError(
                f"{_shown(copy.path)} holds both sides of a git merge, and this is one of them. "
                f"{copy.unsealing}",
                NOT_DELETED,
            )
        return self.delete(copy)

    def restore(self, trashed: Path) -> Saved:
        """Put back a note, or a conflict copy, from where `delete` said it went.

        Where another stands in its place it becomes a further note, or a further copy.
        Raises NoteError when it cannot be put back; it is then still in the trash.
        """
        note, placed = trash.put_back(self._trash / trashed.name, self._notes, self._elsewhere)
        restored = self.others.marked(replace(note, path=placed.path))
        return Saved(restored, remark=_may_be_lost(placed))

    # How a file gets into its place, and out of it.

    def _save_new(
        self, ref: Ref, words: Words, name: str, created: datetime | None, author: str = ""
    ) -> Saved:
        further = self._further_places(ref)
        author = author or self.others.author
        written, data = self._composed(ref, words, name, next(further), created, author=author)
        return self._put(written, data, None, further)

    def _resolve_sides(self, side: Note, words: Words, name: str) -> Saved:
        written, data = self._composed(
            side.ref, words, name, side.path, side.created, author=side.author
        )
        try:
            kept = trash.keep_copy(side.path, self._trash, self._now())
        except OSError as error:
            raise not_saved(side, error) from error
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
        author: str = "",
        like: Note | None = None,
    ) -> tuple[Note, bytes]:
        """`like` is the note that it is a new state of; an unsigned one is signed with it."""
        times = (created, changed or self._now())
        note_id = like.id if like else ""
        author = (like.author or self.others.author) if like else author
        return file_format.compose(
            ref, words, times, name=name, path=place, note_id=note_id, author=author
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
        """Write a note over the one with the digest `base`, or as a new one for None."""
        try:
            placed = place_note(note, data, base, elsewhere, is_merged=is_merged)
        except OSError as error:
            raise not_saved(note, error) from error
        remark, went_elsewhere = _may_be_lost(placed), placed.path != note.path
        note = self.others.marked(replace(note, path=placed.path))
        if not note.is_copy or not (went_elsewhere or file_names.is_copy(note.path)):
            return Saved(note, remark=remark)
        return Saved(note, note.path, self.read(note.id), remark)

    def _elsewhere(self, note: Note) -> Iterator[Path]:
        return self._places_beside(note) if note.is_copy else self._further_places(note.ref)

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
            trashed = self._move_to_trash(gone)
        except NoteError as error:
            return replace(saved, remark=f"The note is written, but {stays} {error}")
        return replace(saved, gone=gone, trash=trashed)

    def _move_to_trash(self, note: Note) -> Path:
        path = self._notes / note.path.name
        return trash.move_to_trash(note, path, self._trash, self._now())


def _refuse_changed(note: Note) -> None:
    """Raises NoteError when a note that is to be moved is no longer what was read."""
    try:
        is_still = file_format.holds(note.path, note.digest)
    except OSError as error:
        raise NoteError(
            f"The note on {note.ref} was not moved: {_shown(note.path)} could not be read: "
            f"{files.explained(error, 'It is where it was.')}",
            NOT_MOVED,
        ) from error
    if not is_still:
        raise NoteError(changed_since(note, "moved"), NOT_MOVED)


def _shown(path: Path) -> str:
    return one_line(str(path))


def _may_be_lost(placed: Placed) -> str:
    """What is remarked of a file that may not outlive a power cut; nothing of one that will."""
    if placed.trouble is None:
        return ""
    return (
        f"The note is written to {_shown(placed.path)}, but it may not outlive a power cut: "
        f"{files.explained(placed.trouble)}"
    )
