"""The files with the words of texts that lie beside TOML files: which there are, and their bytes.

What is in them is taken apart in `long_texts`, which a start from the cache does not need.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

MAX_BYTES = 4_000_000
"""A file with the words of a text larger than this is refused: a book has a fourth of it."""
MAX_ALL = 64_000_000
"""No more than so many bytes of such files are read together."""
NOT_THERE = "is not there, beside this file"
ENDINGS = (".md", ".markdown", ".txt")
"""How the names of such files end."""

_NAMED = re.compile(
    rb"^[ \t]*[\"']?file[\"']?[ \t]*=[ \t]*(?:\"([^\"\n\\]+)\"|'([^'\n]+)')", re.MULTILINE
)


def is_text_file(file: Path) -> bool:
    """Whether a file of a dataset is one with the words of a text."""
    return file.suffix.lower() in ENDINGS


def beside(toml: Iterable[Path]) -> list[Path]:
    """The files beside some TOML files that these may name, whether they do or not."""
    found: list[Path] = []
    for folder in dict.fromkeys(path.parent for path in toml):
        with suppress(OSError):
            found += (file for file in sorted(folder.iterdir()) if _may_be(file))
    return found


def _may_be(file: Path) -> bool:
    return is_text_file(file) and not file.name.startswith(".") and file.is_file()


def named_in(toml: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """The files that TOML files name and that lie beside them, with their bytes.

    None is read further than what is refused. One that cannot be read is left out: why, is
    said when its text is put together.
    """
    found: dict[Path, bytes] = {}
    room = MAX_ALL
    for path, data in toml.items():
        for match in _NAMED.finditer(data):
            name = (match[1] or match[2]).decode("utf-8", "replace")
            file = path.parent / name
            if file in found or why_not(name, file):
                continue
            with suppress(OSError), file.open("rb") as opened:
                read = opened.read(min(MAX_BYTES + 1, room + 1))
                if len(read) <= room:
                    found[file], room = read, room - len(read)
    return found


def why_not(name: str, file: Path) -> str:
    """Why a file may not be read, or nothing when it may."""
    if Path(name).name != name or name.startswith("."):
        return "must be the name of a file beside this one"
    if not is_text_file(file):
        return f"must be plain text or Markdown, and end in {' or '.join(ENDINGS)}"
    try:
        if file.resolve().parent != file.parent.resolve():
            return "leads out of the dataset's folder"
        return "" if file.is_file() else NOT_THERE
    except (OSError, ValueError, RuntimeError) as error:
        return f"cannot be read: {error}"
