"""The one file of a backup: a ZIP archive with a manifest that vouches for each byte.

ZIP, because Python's own reader gives the names and sizes of all entries before anything is
unpacked, unpacks one of them into memory and no more of it than asked, and never makes a
link, a device or a folder on the way, as there is no need to extract. Entries are stored and
not compressed: there is no bomb to fear from our own archives, and a bad byte on the disk
harms one note, not all after it, as in a `.tar.gz`.

    manifest.json     {"format": "explorer-backup", "version": 1, "dataset": "…",
                       "files": [{"name": "notes/….toml", "sha256": "…",
                                  "changed": 1795305600}, …]}
    notes/….toml      each as it was, byte for byte
    trash/….toml
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.notes import file_names
from explorer.storage import files
from explorer.text.json_text import as_json, check_version, from_json
from explorer.text.sanitize import one_line

LIMIT = 160 * 1024 * 1024
"""Most bytes of an archive."""
MOST_BYTES = 128 * 1024 * 1024
"""Most bytes of what is in it, all together."""
MOST_FILES = 100_000

FORMAT = "explorer-backup"
VERSION = 1
_MANIFEST = "manifest.json"
_MOST_OF_MANIFEST = 32 * 1024 * 1024
_RATIO = 100
"""How many times larger than the archive what is in it may be; one that was packed anew."""
_SMALL = 1024 * 1024
"""What is no larger than this need not fear to be a bomb."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of all entries, so that the same notes make the same archive."""
_UNIX = 3
_PRIVATE_FILE = 0o100600 << 16
_KIND, _FILE = 0o170000 << 16, 0o100000 << 16
_ENCRYPTED = 0x1
_ENTRY = b"PK\x01\x02"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(RuntimeError, NotImplementedError, OverflowError, MemoryError, KeyError),
)
"""What the reader of archives may raise for one that is not as we write them."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds, when all of it is as the manifest says."""

    dataset: str
    """The name of the folder of the notes on it."""
    files: Mapping[str, bytes]
    """By their names in that folder."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """When they were changed last, in seconds as Unix counts them, as far as that is known."""


def packed(whole: Unpacked) -> bytes:
    """An archive: the same bytes for the same files.

    Raises ValueError when it is too large, or does not read back as what was put in.
    """
    held, changed = whole.files, whole.changed
    if len(held) > MOST_FILES or sum(map(len, held.values())) > MOST_BYTES:
        raise ValueError(
            f"there are more than {MOST_FILES} files or {MOST_BYTES // 1024 // 1024} MB"
        )
    listed = [
        {"name": name, "sha256": files.digest(data)}
        | ({"changed": changed[name]} if name in changed else {})
        for name, data in sorted(held.items())
    ]
    manifest = {"format": FORMAT, "version": VERSION, "dataset": whole.dataset, "files": listed}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, data in [(_MANIFEST, as_json(manifest).encode()), *sorted(held.items())]:
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr = _UNIX, _PRIVATE_FILE
            archive.writestr(entry, data)
    data = written.getvalue()
    if unpacked(data) != whole:
        raise ValueError("it does not read back as it was written")
    return data


def unpacked(data: bytes) -> Unpacked:
    """What an archive holds. Raises ValueError, naming the entry that is not as it should be."""
    # Before its reader makes an object of each.
    if data.count(_ENTRY) > 2 * MOST_FILES:
        raise ValueError(f"it has more than {MOST_FILES} entries")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise ValueError(f"it is not a whole ZIP archive ({one_line(str(error))})") from None
    with archive:
        entries = _entries(archive, len(data))
        if (manifest := entries.pop(_MANIFEST, None)) is None:
            raise ValueError(f"it has no {_MANIFEST}, and so is no backup of notes")
        if manifest.file_size > _MOST_OF_MANIFEST:
            raise ValueError(f"its {_MANIFEST} is larger than any of ours")
        text = _bytes_of(archive, manifest)
        try:
            dataset, digests, changed = _parsed(text.decode())
        except ValueError as error:
            raise ValueError(f"{_MANIFEST}: {error}") from None
        for name in entries.keys() ^ digests.keys():
            where = "in its manifest and not in it" if name in digests else "not in its manifest"
            raise ValueError(f"“{one_line(name)}” is {where}")
        held = {name: _bytes_of(archive, entries[name]) for name in digests}
    for name, digest in digests.items():
        if files.digest(held[name]) != digest:
            raise ValueError(f"“{one_line(name)}” is not as its manifest says")
    return Unpacked(dataset, held, changed)


def _entries(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """What is in an archive by name, none of it read yet."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        shown = f"“{one_line(entry.orig_filename)}”"
        if entry.filename in entries:
            raise ValueError(f"{shown} is in it twice")
        # Zero bytes and, on Windows, backslashes are not what they were.
        is_named = entry.filename == entry.orig_filename
        if not is_named or (entry.filename != _MANIFEST and not file_names.is_kept(entry.filename)):
            raise ValueError(f"{shown} is not the name of a note")
        if entry.external_attr & _KIND not in (0, _FILE) or entry.is_dir():
            raise ValueError(f"{shown} is not an ordinary file")
        if entry.flag_bits & _ENCRYPTED:
            raise ValueError(f"{shown} is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{shown} is packed in a way that is not known here")
        entries[entry.filename] = entry
    if len(entries) > MOST_FILES + 1:
        raise ValueError(f"it has more than {MOST_FILES} entries")
    whole = sum(entry.file_size for entry in entries.values())
    if whole > min(MOST_BYTES + _MOST_OF_MANIFEST, max(_RATIO * size, _SMALL)):
        raise ValueError("what is in it is far larger than it should be")
    return entries


def _bytes_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(entry) as file:
            return file.read(entry.file_size + 1)
    except _BROKEN as error:
        shown = f"“{one_line(entry.filename)}”"
        raise ValueError(f"{shown} is damaged ({one_line(str(error))})") from None


def _parsed(text: str) -> tuple[str, dict[str, str], dict[str, int]]:
    """What a manifest says: the dataset, the digest of each file, and when it was changed.

    Raises ValueError.
    """
    manifest = from_json(text)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ValueError(f"it does not say that its format is “{FORMAT}”")
    check_version(manifest.get("version"), VERSION)
    dataset, listed = manifest.get("dataset"), manifest.get("files")
    if not isinstance(dataset, str) or not isinstance(listed, list):
        raise ValueError("it has no “dataset” with “files”")
    digests: dict[str, str] = {}
    changed: dict[str, int] = {}
    for file in listed:
        match file:
            case {"name": str(name), "sha256": str(digest)} if name not in digests:
                digests[name] = digest
            case {"name": str(), "sha256": str()}:
                raise ValueError("it has a file twice")
            case _:
                raise ValueError("it has a file without “name” and “sha256”")
        if "changed" in file:
            if type(file["changed"]) is not int:
                raise ValueError("it has a file whose “changed” is no time")
            changed[name] = file["changed"]
    return dataset, digests, changed
