"""What a person does with notes from the main screen: write, edit, delete, merge, attach.

The store does it; here is who asks, who is told, and what stays open when it fails. Nothing
is shown as done before it is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import NoteError
from explorer.notes import Anchor, Damaged, Draft, Drafts, Note, NoteStore, Saved, Words
from explorer.record import clock, date_parser, labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain
from explorer.ui.system.external_editor import Outside, Ways

if TYPE_CHECKING:
    from explorer.ui.main_screen import MainScreen
    from explorer.view import View


_LATER = 0.5
"""Seconds until something is offered again to somebody who is typing."""


class Noting:
    """Works on the notes of the main screen's view."""

    def __init__(self, screen: MainScreen, store: NoteStore) -> None:
        self._screen = screen
        self._store = store
        self.drafts = Drafts(store.where)
        self._outside = Outside(
            screen,
            self.drafts,
            Ways(self._save_over, self._shown, self._reopen, self._tell, self._warn),
        )
        self._deleted: list[Path] = []
        """Where notes deleted in this session are now, the last one last."""

    @property
    def _view(self) -> View:
        assert self._screen.view is not None, "notes are only worked on in a view"
        return self._screen.view

    # Writing.

    def write(self, ref: Ref, anchor: Anchor | None = None, remark: str = "") -> None:
        """Write a new note on a record, or on some of its words."""
        self._edit(ref, None, Words("", anchor=anchor), remark=remark)

    def edit(self, note: Note) -> None:
        """Open a note, or a conflict copy, in the editor as it is on disk now."""
        if note.sealed:
            self._say_sealed(note)
            return
        found = note if note.is_copy else self._store.read(note.id)
        if isinstance(found, Note):
            self._edit(found.ref, found, found.words)
        elif isinstance(found, Damaged):
            self._warn(f"Its file cannot be read now: {one_line(found.reason)}. It is untouched.")
        else:
            self._warn("Its file is gone. These are its words; saving them makes a new note.")
            self._edit(note.ref, None, note.words, kept=False)

    def _say_sealed(self, note: Note) -> None:
        self._warn(f"Not changed here: {one_line(note.sealed)}. {note.unsealing}")

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft that was left behind."""
        note = self._store.read(draft.note_id) if draft.note_id else None
        base = note if isinstance(note, Note) else None
        if base is not None and base.digest != draft.base:
            # Changed since the draft was begun: saving will keep both.
            base = replace(base, digest=draft.base or "")
        self._edit(draft.ref, base, draft.words, kept=False)
        self._work(partial(self._adopt, draft))

    def _adopt(self, draft: Draft) -> None:
        """Keep a draft as this session's own, and only then let go of the old file."""
        if (trouble := self.drafts.keep(replace(draft, path=None))) is not None:
            raise trouble
        self.drafts.taken(draft)

    def _edit(
        self,
        ref: Ref,
        note: Note | None,
        words: Words,
        *,
        save: Callable[[Words, Note | None], Saved] | None = None,
        kept: bool = True,
        remark: str = "",
    ) -> None:
        from explorer.ui.dialogs.note_editor import NoteEditor
        from explorer.ui.dialogs.note_writing import Writing

        view = self._view
        name = self._name(ref)
        writing = Writing(
            ref,
            name,
            note,
            words,
            save or partial(self._save, ref, name),
            self._shown,
            view.day_said,
            _day_to_come,
            self.drafts,
            kept,
            self._quoted(ref, note, words),
            remark,
        )
        self._screen.app.push_screen(NoteEditor(writing))

    def _quoted(self, ref: Ref, note: Note | None, words: Words) -> str:
        """The words that are annotated, if they were public on the day that is looked at."""
        if words.anchor is None:
            return ""
        is_new = note is None and ref in self._view.index
        shown = words.anchor if is_new else note and self._view.anchor(note)
        return shown.exact if shown else ""

    def _save(self, ref: Ref, name: str, words: Words, note: Note | None) -> Saved:
        return self._store.save(ref, words, name=name, note=note)

    def _name(self, ref: Ref) -> str:
        there = self._view.index.current(ref)
        return labels.title(self._view.index, there) if there else str(ref)

    def _shown(self, saved: Saved) -> None:
        """Only what reached the disk is shown."""
        self._screen.view = replace(self._view, notes=self._view.notes.after(saved))
        self._screen.point_at_note(saved.note.id)

    def outside(self, note: Note) -> None:
        """Open the words of a note in the person's own editor, and save what comes back."""
        found = self._store.read(note.id)
        if note.sealed or not isinstance(found, Note):
            self.edit(note)  # which says why not
        else:
            self._outside.open(found)

    def _save_over(self, note: Note, words: Words) -> Saved:
        return self._save(note.ref, self._name(note.ref), words, note)

    def _reopen(self, note: Note, words: Words) -> None:
        self._edit(note.ref, note, words, kept=False)

    def close(self) -> None:
        """The app ends; a draft that was not dropped is offered at the next start."""
        self._outside.close()
        self.drafts.close()

    def done(self, note: Note) -> None:
        """Mark a note as looked at, or as to be looked at again."""
        if note.sealed:
            self._say_sealed(note)
        elif note.due is None:
            self._tell("This note has no day to be reviewed on; set one in the editor (Ctrl+O).")
        else:
            words = replace(note.words, done=not note.done)
            self._work(partial(self._change, note, words))

    def _change(self, note: Note, words: Words) -> None:
        saved = self._save(note.ref, self._name(note.ref), words, note)
        self._back(self._shown, saved)
        told = "Reviewed; x takes that back." if words.done else "To be reviewed again."
        self._back(self._tell, told)

    # Deleting, and taking that back.

    def delete(self, note: Note) -> None:
        """Ask, then move a note or a copy to the trash."""
        from explorer.ui.dialogs.confirm import Answer, Ask

        if note.is_link or (note.is_side and note.is_copy):
            self._say_sealed(note)
            return

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._work(partial(self._delete, note))

        what = "the copy of the note" if note.is_copy else "the note"
        self._screen.app.push_screen(
            Ask(
                f"Delete {what} on {self._name(note.ref)}?",
                f"“{labels.shortened(one_line(note.text), 80)}”\n"
                "It goes to the trash folder beside the notes; u brings it back.",
                Answer("yes", "y", "Delete"),
                Answer("keep", "n", "Keep"),
                start="keep",
            ),
            answered,
        )

    def _delete(self, note: Note) -> None:
        trash = self._store.discard(note) if note.is_copy else self._store.delete(note)
        self._back(self._forget, note, trash)

    def _forget(self, note: Note, trash: Path) -> None:
        notes = self._view.notes
        without = notes.without_copy(note) if note.is_copy else notes.without(note)
        self._screen.view = replace(self._view, notes=without)
        self._deleted.append(trash)
        self._tell(f"The note is now in {one_line(str(trash))}; u brings it back.")

    def bring_back(self) -> None:
        """Undo the last deletion of this session."""
        if not self._deleted:
            self._tell("Nothing was deleted since you started.")
            return
        self._work(partial(self._restore, self._deleted[-1]))

    def _restore(self, trashed: Path) -> None:
        saved = self._store.restore(trashed)
        self._deleted.remove(trashed)
        self._back(self._shown, saved)
        self._back(self._screen.go_to_note, saved.note)
        self._back(self._tell, f"The note on {self._name(saved.note.ref)} is back.")

    # When there are two of one.

    def merge(self, note: Note) -> None:
        """Make a note and a copy that was saved beside it one again."""
        notes = self._view.notes
        copies = notes.conflicts_of(note.id)
        copy = note if note.is_copy else (copies[0] if copies else None)
        if copy is None:
            self._tell("There is no second version of this note.")
            return
        from explorer.notes import git_conflicts
        from explorer.ui.dialogs.merge import Merge

        own = notes.by_id(copy.id)
        name = self._name(copy.ref)
        if own is not None and own.words == copy.words and not copy.is_side:
            self._work(partial(self._delete, copy))
            self._tell("The second version says the same.")
            return

        def resolve(words: Words, base: Note | None) -> Saved:
            still = base if base is None or not base.is_copy else own
            if copy in self._view.notes.conflicts_of(copy.id):
                return self._store.resolve(still, copy, words, name=name)
            return self._save(copy.ref, name, words, still)

        def chosen(which: str | None) -> None:
            if which == "note" and own is not None and copy.is_side:
                self._work(partial(self._resolve, resolve, own, own.words))
            elif which == "note" and own is not None:
                self._work(partial(self._delete, copy))
            elif which in ("copy", "note"):
                self._work(partial(self._resolve, resolve, own, copy.words))
            elif which == "both":
                text = git_conflicts.both(own.text, copy.text) if own else copy.text
                words = replace((own or copy).words, text=text)
                self._edit(copy.ref, own, words, save=resolve, kept=False)

        self._screen.app.push_screen(Merge(name, own, copy), chosen)

    def _resolve(
        self, resolve: Callable[[Words, Note | None], Saved], note: Note | None, words: Words
    ) -> None:
        self._back(self._shown, resolve(words, note))
        self._back(self._tell, "One note again; the other version is in the trash.")

    # When the record has moved.

    def attach(self, note: Note) -> None:
        """Offer where a note may belong whose words have moved, changed or gone."""
        from explorer.notes import anchors
        from explorer.ui.dialogs.reattach import Attach, Place

        if self._view.scope.as_of is not None:
            self._tell("Go to the last day covered first (0): where it belongs is told there.")
            return
        index = self._view.index
        there = index.current(note.ref)
        found = anchors.locate(note.anchor, there, index) if there and note.anchor else None
        if there is not None and (found is None or found.kind == "unchanged"):
            self._tell("This note stands on what it was written on.")
            return
        places = []
        if found is not None and found.anchor is not None and there is not None:
            places.append(Place(found.ref or there, found.words, found.anchor))
            places += (Place(there, anchor.exact, anchor) for anchor in found.others)
        for candidate in anchors.candidates(note.anchor, index, near=note.ref):
            place = Place(candidate.ref, candidate.words, candidate.anchor)
            if place not in places:
                places.append(place)
        if there is not None:
            places.append(Place(there, "", None))

        def chosen(place: Place | None) -> None:
            if place is not None:
                self._work(partial(self._attach, note, place.ref, place.anchor))

        self._screen.app.push_screen(Attach(note, places, index), chosen)

    def _attach(self, note: Note, ref: Ref, anchor: Anchor | None) -> None:
        name = self._name(ref)
        if ref == note.ref:
            saved = self._save(ref, name, replace(note.words, anchor=anchor), note)
        else:
            saved = self._store.move(note, ref, name=name, anchor=anchor)
        self._back(self._shown, saved)
        self._back(self._tell, f"The note now stands on {name}.")

    def rename_tag(self, tag: str) -> None:
        """Ask for another name of a tag, and give it to it in all notes."""
        from explorer.ui.dialogs.text_prompt import AskText

        hint = "A name that another tag has merges the two."

        def named(name: str | None) -> None:
            if name is not None:
                self._work(partial(self._rename_tag, tag, name.lstrip("#")))

        self._screen.app.push_screen(AskText(f"Rename #{tag} in all notes to", hint, tag), named)

    def _rename_tag(self, tag: str, name: str) -> None:
        from explorer.transfer import tag_list

        outcome = tag_list.rename_everywhere(self._store, self._view.notes, tag, name)
        self._reload()
        self._back(self._tell, str(outcome))

    # What happened meanwhile.

    def look_again(self) -> None:
        """Read again what other programs may have changed."""
        self._work(self._reload)
        self._outside.look()

    @property
    def store(self) -> NoteStore:
        """Where the notes are."""
        return self._store

    def _reload(self) -> None:
        before = self._view.notes
        notes = self._store.reload(before)
        if notes is not before:
            self._back(self._exchange, before, notes)

    def _exchange(self, before: object, notes: object) -> None:
        # What was saved while the folder was read is newer than what was found there.
        if self._view.notes is before:
            self._screen.view = replace(self._view, notes=notes)  # type: ignore[arg-type]

    def offer_drafts(self) -> None:
        """Offer back what was being written when the program was ended."""
        self._work(self._find_drafts)

    def remind(self) -> None:
        """Say how many notes are due for review."""
        from explorer.transfer import tag_list

        if due := tag_list.due(self._view.shown_notes(), clock.today()):
            are = "is" if len(due) == 1 else "are"
            self._tell(f"{labels.counted(len(due), 'note')} {are} due for review; N lists them.")

    def _find_drafts(self) -> None:
        left = self.drafts.left_behind()
        for file in self.drafts.damaged():
            told = f"A draft cannot be read and is left untouched: {one_line(str(file.path))}"
            self._back(self._warn, told)
        if left:
            self._back(self._offer, left)

    def _offer(self, left: tuple[Draft, ...]) -> None:
        from explorer.ui.dialogs.draft_recovery import Recover

        if not self._screen.is_free:  # somebody is typing, and would answer without having read
            self._screen.set_timer(_LATER, partial(self._offer, left))
            return
        draft, *others = left

        def answered(answer: str | None) -> None:
            if answer == "take up":
                self.take_up(draft)
            elif answer == "discard":
                self._ask_to_discard(draft)
            if others and answer != "take up":
                self._offer(tuple(others))

        note = self._view.notes.by_id(draft.note_id) if draft.note_id else None
        dialog = Recover(self._name(draft.ref), draft, note, len(others))
        self._screen.app.push_screen(dialog, answered)
        self._screen.interrupt()

    def _ask_to_discard(self, draft: Draft) -> None:
        from explorer.ui.dialogs.confirm import Answer, Ask

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._work(partial(self.drafts.taken, draft))

        self._screen.app.push_screen(
            Ask(
                "Throw these words away?",
                "They cannot be brought back.",
                Answer("yes", "y", "Throw away"),
                Answer("no", "n", "Keep for the next start"),
                start="no",
            ),
            answered,
        )

    # Working off the interface thread, and telling of it.

    def _work(self, task: Callable[[], None]) -> None:
        def run() -> None:
            try:
                task()
            except NoteError as error:
                self._back(self._complain, error)

        self._screen.run_worker(run, thread=True)

    def _back(self, call: Callable[..., None], *given: object) -> None:
        self._screen.app.call_from_thread(call, *given)

    def _complain(self, error: NoteError) -> None:
        self._screen.notify(plain(str(error)), title=error.title, severity="error", timeout=15)

    def _tell(self, words: str) -> None:
        self._screen.notify(words)

    def _warn(self, words: str) -> None:
        self._screen.notify(words, severity="warning", timeout=15)


def _day_to_come(said: str) -> date:
    """A day for review as a person says it on their own calendar: the next such, not the last."""
    today = clock.today()
    return date_parser.parse(said, from_day=today, ends=today + timedelta(days=365), named={})
