"""What the files of notes are called.

The names say whose note a file is, and nothing in a reference can lead out of the folder:
they are ASCII, lower case, and at most 71 long. A new one ends in random digits, so that
two machines never give two notes the same name.

What other programs call the copies that they leave is theirs: such a file is known by what
is in it, and the name only shows which of the notes on its record it is a version of.
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import datetime
from pathlib import Path

from explorer.record.model import Ref

_COPY = ".conflict-"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 255
"""Bytes in the name of a file, on the disks there are."""
_LIKE_OURS = re.compile(r"[a-z0-9-]+-[0-9a-f]{16}(-[0-9a-f]{8})?")
_RANDOM = re.compile(r"-[0-9a-f]{8}")
_RANDOM_END = re.compile(r"(?<=-[0-9a-f]{16})-[0-9a-f]{8}$")
_DATED = re.compile(r"(.+)-(?:19|20)\d\d[01]\d[0-3]\d")
_LEFTOVER = re.compile(
    r"[.#~]|.*(?:[~#]|___jb_(?:tmp|old)___|:zone\.identifier|\.(?:sw[a-z]x?|bak|backup|old|save|"
    r"te?mp|lock|(?:file)?part|partial|crdownload|!sync|bts|rej|sb-[0-9a-f]+-\w+))$",
    re.IGNORECASE,
)
"""Hidden files, and what editors and sync tools keep for the time of their work."""
_TRASHED = re.compile(r"(.+)\.\d+T\d{6}Z-[0-9a-f]{8}\.toml")


def file_name(ref: Ref) -> str:
    """The name that earlier versions gave to the file of the first note on a record."""
    return f"{_stem(ref)}.toml"


def new_name(ref: Ref) -> str:
    """A new name for the file of a note on a record."""
    return f"{_stem(ref)}-{os.urandom(4).hex()}.toml"


def further_name(path: Path) -> str:
    """A new name for another note on the record of the one in a file."""
    return f"{_RANDOM_END.sub('', id_of(path))}-{os.urandom(4).hex()}.toml"


def copy_name(note_id: str, time: datetime) -> str:
    """A new name for a conflict copy beside a note; copies sort by their time."""
    return f"{note_id}{_COPY}{_unique(time)}.toml"


def trash_name(path: Path, time: datetime) -> str:
    """A new name for a file in the trash."""
    end = f".{_unique(time)}.toml"
    begun = path.name.removesuffix(".toml").encode(errors="surrogateescape")
    return begun[: _LONGEST - len(end)].decode(errors="ignore") + end


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


def is_listed(name: str) -> bool:
    """Whether a file of that name among the notes may be one, or a version of one."""
    if name.endswith(".toml"):  # as nearly all do
        return name[0] not in ".#~"
    return ".toml" in name.casefold() and _LEFTOVER.match(name) is None


def placeholder_of(name: str) -> str:
    """The note that a placeholder of iCloud stands for; nothing when the file is none."""
    if name.endswith(".toml.icloud") and name.startswith("."):
        return name[1:].removesuffix(".icloud")
    return ""


def is_meant_as_note(path: Path) -> bool:
    """Whether a file that may be a note has to be one, and is damaged if it is not."""
    return path.suffix.casefold() == ".toml"


def is_of_another(path: Path, ref: Ref) -> bool:
    """Whether a file is called as we would call a note, but not one on this record."""
    own = id_of(path)
    return _LIKE_OURS.fullmatch(own) is not None and not is_on(own, ref)


def version_of(path: Path, ref: Ref, said: str = "") -> str:
    """The id of the note on a record that a file is a version of, whatever it is called.

    Nothing when it is called as the note itself, or as a conflict copy of ours. `said` is
    the id that the file itself gives. Without either it gets an id of its own.
    """
    if is_on(id_of(path), ref):
        return ""
    if is_on(said, ref):
        return said
    found = re.search(f"{_stem(ref)}(-[0-9a-f]{{8}}(?![0-9a-z]))?", path.name.casefold())
    return found[0] if found else f"{_stem(ref)}-{_short_hash(path.name)[:8]}"


def without_day(note_id: str) -> str:
    """The id before a day, such as a sync tool adds; nothing when it does not end in one."""
    found = _DATED.fullmatch(note_id)
    return found[1] if found else ""


def id_elsewhere(path: Path, ref: Ref) -> str:
    """A name for a note of another folder, where another note here has its own."""
    return f"{_stem(ref)}-{_short_hash(str(path))[:8]}"


def is_kept(name: str) -> bool:
    """Whether a name such as `notes/….toml` is that of a note or of a deleted one."""
    folder, _, file = name.partition("/")
    if folder not in ("notes", "trash") or not is_listed(file):
        return False
    # A drive or a stream of a file, to Windows.
    is_safe = not re.search(r"[/\\\x00-\x1f\x7f\ud800-\udfff]", file) and (
        os.sep == "/" or ":" not in file
    )
    return is_safe and len(file.encode()) <= _LONGEST


def is_on(note_id: str, ref: Ref) -> bool:
    """Whether a note with this id is one on this record."""
    stem = _stem(ref)
    return note_id == stem or (
        note_id.startswith(stem) and _RANDOM.fullmatch(note_id, len(stem)) is not None
    )


def _stem(ref: Ref) -> str:
    return f"{_slug(f'{ref.kind}-{ref.id}')}-{_short_hash(str(ref))}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-")


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _unique(time: datetime) -> str:
    return f"{time:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}"
