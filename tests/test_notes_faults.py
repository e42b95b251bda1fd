"""Full disks, failing calls, kills and crowds: no saved note is lost, no error is silent."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Generic, ParamSpec, TypeVar

import pytest

import explorer
from explorer import files
from explorer.errors import NoteError
from explorer.model import Ref
from explorer.notes import Note, Notes, NoteStore, Saved

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and permissions of POSIX")

RARE = Ref("issue", "rare-earths")
HELPER = Path(__file__).with_name("notes_elsewhere.py")
Elsewhere = subprocess.Popen[str]
P = ParamSpec("P")
R = TypeVar("R")


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path, "key")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None:
        pytest.skip("there is no mount here")
    command = [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not permitted here")
    yield disk
    subprocess.run([unmount, str(disk)], check=True)


def elsewhere(task: str, folder: Path, number: int | None = None) -> Elsewhere:
    """Start a process that saves notes; see the helper."""
    numbers = [] if number is None else [str(number)]
    return subprocess.Popen(
        [sys.executable, str(HELPER), task, str(folder), *numbers],
        env={**os.environ, "PYTHONPATH": str(Path(explorer.__file__).parents[1])},
        stdout=subprocess.PIPE,
        text=True,
    )


def said_by(process: Elsewhere) -> list[str]:
    lines = process.communicate()[0].splitlines()
    assert process.returncode == 0
    return lines


def output_of(process: Elsewhere) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def first_note(store: NoteStore, text: str = "old words\n") -> Note:
    return store.save(RARE, text, name="", base=None).note


def body(number: int) -> str:
    """What the helper saves under a number."""
    return f"{number}\n" + "".join(f"{number} {line}\n" for line in range(2000))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def assert_alone_and_unchanged(note: Note) -> None:
    assert files.digest(note.path.read_bytes()) == note.digest
    assert names_in(note.path.parent) == [note.path.name]


# The order that a power cut asks for


def test_the_note_then_its_folder_is_flushed_before_saving_returns(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = first_note(store)
    done: list[str] = []
    fsync, move = os.fsync, os.replace

    def flush(file: int) -> None:
        found = os.fstat(file)
        if stat.S_ISDIR(found.st_mode):
            assert os.path.samestat(found, first.path.parent.stat())
            done.append("flush folder")
        else:
            done.append(f"flush {found.st_size} bytes")
        fsync(file)

    def replace(new: Path, place: Path) -> None:
        done.append("move")
        move(new, place)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.delattr("explorer.files.fcntl.F_FULLFSYNC", raising=False)
    saved = store.save(RARE, "new", name="", base=first.digest)
    done.append("return")
    size = saved.note.path.stat().st_size
    assert done == [f"flush {size} bytes", "move", "flush folder", "return"]


def test_each_new_folder_is_flushed_into_the_one_above(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    fsync = os.fsync

    def flush(file: int) -> None:
        flushed.append(os.fstat(file).st_ino)
        fsync(file)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.delattr("explorer.files.fcntl.F_FULLFSYNC", raising=False)
    note = first_note(store)
    above = [store.where.parent, store.where]
    inner = note.path.stat(), store.path_of(RARE).parent.stat()
    assert flushed == [*(folder.stat().st_ino for folder in above), *(at.st_ino for at in inner)]


def test_both_folders_are_flushed_before_a_note_counts_as_deleted(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.delete(RARE, first_note(store).digest)
    note = first_note(store)
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: flushed.append(os.fstat(file).st_ino))
    monkeypatch.delattr("explorer.files.fcntl.F_FULLFSYNC", raising=False)
    trashed = store.delete(RARE, note.digest)
    assert flushed == [trashed.parent.stat().st_ino, note.path.parent.stat().st_ino]


# A call to the system that fails


class Failing(Generic[P, R]):
    """Makes a function of `os` fail from its nth call on, or in that call alone."""

    def __init__(
        self, call: Callable[P, R], nth: int, code: int, *, lasting: bool, late: bool
    ) -> None:
        self.call, self.nth, self.code = call, nth, code
        self.lasting, self.late = lasting, late
        self.calls = 0

    def __call__(self, *args: P.args, **options: P.kwargs) -> R:
        self.calls += 1
        fails = self.calls > self.nth if self.lasting else self.calls == self.nth + 1
        if not fails:
            return self.call(*args, **options)
        if self.late:
            self.call(*args, **options)
        raise OSError(self.code, os.strerror(self.code))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize(
    ("name", "late"),
    [
        ("open", False),
        ("write", False),
        ("write", True),
        ("fsync", False),
        ("fsync", True),
        ("replace", False),
        ("replace", True),
        ("close", True),  # one that fails has closed all the same
    ],
)
def test_whichever_call_fails_the_new_words_or_the_old_bytes_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, name: str, late: bool, code: int
) -> None:
    for lasting in (False, True):
        for nth in range(20):
            store = NoteStore(tmp_path / f"{nth} {lasting}", "key")
            first = first_note(store)
            failing = Failing(getattr(os, name), nth, code, lasting=lasting, late=late)
            with monkeypatch.context() as patch:
                patch.setattr(os, name, failing)
                saved = saved_or_said(store, first, files.why(OSError(code, "")))
            if failing.calls <= nth:
                assert nth, f"{name} was never called"
                break
            held = store.load()
            assert held.damaged == ()
            assert [name for name in names_in(first.path.parent) if name.endswith(".tmp")] == []
            if saved is None:
                assert_alone_and_unchanged(first)
                base = first
            elif saved.conflict is not None:
                assert held == Notes().with_note(first).with_note(saved.note)
                base = first
            else:
                assert held == Notes().with_note(saved.note)
                base = saved.note
            again = store.save(RARE, "once more", name="", base=base.digest)
            assert again.conflict is None, "the text conflicts with itself"
            assert again.remark == ""


def saved_or_said(store: NoteStore, first: Note, why: str) -> Saved | None:
    """Save over a note, or see that the error names the file and the reason."""
    try:
        return store.save(RARE, "new words", name="", base=first.digest)
    except NoteError as error:
        words = str(error)
    assert str(first.path) in words
    assert why in words
    return None


def test_a_folder_that_cannot_be_flushed_is_remarked_upon(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = first_note(store)
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, 1, errno.EIO, lasting=False, late=False))
    saved = store.save(RARE, "new", name="", base=first.digest)
    assert store.read(RARE) == saved.note
    assert "may not outlive a power cut: the disk reported an error" in saved.remark


def test_a_lock_that_is_not_let_go_is_an_error_and_no_loss(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    if files.fcntl is None:
        pytest.skip("no locks here")
    first = first_note(store)
    monkeypatch.setattr(files, "_PATIENCE", 0.0)
    with files.locked(store.where / "lock"):
        with pytest.raises(NoteError, match="another explorer is busy with it"):
            store.save(RARE, "new", name="", base=first.digest)
        with pytest.raises(NoteError, match="another explorer is busy with it"):
            store.delete(RARE, first.digest)
    assert_alone_and_unchanged(first)


@pytest.mark.parametrize("done", [False, True])
def test_a_deletion_that_fails_leaves_the_note_or_has_moved_it(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch, *, done: bool
) -> None:
    first = first_note(store)
    before = first.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", Failing(os.rename, 0, errno.EIO, lasting=True, late=done))
        if done:
            assert store.delete(RARE, first.digest).read_bytes() == before
        else:
            with pytest.raises(NoteError, match="It is where it was"):
                store.delete(RARE, first.digest)
            assert_alone_and_unchanged(first)


# Real disks


def test_a_full_disk_keeps_the_old_note(small_disk: Path) -> None:
    store = NoteStore(small_disk, "key")
    first = first_note(store)
    with pytest.raises(NoteError) as caught:
        store.save(RARE, "x" * 100_000, name="", base=first.digest)
    assert "the disk is full" in str(caught.value)
    assert "Free some space" in str(caught.value)
    assert_alone_and_unchanged(first)
    assert store.save(RARE, "short", name="", base=first.digest).conflict is None


def test_a_file_that_may_not_grow_keeps_the_old_note(store: NoteStore, tmp_path: Path) -> None:
    first = first_note(store)
    (words,) = said_by(elsewhere("save_with_little_room", tmp_path))
    assert "could not be written" in words
    assert os.strerror(errno.EFBIG).lower() in words.lower()
    assert_alone_and_unchanged(first)


def test_a_folder_without_permission_keeps_the_old_note() -> None:
    # Not below tmp_path, into which another user may not even look.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = first_note(NoteStore(folder, "key"))
        if os.geteuid() == 0:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, 65534, 65534)
        first.path.parent.chmod(0o500)
        (words,) = said_by(elsewhere("save_as_nobody", folder))
        assert "permission was refused" in words
        assert str(first.path) in words
        assert_alone_and_unchanged(first)
        first.path.parent.chmod(0o700)


# Killed


def test_a_kill_before_any_step_leaves_the_old_note_or_the_new_one(tmp_path: Path) -> None:
    left_behind = 0
    for step in range(40):
        folder = tmp_path / str(step)
        process = elsewhere("die_at_a_step", folder, step)
        said = process.communicate()[0].splitlines()
        store = NoteStore(folder, "key")
        notes_folder = store.path_of(RARE).parent
        left_behind += len(names_in(notes_folder)) - 1
        held = store.load()
        note = held.of(RARE)
        assert note is not None
        assert note.text in (body(1), body(2))
        assert held == Notes().with_note(note)
        assert names_in(notes_folder) == [note.path.name]
        if process.returncode == 0:
            assert said == ["1", "2"]
            assert note.text == body(2)
            break
        assert process.returncode == -signal.SIGKILL
        assert said == ["1"]
    else:
        pytest.fail("no save came to its end")
    assert step > 8, "too few steps to have been in the middle of a save"
    assert left_behind, "no kill left anything to sweep"


def test_a_kill_at_any_moment_loses_no_acknowledged_save(tmp_path: Path) -> None:
    chance = random.Random(7)
    store = NoteStore(tmp_path, "key")
    acknowledged: dict[str, int] = {}
    for _ in range(25):
        with elsewhere("save_without_end", tmp_path) as process:
            output = output_of(process)
            said = [output.readline() for _ in range(chance.randint(1, 30))]
            # Else the kill would always come just after a line was said.
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0, 0.02))
            process.kill()
            # What was said between the last line read and the kill counts too.
            said += output.readlines()
        assert process.returncode == -signal.SIGKILL
        acknowledged.update((ref, int(number)) for ref, number in map(str.split, said))
        held = store.load()
        assert held.damaged == ()
        assert held.copies == {}
        for ref, number in acknowledged.items():
            note = held.of(Ref.parse(ref))
            assert note is not None
            saved = int(note.text.split()[0])
            assert saved >= number
            assert note.text == body(saved)
        assert len(names_in(store.path_of(RARE).parent)) == len(held.notes)
    assert len(acknowledged) == 3


# Crowded


def test_four_who_save_at_once_lose_no_line(tmp_path: Path) -> None:
    store = NoteStore(tmp_path, "key")
    first = first_note(store, "")
    with files.locked(store.where / "lock"):  # so that all begin from the same note
        writers = [elsewhere("add_lines", tmp_path, number) for number in range(4)]
        for writer in writers:
            assert output_of(writer).readline() == "ready\n"
    said = [line.split(" ", 1) for writer in writers for line in said_by(writer)]
    assert len(said) == 100
    for words, place in said:
        assert words in Path(place).read_text().split(), f"{words} is not in {place}"
    beside = [place for _, place in said if place != str(first.path)]
    held = store.load()
    assert len(set(beside)) == len(beside) == len(held.conflicts_of(RARE))
    assert len(beside) >= 3
    assert held.damaged == ()
