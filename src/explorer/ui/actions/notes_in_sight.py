"""No key changes a note that is not in sight: it is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.record import labels
from explorer.ui.panes.notes_pane import NotesPane

if TYPE_CHECKING:
    from explorer.ui.main_screen import MainScreen

_DEEDS = {
    "outside": "e opens it in your editor",
    "done": "x marks it as reviewed, or as to be again",
    "merge": "M sets its two versions side by side",
    "attach": "A accepts where its words stand now",
    "delete": "D deletes it",
}


def bring_notes_into_sight(screen: MainScreen, what: str) -> bool:
    """Show the note that a key is about; whether it had to be shown, and nothing be done yet."""
    pane = screen.query_one(NotesPane)
    about = screen.subject
    if screen.viewing and about is not None:
        if screen.view is None or not screen.view.has_note(about):
            screen.notify("There is no note here. n writes one.")
            return True
        screen.go(about)
    elif pane.note is None:
        return False  # there is nothing that could be changed
    elif not _is_hidden(screen) and pane.is_in_sight:
        return False
    screen.show_notes()
    name = labels.title(screen.view.index, about) if screen.view and about else "it"
    screen.notify(f"Here is the note on {name}: {_DEEDS[what]}.")
    return True


def _is_hidden(screen: MainScreen) -> bool:
    """Whether the notes are not on the screen; the classes know it before it is laid out."""
    if screen.has_class("-zoomed"):
        return not screen.has_class("-noting")
    return screen.has_class("-narrow") and not screen.has_class("-reading")
