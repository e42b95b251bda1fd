"""Saves notes in a process of its own, for tests that limit, crowd or kill it.

Run as `notes_elsewhere.py TASK FOLDER [NUMBER]`. What it prints is acknowledged: the
save it tells of had returned.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import ParamSpec, TypeVar

from explorer.errors import NoteError
from explorer.model import Ref
from explorer.notes import Note, NoteStore, Saved

REFS = [Ref("issue", "rare-earths"), Ref("issue", "soybeans"), Ref("round", "madrid")]
P = ParamSpec("P")
R = TypeVar("R")
STEPS = ["open", "write", "fsync", "replace", "unlink", "close"]


def body(number: int) -> str:
    """Long enough to be written in more than one page, and different from line to line."""
    return f"{number}\n" + "".join(f"{number} {line}\n" for line in range(2000))


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def save(store: NoteStore, ref: Ref, text: str, base: str | None) -> Saved:
    return store.save(ref, text, name="", base=base)


def save_without_end(store: NoteStore) -> None:
    """Go on from where the last one was killed, each note in turn."""
    held = store.load()
    notes = {ref: held.of(ref) for ref in REFS}
    last = max((int(note.text.split()[0]) for note in notes.values() if note), default=0)
    for number in count(last + 1):
        ref = REFS[number % len(REFS)]
        note = notes[ref]
        saved = save(store, ref, body(number), note.digest if note else None)
        assert saved.conflict is None
        notes[ref] = saved.note
        say(f"{ref} {number}")


def die_at_a_step(store: NoteStore, number: int) -> None:
    """Save once, then again, and be killed before that call to the system."""
    first = save(store, REFS[0], body(1), None).note
    say("1")
    calls = count()

    def or_die(call: Callable[P, R]) -> Callable[P, R]:
        def step(*args: P.args, **options: P.kwargs) -> R:
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **options)

        return step

    write = os.write
    for name in STEPS:
        setattr(os, name, or_die(getattr(os, name)))
    save(store, REFS[0], body(2), first.digest)
    write(1, b"2\n")


def add_lines(store: NoteStore, number: int) -> None:
    """Be ready, then add 25 lines to a note that others add to, and say where each went."""
    for line in range(25):
        found = store.read(REFS[0])
        assert isinstance(found, Note)
        if line == 0:
            say("ready")
        words = f"{number}-{line}"
        saved = save(store, REFS[0], f"{found.text}{words}\n", found.digest)
        say(f"{words} {saved.conflict or found.path}")


def try_to_save(store: NoteStore) -> None:
    """Save over the note that is there, and print the error."""
    found = store.read(REFS[0])
    assert isinstance(found, Note)
    try:
        save(store, REFS[0], body(2), found.digest)
    except NoteError as error:
        say(f"{error}")
    else:
        say("saved")


def save_with_little_room(store: NoteStore) -> None:
    """As if the disk took no file of more than a page."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    try_to_save(store)


def save_as_nobody(store: NoteStore) -> None:
    """As a user whom permissions apply to, which they do not to root."""
    import tomli
    import tomli_w

    assert tomli
    assert tomli_w
    if os.geteuid() == 0:
        os.setuid(65534)
    try_to_save(store)


if __name__ == "__main__":
    task, folder, *numbers = sys.argv[1:]
    globals()[task](NoteStore(Path(folder), "key"), *map(int, numbers))
