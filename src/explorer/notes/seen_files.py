"""What the files of notes said when they were read, kept for the next start.

Of twenty thousand notes most are as they were: a file that still looks the same, by all that
the disk knows of it, is not opened again. The files stay the truth. What is kept is only ever
taken for a file that is there and looks exactly as it did, and nothing is saved over a file
without comparing its bytes.

It lies in the cache, for this user alone, and may be deleted at any time. It is read as JSON,
of which nothing but notes is made, and as a whole: one that was damaged, or that other code
wrote, is no more than a slow start.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from explorer.notes.note import Anchor, Damaged, Note
from explorer.record.model import Ref
from explorer.storage import files, folders
from explorer.text import markdown_parts

Look = tuple[int, int, int, int]
"""What the disk knows of a file: its size, when it was changed and touched, its number."""
Found = tuple[Note | Damaged, ...]
Seen = Mapping[str, tuple[Look, Found]]
"""What was in each file, by its name, and how the file looked then."""

_LARGEST = 64 << 20
"""Bytes that are kept at most; notes beyond are read each time."""
_KEPT = 8
"""How many folders of notes are remembered."""
_COARSE = 10_000_000
"""Nanoseconds. A disk that counts time in such steps may show two changes as one."""


def fetch(folder: Path) -> dict[str, tuple[Look, Found]]:
    """What was kept of a folder of notes; nothing when that cannot be read."""
    try:
        data = files.read_limited(_path(folder), _LARGEST)
        # Line by line, and never twice: it may be as large as all notes together.
        lines = io.BytesIO(data)
        code, digest = (lines.readline().decode().strip() for _ in range(2))
        if code != _code() or digest != files.digest(memoryview(data)[lines.tell() :]):
            return {}
        refs: dict[str, Ref] = {}
        rows = (json.loads(line.decode(errors="surrogatepass")) for line in lines)
        return dict(_from_row(folder, row, refs) for row in rows)
    except Exception:  # noqa: BLE001 -- a cache that cannot be read is only a slow start
        return {}


def keep(folder: Path, seen: Seen) -> None:
    """Keep what was read from a folder of notes for the next start; failing costs only time."""
    if sys.platform == "win32":  # where nothing says when a file was touched
        return
    rows: list[bytes] = []
    size = 0
    for name, (look, found) in seen.items():
        if _may_be_kept(look, found):
            written = json.dumps(_as_row(name, look, found[0]), ensure_ascii=False)
            row = written.encode(errors="surrogatepass")  # a name may be no UTF-8
            size += len(row) + 1
            if size > _LARGEST - 1024:
                break
            rows.append(row)
    data = b"\n".join(rows)
    with suppress(OSError):
        path = _path(folder)
        folders.private_folder(path.parent)
        header = f"{_code()}\n{files.digest(data)}\n"
        files.replace_file(path, header.encode() + data)
        by_age = sorted(path.parent.glob("*.json"), key=lambda kept: kept.stat().st_mtime)
        for old in by_age[:-_KEPT]:
            old.unlink(missing_ok=True)


def _path(folder: Path) -> Path:
    return folders.cache_folder() / "notes" / f"{files.digest_of_path(folder)}.json"


def _code() -> str:
    """A digest of the code that understands notes: other code may understand them otherwise."""
    code = [*sorted(Path(__file__).parent.glob("*.py")), Path(markdown_parts.__file__)]
    return files.digest(b"\0".join(path.read_bytes() for path in code))


def _may_be_kept(look: Look, found: Found) -> bool:
    """Whether a file holds one note and nothing is remarkable about it."""
    _, _, touched, _ = look
    return len(found) == 1 and touched % _COARSE != 0 and _is_plain(found[0])


def _is_plain(note: Note | Damaged) -> bool:
    return isinstance(note, Note) and not (note.sealed or note.is_link or note.is_side)


def _as_row(name: str, look: Look, note: Note | Damaged) -> list[object]:
    assert isinstance(note, Note), "only such are kept"
    anchor = note.anchor
    return [
        name,
        *look,
        str(note.ref),
        note.text,
        note.created.isoformat(),
        note.changed.isoformat(),
        note.digest,
        note.date and note.date.isoformat(),
        note.due and note.due.isoformat(),
        note.done,
        [anchor.exact, anchor.prefix, anchor.suffix] if anchor else None,
        note.name,
        note.own_id,
        note.version_of,
        note.author,
        note.answers,
        note.tags,
    ]


def _from_row(folder: Path, row: list[Any], refs: dict[str, Ref]) -> tuple[str, tuple[Look, Found]]:
    """`refs` has those met before, since many notes may be on one record."""
    name, size, changed_ns, touched_ns, number, on, text, created, changed, digest, *more = row
    day, due, done, anchor, called, own_id, version_of, author, answers, tags = more
    ref = refs.get(on) or refs.setdefault(on, Ref.parse(on))
    note = Note(
        ref,
        text,
        datetime.fromisoformat(created),
        datetime.fromisoformat(changed),
        folder / name,
        digest,
        date=date.fromisoformat(day) if day else None,
        due=date.fromisoformat(due) if due else None,
        done=done,
        anchor=Anchor(*anchor) if anchor else None,
        name=called,
        own_id=own_id,
        version_of=version_of,
        author=author,
        answers=answers,
    )
    # Looking for tags takes as long as all else.
    note.__dict__["tags"] = tuple(tags)
    return name, ((size, changed_ns, touched_ns, number), (note,))
