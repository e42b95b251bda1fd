"""Full disks, failing calls, kills and crowds: no saved note is lost, no error is silent."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
import tomli
from tests.failing_calls import Failing, P, R
from tests.notes_elsewhere import LABELS, MEMORY, REFS, STEPS, Prepared, body, short

import explorer
from explorer.errors import NoteError
from explorer.notes import Drafts, Note, Notes, NoteStore, Saved, Words, trash
from explorer.storage import files, folders, locks, processes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and permissions of POSIX")

RARE, _, MADRID = REFS
HELPER = Path(__file__).parents[1] / "notes_elsewhere.py"
Elsewhere = subprocess.Popen[str]


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path, "key")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory where there is such a thing, for drafts too."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        monkeypatch.setenv("XDG_STATE_HOME", f"{folder}/state")
        yield Path(folder)


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


def elsewhere(task: str, folder: Path, *words: str) -> Elsewhere:
    """Start a process that keeps notes; see the helper."""
    return subprocess.Popen(
        [sys.executable, str(HELPER), task, str(folder), *words],
        env={**os.environ, "PYTHONPATH": str(Path(explorer.__file__).parents[1])},
        stdin=subprocess.PIPE,
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


def save(store: NoteStore, text: str, note: Note | None) -> Saved:
    return store.save(RARE, Words(text), name="", note=note)


def first_note(store: NoteStore, text: str = "old words\n") -> Note:
    return save(store, text, None).note


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def assert_alone_and_unchanged(note: Note) -> None:
    assert files.digest(note.path.read_bytes()) == note.digest
    assert names_in(note.path.parent) == [note.path.name]


# The order that a power cut asks for

STEPS_OF = {
    "save": ["flush file", "replace", "flush notes"],
    "new": ["flush file", "link", "flush notes"],
    "conflict": ["flush file", "link", "flush notes"],
    "delete": [
        *("replace", "flush trash", "flush notes"),
        *("flush file", "replace", "flush trash"),  # as it lies there, which git does not know
    ],
    "restore": ["flush file", "link", "flush notes", "unlink", "flush trash"],
    "keep": ["flush file", "replace", "flush session"],
}
STEPS_OF["resolve"] = [*STEPS_OF["save"], *STEPS_OF["delete"]]
STEPS_OF["move"] = [*STEPS_OF["new"], *STEPS_OF["delete"]]


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is done to files and folders from when the first step is cleared away."""
    done: list[str] = []
    fsync, unlink = os.fsync, os.unlink

    def flush(file: int) -> None:
        found = os.fstat(file)
        drafts = folders.state_folder()
        paths = (path for folder in (tmp_path, drafts) for path in folder.rglob("*"))
        place = next((path for path in paths if os.path.samestat(path.lstat(), found)), tmp_path)
        kind = "session" if drafts in place.parents else place.name
        done.append(f"flush {kind if place.is_dir() else 'file'}")
        fsync(file)

    def remove(path: Path) -> None:
        if path.name.endswith(".toml"):
            done.append("unlink")
        unlink(path)

    def noted(name: str) -> Callable[[Path, Path], None]:
        call = getattr(os, name)

        def move(new: Path, place: Path) -> None:
            call(new, place)
            done.append(name)

        return move

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", flush)
        patch.setattr(os, "unlink", remove)
        for name in ("replace", "rename", "link"):
            patch.setattr(os, name, noted(name))
        patch.delattr("explorer.storage.files.fcntl.F_FULLFSYNC", raising=False)
        yield done


@pytest.mark.parametrize("what", STEPS_OF)
def test_all_is_flushed_in_an_order_that_a_power_cut_may_break_off(
    tmp_path: Path, steps: list[str], what: str
) -> None:
    """New words, then their folder, are safe before the old go or the call returns."""
    prepared = Prepared(tmp_path)
    steps.clear()
    prepared.act(what)
    assert steps == STEPS_OF[what]


def test_both_sides_of_a_merge_are_safe_in_the_trash_before_they_are_merged(
    store: NoteStore, steps: list[str]
) -> None:
    note = first_note(store)
    store.delete(first_note(store, "so that there is a trash"))
    sides = "<<<<<<< here\nold words\n=======\nother words\n>>>>>>> there\n"
    note.path.write_text(note.path.read_text().replace("old words\n", sides))
    (copy,) = store.load().copies_on(RARE)
    steps.clear()
    merged = store.resolve(store.load().by_id(note.id), copy, Words("both words"), name="")
    assert merged.gone == copy
    kept = ["flush file", "link", "flush trash"]
    assert steps == [*kept, "flush file", "replace", "flush notes"]


def test_each_new_folder_is_flushed_into_the_one_above(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    fsync = os.fsync

    def flush(file: int) -> None:
        flushed.append(os.fstat(file).st_ino)
        fsync(file)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.delattr("explorer.storage.files.fcntl.F_FULLFSYNC", raising=False)
    note = first_note(store)
    above = [store.where.parent, store.where]
    inner = note.path.stat(), store.path_of(RARE).parent.stat()
    assert flushed == [*(folder.stat().st_ino for folder in above), *(at.st_ino for at in inner)]


# A call to the system that fails


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
            again = save(store, "once more", base)
            assert again.conflict is None, "the text conflicts with itself"
            assert again.remark == ""


def saved_or_said(store: NoteStore, first: Note, why: str) -> Saved | None:
    """Save over a note, or see that the error names the file and the reason."""
    try:
        return save(store, "new words", first)
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
    saved = save(store, "new", first)
    assert store.read(first.id) == saved.note
    assert "may not outlive a power cut: the disk reported an error" in saved.remark


@pytest.mark.parametrize("what", ["move", "resolve", "restore"])
def test_what_a_power_cut_may_take_does_not_yet_replace_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    prepared = Prepared(tmp_path)
    with monkeypatch.context() as patch:
        failing = Failing(os.fsync, 1, errno.EIO, lasting=False, late=False)
        patch.setattr(os, "fsync", failing)
        done = prepared.act(what)
    assert isinstance(done, Saved)
    assert "may not outlive a power cut" in done.remark
    assert done.gone is None
    prepared.drafts.close()
    assert found_after(tmp_path, monkeypatch) == STATES[what][1]


def test_a_lock_that_is_not_let_go_is_an_error_and_no_loss(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = first_note(store)
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    with locks.locked(store.where):
        with pytest.raises(NoteError, match="another explorer is busy with it"):
            save(store, "new", first)
        with pytest.raises(NoteError, match="another explorer is busy with it"):
            store.delete(first)
    assert_alone_and_unchanged(first)


@pytest.mark.parametrize("done", [False, True])
def test_a_deletion_that_fails_leaves_the_note_or_has_moved_it(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch, *, done: bool
) -> None:
    first = first_note(store)
    before = first.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", Failing(os.replace, 0, errno.EIO, lasting=True, late=done))
        if done:
            assert trash.as_it_was(store.delete(first).read_bytes()) == before
        else:
            with pytest.raises(NoteError, match="It is where it was"):
                store.delete(first)
            assert_alone_and_unchanged(first)


# Any call to the system, in all that is done with notes

BEFORE = frozenset({"1 note", "3 copy", "4 trash", "5 draft"})


def step(state: frozenset[str], gone: str, come: str) -> frozenset[str]:
    return (state - {gone}) | {come}


SAVED = step(BEFORE, "1 note", "2 note")
BESIDE = BEFORE | {"2 copy"}
MOVING = BEFORE | {"1 elsewhere"}
RESTORING = BEFORE | {"4 note"}
STATES: dict[str, list[frozenset[str]]] = {
    "save": [BEFORE, SAVED],
    "new": [BEFORE, BEFORE | {"2 note"}],
    "conflict": [BEFORE, BESIDE],
    "resolve": [BEFORE, SAVED, step(SAVED, "3 copy", "3 trash")],
    "move": [BEFORE, MOVING, step(MOVING, "1 note", "1 trash")],
    "delete": [BEFORE, step(BEFORE, "1 note", "1 trash")],
    "restore": [BEFORE, RESTORING, RESTORING - {"4 trash"}],
    "keep": [BEFORE, step(BEFORE, "5 draft", "2 draft")],
    "take": [BEFORE, step(BEFORE, "5 draft", "5 elsewhere")],
}
"""What may be found where, from before a thing is done until it is."""


def found_after(folder: Path, monkeypatch: pytest.MonkeyPatch) -> frozenset[str]:
    """What the next run finds, each number with where it is; all of it whole."""
    with monkeypatch.context() as patch:
        patch.setattr(processes, "_began", lambda _: "0f0f0f0f")  # since another time
        if (folder / "state").exists():
            patch.setenv("XDG_STATE_HOME", f"{folder}/state")
        store = NoteStore(folder, "key")
        held, drafts = store.load(), Drafts(store.where)
        left = [(draft.words.text, "draft") for draft in drafts.left_behind()]
    assert held.damaged == drafts.damaged() == ()
    assert list(folder.rglob("*.tmp")) == []
    back = [store.restore(path).note for path in (store.where / "trash").glob("*.toml")]
    trashed = [(note.text, "trash") for note in back]
    copies = [(copy.text, "copy") for copy in held.copies_on(RARE)]
    notes = [(n.text, "note" if n.ref == RARE else "elsewhere") for n in held.all()]
    found = [*notes, *copies, *trashed, *left]
    assert all(text == short(int(text.split()[0])) for text, _ in found)
    assert len(found) == len(set(found)), "something is there twice"
    return frozenset(f"{text.split()[0]} {where}" for text, where in found)


class AllFailing:
    """Makes the nth call to the system fail, or all from then on, before or after the deed."""

    def __init__(self, nth: int, code: int, *, lasting: bool, late: bool) -> None:
        self.nth, self.code, self.lasting, self.late = nth, code, lasting, late
        self.calls = 0

    def instead_of(self, name: str) -> Callable[P, R]:
        call: Callable[P, R] = getattr(os, name)

        def fail(*args: P.args, **options: P.kwargs) -> R:
            self.calls += 1
            fails = self.calls > self.nth if self.lasting else self.calls == self.nth + 1
            # A file whose closing fails is closed all the same.
            done = call(*args, **options) if not fails or self.late or name == "close" else None
            if fails:
                raise OSError(self.code, os.strerror(self.code))
            return done  # type: ignore[return-value]

        return fail


def done_or_said(prepared: Prepared, what: str) -> Saved | NoteError | None:
    try:
        return prepared.act(what)
    except NoteError as error:
        return error


CODES = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EFBIG]


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("what", STATES)
def test_whichever_call_fails_nothing_is_lost_and_no_error_is_silent(
    quick: Path, monkeypatch: pytest.MonkeyPatch, *, what: str, lasting: bool, late: bool
) -> None:
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    before, *_, after = STATES[what]
    first = Prepared(quick / "first")
    for code in CODES[:2] if late else CODES:
        for nth in range(100):
            folder = quick / f"{code} {nth}"
            monkeypatch.setenv("XDG_STATE_HOME", f"{folder}/state")
            prepared = first.copied_to(folder)
            failing = AllFailing(nth, code, lasting=lasting, late=late)
            with monkeypatch.context() as patch:
                for name in (*STEPS, "listdir"):
                    patch.setattr(os, name, failing.instead_of(name))
                done = done_or_said(prepared, what)
            said = str(done) if isinstance(done, NoteError) else ""
            remark = done.remark if isinstance(done, Saved) else ""
            prepared.drafts.close()
            found = found_after(folder, monkeypatch)
            if isinstance(done, Saved) and done.conflict and what in ("save", "resolve"):
                # What stands there could not be read, so that it counts as another's.
                assert found == BESIDE
                continue
            assert found in STATES[what]
            assert not said or files.why(OSError(code, os.strerror(code))) in said
            if said and not late and what != "keep":
                assert found == before
            if not said and what not in ("restore", "take"):
                assert found == after or remark
            if failing.calls <= nth:
                assert (found, said, remark) == (after, "", "")
                break
        else:
            pytest.fail("it never came to its end")
        assert nth > 3, "too few calls to have been in the middle of it"


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_disk_without_hard_links_keeps_notes_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    for what, states in STATES.items():
        with monkeypatch.context() as patch:
            if not links:
                none = Failing(os.link, 0, errno.EPERM, lasting=True, late=False)
                patch.setattr(os, "link", none)
            prepared = Prepared(tmp_path / what)
            prepared.act(what)
        prepared.drafts.close()
        assert found_after(tmp_path / what, monkeypatch) == states[-1]


# Real disks


def test_a_full_disk_keeps_the_old_note(small_disk: Path) -> None:
    store = NoteStore(small_disk, "key")
    first = first_note(store)
    with pytest.raises(NoteError) as caught:
        save(store, "x" * 100_000, first)
    assert "the disk is full" in str(caught.value)
    assert "Free some space" in str(caught.value)
    assert_alone_and_unchanged(first)
    assert save(store, "short", first).conflict is None


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


@pytest.mark.parametrize("what", STATES)
def test_a_kill_before_any_step_leaves_what_was_or_what_was_to_be(
    quick: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    killed = said_by(elsewhere("die_at_each_step", quick, what))
    temporary = list(quick.rglob("*.tmp"))
    found = [found_after(quick / line.split()[0], monkeypatch) for line in killed]
    codes = [int(line.split()[1]) for line in killed]
    assert codes == [*[-signal.SIGKILL] * (len(codes) - 1), 0]
    before, *_, after = STATES[what]
    assert found[0] == before
    assert found[-1] == after
    states = [STATES[what].index(state) for state in found]
    assert states == sorted(states), "it went back and forth"
    assert len(found) > 5, "too few steps to have been in the middle of it"
    assert temporary or what in ("delete", "restore"), "no kill left anything to sweep"


def test_a_kill_at_any_moment_loses_no_acknowledged_word(quick: Path) -> None:
    """A hundred times; of what is only a draft, no more than what was typed last is lost."""
    store = NoteStore(quick, "key")
    last: dict[str, tuple[str, int]] = {}
    saves = 0
    with elsewhere("write_until_killed", quick, "7") as process:
        for _ in range(100):
            said = [line.split() for line in round_of(process)]
            assert said.pop() == ["ended", f"{-signal.SIGPROF}"]
            last.update({label: (done, int(number)) for done, label, number in said})
            saves += sum(done == "saved" for done, *_ in said)
            held, drafts = store.load(), Drafts(store.where)
            left = drafts.left_behind()
            assert held.damaged == drafts.damaged() == ()
            assert list(quick.rglob("*.tmp")) == []
            assert len(left) <= 1
            for label, (done, number) in last.items():
                texts = [note.text for note in held.all() if label_of(note.text) == label]
                if done == "deleting":
                    texts += texts_in_trash(store, label)
                if done == "kept":  # as a draft, or beside the note by now
                    texts += [copy.text for ref in REFS for copy in held.copies_on(ref)]
                    texts += [draft.words.text for draft in left]
                    texts = [text for text in texts if label_of(text) == label]
                found = max((int(text.split()[0]) for text in texts), default=0)
                assert found >= number, f"{label} {number} was {done}, and is lost"
                assert body(found, label) in texts
        process.communicate()
    assert saves > 100
    assert last.keys() == set(LABELS)
    assert any(len(held.on(ref)) > 1 for ref in REFS)


def round_of(process: Elsewhere) -> Iterator[str]:
    """What is said from the start of one child to its end."""
    assert process.stdin is not None
    process.stdin.write("go on\n")
    process.stdin.flush()
    for line in output_of(process):
        yield line
        if line.startswith("ended"):
            return


def label_of(text: str) -> str:
    return text.split()[1]


def texts_in_trash(store: NoteStore, label: str) -> list[str]:
    found = [trash.as_it_was(path.read_bytes()) for path in (store.where / "trash").iterdir()]
    texts = [tomli.loads(data.decode())["text"] for data in found]
    return [text for text in texts if label_of(text) == label]


# Crowded


def test_four_who_save_at_once_lose_no_line(quick: Path) -> None:
    store = NoteStore(quick, "key")
    notes = [save(store, "", None).note for _ in range(3)]
    said = said_by_four("add_lines", quick)
    assert len(said) == 240
    for words, place in said.items():
        assert words in Path(place).read_text().split(), f"{words} is not in {place}"
    beside = [place for place in said.values() if place not in {str(n.path) for n in notes}]
    held = store.load()
    assert len(set(beside)) == len(beside) == len(held.copies_on(RARE))
    assert sum(len(held.conflicts_of(note.id)) for note in notes) == len(beside)
    assert len(beside) >= 3
    assert held.damaged == ()


@pytest.mark.parametrize("round_number", range(3))
def test_four_who_write_new_notes_at_once_each_get_a_file(quick: Path, round_number: int) -> None:
    said = said_by_four("add_notes", quick)
    held = NoteStore(quick, "key").load()
    assert len(said) == 120
    assert {note.text: str(note.path) for note in held.on(RARE)} == said
    assert held.copies == {}


def said_by_four(task: str, folder: Path) -> dict[str, str]:
    """Four writers that begin at once: their words, each with the file it went to."""
    writers = [elsewhere(task, folder, str(number)) for number in range(4)]
    for writer in writers:
        assert output_of(writer).readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("begin\n")
        writer.stdin.flush()
    lines = [line.split(" ", 1) for writer in writers for line in said_by(writer)]
    return dict(lines)


class Editor:
    """A program without our lock that changes the files of notes, in either of two ways."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def write(self, path: Path, words: str) -> None:
        """Say other words of the same length, and hide that by the file's times."""
        before = path.stat()
        text = path.read_text()
        old = tomli.loads(text)["text"]
        text = text.replace(old, words)
        if self.chance.random() < 0.5:
            path.write_text(text)
        else:
            beside = path.with_name(".editor.swp")
            beside.write_text(text)
            beside.replace(path)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_no_words_that_another_program_wrote_are_overwritten(quick: Path) -> None:
    """Whoever writes last knows what was there, or it stays beside."""
    chance = random.Random(3)
    store, editor = NoteStore(quick, "key"), Editor(chance)
    held = Notes()
    for number in range(4):
        held = held.after(save(store, f"words {number:04}", None))
    wanted = {note.text for note in held.all()}
    conflicts = 0
    for number in range(10, 1010):
        note, words = chance.choice(held.all()), f"words {number:04}"
        match chance.randrange(4):
            case 0:
                held = store.reload(held)
                assert held == store.load()
            case 1:
                wanted -= {tomli.loads(note.path.read_text())["text"]}
                editor.write(note.path, words)
                wanted |= {words}
            case _:
                saved = save(store, words, note)
                wanted |= {words}
                if saved.conflict is None:
                    wanted -= {note.text}
                else:
                    conflicts += 1
                held = held.after(saved)
        there = {tomli.loads(path.read_text())["text"] for path in note.path.parent.iterdir()}
        assert wanted <= there
    assert conflicts > 50
