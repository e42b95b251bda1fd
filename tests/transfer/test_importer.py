"""Importing notes: what comes in twice is there once, and nothing is written over or lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portable_notes import (
    DATASET,
    FEES,
    NAMES,
    THREE,
    TOLLS,
    note_out,
    portable_notes,
    read,
    written,
)

from explorer.notes import Anchor, Note, NoteStore, Words, file_names
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.transfer.export import notes_to_export
from explorer.transfer.importer import import_notes
from explorer.transfer.portable_note import PortableNote
from explorer.transfer.transfer_report import TransferReport
from explorer.view import View


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path, DATASET)


def import_of(store: NoteStore, *foreign: PortableNote) -> TransferReport:
    return import_notes(store, store.load(), foreign)


def passed_through(to: str, notes: Iterable[PortableNote]) -> list[PortableNote]:
    return read(written(notes, to), to)


def bytes_in(store: NoteStore) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (store.where / "notes").glob("*")}


def told_by(store: NoteStore) -> set[tuple[object, ...]]:
    """All notes and copies, without what only their files have."""
    held = store.load()
    assert held.damaged == ()
    copies = [copy for copies in held.copies.values() for copy in copies]
    return {told(note) for note in [*held.all(), *copies]}


def told(note: Note | PortableNote) -> tuple[object, ...]:
    words = note.words
    return (note.ref, note.id, note.is_copy, words, note.created, note.changed, note.name)


def said_on(store: NoteStore, ref: Ref) -> list[Words]:
    """What all notes on a record say, with their conflict copies."""
    held = store.load()
    return [note.words for note in [*held.on(ref), *held.copies_on(ref)]]


# Into an empty folder


@pytest.mark.parametrize("to", NAMES)
@settings(max_examples=25, deadline=None)
@given(st.lists(portable_notes(), max_size=5, unique_by=lambda note: (note.id, note.is_copy)))
def test_exported_and_imported_notes_are_the_same_notes(to: str, notes: list[PortableNote]) -> None:
    notes.sort(key=lambda note: note.is_copy)  # as in an export
    # No note is changed before it is made; and disks know no later time for a file.
    notes = [
        replace(n, changed=n.created if n.changed.year > 2400 else max(n.created, n.changed))
        for n in notes
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = NoteStore(Path(folder), DATASET)
        outcome = import_of(store, *passed_through(to, notes))
        standing = {note.id: note.words for note in notes if not note.is_copy}
        doubled = [n for n in notes if n.is_copy and standing.get(n.id) == n.words]
        assert outcome.refused == []
        assert len(outcome.added) + outcome.same == len(notes)
        assert outcome.same == len(doubled)
        of_two_times = another_under_the_same_id(notes)
        assert told_by(store) >= {told(n) for n in notes if n not in doubled + of_two_times}
        before = bytes_in(store)
        again = import_of(store, *passed_through(to, notes))
        assert again == TransferReport(same=len(notes))
        assert bytes_in(store) == before


def another_under_the_same_id(notes: list[PortableNote]) -> list[PortableNote]:
    """Copies that are of another note than the one with their id, as no export of ours has."""
    created = {note.id: note.created for note in notes if not note.is_copy}
    return [n for n in notes if n.is_copy and created.get(n.id, n.created) != n.created]


@pytest.mark.parametrize("to", NAMES)
def test_what_the_program_saved_comes_back_as_it_was(to: str, tmp_path: Path, index: Index) -> None:
    store = NoteStore(tmp_path / "one", DATASET)
    words = Words("#watch\n", date(2031, 5, 1), date(2031, 6, 1), True, Anchor("a", "b", "c"))
    first = store.save(FEES, words, name="Fees", note=None).note
    store.save(FEES, Words("> second"), name="Fees", note=None)
    store.save(FEES, Words("copy"), name="Fees", note=replace(first, digest="0" * 64))
    store.save(Ref("issue", "gone"), Words("orphan"), name="As it was", note=None)
    out = notes_to_export(View(index, store.load())).notes
    assert len(out) == 4
    other = NoteStore(tmp_path / "two", DATASET)
    outcome = import_of(other, *passed_through(to, out))
    assert len(outcome.added) == 4
    renamed = {"Fees": "Tolls and the truce"}
    expected = {(*rest, renamed.get(name, name)) for *rest, name in told_by(store)}  # type: ignore[call-overload]
    assert told_by(other) == expected
    assert notes_to_export(View(index, other.load())).notes == out


def test_an_imported_note_is_a_file_like_any_other(store: NoteStore) -> None:
    (path,) = import_of(store, note_out()).added
    assert path == store.path_of(FEES)
    assert path.stat().st_mode & 0o777 == 0o600
    note = store.read(path.stem)
    assert isinstance(note, Note)
    assert (note.created, note.changed) == (THREE, THREE + timedelta(minutes=10))
    assert store.save(FEES, Words("more"), name="", note=note).conflict is None


def test_a_note_on_a_record_that_is_gone_comes_in_and_is_shown_as_such(
    store: NoteStore, index: Index
) -> None:
    gone = Ref("issue", "no-such-issue")
    import_of(store, note_out("orphan", ref=gone, id="", name="As it was called"))
    view = View(index, store.load())
    (note,) = view.orphans()
    assert (note.ref, note.text) == (gone, "orphan")
    assert [found.name for found in notes_to_export(view).notes] == ["As it was called"]


# Beside what is there


def test_a_note_that_says_the_same_is_left_alone(store: NoteStore) -> None:
    import_of(store, note_out())
    before = bytes_in(store)
    later = note_out(changed=THREE + timedelta(days=9), name="Another name")
    assert import_of(store, later) == TransferReport(same=1)
    assert bytes_in(store) == before


def test_other_words_go_beside_as_a_conflict_copy_once(store: NoteStore) -> None:
    import_of(store, note_out("ours"))
    before = bytes_in(store)
    theirs = note_out("theirs", changed=THREE + timedelta(days=9))
    outcome = import_of(store, theirs)
    (copy,) = outcome.kept_both
    assert outcome == TransferReport(kept_both=[copy])
    held = store.load()
    ((note,), (beside,)) = held.on(FEES), held.conflicts_of(theirs.id)
    assert (note.text, beside.text) == ("ours", "theirs")
    assert (beside.path, beside.created, beside.changed) == (copy, THREE, theirs.changed)
    assert bytes_in(store).items() > before.items()
    assert import_of(store, theirs) == TransferReport(same=1)


@pytest.mark.parametrize(
    "words",
    [
        Words("ours", date=date(2031, 5, 1)),
        Words("ours", due=date(2031, 5, 1)),
        Words("ours", done=True),
        Words("ours", anchor=Anchor("words")),
        Words("ours\n"),
    ],
)
def test_whatever_differs_in_a_note_is_kept_beside_it(store: NoteStore, words: Words) -> None:
    import_of(store, note_out("ours"))
    assert len(import_of(store, note_out(words=words)).kept_both) == 1
    assert set(said_on(store, FEES)) == {Words("ours"), words}


def test_another_note_that_has_the_same_id_stays_a_note_of_its_own(store: NoteStore) -> None:
    # The first note on a record had the same id with everybody.
    mine = store.add(FEES, Words("mine"), name="Fees", note_id=store.path_of(FEES).stem).note
    colleague = note_out("a colleague's")
    outcome = import_of(store, colleague)
    (path,) = outcome.kept_both
    held = store.load()
    assert held.copies == {}
    assert {(note.text, note.created) for note in held.on(FEES)} == {
        ("mine", mine.created),
        ("a colleague's", THREE),
    }
    assert import_of(store, colleague) == TransferReport(same=1)
    assert path.exists()


def test_a_note_without_an_id_is_known_by_its_words_and_time(store: NoteStore) -> None:
    note = note_out("mine", id="")
    other = note_out("mine", id="not one of ours", created=THREE + timedelta(hours=1))
    assert len(import_of(store, note, other).added) == 2
    assert import_of(store, note, other) == TransferReport(same=2)
    assert said_on(store, FEES) == [Words("mine"), Words("mine")]


def test_a_note_without_a_time_is_known_by_its_words(store: NoteStore) -> None:
    note = PortableNote(FEES, Words("mine"))
    assert len(import_of(store, note, note).added) == 1
    assert import_of(store, note) == TransferReport(same=1)
    assert import_of(store, replace(note, ref=TOLLS)).same == 0


def test_an_id_of_another_record_is_not_followed(store: NoteStore) -> None:
    kept = store.save(TOLLS, Words("on tolls"), name="Tolls", note=None).note
    stolen = note_out("on fees", id=kept.id)
    (path,) = import_of(store, stolen).added
    assert path.name.startswith(f"{store.path_of(FEES).stem}-")
    assert store.load().on(TOLLS) == (kept,)


@pytest.mark.parametrize("note_id", ["../../x", "a/b", "\x00", "x" * 300, "\ud800", ".."])
def test_no_id_leads_out_of_the_folder(store: NoteStore, note_id: str) -> None:
    (path,) = import_of(store, note_out(id=note_id)).added
    assert path.parent == store.where / "notes"
    assert path.name.startswith(f"{store.path_of(FEES).stem}-")


def test_a_further_note_comes_in_under_its_own_id(store: NoteStore) -> None:
    further = note_out("second", id=f"{note_out().id}-deadbeef")
    (path,) = import_of(store, further).added
    assert path.stem == further.id


def test_the_copies_of_an_export_come_in_as_copies(store: NoteStore) -> None:
    notes = [note_out("ours"), note_out("theirs", is_copy=True), note_out("more", is_copy=True)]
    assert len(import_of(store, *notes).added) == 3
    held = store.load()
    assert [note.text for note in held.on(FEES)] == ["ours"]
    assert {copy.text for copy in held.conflicts_of(note_out().id)} == {"theirs", "more"}
    assert import_of(store, *notes) == TransferReport(same=3)


def test_a_copy_whose_note_is_gone_comes_in_as_a_copy(store: NoteStore) -> None:
    import_of(store, note_out("theirs", is_copy=True))
    assert store.load().on(FEES) == ()
    assert [copy.text for copy in store.load().copies_on(FEES)] == ["theirs"]


def test_a_note_comes_in_although_a_copy_says_the_same(store: NoteStore) -> None:
    import_of(store, note_out("same", is_copy=True))
    assert len(import_of(store, note_out("same")).added) == 1
    assert [note.text for note in store.load().on(FEES)] == ["same"]


def test_words_and_times_are_compared_as_they_are_kept(store: NoteStore) -> None:
    raw = note_out("a\r\nb\x00", id="", created=THREE.replace(microsecond=7))
    assert len(import_of(store, raw).added) == 1
    assert import_of(store, raw) == TransferReport(same=1)


def test_a_damaged_file_in_its_place_is_left_and_the_words_go_beside_it(store: NoteStore) -> None:
    path = store.path_of(FEES)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half a no")
    outcome = import_of(store, note_out("mine"))
    assert len(outcome.kept_both) == 1
    assert path.read_bytes() == b"half a no"
    assert said_on(store, FEES) == [Words("mine")]
    assert import_of(store, note_out("mine")) == TransferReport(same=1)


def test_a_link_in_its_place_is_refused_and_the_others_come_in(
    store: NoteStore, tmp_path: Path
) -> None:
    path = store.path_of(FEES)
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "outside")
    outcome = import_of(store, note_out(), note_out(ref=TOLLS, id="", place="row 3"))
    assert len(outcome.added) == 1
    (refused,) = outcome.refused
    assert refused.what == "the note on issue:fees"
    assert "is a symbolic link" in refused.why
    assert not (tmp_path / "outside").exists()


def test_a_note_too_long_is_refused_by_its_row_and_the_others_come_in(store: NoteStore) -> None:
    long = note_out("字" * 90_000, place="row 2")
    outcome = import_of(store, long, note_out(ref=TOLLS, id=""))
    assert len(outcome.added) == 1
    assert [refused.what for refused in outcome.refused] == ["row 2"]
    assert "the most is 256 KB" in str(outcome)
    assert str(outcome).startswith("1 added, 1 refused.\nrow 2: ")


def test_notes_on_another_dataset_are_refused(store: NoteStore) -> None:
    outcome = import_of(store, note_out(dataset="us-china-trade", place="row 2"), note_out())
    assert len(outcome.added) == 1
    (refused,) = outcome.refused
    assert str(refused) == "row 2: it is a note on another dataset, “us-china-trade”"
    assert len(import_of(store, note_out(dataset="", ref=TOLLS)).added) == 1


def test_a_deleted_note_comes_back_when_it_is_imported_again(store: NoteStore) -> None:
    import_of(store, note_out())
    (note,) = store.load().all()
    store.delete(note)
    assert import_of(store, note_out()).added == [note.path]


def test_a_note_saved_meanwhile_is_not_written_over(store: NoteStore) -> None:
    known = store.load()
    saved = store.add(FEES, Words("meanwhile"), name="Fees", note_id=store.path_of(FEES).stem).note
    before = saved.path.read_bytes()
    outcome = import_notes(store, known, [note_out("imported")])
    assert len(outcome.kept_both) == 1
    assert saved.path.read_bytes() == before
    assert set(said_on(store, FEES)) == {Words("meanwhile"), Words("imported")}


# Into any folder


@settings(max_examples=60, deadline=None)
@given(st.lists(portable_notes(), max_size=5), st.lists(portable_notes(), max_size=5), st.data())
def test_nothing_is_lost_whatever_is_there_and_whatever_comes(
    there: list[PortableNote], coming: list[PortableNote], data: st.DataObject
) -> None:
    # Some of what comes has been there and been changed since.
    coming += [
        replace(note, words=data.draw(st.sampled_from([note.words, Words("changed since")])))
        for note in there
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = NoteStore(Path(folder), DATASET)
        import_of(store, *there)
        before = bytes_in(store)
        outcome = import_of(store, *coming)
        after = bytes_in(store)
        assert after.items() >= before.items(), "a file that was there has changed"
        assert outcome.refused == []
        assert len(outcome.added) + outcome.same + len(outcome.kept_both) == len(coming)
        assert set(after) - set(before) == {*outcome.added, *outcome.kept_both}
        for note in (*there, *coming):
            assert note.words in said_on(store, note.ref)
        assert import_of(store, *coming) == TransferReport(same=len(coming))
        assert bytes_in(store) == after


def test_many_notes_come_in_soon_enough_to_wait_for(store: NoteStore) -> None:
    stem = file_names.file_name(FEES).removesuffix(".toml")
    notes = [note_out(str(n), id=f"{stem}-{n:08x}") for n in range(300)]
    assert len(import_of(store, *notes).added) == 300
    assert import_of(store, *notes) == TransferReport(same=300)
