"""Files → tables: find the TOML files, read them within limits, parse and filter them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from explorer.dataset.problems import DatasetError, Problem
from explorer.plain import one_line, plain

MAX_BYTES = 8_000_000
"""A file larger than this is refused: no hand-written dataset comes near it."""
MAX_DEPTH = 32
"""Tables and lists nested deeper than this are refused."""

# A header of many parts makes the parser quadratic (cpython issue 152930).
_DEEP_HEADER = re.compile(rb"^[ \t]*\[(?:[^\]\n.]*\.){32}", re.MULTILINE)

Texts = Mapping[Path, bytes]
"""Each file of a dataset with its bytes."""


def texts(path: Path) -> Texts:
    """The TOML files of a dataset and what is in them. Raises DatasetError."""
    try:
        paths = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not path.exists():
            raise _refused(path, path, "there is no such file or folder")
        if not paths:
            raise _refused(path, path, "the folder holds no .toml files")
        read: dict[Path, bytes] = {}
        for file in paths:
            if not file.is_file():
                raise _refused(path, file, "it is not a regular file")
            with file.open("rb") as opened:
                read[file] = opened.read(MAX_BYTES + 1)
            if len(read[file]) > MAX_BYTES:
                raise _refused(path, file, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    except OSError as error:
        raise _refused(path, path, f"it cannot be read: {error.strerror or error}") from error
    return read


def _refused(path: Path, file: Path, message: str) -> DatasetError:
    return DatasetError(path, [Problem(file=file, message=message)])


def parse(file: Path, data: bytes) -> dict[str, Any] | Problem:
    """The tables of one file, filtered for showing, or what keeps it from being read."""
    import tomli

    if _DEEP_HEADER.search(data):
        return Problem(file=file, message="a table header has too many parts")
    try:
        document = tomli.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(file=file, line=line, message="it is not UTF-8 text; save it as UTF-8")
    except tomli.TOMLDecodeError as error:
        return Problem(
            file=file,
            line=getattr(error, "lineno", 0),
            column=getattr(error, "colno", 0),
            message=f"not valid TOML: {one_line(getattr(error, 'msg', str(error)))}",
        )
    except (ValueError, RecursionError, MemoryError) as error:
        return Problem(file=file, message=f"it cannot be parsed: {one_line(str(error))[:200]}")
    try:
        cleaned: dict[str, Any] = _clean(document, 0)
    except RecursionError:
        return Problem(file=file, message=f"it nests more than {MAX_DEPTH} levels deep")
    return cleaned


def _clean(value: Any, depth: int) -> Any:
    """Filter every text, and turn lists into tuples, which frozen records hold."""
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, str):
        return plain(value).strip()
    if isinstance(value, list):
        return tuple(_clean(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return {plain(key): _clean(item, depth + 1) for key, item in value.items()}
    return value
