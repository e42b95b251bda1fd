"""Files → tables: find the TOML files, read them within limits, parse and filter them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from explorer.dataset import text_files
from explorer.dataset.problems import DatasetError, Problem
from explorer.text.sanitize import one_line, plain

MB = 1_000_000
MAX_FILE, MAX_ALL = 64 * MB, 128 * MB
"""A file larger than this is refused, and a dataset: some bomb, and no hand-written one."""
MAX_DEPTH = 32
"""Tables and lists nested deeper than this are refused."""

# A header of many parts makes the parser quadratic (cpython issue 152930).
_DEEP_HEADER = re.compile(rb"^[ \t]*\[(?:[^\]\n.]*\.){32}", re.MULTILINE)

_WHAT = "a dataset is a TOML file, or a folder of them"
_NEW = "“explorer new FOLDER” makes one to begin with"
_ANY_SIZE = "--any-size reads it all the same"
_ASTRAY = "it is a symbolic link that leads nowhere or in a circle"

Texts = Mapping[Path, bytes]
"""Each file of a dataset with its bytes."""


def files(path: Path) -> list[Path]:
    """The TOML files of a dataset. Raises DatasetError.

    In a folder, what other programs keep beside the files for themselves is passed over.
    """
    if not path.exists():
        raise _refused(path, path, _not_there(path))
    return _files(path) if path.is_dir() else [path]


def described(path: Path) -> list[Path]:
    """Every file that a dataset may be made of: these change when it does. Raises DatasetError."""
    found = files(path)
    return [*found, *text_files.beside(found)]


def texts(path: Path, *, any_size: bool = False) -> Texts:
    """The files of a dataset and what is in them, if it is not too much.

    Those that TOML files name for the words of a text come after these.

    Raises DatasetError.
    """
    read: dict[Path, bytes] = {}
    room = MAX_ALL
    for file in files(path):
        try:
            # Neither a pipe nor a device is opened: that might wait for ever.
            if not file.is_file():
                raise _refused(path, file, _no_file(file))
            if text_files.is_text_file(file):  # these are found by what a TOML file names
                raise _refused(path, file, f"it is not a TOML file: {_WHAT}")
            with file.open("rb") as opened:
                read[file] = opened.read(-1 if any_size else MAX_FILE + 1)
        except OSError as error:
            raise _refused(path, file, _unreadable(error)) from error
        room -= len(read[file])
        if not any_size and len(read[file]) > MAX_FILE:
            raise _refused(path, file, f"it is larger than {MAX_FILE // MB} MB; {_ANY_SIZE}")
        if not any_size and room < 0:
            message = f"its files are larger than {MAX_ALL // MB} MB together; {_ANY_SIZE}"
            raise _refused(path, path, message)
    return {**read, **text_files.named_in(read)}


def _files(folder: Path) -> list[Path]:
    """The TOML files of a folder, without those that are hidden. Raises DatasetError."""
    try:
        listed = sorted(folder.iterdir())
    except OSError as error:
        raise _refused(folder, folder, _unreadable(error)) from error
    if found := [file for file in listed if is_ours(file)]:
        return found
    inner = next((one.name for one in listed if one.is_dir() and _holds_files(one)), "")
    hint = f"did you mean its folder {inner}?" if inner else f"{_WHAT}; {_NEW}"
    raise _refused(folder, folder, f"the folder holds no .toml files; {hint}")


def is_ours(file: Path) -> bool:
    """Whether a file may be the dataset's: not a lock, a backup or a program's own."""
    return file.suffix.lower() == ".toml" and not file.name.startswith((".", "~"))


def _holds_files(folder: Path) -> bool:
    try:
        return any(is_ours(file) for file in folder.iterdir())
    except OSError:
        return False


def _not_there(path: Path) -> str:
    return _ASTRAY if path.is_symlink() else "there is no such file or folder"


def _no_file(file: Path) -> str:
    if file.is_symlink() and not file.exists():
        return _ASTRAY
    return "it is a folder" if file.is_dir() else "it is not a regular file"


def _unreadable(error: OSError) -> str:
    return f"it cannot be read: {error.strerror or error}"


def _refused(path: Path, file: Path, message: str) -> DatasetError:
    return DatasetError(path, [Problem(file=file, message=message, check="unreadable")])


def parse(file: Path, data: bytes) -> dict[str, Any] | Problem:
    """The tables of one file, filtered for showing, or what keeps it from being read.

    What is wrong with it where its check is “toml” or “encoding”, `damaged` says in words.
    """
    import tomli

    if _DEEP_HEADER.search(data):
        message = "a table header has too many parts"
        return Problem(file=file, message=message, check="nesting")
    try:
        document = tomli.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "save it as UTF-8"
        message = "it is not UTF-8 text"
        return Problem(file=file, line=line, message=message, hint=hint, check="encoding")
    except tomli.TOMLDecodeError as error:
        is_toml = file.suffix.lower() == ".toml"
        said = one_line(getattr(error, "msg", str(error)))
        return Problem(
            file=file,
            line=getattr(error, "lineno", 0),
            column=getattr(error, "colno", 0),
            message=f"not valid TOML: {said}" if is_toml else f"not a TOML file ({_WHAT}): {said}",
            check="toml" if is_toml else "no-toml",
        )
    except (ValueError, RecursionError, MemoryError) as error:
        return unparsed(file, error)
    return cleaned(file, document)


def unparsed(file: Path, error: Exception) -> Problem:
    """That the parser could not cope with a file, though it found no mistake in it."""
    message = f"it cannot be parsed: {one_line(str(error))[:200]}"
    return Problem(file=file, message=message, check="nesting")


def cleaned(file: Path, document: dict[str, Any]) -> dict[str, Any] | Problem:
    """The tables of a file, filtered for showing, if they are not too deep."""
    try:
        tables: dict[str, Any] = _clean(document, 0)
    except RecursionError:
        message = f"it nests more than {MAX_DEPTH} levels deep"
        return Problem(file=file, message=message, check="nesting")
    return tables


def _clean(value: Any, depth: int) -> Any:
    """Filter every text, and turn lists into tuples, which frozen records hold."""
    if isinstance(value, str):
        return plain(value).strip()
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, list):
        return tuple([_clean(item, depth + 1) for item in value])
    if isinstance(value, dict):
        return {plain(key): _clean(item, depth + 1) for key, item in value.items()}
    return value
