"""What the app remembers between starts: for now, the theme."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from explorer import files


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices kept in settings.toml in the user's configuration folder."""

    theme: str = ""


def load() -> Settings:
    """The kept settings; the defaults when there are none or they cannot be read."""
    import tomli

    try:
        read = tomli.loads((files.config_folder() / "settings.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    theme = read.get("theme", "")
    return Settings(theme=theme if isinstance(theme, str) else "")


def keep_theme(theme: str) -> None:
    """Remember the theme; a folder that cannot be written to costs only the memory."""
    import tomli_w

    folder = files.config_folder()
    with suppress(OSError):
        files.private_folder(folder)
        files.replace_file(folder / "settings.toml", tomli_w.dumps({"theme": theme}).encode())
