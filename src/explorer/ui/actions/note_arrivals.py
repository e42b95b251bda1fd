"""Notes that others write while one is at work: shown as they come, and whose they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from explorer.notes import Note, NoteStore
from explorer.notes.folder_watch import FolderWatch
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.ui import key_words
from explorer.ui.actions.background import Background
from explorer.ui.actions.screen import RecordScreen

_NAMED = 3
"""Whose new notes are named."""


class NoteArrivals:
    """Reads the notes again when somebody else has written some."""

    def __init__(
        self,
        screen: RecordScreen,
        store: NoteStore,
        reload: Callable[[], None],
        name: Callable[[Ref], str],
    ) -> None:
        """`reload` reads them, `name` gives that of a record."""
        self._screen = screen
        self._background = Background(screen)
        self._reload, self._name = reload, name
        self._reading = Lock()
        """One after the other, so that nothing is new twice."""
        self._is_late = False
        """Whether others wrote while all notes were being read for the first time."""
        folders = (store.where / "notes", *store.others.places)
        self._watch = FolderWatch(folders, self._others_wrote)

    def begin(self) -> None:
        """See from now on what others write."""
        self._watch.begin()

    def close(self) -> None:
        """The screen is left."""
        self._watch.stop()

    def is_known(self) -> None:
        """What was written just now is one's own, and shown."""
        self._watch.is_known()

    def read(self) -> None:
        """Read the notes again, and say whose are new; off the thread that draws."""
        self._background.run(self._read)

    def all_read(self) -> None:
        """The notes are known now; what came meanwhile may be missing."""
        if self._is_late:
            self.read()

    def _others_wrote(self) -> None:
        self._screen.app.call_later(self.read)

    def _read(self) -> None:
        with self._reading:
            before = self._screen.view.notes
            self._reload()
            after = self._screen.view.notes
        self._is_late = self._is_late or before.are_being_read
        if after is before or before.are_being_read or after.hides_others:
            return
        new = [note for note in after.of_others() if note.id not in before.notes]
        if new:
            self._background.say(self._said(new))

    def _said(self, notes: Sequence[Note]) -> str:
        names = sorted({one_line(note.others) for note in notes})
        who = ", ".join(names[:_NAMED]) + " and others" * bool(names[_NAMED:])
        if len(notes) == 1:
            return f"New from {who}: a note on {one_line(self._name(notes[0].ref))}."
        number = labels.counted(len(notes), "note")
        return f"New from {who}: {number}; {key_words.cap('all-notes')} lists them."
