"""What keys do with notes: who may do it now, and to which note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from explorer import opening
from explorer.notes import Note, NoteStore
from explorer.record import labels
from explorer.ui import key_words
from explorer.ui.actions.draft_actions import DraftActions
from explorer.ui.actions.note_changes import NoteChanges
from explorer.ui.actions.note_repair import NoteRepair
from explorer.ui.actions.others_actions import OthersActions
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.panes.notes_pane import DAMAGED

if TYPE_CHECKING:
    from explorer.ui.widgets.word_marker import Marker

_KEYS = {
    "outside": "{editor} opens it in your editor",
    "done": "{reviewed} marks it as reviewed, or as to be again",
    "merge": "{merge} sets its two versions side by side",
    "attach": "{attach} accepts where its words stand now",
    "delete": "{delete-note} deletes it",
    "answer": "{answer} answers it",
}
"""What each key does with a note that it has brought into sight."""


class NoteActions:
    """Does nothing without notes, and says why; else others do the work."""

    def __init__(self, screen: RecordScreen, store: NoteStore | None, trouble: str) -> None:
        """Without a store notes are off; `trouble` says why."""
        self._screen = screen
        self._trouble = trouble
        self.changes = NoteChanges(screen, store) if store is not None else None
        """What changes notes; None when they are off."""
        self._drafts = DraftActions(screen, self.changes) if self.changes is not None else None
        self.others = OthersActions(screen, self.ready)

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        on_note = {f"{what}_note": partial(self._on_note, what) for what in _KEYS}
        own = {"write_note": self.write, "undelete_note": self._undelete}
        return {**own, **on_note, **self.others.deeds}

    def palette(self) -> Iterable[tuple[str, str, Callable[[], None]]]:
        """What the palette offers besides keys."""
        return self.others.palette()

    def begin(self) -> None:
        """Offer back what was being written when the program was ended."""
        if self.changes is None or self._drafts is None:
            return
        self.changes.arrivals.begin()
        if self._screen.view.notes.are_being_read:
            self.changes.read_all(self._all_read)
        else:
            self._drafts.offer()

    def _all_read(self) -> None:
        """Say now what a start says of notes when there are few."""
        if self.changes is None or self._drafts is None:
            return
        trouble = opening.trouble_with(self._screen.view.notes, self.changes.store)
        if trouble and trouble != self._trouble:
            self._screen.notify(trouble, severity="warning", timeout=20)
        self.changes.arrivals.all_read()
        self.remind()
        self._drafts.offer()

    def remind(self) -> None:
        """Say how many notes are due for review, when they are known."""
        if self.changes is not None and not self._screen.view.notes.are_being_read:
            self.changes.remind()

    def are_read(self) -> bool:
        """Whether all notes are known; when they are still being read, says so."""
        if self._screen.view.notes.are_being_read:
            self._screen.notify("Your notes are still being read; try again in a moment.")
            return False
        return True

    def wait_until_read(self) -> None:
        """Wait until all notes are known; not for the thread that draws."""
        if self.changes is not None:
            self.changes.all_read.wait()

    def look_again(self) -> None:
        """Other programs may have changed the notes meanwhile."""
        if self.changes is not None:
            self.changes.look_again()

    def close(self) -> None:
        """The screen is left."""
        self.others.close()
        if self.changes is not None:
            self.changes.close()

    def ready(self) -> NoteChanges | None:
        """What changes notes; None, having said why, when they are off or something is open."""
        if self.changes is None:
            self._screen.notify(self._trouble, severity="error")
        elif not self._screen.is_current:
            self._screen.notify("Answer or close what is open first; Esc does.")
        return self.changes if self._screen.is_current else None

    def write(self) -> None:
        """Write a new note on the record that a command is about."""
        ref, changes = self._screen.subject, self.ready()
        if changes is not None:
            changes.write(ref)

    def write_on(self, chosen: Marker.Chosen) -> None:
        """Write a note on words that were marked."""
        from explorer.notes import anchors

        changes, index = self.ready(), self._screen.view.index
        if changes is None or chosen.ref not in index:
            return
        anchor, remark = None, ""
        try:
            anchor = anchors.anchored(
                index[chosen.ref], chosen.words, before=chosen.before, after=chosen.after
            )
        except ValueError as error:
            # The words that are typed now must find the editor that was asked for.
            remark = f"This note is on the whole record: {error}."
        self._screen.go_into("record")
        changes.write(chosen.ref, anchor, remark)

    def do(self, what: str, note: Note | None) -> None:
        """Do something with a note: edit, outside, done, merge, attach, delete or answer.

        Where there is none a new one is written. Those of others are read and answered.
        """
        if note is None:
            self.write()
            return
        if what == "answer":
            self.others.answer(note)
            return
        if note.others:
            self.others.decline("edit" if what == "outside" else what, note)
            return
        if (changes := self.ready()) is None:
            return
        repair = NoteRepair(self._screen, changes)
        {
            "edit": changes.edit,
            "outside": changes.edit_outside,
            "done": changes.done,
            "delete": changes.delete,
            "merge": repair.merge,
            "attach": repair.attach,
        }[what](note)

    def rename_tag(self, tag: str) -> None:
        """Give a tag another name in all notes."""
        if self.changes is not None:
            NoteRepair(self._screen, self.changes).rename_tag(tag)

    def go_to(self, note: Note) -> None:
        """Show the record of a note, and the note."""
        index = self._screen.view.index
        self._screen.go(index.current(note.ref) or index.dataset.negotiation.ref)
        self._screen.reading.notes.show_note(note.id)
        self._show()

    def _undelete(self) -> None:
        if (changes := self.ready()) is not None:
            changes.undelete(self.go_to)

    def _on_note(self, what: str) -> None:
        """Do something with the note under the cursor of the notes, if it is in sight."""
        if self.ready() is None or not self.are_read() or self._bring_into_sight(what):
            return
        pane = self._screen.reading.notes
        if pane.note is not None:
            self.do(what, pane.note)
        elif pane.is_damaged:
            self._screen.notify(DAMAGED, severity="warning")
        else:
            self._screen.notify(
                f"There is no note on this record. {key_words.cap('note')} writes one."
            )

    def _bring_into_sight(self, what: str) -> bool:
        """Show the note that a key is about; whether it had to be shown, and nothing be done yet.

        No key changes a note that is not in sight.
        """
        screen, about = self._screen, self._screen.subject
        if screen.viewing:
            if not screen.view.has_note(about):
                screen.notify(f"There is no note here. {key_words.cap('note')} writes one.")
                return True
            screen.go(about)
        elif screen.reading.notes.note is None or (
            screen.shows_notes and screen.reading.notes.is_in_sight
        ):
            return False
        self._show()
        name = labels.title(screen.view.index, about)
        screen.notify(f"Here is the note on {name}: {key_words.said(_KEYS[what])}.")
        return True

    def _show(self) -> None:
        self._screen.go_into("notes")
        self._screen.reading.notes.show_cursor()
