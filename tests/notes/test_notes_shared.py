"""A folder of notes that is synced, shared or under git: nothing in it is lost or hidden."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from explorer.errors import NoteError
from explorer.notes import (
    Anchor,
    Draft,
    Drafts,
    Note,
    Notes,
    NoteStore,
    Words,
    file_name,
    folder_contents,
)
from explorer.opening import trouble_with
from explorer.record.model import Ref
from explorer.storage import files

RARE = Ref("issue", "rare-earths")
SOY = Ref("issue", "soybeans")
TEXT = "one\ntwo\nthree\nfour\nfive"
BEFORE = """\
format = 2
record = "issue:rare-earths"
name = "Rare-earth controls"
created = 2026-11-22T03:00:00Z
changed = 2026-11-22T03:10:00Z
text = "as it was"
"""

posix = pytest.mark.skipif(os.name == "nt", reason="links and permissions of POSIX")


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path / "notes", "key")


def note_on(store: NoteStore, text: str = TEXT, ref: Ref = RARE, note: Note | None = None) -> Note:
    return store.save(ref, Words(text), name="Rare-earth controls", note=note).note


# What sync tools, file managers and git leave beside a note

COPIES = [
    "ID.sync-conflict-20261129-101500-ABCDEFG.toml",
    "ID (Ann's conflicted copy 2026-11-29).toml",
    "ID (conflicted copy 2026-11-29 101500).toml",
    "ID (Fallkonflikt f\N{COMBINING DIAERESIS}r Jörg 2026-11-29).toml",
    "ID 2.toml",
    "ID (1).toml",
    "ID - Copy.toml",
    "ID-PC.toml",
    "ID-DESKTOP-123.toml",
    "ID-cafe1234.toml",
    "ID-20261129.toml",
    "ID (conflict).toml",
    "ID_conf(2026-11-29).toml",
    "ID.Conflict.toml",
    "Copy of ID.toml",
    "ID_BACKUP_1234.toml",
    "ID_REMOTE_1234.toml",
    "ID.toml.orig",
    "ID.TOML",
    "my own name.toml",
    "ID (Konfliktkopie von Jörg 2026-11-29).toml",
    "ID (copie en conflit de Zoë 2026-11-29).toml",
    "ID (Copia en conflicto de Ana 2026-11-29).toml",
    "ID (copia in conflitto di Ida).toml",
    "ID (Cópia em conflito de João 2026-11-29).toml",
    "ID (конфликтующая копия Иван 2026-11-29).toml",
    "ID (李的冲突副本 2026-11-29).toml",
    "ID (競合コピー 2026-11-29).toml",
    "ID (Ann's conflicted copy 2026-11-29) (1).toml",
    "ID (SFConflict ann@example.org 2026-11-29-10-15-00).toml",
    "ID_NAS_Nov-29-101500-2026_Conflict.toml",
    "ID.conflict1.toml",
    "ID..path2.toml",
    "ID [Conflict].toml",
    "ID - Kopie.toml",
    "ID 副本.toml",
    "ID~20261129-101500.toml",
]


@pytest.mark.parametrize(
    ("name", "was"),
    [
        *((name, "of today") for name in COPIES),
        # Which had no id in it, so that one that looks like ours is taken for one.
        *((name, "of before") for name in COPIES if name != "ID-cafe1234.toml"),
    ],
)
def test_a_copy_is_a_second_version_and_can_be_merged(
    store: NoteStore, name: str, was: str
) -> None:
    note = note_on(store)
    if was == "of before":
        note.path.unlink()
        path = note.path.with_name(file_name(RARE))
        path.write_text(BEFORE)
        (note,) = store.load().on(RARE)
    copy = note.path.with_name(name.replace("ID", note.id))
    text = note.path.read_text().replace("three", "3").replace("as it was", "as it is")
    copy.write_text(text)
    held = store.load()
    assert held.damaged == ()
    assert held.all() == (note,)
    (version,) = held.conflicts_of(note.id)
    assert (version.path, version.is_copy) == (copy, True)
    assert version.text != note.text
    merged = store.resolve(note, version, Words("both"), name="")
    assert (merged.conflict, merged.gone) == (None, version)
    assert held.after(merged) == store.load() == Notes().with_note(merged.note)
    assert merged.note.path == note.path
    assert merged.trash is not None
    assert store.restore(merged.trash).note.text == version.text


@pytest.mark.parametrize(
    "name",
    [
        *(".ID.toml.swp", "ID.toml~", "#ID.toml#", ".#ID.toml", "4913", "ID.toml.bak"),
        *("ID.toml.!sync", "~ID.toml", "._ID.toml", ".syncthing.ID.toml.tmp", "ID.toml.tmp"),
        *("~syncthing~ID.toml.tmp", ".~lock.ID.toml#", ".ID.toml.~3a4f", "~$ID.toml"),
        *("ID.toml.part", "ID.toml.crdownload", "ID.toml.lock", ".ID.toml.kate-swp"),
        *("ID.toml___jb_tmp___", "ID.toml___jb_old___", ".ID.toml.un~", "ID.toml.rej"),
        *("ID.toml.sb-1a2b3c4d-x9", ".fuse_hidden0000ID.toml", ".nfs0000ID.toml"),
        *("desktop.ini", ".DS_Store", "Thumbs.db", "Icon\r", ".nextcloudsync.log", ".dropbox"),
        *(".stignore", ".dropbox.attr", ".sync_4f.db", "ID.toml:Zone.Identifier"),
    ],
)
def test_what_programs_keep_for_the_time_of_their_work_is_passed_over(
    store: NoteStore, name: str
) -> None:
    note = note_on(store)
    note.path.with_name(name.replace("ID", note.id)).write_bytes(note.path.read_bytes())
    assert store.load() == Notes().with_note(note)


def test_folders_of_programs_beside_the_notes_are_nothing_to_us(store: NoteStore) -> None:
    note = note_on(store)
    for name in (".git", ".stfolder", ".stversions", ".sync", "@eaDir", ".dropbox.cache"):
        for folder in (store.where, note.path.parent, store.where / "trash"):
            (folder / name).mkdir(parents=True)
            (folder / name / note.path.name).write_bytes(b"theirs")
    assert store.load() == Notes().with_note(note)
    assert len(list(store.where.rglob("*.toml"))) == 19


def test_a_note_that_icloud_has_elsewhere_is_missing_and_not_gone(store: NoteStore) -> None:
    note = note_on(store)
    placeholder = note.path.rename(note.path.with_name(f".{note.path.name}.icloud"))
    placeholder.write_bytes(b"bplist00")
    held = store.load()
    assert (held.all(), held.damaged, held.elsewhere) == ((), (), (note.path.name,))
    assert "1 note is with iCloud" in trouble_with(held, store)
    assert placeholder.exists()


@pytest.mark.parametrize("name", ["ID (1).toml", "ID.sync-conflict-1.toml", "mine.toml"])
def test_a_note_whose_file_is_called_otherwise_is_a_note(store: NoteStore, name: str) -> None:
    note = note_on(store)
    path = note.path.rename(note.path.with_name(name.replace("ID", note.id)))
    (found,) = store.load().on(RARE)
    assert (found.path, found.words, found.is_copy) == (path, note.words, False)
    assert store.read(found.id) == found
    saved = store.save(RARE, Words("changed"), name="", note=found)
    assert (saved.note.path, saved.conflict) == (path, None)
    assert store.load().on(RARE) == (saved.note,)


def test_a_version_may_be_edited_and_stays_one(store: NoteStore) -> None:
    note = note_on(store)
    copy = note.path.with_name(f"{note.id} 2.toml")
    copy.write_bytes(note.path.read_bytes())
    (version,) = store.load().conflicts_of(note.id)
    saved = store.save(RARE, Words("changed"), name="", note=version)
    assert (saved.note.path, saved.conflict) == (copy, None)
    held = store.load()
    assert (held.all(), held.conflicts_of(note.id)) == ((note,), (saved.note,))


# git


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    own = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=x")
    clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", *own, *words],
        cwd=folder,
        env={**os.environ, **clean},
        capture_output=True,
        text=True,
        check=False,
    )


def merged(
    folder: Path, ours: Callable[[NoteStore, Note], object], theirs: Callable[..., object]
) -> tuple[NoteStore, Note, subprocess.CompletedProcess[str]]:
    """What comes of merging what two do to a note, each on a machine of their own."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q")
    store = NoteStore(folder, "key")
    note = note_on(store)

    def commit() -> None:
        assert git(folder, "add", "-A").returncode == 0
        assert git(folder, "commit", "-qm", "a change").returncode == 0

    commit()
    git(folder, "branch", "other")
    ours(store, note)
    commit()
    git(folder, "checkout", "-q", "other")
    theirs(store, note)
    commit()
    git(folder, "checkout", "-q", "x")
    return store, note, git(folder, "merge", "-q", "--no-edit", "other")


def change(**changes: object) -> Callable[[NoteStore, Note], object]:
    def do(store: NoteStore, note: Note) -> object:
        words = replace(note.words, **changes)  # type: ignore[arg-type]
        return store.save(RARE, words, name="Rare-earth controls", note=note)

    return do


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"text": TEXT.replace("one", "1")}, {"text": TEXT.replace("five", "5")}),
        ({"text": TEXT.replace("one", "1")}, {"text": f"{TEXT}\nsix\n"}),
        ({"text": TEXT.replace("one", "1")}, {"due": date(2026, 12, 1)}),
        ({"date": date(2026, 11, 1)}, {"due": date(2026, 12, 1)}),
        ({"date": date(2026, 11, 1), "text": f"{TEXT}\nsix"}, {"done": True}),
        ({"text": f"{TEXT}\nsix\n"}, {"anchor": Anchor("words", "before ", " after")}),
    ],
)
def test_changes_to_different_parts_of_a_note_are_merged_by_git(
    tmp_path: Path, ours: dict[str, object], theirs: dict[str, object]
) -> None:
    store, note, done = merged(tmp_path / "git", change(**ours), change(**theirs))
    assert done.returncode == 0, done.stdout
    held = store.load()
    (found,) = held.on(RARE)
    assert (found.id, held.copies, held.damaged) == (note.id, {}, ())
    for key, value in (ours | theirs).items():
        if key != "text":
            assert getattr(found, key) == value
    assert {"text"} - ours.keys() - theirs.keys() or found.text != TEXT


def test_git_says_that_one_deleted_what_the_other_changed(tmp_path: Path) -> None:
    changed = change(text=TEXT.replace("one", "1"))
    for name, ours, theirs in (
        ("deleted here", NoteStore.delete, changed),
        ("deleted there", changed, NoteStore.delete),
    ):
        store, note, done = merged(tmp_path / name, ours, theirs)
        assert done.returncode == 1
        assert "CONFLICT (modify/delete)" in done.stdout
        (found,) = store.load().on(RARE)
        assert (found.path, found.text) == (note.path, TEXT.replace("one", "1"))
        (trashed,) = (store.where / "trash").iterdir()
        assert store.restore(trashed).note.text == TEXT


def test_first_notes_of_two_on_one_record_are_two_notes(tmp_path: Path) -> None:
    store, _, done = merged(
        tmp_path / "git",
        lambda store, _: note_on(store, "ours", SOY),
        lambda store, _: note_on(store, "theirs", SOY),
    )
    assert done.returncode == 0
    assert {note.text for note in store.load().on(SOY)} == {"ours", "theirs"}


def in_conflict(folder: Path) -> tuple[NoteStore, Note, Note]:
    store, note, done = merged(
        folder, change(text=TEXT.replace("two", "ours")), change(text=TEXT.replace("two", "theirs"))
    )
    assert "CONFLICT (content)" in done.stdout
    held = store.load()
    assert held.damaged == ()
    (one,), (other,) = held.on(RARE), held.conflicts_of(note.id)
    assert (one.text, other.text) == (
        TEXT.replace("two", "ours"),
        TEXT.replace("two", "theirs"),
    )
    return store, one, other


def test_what_git_could_not_merge_is_two_versions_that_are_merged_here(tmp_path: Path) -> None:
    store, one, other = in_conflict(tmp_path / "git")
    before = one.path.read_bytes()
    assert "both sides of a git merge" in one.sealed
    for do in (
        lambda: store.save(RARE, Words("over it"), name="", note=one),
        lambda: store.discard(other),
    ):
        with pytest.raises(NoteError, match="M merges the two"):
            do()
    assert one.path.read_bytes() == before
    held = store.load()
    saved = store.resolve(one, other, Words("both"), name="")
    assert held.after(saved) == store.load() == Notes().with_note(saved.note)
    assert saved.note.path == one.path
    assert saved.trash is not None
    kept = saved.trash.read_text()
    assert "ours" in kept
    assert "theirs" in kept


def test_sides_that_changed_while_they_were_merged_stay_beside_what_was_merged(
    store: NoteStore,
) -> None:
    note = note_on(store, "ours\n")
    sides = "<<<<<<< here\nours\n=======\ntheirs\n>>>>>>> there\n"
    note.path.write_text(note.path.read_text().replace("ours\n", sides))
    (copy,) = store.load().conflicts_of(note.id)
    note.path.write_text(note.path.read_text().replace("theirs", "theirs once more"))
    saved = store.resolve(store.load().by_id(note.id), copy, Words("both"), name="")
    assert saved.conflict == saved.note.path
    assert (saved.gone, saved.trash) == (None, None)
    assert "theirs once more" in note.path.read_text()


def test_signs_like_those_of_git_that_a_person_wrote_are_words(store: NoteStore) -> None:
    text = "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> other\n"
    note = note_on(store, text)
    assert store.load() == Notes().with_note(note)
    assert note.text == text


# Links, and what is no file


@posix
def test_what_is_no_file_is_listed_and_never_opened(store: NoteStore) -> None:
    note = note_on(store)
    folder = note.path.parent
    (folder / "gone.toml").symlink_to(folder / "nowhere")
    (folder / "folder.toml").mkdir()
    (folder / "inside.toml").symlink_to(folder)
    os.mkfifo(folder / "pipe.toml")
    (folder / "to a pipe.toml").symlink_to(folder / "pipe.toml")
    held = store.load()
    assert held.all() == (note,)
    reasons = {file.path.name: file.reason for file in held.damaged}
    assert reasons.keys() == {
        *("gone.toml", "folder.toml", "inside.toml", "pipe.toml", "to a pipe.toml")
    }
    assert "which is not there" in reasons["gone.toml"]
    assert reasons["pipe.toml"] == reasons["to a pipe.toml"] == "it is not an ordinary file"
    assert all(file.remedy.endswith(".") for file in held.damaged)


@posix
def test_a_link_to_another_note_of_the_folder_is_that_note_and_no_version(
    store: NoteStore,
) -> None:
    note = note_on(store)
    folder = note.path.parent
    (folder / "link-in.toml").symlink_to(note.path)
    (folder / "link to it.toml").symlink_to("link-in.toml")
    (folder / f"{note.id} copy.toml").symlink_to(note.path.name)
    assert store.load() == Notes().with_note(note)
    held, _, left_out = folder_contents.everything(store.where)
    assert (list(held), left_out) == ([f"notes/{note.path.name}"], ())
    note_on(store, "two", note=note)
    assert [found.text for found in store.load().all()] == ["two"]


@posix
def test_a_second_name_of_the_file_keeps_what_it_said(store: NoteStore, tmp_path: Path) -> None:
    note = note_on(store, "one")
    os.link(note.path, tmp_path / "kept")
    note_on(store, "two", note=note)
    assert files.digest((tmp_path / "kept").read_bytes()) == note.digest


@posix
def test_a_folder_of_notes_that_leads_nowhere_is_an_error_and_not_empty(tmp_path: Path) -> None:
    (tmp_path / "key").symlink_to(tmp_path / "a disk that is not there")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes").symlink_to(tmp_path / "a disk that is not there")
    with pytest.raises(NoteError, match="could not be read"):
        NoteStore(tmp_path, "other").load()


@posix
def test_a_file_that_nobody_may_write_to_is_shown_and_not_replaced(store: NoteStore) -> None:
    note = note_on(store)
    note.path.chmod(0o444)
    (found,) = store.load().on(RARE)
    with pytest.raises(NoteError, match="may only be read"):
        note_on(store, "over it", note=found)
    assert store.load().on(RARE) == (found,)


@posix
@pytest.mark.parametrize("mtime", [0, -1, 2**40, 253402300799 + 10**6])
def test_no_time_of_a_file_hides_its_note(store: NoteStore, mtime: int) -> None:
    note = note_on(store)
    os.utime(note.path, (mtime, mtime))
    (found,) = store.load().on(RARE)
    assert found.words == note.words
    assert found.changed >= note.created


def test_when_a_note_was_changed_is_the_time_of_its_file(store: NoteStore) -> None:
    note = note_on(store)
    then = datetime(2037, 1, 1, tzinfo=UTC)
    os.utime(note.path, (then.timestamp(), then.timestamp()))
    assert store.load().on(RARE)[0].changed == then
    assert "changed" not in note.path.read_text()


# A folder that a group shares


@posix
def test_in_a_shared_folder_notes_are_for_the_group(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team").chmod(0o2770)
    store = NoteStore(tmp_path / "team", "key")
    first = note_on(store)
    assert first.path.stat().st_mode & 0o777 == 0o660
    first.path.chmod(0o640)
    second = note_on(store, "again", note=first)
    assert second.path.stat().st_mode & 0o777 == 0o640
    store.delete(second)
    modes = {path: path.stat().st_mode for path in (tmp_path / "team").rglob("*")}
    assert {mode & 0o7777 for path, mode in modes.items() if path.is_dir()} == {0o2770}
    assert {mode & 0o777 for path, mode in modes.items() if path.is_file()} == {0o640}
    third = note_on(store, "ours\n")
    sides = "<<<<<<< here\nours\n=======\ntheirs\n>>>>>>> there\n"
    third.path.write_text(third.path.read_text().replace("ours\n", sides))
    (copy,) = store.load().conflicts_of(third.id)
    merged = store.resolve(store.load().by_id(third.id), copy, Words("both"), name="")
    assert merged.trash is not None
    assert merged.trash.stat().st_mode & 0o777 == 0o660


def test_a_folder_of_notes_holds_notes_and_nothing_else(store: NoteStore) -> None:
    drafts = Drafts(store.where)
    assert drafts.keep(Draft(RARE, Words("half a thought"))) is None
    note = note_on(store)
    store.delete(note_on(store, "other"))
    assert sorted(path.name for path in store.where.iterdir()) == ["notes", "trash"]
    assert list(note.path.parent.iterdir()) == [note.path]
    drafts.close()


# Drafts of others, and of before


@posix
def test_the_draft_of_another_machine_is_neither_offered_nor_removed(store: NoteStore) -> None:
    drafts = Drafts(store.where)
    assert drafts.keep(Draft(RARE, Words("theirs"))) is None
    drafts.close()
    (session,) = (path for path in drafts.folder.iterdir() if path.is_dir())
    other = session.rename(session.with_name("f" * 12 + session.name[12:]))
    assert Drafts(store.where).left_behind() == ()
    assert (other / "draft.toml").exists()


@posix
def test_a_draft_that_an_earlier_version_left_beside_the_notes_is_offered_and_moved(
    store: NoteStore,
) -> None:
    session = store.where / "drafts" / "1234-0123abcd"
    session.mkdir(parents=True)
    (session / "lock").touch()
    (session / "draft.toml").write_text(
        'format = 2\nrecord = "issue:rare-earths"\nkept = 2026-11-22T03:00:00Z\ntext = "half"\n'
    )
    for _ in range(2):
        (left,) = Drafts(store.where).left_behind()
        assert left.words == Words("half")
        assert not (store.where / "drafts").exists()
    Drafts(store.where).taken(left)
    assert Drafts(store.where).left_behind() == ()


@posix
def test_the_drafts_of_a_folder_of_notes_that_was_moved_are_found(tmp_path: Path) -> None:
    store = NoteStore(tmp_path / "here", "key")
    note_on(store)
    drafts = Drafts(store.where)
    assert drafts.keep(Draft(RARE, Words("half"))) is None
    drafts.close()
    (tmp_path / "here").rename(tmp_path / "there")
    moved = Drafts(NoteStore(tmp_path / "there", "key").where)
    assert [left.words.text for left in moved.left_behind()] == ["half"]


# Every character


@pytest.mark.parametrize(
    "text",
    [
        "\u200e\u200f\u2028\u2029\u200b\u200c\u200d\ufeffx\ufeff",
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\xad",
        "\ufe0f\U000e0100\U000e0067 e\u0301 \xe9 \uac00 \u1100\u1161",
        "\x01\x0b\x0c\x1b[31m\x1c\x1d\x1e\x7f\x80\x85\x9b",
        "trailing  \n\n\tand\ttabs\t",
        "x" * 100_000,
        "\n",
    ],
    ids=["marks", "directions", "forms", "controls", "blanks", "a long line", "a line end"],
)
def test_a_note_keeps_every_character_and_its_file_shows_none_that_acts(
    store: NoteStore, text: str
) -> None:
    note = note_on(store, text)
    assert note.text == text
    assert store.load() == Notes().with_note(note)
    restored = store.restore(store.delete(note)).note
    assert restored.text == text
    drafts = Drafts(store.where)
    assert drafts.keep(Draft(SOY, Words(text))) is None
    drafts.close()
    assert [left.words.text for left in Drafts(store.where).left_behind()] == [text]
    written = note.path.read_text("utf-8")
    assert not set(written) & set("\u200e\u2028\u202e\x1b\x9b\xad\ufeff\u200b")
