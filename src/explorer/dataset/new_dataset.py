"""A small dataset to begin one's own from: valid, with comments, and quick to write over.

Its files are those of `template`, with the name, the folder and days near today filled in.
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from importlib.resources import files as package_files
from pathlib import Path
from string import Template

from explorer.dataset.schema import schema
from explorer.errors import TakenError, UsageError
from explorer.storage import files, folders
from explorer.text.json_text import as_json
from explorer.text.sanitize import one_line, plain
from explorer.text.slugs import slug

SCHEMA = "explorer.schema.json"
"""What the schema is called that stands beside the files."""

_BEGAN, _MET, _DUE = timedelta(days=-30), timedelta(days=-7), timedelta(days=60)
"""How far from today the example's days are: something has happened, and something is due."""
_LONGEST = 60
"""Letters of an id."""
_ORDER = (
    "negotiation sources delegations rounds issues quotes points texts figures milestones".split()
)


def make(folder: Path, name: str, today: date) -> tuple[Path, ...]:
    """Write a dataset of this name into a folder that is new or empty, and return its files.

    Raises TakenError when something is in it, and UsageError when it cannot be written.
    """
    name = one_line(plain(name)).strip() or named_after(folder)
    filled = {
        "name": _in_quotes(name),
        "id": slug(name)[:_LONGEST].strip("-") or slug(folder.name) or "my-talks",
        "folder": one_line(str(folder)),
        "began": (today + _BEGAN).isoformat(),
        "met": (today + _MET).isoformat(),
        "due": (today + _DUE).isoformat(),
        "today": today.isoformat(),
    }
    template = package_files("explorer.dataset") / "template"
    written = {
        f"{part}.toml": f"#:schema ./{SCHEMA}\n"
        + Template((template / f"{part}.toml").read_text("utf-8")).substitute(filled)
        for part in _ORDER
    }
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise TakenError(f"{folder} is there and is not empty; name a new folder")
        folders.folder_within(folder)
        for file, text in {**written, SCHEMA: as_json(schema())}.items():
            files.replace_file(folder / file, text.encode())
    except OSError as error:
        raise UsageError(f"{folder} could not be made: {files.explained(error)}") from error
    return tuple(folder / file for file in written)


def named_after(folder: Path) -> str:
    """The name of a negotiation after its folder: “rhine-talks” is “Rhine talks”."""
    # Path.resolve would raise at links that lead in a circle.
    name = Path(os.path.realpath(folder)).name
    words = re.sub(r"[-_\s]+", " ", one_line(plain(name))).strip()
    return words[:1].upper() + words[1:] or "My talks"


def _in_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
