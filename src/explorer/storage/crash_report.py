"""When all else fails: what went wrong is written down, with what to report."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from explorer import __version__
from explorer.errors import ExplorerError
from explorer.storage import files, folders, run_log
from explorer.text.sanitize import one_line, plain


class CrashError(ExplorerError):
    """The program met an error that it did not expect, and stopped."""

    title = "explorer had to stop"


def crash(error: BaseException, words: str = "") -> CrashError:
    """Write down what went wrong, and return what a person is shown of it.

    `words` says where the words are that were being written. Whatever goes wrong here is
    left out, and nothing raised.
    """
    run_log.failed(error)
    met = "explorer met an error it did not expect and had to stop. Every note saved is safe."
    lines = [met, *([words] if words else [])]
    where = _written(error)
    if where is None:
        lines.append("Please report it with the lines below; no file could be written.")
    else:
        lines.append(f"Please report it with the lines below and this file: {where}")
    return CrashError("\n".join([*lines, versions(), _named(error)]))


def versions() -> str:
    """What a report must say of the program and what it runs on."""
    return (
        f"explorer {__version__}, Textual {_textual()}, "
        f"Python {platform.python_version()}, {one_line(platform.platform())}"
    )


def rescued(text: str) -> Path | None:
    """Where words are now that could be kept nowhere else; None when nowhere at all."""
    return _kept("words", "md", text)


def _textual() -> str:
    from importlib import metadata

    with suppress(Exception):
        return metadata.version("textual")
    return "unknown"


def _named(error: BaseException) -> str:
    """The error itself in a line, with the place in our code that was reached."""
    what = one_line(f"{type(error).__name__}: {error}")[:300]
    own = Path(__file__).parents[1]
    with suppress(Exception):
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if Path(frame.filename).is_relative_to(own):
                return f"{what} ({Path(frame.filename).relative_to(own)}, line {frame.lineno})"
    return what


def _written(error: BaseException) -> Path | None:
    try:
        details = "".join(traceback.format_exception(error))
    except Exception:  # noqa: BLE001 -- an error that cannot even be put into words
        details = type(error).__name__
    size = f"TERM={os.environ.get('TERM', '')} LANG={os.environ.get('LANG', '')}"
    return _kept("report", "txt", plain(f"{versions()}\n{size}\n{sys.argv[1:]}\n\n{details}"))


def _kept(what: str, ending: str, text: str) -> Path | None:
    name = f"{what}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.{ending}"
    for folder in _folders():
        with suppress(OSError):
            path = folder / name
            folders.private_folder(path.parent)
            files.replace_file(path, text.encode("utf-8", "replace"))
            return path
    return None


def reports() -> list[Path]:
    """The reports of crashes that are in the user's own folder. Raises OSError."""
    return [*(folders.data_folder() / "reports").glob("report-*.txt")]


def _folders() -> Iterator[Path]:
    """Where it may be written: in the user's own folder, else where all may write."""
    with suppress(OSError):
        yield folders.data_folder() / "reports"
    with suppress(OSError):
        yield Path(tempfile.mkdtemp(prefix="explorer-"))
