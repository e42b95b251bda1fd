"""What the app remembers between starts, in settings.toml: for now, the theme."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from explorer.storage import files, folders

_LARGEST = 64 * 1024


def theme() -> str:
    """The theme that was kept; nothing when there is none or it cannot be read."""
    kept = _read().get("theme")
    return kept if isinstance(kept, str) else ""


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
    try:
        text = files.read_limited(_path(), _LARGEST).decode()
        import tomli  # most people have nothing to parse

        return tomli.loads(text)
    except (OSError, ValueError):
        return {}
