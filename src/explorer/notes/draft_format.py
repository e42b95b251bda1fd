"""How a draft is written and read back: as notes are, with heads of its own.

    format = 2
    record = "issue:rare-earths"
    note = "issue-rare-earths-0123456789abcdef"   # the note it is to replace; none for a new one
    base = "…"                                     # the digest of that note
    kept = 2026-11-22T03:10:00Z

Then the words follow, as they stand in the file of a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from explorer.errors import NoteError
from explorer.notes import file_format, file_names, toml_layout
from explorer.notes.note import Damaged, Words
from explorer.notes.note_errors import DRAFT_NOT_KEPT
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.values import dataclass

LIMIT = 16 * 1024 * 1024
"""Most bytes that a draft may have: more than a note, so that what is too long is not lost."""

FORMAT = 2

_KEYS = {"format", "record", "note", "base", "kept", "answers"}
_KEYS |= {"text", "date", "due", "done", "anchor"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was being written on a record."""

    ref: Ref
    words: Words
    note_id: str | None = None
    """The note it is to replace; None for a new one."""
    base: str | None = None
    """The digest of that note when the writing began."""
    kept: datetime | None = None
    """When it was last kept."""
    path: Path | None = None
    """Where it is, for one that was left behind."""


def compose(draft: Draft, now: datetime) -> bytes:
    """The bytes that will be read back as that draft. Raises NoteError."""
    words, kept = file_format.cleaned(draft.words), file_format.whole_seconds(now)
    head: dict[str, toml_layout.Value] = {
        "format": FORMAT,
        "record": str(draft.ref),
        "note": draft.note_id,
        "base": draft.base,
        "kept": kept,
        "answers": words.answers or None,
        "date": words.date,
        "due": words.due,
        "done": words.done or None,
    }
    meant = replace(draft, words=words, kept=kept, path=None)
    try:
        data = toml_layout.as_toml(head, words.text, words.anchor)
        is_faithful = len(data) <= LIMIT and _understand(data) == meant
    except file_format.UNREADABLE:
        is_faithful = False
    if not is_faithful:
        raise NoteError(
            f"What you write on {one_line(str(draft.ref))} cannot be kept as a draft: it is "
            "too long, or cannot be written as TOML. Save it before you leave.",
            DRAFT_NOT_KEPT,
        )
    return data


def read(path: Path) -> Draft | Damaged | None:
    """The draft in a file; None when there is no file."""
    found = file_format.read_as(path, LIMIT, lambda data, _: _understand(data))
    return replace(found, path=path) if isinstance(found, Draft) else found


def _understand(data: bytes) -> Draft:
    """Raises ValueError, saying in words what is wrong; or whatever else is UNREADABLE."""
    found = file_format.parsed(file_format.as_text(data))
    if found.get("format") != FORMAT:
        raise ValueError(f"it does not say format = {FORMAT}")
    if unknown := sorted(found.keys() - _KEYS):
        raise ValueError(f"it has “{unknown[0]}”, which is not known here")
    ref = file_format.ref_in(found)
    note_id, base = _text_in(found, "note"), _text_in(found, "base")
    if note_id is not None and not file_names.is_on(note_id, ref):
        raise ValueError(f"its note is not one on {ref}")
    kept = file_format.time_in(found, "kept")
    return Draft(ref, file_format.words_in(found), note_id, base, kept)


def _text_in(found: Mapping[str, object], key: str) -> str | None:
    text = found.get(key)
    if text is None or isinstance(text, str):
        return text
    raise ValueError(f"its “{key}” is not text")
