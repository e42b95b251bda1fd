"""What the app remembers between starts: for now, the theme."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from explorer.storage import files, folders


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices kept in settings.toml in the user's configuration folder."""

    theme: str = ""


_LARGEST = 64 * 1024


def load() -> Settings:
    """The kept settings; the defaults when there are none or they cannot be read."""
    theme = _read().get("theme", "")
    return Settings(theme=theme if isinstance(theme, str) else "")


def keep_theme(theme: str) -> None:
    """Remember the theme; a folder that cannot be written to costs only the memory."""
    import tomli_w

    kept = _read()
    if kept.get("theme") == theme:
        return
    with suppress(OSError):
        path = _path()
        folders.private_folder(path.parent)
        files.replace_file(path, tomli_w.dumps(kept | {"theme": theme}).encode())


def _path() -> Path:
    return folders.config_folder() / "settings.toml"


def _read() -> dict[str, object]:
    import tomli

    try:
        return tomli.loads(files.read_limited(_path(), _LARGEST).decode())
    except (OSError, ValueError):
        return {}
