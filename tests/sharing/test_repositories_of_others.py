"""Repositories as people have them: set up by servers, with other things in them, or misused."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

import pytest
from tests.sharing_people import RARE, Person

from explorer.errors import NoteError
from explorer.notes import NoteStore, Words, file_names
from explorer.sharing import sync
from explorer.sharing.sharing_setup import invitation, set_up


def made(folder, *names, branch="main"):
    """A repository on a server with some files in it."""
    hub, work = folder / "server.git", folder / "work"
    subprocess.run(["git", "init", "-q", "--bare", "-b", branch, str(hub)], check=True)
    subprocess.run(["git", "clone", "-q", str(hub), str(work)], check=True, capture_output=True)
    for name in names:
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(name)
    for words in (["add", "-A"], ["commit", "-qm", "first"], ["push", "-q", "origin", "HEAD"]):
        by = ["-c", "user.name=X", "-c", "user.email=x@localhost"]
        subprocess.run(["git", *by, *words], cwd=work, check=True, capture_output=True)
    return hub


def commits(hub):
    log = ["git", "-C", str(hub), "log", "--all", "--format=%s"]
    return subprocess.run(log, check=True, capture_output=True, text=True).stdout.split("\n")[:-1]


def set_up_with(person, **options):
    with pytest.raises(NoteError) as caught:
        list(set_up(person.store, **options))
    return str(caught.value)


def test_what_a_person_ignores_everywhere_is_sent_all_the_same(anna, ben, tmp_path, monkeypatch):
    ignored, config = tmp_path / "ignored", tmp_path / "gitconfig"
    ignored.write_text("*.toml\n.*\nnotes\n")
    config.write_text(f"[core]\n\texcludesFile = {ignored.as_posix()}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    anna.write("Annas words")
    assert list(anna.sync().sentences) == ["Yours: 1 new.", "Sent."]
    ben.sync()
    assert ben.texts == ["Annas words"]


def test_notes_that_the_repository_ignores_are_named_as_not_sent(anna):
    with (anna.where / ".gitignore").open("a") as file:
        file.write("/notes/*\n")
    note = anna.write("for me alone")
    report = anna.sync()
    assert report.held_back == (f"notes/{note.path.name}",)
    assert "1 note was not sent, since this repository ignores it" in " ".join(report.sentences)


def test_a_repository_around_that_ignores_such_files_is_not_taken(tmp_path, plain_git):
    subprocess.run(["git", "init", "-q", str(tmp_path / "project")], check=True)
    (tmp_path / "project" / ".gitignore").write_text("*.toml\n")
    person = Person(tmp_path / "project", "Anna")
    assert "is now a git repository" in next(set_up(person.store))


def test_a_server_that_made_the_repository_with_a_readme_is_as_an_empty_one(tmp_path, plain_git):
    hub = made(tmp_path, "README.md", ".github/pull.md", branch="trunk")
    anna, ben = Person(tmp_path, "Anna"), Person(tmp_path, "Ben")
    anna.write("Annas words")
    list(set_up(anna.store, to=str(hub)))
    anna.sync()
    list(set_up(ben.store, since=str(hub)))
    ben.sync()
    assert ben.texts == ["Annas words"]


def test_nothing_goes_to_a_repository_of_something_else_before_it_is_said(tmp_path, plain_git):
    hub = made(tmp_path, "src/code.py")
    anna = Person(tmp_path, "Anna")
    anna.write("Annas words")
    list(set_up(anna.store, to=str(hub)))
    with pytest.raises(NoteError, match="--join"):
        anna.sync()
    ben = Person(tmp_path, "Ben")
    assert "has no notes in it, but other folders" in set_up_with(ben, since=str(hub))
    assert commits(hub) == ["first"]
    list(set_up(ben.store))
    ben.sync()
    assert commits(hub) == ["Set up the sharing of notes", "first"]


def test_whose_notes_are_deeper_in_a_repository_is_led_there(tmp_path, hub):
    top = tmp_path / "project"
    subprocess.run(["git", "clone", "-q", str(hub), str(top)], check=True, capture_output=True)
    (top / "code.py").write_text("")
    anna = Person(top / "our notes", "Anna")
    anna.write("Annas words")
    list(set_up(anna.store))
    anna.git("commit", "-qm", "begin", "--allow-empty")
    anna.git("branch", "-M", "main")
    anna.git("fetch", "-q")
    anna.git("reset", "-q", "--soft", "origin/main")
    anna.sync()
    said = invitation(anna.store, "talks")
    assert "clones the repository" in said
    assert "--notes 'our notes/anna' --author NAME talks" in said

    ben = Person(tmp_path / "deep", "Ben")
    ben_store = NoteStore(tmp_path / "deep", "key", author="Ben")
    said = set_up_with(ben, since=str(hub))
    assert "has the notes in its folder our notes/anna/key" in said
    assert "--notes 'FOLDER/our notes/anna'" in said
    assert not ben_store.where.exists()


def test_first_notes_of_before_that_have_one_name_are_two_notes(anna, ben):
    """As earlier versions called the first note on a record."""
    old = file_names.file_name(RARE).removesuffix(".toml")
    for person, second in ((anna, "01"), (ben, "02")):
        note = person.write(f"{person.store.others.author}s first")
        created = f"2025-01-02T03:04:{second}Z"
        text = note.path.read_text().replace(note.id, old)
        text = text.replace(f"{note.created:%Y-%m-%dT%H:%M:%SZ}", created)
        note.path.with_name(f"{old}.toml").write_text(text)
        note.path.unlink()
    reports = [anna.sync(), ben.sync(), anna.sync()]
    assert not any("both versions" in said for report in reports for said in report.sentences)
    for person in (anna, ben):
        assert person.texts == ["Annas first", "Bens first"]
        assert person.notes.copies == {}


def test_a_merge_that_a_person_has_half_done_is_not_taken_back(tmp_path, hub):
    people = []
    for name in ("Anna", "Ben"):
        top = tmp_path / f"work-{name}"
        subprocess.run(["git", "clone", "-q", str(hub), str(top)], check=True, capture_output=True)
        person = Person(top, name)
        person.where.mkdir(parents=True)
        list(set_up(person.store))
        people.append((person, top))
    (anna, _), (ben, here) = people
    for person, top in people:
        for file in ("one.txt", "two.txt"):
            (top / file).write_text(f"{person.store.others.author}s\n")
        person.git("-C", str(top), "add", "one.txt", "two.txt")
        person.git("-C", str(top), "commit", "-qm", "texts")
    anna.git("push", "-q", "origin", "HEAD:refs/heads/theirs")
    ben.git("fetch", "-q")
    ben.git("merge", "--allow-unrelated-histories", "origin/theirs", code=1)
    (here / "one.txt").write_text("mended with care\n")
    ben.git("-C", str(here), "add", "one.txt")
    with pytest.raises(NoteError, match=r"two\.txt is in conflict.*Nothing was changed"):
        ben.sync()
    assert (here / "one.txt").read_text() == "mended with care\n"
    assert ben.git("-C", str(here), "diff", "--name-only", "--diff-filter=U") == "two.txt"


def test_notes_are_kept_as_they_are_whatever_is_said_of_such_files(tmp_path, plain_git):
    """As where all files of a kind go elsewhere, by a program that is not here."""
    top = tmp_path / "project"
    subprocess.run(["git", "init", "-q", str(top)], check=True)
    (top / ".gitattributes").write_text("*.toml filter=lfs diff=lfs merge=lfs text\n")
    person = Person(top, "Anna")
    for key, value in (("clean", "no-such-program"), ("required", "true")):
        subprocess.run(["git", "-C", str(top), "config", f"filter.lfs.{key}", value], check=True)
    list(set_up(person.store))
    person.write("Annas words")
    assert "Yours: 1 new." in person.sync().sentences


def test_a_repository_of_another_kind_of_names(tmp_path, plain_git):
    hub, kind = tmp_path / "hub.git", ["--object-format=sha256", "-b", "main"]
    subprocess.run(["git", "init", "-q", "--bare", *kind, str(hub)], check=True)
    anna, ben = Person(tmp_path, "Anna"), Person(tmp_path, "Ben")
    anna.where.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", *kind, str(anna.where)], check=True)
    anna.write("Annas words")
    list(set_up(anna.store, to=str(hub)))
    anna.sync()
    ben.where.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", *kind, str(ben.where)], check=True)
    list(set_up(ben.store, to=str(hub)))
    assert "Received: 1 new." in ben.sync(join=True).sentences


@pytest.mark.skipif(os.name == "nt", reason="a program of POSIX in the place of git")
def test_a_git_that_is_too_old_is_said_to_be(anna, tmp_path, monkeypatch):
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text(
        '#!/bin/sh\ncase "$*" in *--pathspec-from-file*)\n'
        "echo 'error: unknown option `pathspec-from-file=-' >&2; exit 129;; esac\n"
        f'PATH="{os.environ["PATH"]}" exec git "$@"\n'
    )
    old.chmod(0o755)
    anna.write("words")
    monkeypatch.setenv("PATH", f"{old.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(NoteError, match=r"too old: explorer needs 2\.25 or newer"):
        anna.sync()


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        ("commit-msg", "git did not commit the notes; a hook may forbid it: “name a ticket”"),
        ("pre-push", "git did not send them; a hook may forbid it: “name a ticket”"),
    ],
)
def test_a_hook_of_a_persons_own_is_quoted_and_named(anna, hook, said):
    path = anna.where / ".git" / "hooks" / hook
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\necho name a ticket >&2\nexit 1\n")
    path.chmod(0o755)
    anna.write("words")
    with pytest.raises(NoteError) as caught:
        anna.sync()
    assert said in str(caught.value)


def test_a_note_of_an_answer_goes_with_its_note_to_another_name(tmp_path, plain_git):
    """A colleague's first note of before, beside one's own of the same name."""
    old = file_names.file_name(RARE)
    for name in ("anna", "ben"):
        store = NoteStore(tmp_path / name, "key")
        note = store.save(RARE, Words(f"{name} first"), name="", note=None).note
        text = note.path.read_text().replace(note.id, old.removesuffix(".toml"))
        second = "1" if name == "anna" else "2"
        created = f"{note.created:%Y-%m-%dT%H:%M:%SZ}"
        text = text.replace(created, f"2025-01-02T03:04:0{second}Z")
        note.path.with_name(old).write_text(text)
        note.path.unlink()
        answer = Words(f"{name} more", answers=old.removesuffix(".toml"))
        store.save(RARE, answer, name="", note=None)
    store = NoteStore(tmp_path / "anna", "key", also=[tmp_path / "ben"])
    notes = {note.text: note for note in store.load().all()}
    assert sorted(notes) == ["anna first", "anna more", "ben first", "ben more"]
    for name in ("anna", "ben"):
        assert notes[f"{name} more"].answers == notes[f"{name} first"].id
    assert store.reload(store.load()).notes.keys() == store.load().notes.keys()


def test_a_server_that_has_lost_all_gets_it_again(anna, hub):
    anna.write("Annas words")
    anna.sync()
    shutil.rmtree(hub)
    subprocess.run(["git", "init", "-q", "--bare", str(hub)], check=True)
    assert "Sent." in anna.sync().sentences
    assert "Notes: 1 new" in commits(hub)


@pytest.mark.parametrize("other", [False, True])
def test_a_branch_that_was_renamed_on_the_server_is_followed(anna, ben, hub, other):
    for words in (["branch", "-m", "main", "trunk"], ["symbolic-ref", "HEAD", "refs/heads/trunk"]):
        subprocess.run(["git", "-C", str(hub), *words], check=True)
    if other:
        subprocess.run(["git", "-C", str(hub), "branch", "a-draft", "trunk"], check=True)
    anna.write("Annas words")
    anna.sync()
    ben.sync()
    assert ben.texts == ["Annas words"]
    said = subprocess.run(["git", "-C", str(hub), "branch"], capture_output=True, check=True)
    assert said.stdout.split() == [*[b"a-draft"] * other, b"*", b"trunk"]


def test_a_branch_of_a_project_is_never_sent_to_another(tmp_path, plain_git):
    hub = made(tmp_path, "src/code.py")
    person = Person(tmp_path / "work", "Anna")
    person.where.mkdir(parents=True)
    person.git("switch", "-q", "-c", "draft")
    person.write("Annas words")
    list(set_up(person.store))
    person.sync()
    listed = subprocess.run(
        ["git", "-C", str(hub), "ls-tree", "-r", "--name-only", "main"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout == "src/code.py\n"
    assert person.git("rev-parse", "origin/draft") == person.git("rev-parse", "HEAD")


@pytest.mark.skipif(os.name == "nt", reason="a hook that leaves something running")
def test_what_a_hook_leaves_running_is_not_waited_for(anna, tmp_path):
    hook, left = anna.where / ".git" / "hooks" / "post-commit", tmp_path / "left"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > '{left}'\n")
    hook.chmod(0o755)
    anna.write("words")
    try:
        assert list(anna.sync().sentences) == ["Yours: 1 new.", "Sent."]
    finally:
        os.kill(int(left.read_text()), signal.SIGKILL)  # it is there still


def test_who_is_slower_than_many_tries_again(anna, ben, monkeypatch):
    """As where ten sync at one moment, and each time another is first."""
    monkeypatch.setattr("explorer.sharing.sync._PAUSE", 0)
    anna.write("Annas words")
    anna.sync()
    push, others = sync._push, iter(range(6))

    def after_others(repository, remote):
        if next(others, None) is not None:
            ben.write("Bens words")
            ben.git("add", "-A")
            ben.git("commit", "-qm", "Notes")
            ben.git("pull", "-q", "--no-rebase", "--no-edit")
            ben.git("push", "-q")
        return push(repository, remote)

    monkeypatch.setattr(sync, "_push", after_others)
    anna.write("more words")
    assert "Sent." in anna.sync().sentences
    assert len(anna.texts) == 8
