"""JSON in files: read strictly, and written so that printing it does nothing to a terminal."""

from __future__ import annotations

import json

from explorer.text.sanitize import one_line, spelled_out


def as_json(value: object) -> str:
    """JSON for people: indented, in its own letters, with a line end."""
    return spelled_out(json.dumps(value, ensure_ascii=False, indent=2), json=True) + "\n"


def in_ascii(text: str) -> str:
    """JSON for what has no other letters: each is spelled out."""
    return "".join(letter if letter.isascii() else json.dumps(letter)[1:-1] for letter in text)


def from_json(text: str) -> object:
    """What JSON says, no key twice. Raises ValueError, with the line where there is one."""
    try:
        value: object = json.loads(text, object_pairs_hook=_without_repeated_keys)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise ValueError("it is nested too deeply") from None
    return value


def from_json_lines(text: str) -> list[object]:
    """What JSON Lines say, a value on each line. Raises ValueError, with the line."""
    found: list[object] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(from_json(line))
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None
    return found


def check_version(version: object, known: int) -> None:
    """Raises ValueError for a version of a format that cannot be read here."""
    if type(version) is not int or version < 1:
        raise ValueError("it does not say which version of the format it has")
    if version > known:
        raise ValueError(f"a newer explorer wrote it (version {version})")


def _without_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it says “{one_line(twice)}” twice in one place")
    return found
