"""Where a person left a negotiation, kept between starts: one small private file for each.

What is found there is checked as all that comes from outside: anything that does not fit is
as good as nothing, and the start is a fresh one.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from explorer.record.model import Ref
from explorer.storage import files, folders
from explorer.ui.history import Place
from explorer.values import dataclass

_FORMAT = 1
_LARGEST = 256 * 1024
_MOST = 2000
"""Of characters in a text, and of items in a list."""
_KEPT = 100
"""Negotiations that are remembered."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Left:
    """What was open when the app was left."""

    format: int
    place: Place
    zoomed: bool = False


def of(place: Place, *, zoomed: bool) -> Left:
    """What is to be kept of a place."""
    return Left(_FORMAT, place, zoomed)


def read(negotiation: str) -> Left | None:
    """Where a negotiation was left; None when it never was, or nothing of it can be used."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        data = json.loads(files.read_limited(_path(negotiation), _LARGEST))
        left = built(Left, data)
        return left if left.format == _FORMAT else None
    return None


def write(negotiation: str, left: Left) -> None:
    """Keep it, whole or not at all; a folder that cannot be written to costs only the memory."""
    with suppress(OSError):
        path = _path(negotiation)
        folders.private_folder(path.parent)
        is_new = not path.exists()
        files.replace_file(path, json.dumps(plain(left), ensure_ascii=False).encode())
        if is_new:
            _tidy(path.parent)


def _path(negotiation: str) -> Path:
    name = re.sub(r"[^a-z0-9-]", "-", negotiation.lower())[:40]
    short = files.digest(negotiation.encode("utf-8", "surrogatepass"))[:12]
    return folders.state_folder() / "left" / f"{name}-{short}.json"


def _tidy(folder: Path) -> None:
    """Forget the negotiations that were left longest ago."""
    found = sorted(folder.glob("*.json"), key=lambda path: -path.stat().st_mtime)
    for path in found[_KEPT:]:
        path.unlink(missing_ok=True)


# Dataclasses as plain values, and back.


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case Ref():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {name: plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def built(kind: type[T], data: Any) -> T:
    """A value of a kind that JSON describes. Raises ValueError or TypeError when none fits."""
    made: T = _built(kind, data)
    return made


def _built(kind: Any, data: Any) -> Any:  # noqa: PLR0911 -- a line for each kind
    parts = typing.get_args(kind)
    outer = typing.get_origin(kind)
    if outer in (types.UnionType, typing.Union):
        if data is None and type(None) in parts:
            return None
        (kind,) = (part for part in parts if part is not type(None))
        return _built(kind, data)
    if outer is tuple and isinstance(data, list) and len(data) <= _MOST:
        return tuple(_built(parts[0], each) for each in data)
    if outer is Mapping and isinstance(data, dict) and len(data) <= _MOST:
        return {str(name): _built(parts[1], each) for name, each in data.items()}
    if kind is Ref and isinstance(data, str):
        return Ref.parse(data)
    if kind is date and isinstance(data, str):
        return date.fromisoformat(data)
    if kind is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if dataclasses.is_dataclass(kind) and isinstance(data, dict):
        hints = typing.get_type_hints(kind)
        known = {f.name: f for f in dataclasses.fields(kind) if f.name in data}
        return kind(**{name: _built(hints[name], data[name]) for name in known})  # type: ignore[operator]
    if kind in (bool, int, float, str) and type(data) is kind and _is_sane(data):
        return data
    raise ValueError(f"{data!r} is no {kind}")


def _is_sane(value: str | float) -> bool:
    if isinstance(value, str):
        return len(value) <= _MOST and value.isprintable()
    return 0 <= value < 1e7  # noqa: PLR2004 -- lines and cells
