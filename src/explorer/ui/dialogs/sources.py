"""Choosing a source of a record: its address is shown whole before it is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from explorer.record import labels
from explorer.record.model import Source
from explorer.text import urls
from explorer.ui import commands, key_words
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import SOURCES


class ChooseSource(Chooser[str]):
    """Returns the address to open, or None."""

    PLACE = "sources"
    BINDINGS = commands.bindings(SOURCES, "sources", first=True)

    def __init__(self, sources: Sequence[Source]) -> None:
        super().__init__([choice for source in sources for choice in _choices(source)])
        self.title = "Open a source in the browser"
        self.sub_title = key_words.said(
            "{sources:open} opens the address shown, {sources:close} closes"
        )


def _choices(source: Source) -> Iterator[tuple[Content, str]]:
    """The source, and then the copy of it that an archive keeps."""
    yield _shown(labels.source_line(source), source.address), source.address
    if copy := source.archived:
        yield _shown(f"    archived copy of {labels.day(copy.on)}", copy.address), copy.address


def _shown(what: str, address: str) -> Content:
    """What it is, its address below it and never cut."""
    reason = urls.why_not(address)
    shown = address if reason is None else f"cannot be opened: {reason}"
    return Content.assemble((what, "bold"), "\n", shown)
