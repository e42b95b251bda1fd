"""Whose notes are: other people's are shown with their name, answered, and never changed."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from explorer.errors import NoteError
from explorer.notes import Notes, NoteStore, Words, authors
from explorer.record.model import Ref

RARE, SOY = Ref("issue", "rare-earths"), Ref("issue", "soybeans")
KEY = "key"


@pytest.fixture
def anna(tmp_path):
    return NoteStore(tmp_path / "shared", KEY, author="Anna Berg")


@pytest.fixture
def ben(tmp_path):
    """Who keeps his notes in the same folder."""
    return NoteStore(tmp_path / "shared", KEY, author="Ben")


def write(store, text="words", ref=RARE, note=None, **words):
    return store.save(ref, Words(text, **words), name="Rare earths", note=note).note


def test_a_note_says_its_author_and_only_others_are_told_apart(anna, ben):
    note = write(anna)
    assert 'author = "Anna Berg"' in note.path.read_text()
    (own,), (theirs,) = anna.load().all(), ben.load().all()
    assert (own.others, own.sealed) == ("", "")
    assert (theirs.others, theirs.sealed) == ("Anna Berg", "it is Anna Berg’s")


def test_a_note_without_an_author_is_of_whoever_owns_the_folder(tmp_path, anna):
    note = write(NoteStore(tmp_path / "shared", KEY))
    assert "author" not in note.path.read_text()
    assert "format = 3" in note.path.read_text()  # which earlier versions know
    (found,) = anna.load().all()
    assert found.others == ""
    assert anna.load().signed(found) == "Anna Berg"
    assert write(anna, "changed", note=found).author == "Anna Berg"


@pytest.mark.parametrize("name", ["anna berg", " Anna  Berg ", "ANNA BERG", "Anna\tBerg"])
def test_one_person_however_the_name_is_typed(tmp_path, anna, name):
    write(anna)
    (note,) = NoteStore(tmp_path / "shared", KEY, author=name).load().all()
    assert note.others == ""


def test_names_hold_nothing_that_acts_on_a_terminal(tmp_path):
    store = NoteStore(tmp_path, KEY, author="\x1b[31mAnna\u202e\nBerg" + "x" * 200)
    note = write(store)
    assert "\x1b" not in note.author
    assert "\n" not in note.author
    assert len(note.author) <= authors.LONGEST
    assert store.load() == replace(Notes(owner=store.others.author).with_note(note))


def test_a_note_whose_author_is_no_name_is_not_taken_for_ones_own(anna):
    note = write(anna)
    note.path.write_text(note.path.read_text().replace('"Anna Berg"', "7"))
    (damaged,) = anna.load().damaged
    assert damaged.reason == "“author” is not a name"


@pytest.mark.parametrize(
    "do",
    [
        lambda store, note: write(store, "over it", note=note),
        lambda store, note: store.delete(note),
        lambda store, note: store.move(note, SOY, name="", anchor=None),
        lambda store, note: store.resolve(None, note, Words("x"), name=""),
    ],
)
def test_the_notes_of_others_are_never_changed(anna, ben, do):
    note = write(anna)
    before = note.path.read_bytes()
    (theirs,) = ben.load().all()
    with pytest.raises(NoteError, match=r"it is Anna Berg’s.*It can be answered"):
        do(ben, theirs)
    assert note.path.read_bytes() == before
    assert [path.name for path in note.path.parent.iterdir()] == [note.path.name]


def test_an_answer_names_the_note_that_it_answers(anna, ben):
    note = write(anna)
    answer = write(ben, "Not so.", answers=note.id)
    held = anna.load()
    assert held.by_id(answer.id).answers == note.id
    assert [n.id for n in held.answers_to(note.id)] == [answer.id]
    assert held.by_id(answer.id).others == "Ben"


def test_the_notes_of_others_can_be_hidden_and_are_still_known(anna, ben):
    own, theirs = write(anna), write(ben, ref=SOY)
    held = replace(anna.load(), hides_others=True)
    assert held.all() == held.on(RARE) == (own,)
    assert held.on(SOY) == ()
    assert held.by_id(theirs.id) is not None
    assert {note.id for note in held.every_version()} == {own.id, theirs.id}
    assert anna.reload(held) is held


def test_what_is_read_is_kept_with_its_author_for_the_next_start(tmp_path, own_folders):
    for number in range(60):
        write(NoteStore(tmp_path / "shared", KEY, author="Ben"), f"{number}")
    for path in (tmp_path / "shared" / KEY / "notes").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    first = NoteStore(tmp_path / "shared", KEY, author="Anna").load()
    again = NoteStore(tmp_path / "shared", KEY, author="Anna").load()
    assert first == again
    assert {note.others for note in again.all()} == {"Ben"}


# The folder of a colleague


@pytest.fixture
def cleo(tmp_path):
    return NoteStore(tmp_path / "cleo", KEY)


def beside(tmp_path, *folders, author="Anna Berg"):
    return NoteStore(tmp_path / "shared", KEY, author=author, also=folders)


def everything_in(folder):
    return {p: (p.read_bytes(), p.stat()) for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("given", ["cleo", "cleo/key", "cleo/key/notes"])
def test_a_colleagues_folder_is_read_and_named_and_never_written_to(tmp_path, cleo, given):
    note = write(cleo, "from elsewhere")
    (note.path.parent / ".explorer-0-0-0.tmp").write_text("half")
    before = everything_in(tmp_path / "cleo")
    (tmp_path / "cleo" / KEY / "notes").chmod(0o500)
    store = beside(tmp_path, tmp_path / given)
    own = write(store)
    held = store.load()
    theirs = held.by_id(note.id)
    assert (theirs.others, theirs.text) == ("cleo", "from elsewhere")
    assert "only read here" in theirs.sealed
    assert {n.id for n in held.all()} == {own.id, note.id}
    for do in (lambda: write(store, "x", note=theirs), lambda: store.delete(theirs)):
        with pytest.raises(NoteError, match="cleo’s"):
            do()
    (tmp_path / "cleo" / KEY / "notes").chmod(0o700)
    assert everything_in(tmp_path / "cleo") == before


def test_who_signs_is_called_by_their_name_and_not_by_the_folder(tmp_path):
    write(NoteStore(tmp_path / "cleo", KEY, author="Cleo Marsh"))
    (note,) = beside(tmp_path, tmp_path / "cleo").load().all()
    assert note.others == "Cleo Marsh"


def test_a_note_that_is_in_both_folders_is_the_readers_own(tmp_path, cleo):
    note = write(cleo, "there")
    store = beside(tmp_path, tmp_path / "cleo")
    own = store.where / "notes" / note.path.name
    own.parent.mkdir(parents=True)
    own.write_text(note.path.read_text().replace("there", "here"))
    (found,) = store.load().all()
    assert (found.text, found.others) == ("here", "")


def test_changes_in_a_colleagues_folder_are_seen_and_what_cannot_be_read_is_named(tmp_path, cleo):
    store = beside(tmp_path, tmp_path / "cleo", tmp_path / "nobody")
    held = store.load()
    assert held.all() == ()
    assert len(store.others.trouble) == 2
    assert f"there is no folder {tmp_path / 'nobody'}" in store.others.trouble[1]
    note = write(cleo)
    store = beside(tmp_path, tmp_path / "cleo")
    held = store.load()
    write(cleo, "changed", note=note)
    again = store.reload(held)
    assert [n.text for n in again.all()] == ["changed"]
    assert store.reload(again) is again
    note.path.write_bytes(b"junk")
    (damaged,) = store.reload(again).damaged
    assert "who keeps it can mend it" in damaged.remedy


def test_the_own_folder_named_again_is_read_once(tmp_path, anna):
    write(anna)
    held = beside(tmp_path, tmp_path / "shared").load()
    assert [note.others for note in held.all()] == [""]


def test_many_notes_of_a_colleague_are_read_after_the_first_screen_too(tmp_path, cleo):
    for number in range(3):
        write(cleo, f"{number}")
    store = beside(tmp_path, tmp_path / "cleo")
    assert store.has_more_than(2)
    assert not store.has_more_than(3)


def test_when_a_note_was_changed_may_be_given(anna):
    then = datetime(2036, 1, 2, tzinfo=UTC)
    note = write(anna)
    saved = anna.save(RARE, note.words, name="", note=note, changed=then)
    assert saved.note.path.stat().st_mtime == then.timestamp()
