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

    at_times: bool = False
    """Whether it works only at times, and else leaves its keys to others."""

    slug: str = ""
    """Its name in the file of settings, when that is not its name in small letters."""

    place: str = ""
    """Where its keys are set, when that is not the place it is listed in."""

    opened_by: str = ""
    """Place and name of the command whose keys close again what they have opened."""

    def setting(self, place: str) -> tuple[str, str]:
        """The place and the name by which its keys are set, as listed in a place."""
        return self.place or place, self.slug or self.name.casefold().replace(" ", "-")

    @property
    def shown_keys(self) -> str:
        """The keys as printed on the keyboard: “k ↑”."""
        return " ".join(map(keycap, self.key_names))

    @property
    def key_names(self) -> list[str]:
        """Its keys by Textual's names; none when a person has taken them all away."""
        return list(filter(None, self.keys.split(",")))

    @property
    def main_key(self) -> str:
        """The first key, short: “^P”."""
        return keycap(next(iter(self.key_names), "")).replace("Ctrl+", "^")

    def binding(self, place: str) -> Binding:
        return Binding(
            self.keys,
            self.action,
            self.name,
            show=self.footer,
            key_display=self.main_key,
            tooltip=self.help,
            id=".".join(self.setting(place)),
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
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "escape": "Esc",
}


_ARROWS = str.maketrans({"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"})


def in_words(keys: str) -> str:
    """Keys as printed on the keyboard, the arrows by their names: in ASCII they would be others."""
    return keys.translate(_ARROWS)


def keycap(key: str) -> str:
    """A key of Textual's as printed on the keyboard: “Ctrl+Home” for “ctrl+home”."""
    *held, last = key.split("+")
    cap = _KEYCAPS.get(last) or (last if len(last) == 1 else last.capitalize())
    if held and len(last) == 1:
        cap = cap.upper()
    return "+".join([*map(str.capitalize, held), cap])


def bindings(commands: Iterable[Command], place: str, *, first: bool = False) -> list[BindingType]:
    """The commands of a place as Textual binds them, under names by which keys may be set.

    `first` lets no widget take their keys away.
    """
    return [
        replace(command.binding(place), priority=first or command.at_once) for command in commands
    ]
