"""Notes as JSON: the plainest of the formats, and ours alone.

{"format": "explorer-notes", "version": 1, "dataset": "…", "notes": [{"id": …}, …]}
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from explorer.text.sanitize import one_line, spelled_out
from explorer.transfer.parsed_notes import Read, Telling, found_in
from explorer.transfer.portable_note import Foreign, as_data

FORMAT = "explorer-notes"
VERSION = 1
_HEAD = ("format", "version", "dataset", "notes")


def written(notes: Sequence[Foreign], dataset: str) -> str:
    """The text of the file."""
    head = {"format": FORMAT, "version": VERSION, "dataset": dataset}
    return as_json(head | {"notes": [as_data(note) for note in notes]})


def understood(whole: object) -> Read:
    """The notes that a file tells of. Raises ValueError, naming each that is not one."""
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ValueError(f"it does not say that its format is “{FORMAT}”")
    check_version(whole.get("version"), VERSION)
    dataset, listed = whole.get("dataset"), whole.get("notes")
    if not isinstance(dataset, str) or not isinstance(listed, list):
        raise ValueError("it has no “dataset” with “notes”")
    tellings = (Telling(f"note {number}", note) for number, note in enumerate(listed, 1))
    more = (f"“{one_line(key)}” of the file" for key in whole if key not in _HEAD)
    return found_in(tellings, dataset, more)


def as_json(value: Any) -> str:
    """JSON for people: indented, in its own letters, with a line end; harmless to print."""
    return spelled_out(json.dumps(value, ensure_ascii=False, indent=2), json=True) + "\n"


def parsed(text: str) -> Any:
    """What JSON says, no key twice. Raises ValueError, with the line where there is one."""
    try:
        return json.loads(text, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise ValueError("it is nested too deeply") from None


def check_version(version: object, known: int) -> None:
    """Raises ValueError for a format that is not known here."""
    if type(version) is not int or version < 1:
        raise ValueError("it does not say which version of the format it has")
    if version > known:
        raise ValueError(f"a newer explorer wrote it (version {version})")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it says “{one_line(twice)}” twice in one place")
    return found
