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
        if self.query(Marker) or record.sheet is None:
            return
        marker = Marker(record.sheet.title, record.laid_out.lines, record.top, record.look)
        record.display = False
        await self.mount(marker, before=record)
        marker.begin(event.start, event.end)
        self.screen.set_focus(marker)

    async def on_marker_left(self) -> None:
        await self.end_marking()

    async def end_marking(self) -> None:
        """Show the record's page again."""
        record = self.query_one(RecordPage)
        record.display = True
        self.screen.set_focus(record)  # before the marker goes, which would pass it to a pane
        await self.query("#marker").remove()
