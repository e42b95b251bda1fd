"""Full disks, failing calls and kills in the middle of an import, a backup or its return."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from tests.failing_calls import Failing
from tests.portable_notes import DATASET, FEES, TOLLS, note_out, written

import explorer
from explorer.errors import NoteError
from explorer.notes import NoteStore, Words, file_names, folder_contents
from explorer.record.model import Ref
from explorer.storage import files
from explorer.transfer import export
from explorer.transfer.backup import backup, restore
from explorer.transfer.importer import import_notes
from explorer.transfer.portable_note import PortableNote
from explorer.transfer.transfer_report import TransferReport

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and permissions of POSIX")

HELPER = Path(__file__).parents[1] / "exchange_elsewhere.py"

CALLS = [
    ("open", False),
    ("write", False),
    ("fsync", False),
    ("fsync", True),
    ("link", False),
    ("link", True),
    ("close", True),  # one that fails has closed all the same
]
CODES = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EMFILE]


def coming() -> list[PortableNote]:
    """Three notes, of which the second differs from the one that is there."""
    return [
        note_out("new", ref=TOLLS, id=file_names.file_name(TOLLS).removesuffix(".toml")),
        note_out("theirs"),
        note_out("copy", is_copy=True),
    ]


def prepared(folder: Path) -> NoteStore:
    """With the note that differs."""
    store = NoteStore(folder, DATASET)
    import_notes(store, store.load(), [note_out("ours")])
    return store


def bytes_in(store: NoteStore) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in store.where.rglob("*.toml")}


def temporaries_in(folder: Path) -> list[Path]:
    return list(folder.rglob(".explorer-*"))


def all_words(store: NoteStore) -> set[str]:
    held = store.load()
    assert held.damaged == ()
    copies = [copy for copies in held.copies.values() for copy in copies]
    return {note.text for note in [*held.all(), *copies]}


def accounted(outcome: TransferReport) -> int:
    return len(outcome.added) + len(outcome.kept_both) + outcome.same + len(outcome.refused)


# The order that a power cut asks for


@pytest.mark.parametrize("task", ["put back", "back up"])
def test_the_file_then_its_folder_is_flushed_before_it_is_said_to_be_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    store = prepared(tmp_path / "notes")
    place = store.where / "trash" / "a.toml" if task == "put back" else tmp_path / "b.zip"
    place.parent.mkdir(exist_ok=True)
    done: list[str] = []
    fsync, link = os.fsync, os.link

    def flush(file: int) -> None:
        found = os.fstat(file)
        is_its_folder = os.path.samestat(found, place.parent.stat())
        done.append("flush folder" if is_its_folder else f"flush {found.st_size} bytes")
        fsync(file)

    def name(new: Path, meant: Path) -> None:
        done.append("name")
        link(new, meant)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(os, "link", name)
    monkeypatch.delattr("explorer.storage.files.fcntl.F_FULLFSYNC", raising=False)
    if task == "put back":
        assert folder_contents.put_back(store.where, "trash/a.toml", b"bytes") == place
    else:
        backup(store, place)
    done.append("return")
    size = place.stat().st_size
    assert done == [f"flush {size} bytes", "name", "flush folder", "return"]


# A call to the system that fails


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize(("name", "late"), CALLS)
def test_whichever_call_fails_an_import_loses_nothing_and_goes_on_when_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, name: str, late: bool, lasting: bool
) -> None:
    for nth in range(40):
        code = CODES[nth % len(CODES)]
        store = prepared(tmp_path / str(nth))
        before, known = bytes_in(store), store.load()
        failing = Failing(getattr(os, name), nth, code, lasting=lasting, late=late)
        with monkeypatch.context() as patch:
            patch.setattr(os, name, failing)
            outcome = import_notes(store, known, coming())
        if failing.calls <= nth:
            assert nth > 2, f"{name} was hardly ever called"
            break
        assert accounted(outcome) == 3
        after = bytes_in(store)
        assert after.items() >= before.items()
        assert temporaries_in(tmp_path) == []
        for path in (*outcome.added, *outcome.kept_both):
            assert path in after
        if outcome.refused:
            assert files.why(OSError(code, os.strerror(code))) in str(outcome)
        again = import_notes(store, store.load(), coming())
        assert again.refused == []
        assert all_words(store) == {"ours", "new", "theirs", "copy"}
        assert import_notes(store, store.load(), coming()) == TransferReport(same=3)
        assert len(bytes_in(store)) == 4, "the same words are there twice"
    else:
        pytest.fail("no import came to its end")


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize(("name", "late"), CALLS)
def test_whichever_call_fails_putting_back_loses_nothing_and_goes_on_when_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, name: str, late: bool, lasting: bool
) -> None:
    full = prepared(tmp_path / "full")
    import_notes(full, full.load(), coming())
    deleted = full.save(Ref("round", "tides"), Words("deleted"), name="", note=None).note
    full.delete(deleted)
    made = backup(full, tmp_path / "b.zip")
    kept = set(bytes_in(full).values())
    for nth in range(60):
        code = CODES[nth % len(CODES)]
        store = NoteStore(tmp_path / str(nth), DATASET)
        mine = store.save(FEES, Words("mine"), name="", note=None).note
        failing = Failing(getattr(os, name), nth, code, lasting=lasting, late=late)
        outcome, said = None, ""
        with monkeypatch.context() as patch:
            patch.setattr(os, name, failing)
            try:
                outcome = restore(store, made.path)
            except NoteError as error:
                said = str(error)
        if failing.calls <= nth:
            assert nth > 3, f"{name} was hardly ever called"
            break
        if outcome is None:  # the archive could not be read
            assert "could not be read" in said
            assert bytes_in(store) == {mine.path: mine.path.read_bytes()}
        else:
            assert accounted(outcome) == 5
        assert temporaries_in(tmp_path) == []
        assert store.read(mine.id) == mine
        assert restore(store, made.path).refused == []
        assert set(bytes_in(store).values()) == {*kept, mine.path.read_bytes()}
        assert restore(store, made.path) == TransferReport(same=5)
        assert len(bytes_in(store)) == 6, "the same bytes are there twice"
    else:
        pytest.fail("nothing came to its end")


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize(("name", "late"), CALLS)
def test_whichever_call_fails_a_backup_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, name: str, late: bool, lasting: bool
) -> None:
    store = prepared(tmp_path / "notes")
    before = bytes_in(store)
    whole = backup(store, tmp_path / "whole.zip").path.read_bytes()
    for nth in range(20):
        code = CODES[nth % len(CODES)]
        target = tmp_path / f"{nth}.zip"
        failing = Failing(getattr(os, name), nth, code, lasting=lasting, late=late)
        made, said = None, ""
        with monkeypatch.context() as patch:
            patch.setattr(os, name, failing)
            try:
                made = backup(store, target)
            except NoteError as error:
                said = str(error)
        if failing.calls <= nth:
            break
        assert temporaries_in(tmp_path) == []
        assert bytes_in(store) == before
        if target.exists():
            assert target.read_bytes() == whole or (made is not None and made.left_out)
        if made is None:
            assert said
        elif not made.left_out:
            assert target.read_bytes() == whole
    else:
        pytest.fail("no backup came to its end")


@pytest.mark.parametrize("force", [False, True])
def test_an_export_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool
) -> None:
    target = tmp_path / "notes.md"
    if force:
        target.write_text("old")

    def full(*args: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(NoteError, match="the disk is full"):
        export.save(target, b"new", force=force)
    assert [path.name for path in tmp_path.iterdir()] == (["notes.md"] if force else [])
    assert not force or target.read_text() == "old"


def test_after_an_error_of_the_disk_the_rest_is_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = NoteStore(tmp_path, DATASET)
    notes = [note_out(str(n), id="", place=f"row {n}") for n in range(2, 7)]
    tries = []

    def full(*args: object) -> int:
        tries.append(args)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    outcome = import_notes(store, store.load(), notes)
    assert len(tries) == 1
    assert [refused.what for refused in outcome.refused] == [f"row {n}" for n in range(2, 7)]
    assert "the disk is full" in outcome.refused[0].why
    assert outcome.refused[4].why == "it was not tried after that"


def test_after_an_error_of_the_disk_no_more_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = prepared(tmp_path / "full")
    import_notes(full, full.load(), coming())
    made = backup(full, tmp_path / "b.zip")
    tries = []

    def no_room(*args: object) -> int:
        tries.append(args)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", no_room)
    outcome = restore(NoteStore(tmp_path / "empty", DATASET), made.path)
    assert len(tries) == 1
    assert [refused.what.split("/")[0] for refused in outcome.refused] == ["notes"] * 4
    assert "the disk is full" in outcome.refused[0].why
    assert outcome.refused[3].why == "it was not tried after that"


def test_a_folder_that_cannot_be_flushed_is_remarked_upon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = prepared(tmp_path)
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, 1, errno.EIO, lasting=False, late=False))
    outcome = import_notes(store, store.load(), [note_out(ref=TOLLS, id="")])
    assert len(outcome.added) == 1
    assert "may not outlive a power cut" in str(outcome)


# A kill


def elsewhere(task: str, folder: Path, file: Path, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HELPER), task, str(folder), str(file), str(number)],
        env={**os.environ, "PYTHONPATH": str(Path(explorer.__file__).parents[1])},
        stdout=subprocess.PIPE,
        text=True,
    )


def many() -> list[PortableNote]:
    stem = file_names.file_name(FEES).removesuffix(".toml")
    return [note_out(f"{n}\n" * 900, id=f"{stem}-{n:08x}") for n in range(20)]


@pytest.mark.parametrize("task", ["import_file", "restore_file"])
def test_a_kill_at_any_step_leaves_whole_notes_and_the_rest_comes_the_next_time(
    tmp_path: Path, task: str
) -> None:
    source = NoteStore(tmp_path / "source", DATASET)
    import_notes(source, source.load(), many())
    if task == "import_file":
        file = tmp_path / "notes.json"
        file.write_bytes(written(many(), "json"))
    else:
        file = backup(source, tmp_path / "b.zip").path
    expected = {path.name: data for path, data in bytes_in(source).items()}
    chance = random.Random(7)
    left_behind = partly = 0
    for step in [*range(1, 14, 2), *(chance.randrange(14, 150) for _ in range(6)), 10_000]:
        store = NoteStore(tmp_path / str(step), DATASET)
        with elsewhere(task, tmp_path / str(step), file, step) as process:
            said = process.communicate()[0]
        found = {path.name: data for path, data in bytes_in(store).items()}
        assert found.items() <= expected.items(), "a note is there in part"
        left_behind += bool(temporaries_in(store.where))
        partly += 0 < len(found) < len(expected)
        if process.returncode == 0:
            assert said == "20 added.\n"
            assert step == 10_000
            assert found == expected
            break
        assert process.returncode == -signal.SIGKILL
        with elsewhere(task, tmp_path / str(step), file, 10_000) as process:
            said = process.communicate()[0]
        there = f", {len(found)} already there" if found else ""
        assert said == f"{20 - len(found)} added{there}.\n"
        with suppress(FileNotFoundError):
            store.load()
        assert temporaries_in(store.where) == []
        assert {path.name: data for path, data in bytes_in(store).items()} == expected
    else:
        pytest.fail("nothing came to its end")
    assert left_behind, "no kill left anything to sweep"
    assert partly > 3, "no kill came in the middle"
