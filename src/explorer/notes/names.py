"""What the files of notes are called.

The names say whose note a file is, and nothing in a reference can lead out of the folder:
they are ASCII, lower case, and at most 71 long.
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import datetime
from pathlib import Path

from explorer.model import Ref

_COPY = ".conflict-"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 255
"""Bytes in the name of a file, on the disks there are."""
_TRASHED = re.compile(r"(.+)\.\d+T\d{6}Z-[0-9a-f]{8}\.toml")


def file_name(ref: Ref) -> str:
    """The name of the file for the first note on a record."""
    return f"{_stem(ref)}.toml"


def further_name(ref: Ref) -> str:
    """A new name for the file of a further note on a record."""
    return f"{_stem(ref)}-{os.urandom(4).hex()}.toml"


def copy_name(note_id: str, time: datetime) -> str:
    """A new name for a conflict copy beside a note; copies sort by their time."""
    return f"{note_id}{_COPY}{_unique(time)}.toml"


def trash_name(path: Path, time: datetime) -> str:
    """A new name for a file in the trash."""
    return f"{path.stem}.{_unique(time)}.toml"


def before_trash(name: str) -> str | None:
    """The name that a file in the trash had before; None for one that is not ours."""
    found = _TRASHED.fullmatch(name)
    return f"{found[1]}.toml" if found else None


def folder_name(key: str) -> str:
    """The folder of the notes on one dataset."""
    plain_enough = re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", key)
    return key if plain_enough else f"{_slug(key)}-{_short_hash(key)}"


def id_of(path: Path) -> str:
    """The id of the note in a file, or of the one that a conflict copy stands beside."""
    return path.name.removesuffix(".toml").partition(_COPY)[0]


def is_id(text: str) -> bool:
    """Whether a text can be the id of a note."""
    return _ID.fullmatch(text) is not None


def is_copy(path: Path) -> bool:
    """Whether a file is a conflict copy."""
    return _COPY in path.name


def is_listed(path: Path) -> bool:
    """Whether a file among the notes should be one."""
    # Editors keep hidden files and backups beside the ones they work on.
    return path.suffix == ".toml" and not path.name.startswith(".")


def is_kept(name: str) -> bool:
    """Whether a name such as `notes/….toml` is that of a note or of a deleted one."""
    folder, _, file = name.partition("/")
    if folder not in ("notes", "trash") or not is_listed(Path(file)):
        return False
    # A drive or a stream of a file, to Windows.
    is_safe = not re.search(r"[/\\\x00-\x1f\x7f\ud800-\udfff]", file) and (
        os.sep == "/" or ":" not in file
    )
    return is_safe and len(file.encode()) <= _LONGEST


def is_on(note_id: str, ref: Ref) -> bool:
    """Whether a note with this id is one on this record."""
    stem = _stem(ref)
    return note_id == stem or re.fullmatch(f"{stem}-[0-9a-f]{{8}}", note_id) is not None


def _stem(ref: Ref) -> str:
    return f"{_slug(f'{ref.kind}-{ref.id}')}-{_short_hash(str(ref))}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-")


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _unique(time: datetime) -> str:
    return f"{time:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}"
