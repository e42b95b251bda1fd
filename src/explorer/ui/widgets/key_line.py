"""The last line: the keys that matter where the person is, or the message for them.

One widget that draws one line; Textual's own footer builds a widget for every key anew
whenever the focus moves. A message that needs more lines takes them from what is above.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rich.style import Style
from rich.text import Text
from textual.events import Click
from textual.geometry import Size
from textual.message import Message as TextualMessage
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from explorer.ui import commands, key_order
from explorer.ui.app_services import app_services, keys_shown
from explorer.ui.messages import Message
from explorer.ui.style import fitted
from explorer.ui.system.taken_in import taken_in

_ROLES = {"information": "strong", "warning": "warning", "error": "error"}


class KeyLine(Widget):
    """Shows the commands of a place that have `footer` set; a click runs one."""

    class Clicked(TextualMessage):
        """A command was clicked."""

        def __init__(self, command: commands.Command) -> None:
            super().__init__()
            self.command = command

    def __init__(self, place: str, idle: Collection[str] = ()) -> None:
        super().__init__()
        self._place = place
        self._idle = tuple(idle)
        """Actions of which there is nothing to do them with."""
        self._message: Message | None = None

    def on_mount(self) -> None:
        self.tell(app_services(self).messages.now)

    def show(self, place: str, idle: Collection[str] = ()) -> None:
        """Show the keys of another place, without the actions that are idle there now."""
        if (place, tuple(idle)) != (self._place, self._idle):
            self._place, self._idle = place, tuple(idle)
            self.refresh()

    def tell(self, message: Message | None) -> None:
        """Show a message in the place of the keys, or the keys again."""
        if message == self._message:
            return
        before = self.size.height
        self._message = message
        self.refresh(layout=before != len(self._lines(self.size.width)))

    def _cap(self, command: commands.Command) -> str:
        return keys_shown(self, command.main_key)

    def _width(self, command: commands.Command) -> int:
        return len(f" {self._cap(command)} {command.name} ")

    @property
    def _shown(self) -> list[commands.Command]:
        """As many as fit, what matters most first."""
        return key_order.shown(self._place, self._idle, self.size.width, self._width)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        return len(self._lines(width)) if self._message is not None else 1

    def _lines(self, width: int) -> list[Text]:
        if self._message is None:
            return [self._keys()]
        text = Text(self._message.words, _ROLES[self._message.severity])
        lines = app_services(self).look.wrap(text, max(width - 4, 1))
        most = max(self.screen.size.height // 2, 1)
        if len(lines) > most:
            lines = lines[:most]
            lines[-1].truncate(max(width - 5, 0))
            lines[-1].append("…")
        sign = Text(f" {self._message.sign} ", _ROLES[self._message.severity])
        return [
            Text.assemble(sign if number == 0 else "   ", line) for number, line in enumerate(lines)
        ]

    def _keys(self) -> Text:
        line = Text()
        for number, command in enumerate(self._shown):
            start = len(line)
            line.append(f" {self._cap(command)}", "key")
            line.append(f" {command.name} ", "muted")
            line.stylize(Style(meta={"command": number}), start)
        return line

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = self._lines(width)
        line = fitted(lines[y] if y < len(lines) else Text(), width)
        return Strip(app_services(self).look.segments(line), width).apply_style(self.rich_style)

    def on_click(self, event: Click) -> None:
        number = event.style.meta.get("command")
        if number is not None:
            self.post_message(self.Clicked(self._shown[number]))


async def run(command: commands.Command, screen: Screen[Any]) -> None:
    """Run a command that was chosen by name, where the person was: the nearest that knows it."""
    if command.opens:
        app_services(screen).ahead.begin(command.action)
    name = command.action.partition("(")[0]
    nearest = screen.focused.ancestors_with_self if screen.focused is not None else [screen]
    if screen.focused is not None:
        await taken_in(screen.focused)  # what was typed before
    for node in nearest:
        if hasattr(node, f"action_{name}"):
            await screen.app.run_action(command.action, node)
            return
