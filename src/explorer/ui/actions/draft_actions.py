"""Drafts that were left behind when the program was ended: offered back at the next start."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from explorer.notes import Draft, Note
from explorer.text.sanitize import one_line
from explorer.ui.actions.note_changes import NoteChanges
from explorer.ui.actions.screen import RecordScreen

_LATER = 0.5
"""Seconds until something is offered again to somebody who is typing."""


class DraftActions:
    """Offers one draft after another."""

    def __init__(self, screen: RecordScreen, changes: NoteChanges) -> None:
        self._screen = screen
        self._changes = changes
        self._background = changes.background

    def offer(self) -> None:
        """Look for drafts, and offer those that are found."""
        self._background.run(self._find)

    def _find(self) -> None:
        left = self._changes.drafts.left_behind()
        for file in self._changes.drafts.damaged():
            told = f"A draft cannot be read and is left untouched: {one_line(str(file.path))}"
            self._background.back(self._background.warn, told)
        if left:
            self._background.back(self._offer, left)

    def _offer(self, left: tuple[Draft, ...]) -> None:
        from explorer.ui.dialogs.draft_recovery import DraftRecovery

        if not self._screen.is_free:  # somebody is typing, and would answer without having read
            self._screen.set_timer(_LATER, partial(self._offer, left))
            return
        draft, *others = left

        def answered(answer: str | None) -> None:
            if answer == "take up":
                self._take_up(draft)
            elif answer == "discard":
                self._ask_to_discard(draft)
            if others and answer != "take up":
                self._offer(tuple(others))

        note = self._screen.view.notes.by_id(draft.note_id) if draft.note_id else None
        dialog = DraftRecovery(self._changes.name(draft.ref), draft, note, len(others))
        self._screen.app.push_screen(dialog, answered)
        self._screen.interrupt()

    def _ask_to_discard(self, draft: Draft) -> None:
        from explorer.ui.dialogs.confirm import Answer, Confirm

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._background.run(partial(self._changes.drafts.taken, draft))

        self._screen.app.push_screen(
            Confirm(
                "Throw these words away?",
                "They cannot be brought back.",
                Answer("yes", "y", "Throw away"),
                Answer("no", "n", "Keep for the next start"),
                start="no",
            ),
            answered,
        )

    def _take_up(self, draft: Draft) -> None:
        """Go on with a draft that was left behind."""
        note = self._changes.store.read(draft.note_id) if draft.note_id else None
        base = note if isinstance(note, Note) else None
        if base is not None and base.digest != draft.base:
            # Changed since the draft was begun: saving will keep both.
            base = replace(base, digest=draft.base or "")
        self._changes.open_editor(draft.ref, base, draft.words, kept=False)
        self._background.run(partial(self._adopt, draft))

    def _adopt(self, draft: Draft) -> None:
        """Keep a draft as this session's own, and only then let go of the old file."""
        if (trouble := self._changes.drafts.keep(replace(draft, path=None))) is not None:
            raise trouble
        self._changes.drafts.taken(draft)
