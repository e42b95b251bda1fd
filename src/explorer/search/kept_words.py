"""The index of words of a large dataset, made once by another process and kept.

A hundred thousand quotes take some twenty seconds to be taken apart into words. So another
process does it, when somebody searches for the first time, and keeps it beside the records
in the cache: private, safe to delete, and made again when the files or the code change. It
says of which records the words are, by number, and what is shown is made of the records
themselves; nothing else is believed of it.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from explorer.dataset import cache
from explorer.dataset.progress import Progress, Stopped
from explorer.notes import Notes
from explorer.record import index as record_index
from explorer.record.catalogue import Catalogue
from explorer.record.index import Index
from explorer.search.findable import Document, documents, otherwise
from explorer.search.word_table import DamagedError, WordTable
from explorer.storage import files, folders
from explorer.text import folding
from explorer.view import View

LARGE = 20_000
"""Records from which it is worth the room on the disk; fewer are taken apart in a second."""
_KEPT = 4
"""How many datasets' words stay in the cache."""
_ENDS = ".words"
_STEP = 1_000
"""Documents after which it is said how far it is."""

Say = Callable[[int], None]
"""Takes how much is done, in per cent."""


def words_of(view: View, progress: Progress, say: Say) -> WordTable | None:
    """The words of a dataset as they are in a view, made now if they are not kept.

    None for a small dataset, and when nothing can be kept. Not for the thread that draws.
    Raises Stopped.
    """
    index = view.index
    if not index.key or len(index.whole_numbers) < LARGE:
        return None
    path = _path(index.key)
    if (table := _opened(path, view)) is not None:
        return table
    is_made = _made(index, progress, say)
    if progress.is_stopped:
        raise Stopped
    return _opened(path, view) if is_made else None


def forget(index: Index) -> None:
    """Throw away what is kept of a dataset, since it is damaged."""
    with suppress(OSError):
        _path(index.key).unlink()


def _opened(path: Path, view: View) -> WordTable | None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        table = WordTable.opened(path, view.index, otherwise(view))
    except (OSError, DamagedError):
        return None
    with suppress(OSError):  # what is used is thrown away last
        os.utime(path)
    return table


def _made(index: Index, progress: Progress, say: Say) -> bool:
    """Have another process make it; whether it did."""
    # Nothing may be imported from the folder that the person happens to be in.
    command = [sys.executable, "-P", "-c", f"from {__name__} import run; run()", index.key]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, ValueError):
        return False
    with process:
        assert process.stdout is not None, "it is piped"
        progress.watch(process)
        for line in process.stdout:
            with suppress(ValueError):
                say(int(line))
    return process.returncode == 0


def run() -> None:
    """Make and keep the words of a dataset, for the process that started this one."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.nice(10)  # nobody who types is to wait for it
    key = sys.argv[1]
    catalogue = cache.opened(key, partial(sys.exit, 1))
    if catalogue is None:
        sys.exit(1)

    def say(done: int) -> None:
        print(done, flush=True)  # noqa: T201 -- to the other process

    keep(catalogue, say)


def keep(catalogue: Catalogue, say: Say) -> None:
    """Make and keep the words of a dataset. Raises OSError, and NoFullTextError."""
    index = Index(catalogue)
    path = _path(index.key)
    folders.private_folder(path.parent)
    files.sweep(path.parent)
    with files.temporary(path.parent, b"") as new:
        made = _saying(documents(View(index, Notes())), index, say)
        WordTable(made, new).close()
        files.move(new, path)
    by_age = sorted(path.parent.glob(f"*{_ENDS}"), key=lambda kept: kept.stat().st_mtime)
    for old in by_age[:-_KEPT]:
        old.unlink(missing_ok=True)


def _saying(made: Iterator[Document], index: Index, say: Say) -> Iterator[Document]:
    last = max(len(index.whole_numbers), 1)
    for count, document in enumerate(made):
        if count % _STEP == 0:
            say(100 * max(document.place.record, 0) // last)
        yield document


def _path(key: str) -> Path:
    here = sorted(Path(__file__).parent.glob("*.py"))
    # What says which words there are: this package, what becomes public when, and folding.
    code = (*here, Path(record_index.__file__), *sorted(Path(folding.__file__).parent.glob("*.py")))
    marks = repr([(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in code])
    name = files.digest(f"{key}\n{marks}".encode())
    return folders.cache_folder() / "words" / f"{name}{_ENDS}"
