"""Choosing a source of a record: its address is shown whole before it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from explorer.record import labels
from explorer.record.model import Source
from explorer.text import urls
from explorer.ui import commands
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import SOURCES


class ChooseSource(Chooser[str]):
    """Returns the address to open, or None."""

    PLACE = "sources"
    BINDINGS = commands.bindings(SOURCES, first=True)

    def __init__(self, sources: Sequence[Source]) -> None:
        super().__init__([(_shown(source), source.address) for source in sources])
        self.title = "Open a source in the browser"
        self.sub_title = "Enter opens the address shown, Esc closes"


def _shown(source: Source) -> Content:
    """The source, its address below it and never cut."""
    reason = urls.why_not(source.address)
    address = source.address if reason is None else f"cannot be opened: {reason}"
    return Content.assemble((labels.source_line(source), "bold"), "\n", address)
