"""A command: its keys, its name and what it does for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual.binding import Binding, BindingType

from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do, and the keys that do it."""

    keys: str
    """Keys by Textual's names, the main one first, separated by commas."""
    action: str
    name: str
    """A word or two, for the footer and the palette."""
    help: str
    """A sentence saying what it does."""
    footer: bool = False
    """Whether the footer shows it."""
    move: bool = False
    """Whether it only moves: the palette leaves those out, the key being quicker."""

    opens: bool = False
    """Whether it opens something to type in."""

    at_once: bool = False
    """Whether it acts before its key goes where the focus is, so that a next key, however
    fast, goes where the focus is then."""

    @property
    def shown_keys(self) -> str:
        """The keys as printed on the keyboard: “k ↑”."""
        return " ".join(map(keycap, self.keys.split(",")))

    @property
    def main_key(self) -> str:
        """The first key, short: “^P”."""
        return keycap(self.keys.split(",")[0]).replace("Ctrl+", "^")

    def binding(self) -> Binding:
        return Binding(
            self.keys,
            self.action,
            self.name,
            show=self.footer,
            key_display=self.main_key,
            tooltip=self.help,
            id=self.action,
            priority=self.at_once,
        )


_KEYCAPS = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "plus": "+",
    "escape": "Esc",
}


def keycap(key: str) -> str:
    """A key of Textual's as printed on the keyboard: “Ctrl+Home” for “ctrl+home”."""
    *held, last = key.split("+")
    cap = _KEYCAPS.get(last) or (last if len(last) == 1 else last.capitalize())
    if held and len(last) == 1:
        cap = cap.upper()
    return "+".join([*map(str.capitalize, held), cap])


def bindings(commands: Iterable[Command], *, first: bool = False) -> list[BindingType]:
    """The commands as Textual binds them; `first` lets no widget take their keys away."""
    return [replace(command.binding(), priority=first or command.at_once) for command in commands]
