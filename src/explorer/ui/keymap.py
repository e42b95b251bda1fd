"""The keys in force: those of the tables of commands, but for what a person has set.

A process has one person, whose keys all screens and widgets share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from explorer.ui.command import Command

NO_KEY = "no_key"
"""Stands for a key where none is to be bound; no keyboard sends it."""


class Keymap:
    """Keys by the place and the name under which they are set."""

    def __init__(self, keys: Mapping[tuple[str, str], str]) -> None:
        self._keys = dict(keys)

    def in_force(self, place: str, command: Command) -> Command:
        """A command, as listed in a place, with the keys that it has now; perhaps none."""
        keys = self._keys.get(command.setting(place))
        return command if keys is None else replace(command, keys=keys)

    @property
    def changed(self) -> Mapping[tuple[str, str], str]:
        """What a person has set: keys, separated by commas, by place and name."""
        return self._keys

    @property
    def for_textual(self) -> Mapping[str, str]:
        """The same by the names of bindings."""
        return {".".join(setting): keys or NO_KEY for setting, keys in self._keys.items()}


UNCHANGED = Keymap({})
_now = UNCHANGED


def use(keymap: Keymap) -> None:
    """Let these keys be in force from now on."""
    global _now  # noqa: PLW0603 -- see the module
    _now = keymap


def now() -> Keymap:
    """The keys in force."""
    return _now
