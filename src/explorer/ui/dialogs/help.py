"""The keys of where you are, then those of everywhere, from the tables of commands."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from explorer.ui import commands, style
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import HELP, SCROLLING
from explorer.ui.widgets.lines import Lines

_KEYS = 20
"""Width of the column of keys."""
_NAME = 12


class _Keys(Lines):
    """A table of keys, names and what they do."""

    BINDINGS = commands.bindings(SCROLLING)

    def __init__(self, place: str, look: style.Look) -> None:
        super().__init__()
        self.look = look
        self._place = place
        self._lines: list[Text] = []

    def line(self, number: int) -> Text:
        return self._lines[number]

    def on_resize(self) -> None:
        self._lines = list(self._table())
        self.set_length(len(self._lines))
        self.refresh()

    def _table(self) -> list[Text]:
        near = commands.places_of(self._place)
        order = [*near, *(place for place in commands.PLACES if place not in near)]
        lines: list[Text] = []
        for place in order:
            title, listed = commands.PLACES[place]
            if place in near:  # with the keys that are not taken by what is nearer
                actions = [command.action for command in listed]
                listed = tuple(c for c in commands.available(self._place) if c.action in actions)
            lines += [Text(title, "title")]
            for command in listed:
                keys = style.fitted(Text(command.shown_keys, "link"), min(_KEYS, self.room // 3))
                room = self.room - len(keys) - 2
                said = Text.assemble((command.name, "strong"), " — ", (command.help, ""))
                for number, part in enumerate(self.look.wrap(said, room)):
                    lead = keys if number == 0 else Text(" " * len(keys))
                    lines.append(Text.assemble("  ", lead, part))
            lines.append(Text())
        return lines


class Help(Dialog[None]):
    """Closes with the key that opened it, or escape."""

    PLACE = "help"
    BINDINGS = commands.bindings(HELP)

    def __init__(self, place: str, look: style.Look) -> None:
        super().__init__()
        self._keys = _Keys(place, look)

    def compose(self) -> ComposeResult:
        with Vertical(id="help", classes="dialog") as dialog:
            dialog.border_title = Content("Keys")
            dialog.border_subtitle = Content("Esc closes, ↑ ↓ scroll")
            yield self._keys
        yield self.keys

    def on_mount(self) -> None:
        self._keys.focus()
