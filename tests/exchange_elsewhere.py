"""Imports notes or puts a backup back in a process of its own, for tests that kill it.

Run as `exchange_elsewhere.py TASK FOLDER FILE NUMBER`: it is killed before that call to the
system, or prints what came of it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import ParamSpec, TypeVar

from explorer.notes import NoteStore
from explorer.transfer.backup import restore
from explorer.transfer.importer import import_notes, parse
from explorer.transfer.transfer_report import TransferReport

STEPS = ["open", "write", "fsync", "link", "unlink", "close"]
P = ParamSpec("P")
R = TypeVar("R")


def die_before(number: int) -> None:
    """Be killed before that call to the system of those that change something."""
    calls = count()

    def or_die(call: Callable[P, R]) -> Callable[P, R]:
        def step(*args: P.args, **options: P.kwargs) -> R:
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **options)

        return step

    for name in STEPS:
        setattr(os, name, or_die(getattr(os, name)))


def import_file(store: NoteStore, file: Path, number: int) -> TransferReport:
    notes, coming = store.load(), parse(file.read_bytes(), file, pages=lambda _: None)
    die_before(number)
    return import_notes(store, notes, coming)


def restore_file(store: NoteStore, file: Path, number: int) -> TransferReport:
    die_before(number)
    return restore(store, file)


if __name__ == "__main__":
    task, folder, file, number = sys.argv[1:]
    outcome = globals()[task](NoteStore(Path(folder), "harbour-talks"), Path(file), int(number))
    sys.stdout.write(f"{outcome}\n")
