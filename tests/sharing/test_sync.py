"""Two clones that change the same notes lose no word, whatever both did."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date

import pytest
from tests.sharing_people import RARE, SOY, Person

from explorer.errors import NoteError, UsageError
from explorer.notes import NoteStore, Words
from explorer.sharing.git_program import Git
from explorer.sharing.sharing_setup import set_up
from explorer.sharing.sync import sync
from explorer.storage import locks

TEXT = "one\ntwo\nthree\nfour\nfive"


@pytest.fixture
def note(anna, ben):
    """A note of Anna's that both have."""
    written = anna.write(TEXT)
    anna.sync()
    ben.sync()
    return written


def both(anna, ben):
    """Sync until both have all."""
    reports = [anna.sync(), ben.sync(), anna.sync()]
    assert anna.git("rev-parse", "HEAD") == ben.git("rev-parse", "HEAD")
    assert anna.git("status", "--porcelain") == ben.git("status", "--porcelain") == ""
    assert anna.notes.damaged == ben.notes.damaged == ()
    return reports


def test_what_one_wrote_the_other_has_and_knows_whose_it_is(anna, ben):
    anna.write("Annas words")
    ben.write("Bens words")
    both(anna, ben)
    assert anna.texts == ben.texts == ["Annas words", "Bens words"]
    assert {n.text: n.others for n in anna.notes.all()} == {"Annas words": "", "Bens words": "Ben"}
    assert {n.text: n.others for n in ben.notes.all()} == {"Annas words": "Anna", "Bens words": ""}


def test_it_says_what_went_and_what_came(anna, ben):
    anna.write("a")
    ben.write("b")
    assert list(anna.sync().sentences) == ["Yours: 1 new.", "Sent."]
    assert list(ben.sync().sentences) == ["Yours: 1 new.", "Received: 1 new.", "Sent."]
    assert list(anna.sync().sentences) == ["Received: 1 new."]
    assert list(anna.sync().sentences) == ["Nothing was new on either side."]


def test_changes_to_different_lines_and_days_are_one_note(anna, ben, note):
    anna.write(TEXT.replace("one", "1"), note, due=date(2026, 12, 1))
    ben.rewrite(note, TEXT.replace("five", "5"))
    both(anna, ben)
    for person in (anna, ben):
        (found,) = person.notes.all()
        assert found.text == TEXT.replace("one", "1").replace("five", "5")
        assert found.due == date(2026, 12, 1)
        assert person.notes.copies == {}


def test_tags_that_both_added_are_all_there(anna, ben, note):
    anna.write(f"{TEXT} #china", note)
    ben.rewrite(note, f"{TEXT} #urgent")
    both(anna, ben)
    (found,) = ben.notes.all()
    assert (found.text.split("#")[0], set(found.tags)) == (f"{TEXT} ", {"china", "urgent"})


def test_of_the_same_words_both_versions_are_kept_and_can_be_merged(anna, ben, note):
    anna.write(TEXT.replace("two", "Annas two"), note)
    ben.rewrite(note, TEXT.replace("two", "Bens two"))
    *_, report, _ = both(anna, ben)
    assert any("both versions are kept" in line for line in report.sentences)
    for person in (anna, ben):
        (found,) = person.notes.all()
        (copy,) = person.notes.conflicts_of(found.id)
        assert {found.text, copy.text} == {
            TEXT.replace("two", f"{n} two") for n in ("Annas", "Bens")
        }
    (found,) = anna.notes.all()
    merged = anna.store.resolve(found, copy_of(anna, found), found.words, name="")
    assert merged.gone is not None
    both(anna, ben)
    assert ben.notes.copies == {}


def copy_of(person, note):
    (copy,) = person.notes.conflicts_of(note.id)
    return copy


@pytest.mark.parametrize("deleter", ["Anna", "Ben"])
def test_a_change_goes_before_a_deletion(anna, ben, note, deleter):
    changed = TEXT.replace("two", "changed")
    if deleter == "Anna":
        anna.store.delete(note)
        ben.rewrite(note, changed)
    else:
        (ben.where / "notes" / note.path.name).unlink()
        anna.write(changed, note)
    reports = both(anna, ben)
    assert anna.texts == ben.texts == [changed]
    said = [line for report in reports for line in report.sentences]
    assert "1 note that one had deleted and another changed was kept." in said


def test_a_note_that_was_deleted_goes_for_all_and_stays_in_the_trash_of_one(anna, ben, note):
    trashed = anna.store.delete(note)
    both(anna, ben)
    assert anna.texts == ben.texts == []
    assert anna.store.restore(trashed).note.text == TEXT
    both(anna, ben)
    assert ben.texts == [TEXT]


def test_a_note_that_one_moved_and_the_other_changed_is_there_twice(anna, ben, note):
    anna.store.move(note, SOY, name="Soybeans", anchor=None)
    ben.rewrite(note, TEXT.replace("two", "changed"))
    both(anna, ben)
    assert anna.texts == ben.texts == sorted([TEXT, TEXT.replace("two", "changed")])


def test_what_was_changed_in_one_note_never_goes_into_a_new_one_like_it(anna, ben, note):
    (ben.where / "notes" / note.path.name).unlink()
    ben.write(TEXT)  # to git, the old one under a new name
    anna.write(TEXT.replace("two", "changed"), note)
    both(anna, ben)
    assert ben.texts == sorted([TEXT, TEXT.replace("two", "changed")])


@pytest.mark.parametrize("junk", [b"\x00\xff junk", b"", b"format = 77\n", b"not a note at all"])
def test_what_is_no_note_is_kept_twice(anna, ben, note, junk):
    (ben.where / "notes" / note.path.name).write_bytes(junk)
    anna.write(TEXT.replace("two", "changed"), note)
    anna.sync(), ben.sync(), anna.sync()
    for person in (anna, ben):
        contents = {path.read_bytes() for path in (person.where / "notes").iterdir()}
        assert junk in contents
        assert any(b"changed" in data for data in contents)
        assert person.git("status", "--porcelain") == ""


def test_a_note_that_three_changed_keeps_all_words(anna, ben, note, tmp_path, hub):
    cleo = Person(tmp_path, "Cleo")
    list(set_up(cleo.store, since=str(hub)))
    for person in (anna, ben, cleo):
        person.rewrite(note, TEXT.replace("two", f"from-{person.store.others.author}"))
    for person in (anna, ben, cleo, anna, ben, cleo):
        person.sync()
    assert anna.every_word == ben.every_word == cleo.every_word
    assert {"from-Anna", "from-Ben", "from-Cleo"} <= anna.every_word


def test_both_created_a_file_of_one_name(anna, ben):
    path = anna.write("Annas").path
    (ben.where / "notes").mkdir(exist_ok=True)
    other = path.read_text().replace("Annas", "Bens").replace('"Anna"', '"Ben"')
    (ben.where / "notes" / path.name).write_text(other)
    both(anna, ben)
    assert {"Annas", "Bens"} <= anna.every_word == ben.every_word


def test_the_same_word_for_word_is_one(anna, ben):
    path = anna.write("Annas").path
    (ben.where / "notes").mkdir(exist_ok=True)
    (ben.where / "notes" / path.name).write_bytes(path.read_bytes())
    both(anna, ben)
    assert (len(anna.notes.all()), anna.notes.copies) == (1, {})


def test_notes_that_were_begun_apart_are_joined_when_it_is_asked_for(anna, tmp_path, hub):
    anna.write("Annas")
    anna.sync()
    cleo = Person(tmp_path, "Cleo")
    cleo.write("Cleos")
    list(set_up(cleo.store, to=str(hub)))
    with pytest.raises(NoteError, match=r"begun apart.*--join"):
        cleo.sync()
    cleo.sync(join=True)
    anna.sync()
    assert anna.texts == cleo.texts == ["Annas", "Cleos"]


def test_when_a_note_was_changed_is_when_it_was_committed(anna, ben, monkeypatch):
    note = anna.write("old")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2020-01-02T03:04:05Z")
    anna.git("add", "-A")
    anna.git("commit", "-qm", "then")
    anna.sync()
    ben.sync()
    assert (ben.where / "notes" / note.path.name).stat().st_mtime == 1577934245


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_what_comes_is_for_whom_the_folder_is(anna, ben):
    anna.write("Annas")
    anna.sync()
    os.umask(os.umask(0o022))
    ben.sync()
    modes = {path.stat().st_mode & 0o777 for path in (ben.where / "notes").iterdir()}
    assert modes == {0o600}


def test_what_is_saved_while_others_are_asked_is_neither_lost_nor_in_the_way(anna, ben, note):
    anna.write(TEXT.replace("one", "1"), note)
    anna.sync()
    hook = ben.where / ".git" / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    path = ben.where / "notes" / note.path.name
    hook.write_text(
        "#!/bin/sh\n"
        'grep -q refs/remotes && [ "$1" = committed ] && [ ! -e done ] && touch done && '
        f"sed -i s/five/5/ '{path}'\nexit 0\n"
    )
    hook.chmod(0o755)
    report = ben.sync()
    assert (len(report.committed.changed), len(report.came.changed)) == (1, 1)
    assert ben.texts == [TEXT.replace("one", "1").replace("five", "5")]


@pytest.mark.parametrize("calls", [9, 20, 23, 25, 33])
def test_a_sync_that_was_killed_goes_on_with_the_next(anna, ben, note, monkeypatch, calls):
    """After so many calls of git, as if the power had failed."""
    anna.write(TEXT.replace("two", "Annas"), note)
    ben.rewrite(note, TEXT.replace("two", "Bens"))
    anna.sync()
    tried, left = Git.tried, iter(range(calls))

    def until_killed(git, *words, **how):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return tried(git, *words, **how)

    monkeypatch.setattr(Git, "tried", until_killed)
    with suppress(KeyboardInterrupt):
        ben.sync()
    monkeypatch.setattr(Git, "tried", tried)
    both(anna, ben)
    assert {"Annas", "Bens"} <= anna.every_word == ben.every_word


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_in_the_folder_of_a_group_all_is_for_the_group(anna, tmp_path, hub):
    anna.write("Annas")
    anna.sync()
    (tmp_path / "team").mkdir()
    (tmp_path / "team").chmod(0o2770)
    cleo = Person(tmp_path / "team", "Cleo")
    list(set_up(cleo.store, since=str(hub)))
    cleo.write("Cleos")
    cleo.sync()
    modes = {path.stat().st_mode & 0o777 for path in (cleo.where / "notes").iterdir()}
    assert modes == {0o660}
    assert cleo.where.stat().st_mode & 0o070 == 0o070
    assert cleo.git("config", "core.sharedRepository") == "group"
    assert (cleo.where / ".git" / "HEAD").stat().st_mode & 0o060 == 0o060
    assert all(p.stat().st_mode & 0o020 for p in (cleo.where / ".git" / "objects").iterdir())


# What keeps it from being done


def refused(person, **options):
    with pytest.raises(NoteError) as caught:
        person.sync(**options)
    return str(caught.value)


def test_a_folder_that_is_not_shared_says_how_to_share_it(tmp_path):
    assert "“explorer notes share” sets it up" in refused(Person(tmp_path, "Anna"))


def test_without_git_it_says_so(anna, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert "There is no git on this machine" in refused(anna)


def test_without_a_remote_the_notes_are_committed_and_it_says_so(anna):
    anna.git("remote", "remove", "origin")
    anna.write("words")
    report = anna.sync()
    assert "no remote is set" in " ".join(report.sentences)
    assert anna.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://localhost:1/notes.git", "cannot be reached"),
        ("/nowhere/notes.git", "no repository at the address"),
    ],
)
def test_a_server_that_is_not_there_loses_nothing(anna, address, said):
    anna.git("remote", "set-url", "origin", address)
    anna.write("words")
    assert said in refused(anna)
    assert anna.git("log", "-1", "--format=%s") == "Notes: 1 new"


def test_a_password_is_never_asked_for(anna, tmp_path, monkeypatch):
    """As by ssh, and by a server that asks for a name."""
    monkeypatch.setenv(
        "GIT_SSH_COMMAND", "sh -c 'echo Permission denied \\(publickey\\). >&2; exit 255'"
    )
    anna.git("remote", "set-url", "origin", "git@example.org:notes.git")
    assert "asks for no passwords" in refused(anna)


def test_a_detached_head_is_named_and_left(anna):
    anna.git("checkout", "-q", "--detach")
    anna.write("words")
    assert "detached HEAD" in refused(anna)
    assert anna.git("status", "--porcelain") != ""


def test_a_rebase_that_is_half_done_is_named(anna, ben, note):
    anna.write(TEXT.replace("two", "Annas"), note)
    ben.rewrite(note, TEXT.replace("two", "Bens"))
    anna.sync()
    ben.git("commit", "-qam", "mine")
    ben.git("fetch", "-q")
    ben.git("rebase", "-q", "origin/main", code=None)
    assert "a rebase is half done" in refused(ben)
    ben.git("rebase", "--abort")
    both(anna, ben)
    assert {"Annas", "Bens"} <= anna.every_word


def test_a_merge_that_git_did_not_end_is_ended(anna, ben, note):
    anna.write(TEXT.replace("two", "Annas"), note)
    ben.rewrite(note, TEXT.replace("two", "Bens"))
    anna.sync()
    ben.git("commit", "-qam", "mine")
    ben.git("pull", "-q", "--no-rebase", "--no-edit", code=1)
    (one,) = ben.notes.all()
    assert "both sides of a git merge" in one.sealed  # as the driver left it
    both(anna, ben)
    assert {"Annas", "Bens"} <= anna.every_word == ben.every_word
    assert ben.notes.all()[0].sealed == "it is Anna’s"


def test_a_conflict_outside_the_notes_is_for_a_person(tmp_path, hub):
    """Notes in a repository that has more than notes."""
    people = []
    for name in ("Anna", "Ben"):
        top = tmp_path / f"work-{name}"
        subprocess.run(["git", "clone", "-q", str(hub), str(top)], check=True, capture_output=True)
        person = Person(top, name)
        person.where.mkdir(parents=True)
        said = list(set_up(person.store))
        assert f"The notes are in the repository {top}" in said[0]
        (top / "README").write_text(f"{name}s\n")
        person.git("-C", str(top), "add", "README")
        person.git("-C", str(top), "commit", "-qm", "readme")
        person.write(f"{name}s note")
        people.append(person)
    anna, ben = people
    (anna.where.parents[1] / "draft.txt").write_text("not for anybody\n")
    anna.sync()
    assert anna.git("status", "--porcelain") == "?? draft.txt"
    assert "README" in refused(ben, join=True)
    assert ben.git("status", "--porcelain") == ""
    assert ben.texts == ["Bens note"]


def test_a_hook_that_refuses_is_quoted(anna):
    hook = anna.where / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not on a Sunday >&2\nexit 1\n")
    hook.chmod(0o755)
    anna.write("words")
    assert "not on a Sunday" in refused(anna)
    assert anna.texts == ["words"]


def test_notes_that_are_all_gone_are_not_deleted_for_the_others(anna, ben):
    for number in range(3):
        anna.write(f"{number}")
    anna.sync()
    (anna.where / "notes").rename(anna.where / "elsewhere")
    assert "All 3 notes are gone" in refused(anna)
    ben.sync()
    assert len(ben.texts) == 3


def test_a_note_that_icloud_has_not_fetched_is_not_deleted(anna, ben, note):
    path = note.path.rename(note.path.with_name(f".{note.path.name}.icloud"))
    anna.write("another")
    both_reports = [anna.sync(), ben.sync()]
    assert all(report.committed.gone == report.came.gone == () for report in both_reports)
    assert TEXT in ben.texts
    assert path.exists()


def test_only_notes_are_committed(anna, ben):
    note = anna.write("words")
    for name in ("photo.png", f"{note.path.name}.swp", f".{note.path.name}.swp", ".DS_Store"):
        (anna.where / "notes" / name).write_bytes(b"junk")
    (anna.where / "diary.txt").write_text("mine")
    anna.store.delete(anna.write("thought better of"))
    anna.sync()
    assert "thought" not in anna.git("log", "-p", "--all")
    names = set(anna.git("ls-files").split())
    assert names == {".gitattributes", ".gitignore", f"notes/{note.path.name}"}


def test_nothing_of_a_repository_is_run_as_a_module_of_ours(anna, ben, note):
    for person in (anna, ben):
        for place in (person.where, person.where / "notes"):
            (place / "explorer").mkdir()
            (place / "explorer" / "__init__.py").write_text("raise SystemExit('ran')\n")
            (place / "tomli.py").write_text("raise SystemExit('ran')\n")
    anna.write(TEXT.replace("one", "1"), note)
    ben.rewrite(note, TEXT.replace("five", "5"))
    anna.sync(), ben.sync()
    assert ben.texts == [TEXT.replace("one", "1").replace("five", "5")]


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_that_somebody_sends_leads_nowhere(anna, ben, tmp_path):
    (tmp_path / "secret.toml").write_text("secret = 1\n")
    anna.git("config", "core.symlinks", "true")
    (anna.where / "notes").mkdir(exist_ok=True)
    (anna.where / "notes" / "link.toml").symlink_to(tmp_path / "secret.toml")
    anna.git("add", "notes")
    anna.git("commit", "-qm", "a link")
    anna.git("push", "-q", "origin", "HEAD:main")
    ben.sync()
    assert not (ben.where / "notes" / "link.toml").is_symlink()
    assert [file.path.name for file in ben.notes.damaged] == ["link.toml"]


def test_a_monitor_that_the_repository_names_is_not_run(anna, tmp_path):
    anna.git("config", "core.fsmonitor", f"touch {tmp_path}/ran #")
    anna.write("words")
    anna.sync()
    assert not (tmp_path / "ran").exists()


def test_it_waits_for_a_save_and_saves_wait_for_it(anna):
    anna.write("words")
    code = (
        "import sys, time; from pathlib import Path; from explorer.storage import locks\n"
        "with locks.locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(anna.where)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        assert "another explorer is busy" in refused(anna)
        other.stdin.close()
    assert anna.sync().sent == 1
    with locks.locked(anna.where):
        pass


# Without explorer


def test_without_explorer_git_merges_lines_and_marks_both(anna, ben, note):
    key = "merge.explorer-notes.driver"
    driver = ben.git("config", key)
    ben.git("config", key, driver.replace(sys.executable, "/nowhere/python"))
    anna.write(TEXT.replace("two", "Annas"), note)
    ben.rewrite(note, TEXT.replace("two", "Bens"))
    anna.sync()
    ben.git("commit", "-qam", "mine")
    ben.git("pull", "-q", "--no-rebase", "--no-edit", code=1)
    (one,), (copies,) = ben.notes.all(), ben.notes.copies.values()
    assert {one.text, copies[0].text} == {TEXT.replace("two", n) for n in ("Annas", "Bens")}


def test_a_pull_by_hand_merges_by_fields(anna, ben, note):
    anna.write(f"{TEXT} #china", note)
    ben.rewrite(note, f"{TEXT} #urgent")
    anna.sync()
    ben.git("commit", "-qam", "mine")
    ben.git("pull", "-q", "--no-rebase", "--no-edit")
    (found,) = ben.notes.all()
    assert set(found.tags) == {"china", "urgent"}


# Setting up


def test_setting_up_again_changes_nothing(anna):
    before = {
        p: p.read_bytes() for p in anna.where.rglob("*") if p.is_file() and p.suffix != ".lock"
    }
    assert list(set_up(anna.store)) == [f"{anna.where} is a git repository already."]
    after = {
        p: p.read_bytes() for p in anna.where.rglob("*") if p.is_file() and p.suffix != ".lock"
    }
    assert after == before


def test_lines_of_a_persons_own_stay(tmp_path):
    store = NoteStore(tmp_path / "mine", "key", author="Anna")
    store.where.mkdir(parents=True)
    (store.where / ".gitignore").write_text("*.secret\n")
    list(set_up(store))
    text = (store.where / ".gitignore").read_text()
    assert text.startswith("*.secret\n\n")
    (store.where / ".gitignore").write_text(f"{text}more\n".replace("/trash/\n", ""))
    list(set_up(store))
    assert (store.where / ".gitignore").read_text() == f"{text}more\n"


@pytest.mark.parametrize("address", ["--upload-pack=touch x", "ext::sh -c touch% x", "a\x1b[31mb"])
def test_an_address_that_acts_is_none(tmp_path, address):
    store = NoteStore(tmp_path, "key")
    with pytest.raises(UsageError, match="no address"):
        list(set_up(store, to=address))


def test_another_address_is_not_set_over_the_first(anna):
    with pytest.raises(NoteError, match=r"already.*set-url"):
        list(set_up(anna.store, to="/elsewhere.git"))


def test_notes_of_before_are_signed_when_they_are_shared_first(tmp_path):
    store = NoteStore(tmp_path / "mine", "key")
    old = store.save(RARE, Words("unsigned"), name="", note=None).note
    store = store.signed_as("Anna")
    list(set_up(store))
    sync(store)
    (found,) = store.load().all()
    assert (found.author, found.changed, found.words) == ("Anna", old.changed, old.words)
