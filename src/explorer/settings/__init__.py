"""What a person has set: one TOML file in the folder for configuration.

`setting_table` says which settings there are, `settings_file` reads the file and names every
mistake in it, `settings_writing` keeps the one that the app itself changes. What the keys
may be is known to those who have the commands; here they are names and texts.
"""

from __future__ import annotations

from explorer.settings.setting_table import SETTINGS, Setting
from explorer.settings.settings_file import Settings, path, read

__all__ = ["SETTINGS", "Setting", "Settings", "date_order", "editor", "keep", "path", "read"]


def keep(name: str, value: str) -> str:
    """Write a setting that was chosen in the app; return why it could not be, or nothing."""
    from explorer.settings.settings_writing import keep_in_file  # which few starts need

    return keep_in_file(name, value)


def date_order() -> str:
    """How a day such as 10/11/2025 is read: “day-month”, “month-day”, or nothing: it is asked."""
    return str(read().value("date_order"))


def editor() -> str:
    """The command of the editor that was set; nothing when the environment is to say."""
    return str(read().value("editor"))
