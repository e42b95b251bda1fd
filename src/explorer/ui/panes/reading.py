"""Where the record and its notes stand, and words are marked in the record's place."""

from __future__ import annotations

from textual import on
from textual.containers import Container

from explorer.ui.panes.record import RecordPage


class Reading(Container):
    """Puts what marks words in the place of the record's page, and the page back again."""

    def __init__(self) -> None:
        super().__init__(id="reading")

    @on(RecordPage.Marking)
    async def mark_words(self, event: RecordPage.Marking) -> None:
        from explorer.ui.marker import Marker

        record = self.query_one(RecordPage)
        if not record.display or record.sheet is None or record.selected is None:
            return
        lines = record.laid_out.lines
        marker = Marker(record.selected, record.sheet.title, lines, record.top, record.look)
        record.display = False
        await self.mount(marker, before=record)
        marker.begin(event.start, event.end)
        self.screen.set_focus(marker)

    def on_marker_left(self) -> None:
        self.end_marking()
        self.screen.set_focus(self.query_one(RecordPage))

    def end_marking(self) -> None:
        """Show the record's page again; what marked words was only ever on that page."""
        record = self.query_one(RecordPage)
        if record.display:
            return
        record.display = True
        for marker in self.query(".marker"):
            if marker.has_focus:  # or it would pass the focus to a pane
                self.screen.set_focus(record)
            marker.display = False
            marker.remove()
