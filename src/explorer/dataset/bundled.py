"""The datasets that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FIRST = "us-china-trade"
"""The one that opens when none is named."""


def bundled() -> Mapping[str, Path]:
    """The folder of each, by its name; the first is the one that opens when none is named."""
    package = Path(__file__).parents[1]
    installed = package / "data"
    folder = installed if (installed / FIRST).is_dir() else package.parents[1] / "data"
    names = sorted((path.name for path in folder.iterdir() if path.is_dir()), key=_first)
    return {name: folder / name for name in names}


def _first(name: str) -> tuple[bool, str]:
    return (name != FIRST, name)
