"""Finding things from the main screen: by their words, or in the list of all notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.notes import Note
from explorer.record import clock

if TYPE_CHECKING:
    from explorer.search import Engine, Hit
    from explorer.ui.actions.note_actions import Noting
    from explorer.ui.dialogs.notes_list import Picked
    from explorer.ui.main_screen import MainScreen
    from explorer.view import View


class Finding:
    """Searches the main screen's view, and goes to what is found."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._engine: tuple[View, Engine] | None = None
        """What searches, and the view it searches in."""
        self._sought = ""
        """What was searched for the last time."""

    def find(self, view: View) -> None:
        """Search everything by its words."""
        from explorer.search import Engine
        from explorer.ui.dialogs.search_dialog import Find

        def engine() -> Engine:
            if self._engine is None or self._engine[0] is not view:
                if self._engine is not None:
                    self._engine[1].close()
                self._engine = (view, Engine(view))
            return self._engine[1]

        def keep(typed: str) -> None:
            self._sought = typed

        def found(hit: Hit | None) -> None:
            note = view.notes.by_id(hit.note_id) if hit and hit.note_id else None
            if note is not None:
                self._screen.go_to_note(note)
            elif hit is not None:
                self._screen.go(hit.ref)

        dialog = Find(engine, self._sought, keep)
        self._screen.app.push_screen(dialog, found)

    def notebook(self, view: View, noting: Noting | None) -> None:
        """List all notes."""
        from explorer.ui.dialogs.notes_list import Notebook, Picked

        def picked(what: Picked | None) -> None:
            match what:
                case Picked(what="note", note=Note() as note):
                    self._screen.go_to_note(note)
                case Picked(what="tag", tag=tag):
                    self._sought = f"tag:{tag} "
                    self.find(view)
                case Picked(what="rename", tag=tag) if noting is not None:
                    noting.rename_tag(tag)

        self._screen.app.push_screen(Notebook(view, clock.today), picked)
