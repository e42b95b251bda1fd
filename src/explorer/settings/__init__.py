"""What a person has set: one TOML file in the folder for configuration.

`setting_table` says which settings there are, `settings_file` reads the file and names every
mistake in it, `settings_writing` keeps the one that the app itself changes. What the keys
may be is known to those who have the commands; here they are names and texts.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from explorer.settings.setting_table import SETTINGS, Setting
from explorer.settings.settings_file import Settings, path, read

__all__ = ["SETTINGS", "Setting", "Settings"]
__all__ += ["also", "author", "date_order", "editor", "hides_others", "keep", "path", "read"]


def keep(name: str, value: str) -> str:
    """Write a setting that was chosen in the app; return why it could not be, or nothing."""
    from explorer.settings.settings_writing import keep_in_file  # which few starts need

    return keep_in_file(name, value)


def date_order() -> str:
    """How a day such as 10/11/2025 is read: “day-month”, “month-day”, or nothing: it is asked."""
    return str(read().value("date_order"))


def author() -> str:
    """How the reader's notes are signed; nothing when they are not."""
    return str(read().value("author"))


def also() -> tuple[Path, ...]:
    """The folders of colleagues that are read beside the reader's own."""
    found = read().value("also")
    return tuple(map(_at_home, found)) if isinstance(found, tuple) else ()


def _at_home(folder: str) -> Path:
    """A folder as the file names it: from the user's home, or from where the file is."""
    with suppress(OSError, RuntimeError):  # a user without a home
        return path().parent / Path(folder).expanduser()
    return Path(folder)


def hides_others() -> bool:
    """Whether the notes of other people are not to be shown."""
    return read().value("others") == "hidden"


def editor() -> str:
    """The command of the editor that was set; nothing when the environment is to say."""
    return str(read().value("editor"))
