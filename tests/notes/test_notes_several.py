"""Several notes on a record: told apart, moved, merged, put back, and looked at again."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notes_elsewhere import MEMORY

from explorer.errors import NoteError
from explorer.notes import (
    Anchor,
    Damaged,
    Note,
    Notes,
    NoteStore,
    Words,
    file_name,
    file_versions,
    trash,
)
from explorer.record.model import Ref
from explorer.storage import files
from explorer.text.sanitize import kept as as_kept
from explorer.text.sanitize import plain

RARE = Ref("issue", "rare-earths")
SOY = Ref("issue", "soybeans")
THREE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FULL = Words(
    "Deferral or delay? #watch",
    date=date(2025, 10, 26),
    due=date(2026, 1, 31),
    done=True,
    anchor=Anchor("some kind of a deferral", "that we will get ", " on the rare earth"),
)
HEAD = """\
format = 2
record = "issue:rare-earths"
name = "Rare-earth controls"
created = 2026-11-22T03:00:00Z
changed = 2026-11-22T03:10:00Z
"""

posix = pytest.mark.skipif(os.name == "nt", reason="links of POSIX")


@pytest.fixture
def kept(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path / "notes", "us-china-trade")


def note_on(kept: NoteStore, text: str, ref: Ref = RARE, note: Note | None = None) -> Note:
    return kept.save(ref, Words(text), name="Rare-earth controls", note=note).note


def copy_beside(kept: NoteStore, note: Note, text: str = "a copy") -> Note:
    """What comes of saving from a note that was changed meanwhile."""
    return note_on(kept, text, note.ref, replace(note, digest="0" * 64))


def put(kept: NoteStore, text: str, name: str = file_name(RARE)) -> Path:
    """A file among the notes, as another program would write it."""
    path = kept.where / "notes" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def bytes_in(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.rglob("*.toml"))


# What a note says


def test_all_that_a_note_says_is_read_back(kept: NoteStore) -> None:
    saved = kept.save(RARE, FULL, name="Rare-earth controls", note=None)
    assert kept.load().on(RARE) == (saved.note,)
    assert saved.note.words == FULL
    assert (saved.note.date, saved.note.due) == (date(2025, 10, 26), date(2026, 1, 31))
    assert saved.note.done
    assert saved.note.anchor == FULL.anchor


def test_what_a_note_does_not_say_is_not_in_its_file(kept: NoteStore) -> None:
    lines = note_on(kept, "x").path.read_text().splitlines()
    keys = ["format", "id", "name", "record", "created", "", "text"]
    assert [line.split(" = ")[0] for line in lines[:-2]] == keys


TEXT = st.text(st.one_of(st.sampled_from("\n\r\t\"\\#='[]{}\ud800\x1b\u202e"), st.characters()))
ANCHORS = st.builds(Anchor, TEXT.filter(lambda text: plain(text).strip() != ""), TEXT, TEXT)
DAYS = st.none() | st.dates()


@settings(max_examples=300, deadline=None)
@given(st.builds(Words, TEXT, DAYS, DAYS, st.booleans(), st.none() | ANCHORS))
def test_any_words_survive_but_for_what_no_file_can_hold(words: Words) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        kept = NoteStore(Path(folder), "any")
        note = kept.save(RARE, words, name="", note=None).note
        anchor = words.anchor
        if anchor is not None:
            anchor = Anchor(as_kept(anchor.exact), as_kept(anchor.prefix), as_kept(anchor.suffix))
        assert note.words == replace(words, text=as_kept(words.text), anchor=anchor)
        assert kept.load().all() == (note,)


@pytest.mark.parametrize(
    "words",
    [
        replace(FULL, anchor=Anchor("")),
        replace(FULL, anchor=Anchor(" \n\u200b")),
        replace(FULL, due=datetime(2026, 1, 31, tzinfo=UTC)),
        replace(FULL, date="2025-10"),
    ],
    ids=["no words", "nothing to see", "a moment", "a month"],
)
def test_what_would_not_be_read_back_is_refused_before_anything_is_written(
    kept: NoteStore, tmp_path: Path, words: Words
) -> None:
    with pytest.raises(NoteError, match="Nothing was written"):
        kept.save(RARE, words, name="", note=None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('date = "2025-10-26"', "“date” is not a day such as 2025-10-26"),
        ("date = 2025-10-26T03:00:00Z", "“date” is not a day such as 2025-10-26"),
        ("due = 2026", "“due” is not a day such as 2025-10-26"),
        ("done = 1", "“done” is neither true nor false"),
        ('done = "true"', "“done” is neither true nor false"),
        ('anchor = "words"', "“anchor” is not a table"),
        ('anchor = {prefix = "before"}', "its anchor has no words"),
        ('anchor = {exact = " "}', "its anchor has no words"),
        ('anchor = {exact = "x", suffix = 3}', "its anchor has something that is not text"),
    ],
)
def test_a_note_that_says_something_impossible_is_damaged_and_left_alone(
    kept: NoteStore, line: str, reason: str
) -> None:
    path = put(kept, HEAD + f'text = "mine"\n{line}\n')
    before = path.read_bytes()
    assert kept.load() == Notes(damaged=(Damaged(path, reason, RARE),))
    note_on(kept, "another")
    assert path.read_bytes() == before


def test_a_note_that_is_not_done_may_say_so(kept: NoteStore) -> None:
    put(kept, HEAD + 'text = "mine"\ndone = false\n')
    (note,) = kept.load().on(RARE)
    assert not note.done
    assert not note.sealed


def test_a_note_of_format_1_is_read_and_becomes_format_3_in_its_own_place(
    kept: NoteStore,
) -> None:
    path = put(kept, HEAD.replace("format = 2", "format = 1") + 'text = "mine"\n')
    (note,) = kept.load().on(RARE)
    assert note.words == Words("mine")
    assert not note.sealed
    saved = kept.save(RARE, replace(FULL, text="mine still"), name="", note=note)
    assert saved.conflict is None
    assert saved.note.path == path
    assert saved.note.created == THREE
    assert path.read_text().startswith("format = 3\n")
    assert kept.load().on(RARE) == (saved.note,)


def test_what_a_later_format_means_by_a_key_is_not_guessed(kept: NoteStore) -> None:
    put(kept, HEAD.replace("format = 2", "format = 5") + 'text = "mine"\ndone = true\n')
    (note,) = kept.load().on(RARE)
    assert note.sealed
    assert note.words == Words("mine")


# Told apart


def test_each_note_has_a_name_that_no_other_machine_gives(kept: NoteStore) -> None:
    made = [note_on(kept, text) for text in ("one", "two", "three")]
    stem = file_name(RARE).removesuffix(".toml")
    for note in made:
        assert re.fullmatch(f"{stem}-[0-9a-f]{{8}}", note.id)
    assert len({note.id for note in made}) == 3


def test_notes_on_a_record_stand_in_the_order_they_were_made(tmp_path: Path) -> None:
    times = iter(THREE + timedelta(hours=hour) for hour in (2, 1, 3, 4))
    kept = NoteStore(tmp_path, "key", now=lambda: next(times))
    first, earlier, last = (note_on(kept, text) for text in ("first", "earlier", "last"))
    first = note_on(kept, "changed last", note=first)
    held = kept.load()
    assert held.on(RARE) == (earlier, first, last)
    assert held.all() == (first, last, earlier)
    assert held.on(SOY) == ()


def test_notes_made_in_the_same_second_have_one_order(tmp_path: Path) -> None:
    kept = NoteStore(tmp_path, "key", now=lambda: THREE)
    made = [note_on(kept, f"{number}") for number in range(5)]
    held = kept.load()
    assert held.on(RARE) == tuple(sorted(made, key=lambda note: note.id)) == held.all()


def test_a_note_is_found_by_its_id(kept: NoteStore) -> None:
    first, second = note_on(kept, "one"), note_on(kept, "two")
    held = kept.load()
    assert held.by_id(second.id) == kept.read(second.id) == second
    assert held.by_id(first.id) == kept.read(first.id) == first
    assert held.by_id("issue-soybeans-0123456789abcdef") is None
    assert kept.read("issue-soybeans-0123456789abcdef") is None


@pytest.mark.parametrize(
    "note_id", ["", ".", "../notes/issue-x", "/etc/passwd", "a\x00b", "A", "a--b", "ä", "a\n"]
)
def test_an_id_from_elsewhere_leads_nowhere(kept: NoteStore, note_id: str) -> None:
    note_on(kept, "one")
    (kept.where / "issue-x.toml").write_text(HEAD)
    assert kept.read(note_id) is None


def test_a_note_saved_again_keeps_its_id(kept: NoteStore) -> None:
    notes = [note_on(kept, text) for text in ("one", "two")]
    again = [note_on(kept, f"{note.text}!", note=note) for note in notes]
    assert [note.id for note in again] == [note.id for note in notes]
    assert kept.load().on(RARE) == tuple(sorted(again, key=lambda note: note.id))


def test_a_name_that_chance_gives_twice_is_not_used_twice(
    kept: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = iter([b"same", b"temp", b"same", b"tem2", b"else"])
    monkeypatch.setattr(os, "urandom", lambda _size: next(chance))
    second, third = note_on(kept, "second"), note_on(kept, "third")
    assert second.id.endswith(b"same".hex())
    assert third.id.endswith(b"else".hex())
    assert kept.read(second.id) == second


def test_a_further_note_of_another_record_is_damaged(kept: NoteStore) -> None:
    path = put(kept, HEAD + 'text = "mine"\n', f"{file_name(SOY)[:-5]}-0123abcd.toml")
    (damaged,) = kept.load().damaged
    assert damaged.path == path
    assert "it is a note on issue:rare-earths, whose file would be called" in damaged.reason
    assert kept.load().damaged_of(SOY) == (damaged,)
    assert kept.load().damaged_of(RARE) == ()


@pytest.mark.parametrize("end", ["-0123abc", "-0123abcde", "-0123ABCD", "-0123abcg", "0123abcd"])
def test_a_name_that_we_would_not_give_is_that_of_a_version(kept: NoteStore, end: str) -> None:
    note = note_on(kept, "one")
    path = put(kept, note.path.read_text(), f"{note.id}{end}.toml")
    held = kept.load()
    assert held.on(RARE) == (note,)
    assert [copy.path for copy in held.conflicts_of(note.id)] == [path]


def test_a_damaged_note_leaves_the_others_of_its_record(kept: NoteStore) -> None:
    first, second = note_on(kept, "one"), note_on(kept, "two")
    second.path.write_text(second.path.read_text()[:-4])
    held = kept.load()
    assert held.on(RARE) == (first,)
    (damaged,) = held.damaged_of(RARE)
    assert (damaged.path, damaged.ref) == (second.path, RARE)


def test_a_damaged_copy_does_not_stand_where_a_note_would_be(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note)
    copy.path.write_text("")
    held = kept.load()
    assert [file.path for file in held.damaged] == [copy.path]
    assert held.damaged_of(RARE) == ()


def test_a_conflict_copy_stands_beside_the_note_it_was_made_from(kept: NoteStore) -> None:
    first, second = note_on(kept, "one"), note_on(kept, "two")
    copy = copy_beside(kept, second, "two, too")
    assert copy.id == second.id
    held = kept.load()
    assert held.conflicts_of(second.id) == held.copies_on(RARE) == (copy,)
    assert held.conflicts_of(first.id) == ()
    assert set(held.on(RARE)) == {first, second}


def test_deleting_one_note_leaves_the_others(kept: NoteStore) -> None:
    first, second, third = (note_on(kept, text) for text in ("one", "two", "three"))
    kept.delete(first)
    assert set(kept.load().on(RARE)) == {second, third}


def test_a_save_that_seemed_to_fail_can_be_done_again(kept: NoteStore) -> None:
    """The words that stand there are the very ones: nobody else's are lost."""
    first = note_on(kept, "one")
    landed = note_on(kept, "two", note=first)
    again = kept.save(RARE, Words("two"), name="", note=first)
    assert again.conflict is None
    assert kept.load().on(RARE) == (again.note,)
    assert again.note.path == landed.path


def test_a_save_done_again_does_not_write_over_what_a_newer_explorer_made_of_the_note(
    kept: NoteStore,
) -> None:
    """It says the same words, and may say more that only the newer one understands."""
    first = note_on(kept, "one")
    landed = note_on(kept, "two", note=first)
    newer = landed.path.read_text().replace("format = 3", "format = 5") + 'mood = "grave"\n'
    landed.path.write_text(newer)
    again = kept.save(RARE, Words("two"), name="", note=first)
    assert landed.path.read_text() == newer
    assert again.conflict == again.note.path != landed.path
    assert isinstance(again.stands, Note)
    assert again.stands.sealed == "a newer explorer wrote it (format 5)"


# Moved to another record


def test_a_note_is_moved_with_all_it_says(tmp_path: Path) -> None:
    times = iter(THREE + timedelta(hours=hour) for hour in range(9))
    kept = NoteStore(tmp_path, "key", now=lambda: next(times))
    there = note_on(kept, "there already", SOY)
    note = kept.save(RARE, FULL, name="", note=None).note
    anchor = Anchor("soybeans")
    held = kept.load()
    moved = kept.move(note, SOY, name="Soybeans", anchor=anchor)
    assert moved.note.words == replace(FULL, anchor=anchor)
    assert (moved.note.ref, moved.note.created) == (SOY, note.created)
    assert moved.note.changed > note.changed
    assert moved.remark == ""
    assert moved.gone == note
    assert moved.trash is not None
    assert files.digest(trash.as_it_was(moved.trash.read_bytes())) == note.digest
    assert held.after(moved) == kept.load()
    assert kept.load().on(SOY) == (there, moved.note)
    assert 'name = "Soybeans"' in moved.note.path.read_text()


def test_a_note_changed_or_gone_since_it_was_read_is_not_moved(kept: NoteStore) -> None:
    first = note_on(kept, "one")
    second = note_on(kept, "two", note=first)
    with pytest.raises(NoteError, match="has been changed or removed") as caught:
        kept.move(first, SOY, name="", anchor=None)
    assert caught.value.title == "The note was not moved"
    assert kept.load().all() == (second,)
    kept.delete(second)
    with pytest.raises(NoteError, match="has been changed or removed"):
        kept.move(second, SOY, name="", anchor=None)
    assert kept.load() == Notes()


def test_a_note_with_more_than_we_know_is_not_moved(kept: NoteStore) -> None:
    path = put(kept, HEAD + 'text = "mine"\ncolour = "red"\n')
    (note,) = kept.load().on(RARE)
    with pytest.raises(NoteError, match="“colour”, which is not known here"):
        kept.move(note, SOY, name="", anchor=None)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_note_whose_old_place_cannot_be_left_is_in_both_and_it_is_said(
    kept: NoteStore,
) -> None:
    note = note_on(kept, "one")
    (kept.where / "trash").write_text("a file")
    moved = kept.move(note, SOY, name="", anchor=None)
    assert moved.gone is None
    assert str(note.path) in moved.remark
    assert "stays as it was" in moved.remark
    assert Notes().with_note(note).after(moved) == kept.load()
    assert len(kept.load().all()) == 2


# Merged by hand


def test_what_was_merged_takes_the_place_of_the_note_and_the_copy_goes(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note, "two")
    other = copy_beside(kept, note, "three")
    held = kept.load()
    merged = kept.resolve(note, copy, Words("one and two"), name="")
    assert merged.conflict is None
    assert merged.gone == copy
    assert merged.trash is not None
    assert files.digest(trash.as_it_was(merged.trash.read_bytes())) == copy.digest
    assert held.after(merged) == kept.load() == Notes().with_note(merged.note).with_note(other)
    assert (merged.note.id, merged.note.text) == (note.id, "one and two")


def test_a_merge_with_a_note_that_changed_once_more_keeps_all_three(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note, "two")
    held = kept.load()
    changed = note_on(kept, "one, changed", note=note)
    merged = kept.resolve(note, copy, Words("one and two"), name="")
    assert merged.conflict is not None
    assert merged.gone is None
    assert held.after(merged) == kept.load()
    assert set(kept.load().conflicts_of(note.id)) == {copy, merged.note}
    assert kept.read(note.id) == changed


def test_a_copy_that_changed_while_it_was_merged_is_not_thrown_away(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note, "two")
    changed = note_on(kept, "two, changed", note=copy)
    merged = kept.resolve(note, copy, Words("one and two"), name="")
    assert merged.gone is None
    assert "stays as it was" in merged.remark
    assert kept.load() == Notes().with_note(merged.note).with_note(changed)


def test_a_copy_whose_note_is_gone_becomes_the_note_again(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note, "two")
    kept.delete(note)
    held = kept.load()
    merged = kept.resolve(None, copy, copy.words, name="")
    assert merged.conflict is None
    assert merged.note.id == note.id
    assert merged.note.created == copy.created
    assert held.after(merged) == kept.load() == Notes().with_note(merged.note)


def test_a_copy_does_not_replace_a_note_that_came_back_meanwhile(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note, "two")
    merged = kept.resolve(None, copy, Words("two, merged"), name="")
    assert merged.conflict is not None
    assert merged.stands == note
    assert kept.load().all() == (note,)
    assert set(kept.load().conflicts_of(note.id)) == {copy, merged.note}


# Put back from the trash


def test_a_deleted_note_is_put_back_as_it_was(kept: NoteStore) -> None:
    notes = [note_on(kept, "one"), note_on(kept, "two")]
    held = kept.load()
    for note in notes:
        restored = kept.restore(kept.delete(note))
        assert restored.note == note
        assert restored.remark == ""
        assert held.without(note).after(restored) == kept.load() == held
    assert list((kept.where / "trash").iterdir()) == []


def test_a_discarded_copy_is_put_back_beside_its_note(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note)
    held = kept.load()
    trashed = kept.discard(copy)
    assert held.without_copy(copy) == kept.load()
    restored = kept.restore(trashed)
    assert restored.note == copy
    assert held.without_copy(copy).after(restored) == kept.load() == held


def test_a_note_whose_place_is_taken_is_put_back_as_a_further_one(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    trashed = kept.delete(note)
    put(kept, HEAD + 'text = "there now"\n', note.path.name)
    (there,) = kept.load().on(RARE)
    restored = kept.restore(trashed)
    assert restored.note == replace(note, path=restored.note.path)
    assert set(kept.load().on(RARE)) == {there, restored.note}
    assert kept.load().copies == {}


def test_a_copy_whose_name_is_taken_is_put_back_as_a_further_one(kept: NoteStore) -> None:
    note = note_on(kept, "one")
    copy = copy_beside(kept, note)
    trashed = kept.discard(copy)
    put(kept, note.path.read_text(), copy.path.name)
    restored = kept.restore(trashed)
    assert restored.note.is_copy
    assert restored.note.path != copy.path
    assert len(kept.load().conflicts_of(note.id)) == 2


def test_a_note_that_is_back_already_is_not_put_back_twice(kept: NoteStore) -> None:
    """As after a kill between the two halves, when it is in the trash and in its place."""
    note = note_on(kept, "one")
    trashed = kept.delete(note)
    note.path.write_bytes(trash.as_it_was(trashed.read_bytes()))
    assert kept.restore(trashed).note == note
    assert kept.load() == Notes().with_note(note)
    assert not trashed.exists()


def test_a_note_with_more_than_we_know_is_put_back_to_the_byte(kept: NoteStore) -> None:
    path = put(kept, HEAD + '# mine\ntext = "mine"\ncolour = "red"\n')
    before = path.read_bytes()
    (note,) = kept.load().on(RARE)
    kept.restore(kept.delete(note))
    assert path.read_bytes() == before


def test_a_note_that_cannot_leave_the_trash_is_back_all_the_same(
    kept: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = note_on(kept, "one")
    trashed = kept.delete(note)
    unlink = os.unlink

    def remove(path: Path) -> None:
        if path == trashed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        unlink(path)

    monkeypatch.setattr(os, "unlink", remove)
    restored = kept.restore(trashed)
    assert (restored.note, restored.remark) == (note, "")
    assert kept.load() == Notes().with_note(note)


def gone(trashed: Path) -> None:
    trashed.unlink()


def emptied(trashed: Path) -> None:
    trashed.write_text("")


def of_another_record(trashed: Path) -> None:
    trashed.write_text(trashed.read_text().replace("rare-earths", "soybeans"))


def a_link(trashed: Path) -> None:
    trashed.rename(trashed.with_suffix(".real"))
    trashed.symlink_to(trashed.with_suffix(".real"))


@posix
@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        (gone, "it is no longer there"),
        (emptied, "it is empty"),
        (of_another_record, "it is a note on issue:soybeans"),
        (a_link, "it is a symbolic link"),
    ],
)
def test_what_is_no_deleted_note_is_not_put_back(
    kept: NoteStore, happened: Callable[[Path], None], reason: str
) -> None:
    trashed = kept.delete(note_on(kept, "one"))
    happened(trashed)
    before = bytes_in(kept.where)
    with pytest.raises(NoteError) as caught:
        kept.restore(trashed)
    assert caught.value.title == "The note was not put back"
    assert reason in str(caught.value)
    assert bytes_in(kept.where) == before
    assert kept.load() == Notes()


TRASHED = f"{file_name(RARE)[:-5]}.20261122T030000Z-0123abcd.toml"


@pytest.mark.parametrize("name", ["secret.toml", TRASHED, "x", ".."])
def test_nothing_is_put_back_from_elsewhere_than_the_trash(
    kept: NoteStore, tmp_path: Path, name: str
) -> None:
    note_on(kept, "one")
    if name != "..":
        (tmp_path / name).write_text(HEAD + 'text = "mine"\n')
    before = bytes_in(tmp_path)
    with pytest.raises(NoteError):
        kept.restore(tmp_path / name)
    assert bytes_in(tmp_path) == before


# Looked at again


def test_when_nothing_has_changed_the_notes_stay_the_same(kept: NoteStore) -> None:
    assert kept.reload(nothing := Notes()) is nothing
    note = note_on(kept, "one")
    copy_beside(kept, note)
    put(kept, "", file_name(SOY))
    held = kept.load()
    assert kept.reload(held) is held


def test_what_was_saved_here_is_no_change_from_outside(kept: NoteStore) -> None:
    held = kept.load()
    for text in ("one", "two"):
        held = held.with_note(note_on(kept, text))
        assert kept.reload(held) is held


def test_what_other_programs_did_is_seen(kept: NoteStore) -> None:
    first, second, third = (note_on(kept, text) for text in ("one", "two", "three"))
    held = kept.load()
    first.path.write_text(first.path.read_text().replace("one", "eins"))
    second.path.unlink()
    third.path.write_text("")
    put(kept, HEAD.replace("rare-earths", "soybeans") + 'text = "new"\n', file_name(SOY))
    found = kept.reload(held)
    assert [note.text for note in found.on(RARE)] == ["eins"]
    assert [note.text for note in found.on(SOY)] == ["new"]
    assert [file.path for file in found.damaged_of(RARE)] == [third.path]
    assert found == kept.load()


def test_a_change_that_keeps_size_and_time_is_seen_when_looked_at_again(kept: NoteStore) -> None:
    note = note_on(kept, "mine")
    held = kept.load()
    before = note.path.stat()
    note.path.write_bytes(note.path.read_bytes().replace(b"mine", b"ours"))
    os.utime(note.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [found.text for found in kept.reload(held).on(RARE)] == ["ours"]


@posix
def test_a_file_that_has_long_been_the_same_is_not_read_again(
    kept: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_versions, "_SETTLED", -60)  # as if a minute had gone by
    note, other = note_on(kept, "mine"), note_on(kept, "other")
    held = kept.load()
    opened: list[str] = []
    open_file = os.open
    monkeypatch.setattr(
        os, "open", lambda path, *rest: opened.append(str(path)) or open_file(path, *rest)
    )
    assert kept.reload(held) is held
    assert opened == []
    before = note.path.stat()
    note.path.write_bytes(note.path.read_bytes().replace(b"mine", b"ours"))
    os.utime(note.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    opened.clear()
    found = kept.reload(held)
    assert [n.text for n in found.on(RARE) if n.id == note.id] == ["ours"]
    assert found.by_id(other.id) == other
    assert opened == [str(note.path)]


def test_a_file_that_has_just_changed_is_read_again(
    kept: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that tells times by the second, another change may look like no change."""
    note = note_on(kept, "mine")
    held = kept.load()
    looks = {str(note.path): file_versions._look(str(note.path))}
    monkeypatch.setattr(file_versions, "_look", looks.get)
    note.path.write_bytes(note.path.read_bytes().replace(b"mine", b"ours"))
    assert [found.text for found in kept.reload(held).on(RARE)] == ["ours"]


def test_a_folder_that_can_no_longer_be_read_is_an_error_in_words(kept: NoteStore) -> None:
    note_on(kept, "one")
    held = kept.load()
    shutil.rmtree(kept.where / "notes")
    assert kept.reload(held) == Notes()
    (kept.where / "notes").write_text("a file")
    with pytest.raises(NoteError, match="a file stands where a folder is needed"):
        kept.reload(held)
