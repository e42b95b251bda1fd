"""What the files of notes said, kept for the next start: quick, and never believed blindly."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.notes import Anchor, NoteStore, Words, file_versions, seen_files
from explorer.notes.note import Note
from explorer.record.model import Ref
from explorer.storage import files, folders

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nothing is kept there")

RARE, SOY = Ref("issue", "rare-earths"), Ref("issue", "soybeans")
FULL = Words(
    "Deferral or delay? #watch",
    date=date(2025, 10, 26),
    due=date(2026, 1, 31),
    done=True,
    anchor=Anchor("some kind of a deferral", "that we will get ", " on the rare earth"),
)


@pytest.fixture(autouse=True)
def _soon_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_versions, "_SETTLED", -60)  # as if a minute had gone by
    monkeypatch.setattr(file_versions, "_WORTH_KEEPING", 1)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the notes that are opened from now on."""
    names: list[str] = []
    open_file = os.open

    def noticed(path: str, *rest: int, **more: int) -> int:
        if str(path).endswith(".toml"):
            names.append(Path(path).name)
        return open_file(path, *rest, **more)

    monkeypatch.setattr(os, "open", noticed)
    return names


def started(tmp_path: Path) -> NoteStore:
    """The notes at one more start of the program; no two are made in the same second."""
    seconds = count()
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return NoteStore(
        tmp_path / "notes", "us-china-trade", now=lambda: now + timedelta(seconds=next(seconds))
    )


def write(store: NoteStore, text: str, ref: Ref = RARE) -> Note:
    return store.save(ref, Words(text), name="Rare-earth controls", note=None).note


def three(tmp_path: Path) -> list[Note]:
    """Three notes, read and kept by a start before."""
    store = started(tmp_path)
    notes = [write(store, "one"), write(store, "two", SOY), write(store, "three")]
    store.load()
    return notes


def texts(store: NoteStore) -> list[str]:
    return sorted(note.text for note in store.load().all())


def kept_file(tmp_path: Path) -> Path:
    (found,) = (folders.cache_folder() / "notes").iterdir()
    return found


def test_the_next_start_opens_no_file_that_looks_as_it_did(
    tmp_path: Path, opened: list[str]
) -> None:
    three(tmp_path)
    opened.clear()
    assert texts(started(tmp_path)) == ["one", "three", "two"]
    assert opened == []


@given(
    st.builds(
        Words,
        st.text(),
        st.none() | st.dates(),
        st.none() | st.dates(),
        st.booleans(),
        st.none() | st.builds(Anchor, st.text("ab \n\u2028\x85", min_size=1).filter(str.strip)),
    )
)
def test_a_note_that_was_kept_says_all_that_it_said(
    tmp_path_factory: pytest.TempPathFactory, words: Words
) -> None:
    tmp_path = tmp_path_factory.mktemp("notes")
    started(tmp_path).save(RARE, words, name="Rare-earth\u2028controls", note=None)
    read = started(tmp_path).load()
    assert read.all()
    assert started(tmp_path).load() == read


def test_all_that_a_note_has_is_kept(tmp_path: Path, opened: list[str]) -> None:
    started(tmp_path).save(RARE, FULL, name="Rare-earth controls", note=None)
    read = started(tmp_path).load()
    opened.clear()
    assert started(tmp_path).load() == read
    assert read.all()[0].words == FULL
    assert opened == []


def test_a_change_that_keeps_size_and_time_is_seen_at_the_next_start(
    tmp_path: Path, opened: list[str]
) -> None:
    note, *_ = three(tmp_path)
    before = note.path.stat()
    note.path.write_bytes(note.path.read_bytes().replace(b"one", b"eno"))
    os.utime(note.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    opened.clear()
    assert texts(started(tmp_path)) == ["eno", "three", "two"]
    assert opened == [note.path.name]


def test_a_file_that_took_the_place_of_another_with_size_and_time_is_read(tmp_path: Path) -> None:
    note, *_ = three(tmp_path)
    before = note.path.stat()
    other = note.path.with_suffix(".new")
    other.write_bytes(note.path.read_bytes().replace(b"one", b"eno"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(note.path)
    assert texts(started(tmp_path)) == ["eno", "three", "two"]


def test_what_was_deleted_or_added_meanwhile_is_gone_or_there(tmp_path: Path) -> None:
    first, *_ = three(tmp_path)
    added = first.path.with_name("from-elsewhere.toml")
    added.write_bytes(first.path.read_bytes().replace(b"one", b"new"))
    first.path.unlink()
    assert texts(started(tmp_path)) == ["new", "three", "two"]


def test_a_file_that_was_given_another_name_is_read_under_that(tmp_path: Path) -> None:
    first, second, _ = three(tmp_path)
    first.path.rename(first.path.with_name("mine.toml"))
    second.path.rename(first.path)  # another note under the name of the first
    read = started(tmp_path).load()
    assert read == _read_anew(tmp_path)
    assert "one" in [note.text for note in read.all()]


def test_a_folder_put_in_the_place_of_another_shows_its_own_notes(tmp_path: Path) -> None:
    first, *_ = three(tmp_path)
    folder = tmp_path / "notes"
    copied = shutil.copytree(folder, tmp_path / "copied")  # with all times
    path = copied / first.path.relative_to(folder)
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"one", b"eno"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    folder.rename(tmp_path / "away")
    copied.rename(folder)
    assert texts(started(tmp_path)) == ["eno", "three", "two"]
    shutil.rmtree(folder)
    (tmp_path / "away").rename(folder)
    assert texts(started(tmp_path)) == ["one", "three", "two"]


def _read_anew(tmp_path: Path) -> object:
    """The notes as a start finds them that nothing was kept for."""
    shutil.rmtree(folders.cache_folder())
    return started(tmp_path).load()


def test_what_is_remarkable_about_a_file_is_looked_at_each_time(tmp_path: Path) -> None:
    first, second, third = three(tmp_path)
    first.path.chmod(0o444)
    second.path.write_text("")
    third.path.write_text(third.path.read_text().replace("format = 3", "format = 9"))
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_bytes(first.path.read_bytes())
    first.path.with_name("link.toml").symlink_to(elsewhere)
    read = started(tmp_path).load()
    assert started(tmp_path).load() == read
    rows = kept_file(tmp_path).read_text().splitlines()[2:]
    assert rows == [], "of none of these enough is known without reading it"


def test_a_disk_that_counts_time_in_steps_has_its_files_read_each_time(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen_files, "_COARSE", 1)  # as if each time were a whole step
    three(tmp_path)
    opened.clear()
    texts(started(tmp_path))
    assert len(opened) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"one", b"eno"),
        lambda data: data.replace(b"\n", b"\n\n"),
        lambda data: b"\x80\x04" + data,
        lambda data: _sealed_again(b"[" * 100_000),
        lambda data: _sealed_again(b'["a"]'),
        lambda data: _sealed_again(b"null"),
    ],
)
def test_what_was_kept_and_is_damaged_is_only_a_slow_start(
    tmp_path: Path, damage: Callable[[bytes], bytes], opened: list[str]
) -> None:
    three(tmp_path)
    file = kept_file(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    opened.clear()
    assert texts(started(tmp_path)) == ["one", "three", "two"]
    assert len(opened) == 3
    opened.clear()
    assert texts(started(tmp_path)) == ["one", "three", "two"]
    assert opened == [], "and it is kept anew"


def _sealed_again(rows: bytes) -> bytes:
    return f"{seen_files._code()}\n{files.digest(rows)}\n".encode() + rows


def test_what_other_code_kept_is_not_believed(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    three(tmp_path)
    monkeypatch.setattr(seen_files, "_code", lambda: "other")
    opened.clear()
    assert texts(started(tmp_path)) == ["one", "three", "two"]
    assert len(opened) == 3


def test_words_that_were_kept_and_are_wrong_are_never_saved_over_the_file(tmp_path: Path) -> None:
    """Whoever tampers with what was kept shows wrong words, and loses none."""
    first, *_ = three(tmp_path)
    file = kept_file(tmp_path)
    rows = [json.loads(line) for line in file.read_text().splitlines()[2:]]
    for row in rows:
        row[6], row[9] = "forged", "0" * 64
    file.write_bytes(_sealed_again("\n".join(map(json.dumps, rows)).encode()))
    store = started(tmp_path)
    shown = store.load().by_id(first.id)
    assert shown is not None
    assert shown.text == "forged"
    saved = store.save(RARE, Words("mine"), name="", note=shown)
    assert saved.conflict is not None
    assert b"one" in first.path.read_bytes()
    found = store.read(first.id)  # as an editor opens it
    assert isinstance(found, Note)
    assert found.text == "one"


def test_what_is_kept_is_this_users_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        three(tmp_path)
    finally:
        os.umask(before)
    file = kept_file(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_where_nothing_can_be_kept_notes_are_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-folder").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no-folder"))
    three(tmp_path)
    assert texts(started(tmp_path)) == ["one", "three", "two"]


def test_only_the_last_folders_are_remembered(tmp_path: Path) -> None:
    for number in range(seen_files._KEPT + 2):
        store = NoteStore(tmp_path / str(number), "us-china-trade")
        write(store, "one")
        store.load()
    assert len(list((folders.cache_folder() / "notes").iterdir())) == seen_files._KEPT


def test_few_files_are_not_worth_keeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_versions, "_WORTH_KEEPING", 4)
    three(tmp_path)
    assert not (folders.cache_folder() / "notes").exists()


def test_a_name_that_is_no_utf_8_is_kept(tmp_path: Path, opened: list[str]) -> None:
    first, *_ = three(tmp_path)
    try:
        first.path.rename(first.path.with_name(os.fsdecode(b"\xff.toml")))
    except OSError:
        pytest.skip("this disk takes no such names")
    read = started(tmp_path).load()
    opened.clear()
    assert started(tmp_path).load() == read
    assert opened == []
