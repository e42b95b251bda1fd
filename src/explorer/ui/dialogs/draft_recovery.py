"""Offering back what was being written when the program was ended."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from explorer.notes import Draft, Note
from explorer.record import clock, labels
from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import RECOVER
from explorer.ui.dialogs.merge import compared
from explorer.ui.widgets.scroller import Scroller


class DraftRecovery(Dialog[str]):
    """Returns `take up`, `discard`, or `later`."""

    PLACE = "recover"
    BINDINGS = commands.bindings(RECOVER, "recover")
    COMPONENT_CLASSES = {"look--found", "look--muted"}

    def __init__(self, title: str, draft: Draft, note: Note | None, others: int) -> None:
        super().__init__()
        self.title = "Words that were not saved"
        kept = clock.here(draft.kept) if draft.kept else None
        when = f" on {labels.day(kept.date())} at {kept:%H:%M}" if kept else ""
        more = f" {others} more after this." if others else ""
        what = "change to a note" if note else "note"
        self._explanation = f"A {what} on {title} was being written{when} when it was ended.{more}"
        self._words = Content.assemble(*_with_changes(note, draft))

    def body(self) -> ComposeResult:
        yield Static(self._explanation, classes="explanation", markup=False)
        with Scroller():
            yield Static(self._words)


def _with_changes(note: Note | None, draft: Draft) -> Iterator[str | tuple[str, str]]:
    """What was being written, with what is new in it."""
    for words, fate in compared(note.text if note else "", draft.words.text):
        if fate == "removed":
            yield f"[–{words.strip()}–]", ".look--muted"
            yield " "
        else:
            yield (words, ".look--found") if fate == "added" else words
