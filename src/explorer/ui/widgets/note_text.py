"""The field that a note is written in: it holds every character, and gives all of them back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from rich.text import Text
from textual.events import Key
from textual.geometry import Offset
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from explorer.record.labels import shortened
from explorer.text.sanitize import one_line
from explorer.ui import key_words
from explorer.ui.app_services import app_services
from explorer.ui.command import bindings
from explorer.ui.dialogs.dialog_commands import WRITING
from explorer.ui.widgets import visible_signs

_TYPED = ("Cf", "Co", "Zl", "Zp", "Zs")
"""Kinds of characters that keyboards have and that are not printable to Python."""
_SHOWN = 24
"""Characters of what was deleted that are told with that."""
_NOTHING = "There is nothing to delete here."


class NoteText(TextArea):
    """The text of the note. Escape leaves, so tab may write a tab and traps nobody.

    It holds every character that a note may have: see `visible_signs`. Nothing is deleted in one
    stroke, beyond a letter, without a word on how to bring it back.
    """

    BINDINGS = bindings(WRITING, "editor")
    takes_any_character = True
    """So that what is pasted is not filtered on its way."""

    def __init__(self, text: str) -> None:
        super().__init__(
            visible_signs.standing_in(text),
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="indent",
        )

    @property
    def text(self) -> str:
        """What is written."""
        return visible_signs.real(self.document.text)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(visible_signs.standing_in(value))

    def get_line(self, line_index: int) -> Text:
        return Text(visible_signs.shown(self.document.get_line(line_index)), end="", no_wrap=True)

    def edit(self, edit: Edit) -> EditResult:
        # Signs stay signs: they are what is cut and pasted.
        edit.text = visible_signs.standing_in(visible_signs.real(edit.text))
        return super().edit(edit)

    async def _on_key(self, event: Key) -> None:
        # Spaces other than the common one, joiners and marks are no less typed for being
        # such as Python would not print.
        typed = event.character or ""
        if len(typed) == 1 and not typed.isprintable() and unicodedata.category(typed) in _TYPED:
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(typed, *self.selection)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """As Textual's, which also looks for the cursor where an undo has left no line for it."""
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()  # it is moved to where it belongs in a moment
        return super().scroll_cursor_visible(center, animate)

    def action_cut(self) -> None:
        """Cut what is selected; never a whole line that only holds the cursor."""
        if self.selection.is_empty:
            self.notify(
                key_words.said(
                    "Nothing is selected, so nothing was cut. Shift and the arrows select, "
                    "{editor:select-line} the line; {editor:save} saves, {editor:leave} leaves."
                )
            )
        else:
            super().action_cut()
            back = "Cut. {editor:undo} brings it back, {editor:paste} puts it elsewhere."
            self.notify(key_words.said(back))

    def action_delete_word_left(self) -> None:
        self._deleting(super().action_delete_word_left)

    def action_delete_word_right(self) -> None:
        self._deleting(super().action_delete_word_right)

    def action_delete_to_start_of_line(self) -> None:
        self._deleting(super().action_delete_to_start_of_line)

    async def action_delete_to_end_of_line_or_delete_line(self) -> None:
        before = self.text
        await super().action_delete_to_end_of_line_or_delete_line()
        self._say_deleted(before)

    def action_delete_line(self) -> None:
        self._deleting(super().action_delete_line)

    def action_undo(self) -> None:
        """Take back the last change."""
        before = self.text
        super().action_undo()
        again = f"Taken back. {key_words.cap('redo', 'editor')} makes it again."
        self._say_since(before, again, "There is nothing to take back.")

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        before = self.text
        super().action_redo()
        back = f"Made again. {key_words.cap('undo', 'editor')} takes it back."
        self._say_since(before, back, "There is nothing to make again.")

    def _deleting(self, delete: Callable[[], None]) -> None:
        before = self.text
        delete()
        self._say_deleted(before)

    def _say_deleted(self, before: str) -> None:
        """Say what was deleted, and how it comes back."""
        gone = one_line(_between(before, self.text)).strip()
        what = f"Deleted: “{shortened(gone, _SHOWN)}”" if gone else "Deleted"
        undo = key_words.cap("undo", "editor")
        self._say_since(before, f"{what}. {undo} brings it back.", _NOTHING)

    def _say_since(self, before: str, if_changed: str, if_not: str) -> None:
        if said := if_not if self.text == before else if_changed:
            self.notify(said)

    def action_paste(self) -> None:
        """Put in what was cut or copied last."""
        copied = app_services(self).copied
        if not copied:
            self.notify("Nothing was cut or copied here yet; your terminal’s own key pastes more.")
        elif pasted := self._replace_via_keyboard(copied, *self.selection):
            self.move_cursor(pasted.end_location)


def _between(before: str, after: str) -> str:
    """What stood in a text in one place, and does not any more."""
    gone = len(before) - len(after)
    start = next((n for n, sign in enumerate(after) if before[n : n + 1] != sign), len(after))
    return before[start : start + max(gone, 0)]
