"""A briefing as a file: written whole, for this user only, and never over another's work.

The first line of a briefing holds a digest of the rest. So an earlier briefing that is as it
was made is known for one; a file that was edited since is somebody's work.
"""

from __future__ import annotations

import errno
import hashlib
import re
from pathlib import Path

from explorer.documents.render import RENDERERS, render
from explorer.documents.sheet import Sheet
from explorer.errors import ExplorerError, TakenError
from explorer.storage import files

FORMS = {ending: name for name in ("md", "html") for ending in RENDERERS[name].extensions}
"""The formats of a briefing by how a file's name ends."""

_SEAL = re.compile(rb"explorer brief ([0-9a-f]{12})")
_LIMIT = 64 * 1024 * 1024
"""Most bytes of a file that is looked at; none larger is a briefing."""


class BriefError(ExplorerError):
    """A briefing could not be written. What stood in its place is as it was."""

    title = "The briefing was not written"


def write(sheet: Sheet, to: str) -> str:
    """A briefing in Markdown or HTML; its first line, which is not shown, seals it."""
    if to == "html":
        first, _, rest = render(sheet, to).partition("\n")
        lead, trail = f"{first}<!-- ", " -->"
    else:
        lead, rest, trail = '[//]: # "', f"\n{render(sheet, to)}", '"'
    return f"{lead}explorer brief {_digest(rest.encode())}{trail}\n{rest}"


def save(path: Path, text: str, *, force: bool = False) -> None:
    """Write a briefing; with `force` over any file, else only over one that is unchanged.

    Raises TakenError when something else stands there, and BriefError.
    """
    try:
        if (stands := _standing(path)) is not None and not force:
            _refuse_others(path, stands)
        files.replace_file(path, text.encode())
    except OSError as error:
        missing = not path.parent.is_dir() and isinstance(error, FileNotFoundError)
        why = "there is no such folder" if missing else files.why(error)
        raise BriefError(f"{path} could not be written: {why}") from error


def _standing(path: Path) -> bytes | None:
    """What the file holds; None when there is none. Raises OSError when it is no file."""
    try:
        return files.read_limited(path, _LIMIT)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.EFBIG:
            return b""
        raise


def _refuse_others(path: Path, stands: bytes) -> None:
    first, _, rest = stands.partition(b"\n")
    found = _SEAL.search(first)
    if found is None:
        raise TakenError(f"{path} is there and is no briefing; --force writes over it")
    if found[1].decode() != _digest(rest):
        raise TakenError(f"{path} was edited since it was made; --force writes over it")


def _digest(rest: bytes) -> str:
    return hashlib.sha256(rest).hexdigest()[:12]
