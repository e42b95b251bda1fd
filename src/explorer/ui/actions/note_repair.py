"""When there are two versions of a note, when its words have moved, when a tag is renamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from explorer.notes import Anchor, Note, Saved, Words
from explorer.record.model import Ref
from explorer.ui.actions.note_changes import NoteChanges
from explorer.ui.actions.screen import RecordScreen


class NoteRepair:
    """Offers what may be done, and does what is chosen."""

    def __init__(self, screen: RecordScreen, changes: NoteChanges) -> None:
        self._screen = screen
        self._changes = changes
        self._background = changes.background

    def merge(self, note: Note) -> None:
        """Make a note and a copy that was saved beside it one again."""
        notes = self._screen.view.notes
        copies = notes.conflicts_of(note.id)
        copy = note if note.is_copy else (copies[0] if copies else None)
        if copy is None:
            self._screen.notify("There is no second version of this note.")
            return
        from explorer.notes import field_merge
        from explorer.ui.dialogs.merge import Merge

        own = notes.by_id(copy.id)
        name = self._changes.name(copy.ref)
        if own is not None and own.words == copy.words and not copy.is_side:
            self._background.run(partial(self._changes.discard, copy))
            self._screen.notify("The second version says the same.")
            return

        def resolve(words: Words, base: Note | None) -> Saved:
            still = base if base is None or not base.is_copy else own
            if copy in self._screen.view.notes.conflicts_of(copy.id):
                return self._changes.store.resolve(still, copy, words, name=name)
            return self._changes.save(copy.ref, name, words, still)

        def chosen(which: str | None) -> None:
            if which == "note" and own is not None and copy.is_side:
                self._background.run(partial(self._resolve, resolve, own, own.words))
            elif which == "note" and own is not None:
                self._background.run(partial(self._changes.discard, copy))
            elif which in ("copy", "note"):
                self._background.run(partial(self._resolve, resolve, own, copy.words))
            elif which == "both":
                words = field_merge.of_both(own.words, copy.words) if own else copy.words
                self._changes.open_editor(copy.ref, own, words, save=resolve, kept=False)

        self._screen.app.push_screen(Merge(name, own, copy), chosen)

    def _resolve(
        self, resolve: Callable[[Words, Note | None], Saved], note: Note | None, words: Words
    ) -> None:
        self._background.back(self._changes.shown, resolve(words, note))
        self._background.say("One note again; the other version is in the trash.")

    def attach(self, note: Note) -> None:
        """Offer where a note may belong whose words have moved, changed or gone."""
        from explorer.notes import anchors
        from explorer.ui.dialogs.reattach import Place, Reattach

        if self._screen.view.scope.as_of is not None:
            self._screen.notify(
                "Go to the last day covered first (0): where it belongs is told there."
            )
            return
        index = self._screen.view.index
        there = index.current(note.ref)
        found = anchors.locate(note.anchor, there, index) if there and note.anchor else None
        if there is not None and (found is None or found.kind == "unchanged"):
            self._screen.notify("This note stands on what it was written on.")
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
                self._background.run(partial(self._attach, note, place.ref, place.anchor))

        self._screen.app.push_screen(Reattach(note, places, index), chosen)

    def _attach(self, note: Note, ref: Ref, anchor: Anchor | None) -> None:
        name = self._changes.name(ref)
        if ref == note.ref:
            saved = self._changes.save(ref, name, replace(note.words, anchor=anchor), note)
        else:
            saved = self._changes.store.move(note, ref, name=name, anchor=anchor)
        self._background.back(self._changes.shown, saved)
        self._background.say(f"The note now stands on {name}.")

    def rename_tag(self, tag: str) -> None:
        """Ask for another name of a tag, and give it to it in all notes."""
        from explorer.ui.dialogs.text_prompt import TextPrompt

        hint = "A name that another tag has merges the two."

        def named(name: str | None) -> None:
            if name is not None:
                self._background.run(partial(self._rename_tag, tag, name.lstrip("#")))

        self._screen.app.push_screen(TextPrompt(f"Rename #{tag} in all notes to", hint, tag), named)

    def _rename_tag(self, tag: str, name: str) -> None:
        from explorer.transfer import tag_list

        outcome = tag_list.rename_everywhere(
            self._changes.store, self._screen.view.notes, tag, name
        )
        self._changes.reload()
        self._background.say(str(outcome))
