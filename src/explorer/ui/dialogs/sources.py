"""Choosing a source of a record: its address is shown whole before it is opened."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.strip import Strip

from explorer.record import labels
from explorer.text import urls
from explorer.ui import commands, style
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import SOURCES
from explorer.ui.widgets.lines import Lines, over


class _Sources(Lines):
    """Each source on as many lines as it takes, its address below it and never cut."""

    BINDINGS = commands.bindings(SOURCES)

    def __init__(self, sources: list[Any], look: style.Look) -> None:
        super().__init__()
        self.look = look
        self.sources = sources
        self.place = 0
        self._lines: list[tuple[int, Text]] = []

    @property
    def current(self) -> Any:
        return self.sources[self.place]

    def line(self, number: int) -> Text:
        return self._lines[number][1]

    def marked(self, number: int, strip: Strip) -> Strip:
        if self._lines[number][0] != self.place:
            return strip
        return over(strip, self.look.styles["cursor"])

    def on_resize(self) -> None:
        self._lines = []
        for place, source in enumerate(self.sources):
            reason = urls.why_not(source.address)
            address = source.address if reason is None else f"cannot be opened: {reason}"
            for text, indent in (
                (Text(labels.source_line(source), "strong"), 1),
                (Text(address, "address" if reason is None else "warning"), 3),
            ):
                for part in self.look.wrap(text, self.room - indent - 1):
                    self._lines.append((place, Text.assemble(" " * indent, part)))
        self.set_length(len(self._lines))
        self._show()

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.top < len(self._lines):
            self.place = self._lines[offset.y + self.top][0]
            self._show()
            if event.chain == 2 and isinstance(self.screen, ChooseSource):  # noqa: PLR2004
                self.screen.action_choose()

    def action_move(self, way: int) -> None:
        self.place = max(0, min(self.place + way, len(self.sources) - 1))
        self._show()

    def _show(self) -> None:
        own = [number for number, (place, _) in enumerate(self._lines) if place == self.place]
        self.show_line(own[0], own[-1])
        self.refresh()


class ChooseSource(Dialog[str | None]):
    """Returns the address to open, or None."""

    PLACE = "sources"
    BINDINGS = commands.bindings(SOURCES)

    def __init__(self, sources: list[Any], look: style.Look) -> None:
        super().__init__()
        self._list = _Sources(sources, look)

    def compose(self) -> ComposeResult:
        with Vertical(id="sources", classes="dialog") as dialog:
            dialog.border_title = Content("Open a source in the browser")
            dialog.border_subtitle = Content("Enter opens the address shown, Esc closes")
            yield self._list
        yield self.keys

    def on_mount(self) -> None:
        self._list.focus()

    def action_choose(self) -> None:
        self.dismiss(self._list.current.address)
