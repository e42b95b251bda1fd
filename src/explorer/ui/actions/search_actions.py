"""Finding things: by their words, or in the list of all notes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from explorer.dataset.progress import Progress
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
        self._making = threading.Lock()
        self._progress = Progress()
        self._say: Callable[[int], None] = lambda _: None
        """What hears how much of it is made."""
        self._sought = ""
        """What was searched for the last time."""
        self.watch: Callable[[str], None] = lambda _: None
        """Keeps what is typed under a name."""

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"find": self.find, "notebook": self.list_notes}

    def close(self) -> None:
        """The screen is left: nobody waits for what is being made."""
        self._progress.stop()

    def find(self, typed: str | None = None) -> None:
        """Search everything by its words, those of the last search unless others are given."""
        from explorer.search import Engine
        from explorer.ui.dialogs.search_dialog import SearchDialog

        def engine(say: Callable[[int], None]) -> Engine:
            self._notes.wait_until_read()
            self._say = say
            with self._making:  # a search that was closed meanwhile may still be making it
                view = self._screen.view
                made = self._engine
                if made is not None and made[0] is view and not made[1].is_damaged:
                    return made[1]
                if made is not None:
                    made[1].close()
                self._engine = (view, Engine(view, self._progress, self._hear))
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

        self._sought = self._sought if typed is None else typed
        dialog = SearchDialog(engine, self._sought, keep, self.watch)
        self._screen.app.push_screen(dialog, found)

    def _hear(self, done: int) -> None:
        self._say(done)  # to the search that is open now

    def list_notes(self) -> None:
        """List all notes."""
        from explorer.ui.dialogs.notes_list import NotesList, Picked

        if not self._notes.are_read():
            return

        def picked(what: Picked | None) -> None:
            match what:
                case Picked(what="note", note=Note() as note):
                    self._notes.go_to(note)
                case Picked(what="outside" | "done" | "delete" as change, note=Note() as note):
                    self._notes.go_to(note)
                    self._notes.do(change, note)
                case Picked(what="tag", tag=tag):
                    self._sought = f"tag:{tag} "
                    self.find()
                case Picked(what="rename", tag=tag):
                    self._notes.rename_tag(tag)

        self._screen.app.push_screen(NotesList(self._screen.view, clock.today), picked)
