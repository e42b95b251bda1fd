"""Notes on disk: what is saved is read back, and nobody's words are written over."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.notes_elsewhere import MEMORY, name_of_an_ended_process

from explorer import notes
from explorer.errors import NoteError
from explorer.notes import Anchor, Damaged, Note, Notes, NoteStore, Words, trash
from explorer.record.model import Ref
from explorer.storage import files
from explorer.text.sanitize import kept

RARE = Ref("issue", "rare-earths")
KUALA_LUMPUR = Ref("round", "kuala-lumpur")
THREE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

posix = pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path / "notes", "us-china-trade")


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def note_on(
    store: NoteStore,
    ref: Ref = RARE,
    text: str = "Deferral or delay?",
    note: Note | None = None,
) -> Note:
    return store.save(ref, Words(text), name="Rare-earth controls", note=note).note


def copy_beside(store: NoteStore, note: Note, text: str = "a copy") -> Note:
    """What comes of saving from a note that was changed meanwhile."""
    return note_on(store, note.ref, text, replace(note, digest="0" * 64))


def put(store: NoteStore, text: str, ref: Ref = RARE) -> Path:
    """A file where the note on a record belongs, as another program would write it."""
    path = store.path_of(ref)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def written(**changes: str) -> str:
    lines = {
        "format": "1",
        "record": '"issue:rare-earths"',
        "name": '"Rare-earth controls"',
        "created": "2026-11-22T03:00:00Z",
        "changed": "2026-11-22T03:10:00Z",
        "text": '"mine"',
    }
    return "".join(f"{key} = {value}\n" for key, value in {**lines, **changes}.items() if value)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# Saving and reading back


def test_nothing_is_made_before_the_first_save(store: NoteStore, tmp_path: Path) -> None:
    assert store.load() == Notes()
    assert store.read(store.path_of(RARE).stem) is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_read_back(store: NoteStore) -> None:
    saved = store.save(RARE, Words("Deferral or delay?\n"), name="Rare-earth controls", note=None)
    assert saved.conflict is None
    assert saved.remark == ""
    assert store.load().on(RARE) == (saved.note,)
    assert store.read(saved.note.id) == saved.note
    assert saved.note.text == "Deferral or delay?\n"
    assert saved.note.ref == RARE


def test_the_file_is_the_one_the_documentation_shows(tmp_path: Path) -> None:
    times = iter([THREE, THREE + timedelta(minutes=10, microseconds=7)])
    store = NoteStore(tmp_path, "us-china-trade", author="Anna Berg", now=lambda: next(times))
    words = Words(
        "Deferral or delay? #watch\n",
        date=date(2025, 10, 26),
        due=date(2026, 1, 31),
        done=True,
        anchor=Anchor(
            "some kind of a deferral",
            prefix="that we will get ",
            suffix=" on the rare earth export controls",
        ),
        answers="issue-rare-earths-0123456789abcdef-01234567",
    )
    note = store.save(RARE, words, name="Rare-earth\ncontrols", note=note_on(store)).note
    path = note.path
    shown = str(notes.__doc__).partition("Format 4:\n\n")[2].partition("\n\n`name`")[0]
    lines = [re.sub(" +# optional: .*", "", line) for line in shown.splitlines()]
    expected = "".join(line.removeprefix("    ") + "\n" for line in lines)
    expected = expected.replace("issue-rare-earths-0123456789abcdef-89abcdef", note.id)
    assert note.changed == THREE + timedelta(minutes=10)
    assert path.read_text(encoding="utf-8") == expected
    assert path.parent == tmp_path / "us-china-trade" / "notes"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters()))
@example("\r\n")
@example("a\rb\r\nc")
@example("\ud800")
@example("\x1b]0;title\x07\x9b31m\u202e")
@example("\u2028\ufeff")
def test_any_text_survives_but_for_what_no_file_can_hold(text: str) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        store = NoteStore(Path(folder), "any")
        saved = note_on(store, text=text)
        assert store.load().on(RARE) == (saved,)
        assert saved.text == kept(text)
        lines = re.split("\r\n|\r|\n", text)
        assert saved.text == re.sub("[\ud800-\udfff]", "\ufffd", "\n".join(lines)).replace(
            "\0", "\u2400"
        )


PLAIN = st.characters(exclude_categories=["Cc", "Cn", "Cs", "Cf", "Zl", "Zp"])


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(st.sampled_from("\n\t\"\\#='[]"), PLAIN)))
@example('"""\n"""')
@example("\n\nlast line ends in a backslash\\")
@example("\n")
@example('quotes at the end\n"')
@example("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER} क्‍ष")
def test_ordinary_text_survives_to_the_letter(text: str) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        store = NoteStore(Path(folder), "any")
        saved = note_on(store, text=text)
        assert saved.text == text
        found = store.read(saved.id)
        assert isinstance(found, Note)
        assert found.text == text


def test_saving_again_keeps_the_day_it_was_created(tmp_path: Path) -> None:
    times = iter([THREE, THREE - timedelta(days=3650)])
    store = NoteStore(tmp_path, "us-china-trade", now=lambda: next(times))
    saved = store.save(RARE, Words("More"), name="", note=note_on(store))
    assert saved.conflict is None
    assert saved.note.created == THREE
    assert saved.note.changed == THREE, "no note is changed before it is made"


def test_times_are_kept_in_utc_to_the_second(store: NoteStore) -> None:
    beijing = timezone(timedelta(hours=8))
    created = datetime(2025, 10, 26, 9, 30, 15, 999_999, tzinfo=beijing)
    note = replace(note_on(store), created=created)
    note = note_on(store, note=note)
    assert note.created == datetime(2025, 10, 26, 1, 30, 15, tzinfo=UTC)
    assert "created = 2025-10-26T01:30:15Z\n" in note.path.read_text()


def test_a_note_without_words_is_still_a_note(store: NoteStore) -> None:
    note = note_on(store, text="")
    assert store.load().on(RARE) == (note,)


def test_the_folder_is_found_again_from_another_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = NoteStore(Path("here"), "key")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert note_on(store).path.is_relative_to(tmp_path / "here")


def test_importing_notes_does_not_load_the_toml_libraries() -> None:
    script = "import sys, explorer.notes; print({'tomli', 'tomli_w'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(Path(notes.__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n"


@posix
@pytest.mark.usefixtures("open_umask")
def test_notes_are_private_whatever_the_umask(tmp_path: Path) -> None:
    store = NoteStore(tmp_path / "new" / "folder", "us-china-trade")
    first = note_on(store)
    note_on(store, text="a further one")
    copy_beside(store, first)
    store.delete(first)
    modes = {path: path.stat().st_mode & 0o777 for path in (tmp_path / "new").rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {path.name for path in modes} >= {"folder", "us-china-trade", "notes", "trash"}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


# Names of files


@pytest.mark.parametrize(
    "ref",
    [
        Ref("issue", "../../escape"),
        Ref("issue", "/etc/passwd"),
        Ref("issue", "..\\..\\escape"),
        Ref("issue", "C:nul"),
        Ref("issue", "x" * 300),
        Ref("issue", "ÅÄÖ 关税"),
        Ref("issue", "."),
        Ref("issue", "%s{}$HOME`id`"),
    ],
)
def test_a_hostile_id_stays_inside_the_folder(store: NoteStore, tmp_path: Path, ref: Ref) -> None:
    note = note_on(store, ref)
    assert note.path.parent == store.where / "notes"
    assert note.path.name.isascii()
    assert note.path.name == note.path.name.lower()
    assert len(note.path.name) <= 71
    assert store.load().on(ref) == (note,)
    assert note_on(store, ref).path.parent == note.path.parent
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


@pytest.mark.parametrize(
    "ref", [Ref("issue", "a\x00b"), Ref("issue", "\ud800"), Ref("issue", ""), Ref("../x", "y")]
)
def test_a_reference_that_names_nothing_is_refused(
    store: NoteStore, tmp_path: Path, ref: Ref
) -> None:
    with pytest.raises(NoteError, match="Nothing was written"):
        note_on(store, ref)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["../../escape", "", "..", "/etc", "A B", "a\x00b", "x" * 300])
def test_a_hostile_dataset_key_stays_inside_the_folder(tmp_path: Path, key: str) -> None:
    store = NoteStore(tmp_path / "notes", key)
    note_on(store)
    assert store.where.parent == tmp_path / "notes"
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]


def test_datasets_do_not_share_notes(tmp_path: Path) -> None:
    note_on(NoteStore(tmp_path, "one"))
    for other in ("two", "One", "one "):
        assert NoteStore(tmp_path, other).load() == Notes()


def test_references_alike_in_letters_have_files_of_their_own(store: NoteStore) -> None:
    refs = [Ref("issue", "a-b"), Ref("issue", "a_b"), Ref("issue", "A-B"), Ref("issue", "a--b")]
    assert len({store.path_of(ref) for ref in refs}) == len(refs)


# Tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#watch this", ("watch",)),
        ("Is it a deferral? (#watch, #rare-earths; #q_4.)", ("watch", "rare-earths", "q_4")),
        ("#Watch #WATCH #watch #other #Straße", ("Watch", "other", "Straße")),
        ("#关税，#हिन्दी #été #e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}",
         ("关税", "हिन्दी", "été")),
        ("#2026-q1 but not #3 nor #_ nor #-", ("2026-q1",)),
        ("# Heading\n## Heading\n##no\n#yes-", ("yes",)),
        ("C#no a#no &#x27; x/#no [link](#no)", ()),
        ("https://example.org/page#no (https://example.org/#no) http://x.cn/?q=#no #yes", ("yes",)),
        ("https://例.cn/路#no", ()),
        ("https://example.org/a-#no https://example.org/(b)#no", ()),
        ("# ", ()),
        ("#", ()),
    ],
)  # fmt: skip
def test_tags_are_the_marked_words(text: str, tags: tuple[str, ...]) -> None:
    assert Note(RARE, text, THREE, THREE, Path("note.toml"), "").tags == tags


# The collection


def test_notes_stand_in_order_of_change_newest_first(tmp_path: Path) -> None:
    times = iter([THREE, THREE + timedelta(hours=2), THREE + timedelta(hours=1), THREE])
    store = NoteStore(tmp_path, "key", now=lambda: next(times))
    refs = [Ref("issue", name) for name in ("b", "new", "middle", "a")]
    for ref in refs:
        note_on(store, ref)
    assert [note.ref.id for note in store.load().all()] == ["new", "middle", "a", "b"]


def test_a_collection_follows_what_was_saved_and_deleted(store: NoteStore) -> None:
    first, other = note_on(store), note_on(store, KUALA_LUMPUR)
    held = Notes().with_note(first).with_note(other)
    assert held == store.load()
    second = note_on(store, text="second", note=first)
    held = held.with_note(second)
    assert held == store.load()
    held = held.with_note(copy_beside(store, first))
    assert held == store.load()
    assert held.on(RARE) == (second,)
    store.delete(other)
    assert held.without(other) == store.load()
    assert held.without(other).without(other) == store.load()
    assert isinstance(hash(held), int)


def test_conflict_copies_of_one_record_stand_oldest_first(tmp_path: Path) -> None:
    times = iter(THREE + timedelta(hours=hour) for hour in (0, 2, 1, 3))
    store = NoteStore(tmp_path, "key", now=lambda: next(times))
    note = note_on(store)
    held = store.load()
    for text in ("two", "one", "three"):
        held = held.with_note(copy_beside(store, note, text))
    assert [copy.text for copy in held.conflicts_of(note.id)] == ["one", "two", "three"]
    assert held.copies_on(RARE) == held.conflicts_of(note.id)
    assert held == store.load()
    assert held.conflicts_of("issue-soybeans") == held.copies_on(KUALA_LUMPUR) == ()


# Changed by another


def test_a_change_from_outside_keeps_both(store: NoteStore) -> None:
    mine = note_on(store)
    mine.path.write_text(written(text='"theirs"'))
    theirs = mine.path.read_bytes()
    saved = store.save(RARE, Words("mine again"), name="", note=mine)
    assert saved.conflict == saved.note.path
    assert saved.note.is_copy
    assert mine.path.read_bytes() == theirs
    held = store.load()
    assert [note.text for note in held.all()] == ["theirs"]
    assert held.conflicts_of(mine.id) == (saved.note,)
    assert held.damaged == ()


def test_a_new_note_does_not_replace_one_that_is_there(store: NoteStore) -> None:
    first = note_on(store, text="first")
    second = note_on(store, text="second")
    assert not second.is_copy
    assert second.path != first.path
    assert store.read(first.id) == first
    assert store.read(second.id) == second


def test_a_note_deleted_elsewhere_is_not_brought_back_but_kept_beside(store: NoteStore) -> None:
    first = note_on(store)
    first.path.unlink()
    saved = store.save(RARE, Words("still wanted"), name="", note=first)
    assert store.load().conflicts_of(first.id) == (saved.note,)
    assert not first.path.exists()


def test_a_change_that_keeps_size_and_time_is_still_seen(store: NoteStore) -> None:
    first = note_on(store, text="mine")
    before = first.path.stat()
    first.path.write_bytes(first.path.read_bytes().replace(b"mine", b"ours"))
    os.utime(first.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert store.save(RARE, Words("new"), name="", note=first).conflict is not None


def test_the_copy_made_of_a_conflict_can_be_discarded(store: NoteStore) -> None:
    first = note_on(store)
    copy = copy_beside(store, first)
    trashed = store.discard(copy)
    assert trashed.parent == store.where / "trash"
    assert files.digest(trash.as_it_was(trashed.read_bytes())) == copy.digest
    assert store.load() == Notes().with_note(first)


# Files that are not as we wrote them

DAMAGE = {
    "empty": ("", "it is empty"),
    "blank": ("\n \n", "it is empty"),
    "nothing but zeros": ("\0" * 40, "line 1"),
    "half-written": (written()[:-3], "at end of document"),
    "of another record": (
        written(record='"issue:soybeans"'),
        "it is a note on issue:soybeans, whose file would be called issue-soybeans-",
    ),
    "of no kind": (written(record='"spy:x"'), "“spy:x” is not a reference"),
    "of a hidden name": (written(record='"issue:rare-earths\\u202e"'), "cannot be shown"),
    "of no record": (written(record=""), "does not say which record"),
    "without format": (written(format=""), "it does not say format = 3"),
    "of format true": (written(format="true"), "it does not say format = 3"),
    "of format zero": (written(format="0"), "it does not say format = 3"),
    "without text": (written(text=""), "it has no text"),
    "with a number for text": (written(text="1"), "it has no text"),
    "without a time": (written(changed=""), "“changed” is not a time"),
    "with a day for a time": (written(created="2026-11-22"), "“created” is not a time"),
    "before all time": (written(created="0001-01-01T00:00:00+23:00"), "out of range"),
    "with a key twice": (written() + 'text = "again"\n', "line 7"),
    "nested too deeply": ("x = " + "[" * 50_000, "it is nested too deeply"),
    "with a huge number": ("x = " + "9" * 5000, "limit"),
    "of one long key": ("a." * 20_000 + "a = 1", ""),
    "too large": (written() + "#" * notes.LIMIT, "it is larger than 256 KB"),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_file_is_listed_and_never_written_over(store: NoteStore, how: str) -> None:
    content, reason = DAMAGE[how]
    path = put(store, content)
    good = note_on(store, KUALA_LUMPUR)
    before = path.read_bytes()
    held = store.load()
    (found,) = held.damaged_of(RARE)
    assert held.all() == (good,)
    assert found.path == path
    assert reason in found.reason
    assert held.damaged_of(KUALA_LUMPUR) == ()
    stands = replace(good, ref=RARE, path=path, digest=files.digest(before))
    saved = store.save(RARE, Words("kept beside"), name="", note=stands)
    assert saved.conflict is not None
    assert saved.note in store.load().conflicts_of(stands.id)
    further = store.save(RARE, Words("a new one"), name="", note=None)
    assert store.load().on(RARE) == (further.note,)
    with pytest.raises(NoteError):
        store.delete(replace(stands, digest="0" * 64))
    assert path.read_bytes() == before


def test_a_file_that_is_not_utf_8_is_damaged_on_the_line_where_it_is_not(store: NoteStore) -> None:
    path = put(store, "")
    path.write_bytes(written(text='"caf\xe9"').encode("latin-1"))
    assert store.load().damaged == (Damaged(path, "line 6 is not UTF-8 text", RARE),)


def test_a_damaged_file_tells_its_record_only_if_its_name_agrees(store: NoteStore) -> None:
    put(store, written() + "=")
    put(store, written() + "=", KUALA_LUMPUR)
    refs = {file.path: file.ref for file in store.load().damaged}
    assert refs == {store.path_of(RARE): RARE, store.path_of(KUALA_LUMPUR): None}


ALL_IT_CAN_SAY = {
    "format": "2",
    "text": '"""\nwords\n"""',
    "due": "2026-01-31",
    "done": "true",
    "anchor": '{exact = "kind of", prefix = "some ", suffix = " a deferral"}',
}


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_no_mutilated_file_stops_the_others_from_loading(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        store = NoteStore(Path(folder), "any")
        note_on(store, KUALA_LUMPUR)
        further = note_on(store, KUALA_LUMPUR, "further")
        path = put(store, written(**ALL_IT_CAN_SAY))
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            where = data.draw(st.integers(0, len(content)))
            content[where : where + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
        path.write_bytes(content)
        held = store.load()
        assert store.reload(held) is held
        assert len(held.on(KUALA_LUMPUR)) == 2
        assert held.by_id(further.id) == further
        assert len(held.on(RARE)) + len(held.damaged_of(RARE)) == 1
        note_on(store)
        assert path.read_bytes() == content


def test_a_file_named_by_hand_is_pointed_to_its_proper_name(store: NoteStore) -> None:
    path = put(store, written(), KUALA_LUMPUR)
    (found,) = store.load().damaged
    assert found.path == path
    assert store.path_of(RARE).name in found.reason


def test_what_other_programs_keep_beside_the_notes_is_passed_over(store: NoteStore) -> None:
    note = note_on(store)
    for name in (".hidden.toml", "note.toml~", "README.md", ".#note.toml", "4913"):
        (note.path.parent / name).write_text("not a note")
    assert store.load() == Notes().with_note(note)


@posix
def test_a_note_behind_a_link_is_shown_and_not_changed(store: NoteStore, tmp_path: Path) -> None:
    note = note_on(store)
    outside = tmp_path / "outside.toml"
    note.path.rename(outside)
    note.path.symlink_to(outside)
    before = outside.read_bytes()
    (found,) = store.load().on(RARE)
    assert (found.words, found.is_link) == (note.words, True)
    assert found.sealed == f"its file is a symbolic link to {outside}"
    for do in (
        lambda: store.save(RARE, Words("new"), name="", note=found),
        lambda: store.move(found, KUALA_LUMPUR, name="", anchor=None),
        lambda: store.delete(found),
    ):
        with pytest.raises(NoteError, match="is a symbolic link"):
            do()
    assert outside.read_bytes() == before
    assert note.path.is_symlink()
    assert len(list(note.path.parent.iterdir())) == 1


@posix
def test_nothing_is_saved_where_a_link_has_taken_the_place_of_the_note(
    store: NoteStore, tmp_path: Path
) -> None:
    note = note_on(store)
    outside = tmp_path / "outside.toml"
    outside.write_bytes(note.path.read_bytes().replace(b"Deferral", b"A deferral"))
    note.path.unlink()
    note.path.symlink_to(outside)
    before = outside.read_bytes()
    with pytest.raises(NoteError, match="Put the file itself in its place, then save again"):
        store.save(RARE, Words("new"), name="", note=note)
    assert outside.read_bytes() == before
    assert list(note.path.parent.iterdir()) == [note.path]


@posix
def test_what_a_killed_process_left_half_written_is_removed_on_loading(store: NoteStore) -> None:
    store.delete(note_on(store))
    note = note_on(store)
    for folder in ("notes", "trash"):
        (store.where / folder / f".explorer-{name_of_an_ended_process()}-0.tmp").touch()
    assert store.load().all() == (note,)
    assert list(store.where.rglob("*.tmp")) == []


def test_a_folder_in_the_place_of_a_note_does_no_harm(store: NoteStore) -> None:
    store.path_of(RARE).mkdir(parents=True)
    (damaged,) = store.load().damaged_of(RARE)
    assert damaged.path == store.path_of(RARE)
    note = note_on(store)
    assert store.load().on(RARE) == (note,)
    assert copy_beside(store, replace(note, path=damaged.path)).is_copy
    assert damaged.path.is_dir()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (written(format="5"), "a newer explorer wrote it (format 5)"),
        (written(format="5", due='"soon"'), "a newer explorer wrote it (format 5)"),
        (written(anchor='"words"'), "it has “anchor”, which is not known here"),
        (written(due="2026-01-31"), "it has “due”, which is not known here"),
        (written(format="2", colour='"red"'), "it has “colour”, which is not known here"),
        (
            written(format="2", anchor='{exact = "x", start = 3}'),
            "it has “anchor.start”, which is not known here",
        ),
    ],
)
def test_a_note_with_more_than_we_know_is_shown_and_not_saved_over(
    store: NoteStore, content: str, reason: str
) -> None:
    path = put(store, content)
    before = path.read_bytes()
    (note,) = store.load().on(RARE)
    assert (note.text, note.sealed) == ("mine", reason)
    with pytest.raises(NoteError) as caught:
        store.save(RARE, Words("new"), name="", note=note)
    assert reason in str(caught.value)
    assert everything_in(store.where / "notes") == {path.name: before}


def test_a_note_edited_elsewhere_is_safe_to_show_and_can_be_saved(store: NoteStore) -> None:
    text = '"""\n\\u001b]0;title\\u0007 \N{RIGHT-TO-LEFT OVERRIDE}words\n"""'
    path = put(store, "\N{BYTE ORDER MARK}" + written(text=text).replace("\n", "\r\n"))
    (note,) = store.load().on(RARE)
    assert note.text == "\x1b]0;title\x07 \N{RIGHT-TO-LEFT OVERRIDE}words\n"
    assert note.digest == files.digest(path.read_bytes())
    assert store.save(RARE, note.words, name="", note=note).conflict is None


def test_a_note_too_long_for_its_file_is_refused_before_anything_is_written(
    store: NoteStore, tmp_path: Path
) -> None:
    with pytest.raises(NoteError, match="the most is 256 KB"):
        note_on(store, text="字" * 90_000)
    assert list(tmp_path.iterdir()) == []
    assert store.load() == Notes()
    fits = note_on(store, text="x" * (notes.LIMIT - 400))
    assert store.load().on(RARE) == (fits,)


def test_a_file_where_the_folder_should_be_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("a file")
    store = NoteStore(tmp_path / "notes", "key")
    with pytest.raises(NoteError, match="a file stands where a folder is needed") as loading:
        store.load()
    assert loading.value.title == "The notes could not be read"
    with pytest.raises(NoteError, match="a file stands where a folder is needed") as saving:
        note_on(store)
    assert saving.value.title == "The note was not saved"
    assert (tmp_path / "notes").read_text() == "a file"


# Deleting


def test_a_deleted_note_is_in_the_trash_as_it_was(store: NoteStore) -> None:
    note = note_on(store)
    before = note.path.read_bytes()
    trashed = store.delete(note)
    assert trashed.parent == store.where / "trash"
    assert trash.as_it_was(trashed.read_bytes()) == before
    assert store.load() == Notes()


def test_deleting_again_and_again_keeps_every_note_in_the_trash(tmp_path: Path) -> None:
    store = NoteStore(tmp_path, "key", now=lambda: THREE)
    for number in range(3):
        store.delete(note_on(store, text=f"number {number}"))
    assert len(list((store.where / "trash").iterdir())) == 3


def test_a_note_changed_or_gone_since_it_was_read_is_not_deleted(store: NoteStore) -> None:
    first = note_on(store)
    second = note_on(store, text="second", note=first)
    with pytest.raises(NoteError, match="has been changed or removed") as caught:
        store.delete(first)
    assert caught.value.title == "The note was not deleted"
    assert store.load().on(RARE) == (second,)
    store.delete(second)
    with pytest.raises(NoteError):
        store.delete(second)


def test_a_trash_that_cannot_be_made_leaves_the_note(store: NoteStore) -> None:
    note = note_on(store)
    (store.where / "trash").write_text("a file")
    with pytest.raises(NoteError, match="a file stands where a folder is needed"):
        store.delete(note)
    assert store.load().on(RARE) == (note,)
