"""Backups: every byte goes out, comes back as it was, and an archive is never trusted blindly."""

from __future__ import annotations

import errno
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import NoteError, UsageError
from explorer.notes import Note, NoteStore, Words, file_names, folder_contents
from explorer.record.model import Ref
from explorer.storage import files, locks
from explorer.transfer import archive
from explorer.transfer.backup import backup, restore
from explorer.transfer.transfer_report import TransferReport

KEY = "harbour-talks"
FEES, TOLLS = Ref("issue", "fees"), Ref("issue", "tolls")
NAME = f"notes/{file_names.file_name(FEES)}"

posix = pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path / "one", KEY)


@pytest.fixture
def empty(tmp_path: Path) -> NoteStore:
    """Where nothing is yet, on the same dataset."""
    return NoteStore(tmp_path / "two", KEY)


def save(
    store: NoteStore, text: str, ref: Ref = FEES, note: Note | None = None
) -> Note:  # fmt: skip
    return store.save(ref, Words(text), name="Fees", note=note).note


def filled(store: NoteStore) -> NoteStore:
    """With a note, a further one, a conflict copy, deleted ones and damaged files."""
    first = save(store, "first")
    save(store, "further")
    save(store, "beside", note=replace(first, digest="0" * 64))
    store.delete(save(store, "deleted", ref=TOLLS))
    (store.where / "notes" / "Ünnamed note.toml").write_bytes(b"\xff\x00 not a note")
    (store.where / "trash" / "odd.toml").write_bytes(b"")
    store.path_of(Ref("round", "tides")).write_bytes(b"x" * 300_000)
    return store


def bytes_in(store: NoteStore) -> dict[str, bytes]:
    return {
        f"{folder}/{path.name}": path.read_bytes()
        for folder in ("notes", "trash")
        for path in (store.where / folder).glob("*")
        if path.is_file()
    }


def as_archive(
    held: dict[str, bytes], target: Path, dataset: str = KEY, compression: int = zipfile.ZIP_STORED
) -> Path:
    """An archive with a manifest that is right, packed by another program."""
    manifest = {
        "format": "explorer-backup",
        "version": 1,
        "dataset": dataset,
        "files": [{"name": name, "sha256": files.digest(data)} for name, data in held.items()],
    }
    with zipfile.ZipFile(target, "w", compression) as packed:
        packed.writestr("manifest.json", json.dumps(manifest))
        for name, data in held.items():
            packed.writestr(name, data)
    return target


def refused(store: NoteStore, source: Path) -> str:
    """What is said of an archive; nothing is written and nothing made."""
    before = sorted(source.parent.rglob("*"))
    with pytest.raises(NoteError) as caught:
        restore(store, source)
    assert caught.value.title == "The backup was not restored"
    assert sorted(source.parent.rglob("*")) == before
    return str(caught.value)


# Out


def test_a_backup_that_is_put_back_is_the_folder_byte_for_byte(
    store: NoteStore, empty: NoteStore, tmp_path: Path
) -> None:
    made = backup(filled(store), tmp_path / "b.zip")
    assert (made.path, made.number, made.left_out) == (tmp_path / "b.zip", 7, ())
    outcome = restore(empty, made.path)
    assert len(outcome.added) == 7
    assert outcome == TransferReport(added=outcome.added)
    assert bytes_in(empty) == bytes_in(store)
    assert empty.load().notes.keys() == store.load().notes.keys()
    assert restore(empty, made.path) == TransferReport(same=7)
    assert bytes_in(empty) == bytes_in(store)


def test_the_same_notes_make_the_same_backup(store: NoteStore, tmp_path: Path) -> None:
    filled(store)
    one, two = (backup(store, tmp_path / name).path.read_bytes() for name in ("1.zip", "2.zip"))
    assert one == two
    other = NoteStore(tmp_path / "two", KEY)
    restore(other, tmp_path / "1.zip")
    assert backup(other, tmp_path / "3.zip").path.read_bytes() == one


def test_any_program_can_open_a_backup(store: NoteStore, tmp_path: Path) -> None:
    made = backup(filled(store), tmp_path / "b.zip")
    with zipfile.ZipFile(made.path) as packed:
        assert packed.testzip() is None
        names_in = packed.namelist()
        manifest = json.loads(packed.read("manifest.json"))
        assert {packed.getinfo(name).compress_type for name in names_in} == {zipfile.ZIP_STORED}
        assert {packed.getinfo(name).date_time for name in names_in} == {(1980, 1, 1, 0, 0, 0)}
    held = bytes_in(store)
    assert names_in == ["manifest.json", *sorted(held)]
    assert manifest["dataset"] == KEY
    assert {f["name"]: f["sha256"] for f in manifest["files"]} == {
        name: files.digest(data) for name, data in held.items()
    }


@posix
def test_a_backup_is_for_this_user_only(store: NoteStore, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = backup(filled(store), tmp_path / "b.zip")
    finally:
        os.umask(before)
    assert made.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda p: p.symlink_to("nowhere")])
def test_a_backup_is_never_written_over_anything(
    store: NoteStore, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    save(store, "mine")
    target = tmp_path / "b.zip"
    make(target)
    before = target.lstat()
    # A folder may stand there too, and is told apart.
    with pytest.raises((UsageError, NoteError), match=r"is there already|is a folder"):
        backup(store, target)
    assert target.lstat() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "one"]


def test_a_file_that_appears_in_the_last_moment_is_not_written_over(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, "mine")
    target, name_new = tmp_path / "b.zip", files.name_new

    def late(new: Path, place: Path) -> bool:
        target.write_text("theirs")
        return name_new(new, place)

    monkeypatch.setattr(files, "name_new", late)
    with pytest.raises(UsageError, match="is there already"):
        backup(store, target)
    assert target.read_text() == "theirs"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "one"]


def test_a_backup_that_does_not_read_back_is_not_said_to_be_made(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, "mine")
    write = os.write

    def forgetful(file: int, data: bytes) -> int:
        return write(file, bytes(data).replace(b"mine", b"main"))

    monkeypatch.setattr(os, "write", forgetful)
    with pytest.raises(NoteError, match="the disk reported an error"):
        backup(store, tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(
    store: NoteStore, empty: NoteStore, tmp_path: Path
) -> None:
    note = save(store, "mine")
    folder = store.path_of(TOLLS)
    folder.mkdir()
    link = note.path.with_name("link.toml")
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_bytes(note.path.read_bytes())
    link.symlink_to(elsewhere)
    made = backup(store, tmp_path / "b.zip")
    gone = note.path.with_name("gone.toml")
    gone.symlink_to("nowhere")
    assert made.number == 2, "what a link leads to is kept too"
    reasons = {file.path: file.reason for file in backup(store, tmp_path / "c.zip").left_out}
    assert reasons == {folder: "it is a folder", gone: "what it leads to is not there"}
    assert len(restore(empty, made.path).added) == 2


@posix
def test_a_name_that_other_systems_cannot_have_is_left_out_and_told(
    store: NoteStore, tmp_path: Path
) -> None:
    save(store, "mine")
    odd = store.where / "notes" / "a\\b\n.toml"
    odd.write_text("x")
    made = backup(store, tmp_path / "b.zip")
    assert [(file.path, file.reason) for file in made.left_out] == [
        (odd, "its name is not one for all systems")
    ]


def test_what_editors_keep_beside_the_notes_is_no_part_of_a_backup(
    store: NoteStore, tmp_path: Path
) -> None:
    note = save(store, "mine")
    for name in (".hidden.toml", "note.toml~", "README.md"):
        (note.path.parent / name).write_text("x")
    assert backup(store, tmp_path / "b.zip").number == 1


@pytest.mark.parametrize("is_there", [True, False])
def test_where_there_are_no_notes_there_is_no_backup(
    store: NoteStore, tmp_path: Path, *, is_there: bool
) -> None:
    if is_there:
        store.delete(save(store, "mine")).unlink()
    with pytest.raises(NoteError, match="There is nothing to back up"):
        backup(store, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_folder_that_is_not_there_is_said_to_be_missing(store: NoteStore, tmp_path: Path) -> None:
    save(store, "mine")
    with pytest.raises(NoteError, match="could not be written: there is no such folder"):
        backup(store, tmp_path / "nowhere" / "b.zip")


def test_more_than_an_archive_may_hold_is_no_backup(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, "mine")
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    with pytest.raises(NoteError, match="there are more than"):
        backup(store, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_nobody_saves_while_a_backup_is_read(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = save(store, "mine")
    read, said = files.read_with_stat, []
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)

    def busy(path: Path, limit: int, *, follow: bool = True) -> tuple[bytes, os.stat_result]:
        if path == note.path and not said:
            said.append("asked")
            with pytest.raises(NoteError, match="another explorer is busy with it"):
                NoteStore(tmp_path / "one", KEY).delete(note)
        return read(path, limit, follow=follow)

    monkeypatch.setattr(files, "read_with_stat", busy)
    assert folder_contents.everything(store.where)[0].keys() == {f"notes/{note.path.name}"}
    assert said == ["asked"]


@posix
def test_notes_on_a_disk_that_can_only_be_read_are_kept_too(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = save(store, "mine")
    opened = os.open

    def read_only(path: Path, flags: int, *mode: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", read_only)
    assert folder_contents.everything(store.where)[0].keys() == {f"notes/{note.path.name}"}


def test_a_lock_that_is_not_let_go_is_an_error(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, "mine")
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    with (
        locks.locked(store.where),
        pytest.raises(NoteError, match="another explorer is busy with it"),
    ):
        backup(store, tmp_path / "b.zip")


# Back, beside what is there


def test_what_was_changed_since_is_left_and_the_old_words_go_beside_it(
    store: NoteStore, tmp_path: Path
) -> None:
    first, other = save(store, "old"), save(store, "same", ref=TOLLS)
    old = first.path.read_bytes()
    made = backup(store, tmp_path / "b.zip")
    newer = save(store, "newer", note=first)
    before = bytes_in(store)
    outcome = restore(store, made.path)
    (copy,) = outcome.kept_both
    assert outcome == TransferReport(same=1, kept_both=[copy])
    assert copy.read_bytes() == old
    held = store.load()
    assert held.on(FEES) == (newer,)
    assert [beside.text for beside in held.conflicts_of(first.id)] == ["old"]
    assert held.on(TOLLS) == (other,)
    assert bytes_in(store).items() > before.items()
    assert restore(store, made.path) == TransferReport(same=2)
    assert str(outcome) == (
        "1 already there, 1 kept beside a note that says something else."
    )  # fmt: skip


def test_what_was_deleted_since_comes_back(store: NoteStore, tmp_path: Path) -> None:
    note = save(store, "mine")
    made = backup(store, tmp_path / "b.zip")
    trashed = store.delete(note)
    assert restore(store, made.path).added == [note.path]
    assert store.load().on(FEES) == (note,)
    assert trashed.exists()


@pytest.mark.parametrize(
    "data", [b"", b"half a no", b"x" * 300_000], ids=["empty", "half", "large"]
)
def test_a_damaged_file_in_its_place_is_left_and_the_note_goes_beside_it(
    store: NoteStore, tmp_path: Path, data: bytes
) -> None:
    note = save(store, "mine")
    made = backup(store, tmp_path / "b.zip")
    note.path.write_bytes(data)
    assert len(restore(store, made.path).kept_both) == 1
    assert note.path.read_bytes() == data
    assert [copy.text for copy in store.load().copies_on(FEES)] == ["mine"]
    assert restore(store, made.path) == TransferReport(same=1)


def test_a_damaged_file_comes_back_beside_a_note_in_its_place_once(
    store: NoteStore, tmp_path: Path
) -> None:
    path = store.path_of(FEES)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"y" * 300_000)
    made = backup(store, tmp_path / "b.zip")
    path.unlink()
    save(store, "mine").path.rename(path)
    (note,) = store.load().on(FEES)
    (beside,) = restore(store, made.path).kept_both
    assert beside.read_bytes() == b"y" * 300_000
    assert store.load().on(FEES) == (note,)
    assert restore(store, made.path) == TransferReport(same=1)


def test_a_deleted_note_with_the_name_of_another_goes_beside_it_in_the_trash(
    store: NoteStore, tmp_path: Path
) -> None:
    trashed = store.delete(save(store, "mine"))
    made = backup(store, tmp_path / "b.zip")
    trashed.write_bytes(b"other")
    (beside,) = restore(store, made.path).kept_both
    assert beside.parent == trashed.parent
    assert trashed.read_bytes() == b"other"
    assert restore(store, made.path) == TransferReport(same=1)
    assert store.restore(beside).note.text == "mine"


@posix
def test_a_link_or_a_folder_in_its_place_is_left_and_not_followed(
    store: NoteStore, tmp_path: Path
) -> None:
    note, other = save(store, "mine"), save(store, "more", ref=TOLLS)
    made = backup(store, tmp_path / "b.zip")
    note.path.unlink()
    note.path.symlink_to(tmp_path / "outside")
    other.path.unlink()
    other.path.mkdir()
    assert len(restore(store, made.path).kept_both) == 2
    assert note.path.is_symlink()
    assert not (tmp_path / "outside").exists()
    assert {copy.text for copy in store.load().copies_on(FEES)} == {"mine"}


@posix
def test_what_is_put_back_is_for_this_user_only(
    store: NoteStore, empty: NoteStore, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        restore(empty, backup(filled(store), tmp_path / "b.zip").path)
    finally:
        os.umask(before)
    for path in [empty.where, *empty.where.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)


def test_a_backup_packed_anew_by_another_program_can_be_put_back(
    store: NoteStore, empty: NoteStore, tmp_path: Path
) -> None:
    held = bytes_in(filled(store))
    source = as_archive(held, tmp_path / "b.zip", compression=zipfile.ZIP_DEFLATED)
    assert len(restore(empty, source).added) == 7
    assert bytes_in(empty) == held


CHANGES = st.sampled_from(["leave", "change", "delete", "damage", "add"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([FEES, TOLLS]), CHANGES), min_size=1, max_size=5))
def test_whatever_was_done_since_nothing_is_lost_by_putting_back(
    changes: list[tuple[Ref, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = NoteStore(Path(folder) / "notes", KEY)
        notes = [save(store, f"old {n}", ref=ref) for n, (ref, _) in enumerate(changes)]
        kept = bytes_in(store)
        made = backup(store, Path(folder) / "b.zip")
        for note, (_, change) in zip(notes, changes, strict=True):
            match change:
                case "change":
                    save(store, "new", ref=note.ref, note=note)
                case "delete":
                    store.delete(note)
                case "damage":
                    note.path.write_bytes(b"damaged")
                case "add":
                    save(store, "added", ref=note.ref)
        before = bytes_in(store)
        outcome = restore(store, made.path)
        after = bytes_in(store)
        assert after.items() >= before.items()
        assert set(kept.values()) <= set(after.values())
        assert len(after) == len(before) + len(outcome.added) + len(outcome.kept_both)
        assert restore(store, made.path) == TransferReport(same=len(kept))


# Archives that are not to be trusted


@pytest.mark.parametrize(
    "name",
    [
        *("../x.toml", "notes/../../x.toml", "/etc/x.toml", "notes//x.toml", "notes/a/b.toml"),
        *(
            "notes\\x.toml",
            "notes/..\\x.toml",
            "C:/x.toml",
            "lock",
            "x.toml",
            "drafts/s/draft.toml",
        ),
        *("notes/", "notes/.toml", "notes/.explorer-1-x.tmp", "notes/x.txt", "Notes/x.toml"),
        *("notes/\x1b[31m.toml", "notes/" + "x" * 300 + ".toml", "notes/a\x00.toml"),
    ],
)
def test_a_name_that_is_not_a_note_s_is_refused_by_the_archive_and_by_the_store(
    store: NoteStore, tmp_path: Path, name: str
) -> None:
    source = as_archive({NAME: b"x", name: b"evil"}, tmp_path / "b.zip")
    assert "is not the name of a note" in refused(store, source)
    with pytest.raises(NoteError, match="is not the name of a note"):
        folder_contents.put_back(store.where, name, b"evil")
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_the_name_after_a_zero_byte_is_not_hidden(store: NoteStore, tmp_path: Path) -> None:
    source = tmp_path / "b.zip"
    write_raw(source, manifest(), {f"{NAME}|/../../evil": b"x"})
    source.write_bytes(source.read_bytes().replace(b"|", b"\x00"))
    assert "is not the name of a note" in refused(store, source)


@pytest.mark.parametrize("mode", [0o120777, 0o040755, 0o020666, 0o010644])
def test_a_link_a_folder_a_device_or_a_pipe_is_refused(
    store: NoteStore, tmp_path: Path, mode: int
) -> None:
    source = tmp_path / "b.zip"
    as_archive({}, source)
    with zipfile.ZipFile(source, "a") as packed:
        entry = zipfile.ZipInfo(NAME)
        entry.create_system, entry.external_attr = 3, mode << 16
        packed.writestr(entry, "/etc/passwd")
    assert "is not an ordinary file" in refused(store, source)


def test_an_entry_that_is_there_twice_is_refused(store: NoteStore, tmp_path: Path) -> None:
    source = as_archive({NAME: b"x"}, tmp_path / "b.zip")
    with zipfile.ZipFile(source, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr(NAME, b"y")
    assert f"“{NAME}” is in it twice" in refused(store, source)


def test_a_file_twice_in_the_manifest_is_refused(store: NoteStore, tmp_path: Path) -> None:
    source = tmp_path / "b.zip"
    told = {"name": NAME, "sha256": files.digest(b"x")}
    write_raw(source, manifest(files=[told, told]), {NAME: b"x"})
    assert "manifest.json: it has a file twice" in refused(store, source)


def manifest(**changes: object) -> bytes:
    told = {"name": NAME, "sha256": files.digest(b"x")}
    whole = {"format": "explorer-backup", "version": 1, "dataset": KEY, "files": [told]}
    return json.dumps(whole | changes).encode()


def write_raw(target: Path, told: bytes, held: dict[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("manifest.json", told)
        for name, data in held.items():
            packed.writestr(name, data)


@pytest.mark.parametrize(
    ("told", "held", "why"),
    [
        (manifest(), {NAME: b"y"}, f"“{NAME}” is not as its manifest says"),
        (manifest(), {NAME: b"xx"}, f"“{NAME}” is not as its manifest says"),
        (manifest(), {}, f"“{NAME}” is in its manifest and not in it"),
        (manifest(), {NAME: b"x", "notes/a.toml": b""}, "“notes/a.toml” is not in its manifest"),
        (manifest(files=[]), {NAME: b"x"}, f"“{NAME}” is not in its manifest"),
        (manifest(files=[{"name": NAME}]), {NAME: b"x"}, "a file without “name” and “sha256”"),
        (manifest(files="x"), {}, "it has no “dataset” with “files”"),
        (manifest(dataset=None), {}, "it has no “dataset” with “files”"),
        (manifest(version=2), {}, "a newer explorer wrote it (version 2)"),
        (manifest(format="zip"), {}, "it does not say that its format is “explorer-backup”"),
        (b"{", {}, "manifest.json: line 1, column 2"),
        (b"\xff", {}, "manifest.json: "),
        (b"[" * 100_000, {}, "manifest.json: it is nested too deeply"),
    ],
)
def test_a_manifest_that_does_not_hold_is_said_with_the_entry(
    store: NoteStore, tmp_path: Path, told: bytes, held: dict[str, bytes], why: str
) -> None:
    source = tmp_path / "b.zip"
    write_raw(source, told, held)
    assert why in refused(store, source)


def test_an_archive_without_a_manifest_is_refused(store: NoteStore, tmp_path: Path) -> None:
    source = tmp_path / "b.zip"
    with zipfile.ZipFile(source, "w") as packed:
        packed.writestr(NAME, b"x")
    assert "it has no manifest.json" in refused(store, source)


def test_a_backup_of_another_dataset_is_refused(tmp_path: Path) -> None:
    other = NoteStore(tmp_path / "other", "us-china-trade")
    save(other, "theirs")
    made = backup(other, tmp_path / "b.zip")
    said = refused(NoteStore(tmp_path / "one", KEY), made.path)
    assert "notes on another dataset, “us-china-trade”, and these are those on" in said


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive", b"\x1f\x8b" + b"x" * 50])
def test_what_is_no_archive_is_said_to_be_none(
    store: NoteStore, tmp_path: Path, data: bytes
) -> None:
    source = tmp_path / "b.zip"
    source.write_bytes(data)
    assert "it is not a whole ZIP archive" in refused(store, source)


def test_an_archive_that_is_not_there_is_said_to_be_missing(
    store: NoteStore, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="there is no such file: "):
        restore(store, tmp_path / "b.zip")


def test_any_bad_byte_is_found_before_anything_is_written(
    store: NoteStore, empty: NoteStore, tmp_path: Path
) -> None:
    save(store, "first words")
    save(store, "other words", ref=TOLLS)
    data = backup(store, tmp_path / "b.zip").path.read_bytes()
    kept = bytes_in(store)
    source = tmp_path / "bad.zip"
    for place in range(len(data)):
        source.write_bytes(data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :])
        try:
            found = archive.unpacked(source.read_bytes())
        except ValueError:
            continue
        # Times, versions and comments of entries vouch for nothing.
        assert found.files == kept
    for end in range(0, len(data), 7):
        source.write_bytes(data[:end])
        assert refused(empty, source)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_archive_changed_at_random_is_whole_or_refused_in_words(data: st.DataObject) -> None:
    content = bytearray(
        archive.packed(archive.Unpacked(KEY, {NAME: b"x" * 40, "trash/a.toml": b"yy"}))
    )
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.integers(0, len(content)))
        content[where : where + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
    try:
        found = archive.unpacked(bytes(content))
    except ValueError as error:
        assert str(error)  # noqa: PT017
    else:
        assert found.files == {NAME: b"x" * 40, "trash/a.toml": b"yy"}


# Bombs


def test_a_bomb_of_one_entry_is_refused_unread(store: NoteStore, tmp_path: Path) -> None:
    bomb = {NAME: b"\x00" * 50_000_000}
    source = as_archive(bomb, tmp_path / "b.zip", compression=zipfile.ZIP_DEFLATED)
    assert source.stat().st_size < 100_000
    assert "what is in it is far larger than it should be" in refused(store, source)


def test_a_bomb_that_says_it_is_small_is_read_no_further_than_it_says(
    store: NoteStore, tmp_path: Path
) -> None:
    source = as_archive(
        {NAME: b"\x00" * 50_000_000}, tmp_path / "b.zip", compression=zipfile.ZIP_DEFLATED
    )
    size = struct.pack("<L", 50_000_000)
    source.write_bytes(source.read_bytes().replace(size, struct.pack("<L", 1000)))
    said = refused(store, source)
    assert f"“{NAME}” is damaged" in said or "is not as its manifest says" in said


def test_entries_that_share_their_bytes_are_refused(store: NoteStore, tmp_path: Path) -> None:
    # As in the bombs of D. Fifield: many entries of a directory point to the same data.
    one = b"\x00" * 900_000
    held = {f"notes/{number}.toml": one for number in range(300)}
    source = tmp_path / "b.zip"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(one) + packer.flush()
    told = json.dumps(
        {
            "format": "explorer-backup",
            "version": 1,
            "dataset": KEY,
            "files": [{"name": name, "sha256": files.digest(one)} for name in held],
        }
    ).encode()
    with zipfile.ZipFile(source, "w") as archived:
        archived.writestr("manifest.json", told)
        start = archived.fp.tell()  # type: ignore[union-attr]
        crc = zlib.crc32(one)
        archived.fp.write(  # type: ignore[union-attr]
            struct.pack(
                "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(packed), len(one), 0, 0
            )
            + packed
        )
        for name in held:
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.CRC = zipfile.ZIP_DEFLATED, crc
            entry.compress_size, entry.file_size, entry.header_offset = len(packed), len(one), start
            archived.filelist.append(entry)
            archived.NameToInfo[name] = entry
        archived.start_dir = archived.fp.tell()  # type: ignore[union-attr]
        archived._didModify = True  # type: ignore[attr-defined]
    assert "what is in it is far larger than it should be" in refused(store, source)


def test_too_many_entries_are_refused_before_they_are_looked_at(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = as_archive({f"notes/{n}.toml": b"" for n in range(9)}, tmp_path / "b.zip")
    monkeypatch.setattr(archive, "MOST_FILES", 8)
    assert "it has more than 8 entries" in refused(store, source)
    monkeypatch.setattr(archive, "MOST_FILES", 4)
    opened = []
    monkeypatch.setattr(zipfile, "ZipFile", lambda *given: opened.append(given))
    assert "it has more than 4 entries" in refused(store, source)
    assert opened == []


def test_a_manifest_that_is_too_large_is_refused_unread(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = as_archive({NAME: b"x"}, tmp_path / "b.zip")
    monkeypatch.setattr(archive, "_MOST_OF_MANIFEST", 10)
    assert "its manifest.json is larger than any of ours" in refused(store, source)


def test_an_archive_that_is_too_large_is_refused_unread(
    store: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = as_archive({NAME: b"x" * 3000}, tmp_path / "b.zip")
    monkeypatch.setattr(archive, "LIMIT", 2048)
    assert "it is larger than 2 KB" in refused(store, source)


def test_an_encrypted_entry_and_an_unknown_packing_are_refused(
    store: NoteStore, tmp_path: Path
) -> None:
    source = as_archive({NAME: b"x"}, tmp_path / "b.zip")
    data = bytearray(source.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    source.write_bytes(data)
    assert f"“{NAME}” is encrypted" in refused(store, source)
    as_archive({NAME: b"x"}, source, compression=zipfile.ZIP_LZMA)
    assert "is packed in a way that is not known here" in refused(store, source)


@posix
def test_a_disk_without_hard_links_serves_as_well(
    store: NoteStore, empty: NoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)

    def unknown(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", unknown)
    made = backup(store, tmp_path / "b.zip")
    with pytest.raises(UsageError, match="is there already"):
        backup(store, made.path)
    assert len(restore(empty, made.path).added) == 7
    assert restore(empty, made.path) == TransferReport(same=7)
    assert bytes_in(empty) == bytes_in(store)
    assert list(tmp_path.rglob(".explorer-*")) == []
