"""Writing, correcting and deleting notes. What is saved, the store says; nothing is lost before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from explorer import settings
from explorer.errors import NoteError, UsageError
from explorer.linear.asking import Asking
from explorer.linear.note_lines import (
    WRITING_BRIEFLY,
    WRITING_HELP,
    Correcting,
    Draught,
    Save,
    Writing,
)
from explorer.linear.outside_editor import Edit, OutsideEditor
from explorer.linear.session import Deed, Session
from explorer.linear.spoken import name_of
from explorer.linear.whereabouts import AllNotes, OnNote, OnRecord
from explorer.notes import Damaged, Drafts, Note, NoteStore, Saved, Words
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain


class NoteDesk:
    """Changes notes, when they are on."""

    def __init__(
        self, session: Session, store: NoteStore | None, trouble: str, edit: Edit | None
    ) -> None:
        """Without a store notes are off, and `trouble` says why; `edit` needs a terminal."""
        self._session = session
        self._store = store
        self._trouble = trouble
        self._outside = OutsideEditor(session, edit, self.correct)
        self.drafts = Drafts(store.where) if store is not None else None
        self._deleted: list[Path] = []
        self._how_to_write = WRITING_HELP
        """What is said of it before a note; in short after the first one."""

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {
            "notes": self._list,
            "note": self._write,
            "note_on": self._write_on,
            "edit": lambda typed: self._correct(self.note(typed)),
            "editor": lambda typed: self._open_outside(self.note(typed)),
            "delete": lambda typed: self._ask_to_delete(self.note(typed)),
            "undelete": lambda _: self._undelete(),
            "answer": lambda typed: self._answer(self.note(typed)),
            "others": lambda _: self._show_or_hide(),
        }

    def close(self) -> None:
        """The visit ends; a draft that was not dropped is offered at the next one."""
        if self.drafts is not None:
            self.drafts.close()

    @property
    def store(self) -> NoteStore:
        """Where notes are kept. Raises NoteError when they are off."""
        if self._store is None:
            raise NoteError(self._trouble, "Notes are off")
        return self._store

    def reload(self) -> None:
        """Read again what other programs may have changed."""
        if self._store is not None:
            view = self._session.view
            notes = self._store.reload(view.notes)
            if notes is not view.notes:
                self._session.view = replace(view, notes=notes)

    def _list(self, typed: str) -> None:
        self.reload()
        self._session.visit(AllNotes(typed))

    def note(self, typed: str) -> Note:
        """The note that is meant: by its number here, the one that is read, or the only one.

        As it is on disk now. Raises UsageError when it cannot be known which.
        """
        session = self._session
        place = session.place
        self.reload()
        session.renew()
        view = session.view
        if typed.isdecimal():
            entry = session.entry(int(typed[:9]))
            goal = entry.goals[0].place if entry is not None else None
            if isinstance(goal, OnNote):
                return self._known(goal.note_id)
            raise UsageError(f"{typed} is no note here")
        if typed:
            raise UsageError("say the number of a note as it is listed here")
        if isinstance(place, OnNote):
            return self._known(place.note_id)
        found = view.notes_on(session.here) if session.leaf.ref is not None else ()
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError("there are several notes here; say the number of one")
        raise UsageError("there is no note here; n writes one, “notes” lists yours")

    def _known(self, note_id: str) -> Note:
        notes = self._session.view.notes
        found = notes.by_id(note_id)
        if found is None and (copies := notes.conflicts_of(note_id)):
            return copies[0]
        if found is None:
            raise UsageError("that note is no longer there")
        return found

    def name(self, ref: Ref) -> str:
        """What a record is called, or its reference when it is gone."""
        there = self._session.view.index.current(ref)
        return labels.title(self._session.view.index, there) if there else str(ref)

    # Writing.

    def _write(self, typed: str) -> None:
        """Begin a note on what is read; in a list on the entry whose number is asked for."""
        session, lines = self._session, [typed] if typed else []
        if session.leaf.ref is not None:
            self.begin(session.leaf.ref, Words(""), lines)
            return

        def answered(said: str) -> None:
            entry = session.entry(int(said[:9])) if said.isdecimal() else None
            place = entry.goals[0].place if entry is not None else None
            if not isinstance(place, OnRecord):
                raise ValueError("say the number of a record that is listed here")
            session.close_mode()
            self.begin(place.ref, Words(""), lines)

        self.store  # noqa: B018 -- raises when notes are off
        session.mode = Asking(session.say, session.close_mode, "A note on which number", answered)

    def _write_on(self, typed: str) -> None:
        """Begin a note on some words of the record that is read."""
        from explorer.notes import anchors

        session = self._session
        if not typed:
            session.say("Say the words as the record has them: “v massive amounts of Soybeans”.")
            return
        ref = session.record
        try:
            anchor = anchors.anchored(session.view.index[ref], typed)
        except ValueError as error:
            raise UsageError(f"no note was begun: {error}") from None
        self.begin(ref, Words("", anchor=anchor), [])

    def begin(self, ref: Ref, words: Words, lines: list[str]) -> None:
        """Begin a new note. Raises NoteError when notes are off."""
        session = self._session
        draught = self.draught(ref, None, words, lines)
        session.say(f"A note on {self._called(ref)}. {self._how_to_write}")
        self._how_to_write = WRITING_BRIEFLY
        if words.anchor is not None:
            session.say(f"On the words “{one_line(words.anchor.exact)}”.")
        if lines:
            session.say(f"1. {plain(lines[0])}")
            if trouble := draught.keep():
                session.say(trouble)
        session.mode = Writing(draught, session.say, session.close_mode, self.correct)

    def _answer(self, note: Note) -> None:
        """Write a note that answers one, on the same words of the record."""
        ref = self._session.view.index.current(note.ref) or note.ref
        self.begin(ref, Words("", anchor=note.anchor, answers=note.id), [])

    def _show_or_hide(self) -> None:
        """Hide the notes of other people, or show them again; the choice is kept."""
        session, notes = self._session, self._session.view.notes
        if not (number := len(notes.of_others())):
            session.say("There are no notes of other people here.")
            return
        hides = not notes.hides_others
        session.view = replace(session.view, notes=replace(notes, hides_others=hides))
        session.renew()
        said = labels.counted(number, "note of other people", "notes of other people")
        again = "“others” shows them again" if hides else "“others” hides them"
        session.say(f"{said} {'hidden' if hides else 'shown'}; {again}.")
        if trouble := settings.keep("others", "hidden" if hides else "shown"):
            session.say(f"The choice could not be kept: {trouble}.")

    def _called(self, ref: Ref) -> str:
        view = self._session.view
        return name_of(view, ref) if ref in view.index else self.name(ref)

    def draught(
        self,
        ref: Ref,
        note: Note | None,
        words: Words,
        lines: list[str],
        save: Save | None = None,
    ) -> Draught:
        """Words to be written on. Raises NoteError when notes are off."""
        assert self.store is not None
        assert self.drafts is not None
        save = save or partial(self.save, ref)
        return Draught(ref, self.name(ref), note, words, lines, save, self.shown, self.drafts)

    def save(self, ref: Ref, words: Words, note: Note | None) -> Saved:
        """Save words on a record. Raises NoteError."""
        return self.store.save(ref, words, name=self.name(ref), note=note)

    def shown(self, saved: Saved) -> None:
        """Show what reached the disk, and say what became of it."""
        session = self._session
        session.view = replace(session.view, notes=session.view.notes.after(saved))
        session.renew()
        if saved.conflict is not None:
            session.say(
                "Saved beside the note, which had been changed elsewhere: both are kept. “merge” "
                "on the note’s own page goes through them."
            )
        else:
            session.say(f"Saved. The note is on {self._called(saved.note.ref)}.")
        if saved.remark:
            session.say(plain(saved.remark))

    # Correcting.

    def may_change(self, note: Note) -> bool:
        """Whether a note may be changed here; when it may not, says why."""
        if note.others:
            self._decline(note)
        elif note.sealed:
            self._say_sealed(note)
        return not (note.others or note.sealed)

    def _correct(self, note: Note) -> None:
        if not self.may_change(note):
            return
        found = note if note.is_copy else self.store.read(note.id)
        if isinstance(found, Damaged):
            raise NoteError(f"Its file cannot be read now: {found.reason}. It is untouched.")
        if found is None:
            self._session.say("Its file is gone. These are its words; saving makes a new note.")
            self.correct(self.draught(note.ref, None, note.words, note.text.split("\n")))
        else:
            self.correct(self.draught(found.ref, found, found.words, found.text.split("\n")))

    def correct(self, draught: Draught) -> None:
        """Correct a text line by line."""
        session = self._session
        mode = Correcting(draught, session.say, session.close_mode, self._outside.edit)
        session.mode = mode
        mode.begin()

    def _decline(self, note: Note) -> None:
        """Say whose a note is that was to be changed."""
        whose = one_line(note.others)
        self._session.say(
            f"This is a note of {whose}’s: it can be read, answered and exported. “answer” writes "
            "one of your own that answers it. If it is yours: the setting “author” has the name "
            "that you sign with."
        )

    def _say_sealed(self, note: Note) -> None:
        self._session.say(f"Not changed here: {one_line(note.sealed)}. {note.unsealing}")

    def _open_outside(self, note: Note) -> None:
        found = note if note.is_copy else self.store.read(note.id)
        if note.others or note.sealed or not isinstance(found, Note):
            self._correct(note)  # which says why not
            return
        draught = self.draught(found.ref, found, found.words, found.text.split("\n"))
        self._outside.edit(draught)

    # Deleting.

    def _ask_to_delete(self, note: Note) -> None:
        session = self._session
        if note.others:
            self._decline(note)
            return
        if note.is_link or (note.is_side and note.is_copy):
            self._say_sealed(note)
            return
        what = "the other version of the note" if note.is_copy else "the note"
        session.say(
            f"Delete {what} on {self._called(note.ref)}? It says: "
            f"“{labels.shortened(one_line(note.text), 80)}”"
        )
        session.choose(
            words={"yes": lambda: self.discard(note)}, prompt="yes or no", otherwise="Kept."
        )

    def discard(self, note: Note) -> None:
        """Move a note, or another version of one, to the trash. Raises NoteError."""
        session = self._session
        trash = self.store.discard(note) if note.is_copy else self.store.delete(note)
        notes = session.view.notes
        without = notes.without_copy(note) if note.is_copy else notes.without(note)
        session.view = replace(session.view, notes=without)
        self._deleted.append(trash)
        if isinstance(session.place, OnNote) and without.by_id(note.id) is None:
            session.stand(AllNotes(), session.leaf_of(AllNotes()))
        session.renew()
        session.say("Deleted. It is in the trash; “undo” brings it back.")

    def _undelete(self) -> None:
        if not self._deleted:
            self._session.say("Nothing was deleted since you started.")
            return
        saved = self.store.restore(self._deleted[-1])
        self._deleted.pop()
        session = self._session
        session.view = replace(session.view, notes=session.view.notes.after(saved))
        session.say(f"The note on {self._called(saved.note.ref)} is back.")
        if saved.remark:
            session.say(plain(saved.remark))
        session.visit(OnNote(saved.note.id))
