"""Keeps notes in a process of its own, for tests that limit, crowd or kill it.

Run as `notes_elsewhere.py TASK FOLDER [WORD]`. What it prints is acknowledged: the call it
tells of had returned.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

import explorer
from explorer.errors import NoteError
from explorer.notes import Draft, Drafts, Note, NoteStore, Saved, Words
from explorer.record.model import Ref

REFS = [Ref("issue", "rare-earths"), Ref("issue", "soybeans"), Ref("round", "madrid")]
LABELS = ["ash", "beech", "cedar", "elm", "fir", "hazel"]
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where there is a disk in memory, for what is done a thousand times."""
P = ParamSpec("P")
R = TypeVar("R")
STEPS = ["open", "write", "fsync", "link", "replace", "rename", "unlink", "mkdir", "close"]


def body(number: int, label: str = "", *, lines: int = 1000) -> str:
    """Longer than a page, unless fewer lines are enough, and different from line to line."""
    head = f"{number} {label}".strip()
    return f"{head}\n" + "".join(f"{number} {line}\n" for line in range(lines))


def short(number: int) -> str:
    """For what is done a thousand times."""
    return body(number, lines=20)


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def save(store: NoteStore, text: str, note: Note | None, ref: Ref = REFS[0]) -> Saved:
    return store.save(note.ref if note else ref, Words(text), name="", note=note)


def copy_beside(store: NoteStore, note: Note, text: str) -> Note:
    """What comes of saving from a note that was changed meanwhile."""
    return save(store, text, replace(note, digest="0" * 64)).note


def name_of_an_ended_process() -> str:
    """What a process of ours was called that is no more."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from explorer.storage.processes import own_name; print(own_name())",
        ],
        env={**os.environ, "PYTHONPATH": str(Path(explorer.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


# Killed in the middle


class Prepared:
    """A store with a note (1), a copy beside it (3), a deleted note (4) and a draft (5)."""

    def __init__(self, folder: Path) -> None:
        self.store = NoteStore(folder, "key")
        self.note = save(self.store, short(1), None).note
        self.copy = copy_beside(self.store, self.note, short(3))
        self.trashed = self.store.delete(save(self.store, short(4), None).note)
        self._keep_a_draft()

    def _keep_a_draft(self) -> None:
        self.drafts = Drafts(self.store.where)
        assert self.drafts.keep(Draft(REFS[1], Words(short(5)))) is None

    def copied_to(self, folder: Path) -> Self:
        """The same in another folder, for what is done a thousand times."""
        other = copy(self)
        other.store = NoteStore(folder, "key")
        where = Path(shutil.copytree(self.store.where, other.store.where))

        def moved(path: Path) -> Path:
            return where / path.relative_to(self.store.where)

        other.note = replace(self.note, path=moved(self.note.path))
        other.copy = replace(self.copy, path=moved(self.copy.path))
        other.trashed = moved(self.trashed)
        other._keep_a_draft()
        return other

    def act(self, what: str) -> Saved | NoteError | None:
        """Do one thing, of which the new words are 2; the result, if it has one."""
        done: Saved | NoteError | None = getattr(self, what)()
        return done

    def save(self) -> Saved:
        return save(self.store, short(2), self.note)

    def new(self) -> Saved:
        return save(self.store, short(2), None)

    def conflict(self) -> Saved:
        return save(self.store, short(2), replace(self.note, digest="0" * 64))

    def resolve(self) -> Saved:
        return self.store.resolve(self.note, self.copy, Words(short(2)), name="")

    def move(self) -> Saved:
        return self.store.move(self.note, REFS[2], name="", anchor=None)

    def delete(self) -> None:
        self.store.delete(self.note)

    def restore(self) -> Saved:
        return self.store.restore(self.trashed)

    def keep(self) -> NoteError | None:
        return self.drafts.keep(Draft(REFS[1], Words(short(2))))

    def take(self) -> None:
        """As if the session had ended, and the next one saved the draft that was left."""
        self.drafts.close()
        for draft in self.drafts.left_behind():
            save(self.store, draft.words.text, None, draft.ref)
            self.drafts.taken(draft)


def die_at_each_step(folder: Path, what: str) -> None:
    """Do it again and again, killed before the first call to the system, the second …"""
    first = Prepared(folder / "first")
    for number in count():
        process = os.fork()
        if process == 0:
            # A state of its own, or each looks through the drafts of all before it.
            os.environ["XDG_STATE_HOME"] = f"{folder / str(number)}/state"
            prepared = first.copied_to(folder / str(number))
            _die_at(number)
            done = prepared.act(what)
            os._exit(isinstance(done, NoteError))
        _, status = os.waitpid(process, 0)
        say(f"{number} {os.waitstatus_to_exitcode(status)}")
        if status == 0:
            return


def _die_at(number: int) -> None:
    calls = count()

    def or_die(call: Callable[P, R]) -> Callable[P, R]:
        def step(*args: P.args, **options: P.kwargs) -> R:
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **options)

        return step

    for name in STEPS:
        setattr(os, name, or_die(getattr(os, name)))


# Killed at any moment


def write_until_killed(folder: Path, seed: str) -> None:
    """Work on notes in a child that is killed after a while, then in the next one.

    After a while of work, whatever else the machine has to do: the signal comes by the time
    that the child has been running. Nobody handles it, and so it kills like any other.
    """
    _import_what_saving_needs()
    chance = random.Random(seed)
    while sys.stdin.readline():
        seconds, child_seed = chance.uniform(0.01, 0.05), chance.random()
        process = os.fork()
        if process == 0:
            try:
                signal.setitimer(signal.ITIMER_PROF, seconds)
                write_without_end(folder, child_seed)
            finally:
                os._exit(1)
        _, status = os.waitpid(process, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


def write_without_end(folder: Path, seed: float) -> None:
    """Go on from where the last one was killed, each note in turn."""
    writer = Writer(folder, random.Random(seed))
    writer.take_up()
    for number in count(writer.last + 1):
        writer.write(LABELS[number % len(LABELS)], number)


class Writer:
    """Keeps a draft, saves it, and more, and says so once it is done.

    A note is known by its label, wherever it is, and what is said of it is its number.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.store = NoteStore(folder, "key")
        self.drafts = Drafts(self.store.where)
        self.chance = chance
        self.latest: dict[str, Note] = {}

    @property
    def last(self) -> int:
        return max(map(_number, self.latest.values()), default=0)

    def take_up(self) -> None:
        """Save the draft that was left behind, and end the moves that were cut short."""
        for draft in self.drafts.left_behind():
            label = draft.words.text.split()[1]
            found = {note.text.split()[1]: note for note in self.store.load().all()}
            save(self.store, draft.words.text, found.get(label), draft.ref)
            self.drafts.taken(draft)
        for note in sorted(self.store.load().all(), key=_number):
            label = note.text.split()[1]
            if label in self.latest:
                self.store.delete(self.latest[label])
            self.latest[label] = note

    def write(self, label: str, number: int) -> None:
        note, words = self.latest.get(label), Words(body(number, label))
        ref = note.ref if note else self.chance.choice(REFS)
        draft = Draft(ref, words, note.id if note else None, note.digest if note else None)
        assert self.drafts.keep(draft) is None
        say(f"kept {label} {number}")
        if note is None or self.chance.random() < 0.5:
            saved = save(self.store, words.text, note, ref)
        else:
            copy = copy_beside(self.store, note, words.text)
            saved = self.store.resolve(note, copy, words, name="")
            assert saved.gone == copy
        assert saved.conflict is None
        say(f"saved {label} {number}")
        self.drafts.drop()
        match self.chance.randrange(4):
            case 0:
                to = self.chance.choice(REFS)
                saved = self.store.move(saved.note, to, name="", anchor=None)
                assert saved.trash
                say(f"saved {label} {number}")
            case 1:
                say(f"deleting {label} {number}")
                saved = self.store.restore(self.store.delete(saved.note))
                say(f"saved {label} {number}")
        self.latest[label] = saved.note


def _number(note: Note) -> int:
    return int(note.text.split()[0])


# Crowded


def add_lines(folder: Path, writer: str) -> None:
    """Be ready, then add lines to notes that others add to, and say where each went."""
    store = NoteStore(folder, "key")
    ids = [note.id for note in store.load().on(REFS[0])]
    say("ready")
    sys.stdin.readline()
    for line in range(60):
        note = store.read(ids[line % len(ids)])
        assert isinstance(note, Note)
        words = f"{writer}-{line}"
        saved = save(store, f"{note.text}{words}\n", note)
        say(f"{words} {saved.note.path}")


def add_notes(folder: Path, writer: str) -> None:
    """Be ready, then write new notes on a record on which others write too."""
    store = NoteStore(folder, "key")
    say("ready")
    sys.stdin.readline()
    for line in range(30):
        words = f"{writer}-{line}"
        say(f"{words} {save(store, words, None).note.path}")


def _import_what_saving_needs() -> None:
    """Before it is killed too early for it, or may no longer read where Python is."""
    import filelock
    import tomli
    import tomli_w

    assert all((filelock.lock_descriptor, tomli, tomli_w))


# Little room


def try_to_save(folder: Path) -> None:
    """Save over the note that is there, and print the error."""
    store = NoteStore(folder, "key")
    (note,) = store.load().on(REFS[0])
    try:
        save(store, body(2), note)
    except NoteError as error:
        say(f"{error}")
    else:
        say("saved")


def save_with_little_room(folder: Path) -> None:
    """As if the disk took no file of more than a page."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    try_to_save(folder)


def save_as_nobody(folder: Path) -> None:
    """As a user whom permissions apply to, which they do not to root."""
    _import_what_saving_needs()
    if os.geteuid() == 0:
        os.setuid(65534)
    try_to_save(folder)


if __name__ == "__main__":
    task, folder, *words = sys.argv[1:]
    globals()[task](Path(folder), *words)
