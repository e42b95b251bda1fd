"""`explorer notes …`: what is printed where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.portable_notes import NAMES, read

from explorer import cli
from explorer.cli import notes_command
from explorer.notes import Anchor, Note, NoteStore, Words
from explorer.record.model import Ref
from explorer.transfer.export import notes_to_export
from explorer.view import View

THREE = datetime(2031, 5, 1, 3, 0, tzinfo=UTC)
YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011 -- the calendar the command goes by


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "notes"


@pytest.fixture
def run(capsysbinary, harbour, folder):
    """Runs a command on the notes: its exit code, its output and its errors, as text."""

    def run(*given):
        options = ("--dataset", str(harbour), "--notes", str(folder))
        try:
            code = cli.main(["notes", *options, *map(str, given)])
        except SystemExit as end:
            code = end.code
        printed = capsysbinary.readouterr()
        return code or 0, printed.out.decode(), printed.err.decode()

    return run


@pytest.fixture
def store(folder):
    return NoteStore(folder, "harbour-talks", now=lambda: THREE)


def save(store, ref, text, note=None, **words) -> Note:
    return store.save(Ref.parse(ref), Words(text, **words), name="As it was called", note=note).note


def beside(store, note, text):
    return save(store, str(note.ref), text, note=replace(note, digest="0" * 64))


# list, tags, due


def test_list_takes_a_tag_with_its_sign_or_without(run, store):
    save(store, "issue:fees", "One #watch")
    save(store, "issue:tolls", "Two #Watch")
    save(store, "issue:fishing", "Three")

    for tag in ("watch", "#WATCH"):
        code, out, err = run("list", "--tag", tag)

        assert (code, err) == (0, "")
        assert sorted(re.findall("^issue:[a-z]+", out, re.MULTILINE)) == [
            "issue:fees",
            "issue:tolls",
        ]


def test_list_takes_no_word_that_cannot_be_a_tag(run, store):
    code, out, err = run("list", "--tag", "two words")

    assert (code, out) == (2, "")
    assert err == "explorer: “two words” cannot be a tag\n"


def test_a_tag_in_a_conflict_copy_alone_is_found_as_json(run, store):
    note = save(store, "issue:fees", "One")
    beside(store, note, "Other #watch")

    told = json.loads(run("list", "--tag", "watch", "--json")[1])

    assert [(note["text"], note["conflict_copy"]) for note in told] == [("Other #watch", True)]


def test_what_is_due_is_listed_with_its_day_the_longest_due_first(run, store):
    save(store, "issue:fees", "Later", due=YESTERDAY)
    save(store, "issue:tolls", "Long\nago", due=date(2001, 2, 3))
    save(store, "issue:tolls", "Done", due=date(2001, 2, 3), done=True)
    save(store, "issue:fishing", "To come", due=date(9999, 1, 1))

    code, out, err = run("due")

    assert (code, err) == (0, "")
    assert [line.split("\t")[::3] for line in out.splitlines()] == [
        ["2001-02-03", "Long ago"],
        [f"{YESTERDAY}", "Later"],
    ]
    assert [note["due"] for note in json.loads(run("due", "--json")[1])] == [
        "2001-02-03",
        f"{YESTERDAY}",
    ]
    assert len(run("list", "--due")[1].splitlines()) == 2


def test_tags_are_listed_with_the_number_of_notes(run, store):
    save(store, "issue:fees", "#b #a")
    save(store, "issue:tolls", "#B")

    assert run("tags") == (0, "#b\t2\n#a\t1\n", "")
    assert json.loads(run("tags", "--json")[1]) == [
        {"tag": "b", "notes": 2},
        {"tag": "a", "notes": 1},
    ]


@pytest.mark.parametrize("command", ["list", "tags", "due"])
def test_without_notes_nothing_is_printed_and_it_is_said_apart(run, command):
    assert run(command) == (0, "", "There are no notes yet.\n")
    assert run(command, "--json")[1] == "[]\n"


def test_list_as_json_tells_all_that_a_note_has(run, store):
    anchor = Anchor("words", "before ", " after")
    note = save(store, "issue:fees", "x", date=date(2031, 4, 1), due=YESTERDAY, anchor=anchor)

    (told,) = json.loads(run("list", "--json")[1])

    assert told["id"] == note.id
    assert told["name"] == "Tolls and the truce"
    assert (told["date"], told["due"], told["done"]) == ("2031-04-01", f"{YESTERDAY}", False)
    assert told["anchor"] == {"exact": "words", "prefix": "before ", "suffix": " after"}
    assert told["file"] == str(note.path)


# export


def test_every_format_is_printed_as_it_would_be_written(run, store, tmp_path, index):
    note = save(store, "issue:fees", "=1+1\r\n> “Größe” #watch\n", due=YESTERDAY)
    beside(store, note, "copy")
    save(store, "issue:gone", "orphan")
    expected = notes_to_export(View(index, store.load())).notes

    for to in NAMES:
        code, out, err = run("export", "--format", to)
        assert (code, err) == (0, "")
        target = tmp_path / f"notes.{to}"
        code, nothing, err = run("export", "-o", target)
        assert (code, nothing, err) == (0, "", f"Written to {target}\n")
        assert target.read_bytes().decode() == out
        assert tuple(read(target.read_bytes(), to)) == expected
    assert "\r\n" in run("export", "--format", "csv")[1]


def test_export_is_markdown_unless_more_is_said(run, store):
    save(store, "issue:fees", "x")

    assert run("export")[1].startswith("<!-- explorer-notes 1: harbour-talks -->\n\n# Notes on ")


def test_a_record_that_is_gone_goes_by_the_name_that_its_note_keeps(run, store):
    save(store, "issue:gone", "orphan")

    (row,) = csv.DictReader(io.StringIO(run("export", "--format", "csv")[1], newline=""))

    assert (row["record"], row["name"]) == ("issue:gone", "As it was called")


def test_notes_on_what_was_not_public_yet_stay_out_and_it_is_said(run, store, index):
    early = "2031-03-01"
    then = View(index, store.load()).at(date.fromisoformat(early))
    hidden = next(r.ref for r in index.dataset.records() if r.ref not in then.index)
    shown = next(ref for ref in then.index.refs("issue"))
    beside(store, save(store, str(hidden), "later words"), "later copy")
    save(store, str(shown), "early words")

    for to in NAMES:
        code, out, err = run("export", "--format", to, "--as-of", early)

        assert code == 0
        assert "early words" in out
        assert "later" not in out
        assert hidden.id not in out
        assert err == "1 more on records that were not public on 1 Mar 2031\n"


def test_an_export_is_for_this_user_only_and_not_written_over_another_file(run, store, tmp_path):
    save(store, "issue:fees", "x")
    target = tmp_path / "notes.md"
    target.write_text("theirs")

    code, out, err = run("export", "-o", target)

    assert (code, out) == (2, "")
    assert err == f"explorer: {target} is there already; --force writes over it\n"
    assert target.read_text() == "theirs"
    assert run("export", "-o", target, "--force")[0] == 0
    assert target.read_text().startswith("<!-- explorer-notes")
    if os.name != "nt":
        assert target.stat().st_mode & 0o777 == 0o600


def test_export_as_json_is_the_json_format_or_tells_what_was_written(run, store, tmp_path):
    save(store, "issue:fees", "x")
    target = tmp_path / "notes.csv"

    assert json.loads(run("export", "--json")[1]) == json.loads(
        run("export", "--format", "json")[1]
    )
    assert json.loads(run("export", "--json", "-o", target)[1]) == {
        "file": str(target),
        "format": "csv",
        "notes": 1,
    }
    code, _, err = run("export", "--json", "--format", "csv")
    assert code == 2
    assert "--json prints JSON" in err


def test_a_damaged_note_is_told_and_an_export_without_it_ends_with_one(run, store):
    save(store, "issue:fees", "Whole.")
    damaged = store.path_of(Ref("issue", "tolls"))
    damaged.write_text("")

    for given in (["export"], ["tags"], ["due"]):
        code, _, err = run(*given)
        assert code == 1
        assert err.startswith(f"cannot be read, left untouched: {damaged}: it is empty. ")
        assert "Mend it in a text editor" in err
    told = json.loads(run("list", "--json")[1])
    assert [(one["file"], one["unread"]) for one in told if "unread" in one] == [
        (str(damaged), "it is empty")
    ]


def test_a_folder_that_is_not_there_is_an_error_in_words(run, store, tmp_path):
    save(store, "issue:fees", "x")

    code, _, err = run("export", "-o", tmp_path / "nowhere" / "notes.md")

    assert code == 1
    assert "notes.md could not be written: there is no such folder" in err


# import


def test_what_was_exported_is_imported_once(run, store, tmp_path):
    save(store, "issue:fees", "x")
    save(store, "issue:gone", "orphan")
    for to in NAMES:
        run("export", "-o", tmp_path / f"notes.{to}")
    for to in NAMES:
        path, options = tmp_path / f"notes.{to}", ("--notes", tmp_path / f"for {to}")
        gone = "1 is on records that this dataset does not have\n"
        assert run("import", path) == (0, "2 already there.\n", "")
        assert run("import", path, *options) == (0, "2 added.\n", gone)
        assert run("import", path, *options) == (0, "2 already there.\n", "")


def test_an_import_says_what_came_of_each_note(run, store, tmp_path):
    ours = save(store, "issue:fees", "ours")
    path = tmp_path / "theirs.csv"
    path.write_text(
        "record,text,created,dataset,id\n"
        "issue:fees,new,,,\n"
        f"issue:fees,theirs,{THREE.isoformat()},,{ours.id}\n"
        "issue:gone,orphan,,,\n"
        "issue:fees,elsewhere,,us-china-trade,\n"
    )

    code, out, err = run("import", path)

    assert code == 1
    assert out == (
        "2 added, 1 kept beside a note that says something else, 1 refused.\n"
    )  # fmt: skip
    copy, refused, gone = err.splitlines()
    assert re.fullmatch(r"kept beside: .*/notes/.*\.conflict-.*\.toml", copy)
    assert refused == "row 5: it is a note on another dataset, “us-china-trade”"
    assert gone == "1 is on records that this dataset does not have"
    told = json.loads(run("import", path, "--json")[1])
    assert (told["added"], told["same"], told["kept_both"]) == ([], 3, [])
    assert told["refused"] == [
        {"what": "row 5", "why": "it is a note on another dataset, “us-china-trade”"}
    ]


def test_a_file_with_a_mistake_is_not_imported_at_all(run, store, tmp_path):
    path = tmp_path / "theirs.csv"
    path.write_text("record,text,due\nissue:fees,good,\nissue:fees,bad,soon\n")

    code, out, err = run("import", path)

    assert (code, out) == (1, "")
    assert err == (
        f"explorer: Nothing was imported from {path}: row 3: “due” is not a day such as "
        "2025-10-26\n"
    )
    assert not store.where.exists()


def test_the_format_is_found_by_content_or_said(run, store, tmp_path):
    path = tmp_path / "theirs"
    path.write_text("record,text\nissue:fees,x\n")

    assert run("import", path)[:2] == (0, "1 added.\n")
    assert run("import", path, "--format", "csv")[:2] == (0, "1 already there.\n")
    assert run("import", path, "--format", "md")[0] == 1


def test_a_file_that_is_not_there_is_said_to_be_missing(run, tmp_path):
    for command in ("import", "restore"):
        code, out, err = run(command, tmp_path / "nowhere.json")
        assert (code, out) == (2, "")
        assert err == f"explorer: there is no such file: {tmp_path / 'nowhere.json'}\n"


# backup and restore


def test_a_backup_is_made_and_put_back(run, store, tmp_path):
    note = save(store, "issue:fees", "x")
    trashed = store.delete(save(store, "issue:tolls", "deleted"))
    target = tmp_path / "b.zip"

    assert run("backup", "-o", target) == (
        0,
        f"{target}\n",
        "2 files, read back and found whole\n",
    )
    note.path.unlink()
    assert run("restore", target) == (0, "1 added, 1 already there.\n", "")
    assert store.load().all() == (note,)
    assert trashed.exists()
    told = json.loads(run("restore", target, "--json")[1])
    assert (told["added"], told["same"]) == ([], 2)


def test_a_backup_without_a_name_is_called_by_dataset_and_time(run, store, tmp_path, monkeypatch):
    save(store, "issue:fees", "x")
    monkeypatch.chdir(tmp_path)

    code, out, _ = run("backup")

    assert code == 0
    assert re.fullmatch(r"harbour-talks-notes-\d{4}-\d\d-\d\d-\d{6}\.zip\n", out)
    with zipfile.ZipFile(tmp_path / out.strip()) as packed:
        assert len(packed.namelist()) == 2


def test_what_a_backup_could_not_read_is_told_and_it_ends_with_one(run, store, tmp_path):
    save(store, "issue:fees", "x")
    damaged = store.path_of(Ref("issue", "tolls"))
    damaged.mkdir()
    drafts = store.where / "drafts" / "1-a"
    drafts.mkdir(parents=True)
    (drafts / "draft.toml").write_text("")

    code, out, err = run("backup", "-o", tmp_path / "b.zip", "--json")

    assert code == 1
    assert json.loads(out)["left_out"] == [{"file": str(damaged), "why": "it is a folder"}]
    assert err.splitlines() == [
        "1 file, read back and found whole",
        f"cannot be read, and is not in it: {damaged}: it is a folder",
        "What is being written and not saved yet is not in it.",
    ]


def test_a_backup_is_not_written_over_anything(run, store, tmp_path):
    save(store, "issue:fees", "x")
    target = tmp_path / "b.zip"
    target.write_text("theirs")

    assert run("backup", "-o", target)[0] == 2
    assert target.read_text() == "theirs"


def test_a_backup_of_another_dataset_is_refused(run, tmp_path):
    other = NoteStore(tmp_path / "other", "us-china-trade")
    save(other, "issue:fees", "theirs")
    target = tmp_path / "b.zip"
    from explorer.transfer.backup import backup

    backup(other, target)

    code, out, err = run("restore", target)

    assert (code, out) == (1, "")
    assert "holds notes on another dataset, “us-china-trade”" in err


# rename-tag


def test_a_tag_is_renamed_from_the_command_line(run, store):
    save(store, "issue:fees", "#watch")
    save(store, "issue:tolls", "#Watch and #look")

    assert run("rename-tag", "#watch", "look") == (0, "2 notes changed.\n", "")
    assert run("tags")[1] == "#look\t2\n"
    none = "no note has the tag #watch\n"
    assert run("rename-tag", "watch", "look") == (0, "Nothing to do.\n", none)
    assert run("rename-tag", "lock", "x")[2] == "no note has the tag #lock; did you mean #look?\n"
    assert run("list", "--tag", "lock")[1:] == (
        "",
        "no note has the tag #lock; did you mean #look?\n",
    )
    assert run("list", "--tag", "look")[2] == ""


def test_a_note_that_may_not_be_changed_is_named_and_it_ends_with_one(run, store):
    note = save(store, "issue:fees", "#watch")
    with note.path.open("a") as file:
        file.write("colour = 'red'\n")

    code, out, err = run("rename-tag", "watch", "look")

    assert (code, out) == (1, "1 refused.\n")
    assert err.startswith(f"{note.path}: The note on issue:fees was not saved over")


def test_what_cannot_be_a_tag_is_wrong_use(run, store):
    save(store, "issue:fees", "#watch")

    code, out, err = run("rename-tag", "watch", "two words")

    assert (code, out) == (2, "")
    assert err.startswith("explorer: “two words” cannot be a tag")


# Use


@pytest.mark.parametrize("name", list(notes_command.COMMANDS))
def test_every_command_has_help_of_its_own(run, name):
    code, out, _ = run(name, "--help")

    assert code == 0
    assert out.startswith(f"usage: explorer notes {name} ")
    assert notes_command.COMMANDS[name].help in out


def test_help_names_every_command(run):
    _, out, _ = run("--help")

    for name, command in notes_command.COMMANDS.items():
        assert re.search(rf"^ +{name} +{re.escape(command.help[:30])}", out, re.MULTILINE)


@pytest.mark.parametrize("given", [[], ["shred"], ["import"], ["rename-tag", "one"]])
def test_what_is_no_command_is_wrong_use(run, given):
    code, out, err = run(*given)

    assert (code, out) == (2, "")
    assert err.startswith("explorer: notes")


def test_options_may_be_given_before_the_command_or_after(harbour, folder, store, capsys):
    save(store, "issue:fees", "x")
    given = ["--json", "--dataset", str(harbour), "--notes", str(folder)]

    for order in (["notes", *given, "list"], ["notes", "list", *given]):
        assert cli.main(order) == 0
        assert [note["text"] for note in json.loads(capsys.readouterr().out)] == ["x"]


def test_a_pipe_gets_an_export_to_the_byte(harbour, folder, store, tmp_path):
    save(store, "issue:fees", "“Größe”\n关税")
    target = tmp_path / "notes.csv"
    command = [sys.executable, "-m", "explorer", "notes", "export", "--dataset", str(harbour)]
    command += ["--notes", str(folder)]
    subprocess.run([*command, "-o", str(target)], check=True, capture_output=True)

    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*command, "--format", "csv"], check=True, capture_output=True, env=env)

    assert done.stdout == target.read_bytes()
