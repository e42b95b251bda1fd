"""A sheet to be looked at beside something else: it scrolls, and nothing in it leads anywhere."""

from __future__ import annotations

from rich.text import Text

from explorer.documents.pages import Sheet
from explorer.ui.widgets.layout import Layout
from explorer.ui.widgets.lines import Lines


class SheetPreview(Lines, can_focus=False):
    """Shows a sheet, or a sentence while there is none."""

    def __init__(self) -> None:
        super().__init__(classes="sheet-preview")
        self._sheet: Sheet | None = None
        self._instead = ""
        self._lines: list[Text] = []

    def show(self, sheet: Sheet | None, instead: str = "") -> None:
        """Show a sheet, or what is said instead."""
        self._sheet, self._instead = sheet, instead
        self._lay_out()

    def _lay_out(self) -> None:
        if self._sheet is None:
            self._lines = self.look.wrap(Text(self._instead, "muted"), self.room)
        else:
            layout = Layout(self._sheet, self.room, self.look, titled=True)
            layout.finish()
            self._lines = layout.lines
        self.set_length(len(self._lines))
        self.refresh()

    def line(self, number: int) -> Text:
        return self._lines[number].copy()

    def on_resize(self) -> None:
        super().on_resize()
        self._lay_out()
