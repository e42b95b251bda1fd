"""Drafts: what was being written when a session died is there for the next one."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.notes_elsewhere import MEMORY, name_of_an_ended_process

from explorer.errors import NoteError
from explorer.notes import Anchor, Draft, Drafts, Note, NoteStore, Words, draft_format, file_name
from explorer.record.model import Ref
from explorer.storage import folders, locks, processes
from explorer.text.sanitize import kept

RARE = Ref("issue", "rare-earths")
SOY = Ref("issue", "soybeans")
THREE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FULL = Words(
    "Deferral or del",
    date=date(2025, 10, 26),
    due=date(2026, 1, 31),
    done=True,
    anchor=Anchor("some kind of a deferral", "that we will get ", " on the rare earth"),
)

posix = pytest.mark.skipif(os.name == "nt", reason="locks and permissions of POSIX")
pytestmark = posix


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path / "notes", "us-china-trade")


@pytest.fixture
def session(store: NoteStore) -> Iterator[Drafts]:
    """A session that lives until the test ends it."""
    session = Drafts(store.where, now=lambda: THREE)
    yield session
    session.close()


def note_on(store: NoteStore, text: str, ref: Ref = RARE, note: Note | None = None) -> Note:
    return store.save(ref, Words(text), name="", note=note).note


def left_in(store: NoteStore) -> tuple[Draft, ...]:
    """What the next session finds."""
    return Drafts(store.where).left_behind()


def left_by_another(store: NoteStore, *kept: Draft) -> Path:
    """Where a session that has died keeps the last of its drafts."""
    session = Drafts(store.where, now=lambda: THREE)
    for draft in kept:
        assert session.keep(draft) is None
    session.close()
    (left,) = [draft for draft in left_in(store) if draft.words == kept[-1].words]
    assert left.path is not None
    return left.path


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# Kept


def test_nothing_is_made_before_the_first_draft(store: NoteStore, tmp_path: Path) -> None:
    session = Drafts(store.where)
    session.drop()
    assert session.left_behind() == ()
    assert session.damaged() == ()
    session.close()
    assert list(tmp_path.iterdir()) == []


def test_a_draft_of_a_dead_session_is_left_behind_with_all_it_said(
    store: NoteStore, session: Drafts
) -> None:
    note = note_on(store, "Deferral")
    draft = Draft(RARE, FULL, note.id, note.digest)
    assert session.keep(draft) is None
    session.close()
    (left,) = left_in(store)
    assert left == replace(draft, kept=THREE, path=left.path)
    assert left.path is not None
    assert left.path.is_relative_to(session.folder)


def test_the_last_draft_is_the_one_that_counts(store: NoteStore, session: Drafts) -> None:
    for text in ("D", "De", "Def"):
        assert session.keep(Draft(RARE, Words(text))) is None
    session.close()
    assert [left.words.text for left in left_in(store)] == ["Def"]


def test_the_draft_of_a_living_session_is_its_own(store: NoteStore, session: Drafts) -> None:
    assert session.keep(Draft(RARE, FULL)) is None
    assert session.left_behind() == ()
    assert left_in(store) == ()
    assert session.keep(Draft(RARE, replace(FULL, text="more"))) is None
    session.close()
    assert [left.words.text for left in left_in(store)] == ["more"]


def test_each_session_leaves_its_own_and_the_oldest_comes_first(store: NoteStore) -> None:
    for hour in (2, 5, 3, 6, 1, 4):
        then = THREE + timedelta(hours=hour)
        session = Drafts(store.where, now=lambda then=then: then)
        assert session.keep(Draft(RARE, Words(f"{hour}"))) is None
        session.close()
    assert [left.words.text for left in left_in(store)] == list("123456")


def test_a_draft_that_was_dropped_is_not_left(store: NoteStore, session: Drafts) -> None:
    assert session.keep(Draft(RARE, FULL)) is None
    session.drop()
    session.close()
    assert left_in(store) == ()
    assert files_in(session.folder) == ["of"]
    assert not store.where.exists(), "the folder of notes carries no draft"


def test_after_a_drop_the_session_keeps_the_next_draft(store: NoteStore, session: Drafts) -> None:
    assert session.keep(Draft(RARE, FULL)) is None
    session.drop()
    assert session.keep(Draft(SOY, Words("next"))) is None
    session.close()
    assert [left.ref for left in left_in(store)] == [SOY]


def test_a_closed_session_may_begin_anew(store: NoteStore, session: Drafts) -> None:
    session.close()
    assert session.keep(Draft(RARE, FULL)) is None
    assert left_in(store) == ()


def test_a_draft_may_be_longer_than_a_note(store: NoteStore, session: Drafts) -> None:
    """What is too long to be saved must not be lost for it."""
    text = "字" * 200_000
    with pytest.raises(NoteError, match="too long"):
        note_on(store, text)
    assert session.keep(Draft(RARE, Words(text))) is None
    session.close()
    assert [left.words.text for left in left_in(store)] == [text]


TEXT = st.text(st.one_of(st.sampled_from("\n\r\t\"\\#='[]"), st.characters()))


@settings(max_examples=60, deadline=None)
@given(TEXT.filter(lambda text: text != ""))
@example("\ud800")
@example("\r\n")
@example('"""')
def test_any_text_is_kept_but_for_what_no_file_can_hold(text: str) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        session = Drafts(Path(folder))
        assert session.keep(Draft(RARE, Words(text))) is None
        session.close()
        assert [left.words.text for left in Drafts(Path(folder)).left_behind()] == [kept(text)]


def test_drafts_are_private_whatever_the_umask(store: NoteStore, session: Drafts) -> None:
    before = os.umask(0)
    try:
        assert session.keep(Draft(RARE, FULL)) is None
    finally:
        os.umask(before)
    modes = {
        path: path.stat().st_mode & 0o777
        for path in (*folders.state_folder().rglob("*"), folders.state_folder())
    }
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {path.name for path in modes} >= {"drafts", "lock", "draft.toml"}


# What was saved meanwhile


def test_a_draft_that_its_note_says_by_now_is_removed(store: NoteStore) -> None:
    note = note_on(store, "Deferral")
    path = left_by_another(store, Draft(RARE, Words("Deferral or delay?"), note.id, note.digest))
    note_on(store, "Deferral or delay?", note=note)
    assert left_in(store) == ()
    assert not path.exists()
    assert files_in(Drafts(store.where).folder) == ["of"]


def test_a_draft_that_was_saved_as_a_new_note_is_removed(store: NoteStore) -> None:
    note_on(store, "first")
    left_by_another(store, Draft(RARE, Words("second")))
    note_on(store, "second")
    assert left_in(store) == ()


def test_a_draft_that_was_saved_beside_its_note_is_removed(store: NoteStore) -> None:
    note = note_on(store, "one")
    left_by_another(store, Draft(RARE, Words("two"), note.id, note.digest))
    note_on(store, "two", note=replace(note, digest="0" * 64))
    assert left_in(store) == ()


@pytest.mark.parametrize(
    "words",
    [
        Words("mine"),
        Words("mine", due=date(2026, 1, 31)),
        Words("mine", done=True, anchor=Anchor("other words")),
    ],
)
def test_a_draft_that_differs_in_anything_is_kept(store: NoteStore, words: Words) -> None:
    said = Words("mine", done=True, anchor=Anchor("words"))
    note = store.save(RARE, said, name="", note=None).note
    left_by_another(store, Draft(RARE, words, note.id, note.digest))
    assert [left.words for left in left_in(store)] == [words]


def test_what_another_note_says_does_not_remove_a_draft(store: NoteStore) -> None:
    first, _ = note_on(store, "one"), note_on(store, "two")
    note_on(store, "two", SOY)
    left_by_another(store, Draft(RARE, Words("two"), first.id, first.digest))
    assert len(left_in(store)) == 1


def test_what_is_said_of_another_record_does_not_remove_a_draft(store: NoteStore) -> None:
    note_on(store, "two", SOY)
    left_by_another(store, Draft(RARE, Words("two")))
    assert len(left_in(store)) == 1


def test_a_draft_of_a_note_that_is_gone_is_kept(store: NoteStore) -> None:
    note = note_on(store, "one")
    left_by_another(store, Draft(RARE, Words("two"), note.id, note.digest))
    store.delete(note)
    (left,) = left_in(store)
    assert (left.note_id, left.base) == (note.id, note.digest)


def test_a_new_note_of_no_words_is_nothing_to_come_back_to(
    store: NoteStore, session: Drafts
) -> None:
    assert session.keep(Draft(RARE, Words(""))) is None
    session.close()
    assert left_in(store) == ()


def test_a_note_that_was_emptied_is_something_to_come_back_to(
    store: NoteStore, session: Drafts
) -> None:
    note = note_on(store, "one")
    assert session.keep(Draft(RARE, Words(""), note.id, note.digest)) is None
    session.close()
    assert len(left_in(store)) == 1


# Taken


def test_a_draft_is_there_until_it_is_taken(store: NoteStore) -> None:
    left_by_another(store, Draft(RARE, Words("one")))
    other = left_by_another(store, Draft(SOY, Words("two")))
    session = Drafts(store.where)
    for _ in range(2):
        first, second = sorted(session.left_behind(), key=lambda draft: draft.words.text)
        assert (first.words.text, second.words.text) == ("one", "two")
    session.taken(first)
    session.taken(first)
    assert [draft.path for draft in session.left_behind()] == [other]
    assert files_in(Drafts(store.where).folder) == ["draft.toml", "lock", "of"]


def test_nothing_but_a_draft_is_removed_as_taken(store: NoteStore, tmp_path: Path) -> None:
    note = note_on(store, "one")
    session = Drafts(store.where)
    for path in (note.path, tmp_path / "draft.toml", None):
        session.taken(Draft(RARE, Words("one"), path=path))
    assert note.path.exists()


def test_a_dead_session_without_a_draft_is_tidied_away(store: NoteStore) -> None:
    for name in ("1-never-began", "2-nothing-kept"):
        (Drafts(store.where).folder / name).mkdir(parents=True)
    (Drafts(store.where).folder / "2-nothing-kept" / "lock").touch()
    (
        Drafts(store.where).folder
        / "2-nothing-kept"
        / f".explorer-{name_of_an_ended_process()}-0.tmp"
    ).touch()
    assert left_in(store) == ()
    assert list(Drafts(store.where).folder.iterdir()) == []


def test_a_living_session_is_not_tidied_away(store: NoteStore, session: Drafts) -> None:
    assert session.keep(Draft(RARE, FULL)) is None
    session.drop()
    assert left_in(store) == ()
    assert files_in(Drafts(store.where).folder) == ["lock", "of"]


def test_a_session_whose_folder_was_taken_away_keeps_on(store: NoteStore, session: Drafts) -> None:
    assert session.keep(Draft(RARE, Words("one"))) is None
    shutil.rmtree(Drafts(store.where).folder)
    assert session.keep(Draft(RARE, Words("two"))) is None
    session.close()
    assert [left.words.text for left in left_in(store)] == ["two"]


def test_a_session_that_is_taken_for_dead_as_it_begins_begins_again(
    store: NoteStore, session: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another explorer tidies up between the folder and its lock, then between lock and hold."""
    private_folder, lock = folders.private_folder, locks.try_lock
    tidied: list[str] = []

    def make(path: Path) -> None:
        private_folder(path)
        if path.parent == session.folder and not tidied:
            tidied.append("the folder")
            assert left_in(store) == ()

    def hold(file: int) -> bool:
        if len(tidied) == 1:
            tidied.append("the lock")
            assert left_in(store) == ()
        return lock(file)

    with monkeypatch.context() as patch:
        patch.setattr(folders, "private_folder", make)
        patch.setattr(locks, "try_lock", hold)
        assert session.keep(Draft(RARE, FULL)) is None
    assert tidied == ["the folder", "the lock"]
    assert left_in(store) == ()
    session.close()
    assert [left.words for left in left_in(store)] == [FULL]


def test_a_session_whose_lock_another_is_just_looking_at_begins_again(
    store: NoteStore, session: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = locks.try_lock
    held: list[Path] = []

    def hold(file: int) -> bool:
        if held:
            return lock(file)
        (path,) = Drafts(store.where).folder.rglob("lock")
        held.append(path)
        with path.open() as another:
            assert lock(another.fileno())
            return lock(file)

    with monkeypatch.context() as patch:
        patch.setattr(locks, "try_lock", hold)
        assert session.keep(Draft(RARE, FULL)) is None
    assert left_in(store) == ()
    assert not held[0].exists()
    session.close()
    assert [left.words for left in left_in(store)] == [FULL]


@pytest.mark.parametrize("how", ["no locks on the disk", "no locks in the system"])
def test_without_locks_a_draft_is_offered_twice_rather_than_lost(
    store: NoteStore, session: Drafts, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def missing(_file: int, *, blocking: bool) -> bool:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    def refuse(_file: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    if how == "no locks on the disk":
        monkeypatch.setattr("fcntl.flock", refuse)
    else:
        monkeypatch.setattr("filelock.lock_descriptor", missing)
    assert session.keep(Draft(RARE, FULL)) is None
    assert [left.words for left in left_in(store)] == [FULL]
    assert session.left_behind() == ()
    session.drop()
    assert left_in(store) == ()  # which tidies the folder of the living session away
    assert session.keep(Draft(RARE, Words("more"))) is None
    session.close()
    assert [left.words.text for left in left_in(store)] == ["more"]


# Damaged, and in trouble

KEPT = """\
format = 2
record = "issue:rare-earths"
kept = 2026-11-22T03:00:00Z
text = "Deferral or del"
"""
DAMAGE = {
    "empty": ("", "it is empty"),
    "half-written": (KEPT[:-3], "at end of document"),
    "of a later format": (KEPT.replace("2", "3", 1), "it does not say format = 2"),
    "with more than we know": (KEPT + "colour = 3\n", "it has “colour”, which is not known here"),
    "of no record": (KEPT.replace("record", "name"), "which is not known here"),
    "of no time": (KEPT.replace("kept = 2026-11-22T03:00:00Z\n", ""), "“kept” is not a time"),
    "of no text": (KEPT.replace("text", "base"), "it has no text"),
    "of a note elsewhere": (KEPT + 'note = "../../x"\n', "its note is not one on"),
    "of a note on another": (KEPT + 'note = "issue-soybeans-0123456789abcdef"\n', "not one on"),
    "of a note that is a number": (KEPT + "note = 3\n", "its “note” is not text"),
    "of a base that is a number": (KEPT + "base = 3\n", "its “base” is not text"),
    "due at noon": (KEPT + "due = 12:00:00\n", "“due” is not a day"),
    "too large": (KEPT + "#" * draft_format.LIMIT, "it is larger than 16 MB"),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_draft_is_listed_and_never_removed(store: NoteStore, how: str) -> None:
    content, reason = DAMAGE[how]
    path = left_by_another(store, Draft(RARE, FULL))
    path.write_bytes(content.encode())
    session = Drafts(store.where)
    for _ in range(2):
        assert session.left_behind() == ()
        (damaged,) = session.damaged()
        assert damaged.path == path
        assert reason in damaged.reason
    assert path.read_bytes() == content.encode()


def test_a_draft_as_the_documentation_shows_it_is_understood(store: NoteStore) -> None:
    path = left_by_another(store, Draft(RARE, FULL))
    heads = str(draft_format.__doc__).partition("heads of its own.\n\n")[2].partition("\n\n")[0]
    shown = "".join(line[4:] + "\n" for line in heads.splitlines())
    path.write_text(shown.replace("0123456789abcdef", file_name(RARE)[-21:-5]) + 'text = "x"\n')
    assert Drafts(store.where).damaged() == ()
    assert [left.words for left in left_in(store)] == [Words("x")]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_mutilated_draft_is_offered_or_listed_and_stays_as_it_is(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        # A dataset of its own, as drafts for folders that are gone are offered too.
        store = NoteStore(Path(folder), Path(folder).name)
        path = left_by_another(store, Draft(RARE, FULL))
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            where = data.draw(st.integers(0, len(content)))
            content[where : where + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
        path.write_bytes(content)
        session = Drafts(store.where)
        assert len(session.left_behind()) + len(session.damaged()) == 1
        assert path.read_bytes() == content


def test_a_draft_behind_a_link_is_damaged_and_its_target_left_alone(
    store: NoteStore, tmp_path: Path
) -> None:
    path = left_by_another(store, Draft(RARE, FULL))
    outside = tmp_path / "outside.toml"
    path.rename(outside)
    path.symlink_to(outside)
    (damaged,) = Drafts(store.where).damaged()
    assert damaged.reason == "it is a symbolic link"
    assert outside.exists()


def test_a_link_among_the_sessions_is_passed_over(store: NoteStore, tmp_path: Path) -> None:
    path = left_by_another(store, Draft(RARE, FULL))
    path.parent.rename(tmp_path / "outside")
    path.parent.symlink_to(tmp_path / "outside")
    assert left_in(store) == ()
    assert files_in(tmp_path / "outside") == ["draft.toml", "lock"]


def test_only_a_session_whose_process_is_over_has_left_its_draft(store: NoteStore) -> None:
    """Whether or not its lock can be had: there may be no locks on that disk."""
    folder = left_by_another(store, Draft(RARE, FULL)).parent
    home, parent = processes.own_name().split("-")[0], os.getppid()
    living = folder.rename(folder.with_name(f"{home}-{parent}-{processes._began(parent)}-0"))
    assert left_in(store) == ()
    living.rename(folder.with_name(f"{name_of_an_ended_process()}-0"))
    assert [left.words for left in left_in(store)] == [FULL]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives folders away")
def test_the_sessions_of_another_user_are_passed_over(store: NoteStore) -> None:
    path = left_by_another(store, Draft(RARE, FULL))
    os.chown(path.parent, 65534, -1)
    assert left_in(store) == ()
    assert path.exists()


@pytest.mark.parametrize("ref", [Ref("issue", "a\x00b"), Ref("issue", "\ud800"), Ref("spy", "x")])
def test_a_draft_that_would_not_be_read_back_is_an_error_and_no_exception(
    store: NoteStore, session: Drafts, tmp_path: Path, ref: Ref
) -> None:
    error = session.keep(Draft(ref, Words("x")))
    assert isinstance(error, NoteError)
    assert error.title == "The draft was not kept"
    assert "cannot be kept as a draft" in str(error)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_in_trouble_is_an_error_and_no_exception(
    session: Drafts,
) -> None:
    folders.state_folder().parent.mkdir(exist_ok=True)
    folders.state_folder().write_text("a file")
    error = session.keep(Draft(RARE, FULL))
    assert isinstance(error, NoteError)
    assert "a file stands where a folder is needed" in str(error)
    folders.state_folder().unlink()
    assert session.keep(Draft(RARE, FULL)) is None


def test_a_folder_that_cannot_be_read_is_an_error_in_words(store: NoteStore) -> None:
    Drafts(store.where).folder.parent.mkdir(parents=True)
    Drafts(store.where).folder.write_text("a file")
    for look in (Drafts(store.where).left_behind, Drafts(store.where).damaged):
        with pytest.raises(NoteError, match="a file stands where a folder is needed") as caught:
            look()
        assert caught.value.title == "The drafts could not be read"
