"""Notes among others: theirs are answered and hidden, and all are synced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from explorer import settings
from explorer.notes import Note
from explorer.record.labels import counted, shortened
from explorer.text.sanitize import one_line
from explorer.ui import key_words
from explorer.ui.actions.note_changes import NoteChanges
from explorer.ui.actions.screen import RecordScreen

_SHOWN = 80


class OthersActions:
    """What is done with the notes of other people, and with all for their sake."""

    def __init__(self, screen: RecordScreen, ready: Callable[[], NoteChanges | None]) -> None:
        """`ready` gives what changes notes, or says why nothing does."""
        self._screen = screen
        self._ready = ready
        self._closing = threading.Event()
        self._is_syncing = False

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"others": self.show_or_hide}

    def palette(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette offers: the name of each command, what it does, and how."""
        what = "Commit your notes with git, take in those of others, and send yours."
        yield "Sync notes", what, self.sync

    def close(self) -> None:
        """The screen is left; nobody waits for a server any more."""
        self._closing.set()

    def answer(self, note: Note) -> None:
        """Write a note of one's own that answers one."""
        if (changes := self._ready()) is not None:
            changes.write_answer(note)

    def decline(self, what: str, note: Note) -> None:
        """Say whose a note is that was to be changed; where it was to be written in, offer more."""
        if what != "edit":
            self._screen.notify(
                f"Not changed here: {one_line(note.sealed)}. {key_words.cap('answer')} answers it.",
                severity="warning",
            )
            return
        from explorer.ui.dialogs.confirm import Answer, Confirm

        def answered(answer: str | None) -> None:
            if answer == "answer":
                self.answer(note)

        name = one_line(note.others)
        self._screen.app.push_screen(
            Confirm(
                f"This is a note of {name}’s. It can be read, answered and exported.",
                f"“{shortened(one_line(note.text), _SHOWN)}”\n\n"
                "If it is yours: the setting “author” has the name that you sign with.",
                Answer("answer", "a", "Answer it"),
                Answer("leave", "l", "Leave it"),
            ),
            answered,
        )

    def show_or_hide(self) -> None:
        """Hide the notes of other people, or show them again; the choice is kept."""
        changes, notes = self._ready(), self._screen.view.notes
        if changes is None or notes.are_being_read:
            return
        if not (number := len(notes.of_others())):
            self._screen.notify("There are no notes of other people here.")
            return
        hides = not notes.hides_others
        said = counted(number, "note of other people", "notes of other people")
        key = key_words.cap("others")
        words = f"{said} hidden; {key} shows them." if hides else f"{said} shown; {key} hides them."

        def choose() -> None:
            chosen = replace(notes, hides_others=hides).looked_through()
            changes.background.back(changes.exchange, notes, chosen)
            trouble = settings.keep("others", "hidden" if hides else "shown")
            more = f" The choice could not be kept: {trouble}." if trouble else ""
            changes.background.say(f"{words}{more}")

        changes.background.run(choose)

    def sync(self) -> None:
        """Sync the notes by git, beside the thread that draws."""
        if (changes := self._ready()) is None:
            return
        if self._is_syncing:
            self._screen.notify("The notes are being synced already.")
            return
        self._is_syncing = True
        self._screen.notify("Syncing your notes…")
        changes.background.run(partial(self._sync, changes))

    def _sync(self, changes: NoteChanges) -> None:
        from explorer.sharing.sync import sync  # which few starts need

        try:
            report = sync(changes.store, closing=self._closing, progress=changes.background.say)
        finally:
            self._is_syncing = False
            if not self._closing.is_set():
                changes.reload()
        changes.background.say(" ".join(report.sentences), title="Notes synced", timeout=10)
