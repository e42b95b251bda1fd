"""Finding things: by their words, or in the list of all notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from explorer.notes import Note
from explorer.record import clock
from explorer.ui.actions.note_actions import NoteActions
from explorer.ui.actions.screen import RecordScreen
from explorer.view import View

if TYPE_CHECKING:
    from explorer.search import Engine, Hit
    from explorer.ui.dialogs.notes_list import Picked


class SearchActions:
    """Searches what the screen shows, and goes to what is found."""

    def __init__(self, screen: RecordScreen, notes: NoteActions) -> None:
        self._screen = screen
        self._notes = notes
        self._engine: tuple[View, Engine] | None = None
        """What searches, and the view it searches in."""
        self._sought = ""
        """What was searched for the last time."""

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"find": self.find, "notebook": self.list_notes}

    def find(self) -> None:
        """Search everything by its words."""
        from explorer.search import Engine
        from explorer.ui.dialogs.search_dialog import SearchDialog

        def engine() -> Engine:
            self._notes.wait_until_read()
            view = self._screen.view
            if self._engine is None or self._engine[0] is not view:
                if self._engine is not None:
                    self._engine[1].close()
                self._engine = (view, Engine(view))
            return self._engine[1]

        def keep(typed: str) -> None:
            self._sought = typed

        def found(hit: Hit | None) -> None:
            notes = self._screen.view.notes
            note = notes.by_id(hit.note_id) if hit and hit.note_id else None
            if note is not None:
                self._notes.go_to(note)
            elif hit is not None:
                self._screen.go(hit.ref)

        dialog = SearchDialog(engine, self._sought, keep)
        self._screen.app.push_screen(dialog, found)

    def list_notes(self) -> None:
        """List all notes."""
        from explorer.ui.dialogs.notes_list import NotesList, Picked

        if not self._notes.are_read():
            return

        def picked(what: Picked | None) -> None:
            match what:
                case Picked(what="note", note=Note() as note):
                    self._notes.go_to(note)
                case Picked(what="tag", tag=tag):
                    self._sought = f"tag:{tag} "
                    self.find()
                case Picked(what="rename", tag=tag):
                    self._notes.rename_tag(tag)

        self._screen.app.push_screen(NotesList(self._screen.view, clock.today), picked)
