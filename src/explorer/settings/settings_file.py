"""Reads the file of settings. A mistake in it costs what is wrong, and nothing else.

The file is read when it is first needed and again when it has changed, so that nothing holds
it open and nobody has to pass it on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.settings.setting_table import KEYS, SETTINGS, Setting, Value
from explorer.storage import files, folders
from explorer.values import dataclass

if TYPE_CHECKING:
    from explorer.dataset.problems import Problem

ENVIRONMENT = "EXPLORER_SETTINGS"
"""Names another file."""
LARGEST = 256 * 1024
_TRIES = 20
"""Lines that are left out at most, to read what is sound."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """What was set, and what is wrong with it."""

    path: Path | None
    """Where the file is or would be; None for a user without a home."""
    values: Mapping[str, Any]
    """What stands in the file and is sound, but for the keys."""
    keys: Mapping[str, Any]
    """The table of keys as it stands there."""
    problems: tuple[Problem, ...] = ()
    data: bytes = b""
    """The file."""

    def value(self, name: str) -> Value:
        """What is in force: what stands in the file, or else the default."""
        found: Value = self.values.get(name, _BY_NAME[name].default)
        return tuple(found) if isinstance(found, list) else found

    def origin(self, name: str) -> tuple[Value, str]:
        """What is in force, and where that is from: “file”, “default” or a variable."""
        if name in self.values:
            return self.value(name), "file"
        for variable in _BY_NAME[name].environment:
            if said := os.environ.get(variable, "").strip():
                return said, variable
        return _BY_NAME[name].default, "default"

    def problem(self, keys: tuple[str, ...], message: str, hint: str = "", **more: str) -> Problem:
        """A mistake in what stands under some keys, at its place in the file."""
        from explorer.settings.mistakes import mistake

        assert self.path is not None
        return mistake(self.path, self.data, keys, message, hint, **more)


_NONE = Settings(None, {}, {})
_read: tuple[object, Settings] = (None, _NONE)


def path() -> Path:
    """Where the file is, or would be. Raises OSError when this user has no home folder."""
    named = os.environ.get(ENVIRONMENT, "")
    return Path(named).expanduser() if named else folders.config_folder() / "settings.toml"


def read() -> Settings:
    """What is set now. It raises nothing: what cannot be read is named among the problems."""
    global _read  # noqa: PLW0603 -- one person, one file
    try:
        where = path()
    except (OSError, RuntimeError):
        return _NONE
    try:
        found = where.stat()
        state: object = (where, found.st_mtime_ns, found.st_size, found.st_ino)
    except (OSError, ValueError):
        state = where
    if _read[0] != state:
        _read = (state, _read_file(where))
    return _read[1]


def _read_file(where: Path) -> Settings:
    try:
        data = files.read_limited(where, LARGEST)
    except FileNotFoundError:
        return Settings(where, {}, {})
    except (OSError, ValueError) as error:
        from explorer.settings.mistakes import unreadable

        why = files.why(error) if isinstance(error, OSError) else "its name is no name of a file"
        return Settings(where, {}, {}, (unreadable(where, why),))
    return _parsed(where, data)


def _parsed(where: Path, data: bytes) -> Settings:
    import tomli  # most people have nothing to parse

    problems: list[Problem] = []
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
        table = tomli.loads(text)
    except UnicodeDecodeError as error:
        from explorer.settings.mistakes import not_text

        return Settings(where, {}, {}, (not_text(where, data, error),), data)
    except (ValueError, RecursionError):
        from explorer.settings.mistakes import sound_part

        table, problems = sound_part(where, text, _TRIES)
    keys = table.pop(KEYS, {})
    raw = Settings(where, table, keys if isinstance(keys, dict) else {}, (), data)
    if not isinstance(keys, dict):
        hint = 'write a table: [keys], and below it a line such as search = "s"'
        problems.append(raw.problem((KEYS,), f"must be a table, and is {_as_toml(keys)}", hint))
    problems += _wrong(raw)
    wrong = {problem.field.split(", ")[0] for problem in problems}
    sound = {name: value for name, value in table.items() if name not in wrong}
    return Settings(where, sound, raw.keys, tuple(problems), data)


def _wrong(raw: Settings) -> Iterable[Problem]:
    for name, value in raw.values.items():
        setting = _BY_NAME.get(name)
        if setting is None:
            yield _unknown(raw, name)
        elif (hint := _refused(setting, value)) is not None:
            message = f"must be {setting.takes.replace('`', '')}, and is {_as_toml(value)}"
            yield raw.problem((name,), message, hint, check="wrong-value")


def _unknown(raw: Settings, name: str) -> Problem:
    from explorer.text.near_words import nearest

    near = nearest(name.replace("-", "_").casefold(), (*_BY_NAME, KEYS))
    known = f"the settings are {', '.join(_BY_NAME)} and the table [{KEYS}]"
    hint = f"did you mean {near}?" if near else known
    return raw.problem((name,), "is no setting", hint, check="unknown-key", suggestion=near)


def _refused(setting: Setting, value: object) -> str | None:
    """What would be right, when a value is not; else None."""
    if isinstance(setting.default, bool):
        return None if isinstance(value, bool) else f"write {setting.name} = true"
    if isinstance(setting.default, tuple) and isinstance(setting.example, tuple):
        is_right = isinstance(value, list) and all(_is_line(item) for item in value)
        words = ", ".join(f'"{word}"' for word in setting.example)
        return None if is_right else f"write {setting.name} = [{words}]"
    if isinstance(value, str) and (value in setting.choices or not setting.choices):
        return None if _is_line(value) else "write it on one line"
    if isinstance(value, str):
        from explorer.text.near_words import nearest

        if near := nearest(value.casefold().replace("_", "-"), setting.choices):
            return f"did you mean {near}?"
    return f'write {setting.name} = "{setting.example}"'


_LONGEST = 1000


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST


def _as_toml(value: object) -> str:
    from explorer.dataset.problems import as_in_toml

    return as_in_toml(value)
