"""Writing, changing and deleting notes.

The store does it; here is who asks, who is told, and what stays open when it fails. Nothing
is shown as done before it is on the disk.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from explorer import settings
from explorer.errors import NoteError
from explorer.notes import Anchor, Damaged, Drafts, Note, Notes, NoteStore, Saved, Words
from explorer.record import clock, date_parser, labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.ui import key_words
from explorer.ui.actions.background import Background
from explorer.ui.actions.note_arrivals import NoteArrivals
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.app_services import app_services
from explorer.ui.system.external_editor import Outside, Ways


class NoteChanges:
    """Changes the notes that the screen shows."""

    def __init__(self, screen: RecordScreen, store: NoteStore) -> None:
        self._screen = screen
        self.store = store
        self.background = Background(screen)
        self.drafts = Drafts(store.where)
        self._outside = Outside(
            screen,
            self.drafts,
            Ways(self._save_over, self.shown, self._reopen, screen.notify, self.background.warn),
        )
        self.all_read = threading.Event()
        """Set when all notes are known."""
        if not screen.view.notes.are_being_read:
            self.all_read.set()
        self._deleted: list[Path] = []
        """Where notes deleted in this session are now, the last one last."""
        self.arrivals = NoteArrivals(screen, store, self.reload, self.name)

    def write(self, ref: Ref, anchor: Anchor | None = None, remark: str = "") -> None:
        """Write a new note on a record, or on some of its words."""
        self.open_editor(ref, None, Words("", anchor=anchor), remark=remark)

    def write_answer(self, note: Note) -> None:
        """Write a note that answers one, on the same words of the record."""
        words = Words("", anchor=note.anchor, answers=note.id)
        self.open_editor(self._screen.view.index.current(note.ref) or note.ref, None, words)

    def edit(self, note: Note) -> None:
        """Open a note, or a conflict copy, in the editor as it is on disk now."""
        if note.sealed:
            self._say_sealed(note)
            return
        found = note if note.is_copy else self.store.read(note.id)
        if isinstance(found, Note):
            self.open_editor(found.ref, found, found.words)
        elif isinstance(found, Damaged):
            self.background.warn(
                f"Its file cannot be read now: {one_line(found.reason)}. It is untouched."
            )
        else:
            self.background.warn(
                "Its file is gone. These are its words; saving them makes a new note."
            )
            self.open_editor(note.ref, None, note.words, kept=False)

    def _say_sealed(self, note: Note) -> None:
        self.background.warn(f"Not changed here: {one_line(note.sealed)}. {note.unsealing}")

    def open_editor(
        self,
        ref: Ref,
        note: Note | None,
        words: Words,
        *,
        save: Callable[[Words, Note | None], Saved] | None = None,
        kept: bool = True,
        remark: str = "",
    ) -> None:
        """Write in the editor; `kept` says whether the words are on disk as they stand."""
        from explorer.ui.dialogs.note_editor import NoteEditor
        from explorer.ui.dialogs.note_writing import Writing

        name = self.name(ref)
        writing = Writing(
            ref,
            name,
            note,
            words,
            save or partial(self.save, ref, name),
            self.shown,
            self._screen.view.day_said,
            _day_to_come,
            self.drafts,
            kept,
            self._quoted(ref, note, words),
            remark,
            self._answered(words),
        )
        reading = self._screen.reading
        reading.begin_writing(ref, words.anchor if note is None else None)
        editor = NoteEditor(writing, lambda: reading.note_place)
        self._screen.app.push_screen(editor, lambda _: reading.end_writing())

    def _quoted(self, ref: Ref, note: Note | None, words: Words) -> str:
        """The words that are annotated, if they were public on the day that is looked at."""
        if words.anchor is None:
            return ""
        is_new = note is None and ref in self._screen.view.index
        shown = words.anchor if is_new else note and self._screen.view.anchor(note)
        return shown.exact if shown else ""

    def _answered(self, words: Words) -> str:
        """Whose note is answered, and how it begins; nothing when none is."""
        if not words.answers:
            return ""
        answered = self._screen.view.notes.by_id(words.answers)
        if answered is None or not self._screen.view.shows(answered):
            return "a note that is not shown here"
        whose = f"{answered.others}: " if answered.others else ""
        return f"{whose}{labels.shortened(one_line(answered.text), 60)}"

    def save(self, ref: Ref, name: str, words: Words, note: Note | None) -> Saved:
        """Save words on a record, over a note if there is one. Raises NoteError."""
        return self.store.save(ref, words, name=name, note=note)

    def name(self, ref: Ref) -> str:
        """The name of a record, or its reference when it is gone."""
        there = self._screen.view.index.current(ref)
        return labels.title(self._screen.view.index, there) if there else str(ref)

    def shown(self, saved: Saved) -> None:
        """Only what reached the disk is shown."""
        self.arrivals.is_known()
        self._screen.view = replace(self._screen.view, notes=self._screen.view.notes.after(saved))
        self._screen.reading.notes.show_note(saved.note.id)

    def edit_outside(self, note: Note) -> None:
        """Open the words of a note in the person's own editor, and save what comes back."""
        if why := app_services(self._screen.reading).reach.withheld("outside_note"):
            self._screen.notify(why)
            return
        found = self.store.read(note.id)
        if note.sealed or not isinstance(found, Note):
            self.edit(note)  # which says why not
        else:
            self._outside.open(found)

    def _save_over(self, note: Note, words: Words) -> Saved:
        return self.save(note.ref, self.name(note.ref), words, note)

    def _reopen(self, note: Note, words: Words) -> None:
        self.open_editor(note.ref, note, words, kept=False)

    def close(self) -> None:
        """The app ends; a draft that was not dropped is offered at the next start."""
        self.arrivals.close()
        self._outside.close()
        self.drafts.close()

    def done(self, note: Note) -> None:
        """Mark a note as looked at, or as to be looked at again."""
        if note.sealed:
            self._say_sealed(note)
        elif note.due is None:
            self._screen.notify(
                "This note has no day to be reviewed on; set one in the editor (Ctrl+O)."
            )
        else:
            words = replace(note.words, done=not note.done)
            self.background.run(partial(self._change, note, words))

    def _change(self, note: Note, words: Words) -> None:
        saved = self.save(note.ref, self.name(note.ref), words, note)
        self.background.back(self.shown, saved)
        again = key_words.cap("reviewed")
        told = f"Reviewed; {again} takes that back." if words.done else "To be reviewed again."
        self.background.say(told)

    def delete(self, note: Note) -> None:
        """Ask, then move a note or a copy to the trash."""
        from explorer.ui.dialogs.confirm import Answer, Confirm

        if note.is_link or (note.is_side and note.is_copy):
            self._say_sealed(note)
            return

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.background.run(partial(self.discard, note))

        what = "the copy of the note" if note.is_copy else "the note"
        self._screen.app.push_screen(
            Confirm(
                f"Delete {what} on {self.name(note.ref)}?",
                f"“{labels.shortened(one_line(note.text), 80)}”\n"
                "It goes to the trash folder beside the notes; "
                f"{key_words.cap('undelete')} brings it back.",
                Answer("yes", "y", "Delete"),
                Answer("keep", "n", "Keep"),
                start="keep",
            ),
            answered,
        )

    def discard(self, note: Note) -> None:
        """Move a note, or a copy, to the trash; not for the thread that draws."""
        trash = self.store.discard(note) if note.is_copy else self.store.delete(note)
        self.background.back(self._forget, note, trash)

    def _forget(self, note: Note, trash: Path) -> None:
        notes = self._screen.view.notes
        without = notes.without_copy(note) if note.is_copy else notes.without(note)
        self._screen.view = replace(self._screen.view, notes=without)
        self._deleted.append(trash)
        self.arrivals.is_known()
        self._screen.notify(
            f"The note is now in {one_line(str(trash))}; "
            f"{key_words.cap('undelete')} brings it back."
        )

    def undelete(self, show: Callable[[Note], None]) -> None:
        """Undo the last deletion of this session, and show the note that is back."""
        if self._deleted:
            self.background.run(partial(self._restore, self._deleted[-1], show))
        else:
            self._screen.notify("Nothing was deleted since you started.")

    def _restore(self, trashed: Path, show: Callable[[Note], None]) -> None:
        saved = self.store.restore(trashed)
        self._deleted.remove(trashed)
        self.background.back(self.shown, saved)
        self.background.back(show, saved.note)
        self.background.say(f"The note on {self.name(saved.note.ref)} is back.")

    def read_all(self, then: Callable[[], None]) -> None:
        """Read the notes for the first time, beside what is shown already; `then` go on."""
        self.background.run(partial(self._read_all, then))

    def _read_all(self, then: Callable[[], None]) -> None:
        gc.disable()  # what is read is kept to the end
        try:
            # What is saved meanwhile is on the disk as well, and is found there once more.
            while (before := self._screen.view.notes).are_being_read:
                try:
                    notes = self.store.load()
                except NoteError:
                    self.background.back(self.exchange, before, Notes(are_off=True))
                    raise
                notes = replace(notes, hides_others=before.hides_others).looked_through()
                self.background.back(self.exchange, before, notes)
        finally:
            self.all_read.set()
            gc.freeze()
            gc.enable()
        self.background.back(then)

    def look_again(self) -> None:
        """Read again what other programs may have changed."""
        self.arrivals.read()
        self._outside.look()

    def reload(self) -> None:
        """Read the folder of notes again; not for the thread that draws."""
        before = self._screen.view.notes
        if before.are_being_read:
            return  # as they are now
        notes = self.store.reload(before)
        if notes is not before:
            self.background.back(self.exchange, before, notes.looked_through())

    def exchange(self, before: Notes, notes: Notes) -> None:
        """Show these notes, unless others are shown than those before by now."""
        # What was saved while the folder was read is newer than what was found there.
        if self._screen.view.notes is before:
            self._screen.view = replace(self._screen.view, notes=notes)

    def remind(self) -> None:
        """Say how many notes are due for review."""
        from explorer.transfer import tag_list

        if due := tag_list.due(self._screen.view.shown_notes(), clock.today()):
            are = "is" if len(due) == 1 else "are"
            self._screen.notify(
                f"{labels.counted(len(due), 'note')} {are} due for review; "
                f"{key_words.cap('all-notes')} lists them."
            )


def _day_to_come(said: str) -> date:
    """A day for review as a person says it on their own calendar: the next such, not the last."""
    today = clock.today()
    ends = today + timedelta(days=365)
    return date_parser.parse(said, from_day=today, ends=ends, named={}, order=settings.date_order())
