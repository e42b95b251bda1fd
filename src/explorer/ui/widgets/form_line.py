"""The fields of a form that text is typed in: a line, and several lines."""

from __future__ import annotations

from collections.abc import Callable

from textual.events import Paste

from explorer.adding.typed_values import LONGEST, clean
from explorer.ui.widgets.line_input import LineInput, one_line_of
from explorer.ui.widgets.note_text import NoteText


class FormLine(LineInput):
    """A line that may take what is pasted for more than a line."""

    takes_any_character = True
    """What is pasted comes as it is, with its lines, and is filtered here."""

    def __init__(
        self,
        value: str,
        *,
        placeholder: str = "",
        pasted: Callable[[str], bool] | None = None,
        emptied: Callable[[], None] | None = None,
    ) -> None:
        """`pasted` says whether it took a text for itself; `emptied` is for a further backspace."""
        super().__init__(value, placeholder=placeholder)
        self._pasted, self._emptied = pasted, emptied

    async def _on_paste(self, event: Paste) -> None:  # type: ignore[override]
        event.stop()
        event.prevent_default()
        if self._pasted is not None and self._pasted(event.text):
            return
        text, remark = one_line_of(clean(event.text[: LONGEST * 2]))
        if remark:
            self.notify(remark)
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)

    def action_delete_left(self) -> None:
        if not self.value and self._emptied is not None:
            self._emptied()
        else:
            super().action_delete_left()


class FormText(NoteText):
    """Several lines. Tab goes on to the next field; what is pasted is cut where it is too long."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.tab_behavior = "focus"

    async def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        room = max(LONGEST - len(self.text), 0)
        # What is cut away is not even looked at.
        text = clean(event.text[: LONGEST * 2]).strip("\n")
        if len(text) > room:
            text = text[:room]
            self.notify(f"Only the first {room:,} characters of what was pasted fit here.")
        if text and (pasted := self._replace_via_keyboard(text, *self.selection)):
            self.move_cursor(pasted.end_location)
