"""A line to type in, from which nothing is deleted for good."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input

from explorer.ui import key_words
from explorer.ui.command import bindings
from explorer.ui.dialogs.dialog_commands import LINE


class LineInput(Input):
    """An input whose deletions can be taken back, as Textual's own cannot."""

    BINDINGS = bindings(LINE, "line")

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id, compact=True)
        self._before: list[tuple[str, int]] = []
        """What stood in the line before each deletion, the last one last."""
        self._after: list[tuple[str, int]] = []

    async def action_submit(self) -> None:
        """Let what the line is part of answer Enter at once, before the next key."""
        await self.run_action("screen.submit")

    def _keep(self) -> None:
        state = (self.value, self.cursor_position)
        if not self._before or self._before[-1][0] != self.value:
            self._before.append(state)
        self._after.clear()

    def delete(self, start: int, end: int) -> None:
        """Delete some of the line; undo brings it back."""
        self._keep()
        super().delete(start, end)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in the place of some of the line; undo brings that back."""
        if start != end:
            self._keep()
        super().replace(text, start, end)

    def action_cut(self) -> None:
        if self.selection.is_empty:
            self.notify("Nothing is selected, so nothing was cut. Shift and the arrows select.")
        else:
            self._keep()
            super().action_cut()
            self.notify("Cut. Ctrl+Z brings it back, Ctrl+V puts it elsewhere.")

    def action_paste(self) -> None:
        if self.app.clipboard:
            super().action_paste()
        else:
            self.notify("Nothing was cut or copied here yet; your terminal’s own key pastes more.")

    def action_delete_left_word(self) -> None:
        self._deleting(super().action_delete_left_word)

    def action_delete_left_all(self) -> None:
        self._deleting(super().action_delete_left_all)

    def action_delete_right_all(self) -> None:
        self._deleting(super().action_delete_right_all)

    def _deleting(self, delete: Callable[[], None]) -> None:
        before = self.value
        delete()
        if self.value == before:
            self.notify("There is nothing to delete here.")
        else:
            self.notify(key_words.said("Deleted. {line:undo} brings it back."))

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        self._step(self._before, self._after, "Nothing was deleted from this line.")

    def action_redo(self) -> None:
        """Delete it again."""
        self._step(self._after, self._before, "There is nothing to delete again.")

    def _step(
        self, source: list[tuple[str, int]], target: list[tuple[str, int]], none: str
    ) -> None:
        while source and source[-1][0] == self.value:
            source.pop()
        if not source:
            self.notify(none)
            return
        target.append((self.value, self.cursor_position))
        self.value, self.cursor_position = source.pop()


_MOST = 2000
"""Characters that a line takes at once."""


def one_line_of(text: str) -> tuple[str, str]:
    """A pasted text as a line holds it, and what became of it if that is not plain."""
    lines = [" ".join(line.split("\t")) for line in text.splitlines() if line.strip()]
    joined = " ".join(line.strip() for line in lines) if len(lines) > 1 else "".join(lines)
    remark = f"The {len(lines)} lines that were pasted are one line here." if len(lines) > 1 else ""
    if len(joined) > _MOST:
        remark = f"Only the first {_MOST:,} characters of what was pasted fit here."
    return joined[:_MOST], remark
