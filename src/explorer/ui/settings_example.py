"""A file of settings with every default, and the names of all commands: for a person to copy."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from explorer.settings import SETTINGS
from explorer.settings.setting_table import KEYS, Value
from explorer.ui import commands
from explorer.ui.command import keycap
from explorer.ui.key_settings import EVERYWHERE, key_named, name_of, settable, table_of
from explorer.ui.keymap import Keymap

_WIDTH = 92


def example() -> str:
    """The file, in which nothing is set yet."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from _comment(
        "Settings of explorer. Take the # off a line to set it; a line that is wrong is named, "
        "and all others hold. “explorer settings” shows what is in force."
    )
    for setting in SETTINGS:
        yield ""
        takes = f" It takes {setting.takes}." if "`" in setting.takes else ""
        yield from _comment(f"{setting.meaning}{takes}".replace("`", ""))
        value = setting.example if setting.default in ("", ()) else setting.default
        yield f"# {setting.name} = {_toml(value)}"
    yield ""
    yield from _comment(
        "The keys. A name stands for a command everywhere; below the name of a place, as in "
        f"[{table_of('record')}], for the one there. It takes a key or a list; [] takes all away."
    )
    yield f"[{KEYS}]"
    for place in sorted(commands.PLACES, key=lambda place: place != EVERYWHERE):
        if place != EVERYWHERE:
            yield ""
            yield f"[{table_of(place)}]  # {commands.PLACES[place][0]}"
        for command in settable(place):
            keys = [_toml(shown(key)) for key in command.key_names]
            value = keys[0] if len(keys) == 1 else f"[{', '.join(keys)}]"
            yield f"# {command.setting(place)[1]} = {value}"


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, _WIDTH):
        yield f"# {line}"


def _toml(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'\"'" if value == '"' else '"' + value.replace("\\", "\\\\") + '"'


def shown(key: str) -> str:
    """A key as one writes it into the file: “[” for Textual's “left_square_bracket”."""
    *held, last = key.split("+")
    sign = keycap(last)
    if len(sign) == 1 and key_named(sign)[0] == last:
        last = sign
    return "+".join([*held, last])


def key_lines(keymap: Keymap) -> Iterator[str]:
    """Every command with the name under which its keys are set, and those in force."""
    for place in sorted(commands.PLACES, key=lambda place: place != EVERYWHERE):
        if place != EVERYWHERE:
            yield ""
        yield f"[{table_of(place)}]  {commands.PLACES[place][0]}"
        for command in settable(place):
            keys = keymap.in_force(place, command).key_names
            listed = "  ".join(map(shown, keys)) or "(no key)"
            yield f"  {command.setting(place)[1]:<14}{listed:<24}{command.help}"


def keys_as_data(keymap: Keymap) -> list[Any]:
    """The same as plain values."""
    return [
        {
            "place": name_of(place),
            "command": command.setting(place)[1],
            "keys": list(map(shown, keymap.in_force(place, command).key_names)),
            "from": "file" if command.setting(place) in keymap.changed else "default",
            "help": command.help,
        }
        for place in commands.PLACES
        for command in settable(place)
    ]
