"""The last line: the keys that matter where the person is.

One widget that draws one line; Textual's own footer builds a widget for every key anew
whenever the focus moves.
"""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from explorer.ui import commands
from explorer.ui.paint import Look

_LEAST = 2
"""Help and the palette are never left out."""


def _width(command: commands.Command) -> int:
    return len(f" {command.main_key} {command.name} ")


class KeyLine(Widget):
    """Shows the commands of a place that have `footer` set; a click runs one."""

    look: Look = Look.plain()

    class Clicked(Message):
        """A command was clicked."""

        def __init__(self, command: commands.Command) -> None:
            super().__init__()
            self.command = command

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def show(self, place: str) -> None:
        """Show the keys of another place."""
        if place != self._place:
            self._place = place
            self.refresh()

    def restyle(self, look: Look) -> None:
        """Take on the styles of another theme."""
        self.look = look
        self.refresh()

    @property
    def _shown(self) -> list[commands.Command]:
        """As many as fit: the way to all others, which comes last, stays to the end."""
        shown = [command for command in commands.available(self._place) if command.footer]
        while len(shown) > _LEAST and sum(map(_width, shown)) > self.size.width:
            del shown[-_LEAST - 1]
        return shown

    def render(self) -> Text:
        line = Text(no_wrap=True, overflow="ellipsis")
        for number, command in enumerate(self._shown):
            start = len(line)
            line.append(f" {command.main_key}", self.look.styles["key"])
            line.append(f" {command.name} ", self.look.styles["muted"])
            line.stylize(Style(meta={"command": number}), start)
        return line

    def on_click(self, event: Click) -> None:
        number = event.style.meta.get("command")
        if number is not None:
            self.post_message(self.Clicked(self._shown[number]))
