"""`explorer notes share` and `sync`, and the notes of others without a screen."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.programs import program

from explorer.cli import main
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref

TOLLS = Ref("issue", "tolls")


@pytest.fixture(autouse=True)
def plain_git(monkeypatch, tmp_path):
    program("git")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture
def person(harbour, tmp_path, monkeypatch, capsys):
    """Runs a command of notes for somebody with a folder and settings of their own."""

    def run(name, *words):
        monkeypatch.setenv("EXPLORER_SETTINGS", str(tmp_path / f"{name}.toml"))
        code = main(["notes", *words, "--dataset", str(harbour), "--notes", str(tmp_path / name)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def hub(tmp_path):
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "hub.git")], check=True)
    return str(tmp_path / "hub.git")


def write(tmp_path, name, text, author=""):
    store = NoteStore(tmp_path / name, "harbour-talks", author=author)
    return store.save(TOLLS, Words(text), name="Tolls", note=None).note


def test_two_people_share_their_notes_with_three_commands(person, tmp_path, hub):
    write(tmp_path, "anna", "Annas words")
    code, out, _ = person("anna", "share", "--author", "Anna Berg", "--to", hub)
    assert code == 0
    assert "signed “Anna Berg” from now on" in out
    assert "is now a git repository" in out
    assert f"“explorer notes share --from {hub} --author NAME harbour-talks”" in out
    assert (tmp_path / "anna.toml").read_text() == 'author = "Anna Berg"\n'

    code, out, _ = person("ben", "share", "--author", "Ben", "--from", hub)
    assert code == 0
    assert "is now a clone of" in out
    assert person("ben", "list")[1].endswith("\tAnna Berg: Annas words\n")

    write(tmp_path, "ben", "Bens words", "Ben")
    assert person("ben", "sync") == (0, "Yours: 1 new.\nSent.\n", "")
    assert person("anna", "sync") == (0, "Received: 1 new.\n", "")
    assert person("anna", "list", "--author", "ben")[1].endswith("\tBen: Bens words\n")
    assert person("anna", "list", "--author", "me")[1].endswith("\tAnnas words\n")
    code, _, err = person("anna", "list", "--author", "cleo")
    assert (code, err) == (2, "explorer: no note is by “cleo”; there are Anna Berg, Ben\n")


def test_who_has_notes_already_joins_with_them(person, tmp_path, hub):
    write(tmp_path, "anna", "Annas words")
    person("anna", "share", "--author", "Anna", "--to", hub)
    write(tmp_path, "ben", "Bens words")
    code, out, _ = person("ben", "share", "--author", "Ben", "--from", hub)
    assert (code, "Received: 1 new." in out) == (0, True)
    listed = json.loads(person("ben", "list", "--json")[1])
    assert {note["author"]: note["text"] for note in listed} == {
        "Anna": "Annas words",
        "Ben": "Bens words",
    }


def test_share_again_changes_nothing_and_sync_says_so_as_json(person, hub):
    person("anna", "share", "--author", "Anna", "--to", hub)
    code, out, _ = person("anna", "share")
    assert code == 0
    assert "is a git repository already" in out
    assert "Nothing was new on either side." in out
    code, out, _ = person("anna", "sync", "--json")
    nothing = {"new": [], "changed": [], "deleted": []}
    assert json.loads(out) == {
        "committed": nothing,
        "received": nothing,
        "merged": [],
        "kept_both": [],
        "kept_deleted": [],
        "held_back": [],
        "sent": 0,
        "remote": True,
    }


def test_without_a_remote_sync_says_what_is_missing(person, tmp_path):
    write(tmp_path, "anna", "words")
    assert "say no author" in person("anna", "share")[1]
    code, out, _ = person("anna", "sync")
    assert code == 1
    assert "no remote is set" in out


def test_sharing_that_was_not_set_up_is_named(person):
    code, out, err = person("anna", "sync")
    assert (code, out) == (1, "")
    assert "“explorer notes share” sets it up" in err


class Locked(BaseHTTPRequestHandler):
    """A server that lets nobody in without a password."""

    def do_GET(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="notes"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Not on the screen of the tests."""


def test_a_server_that_wants_a_password_is_not_waited_for(person, tmp_path, monkeypatch):
    asked = tmp_path / "asked"
    asking = tmp_path / "askpass"
    asking.write_text(f"#!/bin/sh\ntouch '{asked}'\n")
    asking.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(asking))
    with HTTPServer(("127.0.0.1", 0), Locked) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/notes.git"
        code, out, err = person("anna", "share", "--from", address)
        assert code == 1
        assert "explorer asks for no passwords" in out + err
        assert f"“git ls-remote {address}”" in out + err
        assert not asked.exists()
        server.shutdown()
        thread.join()


def test_a_password_in_an_address_is_not_shown(person):
    for option in ("--to", "--from"):
        name = option.strip("-")
        code, out, err = person(name, "share", option, "https://al:hush@localhost:1/x.git")
        assert code == 1
        assert "hush" not in out + err
        assert "al:…@localhost" in out or option == "--from"


def test_an_address_that_is_none_is_wrong_use(person):
    code, _, err = person("anna", "share", "--to=--upload-pack=x")
    assert (code, "no address of a repository" in err) == (2, True)
    code, _, err = person("anna", "share", "--to", "a", "--from", "b")
    assert (code, "cannot go together" in err) == (2, True)


def test_the_driver_is_for_git_and_needs_no_dataset(tmp_path, capsys):
    note = write(tmp_path, "anna", "one\ntwo\nthree")
    base = note.path.read_text()
    names = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, text in zip(
        names, (base, base.replace("one", "1"), base.replace("two", "2")), strict=True
    ):
        path.write_text(text)
    driver = ["notes", "merge-driver", *map(str, names), f"notes/{note.path.name}"]
    assert main(driver) == 1  # neighbouring lines
    assert "<<<<<<< " in names[1].read_text()
    names[1].write_text(base.replace("one", "1"))
    names[2].write_text(base.replace("three", "3"))
    assert main(driver) == 0
    assert "1\ntwo\n3" in names[1].read_text()
    names[2].write_bytes(b"\xff")
    assert main(driver) == 2
    names[2].unlink()
    assert main(driver) == 1
    assert "theirs" in capsys.readouterr().err


def test_others_are_hidden_as_set_and_exported_with_their_names(person, tmp_path):
    write(tmp_path, "anna", "mine", "Anna")
    write(tmp_path, "anna", "his", "Ben")
    write(tmp_path, "cleo", "hers")
    cleo = ("--also", str(tmp_path / "cleo"))
    (tmp_path / "anna.toml").write_text('author = "Anna"\n')
    exported = json.loads(person("anna", "export", "--format", "json", *cleo)[1])["notes"]
    assert {n["author"]: n["text"] for n in exported} == {
        "Anna": "mine",
        "Ben": "his",
        "cleo": "hers",
    }
    (tmp_path / "anna.toml").write_text('author = "Anna"\nothers = "hidden"\n')
    code, out, err = person("anna", "list", *cleo)
    assert (code, out.count("\n")) == (0, 1)
    assert "2 notes of other people hidden" in err
    code, _, err = person("anna", "list", "--also", str(tmp_path / "nobody"))
    assert (code, f"there is no folder {tmp_path / 'nobody'}" in err) == (0, True)


def test_an_export_of_anothers_notes_is_imported_as_theirs(person, tmp_path):
    write(tmp_path, "ben", "his", "Ben")
    file = str(tmp_path / "notes.csv")
    assert person("ben", "export", "-o", file)[0] == 0
    assert person("anna", "import", file)[0] == 0
    assert person("anna", "list")[1].endswith("\tBen: his\n")
    assert person("anna", "import", file)[1] == "1 already there.\n"


def test_documents_say_whose_a_note_is(harbour, tmp_path, capsys):
    write(tmp_path, "anna", "mine")
    write(tmp_path, "anna", "his", "Ben")
    options = ["--dataset", str(harbour), "--notes", str(tmp_path / "anna")]
    assert main(["show", "issue:tolls", "--format", "md", *options]) == 0
    out = capsys.readouterr().out
    assert "## Notes, mine and others’ — not part of the record" in out
    assert "by Ben · written" in out
    assert main(["show", "issue:tolls", "--json", *options]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["notes"], data["notes_of_others"]) == (
        ["mine"],
        [{"author": "Ben", "text": "his"}],
    )


def test_the_driver_that_is_set_is_one_that_a_shell_understands():
    from explorer.sharing.merge_settings import command

    assert shlex.split(command())[1:6] == ["-P", "-m", "explorer", "notes", "merge-driver"]


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_on_a_terminal_it_says_what_takes_long_and_takes_that_away(person, tmp_path, hub, capsys):
    write(tmp_path, "anna", "words", "Anna")
    person("anna", "share", "--author", "Anna", "--to", hub)
    write(tmp_path, "anna", "more", "Anna")
    terminal = Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        person("anna", "sync")
    first, *_, fetching, sending, last, end = terminal.getvalue().split("\r")
    assert (first, end, last.strip()) == ("", "", "")
    assert fetching == "Fetching what others sent to origin …"
    assert sending.rstrip() == "Sending …"
    assert len(sending) == len(fetching)


def test_who_signs_nothing_is_told_with_each_note_that_goes(person, tmp_path, hub):
    write(tmp_path, "anna", "words")
    person("anna", "share", "--to", hub)
    assert person("anna", "sync")[2] == ""
    write(tmp_path, "anna", "more")
    assert "Your notes say no author" in person("anna", "sync")[2]


def test_notes_on_another_dataset_are_not_mixed_with_those_on_this_one(person, tmp_path, hub):
    store = NoteStore(tmp_path / "anna", "harbour-talks", author="Anna")
    store.save(Ref("issue", "centrifuges"), Words("of other talks"), name="", note=None)
    person("anna", "share", "--author", "Anna", "--to", hub)
    code, out, _ = person("ben", "share", "--author", "Ben", "--from", hub)
    assert code == 1
    assert "is on a record of Harbour talks" in out
