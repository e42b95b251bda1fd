"""What is being written and not saved yet, kept against crashes and power cuts.

Drafts are this user's, on this machine. They lie apart from the notes, among what the
program keeps for itself, so that a folder of notes that is synced, shared or under git never
carries one. Each session, that is each run of the program, has a folder of its own there:

    drafts/<dataset key>/<digest of the folder of notes>/
        of                      names that folder
        <session>/lock          held for as long as the session lives
        <session>/draft.toml    the one note that is being written

Earlier versions kept drafts beside the notes, in `drafts/<session>/` there. What a session of
this user left in that place is moved to the new one when it is found.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import draft_format, draft_sessions, file_format, file_names, folder_contents
from explorer.notes.draft_format import Draft
from explorer.notes.draft_sessions import DRAFT, OwnDraft
from explorer.notes.note import Damaged, Note, Words
from explorer.notes.note_errors import DRAFT_NOT_KEPT
from explorer.storage import files, folders
from explorer.text.sanitize import one_line

_OF = "of"


class Drafts:
    """The drafts of notes in a folder. Nothing is made before the first.

    Its calls wait for the disk: none is for the thread that draws the screen. They may
    come from any thread, one at a time, and the last one holds.
    """

    def __init__(
        self, store_folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._of = store_folder
        self._before = store_folder / "drafts"
        self._notes = store_folder / "notes"
        self._now = now
        self._own = OwnDraft(self._named_folder)

    @cached_property  # asked for at each step
    def folder(self) -> Path:
        """Where the sessions are, of this user on this machine."""
        key = files.digest_of_path(self._of)[:16]
        return folders.state_folder() / "drafts" / self._of.name / key

    def keep(self, draft: Draft) -> NoteError | None:
        """Keep the draft of this session in place of the last one, safe on the disk.

        It raises nothing, so that writing goes on: it returns what went wrong, if anything.
        """
        try:
            self._own.keep(draft_format.compose(draft, self._now()))
        except NoteError as error:
            return error
        except OSError as error:
            return NoteError(
                f"What you write could not be kept in {one_line(str(self.folder))}: "
                f"{files.explained(error, 'Save it before you leave.')}",
                DRAFT_NOT_KEPT,
            )
        return None

    @property
    def place(self) -> Path | None:
        """Where the draft of this session is, once one was kept."""
        return self._own.path

    def drop(self) -> None:
        """Keep no draft any more: it was saved, or the person does not want it."""
        self._own.drop()

    def close(self) -> None:
        """End the session; a draft that was not dropped is left behind."""
        self._own.close()

    def left_behind(self) -> tuple[Draft, ...]:
        """The drafts of dead sessions whose words are not on the disk, oldest first.

        Those that say what a note says are removed: they had been saved. Give each to
        `taken` when its words are safe elsewhere, or are not wanted. Raises NoteError when
        the folder cannot be read.
        """
        left, over = [], []
        for folder, found in self._dead_sessions():
            over.append(folder)
            if isinstance(found, Draft):
                if self._is_saved(found):
                    draft_sessions.remove(folder / DRAFT)
                else:
                    left.append(self._moved(found) if folder.parent == self._before else found)
        for folder in over:  # not before, because Windows removes no file that is open
            draft_sessions.tidy(folder)
        with suppress(OSError):
            self._before.rmdir()  # once nothing is left there
        return tuple(sorted(left, key=lambda draft: f"{draft.kept} {draft.path}"))

    def are_there(self) -> bool:
        """Whether anything is being written, or was left behind, as far as can be seen."""
        with suppress(OSError):
            return any(any(place.glob(f"*/{DRAFT}")) for place in self._places())
        return False

    def damaged(self) -> tuple[Damaged, ...]:
        """Drafts of dead sessions that cannot be read. They are never removed.

        Raises NoteError as `left_behind` does.
        """
        return tuple(found for _, found in self._dead_sessions() if isinstance(found, Damaged))

    def taken(self, draft: Draft) -> None:
        """Remove a draft that was left behind."""
        if draft.path is None or draft.path.parent.parent not in self._places():
            return
        with draft_sessions.held(draft.path.parent) as is_dead:
            draft_sessions.remove(draft.path)
        if is_dead:
            draft_sessions.tidy(draft.path.parent)

    def _named_folder(self) -> Path:
        """The folder, made; in it is written which folder of notes the drafts are for.

        That one may be moved.
        """
        folders.private_folder(self.folder)
        if not (self.folder / _OF).exists():
            files.replace_file(self.folder / _OF, os.fsencode(self._of))
        return self.folder

    def _places(self) -> list[Path]:
        """Where sessions may have left drafts: here, before, and for a folder that was moved."""
        places = [self.folder, self._before]
        with suppress(OSError):
            others = sorted(self.folder.parent.iterdir())
            places += [o for o in others if o != self.folder and not _names_a_folder(o / _OF)]
        return places

    def _dead_sessions(self) -> Iterator[tuple[Path, Draft | Damaged | None]]:
        """Each dead session with its draft, while no other explorer can have it."""
        for place in self._places():
            try:
                sessions = draft_sessions.sessions_in(place)
            except FileNotFoundError:
                continue
            except OSError as error:
                if place == self._before:  # another user's
                    continue
                raise NoteError(
                    f"The drafts in {one_line(str(place))} could not be read: "
                    f"{files.explained(error)}",
                    "The drafts could not be read",
                ) from error
            for folder in sessions:
                if folder != self._own.folder:
                    with draft_sessions.held(folder) as is_dead:
                        if is_dead:
                            yield folder, draft_format.read(folder / DRAFT)

    def _moved(self, draft: Draft) -> Draft:
        """Move a draft that an earlier version kept beside the notes to where it belongs."""
        assert draft.path is not None, "it was left behind"
        folder = self.folder / f"{draft.path.parent.name}-{os.urandom(4).hex()}"
        try:
            self._named_folder()
            folders.private_folder(folder)
            data = files.read_limited(draft.path, draft_format.LIMIT, follow=False)
            files.replace_file(folder / DRAFT, data)
        except OSError:
            return draft  # it is safe where it is
        draft_sessions.remove(draft.path)
        return replace(draft, path=folder / DRAFT)

    def _is_saved(self, draft: Draft) -> bool:
        """Whether a note says what the draft does, or a copy that went beside it."""
        if draft.note_id is None and draft.words == Words(""):
            return True
        with suppress(OSError):
            for path in folder_contents.listed(self._notes):
                if file_names.is_of_another(path, draft.ref):
                    continue
                if any(_says(note, draft) for note in file_format.versions(path)):
                    return True
        return False


def _says(note: Note | Damaged, draft: Draft) -> bool:
    """Whether a note says what a draft of it, or of a new one, does."""
    return (
        isinstance(note, Note)
        and draft.note_id in (note.id, None)
        and (note.ref, note.words) == (draft.ref, draft.words)
    )


def _names_a_folder(path: Path) -> bool:
    """Whether the folder of notes is there that a file names; yes when that cannot be known."""
    try:
        return Path(os.fsdecode(files.read_limited(path, 65536))).exists()
    except OSError:
        return True
